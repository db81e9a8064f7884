"""Translation memories: pairs of an Arabic sentence and its English that come from, or go to, somewhere else.

Two forms: JSON lines, one object `{"ar","en","origin","by","time","source"}` per line; and TMX 1.4, with `ar` and `en`
in either order. A line that can't be used is reported with its number and the reason; the rest goes on.
"""

from dataclasses import dataclass, field

from archive.translation import Origin


@dataclass(frozen=True, slots=True)
class MemoryLine:
    """A sentence pair of a memory: who or what made it (`by`), when (ISO 8601), and where it was taken from."""

    ar: str
    en: str
    origin: Origin
    by: str | None = None
    time: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of a memory that can't be used, by its number in the file (TMX: of its unit), counted from 1."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class MemoryReport:
    """What an import came to.

    `imported` lines are new; `unchanged` were there. `matched` of the imported sentences stand in an article now, the
    others `waiting` are kept and serve when such a sentence arrives. `bad` lists lines that were left out.
    """

    imported: int
    unchanged: int
    matched: int
    waiting: int
    bad: tuple[BadLine, ...] = field(default=())
