"""The numbers of an Arabic line."""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from archive.wordlists import read_rows, read_words
from indexer.analysis.folding import fold
from indexer.gazetteer.keys import forms
from indexer.translation.trust.cardinals import LONGEST, Numeral, cardinal
from indexer.translation.trust.digits import digit_runs, with_scale
from indexer.translation.trust.line import Line
from indexer.translation.trust.months import months
from indexer.translation.trust.quantity import NumberWord, Part, Quantity, Value, exact, neat, read_values

_HERE = "indexer.translation.trust"
_CONJUNCTIONS = ("", "و", "ف")
_PARTICLES = ("", "ب", "ك", "ل")
_NOT_NUMBERS = frozenset(("لست", "ولست", "فلست", "كالف", "كعشره", "بعشره"))
_DUAL = ("ان", "ين", "تا", "تي")
_FEMININE_DUAL = ("تان", "تين")
_SHORTEST_FEMININE = 6
_SHORTEST_DUAL = 4
_PER_CENT = frozenset(("في", "ب"))
_TEEN = frozenset(("عشر", "عشره"))
_CENTURY = ("قرن", "القرن", "للقرن", "والقرن", "بالقرن")
_BEFORE_VERB = frozenset(("الذي", "التي", "الذين", "والذي", "والتي"))
_SHARES = {"نصف": 0.5, "ربع": 0.25}
_HOUR = "الساعه"
_HALF_DAY = 12
_CENTURY_ONE = 100.0
_FIRM_ORDINAL = 4


class _Spelled(NamedTuple):
    """What a surface word says: و or ف before it, the article."""

    word: NumberWord
    joined: bool
    definite: bool


@cache
def _spellings() -> dict[str, _Spelled]:
    """Return each surface form of each number word."""
    table: dict[str, _Spelled] = {}
    for part, values, written, *english in read_rows(_HERE, "numbers_ar.tsv"):
        word = NumberWord(Part(part), read_values(values), english[0] if english else "")
        for form in written.split(","):
            _spell(table, fold(form.strip()), word)
    two = NumberWord(Part.UNIT, (2.0, 48.0))
    for noun in read_words(_HERE, "counted.txt"):
        stem = fold(noun).removesuffix("ه") + ("ت" if fold(noun).endswith("ه") else "")
        for ending in ("ان", "ين"):
            for conjunction in _CONJUNCTIONS:
                for particle in _PARTICLES:
                    table[conjunction + particle + stem + ending] = _Spelled(two, False, False)
    for key in _NOT_NUMBERS:
        table.pop(key, None)
    return table


def _spell(table: dict[str, _Spelled], form: str, word: NumberWord) -> None:
    for conjunction in _CONJUNCTIONS:
        joined = conjunction == "و"
        for particle in _PARTICLES:
            table.setdefault(conjunction + particle + form, _Spelled(word, joined, False))
            article = "لل" if particle == "ل" else particle + "ال"
            table.setdefault(conjunction + article + form, _Spelled(word, joined, True))


def arabic_numbers(line: Line) -> list[Quantity]:
    """Return the numbers of an Arabic line, in order.

    >>> [q.shown for q in arabic_numbers(Line("قُتل خمسة وعشرون مدنيًا وأصيب ٣ في 2019، بينهم قتيلان من ألفي نازح"))]
    [25, 3, 2019, 2, 2000]
    """
    table = _spellings()
    spelled = {place: known for place, key in enumerate(line.keys) if (known := table.get(key))}
    digits = digit_runs(line)
    found: list[Quantity] = list(months(line))
    place = 0
    while place < len(line.words):
        if place in digits:
            size, quantities = with_scale(line, place, digits[place], _scale_after(line, place, spelled))
            found += quantities
        elif place in spelled:
            size, quantity = _worded(line, place, spelled)
            if quantity:
                found.append(quantity)
        else:
            size = 1
            if _may_be_dual(line.keys[place]):
                found.append(_quantity(line, place, 1, {2.0}, 2.0, _must_be_dual(line, place)))
        place += size
    return found


def _may_be_dual(key: str) -> bool:
    return len(key) >= _SHORTEST_DUAL and key.endswith(_DUAL) and key not in _never_dual()


def _must_be_dual(line: Line, place: int) -> bool:
    """Say whether a word is the dual of a feminine noun, which nothing else looks like: شرفتان, ميداليتين."""
    key = line.keys[place]
    if len(key) < _SHORTEST_FEMININE or not key.endswith(_FEMININE_DUAL) or key.endswith("ستان"):
        return False
    return not any(form.key.startswith("ال") for form in forms(key))


@cache
def _never_dual() -> frozenset[str]:
    return frozenset(map(fold, read_words(_HERE, "never_dual.txt")))


def _scale_after(line: Line, place: int, spelled: dict[int, _Spelled]) -> NumberWord | None:
    after = spelled.get(place + 1)
    if after is None or after.joined or after.definite or not line.hang_together(place):
        return None
    return after.word if after.word.part in (Part.SCALE, Part.HUNDRED, Part.VAGUE) else None


