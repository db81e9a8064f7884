"""Finding dates in a text: numeric, with Arabic month names of every region, or in English.

`dateparser` knows one set of Arabic month names only (يناير) and none of the dual forms, so the tables are our own.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from archive.folding import fold, fold_with_offsets
from archive.wordlists import read_rows, read_words

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
    for match in _pattern().finditer(folded):
        mention = _read(match)
        if mention is not None:
            found.append(replace(mention, start=offsets[match.start()], end=offsets[match.end() - 1] + 1))
    return found


def is_date_line(line: str) -> bool:
    """Say whether a line holds a date, a time or an age (3 hours ago) and nothing else but words that label it.

    >>> [is_date_line(line) for line in ("• 3/12/2019", "آخر تحديث: 20:35", "قبل 3 ساعات", "قتل 3 في 2019", "4")]
    [True, True, True, False, False]
    """
    if len(line) > 160:
        return False
    folded = fold(line)
    rest, dated = _pattern().subn(lambda m: " " if _read(m) else m.group(), folded)
    rest = re.sub(r"(?<=\d)t(?=\d\d:)|(?<=\s)t(?=\d\d:)|(?<=:\d\d)z\b|(?<=:\d\d)\.\d+", " ", rest)
    rest, timed = re.subn(
        r"(?<!\d)\d{1,2}\s*[:h]\s*\d{2}(?:\s*:\s*\d{2})?(?!\d)|(?<!\w)\d{1,2}\s*(?:am|pm)\b", " ", rest
    )
    rest, aged = re.subn(_AGE, " ", rest)
    if not (dated or timed or aged):
        return False
    words = re.findall(r"[^\W\d_]+(?:\.[^\W\d_]+)*|\d+", re.sub(r"[+-]\d{1,2}(?::?\d{2})?\b", " ", rest))
    return " ".join(words) == "" or _all_labels(words)


_UNITS = "ثانيه|ثواني|ثوان|دقيقه|دقائق|دقيقتين|ساعه|ساعات|ساعتين|يوم|يومين|ايام|اسبوع|اسبوعين|اسابيع|شهر|شهرين|اشهر|سنه|سنوات|سنتين"
_AGE = rf"\b(?:منذ|قبل)\s+(?:\d+\s+)?(?:{_UNITS})\b|\b(?:\d+|an?|one)\s+(?:second|minute|hour|day|week|month|year)s?\s+ago\b|^\W*(?:today|yesterday|اليوم|امس)\W*$"


def _all_labels(words: list[str]) -> bool:
    labels = {fold(label) for label in read_words("archive.dates", "labels.txt")} | set(_weekdays())
    place = 0
    while place < len(words):
        for length in (4, 3, 2, 1):
            if " ".join(words[place : place + length]) in labels:
                place += length
                break
        else:
            return False
    return True


@cache
def _months() -> dict[str, tuple[int, bool]]:
    return {
        fold(name).strip(): (int(number), calendar == "gregorian")
        for number, calendar, names in read_rows("archive.dates", "months.tsv")
        for name in names.split(",")
    }


@cache
def _weekdays() -> dict[str, int]:
    return {
        fold(name).strip(): int(number)
        for number, names in read_rows("archive.dates", "weekdays.tsv")
        for name in names.split(",")
    }


def _alternatives(names: dict[str, tuple[int, bool]] | dict[str, int]) -> str:
    ordered = sorted(names, key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", r"\s{1,3}") for name in ordered)


@cache
def _pattern() -> re.Pattern[str]:
    """Build the one pattern for all written forms; every repeat in it is bounded."""
    month, weekday, gap = _alternatives(_months()), _alternatives(_weekdays()), r"\s{0,3}"
    dual = rf"(?:{gap}[/(\-]{gap}(?:{month})\b{gap}\)?)?"
    tie = r"اليوم|today|امس\s{1,3}الاول|اول\s{1,3}امس|امس|yesterday|غدا|tomorrow"
    year = r"(?:\d{4}|'\d{2})(?!\d)"
    before = (
        rf"(?:(?<!\w)(?:و|ف)?(?P<tie>{tie})\b{gap}[،,(]?{gap})?"
        rf"(?:(?<!\w)(?:و|ب|ل|في\s)?(?:يوم\s{{1,3}})?(?P<weekday>{weekday})\b\.?{gap}[،,(]?{gap}"
        rf"(?:الموافق{gap}(?:ل\s?)?)?)?(?:في\s{{1,3}}|on\s{{1,3}})?"
    )
    return re.compile(
        before
        + "(?:"
        + rf"(?P<y1>(?<![\d/.-])\d{{4}}){gap}(?P<s1>[-/.]){gap}(?P<m1>\d{{1,2}}){gap}(?P=s1){gap}(?P<d1>\d{{1,2}})(?!\d)"
        + rf"|(?P<d2>(?<![\d/.-])\d{{1,2}}){gap}(?P<s2>[-/.]){gap}(?P<m2>\d{{1,2}}){gap}(?P=s2){gap}(?P<y2>\d{{4}}|\d{{2}})(?![\d/])"
        + rf"|(?P<d3>(?<![\d/.:,-])\d{{1,2}})(?:st|nd|rd|th)?{gap}(?:من\s{{1,3}}|of\s{{1,3}}|-|/)?(?:شهر\s{{1,3}})?"
        + rf"(?P<m3>{month})\b\.?{dual}(?:{gap}[،,/-]?{gap}(?:(?:من\s{{1,3}})?(?:عام|سنه|العام)\s{{1,3}})?(?P<y3>{year}))?"
        + rf"(?:{gap}(?P<now3>الجاري|الحالي|الراهن))?"
        + rf"|(?<!\w)(?:و|ب|ل|ف)?(?P<m4>{month})\b\.?{dual}{gap}(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
        + rf"(?:{gap}[،,]?{gap}(?P<y4>{year}))?"
        + rf"|(?<!\w)(?:و|ب|ل|ف)?(?:شهر\s{{1,3}})?(?P<m5>{month})\b{dual}{gap}[،,]?{gap}(?:من\s{{1,3}})?(?:(?:عام|سنه|العام)\s{{1,3}})?"
        + rf"(?:(?P<y5>\d{{4}})(?!\d)|(?P<now5>الجاري|الحالي|الراهن)\b)"
        + rf"|(?<!\w)(?:و|ب|ف)?(?:العام|عام|سنه|السنه|year)\s{{1,3}}(?P<y6>\d{{4}})(?!\d)"
        + r"|(?<!\w)(?:و|ف)?(?:في|منذ|بعد|قبل)\s{1,3}(?P<y8>(?:19|20)\d\d)(?![\d\s]*[\w%])"
        + r"|(?<!\w)(?:in|since|from|until|by)\s{1,3}(?P<y7>\d{4})(?![\d\s]*[\w%])"
        + ")"
    )


def _read(match: re.Match[str]) -> DateMention | None:
    parts = match.groupdict()
    weekday = _weekdays().get(re.sub(r"\s+", " ", parts["weekday"] or ""))
    relation = _relation(parts)
    base = DateMention(match.start(), match.end(), weekday=weekday, relation=relation)
    if parts["y1"]:
        return _numeric(base, int(parts["y1"]), int(parts["d1"]), int(parts["m1"]), ambiguous=False)
    if parts["y2"]:
        year = int(parts["y2"]) + (2000 if len(parts["y2"]) == 2 else 0)
        return _numeric(base, year, int(parts["d2"]), int(parts["m2"]), ambiguous=parts["s2"] != ".")
    name = parts["m3"] or parts["m4"] or parts["m5"]
    month, gregorian = _months()[re.sub(r"\s+", " ", name)] if name else (None, True)
    written = parts["y3"] or parts["y4"] or parts["y5"] or parts["y6"] or parts["y7"] or parts["y8"]
    year = int(written.lstrip("'")) + (2000 if written.startswith("'") else 0) if written else None
    day = int(parts["d3"] or parts["d4"] or 0) or None
    if day is not None and day > 31:
        return None
    if year is not None and not _EARLIEST <= year <= _LATEST:
        gregorian = False
    if gregorian and year and month and day and DateMention(0, 0, year, month, day).on() is None:
        return None
    return replace(base, year=year, month=month, day=day, gregorian=gregorian)


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
