"""The English of one word: its noun in the right number, its verb in the right form."""

from indexer.lexicon.letters import to_arabic
from indexer.lexicon.lexicon import Analysis, headword
from indexer.lexicon.reading import AffixKind, PartOfSpeech, Tense
from indexer.translation.gloss import english
from indexer.translation.gloss.agreement import broken_plural
from indexer.translation.gloss.romanise import romanise
from indexer.translation.gloss.tables import english_words, fold_word, preferred_english
from indexer.translation.gloss.units import Unit

_POSSESSIVES = {"1s": "my", "1p": "our", "3ms": "its", "3fs": "its", "3mp": "their", "3fp": "their", "3d": "their"}
_OBJECTS = {"1s": "me", "1p": "us", "3ms": "it", "3fs": "it", "3mp": "them", "3fp": "them", "3d": "them"}
_SUBJECTS = {"1s": "I", "1p": "we", "2ms": "you", "2fs": "you", "2mp": "you", "2fp": "you", "2d": "you"}
_QUALITIES = ("ed", "ing", "al", "ous", "able", "ible", "ful", "ic", "less", "ary", "dead")


def is_quality(text: str) -> bool:
    """Say whether an English word can only be an adjective: it takes no plural ("the wounded").

    >>> is_quality("wounded"), is_quality("civilian")
    (True, False)
    """
    return text.endswith(_QUALITIES)


def last_word(text: str) -> str:
    """Return the last word of a phrase, without the ending of its plural.

    >>> last_word("two cities")
    'city'
    """
    last = text.rpartition(" ")[2]
    return last[:-3] + "y" if last.endswith("ies") else last.removesuffix("s")


def chosen_english(reading: Analysis) -> tuple[str, bool]:
    """Return the English of a stem, and whether it is the headword's (so that it is singular)."""
    listed = preferred_english()
    if reading.stem.passive or broken_plural(reading):
        own = listed.get(to_arabic(reading.stem.vocalised))
        if own:
            return own, False
    chosen = listed.get(headword(reading.stem))
    if chosen and reading.stem.part_of_speech is not PartOfSpeech.ADVERB:
        return chosen, True
    glosses = reading.stem.glosses
    return (glosses[0] if glosses else f"[{romanise(headword(reading.stem))}]"), False


def quality_english(unit: Unit) -> str:
    """Return the English of a word that stands before a noun as its adjective: never plural."""
    assert unit.reading is not None
    return chosen_english(unit.reading)[0]


def noun_english(unit: Unit, *, plural: bool) -> str:
    """Return the English of a noun, name or adjective without its particles; `plural`: a number stands before it."""
    reading = unit.reading
    assert reading is not None
    text, singular = chosen_english(reading)
    if reading.stem.part_of_speech in (PartOfSpeech.NAME, PartOfSpeech.ADVERB):
        return text
    if (unit.adjective and is_quality(text)) or text in english_words("people"):
        return text
    endings = {affix.kind for affix in reading.suffix.affixes}
    if AffixKind.DUAL in endings:
        return f"two {english.plural(text)}"
    inner = singular and not unit.adjective and broken_plural(reading)
    return english.plural(text) if AffixKind.PLURAL in endings or inner or plural else text


def possessive(reading: Analysis) -> str | None:
    """Return "its", "their" and so on, where the word has such an ending."""
    for affix in reading.suffix.affixes:
        if affix.kind is AffixKind.POSSESSIVE:
            return _POSSESSIVES.get(affix.person, "your")
    return None


def base_verb(reading: Analysis) -> str:
    """Return the plain form of a verb; of a passive, "be" and the participle."""
    base, chosen = chosen_english(reading)
    if reading.stem.passive and chosen and not base.startswith("be "):
        return f"be {english.participle(base)}"
    return base


_TAKES_SUBJECT = frozenset({"base", "negative", "perfect"})


def subject(reading: Analysis) -> str:
    """Return the pronoun of a verb of the first or second person, else nothing."""
    affixes = (*reading.prefix.affixes, *reading.suffix.affixes)
    return next((_SUBJECTS.get(a.person, "") for a in affixes if a.kind is AffixKind.SUBJECT and a.person), "")


def finite_verb(reading: Analysis, effect: str, *, thing: bool = True, many: bool = False) -> str:
    """Return the English of a verb in the form that `effect` asks for.

    `thing`: with its object pronoun; `many`: for several subjects.
    """
    affixes = (*reading.prefix.affixes, *reading.suffix.affixes)
    person = next((a.person for a in affixes if a.kind is AffixKind.SUBJECT and a.person), "3ms")
    plural_ending = any(
        a.kind is AffixKind.SUBJECT and fold_word(a.text)[:2] in ("ون", "وا") for a in reading.suffix.affixes
    )
    text = _form(reading, base_verb(reading), effect, many=many or plural_ending or person[-1] in "pd", person=person)
    if person in _SUBJECTS and reading.stem.tense is not Tense.IMPERATIVE and effect not in _TAKES_SUBJECT:
        text = f"{_SUBJECTS[person]} {text}"
    pronoun = next((a for a in affixes if a.kind is AffixKind.OBJECT), None)
    return f"{text} {_OBJECTS.get(pronoun.person, 'you')}" if pronoun is not None and thing else text


def _form(reading: Analysis, base: str, effect: str, *, many: bool, person: str) -> str:
    kinds = {affix.kind for affix in reading.prefix.affixes}
    if AffixKind.FUTURE in kinds:
        return f"will {base}"
    if AffixKind.PURPOSE in kinds:
        return f"to {base}"
    if reading.stem.tense is Tense.PAST:
        if effect in ("perfect", "auxiliary"):
            return english.participle(base)
        done = english.past(base)
        return "were" + done[3:] if done.startswith("was ") and many else done
    if reading.stem.tense is Tense.IMPERATIVE or effect in ("base", "perfect", "negative", "that"):
        return base
    if effect == "auxiliary":
        return english.gerund(base)
    return english.plain_plural(base) if many or person[0] in "12" else english.third_person(base)
