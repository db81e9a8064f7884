"""The one pattern that finds dates in folded text; every repeat in it is bounded, so its time grows with the text."""

import re
from collections.abc import Iterable
from functools import cache

from archive.folding import fold
from archive.wordlists import read_rows

_GAP = r"\s{0,3}"
_TIE = r"اليوم|today|امس\s{1,3}الاول|اول\s{1,3}امس|امس|yesterday|غدا|tomorrow"
_NOW = r"الجاري|الحالي|الراهن"
_OF_YEAR = r"(?:من\s{1,3})?(?:(?:عام|سنه|العام)\s{1,3})?"
_PREFIX = r"(?<!\w)(?:و|ب|ل|ف)?"


@cache
def months() -> dict[str, tuple[int, bool]]:
    """Return each folded name of a month with its number and whether its calendar is the Gregorian."""
    return {
        fold(name).strip(): (int(number), calendar == "gregorian")
        for number, calendar, names in read_rows("archive.dates", "months.tsv")
        for name in names.split(",")
    }


@cache
def weekdays() -> dict[str, int]:
    """Return each folded name of a weekday with its ISO number."""
    return {
        fold(name).strip(): int(number)
        for number, names in read_rows("archive.dates", "weekdays.tsv")
        for name in names.split(",")
    }


@cache
def date_pattern() -> re.Pattern[str]:
    """Return the pattern; what a match holds is read by its named groups."""
    forms = [*_numeric_forms(), *_named_forms(), *_bare_years()]
    return re.compile(_before() + "(?:" + "|".join(forms) + ")")


def _before() -> str:
    """What may tie a date to the day of writing, and the weekday before it."""
    weekday = _any_of(weekdays())
    return (
        rf"(?:(?<!\w)(?:و|ف)?(?P<tie>{_TIE})\b{_GAP}[،,(]?{_GAP})?"
        rf"(?:(?<!\w)(?:و|ب|ل|في\s)?(?:يوم\s{{1,3}})?(?P<weekday>{weekday})\b\.?{_GAP}[،,(]?{_GAP}"
        rf"(?:الموافق{_GAP}(?:ل\s?)?)?)?(?:في\s{{1,3}}|on\s{{1,3}})?"
    )


def _numeric_forms() -> list[str]:
    parted = rf"{_GAP}(?P<%s>[-/.]){_GAP}"
    again = rf"{_GAP}(?P=%s){_GAP}"
    return [
        rf"(?P<y1>(?<![\d/.-])\d{{4}}){parted % 's1'}(?P<m1>\d{{1,2}}){again % 's1'}(?P<d1>\d{{1,2}})(?!\d)",
        rf"(?P<d2>(?<![\d/.-])\d{{1,2}}){parted % 's2'}(?P<m2>\d{{1,2}}){again % 's2'}"
        r"(?P<y2>\d{4}|\d{2})(?![\d/])",
    ]


def _named_forms() -> list[str]:
    month = _any_of(months())
    english = _any_of(name for name in months() if name.isascii())
    dual = rf"(?:{_GAP}[/(\-]{_GAP}(?:{month})\b{_GAP}\)?)?"
    ordinal = r"(?:st|nd|rd|th)?"
    return [
        rf"(?P<d3>(?<![\d/.:,-])\d{{1,2}}){ordinal}{_GAP}(?:من\s{{1,3}}|of\s{{1,3}}|-|/)?(?:شهر\s{{1,3}})?"
        rf"(?P<m3>{month})\b\.?{dual}(?:{_GAP}[،,/-]?{_GAP}{_OF_YEAR}(?P<y3>\d{{4}})(?!\d))?"
        rf"(?:{_GAP}(?P<now3>{_NOW})\b)?",
        rf"{_PREFIX}(?P<m4>{month})\b\.?{dual}{_GAP}(?P<d4>\d{{1,2}}){ordinal}{_GAP}[،,]?{_GAP}(?P<y4>\d{{4}})(?!\d)",
        rf"(?<!\w)(?P<m9>{english})\b\.?{_GAP}(?P<d9>\d{{1,2}}){ordinal}(?!\d)(?!\s{{1,3}}\w)",
        rf"{_PREFIX}(?:شهر\s{{1,3}})?(?P<m5>{month})\b{dual}{_GAP}[،,]?{_GAP}{_OF_YEAR}"
        rf"(?:(?P<y5>\d{{4}})(?!\d)|(?P<now5>{_NOW})\b)",
    ]


def _bare_years() -> list[str]:
    alone = r"(?![\d\s]{0,9}[\w%])"  # not a number of something
    return [
        r"(?<!\w)(?:و|ب|ف)?(?:العام|عام|سنه|السنه|year)\s{1,3}(?P<y6>\d{4})(?!\d)",
        rf"(?<!\w)(?:و|ف)?(?:في|منذ|بعد|قبل)\s{{1,3}}(?P<y8>(?:19|20)\d\d)(?!\d){alone}",
        rf"(?<!\w)(?:in|since|from|until|by)\s{{1,3}}(?P<y7>(?:19|20)\d\d)(?!\d){alone}",
    ]


def _any_of(names: Iterable[str]) -> str:
    ordered = sorted(names, key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", r"\s{1,3}") for name in ordered)
