"""A running text as names are looked for in it: its words, and what stands between them."""

import re
from functools import cached_property

from indexer.gazetteer.keys import read_words

_QUOTES = r"[\"'“”„«»‘’‹›()\[\]#\u00a0\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
_JOIN = re.compile(rf"{_QUOTES}*[ \t]*{_QUOTES}*|[-‐‑_]|[ \t][-‐‑]")
_COMMA = re.compile(rf"{_QUOTES}*\s*[،,/]?\s*{_QUOTES}*")
_DATE = re.compile(r"[\s,،/().-]{0,3}")
_WIDEST = 5
_LONGEST_COUNT = 3
_LAST_WITH_PLURAL = 10
_TANWEEN = "\N{ARABIC FATHATAN}"
_AND = ("و", "أو", "او", "and", "or")


class RunningText:
    """The words of a text, with their keys, and how they hang together."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = read_words(text)

    @cached_property
    def typed_small(self) -> bool:
        """Whether the text has no capital at all: a query as people type it, where small letters say nothing."""
        return self.text == self.text.lower()

    def gap(self, first: int) -> str:
        """Return what stands between a word and the next."""
        return self.text[self.words[first].end : self.words[first + 1].start]

    def joined(self, first: int) -> str:
        """Return how a word goes on into the next one: `space`, `tight`, or nothing where something parts them."""
        if not 0 <= first < len(self.words) - 1:
            return ""
        gap = self.gap(first)
        if len(self.words[first].text) == 1 and gap in (".", ". "):
            return "tight" if gap == "." else "space"
        if len(gap) > _WIDEST or not _JOIN.fullmatch(gap):
            return ""
        return "space" if " " in gap or "\t" in gap or "\u00a0" in gap else "tight"

    def follows(self, last: int, first: int, *, conjunction: bool) -> bool:
        """Return whether a name is the next of a list after another: `أ وب`, `A, B and C`.

        `last` is the last word of the one, `first` the first word of the other; `conjunction` says that و is attached.
        """
        if first == last + 2 and self.words[first - 1].key in _AND:
            return _COMMA.fullmatch(self.gap(last)) is not None and self.joined(first - 1) != ""
        if first != last + 1 or not _COMMA.fullmatch(self.gap(last)):
            return False
        return conjunction or (self.words[first].latin and self.gap(last).strip() == ",")

    def dated(self, first: int) -> bool:
        """Return whether a word hangs together with the next one as the parts of a date do."""
        return 0 <= first < len(self.words) - 1 and _DATE.fullmatch(self.gap(first)) is not None

    def is_noun(self, place: int) -> bool:
        """Return whether a word is written as no name is: with tanween (`دوماً`), or counted."""
        return _TANWEEN in self.words[place].text or self._is_counted(place)

    def is_small(self, place: int) -> bool:
        """Return whether a Latin word stands in small letters though the text has capitals."""
        word = self.words[place]
        return word.latin and word.text.islower() and not self.typed_small

    def _is_counted(self, place: int) -> bool:
        """Return whether a word is what a number counts: after 11 to 99, 28 سوريا is 28 Syrians, not Syria."""
        number = self.words[place - 1].text if self.joined(place - 1) else ""
        if not number.isdecimal() or len(number) > _LONGEST_COUNT:
            return False
        return self.words[place].key.endswith("يا") and int(number) % 100 > _LAST_WITH_PLURAL
