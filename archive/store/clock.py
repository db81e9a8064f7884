"""The archive's own clock: a counter that grows with every change, and the time of day in UTC."""

import sqlite3
from datetime import UTC, datetime


def now() -> str:
    """Return the time in UTC as ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def tick(connection: sqlite3.Connection) -> int:
    """Return the next number of the counter; revisions are taken from it, so that they only grow."""
    connection.execute("UPDATE clock SET change = change + 1")
    number: int = connection.execute("SELECT change FROM clock").fetchone()[0]
    return number
