"""How values stand in the columns of the database, and how they come back."""

import json
from collections.abc import Sequence
from typing import Any

from archive.declaring import FIELDS
from archive.document import Basis, Declared, Note, Precision, PublicationDate
from archive.translation import AlignedPair, Origin

RANKS = {Origin.GLOSS: 1, Origin.MACHINE: 2, Origin.REVIEWED: 3}
"""The order of trust as it is stored; 0 stands for no translation at all."""

CORRECTION = "correction"
"""The engine of a line that a person wrote at its sentence; an entry of the log says who and when."""

ORIGINS = {rank: origin for origin, rank in RANKS.items()}


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def pack_note(note: Note | None) -> list[Any] | None:
    """Return a note as a list: its code, then its arguments."""
    return None if note is None else [note.code, *note.args]


def unpack_note(packed: Sequence[Any] | None) -> Note | None:
    """Return the note that `pack_note` packed."""
    return None if packed is None else Note(packed[0], tuple(packed[1:]))


def pack_date(date: PublicationDate) -> str:
    """Return a date as JSON.

    >>> pack_date(PublicationDate("2019-03", Precision.MONTH, Basis.TEXT))
    '["2019-03","month","text",[],null]'
    """
    return _compact([date.value, date.precision, date.basis, list(date.alternatives), pack_note(date.note)])


def unpack_date(packed: str) -> PublicationDate:
    """Return the date that `pack_date` packed."""
    value, precision, basis, alternatives, note = json.loads(packed)
    return PublicationDate(
        value, Precision(precision), Basis(basis) if basis else None, tuple(alternatives), unpack_note(note)
    )


def pack_trust(trust: Sequence[Note]) -> str:
    """Return the notes of a translation as JSON."""
    return _compact([pack_note(note) for note in trust])


def unpack_trust(packed: str) -> tuple[Note, ...]:
    """Return the notes that `pack_trust` packed."""
    return () if packed == "[]" else tuple(Note(code, tuple(rest)) for code, *rest in json.loads(packed))


def pack_alignment(pairs: Sequence[AlignedPair]) -> str:
    """Return aligned pairs as JSON, five numbers each."""
    return _compact(
        [
            [pair.source_start, pair.source_end, pair.target_start, pair.target_end, round(pair.confidence, 4)]
            for pair in pairs
        ]
    )


def unpack_alignment(packed: str) -> tuple[AlignedPair, ...]:
    """Return the pairs that `pack_alignment` packed."""
    return () if packed == "[]" else tuple(AlignedPair(*numbers) for numbers in json.loads(packed))


def pack_declared(declared: Declared) -> str:
    """Return what was declared as JSON; fields that say nothing are left out."""
    return _compact({name: value for name in FIELDS if (value := getattr(declared, name)) is not None})


def unpack_declared(packed: str) -> Declared:
    """Return what `pack_declared` packed."""
    return Declared(**json.loads(packed))
