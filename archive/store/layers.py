"""What is said of an article over what its page says: declared at add, set by people; and the log of it all."""

import json
import re
import sqlite3
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date as calendar_date
from datetime import datetime

from archive.declaring import FIELDS
from archive.document import Basis, Precision, PublicationDate
from archive.errors import BadMetadata, NoSuchArticle
from archive.store.clock import now, tick
from archive.store.columns import pack_date, unpack_date
from archive.store.outcome import LogEntry
from archive.store.people import CONTROLS, check_name

LONGEST_VALUE = 2_000
"""Letters that a value of a field may have."""

DESCRIBED = "described"
"""The action of an entry by which a person set a field."""

_PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


def write_log(connection: sqlite3.Connection, action: str, document: int | None = None, **columns: object) -> int:
    """Write a line of the log and return its number."""
    names = ("field", "value", "before", "by", "source", "refers")
    cursor = connection.execute(
        "INSERT INTO log (time, action, document, field, value, before, by, source, refers) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (now(), action, document, *(columns.get(name) for name in names)),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def describe(connection: sqlite3.Connection, document: int, field: str, value: str, by: str) -> int:
    """Set a field of an article by a person and return the number of the log's line; an empty value clears it."""
    wanted, person = check_value(field, value), check_name(by)
    before = shown_value(connection, document, field)
    entry = write_log(connection, DESCRIBED, document, field=field, value=wanted, before=before, by=person)
    refresh(connection, document)
    return entry


def shown_value(connection: sqlite3.Connection, document: int, field: str) -> str | None:
    """Return the value of a field as it is shown now; for the date, its ISO value."""
    row = connection.execute(
        "SELECT title, outlet, url, date_value, retrieved FROM documents WHERE number = ?", (document,)
    ).fetchone()
    value: str | None = row[FIELDS.index(field)]
    return value


def layer(connection: sqlite3.Connection, document: int) -> dict[str, str]:
    """Return what people set and did not take back, newest last said; an empty value means cleared."""
    rows = connection.execute(
        "SELECT field, value FROM log WHERE document = ? AND action = 'described' AND undone IS NULL ORDER BY number",
        (document,),
    )
    return dict(rows.fetchall())


def overlay(
    found: tuple[str, str | None, str | None, str | None, str], set_by_people: dict[str, str]
) -> tuple[str, str | None, str | None, str | None, str]:
    """Lay what people set over (title, outlet, url, retrieved, packed date) of a version."""
    title, outlet, url, retrieved, date = found
    return (
        set_by_people.get("title", title),
        set_by_people.get("outlet", outlet) or None,
        set_by_people.get("url", url) or None,
        set_by_people.get("retrieved", retrieved) or None,
        pack_date(set_date(set_by_people["date"])) if "date" in set_by_people else date,
    )


def refresh(connection: sqlite3.Connection, document: int) -> None:
    """Work out anew what is shown of an article, and give it a new revision."""
    found = connection.execute(
        "SELECT v.title, v.outlet, v.url, v.retrieved, v.date FROM documents d "
        "JOIN versions v ON v.number = d.newest WHERE d.number = ?",
        (document,),
    ).fetchone()
    shown = overlay(found, layer(connection, document))
    connection.execute(
        "UPDATE documents SET title = ?, outlet = ?, url = ?, retrieved = ?, date = ?, date_value = ?, revision = ? "
        "WHERE number = ?",
        (*shown, unpack_date(shown[4]).value, tick(connection), document),
    )


def set_date(value: str) -> PublicationDate:
    """Return a date that a person set: a day, a month, a year, or empty for unknown.

    >>> set_date("2019-03").precision
    <Precision.MONTH: 'month'>
    """
    if not value:
        return PublicationDate(basis=Basis.SET)
    return PublicationDate(value, _PRECISIONS[len(value)], Basis.SET)


def check_value(field: str, value: str) -> str:
    """Return a value as it can be kept. Raises `BadMetadata` when the field or the value is not possible.

    >>> check_value("outlet", "  عنب بلدي ")
    'عنب بلدي'
    """
    if field not in FIELDS:
        raise BadMetadata(f"{field!r} is not a field that can be set; set one of {', '.join(FIELDS)}")
    wanted = value.strip()
    if CONTROLS.search(wanted):
        raise BadMetadata(f"the {field} holds control characters or broken letters; type it as plain text")
    if len(wanted) > LONGEST_VALUE:
        raise BadMetadata(f"the {field} has {len(wanted)} letters; give at most {LONGEST_VALUE}")
    if wanted:
        _check_form(field, wanted)
    elif field == "title":
        raise BadMetadata("the title can't be empty; undo the entry that set it to have the page's own back")
    return wanted


def _check_form(field: str, value: str) -> None:
    if field == "date" and not is_partial_date(value):
        raise BadMetadata(f"{value!r} is not a date; write it as 2019-03-21, 2019-03 or 2019")
    if field == "retrieved" and not (is_partial_date(value) or _is_moment(value)):
        raise BadMetadata(f"{value!r} is not a time; write it as 2019-03-21 or 2019-03-21T17:05:00Z")
    if field == "url" and not re.fullmatch(r"https?://[^\s/?#]+\S*", value, re.IGNORECASE):
        raise BadMetadata(f"{value!r} is not an address; begin it with http:// or https://")


def is_partial_date(value: str) -> bool:
    """Tell whether this is an ISO day, month or year of the calendar.

    >>> is_partial_date("2019-02-30"), is_partial_date("2019-02")
    (False, True)
    """
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
        return False
    try:
        calendar_date.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value)
    except ValueError:
        return False
    return True


