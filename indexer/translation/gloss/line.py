"""Setting the English of a sentence's words in a line: articles, number, "of", adjectives before their noun."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from indexer.lexicon.letters import to_arabic
from indexer.lexicon.lexicon import headword
from indexer.lexicon.reading import Affix, AffixKind, Tense
from indexer.translation.gloss import english
from indexer.translation.gloss.romanise import romanise
from indexer.translation.gloss.tables import english_words, fold_word, preferred_english
from indexer.translation.gloss.units import Kind, Unit

_POSSESSIVES = {"1s": "my", "1p": "our", "3ms": "his", "3fs": "its", "3mp": "their", "3fp": "their", "3d": "their"}
_OBJECTS = {"1s": "me", "1p": "us", "3ms": "it", "3fs": "it", "3mp": "them", "3fp": "them", "3d": "them"}
_SUBJECTS = {"1s": "I", "1p": "we", "2ms": "you", "2fs": "you", "2mp": "you", "2fp": "you", "2d": "you"}
_NO_ARTICLE = frozenset(["terrorism", "Islam", "God", "humanity", "children", "counter-terrorism"])


@dataclass(slots=True)
class Piece:
    """English to be written, and the unit it is for (None for what no word stands behind)."""

    text: str
    unit: Unit | None


@dataclass(slots=True)
class Phrase:
    """What is written together: a noun with its adjectives, or any other unit alone."""

    head: Unit
    lead: list[str]
    core: str
    adjectives: list[tuple[Unit, str]] = field(default_factory=list)
    of: bool = False


def set_line(units: Sequence[Unit]) -> list[Piece]:
    """Return the English of the units in the order in which it is to be read."""
    phrases: list[Phrase] = []
    for place, unit in enumerate(units):
        before = units[place - 1] if place else None
        if unit.adjective and before is not None and _attach(unit, before, phrases):
            continue
        after = units[place + 1] if place + 1 < len(units) else None
        phrases.append(_phrase(unit, before, after))
    return list(_pieces(phrases))


def _pieces(phrases: Iterable[Phrase]) -> Iterable[Piece]:
    for phrase in phrases:
        before = (["of"] if phrase.of else []) + phrase.lead
        if not phrase.adjectives:
            yield Piece(" ".join([*before, phrase.core]), phrase.head)
            continue
        if before:
            yield Piece(" ".join(before), phrase.head)
        for unit, text in phrase.adjectives:
            yield Piece(text, unit)
        yield Piece(phrase.core, phrase.head)


def _attach(unit: Unit, before: Unit, phrases: list[Phrase]) -> bool:
    """Put an adjective before the noun that it agrees with: the last one, else the head of its chain of "of"."""
    place = len(phrases) - 1
    last = phrases[place]
    conjoined = _conjunction(unit) is not None
    if conjoined and all(one is not before for one, _ in last.adjectives):
        return False
    if not conjoined and last.head is not before and all(one is not before for one, _ in last.adjectives):
        return False
    while place >= 0:
        phrase = phrases[place]
        if phrase.head.kind is not Kind.WORD:
            return False
        if _agrees(phrase.head, unit, bound=place < len(phrases) - 1):
            text = _adjective(unit)
            if conjoined:
                phrase.adjectives.append((unit, f"and {text}"))
            else:
                phrase.adjectives.insert(0, (unit, text))
            return True
        if not phrase.of:
            return False
        place -= 1
    return False


def _agrees(noun: Unit, adjective: Unit, *, bound: bool) -> bool:
    if not noun.noun or noun.reading is None or adjective.reading is None:
        return False
    kinds = {affix.kind for affix in adjective.reading.prefix.affixes}
    if AffixKind.PREPOSITION in kinds:
        return False
    definite = AffixKind.ARTICLE in kinds
    if definite != (_definite(noun) or bound):
        return False
    gender, other = _number(noun), _number(adjective)
    if noun.reading.stem.part_of_speech.value == "name" or other == gender:
        return True
    if gender == "broken":
        return other in ("f", "p")
    return other == "broken" and gender in ("p", "broken", "f")


def _definite(unit: Unit) -> bool:
    reading = unit.reading
    if reading is None:
        return True
    return (
        reading.stem.part_of_speech.value == "name"
        or any(affix.kind is AffixKind.ARTICLE for affix in reading.prefix.affixes)
        or any(affix.kind is AffixKind.POSSESSIVE for affix in reading.suffix.affixes)
    )


def _number(unit: Unit) -> str:
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
    if _broken_plural(unit):
        return "broken"
    return "f" if headword(reading.stem).endswith("ة") else "m"


def _broken_plural(unit: Unit) -> bool:
    """Whether the stem isn't the headword's own: a plural made inside the word."""
    reading = unit.reading
    if reading is None or reading.stem.tense is not None:
        return False
    lemma = headword(reading.stem)
    stem = to_arabic(reading.stem.vocalised)
    base = lemma.removesuffix("ة").removesuffix("\N{ARABIC FATHA}")
    return stem.rstrip("\N{ARABIC FATHA}") not in (lemma, base) and len(stem) > 2


def _conjunction(unit: Unit) -> str | None:
    if unit.reading is None:
        return None
    return "and" if any(a.kind is AffixKind.CONJUNCTION for a in unit.reading.prefix.affixes) else None


def _phrase(unit: Unit, before: Unit | None, after: Unit | None) -> Phrase:
    if unit.kind is Kind.EXPRESSION:
        return _expression(unit, before)
    if unit.kind is not Kind.WORD:
        return Phrase(unit, [], _figures(unit.text) if unit.kind is Kind.FIGURE else unit.text)
    if unit.function is not None:
        return _function(unit, before, after)
    if unit.reading is None:
        return _unknown(unit, before)
    if unit.verb:
        return Phrase(unit, _conjunctions(unit), _verb(unit, before))
    return _noun(unit, before)


def _expression(unit: Unit, before: Unit | None) -> Phrase:
    lead = list(unit.lead)
    if lead and lead[-1] == "by" and unit.english[:1].isupper():
        lead[-1] = "in"
    return Phrase(unit, lead, unit.english, of=not lead and _governs(before))


_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")


def _figures(text: str) -> str:
    return text.translate(_DIGITS)


def _function(unit: Unit, before: Unit | None, after: Unit | None) -> Phrase:
    assert unit.function is not None
    text, effect = unit.function
    following = after if after is not None and after.verb else None
    tense = following.reading.stem.tense if following is not None and following.reading is not None else None
    if effect == "perfect":
        text = text.replace("has", "may" if tense is Tense.PRESENT else "has")
    elif effect == "negative":
        text = _negative(text, tense, after)
    elif effect == "that" and tense is Tense.PRESENT:
        text = text.replace("that", "to")
    elif effect == "auxiliary" and tense is Tense.PAST and text in ("was", "were"):
        text = "had"
    elif effect == "base" and text.endswith("did not") and after is not None and after.noun:
        text = text.replace("did not", "not")
    return Phrase(unit, [], text)


def _negative(text: str, tense: Tense | None, after: Unit | None) -> str:
    if tense is Tense.PRESENT:
        return text.replace("not", "does not")
    if after is not None and after.noun and after.reading is not None and not _definite(after):
        return text.replace("not", "no")
    return text


_CLITIC_ARTICLES = (
    ("وال", "and"),
    ("بال", "in"),
    ("فال", "and"),
    ("كال", "as"),
    ("وبال", "and in"),
    ("ولل", "and for"),
)


def _unknown(unit: Unit, before: Unit | None) -> Phrase:
    """Romanise a word that the lexicon doesn't hold, particles before its article taken off."""
    word = fold_word(unit.text)
    for opening, lead in _CLITIC_ARTICLES:
        if word.startswith(opening) and len(word) > len(opening) + 2:
            return Phrase(unit, lead.split(), f"[{romanise('ال' + word[len(opening) :])}]")
    if word.startswith("لل") and len(word) > 4:
        return Phrase(unit, ["for"], f"[{romanise('ال' + word[2:])}]")
    return Phrase(unit, [], f"[{romanise(unit.text)}]", of=_governs(before))


