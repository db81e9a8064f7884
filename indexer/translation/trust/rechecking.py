"""Reasons for doubt kept with translations: as they are made, and anew for those of an archive."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from archive.store import Store
from archive.translation import Origin, Translation, sentence_key
from indexer.translation.trust.checking import check

_BATCH = 256

Progress = Callable[[int, int | None], None]


def with_doubts(ar: str, translation: Translation) -> Translation:
    """Return a machine's line with the reasons to doubt it; a reviewed line or a gloss as it is.

    What the glossary has said of the line stays.

    >>> line = Translation("Sixty were killed.", Origin.MACHINE, "argos", "2026-11-20T00:00:00+00:00")
    >>> with_doubts("قُتل ٥٠ شخصًا.", line).trust
    (Note(code='number_changed', args=(50, 60)),)
    """
    if translation.origin is not Origin.MACHINE:
        return translation
    unmet = tuple(note for note in translation.trust if note.code == "glossary_unmet")
    return replace(translation, trust=(*check(ar, translation.text, score=translation.score), *unmet))


def recheck_archive(store: Store, progress: Progress | None = None) -> int:
    """Check the machine lines that an archive shows anew, and return how many have other reasons for doubt now.

    For lines made or imported before the checks were what they are; those made since have theirs.
    """
    changed = 0
    lines = _changed(store, progress)
    while batch := list(islice(lines, _BATCH)):
        changed += store.save_translations(batch)
    return changed


def _changed(store: Store, progress: Progress | None) -> Iterator[tuple[str, Translation]]:
    done = 0
    for article in store.articles():
        for sentence, translation in article.pairs():
            if translation is None or translation.origin is not Origin.MACHINE:
                continue
            text = " ".join(article.document.sentence_text(sentence).split())
            checked = with_doubts(text, translation)
            if checked.trust != translation.trust:
                yield sentence_key(text), checked
            done += 1
            if progress:
                progress(done, None)
