"""Reading `date:` values: a day, month or year, or a range of them."""

import re
from calendar import monthrange
from datetime import date

from indexer.analysis.letters import DIGITS
from indexer.errors import QueryError

_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")


def read_dates(value: str) -> tuple[str | None, str | None]:
    """Return the first and last day of a date or range; None where a range is open.

    The first is cut to what was given, so that a day known only by its month lies within that month.

    >>> read_dates("2019-03..2019-04"), read_dates("٢٠١٩-٠٣-٢١"), read_dates("2017..")
    (('2019-03', '2019-04-30'), ('2019-03-21', '2019-03-21'), ('2017', None))
    """
    low, dots, high = value.translate(DIGITS).partition("..")
    if not dots:
        return _first(low, value), _last(low, value)
    if not low and not high:
        raise bad_date(value)
    first, last = _first(low, value) if low else None, _last(high, value) if high else None
    if first and last and first > last:
        raise QueryError(
            f"date:{value} ends before it begins: put the earlier date first, as in date:2019-03..2019-04.",
            "date_reversed",
            value,
        )
    return first, last


def bad_date(value: str) -> QueryError:
    """Return the error for a value that is no date."""
    return QueryError(
        f"date:{value} is not a date: write date:2019, date:2019-03, date:2019-03-21, or a range such as "
        "date:2019-03..2019-04 or date:2019-03.. .",
        "bad_date",
        value,
    )


def _parts(text: str, value: str) -> tuple[int, int | None, int | None]:
    match = _DATE.fullmatch(text)
    if match is None:
        raise bad_date(value)
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise bad_date(value) from None
    return year or 0, month, day


def _first(text: str, value: str) -> str:
    year, month, day = _parts(text, value)
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def _last(text: str, value: str) -> str:
    year, month, day = _parts(text, value)
    month = month or 12
    return f"{year:04}-{month:02}-{day or monthrange(year, month)[1]:02}"
