"""The errors of the indexer. Each message is a plain sentence: subject, value, remedy.

IndexerError
├── QueryError           a query that can't be read; carries a code and arguments
├── NoIndex              the archive has no index yet
├── StaleIndex           the index was built by other analysis than is running
├── IndexBusy            another process is writing the index
├── DamagedIndex         the index is not what its manifest says
├── NoModel              no translation model is installed for the language pair
├── BadPackage           a translation package that is broken or of other languages
├── BadGlossary          a file of terms that can't be read
└── NoLexicon            the lexicon extra is not installed
"""


class IndexerError(Exception):
    """Base of every error that the indexer raises on purpose."""


class QueryError(IndexerError):
    """A query that can't be read. `code` and `arguments` name the reason for the message catalogue."""

    def __init__(self, message: str, code: str, *arguments: str | int) -> None:
        super().__init__(message)
        self.code = code
        self.arguments = arguments


class NoIndex(IndexerError):
    """The archive has no index yet."""


class StaleIndex(IndexerError):
    """The index was built by other analysis than is running."""


class IndexBusy(IndexerError):
    """Another process is writing the index."""


class DamagedIndex(IndexerError):
    """The index is not what its manifest says."""


class NoModel(IndexerError):
    """No translation model is installed for the language pair."""


class BadPackage(IndexerError):
    """A translation package that is broken, unsafe or of other languages."""


class BadGlossary(IndexerError):
    """A file of terms that can't be read."""


class NoLexicon(IndexerError):
    """The lexicon extra is not installed."""
