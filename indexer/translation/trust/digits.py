"""Numbers written in digits, of either script, with what stands beside them: hours, decades, ranges, scales."""

import re
from collections.abc import Iterator

from indexer.analysis.folding import numbers
from indexer.translation.trust.line import Line
from indexer.translation.trust.quantity import NumberWord, Quantity, Value, exact, neat

_LONGEST = 15
"""Digits that are read as a number; more is a code of some kind, compared as text."""

_GROUPS = re.compile(r"\d{1,3}(?:[.]\d{3}){2,}")
_GROUP = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_CLOCK = re.compile(r"\d{1,2}\.\d{2}")
_UNITS = frozenset(("مم", "سم", "كم", "م", "متر", "كيلومتر", "mm", "cm", "km", "m"))
_CLOCK_BEFORE = frozenset(("الساعه", "ساعه", "للساعه", "بالساعه", "at"))
_CLOCK_AFTER = frozenset(("am", "pm", "a", "p", "oclock", "hours", "مساء", "صباحا", "ظهرا", "فجرا", "ليلا", "عصرا"))
_GROUPED = 3
_HALF_DAY = 12
_CENTURY = 100
_THIS_CENTURY = 1900


def digit_runs(line: Line) -> dict[int, tuple[Quantity, ...]]:
    """Return the numbers in digits by the word that they are.

    >>> [q.shown for found in digit_runs(Line("قُتل ٥٠ شخصًا و1,200 آخرون")).values() for q in found]
    [50, 1200]
    """
    return {place: tuple(_numbers(line, place)) for place, word in enumerate(line.words) if word.text[0].isdecimal()}


def with_scale(
    line: Line, place: int, found: tuple[Quantity, ...], scale: NumberWord | None
) -> tuple[int, tuple[Quantity, ...]]:
    """Return how many words a number in digits takes with the scale word after it (1.5 million), and the number.

    Two values of a scale: it may be one, or a unit (5m).
    """
    if scale is None or len(found) != 1 or isinstance(found[0].shown, str):
        return 1, found
    number = found[0]
    assert not isinstance(number.shown, str)
    plain = [value for value in scale.values if not isinstance(value, str)]
    values: set[Value] = {number.shown * plain[0], *(number.values if plain[-1] == 1.0 else ())}
    scaled = number.shown * plain[0]
    end = line.words[place + 1].end
    return 2, (Quantity(number.start, end, exact(values), neat(float(scaled)), number.firm),)


def _numbers(line: Line, place: int) -> Iterator[Quantity]:
    word = line.words[place]
    plain = "".join(str(int(letter)) if letter.isdecimal() else letter for letter in word.text)
    if _GROUPS.fullmatch(plain) and len(plain) <= _LONGEST:
        whole = float(plain.replace(".", ""))
        yield Quantity(word.start, word.end, exact((whole,)), neat(whole), True)
        return
    for start, end, digits in numbers(word.text):
        span = (word.start + start, word.start + end)
        if len(digits) > _LONGEST:
            yield Quantity(*span, frozenset((digits,)), digits, True)
            continue
        number = float(digits)
        values = {number, *_otherwise(line, place, digits, plain, number)}
        yield Quantity(*span, exact(values), neat(number), number != 0 and not _is_exponent(line, place))


def _is_exponent(line: Line, place: int) -> bool:
    """Say whether a figure is the power of a unit: كم2."""
    unit = line.keys[place - 1] if place and line.gap(place - 1) == "" else ""
    return unit in _UNITS and line.keys[place] in ("2", "3")


def _otherwise(line: Line, place: int, digits: str, plain: str, number: float) -> Iterator[float]:
    """Yield what the same figures may mean beside what stands around them."""
    before = line.gap(place - 1) if place else ""
    after = line.gap(place) if place < len(line.words) - 1 else " "
    if _GROUP.fullmatch(plain):
        yield float(plain.replace(".", ""))
    if _CLOCK.fullmatch(plain):
        hour, minute = plain.split(".")
        yield from (float(hour), float(minute), float(hour + minute))
    if before.strip() in ("-", "–", "/", "—"):
        yield from _rest_of_range(line.keys[place - 1], digits)
    if number <= 2 * _HALF_DAY and _is_hour(line, place, after):
        yield from _hours(line, place, number, after)
    if before == "،" and len(digits) == _GROUPED and line.keys[place - 1].isdecimal():
        yield float(line.keys[place - 1] + digits)
    if after == "،" and len(line.keys[place + 1]) == _GROUPED and line.keys[place + 1].isdecimal():
        yield float(digits + line.keys[place + 1])
    if before == ":" and (hour := line.keys[place - 1][-2:]).isdecimal():
        yield int(hour) * _CENTURY + number
    if number % 10 == 0 and number > _CENTURY and after == "" and line.keys[place + 1] == "s":
        yield number % _CENTURY
    if number % 10 == 0 and 0 < number < _CENTURY:
        yield _THIS_CENTURY + number


def _rest_of_range(first: str, digits: str) -> Iterator[float]:
    """Yield the year that 15 is in 2014-15."""
    if first.isdecimal() and len(digits) < len(first) <= _LONGEST:
        yield float(first[: len(first) - len(digits)] + digits)


def _is_hour(line: Line, place: int, after: str) -> bool:
    """Say whether a number is of a clock."""
    before = line.keys[place - 1] if place else ""
    return (
        after == ":" or before in _CLOCK_BEFORE or (place + 1 < len(line.keys) and line.keys[place + 1] in _CLOCK_AFTER)
    )


def _hours(line: Line, place: int, number: float, after: str) -> Iterator[float]:
    """Yield the hour by the clock's other half, and hour and minute as one number (1120)."""
    yield number + _HALF_DAY if number <= _HALF_DAY else number - _HALF_DAY
    if after == ":" and (minute := line.keys[place + 1][:2]).isdecimal():
        yield number * _CENTURY + int(minute)
