"""From a Latin spelling to the Arabic words of an archive that may be the same name."""

import re
from collections.abc import Iterable
from math import log2
from typing import NamedTuple
from unicodedata import combining, normalize

from indexer.names.likeness import likeness
from indexer.names.skeleton import arabic_skeletons, latin_skeletons

_POSSESSIVE = re.compile("['’ʼ‘]s$", re.IGNORECASE)

LEAST_LIKENESS = 0.82
"""Below this a spelling is not taken for the word. Chosen on hand-made spellings of names: see the tests."""

MAX_MATCHES = 8
"""Words that one spelling may stand for in a query."""

FREQUENCY_BONUS = 0.02
"""What each doubling of a word's article count adds when words are ranked."""

ORDINARY_PENALTY = 0.1
"""What an everyday Arabic word loses against a word that can only be a name, when words are ranked."""

NEAREST = 0.1
"""Words further than this below the best are left out."""

ARTICLES = (
    "al",
    "el",
    "ul",
    "il",
    "ad",
    "ar",
    "as",
    "ash",
    "at",
    "an",
    "az",
    "ath",
    "adh",
    "ed",
    "er",
    "es",
    "ez",
    "l",
)
"""Latin spellings of the article, the assimilated ones included."""


class NameMatch(NamedTuple):
    """A folded Arabic word, without article or particles, that a Latin spelling may stand for, and how well it fits."""

    word: str
    likeness: float


class Candidate(NamedTuple):
    """A word of an archive that may be a name.

    `word` is folded, with article and particles taken off; `articles` is the number of articles it stands in;
    `name` how likely it is to be a name (1) rather than an everyday word (0).
    """

    word: str
    articles: int
    name: float


class NameIndex:
    """The words of an archive by consonant skeleton."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._candidates: dict[str, Candidate] = {}
        self._by_skeleton: dict[str, list[str]] = {}
        for candidate in candidates:
            self._candidates[candidate.word] = candidate
            for skeleton in arabic_skeletons(candidate.word):
                self._by_skeleton.setdefault(skeleton, []).append(candidate.word)

    def __len__(self) -> int:
        return len(self._candidates)

    def lookup(self, spelling: str) -> list[NameMatch]:
        """Return the words that a Latin spelling may stand for, best first.

        The order weighs likeness, how likely the word is to be a name, and in how many articles it stands; ties go by
        letter order.
        """
        spelling = normalise_spelling(spelling)
        words = {word for skeleton in latin_skeletons(spelling) for word in self._by_skeleton.get(skeleton, ())}
        return best_matches((self._candidates[word] for word in words), spelling)


def best_matches(candidates: Iterable[Candidate], spelling: str) -> list[NameMatch]:
    """Return those of some words that a spelling, normalised, may well stand for, best first, as `lookup` does."""
    ranked = [
        (fit + _worth(candidate), NameMatch(candidate.word, fit))
        for candidate in candidates
        if (fit := likeness(candidate.word, spelling)) >= LEAST_LIKENESS
    ]
    ranked.sort(key=lambda pair: (-pair[0], pair[1].word))
    return [match for rank, match in ranked[:MAX_MATCHES] if rank >= ranked[0][0] - NEAREST]


def _worth(candidate: Candidate) -> float:
    """Return what is added to a word's likeness before its spelling is looked at."""
    return FREQUENCY_BONUS * log2(1 + candidate.articles) - ORDINARY_PENALTY * (1 - candidate.name)


def normalise_spelling(spelling: str) -> str:
    """Return a Latin spelling in lower case without marks, apostrophes, the possessive or the article.

    >>> normalise_spelling("al-Bāghūz")
    'baghuz'
    >>> normalise_spelling("ez-Zor"), normalise_spelling("Khamenei’s")
    ('zor', 'khamenei')
    """
    spelling = _POSSESSIVE.sub("", spelling)
    plain = "".join(letter for letter in normalize("NFKD", spelling.casefold()) if not combining(letter))
    plain = "".join(letter for letter in plain if letter.isascii() and (letter.isalnum() or letter in "- "))
    head, dash, rest = plain.replace(" ", "-").partition("-")
    if dash and head in ARTICLES and rest:
        plain = rest
    return plain.replace("-", "").replace(" ", "")
