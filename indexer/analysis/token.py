"""Tokens, and the levels at which a word can be met."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """How closely a word of the text meets a word of the query, best first.

    Latin-script words use `exact`, `stemmed` and, where accents or apostrophes are the only difference, `folded`;
    numbers `exact` and `folded` (3,035 and ٣٠٣٥ are 3035).
    """

    EXACT = "exact"
    FOLDED = "folded"
    VARIANT = "variant"
    LIGHT = "light"
    STEMMED = "stemmed"
    LEMMA = "lemma"
    STEM = "stem"
    NAME = "name"
    GLOSS = "gloss"

    @property
    def rank(self) -> int:
        """Place in the order, 0 the best."""
        return _RANKS[self]

    @property
    def code(self) -> str:
        """The one letter that marks the level in a term of the index."""
        return _CODES[self]


_RANKS = {level: rank for rank, level in enumerate(Level)}
_CODES = {
    Level.EXACT: "x",
    Level.FOLDED: "f",
    Level.VARIANT: "v",
    Level.LIGHT: "l",
    Level.STEMMED: "s",
    Level.LEMMA: "m",
    Level.STEM: "t",
    Level.NAME: "n",
    Level.GLOSS: "g",
}


class Term(NamedTuple):
    """What the index holds for a word at one level.

    The text of a stop word's term begins with `_`, so that only a phrase, which asks for both, meets it.
    """

    level: Level
    text: str

    @property
    def key(self) -> str:
        """The term as engines see it: the level's letter, then the text.

        >>> Term(Level.LIGHT, "مدن").key
        'lمدن'
        """
        return self.level.code + self.text


@dataclass(frozen=True, slots=True)
class Token:
    """A surface word with the terms it is indexed under, best level first; a form is given once, at its best level.

    `start` and `end` are half-open code-point offsets of the whole surface word, diacritics and clitics included;
    `position` counts words from 0. `stop` marks words that count only inside quotes.
    """

    text: str
    start: int
    end: int
    position: int
    terms: tuple[Term, ...]
    stop: bool = False
