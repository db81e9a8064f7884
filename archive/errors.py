"""The errors of the archive. Each message is a plain sentence: subject, value, remedy.

ArchiveError
├── NoArchive            the folder holds no archive
├── NoSuchArticle        no article (or version, or sentence) has that id
├── UnreadableInput      an item that can't be read; it is set aside, the rest goes on
├── BadMetadata          a field or value that people can't set
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


class BadMemory(ArchiveError):
    """A translation memory that can't be read."""


class ArchiveBusy(ArchiveError):
    """Another process is writing to this archive."""


class DamagedArchive(ArchiveError):
    """The store or an original is not what was written."""