def _worded(line: Line, place: int, spelled: dict[int, _Spelled]) -> tuple[int, Quantity | None]:
    """Return how many words say a number, and the number; none for the hundred of a percentage."""
    word, _, definite = spelled[place]
    if word.part is Part.HUNDRED and _is_per_cent(line, place, definite):
        return 1, None
    after = spelled.get(place + 1)
    if (share := _SHARES.get(line.keys[place].lstrip("وبلف"))) and after and after.word.part is Part.SCALE:
        number = share * after.word.value
        return 2, _quantity(line, place, 2, {number}, number, True)
    if word.part is Part.LOOSE:
        return 1, _quantity(line, place, 1, set(word.values), word.value, False)
    if word.part is Part.VAGUE:
        return 1, _quantity(line, place, 1, set(word.values[:1]), line.words[place].text, True, word.english)
    if word.part is Part.ORDINAL:
        return _ordinal(line, place, spelled)
    run = list(islice(_run(line, place, spelled), LONGEST))
    number, size = cardinal(run, units_first=True)
    values: set[Value] = {number, *(word.values[1:] if size == 1 else ())}
    count = size
    if parts := _with_part(line, place + size, number):
        values |= parts
        size += 2 if (scale := spelled.get(place + size + 1)) and scale.word.part is Part.SCALE else 1
    if definite and _is_century(line, place):
        values.add((number - 1) * _CENTURY_ONE)
    loose = number <= 1 or (number == 2 and definite) or _is_decade(line, place, spelled)
    loose |= count == 1 and place > 0 and line.keys[place - 1] in _BEFORE_VERB  # الذي ألّف
    return size, _quantity(line, place, size, values, number, not loose)


def _run(line: Line, place: int, spelled: dict[int, _Spelled]) -> Iterator[Numeral]:
    """Yield the number words that stand side by side from a place on."""
    first = place
    while place in spelled and (place == first or line.hang_together(place - 1)):
        one = spelled[place]
        if place > first and _is_per_cent(line, place, one.definite):
            return
        word = _as_scale(one.word) if place > first and not one.joined else one.word
        yield Numeral(place, word, one.joined)
        place += 1


def _as_scale(word: NumberWord) -> NumberWord:
    """Return the scale that a plural is after a number: ثلاثة آلاف."""
    if word.part is not Part.VAGUE:
        return word
    one = min(value for value in word.values if not isinstance(value, str))
    return NumberWord(Part.HUNDRED if one == _CENTURY_ONE else Part.SCALE, (one,))


def _with_part(line: Line, place: int, number: float) -> set[Value]:
    """Return what a number is with the half or quarter after it: مليون ونصف."""
    key = line.keys[place] if place < len(line.keys) else ""
    share = {"ونصف": 0.5, "والنصف": 0.5, "وربع": 0.25, "والربع": 0.25, "وثلث": 1 / 3, "والثلث": 1 / 3}.get(key)
    if share is None:
        return set()
    scale = next((scale for scale in (1e9, 1e6, 1e3) if number >= scale and number % scale == 0), 1.0)
    return {number + share, number + share * scale, number + share * 60}


def _ordinal(line: Line, place: int, spelled: dict[int, _Spelled]) -> tuple[int, Quantity]:
    """Return an ordinal: الثالث, الحادي عشر, الخامس والعشرين."""
    number, size = spelled[place].word.value, 1
    after = spelled.get(place + 1)
    if line.keys[place + 1 : place + 2] and line.keys[place + 1] in _TEEN:
        number, size = number + 10, 2
    elif after and after.joined and after.definite and after.word.part is Part.TEN:
        number, size = number + after.word.value, 2
    values: set[Value] = {number, 1 / number}
    if _is_century(line, place):
        values |= {(number - 1) * _CENTURY_ONE}
    if place and line.keys[place - 1].endswith(_HOUR) and number <= _HALF_DAY:
        values.add(number + _HALF_DAY)
    firm = number >= _FIRM_ORDINAL and not _is_decade(line, place, spelled)
    return size, _quantity(line, place, size, values, number, firm)


def _is_century(line: Line, place: int) -> bool:
    return place > 0 and line.keys[place - 1] in _CENTURY


def _is_decade(line: Line, place: int, spelled: dict[int, _Spelled]) -> bool:
    """Say whether this is the century of a decade (ثلاثينيات القرن التاسع عشر), which English leaves out: 1830s."""
    return _is_century(line, place) and (decade := spelled.get(place - 2)) is not None and len(decade.word.values) == 2


def _is_per_cent(line: Line, place: int, definite: bool) -> bool:
    return definite and (line.keys[place].startswith("ب") or (place > 0 and line.keys[place - 1] in _PER_CENT))


def _quantity(
    line: Line, place: int, size: int, values: set[Value], shown: float | str, firm: bool, english: str = ""
) -> Quantity:
    start, end = line.words[place].start, line.words[place + size - 1].end
    return Quantity(start, end, exact(values), neat(shown) if isinstance(shown, float) else shown, firm, english)
