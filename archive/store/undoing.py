"""Taking back what people said: the entry stays in the log, and another says who took it back."""

import sqlite3

from archive.errors import BadMetadata
from archive.store import corrections, withdrawals
from archive.store.layers import DESCRIBED, refresh, shown_value, write_log
from archive.store.people import check_name

UNDONE = "undone"
ACTIONS = frozenset({DESCRIBED, withdrawals.WITHDRAWN, UNDONE}) | corrections.ACTIONS
"""What can be taken back; an undoing too."""

_LARGEST = 2**63 - 1


def undo(connection: sqlite3.Connection, number: int, by: str) -> int:
    """Take back what an entry of the log says (or an undoing itself), and return the number of the new entry.

    Raises `BadMetadata` when there is no such entry, or it can't be taken back.
    """
    person = check_name(by)
    found = (
        number <= _LARGEST
        and connection.execute(
            "SELECT action, document, field, refers, undone FROM log WHERE number = ?", (number,)
        ).fetchone()
    )
    if not found:
        raise BadMetadata(f"the log has no entry {number}; `sijill log` lists what can be undone")
    action, document, field, refers, undone = found
    if action not in ACTIONS:
        raise BadMetadata(f"entry {number} of the log ({action}) is not a change by people, so it can't be undone")
    if undone is not None:
        raise BadMetadata(f"entry {number} of the log was already undone by entry {undone}")
    change = origin(connection, number)
    before = _shown(connection, change)
    entry = write_log(connection, UNDONE, document, field=field, before=before, by=person, refers=number)
    connection.execute("UPDATE log SET undone = ? WHERE number = ?", (entry, number))
    if action == UNDONE:
        _revive(connection, refers)
    _settle(connection, change)
    connection.execute("UPDATE log SET value = ? WHERE number = ?", (_shown(connection, change), entry))
    return entry


def touched(connection: sqlite3.Connection, number: int) -> list[str]:
    """Return the ids of the articles that a change by people bears on, or its undoing."""
    change = origin(connection, number)
    action, article = connection.execute(
        "SELECT l.action, d.id FROM log l JOIN documents d ON d.number = l.document WHERE l.number = ?", (change,)
    ).fetchone()
    return corrections.touched(connection, change) if action in corrections.ACTIONS else [article]


def origin(connection: sqlite3.Connection, number: int) -> int:
    """Return the change that an undoing, or an undoing of an undoing, goes back to; a change itself is its own."""
    action, refers = connection.execute("SELECT action, refers FROM log WHERE number = ?", (number,)).fetchone()
    while action == UNDONE:
        number = refers
        action, refers = connection.execute("SELECT action, refers FROM log WHERE number = ?", (number,)).fetchone()
    return number


def _revive(connection: sqlite3.Connection, number: int) -> None:
    """Let the entry stand again that an undoing had taken back; where that was an undoing too, it works again."""
    connection.execute("UPDATE log SET undone = NULL WHERE number = ?", (number,))
    action, refers = connection.execute("SELECT action, refers FROM log WHERE number = ?", (number,)).fetchone()
    if action == UNDONE:
        connection.execute("UPDATE log SET undone = ? WHERE number = ?", (number, refers))


def _settle(connection: sqlite3.Connection, change: int) -> None:
    """Make what is shown agree with the log."""
    action, document = connection.execute("SELECT action, document FROM log WHERE number = ?", (change,)).fetchone()
    if action in corrections.ACTIONS:
        corrections.settle(connection, change)
    elif action == withdrawals.WITHDRAWN:
        withdrawals.settle(connection, document)
    else:
        refresh(connection, document)


def _shown(connection: sqlite3.Connection, change: int) -> str | None:
    """Return what is shown now where a change was made."""
    action, document, field = connection.execute(
        "SELECT action, document, field FROM log WHERE number = ?", (change,)
    ).fetchone()
    if action in corrections.ACTIONS:
        return corrections.text_of(connection, change)
    if action == withdrawals.WITHDRAWN:
        row = connection.execute("SELECT withdrawn FROM documents WHERE number = ?", (document,)).fetchone()
        return "shown" if row[0] is None else "withdrawn"
    return shown_value(connection, document, field)
