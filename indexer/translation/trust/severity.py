"""How much each reason for doubt weighs."""

from collections.abc import Iterable
from enum import IntEnum

from archive.document import Note


class Severity(IntEnum):
    """What a reason for doubt says of a line: a hint, a likely fault, or a fault that changes what is said."""

    HINT = 1
    WARNING = 2
    ALARM = 3


SEVERITIES = {
    "untranslated": Severity.ALARM,
    "negation_lost": Severity.ALARM,
    "negation_added": Severity.ALARM,
    "number_changed": Severity.ALARM,
    "number_missing": Severity.ALARM,
    "quantity_missing": Severity.WARNING,
    "number_added": Severity.WARNING,
    "name_missing": Severity.WARNING,
    "too_short": Severity.WARNING,
    "repeated": Severity.WARNING,
    "too_long": Severity.WARNING,
    "quotes_dropped": Severity.HINT,
    "low_score": Severity.HINT,
}
"""The codes that `check` gives, most severe first; within one severity, those first that are surest."""

_ORDER = {code: place for place, code in enumerate(SEVERITIES)}


def severity(notes: Iterable[Note]) -> Severity | None:
    """Return the weight of the gravest of some notes; None when none of them is a doubt about a translation.

    >>> severity((Note("low_score", (-2.1,)), Note("number_missing", (50,))))
    <Severity.ALARM: 3>
    """
    return max((SEVERITIES[note.code] for note in notes if note.code in SEVERITIES), default=None)


def in_order(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Return distinct notes, most severe first."""
    return tuple(sorted(dict.fromkeys(notes), key=lambda note: _ORDER[note.code]))
