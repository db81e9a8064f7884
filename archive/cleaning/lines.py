"""The lines of a text, each with the shape that the rules look at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from archive.document import BlockKind
from archive.folding import fold

LONGEST_LABEL = 250
"""A line longer than this is running text whatever it begins with."""

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_STOPPED = re.compile(r"[.؟!?…۔][\"”“»›’')\]]*$")
_FULL_STOPPED = re.compile(r"(?<!\.)[.۔][\"”“»›’')\]]*$")


@dataclass(eq=False)
class Line:
    """One line that isn't blank: its offsets without the white space around it, and the kind it was found to be.

    `after_blank` says that a blank line or the start of the text is before it. `kind` is None until a rule decides;
    `parts` holds the blocks of a line that is more than one.
    """

    text: str
    start: int
    end: int
    after_blank: bool
    kind: BlockKind | None = None
    parts: list[tuple[BlockKind, int, int]] = field(default_factory=list)

    @cached_property
    def words(self) -> int:
        """How many words the line has; lines beyond any label's length count by letters."""
        return len(self.text.split()) if len(self.text) <= 2000 else len(self.text) // 6

    @cached_property
    def core(self) -> str:
        """The line as lists know it: folded, without bullets, ornaments, counts in brackets and a final colon."""
        return core(self.text) if len(self.text) <= LONGEST_LABEL else ""

    @cached_property
    def stopped(self) -> bool:
        """Whether the line ends as a sentence does."""
        return _STOPPED.search(self.text[-12:]) is not None

    @cached_property
    def full_stopped(self) -> bool:
        """Whether the line ends with a full stop, as headlines don't."""
        return _FULL_STOPPED.search(self.text[-12:]) is not None

    @cached_property
    def running(self) -> bool:
        """Whether the line is running text rather than a headline or label."""
        return (self.full_stopped and self.words >= 4) or (self.stopped and self.words >= 12) or self.words > 28

    @property
    def headline(self) -> bool:
        """Whether the line has the shape of a headline: some words, no full stop, no colon at the end."""
        return (
            not self.running and not self.full_stopped and 4 <= self.words <= 28 and not self.text.endswith((":", "،"))
        )


@lru_cache(maxsize=4096)
def core(text: str) -> str:
    """Return a line as lists know it.

    >>> core("• تعليقات (3) :"), core("إقرأ أيضا:")
    ('تعليقات', 'اقرا ايضا')
    """
    folded = re.sub(r"[(\[]\s*\d+\s*[)\]]", " ", fold(text))
    folded = re.sub(r"^[^\w©#@]+|[^\w)©]+$", "", folded)
    return re.sub(r"\s+", " ", folded).strip()


def read_lines(text: str) -> list[Line]:
    """Return the lines of a text that aren't blank.

    >>> [(line.text, line.after_blank) for line in read_lines("عنوان\\r\\n\\r\\n نص ")]
    [('عنوان', True), ('نص', True)]
    """
    return list(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    end = 0
    for found in _LINE.finditer(text):
        stripped = found.group().strip()
        if not stripped:
            continue
        start = found.start() + len(found.group()) - len(found.group().lstrip())
        breaks = len(_LINE_BREAK.findall(text, end, start))
        yield Line(stripped, start, start + len(stripped), end == 0 or breaks > 1)
        end = start + len(stripped)
