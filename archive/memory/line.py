"""A line of a translation memory, and the checks that every form of memory puts a line through."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from archive.translation import Origin

LONGEST = 100_000
"""Letters that one side of a pair may have."""

_UNWRITABLE = re.compile(r"[\x00\ud800-\udfff]")
_TMX_TIME = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z")


@dataclass(frozen=True, slots=True)
class MemoryLine:
    """A sentence pair of a memory: who or what made it (`by`), when (ISO 8601), and where it was taken from."""

    ar: str
    en: str
    origin: Origin
    by: str | None = None
    time: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of a memory that can't be used, by its number in the file (in TMX: of its unit), counted from 1."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class MemoryReport:
    """What an import came to.

    `imported` lines are new; `unchanged` were there. `matched` of the imported sentences stand in an article now, the
    others `waiting` are kept and serve when such a sentence arrives. `bad` lists lines that were left out.
    """

    imported: int
    unchanged: int
    matched: int
    waiting: int
    bad: tuple[BadLine, ...] = field(default=())


class UnusablePair(ValueError):
    """A pair that can't be used; the message says why."""


def pair(ar: object, en: object, *, origin: object, by: object, time: object, source: object) -> MemoryLine:
    """Return a line from values as found. Raises `UnusablePair`."""
    person = one_line(by)
    return MemoryLine(
        _side(ar, "Arabic"),
        _side(en, "English"),
        _origin(origin, person),
        person,
        _time(time),
        one_line(source),
    )


def _side(value: object, language: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise UnusablePair(f"it has no {language}")
    if len(value) > LONGEST:
        raise UnusablePair(f"its {language} has {len(value)} letters, more than {LONGEST}")
    return " ".join(_UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", value).split())


def _origin(value: object, by: str | None) -> Origin:
    if value is None:
        return Origin.REVIEWED if by else Origin.MACHINE
    if isinstance(value, str) and value.strip().lower() in set(Origin):
        return Origin(value.strip().lower())
    raise UnusablePair(f"its origin {value!r} is none of {', '.join(Origin)}")


def one_line(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return " ".join(_UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", value).split())[:500] or None


def _time(value: object) -> str | None:
    """Return a moment in the one form that can be compared: ISO 8601 in UTC, to the second."""
    if value is None or value == "":
        return None
    try:
        moment = datetime.fromisoformat(_TMX_TIME.sub(r"\1-\2-\3T\4:\5:\6+00:00", str(value).strip()))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError) as error:
        raise UnusablePair(f"its time {value!r} is not of the form 2019-03-21T17:05:00Z") from error
