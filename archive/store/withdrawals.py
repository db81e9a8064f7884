"""Articles withdrawn by people: nothing of them is shown; their bytes, hashes, the reason and the log are kept."""

import sqlite3
from dataclasses import dataclass

from archive.errors import Withdrawn
from archive.store.clock import tick
from archive.store.layers import document_number, write_log
from archive.store.people import check_name, check_reason

WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An article that was withdrawn: when, why, by whom, by which entry of the log; the SHA-256 of each version."""

    id: str
    time: str
    reason: str
    by: str
    entry: int
    hashes: tuple[str, ...]

    def error(self) -> Withdrawn:
        """Return what is raised when the article is asked for."""
        return Withdrawn(self.id, self.time, self.reason, self.hashes)


def withdraw(connection: sqlite3.Connection, article: str, reason: str, by: str) -> int:
    """Withdraw an article and return the number of the log's entry.

    Raises `BadCorrection` (the reason), `BadMetadata` (the name), `NoSuchArticle`; `Withdrawn` when it is already.
    """
    person, said = check_name(by), check_reason(reason)
    document = shown_number(connection, article)
    entry = write_log(connection, WITHDRAWN, document, value=said, by=person)
    settle(connection, document)
    return entry


def shown_number(connection: sqlite3.Connection, article: str) -> int:
    """Return the row of an article that is shown. Raises `NoSuchArticle`, `Withdrawn`."""
    number = document_number(connection, article)
    found = withdrawal(connection, article)
    if found is not None:
        raise found.error()
    return number


def settle(connection: sqlite3.Connection, document: int) -> None:
    """Hide an article, or show it again, as the log says; it gets a new revision."""
    connection.execute(
        "UPDATE documents SET revision = ?, withdrawn = (SELECT max(number) FROM log WHERE document = documents.number "
        "AND action = 'withdrawn' AND undone IS NULL) WHERE number = ?",
        (tick(connection), document),
    )


def part_hidden(connection: sqlite3.Connection, document: int, twin: int) -> None:
    """Let an article that parts from a withdrawn one, with the same bytes, be withdrawn for the same reason."""
    row = connection.execute(
        "SELECT l.number, l.value, l.by FROM documents d JOIN log l ON l.number = d.withdrawn WHERE d.number = ?",
        (document,),
    ).fetchone()
    if row is not None:
        number, reason, by = row
        write_log(connection, WITHDRAWN, twin, value=reason, by=by, refers=number)
        settle(connection, twin)


def holder(connection: sqlite3.Connection, digest: str) -> tuple[int, str, int] | None:
    """Return (row, id, version) of a withdrawn article that has these bytes, unless one that is shown has them."""
    rows = connection.execute(
        "SELECT d.number, d.id, v.version, d.withdrawn FROM versions v JOIN documents d ON d.number = v.document "
        "WHERE v.sha256 = ? AND (d.withdrawn IS NOT NULL OR d.newest = v.number) ORDER BY d.number",
        (digest,),
    ).fetchall()
    if any(withdrawn is None for *_, withdrawn in rows):
        return None
    return rows[0][:3] if rows else None


HIDDEN_UNIT = """
(NOT EXISTS (SELECT 1 FROM sentences s JOIN versions v ON v.number = s.version
             JOIN shown_documents d ON d.number = v.document WHERE s.unit = u.number)
 AND EXISTS (SELECT 1 FROM sentences s WHERE s.unit = u.number))
"""
"""Holds of a unit `u` that stands in withdrawn articles, in whatever version, and in no article that is shown."""

_WITHDRAWALS = """
SELECT d.id, l.time, l.value, l.by, l.number, (
    SELECT group_concat(sha256) FROM (SELECT sha256 FROM versions WHERE document = d.number ORDER BY version)
)
FROM documents d JOIN log l ON l.number = d.withdrawn
"""


def withdrawal(connection: sqlite3.Connection, article: str) -> Withdrawal | None:
    """Return by what an article is withdrawn, None when it isn't, or there is none."""
    row = connection.execute(_WITHDRAWALS + "WHERE d.id = ?", (article,)).fetchone()
    return _read(row) if row else None


def withdrawals(connection: sqlite3.Connection) -> list[Withdrawal]:
    """Return every withdrawal that stands, the latest first."""
    return [_read(row) for row in connection.execute(_WITHDRAWALS + "ORDER BY l.number DESC")]


def sharing(connection: sqlite3.Connection, article: str) -> list[str]:
    """Return the ids of the articles that are shown and have, in some version, bytes that this one has too."""
    rows = connection.execute(
        "SELECT DISTINCT o.id FROM documents d JOIN versions v ON v.document = d.number "
        "JOIN versions w ON w.sha256 = v.sha256 JOIN shown_documents o ON o.number = w.document "
        "WHERE d.id = ? AND o.id <> d.id ORDER BY o.number",
        (article,),
    )
    return [id for (id,) in rows]


def _read(row: tuple[str, str, str, str, int, str]) -> Withdrawal:
    article, time, reason, by, entry, hashes = row
    return Withdrawal(article, time, reason, by, entry, tuple(dict.fromkeys(hashes.split(","))))
