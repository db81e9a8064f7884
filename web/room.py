"""What the pages read from: the archive's store and its searcher, opened once per process."""

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from archive.store import Store
    from indexer.search import Searcher


class Room:
    """The open archive of an app; safe to read from several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = Lock()
        self._store: Store | None = None
        self._searcher: Searcher | None = None

    @property
    def store(self) -> "Store":
        """The store, opened at first use. Raises `NoArchive`."""
        with self._lock:
            if self._store is None:
                from archive.store import Store

                self._store = Store.open(self.folder)
            return self._store

    @property
    def searcher(self) -> "Searcher":
        """The searcher, opened at first use. Raises `NoIndex` or `StaleIndex`."""
        store = self.store
        with self._lock:
            if self._searcher is None:
                from indexer.search import Searcher

                self._searcher = Searcher(store)
            return self._searcher

    def close(self) -> None:
        """Release the store and the index."""
        with self._lock:
            if self._store is not None:
                self._store.close()
            self._store = self._searcher = None


def room() -> Room:
    """Return the open archive of the app that serves the present request."""
    found = current_app.extensions["room"]
    assert isinstance(found, Room)
    return found
