"""The connections to an archive's database: a pool for readers, one for the writer, each transaction short."""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, RLock

from archive.errors import ArchiveBusy, ArchiveError, DamagedArchive
from archive.store.migrations import migrate

WAIT = 30.0
"""Seconds that a transaction waits for another process's before it gives up."""


class Database:
    """An SQLite file in WAL mode: readers see the last commit and never wait for the writer.

    Safe to share among threads: each transaction takes a connection of its own and gives it back. Every read is one
    short transaction. Writes of this process run one at a time; those of other processes are waited for.
    """

    def __init__(self, path: Path, before_commit: Callable[[], None]) -> None:
        """Take the file, and what has to be done before anything written to it is committed."""
        self.path = path
        self._before_commit = before_commit
        self._idle: deque[sqlite3.Connection] = deque()
        self._lock = Lock()
        self._writing = RLock()
        self._writer: sqlite3.Connection | None = None
        self._depth = 0
        self._closed = False

    def prepare(self) -> list[str]:
        """Bring the file to the form this program reads, and return the names of the steps that were applied."""
        with _in_words(self.path), self._writing:
            connection = self._open_writer()
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode = WAL")
            return migrate(connection)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection inside a read transaction: everything read in the block is of one moment."""
        with _in_words(self.path):
            connection = self._take()
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                self._give_back(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the writing connection inside a transaction, committed at the end; blocks may nest, the outer commits.

        Raises `ArchiveBusy` when another process has been writing for longer than `WAIT`.
        """
        with _in_words(self.path), self._writing:
            connection = self._open_writer()
            if self._depth == 0:
                connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield connection
                if self._depth == 1:
                    self._before_commit()
                    connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            finally:
                self._depth -= 1

    def size(self) -> int:
        """Return the bytes that the database takes on disk, its write-ahead log included."""
        files = [self.path, self.path.with_name(self.path.name + "-wal")]
        return sum(file.stat().st_size for file in files if file.exists())

    def close(self) -> None:
        """Close the connections that are not in use, and let those in use close when they come back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, deque()
        for connection in idle:
            connection.close()
        with self._writing:
            if self._writer is not None:
                self._writer.close()
                self._writer = None

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise ArchiveError(f"the archive in {self.path.parent} was closed; open it again")
            if self._idle:
                return self._idle.pop()
        connection = _connect(self.path)
        connection.execute("PRAGMA query_only = ON")
        return connection

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    def _open_writer(self) -> sqlite3.Connection:
        if self._closed:
            raise ArchiveError(f"the archive in {self.path.parent} was closed; open it again")
        if self._writer is None:
            self._writer = _connect(self.path)
        return self._writer


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -32768")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Say in words what SQLite says in codes."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise ArchiveBusy(
                f"another process is writing to the archive in {path.parent}; wait until it is done, then try again"
            ) from error
        raise ArchiveError(
            f"the archive in {path.parent} can't be used: {error}; look at the disk and its rights"
        ) from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError | sqlite3.InterfaceError):
            raise
        raise DamagedArchive(f"{path} can't be read: {error}; restore it from a backup") from error