def _is_moment(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def read_log(connection: sqlite3.Connection, document: int | None, before: int | None, limit: int) -> list[LogEntry]:
    """Return lines of the log, newest first: of one article or all, below a number, at most `limit`."""
    rows = connection.execute(
        "SELECT l.number, l.time, l.action, d.id, l.field, l.value, l.before, l.by, l.source, l.refers, l.undone "
        "FROM log l LEFT JOIN documents d ON d.number = l.document "
        "WHERE (:document IS NULL OR l.document = :document) AND (:before IS NULL OR l.number < :before) "
        "ORDER BY l.number DESC LIMIT :limit",
        {"document": document, "before": before, "limit": limit},
    )
    return [LogEntry(*row) for row in rows]


def document_number(connection: sqlite3.Connection, article: str) -> int:
    """Return the row of an article. Raises `NoSuchArticle`."""
    row = connection.execute("SELECT number FROM documents WHERE id = ?", (article,)).fetchone()
    if row is None:
        raise NoSuchArticle(f"the archive has no article {article!r}; `sijill search` and the start page list them")
    number: int = row[0]
    return number


def write_set_aside(
    connection: sqlite3.Connection, source: str, code: str, arguments: tuple[str | int, ...], message: str
) -> None:
    """Note that an item was set aside; the log gets a line when that is news."""
    packed = json.dumps(arguments, ensure_ascii=False)
    known = connection.execute("SELECT code, arguments FROM set_aside WHERE source = ?", (source,)).fetchone()
    connection.execute(
        "INSERT OR REPLACE INTO set_aside (source, code, arguments, message, time) VALUES (?, ?, ?, ?, ?)",
        (source, code, packed, message, now()),
    )
    if known != (code, packed):
        write_log(connection, "set_aside", field=code, value=message, source=source)


def forget_aside(connection: sqlite3.Connection, file: str, except_for: AbstractSet[str]) -> None:
    """Forget what was set aside of a file and of its lines (`FILE:number`), but for these sources."""
    rows = connection.execute(
        "SELECT source FROM set_aside WHERE source = ? OR (source > ? AND source < ?)", (file, file + ":", file + ";")
    ).fetchall()
    connection.executemany("DELETE FROM set_aside WHERE source = ?", [row for row in rows if row[0] not in except_for])


def read_set_aside(connection: sqlite3.Connection) -> Iterator[tuple[str, str, tuple[str | int, ...], str, str]]:
    """Return (source, code, arguments, message, time) of each item that stands aside now."""
    rows = connection.execute("SELECT source, code, arguments, message, time FROM set_aside ORDER BY source").fetchall()
    for source, code, arguments, message, time in rows:
        yield source, code, tuple(json.loads(arguments)), message, time
