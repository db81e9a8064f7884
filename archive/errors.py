"""The errors of the archive. Each message is a plain sentence: subject, value, remedy.

ArchiveError
├── NoArchive            the folder holds no archive
├── NoSuchArticle        no article (or version, or sentence) has that id
│   └── Withdrawn        the article was withdrawn by a person
├── UnreadableInput      an item that can't be read; it is set aside, the rest goes on
├── BadMetadata          a field or value that people can't set
├── BadCorrection        a correction or withdrawal that can't be made
├── BadMemory            a translation memory that can't be read
├── ArchiveBusy          another process holds the archive's write lock
└── DamagedArchive       the store or an original is not what was written
"""


class ArchiveError(Exception):
    """Base of every error that the archive raises on purpose."""


class NoArchive(ArchiveError):
    """The folder holds no archive."""


class NoSuchArticle(ArchiveError):
    """No article, version or sentence has the id that was asked for."""


class Withdrawn(NoSuchArticle):
    """The article was withdrawn by a person; nothing of it is shown but when, why, and its hashes."""

    def __init__(self, article: str, time: str, reason: str, hashes: tuple[str, ...]) -> None:
        super().__init__(
            f"article {article} was withdrawn on {time[:10]}: {reason} (SHA-256 of the original: {', '.join(hashes)}); "
            f"`sijill log {article}` names the entry that `sijill undo` would take back"
        )
        self.article = article
        self.time = time
        self.reason = reason
        self.hashes = hashes


class UnreadableInput(ArchiveError):
    """An item that can't be read.

    `code` and `args` name the reason (`empty`, `binary`, `too_long`, `bad_encoding`, `unreadable`, `malformed` …)
    for the message catalogue; the message says the same in English.
    """

    def __init__(self, message: str, code: str, *arguments: str | int) -> None:
        super().__init__(message)
        self.code = code
        self.arguments = arguments


class BadMetadata(ArchiveError):
    """A metadata field that doesn't exist, or a value that can't stand in it."""


class BadCorrection(ArchiveError):
    """A correction or a withdrawal that can't be made: its text, or what it is made of."""


class BadMemory(ArchiveError):
    """A translation memory that can't be read."""


class ArchiveBusy(ArchiveError):
    """Another process is writing to this archive."""


class DamagedArchive(ArchiveError):
    """The store or an original is not what was written."""
