"""Setting the English of a sentence's words in a line: particles, "of", adjectives before their noun."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.lexicon.reading import AffixKind, Tense
from indexer.translation.gloss import english
from indexer.translation.gloss.agreement import agrees, governs, is_definite, is_name, number, prefix
from indexer.translation.gloss.romanise import romanise
from indexer.translation.gloss.tables import english_words, fold_word, verb_prepositions
from indexer.translation.gloss.units import Kind, Unit
from indexer.translation.gloss.words import (
    base_verb,
    finite_verb,
    is_quality,
    last_word,
    noun_english,
    possessive,
    quality_english,
    subject,
)


@dataclass(slots=True)
class Piece:
    """English to be written, and the unit it stands for."""

    text: str
    unit: Unit


@dataclass(slots=True)
class Phrase:
    """What is written together: a noun with its particles and adjectives, or any other unit alone."""

    head: Unit
    lead: list[str]
    core: str
    of: bool = False
    adjectives: list[tuple[Unit, str]] = field(default_factory=list)

    def pieces(self) -> Iterator[Piece]:
        """Yield the English in reading order: particles, adjectives, the word itself."""
        before = ["of", *self.lead] if self.of else self.lead
        if not self.adjectives:
            yield Piece(" ".join([*before, self.core]).strip(), self.head)
            return
        core = self.core
        if core.startswith("the "):
            before, core = [*before, "the"], core[4:]
        if before and before[-1] == "in a" and self.adjectives[0][1][:1] in "aeiou":
            before = [*before[:-1], "in an"]
        if before:
            yield Piece(" ".join(before), self.head)
        for unit, text in self.adjectives:
            yield Piece(text, unit)
        yield Piece(core, self.head)


def set_line(units: Sequence[Unit]) -> list[Piece]:
    """Return the English of the units in the order in which it is to be read."""
    phrases = _Line(units).phrases
    _put_subjects_first(phrases)
    return [piece for phrase in phrases for piece in phrase.pieces()]


def _put_subjects_first(phrases: list[Phrase]) -> None:
    """Turn "which committed it the Coalition" into "which the Coalition committed".

    Only where the grammar leaves no doubt: after a relative pronoun, a verb with an object pronoun, then a definite
    noun without a preposition, which can only be its subject.
    """
    for place in range(len(phrases) - 2):
        relative, verb = phrases[place].head, phrases[place + 1].head
        if _effect(relative) != "relative" or not verb.verb or verb.reading is None or verb.reading.stem.passive:
            continue
        if not any(affix.kind is AffixKind.OBJECT for affix in verb.reading.suffix.affixes):
            continue
        end = _subject_end(phrases, place + 2)
        if end > place + 2:
            phrases[place + 1].core = finite_verb(verb.reading, "", thing=False)
            phrases[place + 1 : end] = [*phrases[place + 2 : end], phrases[place + 1]]


def _subject_end(phrases: list[Phrase], start: int) -> int:
    """Return where the noun phrase that begins at `start` ends, or `start` when none begins there."""
    first = phrases[start]
    named = (
        first.head.kind is Kind.EXPRESSION
        and not first.lead
        and first.core[:1].isupper() | first.core.startswith("the ")
    )
    definite = first.head.noun and is_definite(first.head) and not _prefixed(first.head)
    governing = governs(first.head) and not _prefixed(first.head) and start + 1 < len(phrases) and phrases[start + 1].of
    if not (named or definite or governing):
        return start
    end = start + 1
    while end < len(phrases) and phrases[end].of:
        end += 1
    return end


def _prefixed(unit: Unit) -> bool:
    return prefix(unit, AffixKind.PREPOSITION) or prefix(unit, AffixKind.CONJUNCTION)


_REACH = 7
"""How many words after a verb its particle may stand."""
_OPENING_QUOTES = frozenset('"“«„')
_STOPS = frozenset(".!?؟؛")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")
_CLITIC_ARTICLES = (
    ("وال", "and"),
    ("بال", "in"),
    ("فال", "and"),
    ("كال", "as"),
    ("وبال", "and in"),
)
_LARGE = {"hundreds of": "hundred", "thousands of": "thousand", "millions": "million", "billions": "billion"}


class _Line:
    """Goes through the units once, keeping what stands before."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.phrases: list[Phrase] = []
        self._units = units
        self._verb: tuple[str, int] | None = None
        self._asked: dict[int, str] = {}
        for place, unit in enumerate(units):
            before = units[place - 1] if place else None
            if before is not None and _may_qualify(unit, before) and self._attach(unit, before):
                continue
            after = units[place + 1] if place + 1 < len(units) else None
            if unit.kind is Kind.MARK and unit.text in _STOPS:
                self._verb = None
            if (
                unit.kind is Kind.MARK
                and before is not None
                and after is not None
                and _quotes_owner(unit, before, after)
            ):
                self.phrases.append(Phrase(before, [], "of"))
            self.phrases.append(self._phrase(place, unit, before, after))

    def _phrase(self, place: int, unit: Unit, before: Unit | None, after: Unit | None) -> Phrase:
        if unit.kind is Kind.EXPRESSION:
            return self._expression(place, unit, before)
        if unit.kind is Kind.FIGURE:
            counting = after is not None and after.kind is Kind.WORD and (after.noun or after.adjective)
            return Phrase(unit, [], figures(unit.text), of=counting and _counts(unit.text) and governs(before))
        if unit.kind is not Kind.WORD:
            return Phrase(unit, [], unit.text)
        if unit.function is not None:
            return Phrase(unit, [], self._function(place, unit, before, after))
        if unit.reading is None:
            return self._unknown(unit, before)
        if unit.verb:
            self._verb = (base_verb(unit.reading), place)
            effect = self._asked.pop(place, _effect(before))
            lead = ["and"] if prefix(unit, AffixKind.CONJUNCTION) else []
            return Phrase(unit, lead, finite_verb(unit.reading, effect, many=unit.many and unit.reading.stem.passive))
        return self._noun(place, unit, before)

    def _attach(self, unit: Unit, before: Unit) -> bool:
        """Put an adjective before the noun that it agrees with: the last one, else the head of its chain of "of"."""
        last = self.phrases[-1]
        conjoined = prefix(unit, AffixKind.CONJUNCTION)
        in_phrase = any(one is before for one, _ in last.adjectives)
        if not in_phrase and (conjoined or last.head is not before):
            return False
        for place in range(len(self.phrases) - 1, -1, -1):
            phrase = self.phrases[place]
            if self._belongs(phrase, unit, bound=place < len(self.phrases) - 1):
                text = quality_english(unit)
                if conjoined:
                    phrase.adjectives.append((unit, f"and {text}"))
                else:
                    phrase.adjectives.insert(0, (unit, text))
                return True
            if not phrase.of:
                return False
        return False

    def _belongs(self, phrase: Phrase, unit: Unit, *, bound: bool) -> bool:
        head = phrase.head
        if head.kind is Kind.EXPRESSION and not prefix(unit, AffixKind.PREPOSITION):
            if phrase.core == "manner":
                return not prefix(unit, AffixKind.ARTICLE)
            named = phrase.core.startswith("the ") or phrase.core[:1].isupper()
            return named and not phrase.core.endswith(" of") and prefix(unit, AffixKind.ARTICLE)
        if head.kind is not Kind.WORD or head.function is not None:
            return False
        if head.adjective and is_quality(phrase.core):
            return False
        return agrees(head, unit, bound=bound)

    def _expression(self, place: int, unit: Unit, before: Unit | None) -> Phrase:
        if unit.english in _LARGE and before is not None and _is_number(before):
            return Phrase(unit, list(unit.lead), _LARGE[unit.english] + " of")
        lead = list(unit.lead)
        if lead and lead[-1] in ("by", "for"):
            letter = "ب" if lead[-1] == "by" else "ل"
            lead[-1:] = self._particle(place, letter, unit.english, before, name=unit.english[:1].isupper())
        of = not lead and governs(before) and unit.english.partition(" ")[0] not in english_words("particle")
        return Phrase(unit, lead, unit.english, of=of)

    def _function(self, place: int, unit: Unit, before: Unit | None, after: Unit | None) -> str:
        assert unit.function is not None
        text, effect, _ = unit.function
        verb = after.reading if after is not None and after.verb else None
        tense = verb.stem.tense if verb is not None else None
        who = subject(verb) if verb is not None else ""
        if effect == "perfect":
            text = text.replace("has", "may" if tense is Tense.PRESENT else "have" if who else "has")
            return _with_subject(text, who)
        if effect == "negative":
            return _with_subject(_negative(text, tense, after, plain=bool(who)), who)
        if effect == "base":
            return _with_subject(text, who)
        if effect == "last":
            following = after is not None and (after.noun or after.kind is Kind.EXPRESSION)
            owned = after is not None and after.reading is not None and possessive(after.reading)
            return text.replace("other", "the last of" if owned else "the last") if following else text
        if effect == "that" and tense is Tense.PRESENT:
            return text.replace("that", "to")
        if effect == "auxiliary" and self._had_done(place):
            return text.replace("was", "had").replace("were", "had")
        if effect == "copula" and verb is None and after is not None and after.kind is not Kind.MARK:
            return _copula(text)
        if effect == "quantity" and after is not None and after.noun and not is_definite(after):
            return text.replace("all", "every")
        if effect == "demonstrative" and after is not None and _many(after):
            return text.replace("this", "these").replace("that", "those")
        return self._quantity(text, unit, before, after)

    def _had_done(self, start: int) -> bool:
        """Whether the verb that belongs to a "was" is past, so that it means "had done"; it is told so."""
        for place in range(start + 1, min(start + 10, len(self._units))):
            one, before = self._units[place], self._units[place - 1]
            if one.kind is Kind.MARK and one.text not in '"“”':
                return False
            if _effect(one) in ("that", "relative", "base", "auxiliary"):
                return False
            if one.verb and one.reading is not None and _effect(before) != "relative":
                self._asked[place] = "auxiliary"
                return one.reading.stem.tense is Tense.PAST
        return False

    def _quantity(self, text: str, unit: Unit, before: Unit | None, after: Unit | None) -> str:
        """Leave one "of" of two, and say "three thousand", not "three thousands of"."""
        last = self.phrases[-1].core if self.phrases else ""
        if text == "from" and last.endswith(" of"):
            return ""
        if text in _LARGE and before is not None and (before.kind is Kind.FIGURE or _effect(before) == "noun"):
            return _LARGE[text]
        if text.endswith(" of") and after is not None and after.function is not None:
            return text if after.function.english != "from" else text.removesuffix(" of")
        return text

    def _unknown(self, unit: Unit, before: Unit | None) -> Phrase:
        """Romanise a word that the lexicon doesn't hold, particles before its article taken off."""
        word = fold_word(unit.text)
        for opening, lead in _CLITIC_ARTICLES:
            if word.startswith(opening) and len(word) > len(opening) + 2:
                return Phrase(unit, lead.split(), f"[{romanise('ال' + word[len(opening) :])}]")
        if word.startswith("لل") and len(word) > 4:
            return Phrase(unit, ["for"], f"[{romanise('ال' + word[2:])}]")
        return Phrase(unit, [], f"[{romanise(unit.text)}]", of=governs(before))

    def _noun(self, place: int, unit: Unit, before: Unit | None) -> Phrase:
        assert unit.reading is not None
        counted = before is not None and _is_number(before) and not unit.reading.prefix.affixes
        text = noun_english(unit, plural=counted)
        name = unit.reading.stem.part_of_speech.value == "name"
        lead = ["and"] if prefix(unit, AffixKind.CONJUNCTION) else []
        letter = next((fold_word(a.text)[:1] for a in unit.reading.prefix.affixes if a.kind == "preposition"), "")
        if letter:
            lead += self._particle(place, letter, text, before, name=name)
        bare = not lead
        owner = possessive(unit.reading)
        if owner:
            lead.append(owner)
        elif prefix(unit, AffixKind.ARTICLE) and not name and not _plain(text) and not _pointed(before):
            lead.append("the")
        speech = unit.reading.stem.part_of_speech.value
        of = bare and speech in ("noun", "name", "number") and governs(before) and not self._said_of()
        of = of or (bare and unit.adjective and governs(before) and prefix(unit, AffixKind.ARTICLE))
        return Phrase(unit, lead, text, of=of)

    def _said_of(self) -> bool:
        return bool(self.phrases) and self.phrases[-1].core.endswith(" of")

    def _particle(self, place: int, letter: str, text: str, before: Unit | None, *, name: bool) -> list[str]:
        """Return the English of ب, ل or ك before a noun: what the verb asks for, else what suits the noun."""
        if letter == "ل" and self._units[place].asked:
            return [self._units[place].asked]
        if self._verb is not None and place - self._verb[1] <= _REACH:
            asked = verb_prepositions().get((self._verb[0], letter))
            if asked is not None and not (name and letter == "ب"):
                self._verb = None
                return [asked] if asked else []
        if letter == "ب":
            return ["in"] if name or _is_place(text) else ["with"]
        if letter == "ل":
            of = before is not None and before.noun and not prefix(before, AffixKind.PREPOSITION)
            return ["of"] if of else ["for"]
        return ["as"]


