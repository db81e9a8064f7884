"""The store of an archive: originals by hash and an SQLite database, in one folder."""

from archive.store.outcome import Change, ListedArticle, LogEntry, Mentioned, Order, Outcome, Source
from archive.store.store import Store
from archive.store.withdrawals import Withdrawal

__all__ = ["Change", "ListedArticle", "LogEntry", "Mentioned", "Order", "Outcome", "Source", "Store", "Withdrawal"]
