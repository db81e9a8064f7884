"""What a query is once read: a small tree whose leaves know where they stand in the text as typed."""

from dataclasses import dataclass

from archive.document import Note
from indexer.analysis import Level


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or several that were written as one (a hyphen, a hashtag) and are wanted adjacent."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in quotes: adjacent, in order, spelling folded, not stemmed."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of a word."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word in which one letter may be wrong, missing, extra or exchanged with the next."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Filter:
    """A metadata field (`outlet`, `place`, `actor`, `origin`) with the value wanted."""

    field: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from `low` to `high`, ISO dates that may be cut to month or year; None is open; `none` asks for undated."""

    low: str | None
    high: str | None
    start: int
    end: int
    none: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """A part that is wanted in the title."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Not:
    """A part that must not match."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Parts that are all wanted."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Parts of which one is enough."""

    parts: tuple["Node", ...]


Leaf = Word | Phrase | Prefix | Fuzzy | Filter | DateRange
Node = Leaf | Title | Not | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Query:
    """A query as read.

    `root` holds what is wanted and not wanted; `everywhere` is `in:all`; `levels` are those that `level:` allows, None
    for all. `dropped` are words too common to count, `notes` what was passed over while reading.
    """

    text: str
    root: AllOf
    everywhere: bool = False
    levels: frozenset[Level] | None = None
    question: bool = False
    dropped: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