def figures(text: str) -> str:
    """Return figures in the digits of English.

    >>> figures("٢٠١٩")
    '2019'
    """
    return text.translate(_DIGITS)


_NUMBER_WORDS = frozenset(
    {"three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty", "thirty", "forty", "fifty", "sixty"}
    | {"seventy", "eighty", "ninety", "hundred", "two hundred", "thousand", "two thousand", "million", "billion"}
    | {"eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"}
    | {"dozens of", "hundreds of", "thousands of"}
)


def _is_number(unit: Unit) -> bool:
    """Whether a noun after this unit is counted, so that English has it in the plural."""
    if unit.kind is Kind.FIGURE:
        return _counts(unit.text)
    said = unit.function.english if unit.function is not None else unit.english
    return said.removeprefix("and ") in _NUMBER_WORDS


def _quotes_owner(mark: Unit, before: Unit, after: Unit) -> bool:
    """Whether a quotation mark opens the name that a noun governs: aircraft of "the Coalition"."""
    if mark.text not in _OPENING_QUOTES or not mark.spaced or after.start != mark.end or not governs(before):
        return False
    if after.kind is Kind.EXPRESSION:
        return not after.lead and after.english.partition(" ")[0] not in english_words("particle")
    if after.kind is not Kind.WORD or after.function is not None or _prefixed(after):
        return False
    return after.reading is None or (after.noun and is_definite(after))


