"""Finding dates in a text: numeric, with Arabic month names of every region, or in English.

`dateparser` knows one set of Arabic month names only (يناير) and none of the dual forms, so the tables are our own.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from archive.dates.pattern import date_pattern, months, weekdays
from archive.folding import fold_with_offsets

_EARLIEST, _LATEST = 1700, 2200


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written at `start:end` of a text; parts that are not written are None.

    `swapped` is the other reading (month before day) where a numeric date allows two; `weekday` the ISO number of
    the weekday written with it; `gregorian` is False for a date of another calendar, which is not converted;
    `relation` is the word that ties the date to the day of writing: `today`, `yesterday`, `before_yesterday`,
    `tomorrow` or `current` (of the current month).
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    swapped: bool = False
    weekday: int | None = None
    gregorian: bool = True
    relation: str | None = None

    def on(self, year: int | None = None) -> date | None:
        """Return the day it names, taking the year from the argument where none is written; None if there is none."""
        year = self.year or year
        if not (self.gregorian and year and self.month and self.day):
            return None
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    def other(self) -> "DateMention | None":
        """Return the other reading of an ambiguous numeric date."""
        return replace(self, month=self.day, day=self.month) if self.swapped else None

    def iso(self) -> str | None:
        """Return the date in ISO 8601, cut to what is written; None without a year."""
        if not self.gregorian or self.year is None:
            return None
        if self.month is None:
            return f"{self.year:04d}"
        return f"{self.year:04d}-{self.month:02d}" + (f"-{self.day:02d}" if self.day else "")


def find_dates(text: str) -> list[DateMention]:
    """Return the dates written in a text, in order, without overlap.

    >>> [mention.iso() for mention in find_dates("بين 12 آذار/مارس ٢٠١٩ و24.10.2017 وفي آب 2014")]
    ['2019-03-12', '2017-10-24', '2014-08']
    """
    folded, offsets = fold_with_offsets(text)
    found = []
    for match in date_pattern().finditer(folded):
        mention = _read(match)
        if mention is not None:
            found.append(replace(mention, start=offsets[match.start()], end=offsets[match.end() - 1] + 1))
    return found


def _read(match: re.Match[str]) -> DateMention | None:
    parts = match.groupdict()
    weekday = weekdays().get(re.sub(r"\s+", " ", parts["weekday"] or ""))
    relation = _relation(parts)
    base = DateMention(match.start(), match.end(), weekday=weekday, relation=relation)
    if parts["y1"]:
        return _numeric(base, int(parts["y1"]), int(parts["d1"]), int(parts["m1"]), ambiguous=False)
    if parts["y2"]:
        year = int(parts["y2"]) + (2000 if len(parts["y2"]) == 2 else 0)
        return _numeric(base, year, int(parts["d2"]), int(parts["m2"]), ambiguous=parts["s2"] != ".")
    name = _first(parts, "m3", "m4", "m5", "m9")
    month, gregorian = months()[re.sub(r"\s+", " ", name)] if name else (None, True)
    written = _first(parts, "y3", "y4", "y5", "y6", "y7", "y8")
    named_year = int(written) if written else None
    day = int(_first(parts, "d3", "d4", "d9") or 0) or None
    if day is not None and day > 31:
        return None
    if named_year is not None and not _EARLIEST <= named_year <= _LATEST:
        gregorian = False
    if gregorian and named_year and month and day and DateMention(0, 0, named_year, month, day).on() is None:
        return None
    return replace(base, year=named_year, month=month, day=day, gregorian=gregorian)


def _first(parts: dict[str, str | None], *names: str) -> str | None:
    return next((parts[name] for name in names if parts[name]), None)


def _relation(parts: dict[str, str | None]) -> str | None:
    if parts["now3"] or parts["now5"]:
        return "current"
    tie = parts["tie"]
    if tie is None:
        return None
    if tie in ("اليوم", "today"):
        return "today"
    if "اول" in tie:
        return "before_yesterday"
    return "tomorrow" if tie in ("غدا", "tomorrow") else "yesterday"


def _numeric(base: DateMention, year: int, day: int, month: int, *, ambiguous: bool) -> DateMention | None:
    """Read day before month, as Arabic pages write; the other way round where only that gives a date."""
    if not _EARLIEST <= year <= _LATEST:
        known = 1 <= day <= 31 and 1 <= month <= 12 and 1200 <= year < _EARLIEST
        return replace(base, year=year, month=month, day=day, gregorian=False) if known else None
    first, second = replace(base, year=year, month=month, day=day), replace(base, year=year, month=day, day=month)
    if first.on() is None:
        return second if second.on() is not None else None
    if not ambiguous or day == month or second.on() is None:
        return first
    return _by_weekday(replace(first, swapped=True))


def _by_weekday(mention: DateMention) -> DateMention:
    """Settle an ambiguous date by the weekday written with it, where just one reading falls on that day."""
    other = mention.other()
    first, second = mention.on(), other.on() if other else None
    if mention.weekday is None or first is None or second is None or other is None:
        return mention
    agrees = first.isoweekday() == mention.weekday, second.isoweekday() == mention.weekday
    if agrees == (True, False):
        return replace(mention, swapped=False)
    if agrees == (False, True):
        return replace(other, swapped=False)
    return mention
