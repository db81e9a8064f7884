"""The steps that bring an archive's database to the form this program reads: numbered SQL files, applied in order."""

import sqlite3
from importlib.resources import files

from archive.errors import DamagedArchive

APPLICATION_ID = int.from_bytes(b"SIJL", "big")
"""Marks an SQLite file as an archive of Sijill (`PRAGMA application_id`)."""


def steps() -> list[tuple[str, str]]:
    """Return each step as (name, SQL), in order.

    >>> steps()[0][0]
    '001_archive'
    """
    found = [file for file in files(__name__).iterdir() if file.name.endswith(".sql")]
    return sorted((file.name.removesuffix(".sql"), file.read_text(encoding="utf-8")) for file in found)


def migrate(connection: sqlite3.Connection) -> list[str]:
    """Apply the steps that the database lacks, all or none, and return their names.

    Raises `DamagedArchive` when the file is another program's, or was written by a newer Sijill.
    """
    known = steps()
    if _step(connection) == len(known):
        return []
    connection.execute("BEGIN IMMEDIATE")
    try:
        done = _step(connection)
        for _, script in known[done:]:
            for statement in _statements(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(known)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return [name for name, _ in known[done:]]


def _step(connection: sqlite3.Connection) -> int:
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    step: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if application not in {0, APPLICATION_ID} or (application == 0 and _has_tables(connection)):
        raise DamagedArchive("archive.db is a database of another program; name another folder for the archive")
    if step > len(steps()):
        raise DamagedArchive(
            f"the archive was written by a newer Sijill (step {step}, this one knows {len(steps())}); upgrade Sijill"
        )
    return step


def _has_tables(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None


def _statements(script: str) -> list[str]:
    """Split a script into statements, so that they can run inside one transaction (`executescript` commits)."""
    found, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending)
            pending = ""
    return found
