"""What the lexicon says is attached to a word: particles and article in front, the alef of tanween or dual behind."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from indexer.analysis.folding import fold
from indexer.analysis.letters import MARKS

if TYPE_CHECKING:
    from indexer.lexicon.reading import LexicalReading

_LEXICAL_ARTICLE = re.compile("ال[^ت]..")
"""A headword that is listed with its article (اليوم); not one whose own letters begin so (ألعاب, التزام)."""

_IN_FRONT = frozenset({"conjunction", "preposition", "article", "future", "purpose", "emphasis"})


class Lexicon(Protocol):
    """What the analysis asks of a lexicon."""

    def knows(self, word: str) -> bool:
        """Say whether the word can be read as a word, with or without clitics."""
        ...

    def readings(self, word: str) -> "Sequence[LexicalReading]":
        """Return the readings of a word with their weights; none for a word that it doesn't hold."""
        ...


class Attached(NamedTuple):
    """The folded letters in front of a word that aren't its own, and whether its last alef is tanween or dual."""

    front: str
    alef: bool


def attached(lexicon: Lexicon, written: str) -> Attached | None:
    """Return what the readings of a written word, by their weights, say is attached to it; None for an unknown word."""
    weights: dict[str, float] = {}
    alef = 0.0
    total = 0.0
    for reading in lexicon.readings(written):
        front = _front(reading)
        weights[front] = weights.get(front, 0.0) + reading.weight
        total += reading.weight
        if reading.suffixes and fold(reading.suffixes[-1].text) == "ا":
            alef += reading.weight
    if not weights:
        return None
    return Attached(max(weights, key=lambda front: weights[front]), alef * 2 > total)


def _front(reading: "LexicalReading") -> str:
    """Return the folded letters in front of a reading's stem; after ل the article is a ل, and none before a third."""
    letters = ""
    for affix in reading.prefixes:
        if affix.kind not in _IN_FRONT:
            break
        text = fold(affix.text)
        if text == "ال" and letters.endswith("ل"):
            text = "" if fold(reading.stem).startswith("ل") else "ل"
        letters += text
    if not reading.prefixes and _LEXICAL_ARTICLE.match("".join(c for c in reading.stem if c not in MARKS)):
        return "ال"
    return letters
