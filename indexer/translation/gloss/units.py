"""Cutting a sentence into what gets one piece of English: words with their likeliest reading, expressions, figures."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from indexer.gazetteer import GazetteerEntry
from indexer.lexicon import Lexicon
from indexer.lexicon.context import (
    BOUNDARY,
    COMMA,
    FIGURE,
    UNKNOWN,
    Choice,
    best_choices,
    classes,
    shipped_affinity,
)
from indexer.lexicon.lexicon import Analysis, headword, shares
from indexer.lexicon.reading import AffixKind, PartOfSpeech, Tense
from indexer.translation.gloss.tables import (
    Branch,
    Effect,
    expressions,
    fold_word,
    function_key,
    function_words,
    undergone,
)

_TOKEN = re.compile(
    r"(?P<word>[\u0621-\u0652\u0670\u0671\u067e\u0686\u06a4\u06a9\u06af\u06c1\u06cc]+)"
    r"|(?P<figure>[0-9\u0660-\u0669\u06f0-\u06f9]+(?:[.,:/\u066b\u066c-][0-9\u0660-\u0669\u06f0-\u06f9]+)*)"
    r"|(?P<latin>[@#]?[^\W\d_\u0600-\u06ff][^\s\u0600-\u06ff،؛؟\"«»“”()]*)"
    r"|(?P<hidden>[\u0640\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\ud800-\udfff]+)"
    r"|(?P<mark>[^\w\s]|_)"
    r"|(?P<other>\w+)"
)


class Kind(StrEnum):
    """What a unit is."""

    WORD = "word"
    EXPRESSION = "expression"
    FIGURE = "figure"
    LATIN = "latin"
    MARK = "mark"


_NOUNS = frozenset({PartOfSpeech.NOUN, PartOfSpeech.NAME, PartOfSpeech.NUMBER})
_ADJECTIVES = frozenset({PartOfSpeech.ADJECTIVE})
_KINDS = {kind.value: kind for kind in Kind}


@dataclass(slots=True)
class Unit:
    """A run of the sentence that gets one piece of English.

    `lead` is what stands attached before it, in English; `asked` is what its ل says after an expression; `many`: a
    number shows that a passive verb has several subjects.
    """

    start: int
    end: int
    text: str
    kind: Kind
    reading: Analysis | None = None
    share: float = 1.0
    function: Effect | None = None
    english: str = ""
    lead: tuple[str, ...] = ()
    spaced: bool = True
    asked: str = ""
    many: bool = False

    @property
    def verb(self) -> bool:
        """Whether it is read as a verb."""
        return self.function is None and self.reading is not None and self.reading.stem.tense is not None

    @property
    def noun(self) -> bool:
        """Whether it is read as a noun, name or number."""
        return self._speech(_NOUNS)

    @property
    def adjective(self) -> bool:
        """Whether it is read as an adjective."""
        return self._speech(_ADJECTIVES)

    def _speech(self, kinds: frozenset[PartOfSpeech]) -> bool:
        if self.function is not None or self.kind is not Kind.WORD or self.reading is None:
            return False
        return self.reading.stem.part_of_speech in kinds


def cut(text: str) -> list[Unit]:
    """Cut a sentence into words, figures, Latin words and marks; white space and hidden characters are passed over."""
    units: list[Unit] = []
    ended = 0
    for match in _TOKEN.finditer(text):
        group = match.lastgroup
        if group == "hidden":
            ended = match.end() if match.start() == ended else ended
            continue
        kind = _KINDS.get(group or "", Kind.LATIN)
        units.append(Unit(match.start(), match.end(), match[0], kind, spaced=match.start() > ended))
        ended = match.end()
    return units


_CONJUNCTIONS = {"و": "and", "ف": "and"}
_PREPOSITIONS = {"ب": "by", "ل": "for", "ك": "as"}


def join_expressions(units: Sequence[Unit], names: Mapping[int, tuple[int, GazetteerEntry]]) -> list[Unit]:
    """Join the words of expressions, and of names, into one unit each, the longest first.

    `names` gives for the offset where a name begins its end and its entry.
    """
    joined: list[Unit] = []
    place = 0
    while place < len(units):
        found = _joined(units, place, names) if units[place].kind is Kind.WORD else None
        if found is None:
            joined.append(units[place])
            place += 1
            continue
        length, english, lead = found
        first, last = units[place], units[place + length - 1]
        joined.append(Unit(first.start, last.end, "", Kind.EXPRESSION, english=english, lead=lead, spaced=first.spaced))
        place += length
    return joined


_Found = tuple[int, str, tuple[str, ...]]


def _joined(units: Sequence[Unit], place: int, names: Mapping[int, tuple[int, GazetteerEntry]]) -> _Found | None:
    """Return how many units are one expression or name, its English, and the particles before it."""
    listed: _Found | None = _manner(units, place)
    for word, lead in _openings(fold_word(units[place].text)):
        found = _longest(units, place, word, expressions())
        if found:
            listed = (*found, lead)
            break
    named = _named(units, place, names)
    if listed is not None and (named is None or listed[0] >= named[0]):
        return listed
    return named


_MANNERS = frozenset({("في", "شكل"), ("في", "صورة"), ("على", "نحو"), ("بشكل",), ("بصورة",), ("بطريقة",)})


_MANNER_FIRST = frozenset(words[0] for words in _MANNERS)


def _manner(units: Sequence[Unit], place: int) -> _Found | None:
    """Take "بشكل" and its like, which make an adverb of the adjective after them."""
    if units[place].text not in _MANNER_FIRST:
        return None
    words = tuple(unit.text for unit in units[place : place + 2])
    for length in (2, 1):
        if words[:length] in _MANNERS:
            return length, "manner", ("in a",)
    return None


def _named(units: Sequence[Unit], place: int, names: Mapping[int, tuple[int, GazetteerEntry]]) -> _Found | None:
    end, entry = names.get(units[place].start, (0, None))
    if entry is None or (place and units[place - 1].kind is Kind.FIGURE and entry.kind.value == "place.country"):
        return None  # "28 سوريا" are 28 Syrians
    length = 0
    while place + length < len(units) and units[place + length].start < end:
        if units[place + length].kind is not Kind.WORD:
            return None
        length += 1
    first_words = {fold_word(name.split()[0]) for name in entry.arabic}
    for word, lead in _openings(fold_word(units[place].text)):
        if word in first_words or (word.removeprefix("ال") in first_words):
            return length, _english_name(entry), lead
    return length, _english_name(entry), ()


_WITH_ARTICLE = frozenset({"actor.body", "actor.state", "actor.military", "actor.coalition"})


def _english_name(entry: GazetteerEntry) -> str:
    name = entry.english[0].removesuffix(" Governorate")
    return f"the {name}" if entry.kind.value in _WITH_ARTICLE and " " in name else name


@lru_cache(maxsize=1 << 16)
def _openings(word: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the ways to take particles off the first word, none first: (rest, what was taken in English)."""
    found: list[tuple[str, tuple[str, ...]]] = [(word, ())]
    rest = word
    lead: tuple[str, ...] = ()
    if word[:1] in _CONJUNCTIONS and len(word) > 2:
        rest, lead = word[1:], (_CONJUNCTIONS[word[0]],)
        found.append((rest, lead))
    if rest.startswith("لل") and len(rest) > 4:
        found.append(("ال" + rest[2:], (*lead, "for")))
        found.append(("ال" + rest[1:], (*lead, "for")))
    elif rest[:1] in _PREPOSITIONS and len(rest) > 3:
        found.append((rest[1:], (*lead, _PREPOSITIONS[rest[0]])))
    return tuple(found)


