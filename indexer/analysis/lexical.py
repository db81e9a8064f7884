"""What the lexicon says of a word for searching: its headwords, its English, how likely it is a name, what is attached.

A written word may be read in several ways. A headword or an English word counts where the readings that have it weigh
enough together; the threshold is chosen on words grouped by hand (see `indexer.lexicon.INDEXED_SHARE`).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

import snowballstemmer

from indexer.analysis.folding import fold

if TYPE_CHECKING:
    from indexer.lexicon.lexicon import Analysis

LEAST_GLOSS = 0.03
"""The share of a word's readings that an English word needs to be indexed."""

MOST_GLOSSES = 12
"""English words indexed for one Arabic word, the likeliest."""

_NEGLIGIBLE = 0.001

_LEXICAL_ARTICLE = re.compile("[A{]l[^t]..")
"""A headword that is listed with its article (اليوم); not one whose own letters begin so (ألعاب, التزام)."""

_IN_FRONT = frozenset({"conjunction", "preposition", "article", "future", "purpose", "emphasis"})
_NAMED = re.compile(r"[A-Z][a-z]+")
_OF_A_PLACE = {"ian": ("n", "ian"), "an": ("n", "an"), "i": ("i",), "ese": ("ese",)}
_ENGLISH = re.compile(r"[a-z]+(?:'s)?")


class Lexicon(Protocol):
    """What the analysis asks of a lexicon."""

    def __hash__(self) -> int:
        """Tell lexicons apart."""
        ...

    @property
    def stamp(self) -> str:
        """A name for what it holds: it changes when a word would be read otherwise."""
        ...

    def knows(self, word: str) -> bool:
        """Say whether the word can be read as a word, with or without clitics."""
        ...

    def english(self) -> Iterator[str]:
        """Yield the English of every stem."""
        ...

    def analyses(self, word: str) -> "Sequence[Analysis]":
        """Return every way to cut a word, likeliest first; none for a word that it doesn't hold."""
        ...


class Attached(NamedTuple):
    """The folded letters in front of a word that aren't its own, and whether its last alef is tanween or dual."""

    front: str
    alef: bool


class Meaning(NamedTuple):
    """What a word may mean.

    `lemmas` are its vocalised headwords and `glosses` the stems of its English content words, both likeliest first;
    `name` is the share of its readings as a name.
    """

    attached: Attached
    lemmas: tuple[str, ...]
    glosses: tuple[str, ...]
    name: float


