"""What the store answers when it is given something to keep."""

from dataclasses import dataclass
from enum import StrEnum

from archive.document import PublicationDate


class Change(StrEnum):
    """What putting an item into the store came to.

    `redescribed`: the same bytes, but an option or sidecar says something new of them. `copy`: bytes that the archive
    already holds under another name; the name is kept, no article is made. `withdrawn`: bytes of an article that was
    withdrawn; it stays so.
    """

    ADDED = "added"
    UNCHANGED = "unchanged"
    NEW_VERSION = "new_version"
    COPY = "copy"
    REDESCRIBED = "redescribed"
    WITHDRAWN = "withdrawn"


class Order(StrEnum):
    """How articles are put in a row: by date, the undated last either way, or the latest to arrive first."""

    NEWEST = "date"
    OLDEST = "oldest"
    ARRIVAL = "arrival"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an item came to, and the article and version that hold it."""

    change: Change
    id: str
    version: int


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the archive's log. `undone` is the number of the entry that took this one back."""

    number: int
    time: str
    action: str
    id: str | None = None
    field: str | None = None
    value: str | None = None
    before: str | None = None
    by: str | None = None
    source: str | None = None
    refers: int | None = None
    undone: int | None = None


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article as a list shows it; `sentences` and `translated` count those that are translated at all."""

    id: str
    version: int
    revision: int
    title: str
    title_en: str | None
    outlet: str | None
    date: PublicationDate
    added: str
    sentences: int
    translated: int


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A place or actor (`field`) that an article names, by its id in the gazetteer.

    `shown` is False for one that what is named lies in or belongs to: counted when another article names it.
    """

    field: str
    value: str
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """A place where the bytes of an article stand, and when they were first seen there."""

    source: str
    sha256: str
    seen: str
