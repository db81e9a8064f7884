"""The numbers of an English line."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from archive.wordlists import read_rows
from indexer.translation.trust.cardinals import LONGEST, Numeral, cardinal
from indexer.translation.trust.digits import digit_runs, with_scale
from indexer.translation.trust.line import Line
from indexer.translation.trust.months import months
from indexer.translation.trust.quantity import NumberWord, Part, Quantity, Value, exact, neat, read_values

_FIGURES = re.compile(r"\d+")
_ROMAN = ("II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI")
_ROMAN_VALUES = {
    numeral: value for value, numeral in enumerate((*_ROMAN, "XVII", "XVIII", "XIX", "XX", "XXI"), start=2)
}
_ATTACHED = {"m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12, "k": 1e3}
_CARDINAL = frozenset((Part.UNIT, Part.TEEN, Part.TEN, Part.HUNDRED, Part.SCALE))
_SHARES = {"half": 0.5, "quarter": 0.25}
_CENTURIES = ("century", "centuries")
_CENTURY = 100.0


@cache
def _words() -> dict[str, NumberWord]:
    return {
        word.strip(): NumberWord(Part(part), read_values(values), word.strip() if part == Part.VAGUE else "")
        for part, values, words in read_rows("indexer.translation.trust", "numbers_en.tsv")
        for word in words.split(",")
    }


def english_numbers(line: Line) -> list[Quantity]:
    """Return the numbers of an English line, in order.

    >>> [q.shown for q in english_numbers(Line("Twenty-five of 1.5 million, two hundred and six on the 21st"))]
    [25, 1500000, 206, 21]
    """
    table = _words()
    spelled = {place: known for place, key in enumerate(line.keys) if (known := table.get(key))}
    digits = digit_runs(line)
    found: list[Quantity] = list(months(line))
    place = 0
    while place < len(line.words):
        if place in digits:
            size, quantities = with_scale(line, place, digits[place], _scale_after(line, place, spelled))
            found += _of_centuries(line, place + size, quantities)
        elif place in spelled:
            size, quantity = _worded(line, place, spelled)
            found.append(quantity)
        else:
            inside = list(_inside(line, place))
            found += inside
            size = 2 if inside and _scale_of(line, place + 1) else 1
        place += size
    return found


def _scale_after(line: Line, place: int, spelled: dict[int, NumberWord]) -> NumberWord | None:
    if place + 1 < len(line.words) and line.gap(place) == "" and (factor := _ATTACHED.get(line.keys[place + 1])):
        return NumberWord(Part.SCALE, (factor, 1.0) if line.keys[place + 1] in ("m", "k") else (factor,))
    after = spelled.get(place + 1)
    if after is None or after.part not in (Part.SCALE, Part.HUNDRED) or not line.hang_together(place):
        return None
    return after


def _worded(line: Line, place: int, spelled: dict[int, NumberWord]) -> tuple[int, Quantity]:
    word = spelled[place]
    if share := _share(line, place, spelled):
        return share
    if word.part in (Part.LOOSE, Part.VAGUE):
        firm = word.part is Part.VAGUE and line.keys[place + 1 : place + 2] == ["of"]
        shown: float | str = line.words[place].text if firm else word.value
        values: set[Value] = set(word.values[:1] if word.part is Part.VAGUE else word.values)
        return 1, _quantity(line, place, 1, values, shown, firm)
    if word.part is Part.ORDINAL:
        return 1, _ordinal(line, place, 1, word.value)
    run = list(islice(_run(line, place, spelled), LONGEST))
    number, count = cardinal(run, units_first=False)
    last = run[count - 1].place
    size = last - place + 1
    after = spelled.get(last + 1)
    if run[count - 1].word.part is Part.TEN and after and after.part is Part.ORDINAL and after.value < 10:
        return size + 1, _ordinal(line, place, size + 1, number + after.value)
    values = {number, *(word.values[1:] if size == 1 else ())}
    values |= _with_half(line, place + size, number, spelled)
    return size, _quantity(line, place, size, values, number, number > 1)


def _share(line: Line, place: int, spelled: dict[int, NumberWord]) -> tuple[int, Quantity] | None:
    """Return half a million, a quarter of a million."""
    share = _SHARES.get(line.keys[place])
    if share is None:
        return None
    scale = place + 1
    while line.keys[scale : scale + 1] and line.keys[scale] in ("a", "of"):
        scale += 1
    after = spelled.get(scale)
    if after is None or after.part is not Part.SCALE or scale > place + 3:
        return None
    number = share * after.value
    return scale - place + 1, _quantity(line, place, scale - place + 1, {number}, number, True)


def _run(line: Line, place: int, spelled: dict[int, NumberWord]) -> Iterator[Numeral]:
    """Yield the number words that hang together from a place on, over the `and` of two hundred and six."""
    joined = False
    first = place
    while place < len(line.words):
        word = spelled.get(place)
        if place > first and not line.hang_together(place - 1):
            return
        if word and word.part in _CARDINAL:
            yield Numeral(place, word, joined)
            joined = False
        elif line.keys[place] == "and" and not joined and place > first:
            joined = True
        else:
            return
        place += 1


def _with_half(line: Line, place: int, number: float, spelled: dict[int, NumberWord]) -> set[Value]:
    """Return what a number is with the half after it, and the scale after that: two and a half million."""
    if line.keys[place : place + 3] != ["and", "a", "half"]:
        return set()
    after = spelled.get(place + 3)
    scale = after.value if after and after.part is Part.SCALE else 1.0
    return {(number + 0.5) * scale, number + 0.5}


def _ordinal(line: Line, place: int, size: int, number: float) -> Quantity:
    values: set[Value] = {number, 1 / number}
    if line.keys[place + size : place + size + 1] and line.keys[place + size] in _CENTURIES:
        values.add((number - 1) * _CENTURY)
    share = place > 0 and line.keys[place - 1] in ("a", "one")
    return _quantity(line, place, size, values, number, not share)


def _of_centuries(line: Line, place: int, quantities: tuple[Quantity, ...]) -> Iterator[Quantity]:
    """Yield numbers in digits, with the years that they stand for where they count centuries: 19th century."""
    named = {"century", "centuries"} & set(line.keys[place : place + 2])
    for one in quantities:
        if named and isinstance(one.shown, int):
            years = exact({(one.shown - 1) * _CENTURY})
            yield Quantity(one.start, one.end, one.values | years, one.shown, one.firm)
        else:
            yield one


def _inside(line: Line, place: int) -> Iterator[Quantity]:
    """Yield what a word holds that may be said as a number: H5N1, Henry VIII, triweekly."""
    text = line.words[place].text
    if text in _ROMAN_VALUES:
        yield _quantity(line, place, 1, {float(_ROMAN_VALUES[text])}, 0.0, False)
    elif not text.isalpha():
        values: set[Value] = {float(figures) for figures in _FIGURES.findall(text)[:4] if len(figures) < 18}
        values |= {
            value * scale for scale in _scale_of(line, place + 1) for value in values if not isinstance(value, str)
        }
        if values:
            yield _quantity(line, place, 1, values, 0.0, False)


def _scale_of(line: Line, place: int) -> tuple[float, ...]:
    word = _words().get(line.keys[place]) if place < len(line.keys) else None
    return (word.value,) if word and word.part is Part.SCALE else ()


def _quantity(line: Line, place: int, size: int, values: set[Value], shown: float | str, firm: bool) -> Quantity:
    start, end = line.words[place].start, line.words[place + size - 1].end
    return Quantity(start, end, exact(values), neat(shown) if isinstance(shown, float) else shown, firm)
