"""The readings of Arabic words, likeliest first."""

import math
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, TypeVar

from indexer.lexicon.frequencies import Frequencies, families, figures_checksum, rarity, shipped_frequencies
from indexer.lexicon.letters import (
    TANWEEN,
    fold,
    from_arabic,
    spelling_cost,
    to_arabic,
    vowels_agree,
    without_marks,
)
from indexer.lexicon.reading import AffixKind, LexicalReading, PartOfSpeech
from indexer.lexicon.tables import Ending, Stem, Tables, lexicon_folder, parse_stems, read_tables

_Known = TypeVar("_Known")

INDEXED_SHARE = 0.03
"""A headword with a smaller share of a word's readings joins more strangers than relatives, unless it is the first."""

_LONGEST_PREFIX = 4
_LONGEST_SUFFIX = 6
_LONGEST_WORD = 64
_REMEMBERED = 1 << 16
_PLAIN = re.compile(r"[\u0621-\u0652\u0670-\u0671\u067e\u0686\u06a4\u06a9\u06af\u06c1\u06cc]+")
_AROUND = re.compile(r"^[\W_]+|[\W_]+$|[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069]")

# Spellings whose letters differ in more than the fold knows: hamza seats in the middle of a word.
_SEATS = (("}w", "&w"), ("'w", "&w"), ("&", "}"), ("}", "'"), ("A'", "A}"))


class Analysis(NamedTuple):
    """A way to cut a word, with its log weight."""

    weight: float
    prefix: Ending
    stem: Stem
    suffix: Ending


