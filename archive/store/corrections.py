"""Sentences corrected by people: lines over what a machine or another person wrote, which stay as they are.

A correction is an entry of the log (`corrected`, or `corrected_here` where it serves in its own article alone) and, as
long as that entry stands, a reviewed translation. In the article it was made in it comes before every other line; in
other articles that hold the same sentence it serves like any reviewed translation, and names where it was made.
"""

import sqlite3
from typing import NamedTuple

from archive.errors import BadCorrection, NoSuchArticle
from archive.sentence_id import SentenceId
from archive.store.clock import tick
from archive.store.columns import CORRECTION, RANKS
from archive.store.layers import write_log
from archive.store.people import check_english, check_name
from archive.store.sentences import read_translation, refresh_origins, settle_units
from archive.store.withdrawals import shown_number
from archive.translation import Origin, Translation

EVERYWHERE, HERE = "corrected", "corrected_here"
ACTIONS = frozenset({EVERYWHERE, HERE})


class _Place(NamedTuple):
    """A sentence as it stands in the newest version of its article."""

    id: SentenceId
    document: int
    unit: int
    text: str


def correct(connection: sqlite3.Connection, place: SentenceId, text: str, by: str, here_only: bool) -> int:
    """Set the English of a sentence by a person and return the number of the log's entry.

    A link into an older version serves where the newest version has the same sentence. Raises `BadCorrection`,
    `BadMetadata` (the name), `NoSuchArticle`.
    """
    person = check_name(by)
    found = _place(connection, place)
    english = check_english(text, found.text)
    action = HERE if here_only else EVERYWHERE
    _refuse_repeated(connection, found, english, person, action)
    before = _shown(connection, found.document, found.unit)
    entry = write_log(connection, action, found.document, field=str(found.id), value=english, before=before, by=person)
    settle(connection, entry)
    return entry


def settle(connection: sqlite3.Connection, entry: int) -> None:
    """Let the line of an entry stand, or not, as the log says; the articles that show it get a new revision."""
    action, document, field, text, by, time, undone = connection.execute(
        "SELECT action, document, field, value, by, time, undone FROM log WHERE number = ?", (entry,)
    ).fetchone()
    unit = _unit_at(connection, document, field)
    here_only = action == HERE
    _take_away(connection, entry)
    if undone is None:
        connection.execute(
            "INSERT INTO translations (unit, rank, text, engine, by, time, source, entry, document, here_only) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (unit, RANKS[Origin.REVIEWED], text, CORRECTION, by, time, field, entry, document, here_only),
        )
    connection.execute(
        "INSERT INTO corrections SELECT document, unit, number FROM translations "
        "WHERE unit = ? AND document = ? ORDER BY entry DESC LIMIT 1",
        (unit, document),
    )
    if not here_only:
        settle_units(connection, [unit])
    refresh_origins(connection, document)
    connection.execute("UPDATE documents SET revision = ? WHERE number = ?", (tick(connection), document))


def text_of(connection: sqlite3.Connection, entry: int) -> str | None:
    """Return the English that is shown now at the sentence of an entry."""
    document, field = connection.execute("SELECT document, field FROM log WHERE number = ?", (entry,)).fetchone()
    return _shown(connection, document, _unit_at(connection, document, field))


def touched(connection: sqlite3.Connection, entry: int) -> list[str]:
    """Return the ids of the articles that an entry bears on: its own first, then those with the same sentence."""
    action, document, field = connection.execute(
        "SELECT action, document, field FROM log WHERE number = ?", (entry,)
    ).fetchone()
    rows = connection.execute(
        "SELECT d.id FROM shown_documents d WHERE d.number = :document OR (:everywhere AND d.number IN ("
        "SELECT o.number FROM sentences s JOIN documents o ON o.newest = s.version WHERE s.unit = :unit)) "
        "ORDER BY d.number <> :document, d.number",
        {
            "document": document,
            "everywhere": action == EVERYWHERE,
            "unit": _unit_at(connection, document, field),
        },
    )
    return [id for (id,) in rows]


