"""How number words hang together in one number: the same sums in both languages, whatever joins the words."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.translation.trust.quantity import NumberWord, Part

LONGEST = 12
"""Words that one number takes at most."""

_TEN = 10.0
_HUNDRED = 100.0
_THOUSAND = 1000.0
_CARDINAL = frozenset((Part.UNIT, Part.TEEN, Part.TEN, Part.HUNDRED, Part.SCALE))


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number word where it stands; `joined` says that `and` or و binds it to the one before."""

    place: int
    word: NumberWord
    joined: bool


def cardinal(run: Sequence[Numeral], *, units_first: bool) -> tuple[float, int]:
    """Return the number that a run of adjacent words begins with, and how many of them say it.

    `units_first`: Arabic, where خمسة وعشرون is 25, خمسة عشر 15, and و stands before each further word.
    """
    total = group = 0.0
    smallest_scale, scaled = float("inf"), 0
    for count, numeral in enumerate(run):
        word, value = numeral.word, numeral.word.value
        if word.part not in _CARDINAL:
            return total + group, count
        if word.part is Part.SCALE:
            begins = group == 0.0
            if value >= smallest_scale:  # two million and three | million
                return total, scaled
            if count and begins and not numeral.joined:
                return total, count
            total += value if begins else group * value
            group, smallest_scale, scaled = 0.0, _plain_scale(value), count + 1
        elif count == 0:
            group = value
        elif (added := _fits(group, numeral, smallest_scale, units_first)) is not None:
            group = added
        else:
            return total + group, count
    return total + group, len(run)


def _fits(group: float, numeral: Numeral, scale: float, units_first: bool) -> float | None:
    """Return a group of up to three digits with one more word, or None where that begins another number."""
    value, part, joined = numeral.word.value, numeral.word.part, numeral.joined
    rest = group % _HUNDRED
    if part is Part.HUNDRED:
        if value == _HUNDRED and 0 < group < _TEN and not joined:
            return group * _HUNDRED
        fresh = group == 0.0 and scale < float("inf")
        return value if fresh and (joined or not units_first) else None
    if units_first and value == _TEN and not joined:
        return group + _TEN if 0 < rest < _TEN else None
    if units_first and not joined:
        return None
    if rest == 0.0 and (group or scale < float("inf")):
        return group + value
    if part is Part.TEN and units_first:
        return group + value if 0 < rest < _TEN and value > _TEN else None
    if part is Part.UNIT and not units_first:
        return group + value if rest >= 2 * _TEN and rest % _TEN == 0 and not joined else None
    return None


def _plain_scale(value: float) -> float:
    """Return the scale of a scale word, its dual too (ألفين is 2,000 in thousands)."""
    scale = min(value, _THOUSAND)
    while scale * _THOUSAND <= value:
        scale *= _THOUSAND
    return scale