class Lexicon:
    """The lexicon, ready to be asked.

    Words may come in any spelling: with or without vowels (given ones must agree), hamza left out, ه for ة, ي for ى,
    or folded for search.
    """

    def __init__(self, tables: Tables, frequencies: Frequencies) -> None:
        self._tables = tables
        self._frequencies = frequencies
        self._stems: dict[str, tuple[tuple[Stem, float, float], ...]] = {}
        self._fits: dict[tuple[str, str, str, str], tuple[tuple[Ending, Ending, float], ...]] = {}
        self._analyses: dict[str, tuple[Analysis, ...]] = {}
        self._lemmas: dict[str, tuple[tuple[str, float], ...]] = {}

    @property
    def stamp(self) -> str:
        """What changes whenever a word could be read otherwise: the tables' checksum and that of the figures."""
        return f"{self._tables.checksum:08x}{figures_checksum():08x}"

    def english(self) -> Iterator[str]:
        """Yield the English of every stem as listed, notes and signs included."""
        for lines in self._tables.stems.values():
            for _, line in lines:
                yield line.rpartition("\t")[2].partition("<pos>")[0]

    def readings(self, word: str) -> tuple[LexicalReading, ...]:
        """Return the readings of a word, likeliest first; none for a word that the lexicon doesn't hold."""
        analyses = self.analyses(word)
        return tuple(map(_reading, analyses, shares(analyses)))

    def lemmas(self, word: str) -> tuple[tuple[str, float], ...]:
        """Return the headwords of a word with their shares, likeliest first; the shares sum to 1."""
        known = self._lemmas.get(word)
        if known is None:
            analyses = self.analyses(word)
            summed: dict[str, float] = {}
            for analysis, share in zip(analyses, shares(analyses), strict=True):
                lemma = family(analysis.stem)
                summed[lemma] = summed.get(lemma, 0.0) + share
            known = tuple(sorted(summed.items(), key=lambda item: -item[1]))
            _remember(self._lemmas, word, known)
        return known

    def indexed_lemmas(self, word: str) -> tuple[str, ...]:
        """Return the headwords that a word is to be found by: the likeliest, and others with a share worth having."""
        return tuple(
            lemma for place, (lemma, share) in enumerate(self.lemmas(word)) if not place or share >= INDEXED_SHARE
        )

    def glosses(self, word: str) -> tuple[tuple[str, float], ...]:
        """Return the English of a word with the share of the readings that have it, likeliest first."""
        summed: dict[str, float] = {}
        analyses = self.analyses(word)
        for analysis, share in zip(analyses, shares(analyses), strict=True):
            for gloss in analysis.stem.glosses:
                summed[gloss] = summed.get(gloss, 0.0) + share
        return tuple(sorted(summed.items(), key=lambda item: -item[1]))

    def knows(self, word: str) -> bool:
        """Say whether this is a word of the lexicon in some spelling."""
        return bool(self.analyses(word))

    def analyses(self, word: str) -> tuple[Analysis, ...]:
        """Return every way to cut a word that the tables allow, likeliest first."""
        known = self._analyses.get(word)
        if known is None:
            known = self._analyse(word)
            _remember(self._analyses, word, known)
        return known

    def _analyse(self, word: str) -> tuple[Analysis, ...]:
        if not 0 < len(word) <= _LONGEST_WORD:
            return ()
        if not _PLAIN.fullmatch(word):
            word = _AROUND.sub("", unicodedata.normalize("NFKC", word))
            if not _PLAIN.fullmatch(word):
                return ()
        text = from_arabic(word)
        letters = without_marks(text)
        found = self._cuts(letters) or self._reseated(letters)
        if len(text) != len(letters):
            found = _agreeing(found, text)
        found.sort(key=_by_weight)
        return tuple(found)

    def _reseated(self, letters: str) -> list[Analysis]:
        for seat, other in _SEATS:
            if seat in letters:
                found = self._cuts(letters.replace(seat, other))
                if found:
                    return found
        return []

    def _cuts(self, letters: str) -> list[Analysis]:
        folded = fold(letters)
        length = len(folded)
        prefixes, suffixes = self._tables.prefixes, self._tables.suffixes
        ends = [
            (end, folded[end:])
            for end in range(length, max(length - _LONGEST_SUFFIX, 1) - 1, -1)
            if folded[end:] in suffixes
        ]
        found: list[Analysis] = []
        for start in range(min(_LONGEST_PREFIX, length - 1) + 1):
            prefix = folded[:start]
            if prefix not in prefixes:
                continue
            for end, suffix in ends:
                if end <= start:
                    break
                for stem, weight, with_article in self._stems_of(folded[start:end]):
                    for before, after, shape in self._fitting(prefix, stem, suffix):
                        cost = spelling_cost(letters, before.written + stem.written + after.written)
                        if with_article and before.written.endswith(_ARTICLES):
                            cost += with_article
                        found.append(Analysis(weight + shape + cost, before, stem, after))
        return found

    def _stems_of(self, folded: str) -> tuple[tuple[Stem, float, float], ...]:
        """Return the stems of a spelling with their log weight, and what the article adds to it."""
        known = self._stems.get(folded)
        if known is None:
            lines = self._tables.stems.get(folded)
            if lines is None:
                return ()
            stems = (stem for stem in parse_stems(lines) if fold(stem.written) == folded)
            known = tuple((stem, self._commonness(stem), _with_article(stem)) for stem in stems)
            self._stems[folded] = known
        return known

    def _commonness(self, stem: Stem) -> float:
        return self._frequencies.headword(stem.sense) + rarity(stem.kind, headword(stem), to_arabic(stem.vocalised))

    def _fitting(self, prefix: str, stem: Stem, suffix: str) -> tuple[tuple[Ending, Ending, float], ...]:
        """Return the prefixes and suffixes of these spellings that may stand around a stem of this category."""
        key = (prefix, stem.inflection, stem.category, suffix)
        known = self._fits.get(key)
        if known is None:
            tables = self._tables
            known = tuple(
                (before, after, self._frequencies.shape(stem.inflection, before.shape, after.shape))
                for before in tables.prefixes[prefix]
                if (before.category, stem.category) in tables.prefix_stem
                for after in tables.suffixes[suffix]
                if (before.category, after.category) in tables.prefix_suffix
                and (stem.category, after.category) in tables.stem_suffix
            )
            self._fits[key] = known
        return known