def standing(connection: sqlite3.Connection, entry: int) -> tuple[str, Translation] | None:
    """Return the sentence and the line of an entry, None when it isn't a correction that stands."""
    row = connection.execute(
        "SELECT u.text, t.rank, t.text, t.engine, t.model, t.model_hash, t.by, t.time, t.source, t.score, t.trust, "
        "t.alignment FROM translations t JOIN units u ON u.number = t.unit WHERE t.entry = ?",
        (entry,),
    ).fetchone()
    return (row[0], read_translation(row[1:])) if row else None


def _take_away(connection: sqlite3.Connection, entry: int) -> None:
    """Remove the line of an entry, and what points at it."""
    row = connection.execute("SELECT number, unit, document FROM translations WHERE entry = ?", (entry,)).fetchone()
    unit_and_document = row[1:] if row else _keys(connection, entry)
    connection.execute("DELETE FROM corrections WHERE unit = ? AND document = ?", unit_and_document)
    if row:
        connection.execute("UPDATE units SET best = NULL WHERE best = ?", row[:1])
        connection.execute("DELETE FROM translations WHERE number = ?", row[:1])


def _keys(connection: sqlite3.Connection, entry: int) -> tuple[int, int]:
    document, field = connection.execute("SELECT document, field FROM log WHERE number = ?", (entry,)).fetchone()
    return _unit_at(connection, document, field), document


def _place(connection: sqlite3.Connection, place: SentenceId) -> _Place:
    document = shown_number(connection, place.article)
    newest: int = connection.execute(
        "SELECT v.version FROM documents d JOIN versions v ON v.number = d.newest WHERE d.number = ?", (document,)
    ).fetchone()[0]
    asked = _sentence(connection, document, place)
    if place.version == newest:
        return _Place(place, document, *asked)
    row = connection.execute(
        "SELECT s.number FROM documents d JOIN sentences s ON s.version = d.newest "
        "WHERE d.number = ? AND s.unit = ? ORDER BY s.number LIMIT 1",
        (document, asked[0]),
    ).fetchone()
    if row is None:
        raise BadCorrection(
            f"sentence {place} is of an older version and no longer stands in the newest; "
            f"`sijill show {place.article}` lists the sentences of version {newest}"
        )
    return _Place(SentenceId(place.article, newest, row[0]), document, *asked)


def _sentence(connection: sqlite3.Connection, document: int, place: SentenceId) -> tuple[int, str]:
    """Return the unit of a sentence and its text, white space folded."""
    row = connection.execute(
        "SELECT s.unit, u.text FROM versions v JOIN sentences s ON s.version = v.number JOIN units u "
        "ON u.number = s.unit WHERE v.document = ? AND v.version = ? AND s.number = ?",
        (document, place.version, place.number),
    ).fetchone()
    if row is None:
        raise NoSuchArticle(
            f"article {place.article} has no sentence {place.number} in version {place.version}; "
            f"`sijill show {place.article}` lists its sentences"
        )
    unit, text = row
    return unit, text


def _unit_at(connection: sqlite3.Connection, document: int, field: str) -> int:
    """Return the unit of the sentence that an entry of the log names."""
    *_, version, number = field.rsplit(".", 2)
    unit: int = connection.execute(
        "SELECT s.unit FROM versions v JOIN sentences s ON s.version = v.number "
        "WHERE v.document = ? AND v.version = ? AND s.number = ?",
        (document, int(version), int(number)),
    ).fetchone()[0]
    return unit


def _shown(connection: sqlite3.Connection, document: int, unit: int) -> str | None:
    row = connection.execute(
        "SELECT t.text FROM units u LEFT JOIN corrections c ON c.document = ? AND c.unit = u.number "
        "LEFT JOIN translations t ON t.number = coalesce(c.translation, u.best) WHERE u.number = ?",
        (document, unit),
    ).fetchone()
    return row[0] if row else None


def _refuse_repeated(connection: sqlite3.Connection, found: _Place, english: str, person: str, action: str) -> None:
    row = connection.execute(
        "SELECT l.number FROM corrections c JOIN translations t ON t.number = c.translation "
        "JOIN log l ON l.number = t.entry "
        "WHERE c.document = ? AND c.unit = ? AND t.text = ? AND t.by = ? AND l.action = ?",
        (found.document, found.unit, english, person, action),
    ).fetchone()
    if row is not None:
        raise BadCorrection(
            f"sentence {found.id} already says this, corrected by {person} in entry {row[0]} of the log"
        )
