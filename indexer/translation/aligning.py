"""Pairing the words of lines that came without a model's attention: reviewed and imported ones."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from archive.store import Store
from archive.translation import Article, Origin, Translation, sentence_key
from indexer.translation.agreement import Agreement
from indexer.translation.alignment import Agree, align_by_place

IMPORTED = "memory"
"""The engine of lines that came with a translation memory."""

_BATCH = 256


def align_archive(store: Store) -> int:
    """Pair the words of the imported lines that are shown and have no pairs yet; return how many lines got some.

    Words are paired where the lexicon (if it is installed), a name's sound or a figure says that they say the same,
    and their places agree; the others are left alone.
    """
    from indexer.lexicon import load_lexicon

    agree = Agreement(load_lexicon()).agree
    aligned = 0
    lines = _unpaired(store, agree)
    while batch := list(islice(lines, _BATCH)):
        aligned += store.save_translations(batch)
    return aligned


def _unpaired(store: Store, agree: Agree) -> Iterator[tuple[str, Translation]]:
    for article in store.articles():
        yield from _pairs_of(article, agree)


def _pairs_of(article: Article, agree: Agree) -> Iterator[tuple[str, Translation]]:
    for sentence, translation in article.pairs():
        if translation is None or translation.alignment or translation.origin is Origin.GLOSS:
            continue
        if translation.engine == IMPORTED:
            text = " ".join(article.document.sentence_text(sentence).split())
            pairs = align_by_place(text, translation.text, agree)
            if pairs:
                yield sentence_key(text), replace(translation, alignment=pairs)