def _longest(units: Sequence[Unit], place: int, word: str, root: Branch) -> tuple[int, str] | None:
    """Return how many units the longest expression takes that begins with this word, and its English."""
    branch = root.following.get(word)
    best: tuple[int, str] | None = None
    length = 1
    while branch is not None:
        following = _next_word(units, place + length)
        if branch.english is not None and (not branch.particle or (following or "").startswith("ل")):
            best = (length, branch.english)
            if branch.particle:
                units[place + length].asked = branch.particle
        if following is None:
            break
        branch = branch.following.get(following)
        length += 1
    return best


def _next_word(units: Sequence[Unit], place: int) -> str | None:
    if place < len(units) and units[place].kind is Kind.WORD:
        return fold_word(units[place].text)
    return None


_NAMED = "nmd"
"""The class of a definite noun, which names and named expressions stand for."""
_PAUSES = frozenset(",،؛;()")
_STOPS = frozenset(".!?؟:…")


class Reader:
    """Chooses a reading for each word of a sentence, by the word itself and those beside it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._affinity = shipped_affinity()
        self._candidates: dict[str, tuple[tuple[Choice, ...], tuple[tuple[Analysis, float], ...]]] = {}

    def read(self, units: Sequence[Unit]) -> None:
        """Give each word unit its reading, its share, and the function word that it is."""
        met = [unit for unit in units if unit.kind is not Kind.MARK or unit.text in _PAUSES or unit.text in _STOPS]
        found = [self._of(unit) for unit in met]
        for place in range(1, len(met)):
            found[place] = _narrowed(found[place], met[place - 1])
        chosen = best_choices([choices for choices, _ in found], self._affinity)
        for unit, (_, analyses), number in zip(met, found, chosen, strict=True):
            if analyses:
                unit.reading, unit.share = analyses[number]
            if unit.kind is Kind.WORD:
                _set_function(unit)
        for place, (unit, (_, analyses)) in enumerate(zip(met, found, strict=True)):
            if unit.verb:
                _settle_voice(unit, analyses, met[place - 1] if place else None, met[place + 1 : place + 2])

    def _of(self, unit: Unit) -> "_Candidates":
        if unit.kind is Kind.WORD:
            return self._word(unit.text)
        if unit.kind is Kind.MARK:
            name = COMMA if unit.text in _PAUSES else BOUNDARY
        elif unit.kind is Kind.EXPRESSION and (unit.english[:1].isupper() or unit.english.startswith("the ")):
            name = _NAMED
        else:
            name = FIGURE if unit.kind is Kind.FIGURE else UNKNOWN
        return ((name, name, 0.0),), ()

    def _word(self, word: str) -> "_Candidates":
        known = self._candidates.get(word)
        if known is None:
            states: dict[tuple[str, str], tuple[float, Analysis, float]] = {}
            analyses = self._lexicon.analyses(word)
            for analysis, share in zip(analyses, shares(analyses), strict=True):
                state = classes(analysis)
                best = states.get(state)
                if best is None:
                    states[state] = (analysis.weight, analysis, share)
            top = analyses[0].weight if analyses else 0.0
            kept = [(state, found) for state, found in states.items() if found[0] > top - 9.0]
            known = (
                tuple((left, right, weight - top) for (left, right), (weight, _, _) in kept),
                tuple((analysis, share) for _, (_, analysis, share) in kept),
            )
            if len(self._candidates) > 1 << 16:
                self._candidates.clear()
            self._candidates[word] = known
        return known


_NO_VERB_AFTER = frozenset({"preposition", "noun", "quantity", "demonstrative"})
_Candidates = tuple[tuple[Choice, ...], tuple[tuple[Analysis, float], ...]]


def _narrowed(candidates: _Candidates, before: Unit) -> _Candidates:
    """Leave out what can't stand after a word: a verb after a preposition, a name after a number."""
    choices, analyses = candidates
    if len(analyses) < 2:
        return candidates
    kept = list(range(len(analyses)))
    if before.kind is Kind.FIGURE:
        kept = [place for place in kept if analyses[place][0].stem.part_of_speech is not PartOfSpeech.NAME]
    elif before.kind is Kind.WORD:
        function = function_words().get(function_key(before.text))
        if function is not None and function.effect in _NO_VERB_AFTER and not function.verb_too:
            kept = [place for place in kept if analyses[place][0].stem.tense is None]
        elif function is not None and function.effect == "base":
            kept = [place for place in kept if analyses[place][0].stem.tense is Tense.PRESENT]
    if not kept:
        return candidates
    return tuple(choices[place] for place in kept), tuple(analyses[place] for place in kept)


