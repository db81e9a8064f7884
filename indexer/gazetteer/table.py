"""The names of the gazetteer by key, as running text is compared with them."""

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from archive.wordlists import read_words as read_word_list
from indexer.gazetteer.entry import GazetteerEntry, Guard
from indexer.gazetteer.keys import Form, forms, read_words


class Listed(NamedTuple):
    """A spelling in the table of keys.

    `breaks` are the positions in the key where one of its words begins: spaces may stand there, or not. `letters` is
    the number of its words where each is one letter (أ ف ب): these are read only when they stand apart. An `acronym`
    that is also an everyday word (US, WHO) is read only in capitals.
    """

    entry: GazetteerEntry
    guard: Guard | None
    breaks: frozenset[int]
    letters: int
    acronym: bool


class NameTable:
    """Every spelling of every entry, by key."""

    def __init__(self, entries: Iterable[GazetteerEntry]) -> None:
        self._listed = _by_key(entries)
        self._sorted = sorted(self._listed)
        self._others = read_word_list("indexer.gazetteer", "other_words.txt")
        self.openings = lru_cache(maxsize=65536)(self._openings)

    def get(self, key: str) -> tuple[Listed, ...]:
        """Return the spellings under a key."""
        return self._listed.get(key, ())

    def begins(self, key: str) -> bool:
        """Return whether any key begins so."""
        place = bisect_left(self._sorted, key)
        return place < len(self._sorted) and self._sorted[place].startswith(key)

    def _openings(self, key: str, latin: bool) -> tuple[Form, ...]:
        """Return what a surface word may be without particles, as far as a name begins so."""
        if key in self._others:
            return ()
        return tuple(form for form in ((Form(key),) if latin else forms(key)) if self.begins(form.key))


def _by_key(entries: Iterable[GazetteerEntry]) -> dict[str, tuple[Listed, ...]]:
    table: dict[str, list[Listed]] = {}
    for entry in entries:
        for name in entry.names:
            breaks, key, guard, words = set[int](), "", entry.guards.get(name), read_words(name)
            for word in words:
                breaks.add(len(key))
                key += word.key
            letters = len(words) if len(words) == len(key) else 0
            acronym = guard is not None and words[0].text.isupper()
            table.setdefault(key, []).append(Listed(entry, guard, frozenset(breaks), letters, acronym))
    return {key: _distinct(listed) for key, listed in table.items()}


def _distinct(listed: list[Listed]) -> tuple[Listed, ...]:
    """Keep one of several spellings of an entry that differ in spacing alone (`Deir Ezzor`, `DeirEzzor`)."""
    best: dict[tuple[str, Guard | None, int], Listed] = {}
    for one in listed:
        kept = best.setdefault((one.entry.id, one.guard, one.letters), one)
        best[(one.entry.id, one.guard, one.letters)] = kept._replace(breaks=kept.breaks | one.breaks)
    return tuple(best.values())
