"""What a number of a text may stand for, and how a run of number words is read as one."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

Value = float | str
"""A number, or a word for an indefinite quantity (`tens`)."""


class Part(StrEnum):
    """What a number word does in a number: `cardinal = unit | unit ten | … scale`; the others stand alone."""

    UNIT = "unit"
    TEEN = "teen"
    TEN = "ten"
    HUNDRED = "hundred"
    SCALE = "scale"
    ORDINAL = "ordinal"
    LOOSE = "loose"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A row of a table of number words. `english` names an indefinite quantity."""

    part: Part
    values: tuple[Value, ...]
    english: str = ""

    @property
    def value(self) -> float:
        """The number itself."""
        return float(self.values[-1] if isinstance(self.values[0], str) else self.values[0])


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a text gives: all that it may be said as in the other language, and how it is shown.

    A `firm` one must be found on the other side; the others only serve to find those. `start` and `end` are offsets;
    `english` names an indefinite quantity; a `month` is one by its name.
    """

    start: int
    end: int
    values: frozenset[Value]
    shown: float | str
    firm: bool
    english: str = ""
    month: bool = False


def read_values(cell: str) -> tuple[Value, ...]:
    """Read the values of a row.

    >>> read_values("tens|10|0.5")
    ('tens', 10.0, 0.5)
    """
    return tuple(value if value.isalpha() else float(value) for value in cell.split("|"))


def exact(values: Iterable[Value]) -> frozenset[Value]:
    """Return values that compare equal when they are the same to six places."""
    return frozenset(round(value, 6) if isinstance(value, float) else value for value in values)


def neat(value: float) -> float | int:
    """Return a whole number as one.

    >>> neat(50.0), neat(1.5)
    (50, 1.5)
    """
    return int(value) if value.is_integer() else value
