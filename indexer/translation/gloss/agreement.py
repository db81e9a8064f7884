"""What a noun and its neighbours agree in: definiteness, gender and number, and which noun governs which."""

import re
from functools import lru_cache

from indexer.lexicon.letters import without_marks
from indexer.lexicon.lexicon import Analysis
from indexer.lexicon.reading import AffixKind, PartOfSpeech
from indexer.translation.gloss.units import Kind, Unit

_HEADWORD = re.compile(r"^(.*?)(?:-[aiu]+)*(?:_\d+)?$")


def prefix(unit: Unit, kind: AffixKind) -> bool:
    """Say whether a word carries a prefix of this kind."""
    return unit.reading is not None and any(affix.kind is kind for affix in unit.reading.prefix.affixes)


def is_name(unit: Unit) -> bool:
    """Say whether a word is read as a proper name."""
    return unit.reading is not None and unit.reading.stem.part_of_speech is PartOfSpeech.NAME


def is_definite(unit: Unit) -> bool:
    """Say whether a unit is definite: a name, an expression, or a word with article or possessive."""
    if unit.reading is None or unit.kind is not Kind.WORD:
        return True
    possessed = any(affix.kind is AffixKind.POSSESSIVE for affix in unit.reading.suffix.affixes)
    return is_name(unit) or possessed or prefix(unit, AffixKind.ARTICLE)


def number(unit: Unit) -> str:
    """Return the gender and number that an adjective agrees in: m, f, p (masculine plural), 2 (dual), broken."""
    reading = unit.reading
    if reading is None:
        return "m"
    for affix in reading.suffix.affixes:
        if affix.kind is AffixKind.DUAL:
            return "2"
        if affix.kind is AffixKind.PLURAL:
            return "f" if affix.person == "f" else "p"
        if affix.kind is AffixKind.FEMININE:
            return "f"
    if broken_plural(reading):
        return "broken"
    return "f" if _headword(reading.stem.sense).endswith(("ap", "aY", "A'")) else "m"


def broken_plural(reading: Analysis) -> bool:
    """Say whether a stem isn't its headword's own: a plural made inside the word."""
    stem = reading.stem
    if stem.tense is not None:
        return False
    ended = any(affix.kind in _ENDINGS for affix in reading.suffix.affixes)
    return _other_stem(stem.sense, stem.vocalised, ended=ended)


_ENDINGS = frozenset({AffixKind.FEMININE, AffixKind.PLURAL, AffixKind.DUAL})


@lru_cache(maxsize=1 << 15)
def _other_stem(sense: str, vocalised: str, *, ended: bool) -> bool:
    own = _headword(sense)
    if own.endswith("p"):
        own = own[:-1]
        if not ended:
            return len(vocalised) > 2
    return len(vocalised) > 2 and without_marks(vocalised) != without_marks(own)


@lru_cache(maxsize=1 << 14)
def _headword(sense: str) -> str:
    match = _HEADWORD.match(sense)
    return match[1] if match else sense


def agrees(noun: Unit, adjective: Unit, *, bound: bool) -> bool:
    """Say whether an adjective may belong to a noun before it. `bound`: the noun governs another, definite one."""
    if noun.reading is None or adjective.reading is None or not (noun.noun or noun.adjective):
        return False
    if prefix(adjective, AffixKind.PREPOSITION):
        return False
    if prefix(adjective, AffixKind.ARTICLE) != (is_definite(noun) or bound):
        return False
    gender, other = number(noun), number(adjective)
    if is_name(noun) or other == gender or {gender, other} == {"2", "p"}:
        return True
    if gender == "broken":
        return other in ("f", "p")
    return other == "broken" and gender in ("p", "f")


def governs(unit: Unit | None) -> bool:
    """Say whether a unit is a noun that may stand in the construct state: a noun after it gets "of"."""
    if unit is None or not unit.noun or unit.reading is None or is_definite(unit):
        return False
    if unit.reading.stem.part_of_speech is not PartOfSpeech.NOUN:
        return False
    for affix in unit.reading.suffix.affixes:
        if affix.kind is AffixKind.ACCUSATIVE:
            return False
        if affix.kind in (AffixKind.DUAL, AffixKind.PLURAL) and affix.person == "m" and not affix.bound:
            return False
    return True