class Meanings:
    """Meanings of written words, by one lexicon; what was asked last is remembered."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._last: tuple[str, Meaning | None] = ("", None)

    def of(self, written: str) -> Meaning | None:
        """Return what the readings of a written word, by their weights, say of it; None for an unknown word."""
        if self._last[0] != written:
            self._last = (written, self._of(written))
        return self._last[1]

    def _of(self, written: str) -> Meaning | None:
        from indexer.lexicon.lexicon import INDEXED_SHARE, family, shares
        from indexer.lexicon.reading import PartOfSpeech

        analyses = self._lexicon.analyses(written)
        if not analyses:
            return None
        fronts: dict[str, float] = {}
        lemmas: dict[str, float] = {}
        glosses: dict[str, float] = {}
        alef = name = 0.0
        for analysis, share in zip(analyses, shares(tuple(analyses)), strict=True):
            if share < _NEGLIGIBLE:
                break
            front = _front(analysis)
            fronts[front] = fronts.get(front, 0.0) + share
            if _ends_in_alef(analysis):
                alef += share
            stem = analysis.stem
            if stem.part_of_speech is PartOfSpeech.NAME:
                name += share
            lemma = family(stem)
            lemmas[lemma] = lemmas.get(lemma, 0.0) + share
            for gloss in _english_of(stem.raw_gloss, lemma):
                glosses[gloss] = glosses.get(gloss, 0.0) + share
        return Meaning(
            Attached(max(fronts, key=lambda front: fronts[front]), alef > 0.5),
            _weighty(lemmas, INDEXED_SHARE),
            _weighty(glosses, LEAST_GLOSS)[:MOST_GLOSSES],
            name,
        )


@cache
def canonical_stem(lemma: str) -> str:
    """Return the light stem that most forms of a headword share: that of the headword itself.

    >>> canonical_stem("مَجْزَرَة")
    'مجزر'
    """
    from indexer.analysis.light import strip_suffixes

    return strip_suffixes(fold(lemma))


@lru_cache(maxsize=1 << 17)
def english_stem(word: str) -> str:
    """Return the stem of an English word in lower case, that of its base for an irregular form, spelled the one way.

    >>> english_stem("massacres"), english_stem("children"), english_stem("labour")
    ('massacr', 'child', 'labor')
    """
    from indexer.translation.gloss.english import base_form

    stemmed: str = _snowball().stemWord(_BRITISH.sub(_american, base_form(word)))
    return stemmed


_AMERICAN = {
    "our": "or",
    "ours": "ors",
    "oured": "ored",
    "tre": "ter",
    "tres": "ters",
    "ence": "ense",
    "ences": "enses",
}
_BRITISH = re.compile(r"(?<=\w{3})(?:ours?|tres?|ences?)$|(?<=\w{4})is(?=(?:e|es|ed|ing|ations?)$)")


def _american(ending: "re.Match[str]") -> str:
    return _AMERICAN.get(ending[0], "iz")


def english_stems(text: str) -> tuple[str, ...]:
    """Return the stems of the content words of an English expression, each once.

    >>> english_stems("the Council of Human Rights")
    ('council', 'human', 'right')
    """
    from indexer.analysis.analyzer import english_stops

    stops = english_stops()
    found = (word for word in _ENGLISH.findall(text.lower()) if word not in stops and len(word) > 1)
    return tuple(dict.fromkeys(english_stem(word) for word in found))


@cache
def _english_of(raw: str, lemma: str) -> tuple[str, ...]:
    from indexer.lexicon.glosses import clean_glosses
    from indexer.translation.gloss.tables import preferred_english

    preferred = preferred_english().get(lemma, "")
    english = " ".join((preferred, *clean_glosses(raw)))
    return english_stems(" ".join((english, *(place for name in _NAMED.findall(english) for place in _places(name)))))


def _places(name: str) -> Iterator[str]:
    """Yield what places a word for what is of a place may come from.

    >>> "Syria" in _places("Syrian"), "Iran" in _places("Iranian"), "Iraq" in _places("Iraqi")
    (True, True, True)
    """
    for ending, bases in _OF_A_PLACE.items():
        if name.endswith(ending) and len(name) > len(ending) + 2:
            yield from (name.removesuffix(base) for base in bases)


@cache
def _snowball() -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer("english")


def _weighty(shares: dict[str, float], least: float) -> tuple[str, ...]:
    """Return what has at least such a share, the largest first; the largest whatever it has."""
    heavy = [each for each, share in shares.items() if share >= least]
    if len(heavy) > 1:
        heavy.sort(key=shares.__getitem__, reverse=True)
    return tuple(heavy or sorted(shares, key=shares.__getitem__)[-1:])


def _front(analysis: "Analysis") -> str:
    """Return the folded letters in front of a reading's stem; after ل the article is a ل, and none before a third."""
    affixes = analysis.prefix.affixes
    if not affixes:
        return "ال" if _LEXICAL_ARTICLE.match(_letters(analysis.stem.vocalised)) else ""
    letters = ""
    for affix in affixes:
        if affix.kind not in _IN_FRONT:
            break
        text = _folded(affix.text)
        if text == "ال" and letters.endswith("ل"):
            text = "" if analysis.stem.vocalised.startswith("l") else "ل"
        letters += text
    return letters


def _ends_in_alef(analysis: "Analysis") -> bool:
    affixes = analysis.suffix.affixes
    return bool(affixes) and _folded(affixes[-1].text) == "ا"


@cache
def _folded(text: str) -> str:
    return fold(text)


@cache
def _letters(vocalised: str) -> str:
    return "".join(c for c in vocalised if c not in "aiuoFNK~`")
