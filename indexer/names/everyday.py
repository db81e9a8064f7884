"""Which English words are everyday words: a query word among them isn't looked for as a name by its sound."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from indexer.analysis.analyzer import english_stops
from indexer.analysis.folding import casefold, fold_latin

if TYPE_CHECKING:
    from indexer.analysis.lexical import Lexicon

_SMALL = re.compile(r"\b[a-z]{2,}\b")
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "'s")
_LEAST = 2


def is_everyday(word: str, lexicon: "Lexicon | None") -> bool:
    """Say whether an English word, in any form, is one that the lexicon explains words with, or a function word."""
    plain = fold_latin(casefold(word))
    if plain in english_stops():
        return True
    explaining = frozenset[str]() if lexicon is None else _explaining(lexicon)
    return any(form in explaining for form in _bases(plain))


def _bases(word: str) -> Iterator[str]:
    """Yield what an English word may be a form of, itself first.

    >>> {"bomb", "city", "stop", "strike"} <= {b for w in ("bombs", "cities", "stopped", "striking") for b in _bases(w)}
    True
    """
    yield word
    if word.endswith("ies"):
        yield word[:-3] + "y"
    for ending in _ENDINGS:
        base = word.removesuffix(ending)
        if base != word and len(base) >= _LEAST:
            yield base
            yield base + "e"
            if base[-1] == base[-2]:
                yield base[:-1]


@cache
def _explaining(lexicon: "Lexicon") -> frozenset[str]:
    """Return the English words in small letters with which a lexicon explains its own."""
    return frozenset(_SMALL.findall("\n".join(set(lexicon.english()))))