def _conjunctions(unit: Unit) -> list[str]:
    conjunction = _conjunction(unit)
    return [conjunction] if conjunction else []


def _gloss(unit: Unit) -> tuple[str, bool]:
    """Return the English of the stem, and whether it was chosen for the headword (so that it is singular)."""
    assert unit.reading is not None
    chosen = preferred_english().get(headword(unit.reading.stem))
    if chosen:
        return chosen, True
    glosses = unit.reading.stem.glosses
    return (glosses[0] if glosses else f"[{romanise(unit.text)}]"), False


def _adjective(unit: Unit) -> str:
    return _gloss(unit)[0]


def _noun(unit: Unit, before: Unit | None) -> Phrase:
    assert unit.reading is not None
    text, chosen = _gloss(unit)
    name = unit.reading.stem.part_of_speech.value == "name"
    adjective = unit.adjective
    adverb = unit.reading.stem.part_of_speech.value == "adverb"
    kinds = {affix.kind: affix for affix in (*unit.reading.prefix.affixes, *unit.reading.suffix.affixes)}
    if AffixKind.DUAL in kinds and not name:
        text = f"two {english.plural(text)}"
    elif (AffixKind.PLURAL in kinds and not name and not _quality(text, adjective=adjective)) or (
        chosen and not adjective and _broken_plural(unit)
    ):
        text = english.plural(text)
    elif before is not None and before.kind is Kind.FIGURE and _counts(before.text) and unit.noun | adjective:
        text = text if _quality(text, adjective=adjective) else english.plural(text)
    lead = _conjunctions(unit)
    preposition = kinds.get(AffixKind.PREPOSITION)
    if preposition is not None:
        lead.append(_preposition(preposition, text, before, name=name))
    possessive = kinds.get(AffixKind.POSSESSIVE)
    if possessive is not None:
        lead.append(_POSSESSIVES.get(possessive.person, "your"))
    elif AffixKind.ARTICLE in kinds and not name and text not in _NO_ARTICLE and not text.endswith("ism"):
        lead.append("the")
    of = not lead or lead[0] in ("the", *_POSSESSIVES.values())
    return Phrase(unit, lead, text, of=of and not adverb and not adjective and _governs(before))