def _settle_voice(
    unit: Unit, analyses: Sequence[tuple[Analysis, float]], before: Unit | None, following: Sequence[Unit]
) -> None:
    """Read a verb such as قتل as passive where it has nothing to act on: the spelling doesn't tell the two apart.

    That is so with its subject before it and no noun after it, and at the start of a clause with a number after it.
    """
    assert unit.reading is not None
    stem = unit.reading.stem
    if stem.tense is not Tense.PAST or headword(stem) not in undergone():
        return
    if any(affix.kind is AffixKind.OBJECT for affix in unit.reading.suffix.affixes):
        return
    after = following[0] if following else None
    counted = after is not None and (after.kind is Kind.FIGURE or (after.function is not None and _number(after)))
    stands_after = before is not None and _subject_like(before) and not _begins(unit)
    unit.many = counted
    idle = after is None or after.kind is Kind.MARK or after.verb or _nominative(after)
    idle = idle or (after is not None and after.function is not None and not counted)
    if (counted and not stands_after) or (idle and stands_after):
        suffix = unit.reading.suffix.shape
        for analysis, share in analyses:
            if analysis.stem.passive and analysis.stem.sense == stem.sense and analysis.suffix.shape == suffix:
                unit.reading, unit.share = analysis, share
                return


def _number(unit: Unit) -> bool:
    return unit.function is not None and unit.function.effect == "noun" and unit.function.english[-3:] != " of"


_NOMINATIVE = frozenset({"wn", "An", "tAn"})


def _nominative(unit: Unit) -> bool:
    """Whether the ending shows that a noun can't be an object."""
    return unit.reading is not None and not unit.verb and unit.reading.suffix.written in _NOMINATIVE


def _subject_like(unit: Unit) -> bool:
    relative = unit.function is not None and unit.function.effect == "relative"
    return unit.noun or unit.adjective or relative or unit.kind in (Kind.EXPRESSION, Kind.LATIN)


def _begins(unit: Unit) -> bool:
    assert unit.reading is not None
    return any(affix.kind is AffixKind.CONJUNCTION for affix in unit.reading.prefix.affixes)


def _set_function(unit: Unit) -> None:
    """Take a word as a function word when the table has it, and it isn't one of those that are read as a verb here."""
    word = function_key(unit.text)
    table = function_words()
    function = table.get(word)
    if function is None and word[:1] in _CONJUNCTIONS and len(word) > 2:
        function = table.get(word[1:])
        if function is not None:
            function = Effect("and " + function.english, function.effect, function.verb_too)
    read_as_verb = unit.reading is not None and unit.reading.stem.tense is not None
    if function is not None and not (function.verb_too and read_as_verb):
        unit.function = function
