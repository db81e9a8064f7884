"""Whether an Arabic and an English word can say the same: by the lexicon, by sound for names, by figures."""

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

import snowballstemmer

from archive.wordlists import read_words
from indexer.analysis.folding import fold
from indexer.names import likeness

if TYPE_CHECKING:
    from indexer.lexicon import Lexicon

RARE = 0.01
"""Share of a word's readings below which a gloss is no witness."""

ALIKE = 0.8
"""Likeness from which a Latin name is the Arabic one written out."""

_SHORTEST_NAME = 3
_WORD = re.compile(r"[A-Za-z]+")


class Agreement:
    """Says which words can stand for each other. Without a lexicon only figures and names can be told."""

    def __init__(self, lexicon: "Lexicon | None" = None) -> None:
        self._lexicon = lexicon
        self._stem = lru_cache(100_000)(snowballstemmer.stemmer("english").stemWord)
        self._forms = lru_cache(100_000)(self._read_forms)

    def agree(self, arabic: str, english: str) -> bool:
        """Say whether the two words can say the same.

        >>> agree = Agreement().agree
        >>> agree("٢٠١٩", "2019"), agree("2019", "2018"), agree("الباغوز", "Baghouz")
        (True, False, True)
        """
        figures = _figures(english)
        if figures or _figures(arabic):
            return figures == _figures(arabic)
        word = english.removesuffix("'s").removesuffix("’s")
        return self._means(arabic, word.lower()) or (word[:1].isupper() and _sounds(arabic, word))

    def _means(self, arabic: str, english: str) -> bool:
        if not self._lexicon:
            return False
        forms = self._forms(arabic)
        return english in forms or self._stem(english) in forms

    def _read_forms(self, arabic: str) -> frozenset[str]:
        """Return the words of a word's glosses, with the forms that running English puts them in."""
        from indexer.translation.gloss.english import gerund, participle, past, plural, third_person
        from indexer.translation.gloss.tables import preferred_english

        assert self._lexicon
        preferred = preferred_english()
        usual = ((preferred[lemma], share) for lemma, share in self._lexicon.lemmas(arabic) if lemma in preferred)
        forms: set[str] = set()
        for gloss, share in (*self._lexicon.glosses(arabic), *usual):
            words = [word.lower() for word in _WORD.findall(gloss)] if share >= RARE else []
            for word in words:
                if says_something(word):
                    forms |= {word, self._stem(word), plural(word), third_person(word)}
                    forms |= {past(word), participle(word), gerund(word)}
        return frozenset(forms)


@lru_cache(100_000)
def says_something(word: str) -> bool:
    """Say whether a word of either language means something by itself, rather than bind others."""
    return word.lower().strip("'’") not in _binding() and word not in _binding()


@lru_cache(1)
def _binding() -> frozenset[str]:
    listed = read_words("indexer.analysis", "stop_en.txt") | read_words("indexer.analysis", "stop_ar.txt")
    return frozenset(word.removeprefix("=") for word in listed if not word.startswith("!"))


@lru_cache(100_000)
def _sounds(arabic: str, english: str) -> bool:
    """Say whether a name in Latin letters is the Arabic word written out, particles and article aside."""
    if len(english) < _SHORTEST_NAME:
        return False
    folded = fold(arabic)
    starts = {folded, folded.removeprefix("و"), folded.removeprefix("ب"), folded.removeprefix("ل")}
    names = {start.removeprefix("ال") for start in starts}
    latin = english.lower().removeprefix("al-")
    return any(len(name) >= _SHORTEST_NAME and likeness(name, latin) >= ALIKE for name in names)


@lru_cache(100_000)
def _figures(word: str) -> str:
    return "".join(str(unicodedata.decimal(letter)) for letter in word if letter.isdecimal())