_QUALITIES = ("ed", "ing", "al", "ous", "able", "ible", "ful", "ic", "less", "wounded", "killed", "live", "ary")


def _quality(text: str, *, adjective: bool) -> bool:
    """Whether a gloss is an adjective that takes no plural: "the wounded", not "the woundeds"."""
    return adjective and text.endswith(_QUALITIES)


def _counts(figure: str) -> bool:
    digits = _figures(figure)
    return digits.isdigit() and int(digits[:6]) != 1 and not (len(digits) == 4 and digits[:2] in ("19", "20"))


def _preposition(affix: Affix, text: str, before: Unit | None, *, name: bool) -> str:
    letter = fold_word(affix.text)[:1]
    if letter == "ب":
        return "in" if name or _last_word(text) in english_words("place") else "with"
    if letter == "ل":
        return "of" if before is not None and before.noun and not _governed_away(before) else "for"
    return "as"


def _last_word(text: str) -> str:
    """Return the last word of a gloss, without the ending of its plural."""
    last = text.rpartition(" ")[2]
    return last[:-3] + "y" if last.endswith("ies") else last.removesuffix("s")


def _governed_away(unit: Unit) -> bool:
    return unit.reading is not None and any(a.kind is AffixKind.PREPOSITION for a in unit.reading.prefix.affixes)


def _governs(unit: Unit | None) -> bool:
    """Whether a unit is a noun that may stand in the construct state: a noun after it gets "of"."""
    if unit is None or not unit.noun or unit.reading is None or _definite(unit):
        return False
    if unit.reading.stem.part_of_speech.value != "noun":
        return False
    for affix in unit.reading.suffix.affixes:
        if affix.kind is AffixKind.ACCUSATIVE:
            return False
        if affix.kind in (AffixKind.DUAL, AffixKind.PLURAL) and affix.person == "m" and not affix.bound:
            return False
    return True


def _verb(unit: Unit, before: Unit | None) -> str:
    assert unit.reading is not None
    reading = unit.reading
    affixes = (*reading.prefix.affixes, *reading.suffix.affixes)
    kinds = {affix.kind: affix for affix in affixes}
    base, chosen = _gloss(unit)
    if reading.stem.passive and chosen and not base.startswith("be "):
        base = f"be {english.participle(base)}"
    person = next((a.person for a in affixes if a.kind is AffixKind.SUBJECT and a.person), "3ms")
    many = person.endswith(("p", "d")) or any(
        a.kind is AffixKind.SUBJECT and fold_word(a.text)[:2] in ("ون", "وا") for a in reading.suffix.affixes
    )
    text = _finite(base, reading.stem.tense, before, kinds, many=many, person=person)
    if person in _SUBJECTS and reading.stem.tense is not Tense.IMPERATIVE:
        text = f"{_SUBJECTS[person]} {text}"
    thing = kinds.get(AffixKind.OBJECT)
    return f"{text} {_OBJECTS.get(thing.person, 'you')}" if thing is not None else text


def _finite(
    base: str,
    tense: Tense | None,
    before: Unit | None,
    kinds: dict[AffixKind, Affix],
    *,
    many: bool,
    person: str,
) -> str:
    effect = before.function.effect if before is not None and before.function is not None else ""
    if AffixKind.FUTURE in kinds:
        return f"will {base}"
    if AffixKind.PURPOSE in kinds:
        return f"to {base}"
    if tense is Tense.PAST:
        if effect in ("perfect", "auxiliary"):
            return english.participle(base)
        done = english.past(base)
        return done.replace("was", "were", 1) if done.startswith("was ") and many else done
    if tense is Tense.IMPERATIVE or effect in ("base", "perfect", "negative", "that"):
        return base
    if effect == "auxiliary":
        return english.gerund(base)
    return english.plain_plural(base) if many or person[0] in "12" else english.third_person(base)