_ARTICLES = ("Al", "ll")


def _with_article(stem: Stem) -> float:
    return rarity(stem.kind, "ال" + to_arabic(stem.vocalised)) if stem.part_of_speech is PartOfSpeech.NAME else 0.0


def _by_weight(analysis: Analysis) -> tuple[float, str, str]:
    return -analysis.weight, analysis.stem.sense, analysis.stem.vocalised


def _remember(memory: dict[str, _Known], word: str, value: _Known) -> None:
    if len(memory) >= _REMEMBERED:
        memory.clear()
    memory[word] = value


def shares(analyses: tuple[Analysis, ...]) -> list[float]:
    """Return the share of each analysis among all of a word; they sum to 1."""
    if not analyses:
        return []
    best = analyses[0].weight
    raw = [math.exp(analysis.weight - best) for analysis in analyses]
    total = sum(raw)
    return [weight / total for weight in raw]


_NOMINAL = frozenset(
    {PartOfSpeech.NOUN, PartOfSpeech.ADJECTIVE, PartOfSpeech.NAME, PartOfSpeech.ADVERB, PartOfSpeech.NUMBER}
)


def _agreeing(analyses: list[Analysis], text: str) -> list[Analysis]:
    """Keep the analyses that agree with the marks given in a word; all of them when none does."""
    agreeing = [
        analysis
        for analysis in analyses
        if vowels_agree(text, analysis.prefix.vocalised + analysis.stem.vocalised + analysis.suffix.vocalised)
    ]
    if TANWEEN.intersection(text):
        indefinite = [
            analysis
            for analysis in agreeing
            if analysis.stem.part_of_speech in _NOMINAL
            and not any(affix.kind is AffixKind.ARTICLE for affix in analysis.prefix.affixes)
            and not any(affix.kind in (AffixKind.POSSESSIVE, AffixKind.DUAL) for affix in analysis.suffix.affixes)
        ]
        agreeing = indefinite or agreeing
    return agreeing or analyses


_ADVERBS_ALONE = frozenset({">ayoDAF", "jid~AF"})
_SENSE = re.compile(r"^(.*?)(?:-[aiu]+)*(?:_\d+)?$")


@cache
def _lemma(sense: str, verb: bool) -> str:
    match = _SENSE.match(sense)
    stem = match[1] if match else sense
    if stem not in _ADVERBS_ALONE:
        stem = stem.removesuffix("AF")
    if verb and stem and stem[-1] not in "AYa`":
        stem += "a"
    return to_arabic(stem)


def headword(stem: Stem) -> str:
    """Return the vocalised headword of a stem: for verbs the third person past, which no noun shares."""
    return _lemma(stem.sense, stem.part_of_speech is PartOfSpeech.VERB)


def family(stem: Stem) -> str:
    """Return the headword under which a stem is indexed: that of أخرى is آخر, that of نساء is امرأة."""
    own = headword(stem)
    return families().get(own, own)


def _reading(analysis: Analysis, share: float) -> LexicalReading:
    stem = analysis.stem
    return LexicalReading(
        vocalised=to_arabic(analysis.prefix.vocalised + stem.vocalised + analysis.suffix.vocalised),
        lemma=family(stem),
        sense=stem.sense,
        part_of_speech=stem.part_of_speech,
        prefixes=analysis.prefix.affixes,
        stem=to_arabic(stem.vocalised),
        suffixes=analysis.suffix.affixes,
        glosses=stem.glosses,
        weight=share,
        tense=stem.tense,
        passive=stem.passive,
    )


@cache
def load_lexicon() -> Lexicon | None:
    """Return the lexicon, read once per process; None when the `lexicon` extra isn't installed."""
    folder = lexicon_folder()
    return None if folder is None else Lexicon(read_tables(folder), shipped_frequencies())