def _effect(unit: Unit | None) -> str:
    if unit is None:
        return ""
    if unit.kind is Kind.EXPRESSION and unit.english.endswith((" to", " not")):
        return "that" if unit.english.endswith(" to") else "base"
    return unit.function.effect if unit.function is not None else ""


def _with_subject(text: str, who: str) -> str:
    if not who:
        return text
    return f"and {who} {text[4:]}" if text.startswith("and ") else f"{who} {text}"


def _negative(text: str, tense: Tense | None, after: Unit | None, *, plain: bool) -> str:
    if tense is Tense.PRESENT:
        return text.replace("not", "do not" if plain else "does not")
    if after is not None and after.noun and not is_definite(after):
        return text.replace("not", "no")
    return text


def _copula(text: str) -> str:
    """Return "is" for a pronoun that links; after "and" the pronoun stays."""
    verb = "are" if text.endswith("they") else "is"
    return f"{text} {verb}" if text.startswith("and ") else verb


def _is_place(text: str) -> bool:
    head = text.partition(" of ")[0]
    return last_word(head) in english_words("place") or last_word(text) in english_words("place")


_QUALIFYING = re.compile(r"^mu|iy~$|^.A.i.$|^ma.o.uw.$|^>a.o.a.$|^.u.~a.$")
"""Stems of participles and of words for origin, which the lexicon may list as nouns."""


def _may_qualify(unit: Unit, before: Unit) -> bool:
    """Whether a word may be the adjective of the noun before: it is one, or both have the article."""
    if unit.adjective:
        return True
    if not unit.noun or unit.reading is None or is_name(unit):
        return False
    both = prefix(unit, AffixKind.ARTICLE) and prefix(before, AffixKind.ARTICLE)
    alike = number(unit) == number(before) or (number(unit) == "broken" and number(before) == "p")
    fit = alike and _QUALIFYING.search(unit.reading.stem.vocalised) is not None
    return both and fit and not prefix(unit, AffixKind.CONJUNCTION)


def _pointed(before: Unit | None) -> bool:
    """Whether the word before is "this" or its like, which leaves no room for "the"."""
    return _effect(before) == "demonstrative"


def _plain(text: str) -> bool:
    return text.endswith("ism") or text in english_words("no article")


def _many(unit: Unit) -> bool:
    return (unit.noun or unit.adjective) and english.is_plural(noun_english(unit, plural=False))


def _counts(figure: str) -> bool:
    digits = figures(figure).replace(",", "")
    return digits.isdigit() and int(digits[:6]) != 1 and not (len(digits) == 4 and digits[:2] in ("19", "20"))
