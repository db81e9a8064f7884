"""Where running text means a name of the gazetteer."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from archive.wordlists import read_words as read_word_list
from indexer.gazetteer.cues import read_cues
from indexer.gazetteer.entry import GazetteerEntry, Guard, Kind
from indexer.gazetteer.keys import ARTICLES, Form, Word, forms, read_words

_QUOTES = r"[\"'“”„«»‘’‹›()\[\]#\u00a0\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
_JOIN = re.compile(rf"{_QUOTES}*[ \t]*{_QUOTES}*|[-‐‑_]|[ \t][-‐‑]|\.(?=)")
_LISTED = re.compile(rf"{_QUOTES}*\s*[،,/]?\s*{_QUOTES}*")
_DATED = re.compile(r"[\s,،/().-]{0,3}")
_TANWEEN = "\N{ARABIC FATHATAN}"
_AND = ("و", "and", "or", "أو")
_NAMED = ("place.", "actor.", "agency", "outlet", "month")


class Mention(NamedTuple):
    """A name that the text means; offsets of the whole surface words, particles included."""

    start: int
    end: int
    entry: GazetteerEntry


class _Listed(NamedTuple):
    """A spelling in the table of keys. `breaks` are the positions in the key where one of its words ends."""

    entry: GazetteerEntry
    guard: Guard | None
    breaks: frozenset[int]
    acronym: bool


class _Candidate(NamedTuple):
    """A run of words that is a listed name. `cue` holds the kinds that the words beside it ask for."""

    first: int
    last: int
    form: Form
    listed: tuple[_Listed, ...]
    cue: tuple[str, ...]


class _Met(NamedTuple):
    """A candidate whose name is meant, and the entries that it may be, the likeliest first."""

    candidate: _Candidate
    entries: tuple[GazetteerEntry, ...]


class Finder:
    """Finds names in running text. Built once from the entries; it keeps nothing of a text."""

    def __init__(
        self,
        entries: Sequence[GazetteerEntry],
        lineage: Callable[[GazetteerEntry], tuple[GazetteerEntry, ...]],
    ) -> None:
        self._lineage = lineage
        self._cues = read_cues()
        self._others = read_word_list("indexer.gazetteer", "other_words.txt")
        self._table = _build_table(entries)
        self._sorted = sorted(self._table)

    def find(self, text: str) -> list[Mention]:
        """Return the names that a text means, in order, never overlapping."""
        words = read_words(text)
        met, doubtful = self._scan(text, words)
        confirmed = {m.entries[0].id for m in met}
        met += self._confirm(doubtful, met, confirmed)
        met.sort(key=lambda m: m.candidate.first)
        return [
            Mention(words[m.candidate.first].start, words[m.candidate.last].end, self._settle(m.entries, confirmed))
            for m in met
        ]

    def _scan(self, text: str, words: list[Word]) -> tuple[list[_Met], list[_Candidate]]:
        met: list[_Met] = []
        doubtful: list[_Candidate] = []
        position = 0
        while position < len(words):
            candidates = self._candidates(text, words, position, met[-1] if met else None)
            for candidate in candidates:
                if entries := self._meant(text, words, candidate, met[-1] if met else None):
                    met.append(_Met(candidate, entries))
                    position = candidate.last
                    break
            else:
                doubtful += candidates
            position += 1
        return met, doubtful

    def _candidates(self, text: str, words: list[Word], first: int, before: _Met | None) -> list[_Candidate]:
        """Return the listed names that begin at a word, the longest first, the one with fewest particles first."""
        found = []
        word = words[first]
        for form in (Form(word.key),) if word.latin else forms(word.key):
            key, breaks, last = form.key, set[int](), first
            if word.key in self._others:
                break
            while self._begins(key):
                if listed := self._listed(key, breaks, form):
                    cue = self._cue(text, words, first, last, form, before)
                    found.append(_Candidate(first, last, form, listed, cue))
                if last + 1 == len(words) or not (join := _joined(text, words, last)):
                    break
                if join == "space":
                    breaks.add(len(key))
                last += 1
                key += words[last].key
        return sorted(found, key=lambda c: -c.last)

    def _begins(self, key: str) -> bool:
        place = bisect_left(self._sorted, key)
        return place < len(self._sorted) and self._sorted[place].startswith(key)

    def _listed(self, key: str, breaks: set[int], form: Form) -> tuple[_Listed, ...]:
        if (form.conjunction or form.particle) and len(key) < 3:
            return ()
        return tuple(listed for listed in self._table.get(key, ()) if breaks <= listed.breaks)

    def _cue(
        self, text: str, words: list[Word], first: int, last: int, form: Form, before: _Met | None
    ) -> tuple[str, ...]:
        """Return the kinds that the words beside a name ask for; the second of a list takes the first one's."""
        if last + 1 < len(words) and _joined(text, words, last) and (cue := self._cues.after.get(words[last + 1].key)):
            return cue
        place = first - 1
        while place >= 0 and words[place].key in (*ARTICLES, "of") and _joined(text, words, place):
            place -= 1
        near = place >= 0 and not form.particle and _joined(text, words, place)
        if near and (cue := self._cues.asked_before(words[place].key)):
            return cue
        if before and before.candidate.cue and self._follows(text, words, first, form, before):
            return before.candidate.cue
        return ()

    def _follows(self, text: str, words: list[Word], first: int, form: Form, before: _Met) -> bool:
        """Return whether a name is the next in a list: `بلدات أ وب`, `أ، ب`, `A and B`."""
        last = before.candidate.last
        between = first - last - 1
        if between == 1 and words[first - 1].key in _AND:
            return True
        gap = text[words[last].end : words[first].start]
        return between == 0 and _LISTED.fullmatch(gap) is not None and (form.conjunction or gap.strip() in ("،", ","))

    def _meant(
        self, text: str, words: list[Word], candidate: _Candidate, before: _Met | None
    ) -> tuple[GazetteerEntry, ...]:
        """Return the entries that a candidate means for sure, the one that its cue asks for first."""
        sure = [listed.entry for listed in candidate.listed if self._sure(text, words, candidate, listed, before)]
        return tuple(sorted(sure, key=lambda entry: _rank(entry.kind, candidate.cue)))

    def _sure(self, text: str, words: list[Word], candidate: _Candidate, listed: _Listed, before: _Met | None) -> bool:
        kind = listed.entry.kind
        first, last = candidate.first, candidate.last
        if kind.startswith(_NAMED) and _TANWEEN in words[last].text:
            return False
        if listed.guard is None:
            return True
        if kind is Kind.MONTH:
            return _dated(text, words, first, last) or self._after_preposition(words, candidate)
        if listed.acronym:
            return text[words[first].start : words[last].end].isupper()
        if _rank(kind, candidate.cue) < len(candidate.cue):
            return True
        if listed.guard is Guard.VERBAL and self._after_preposition(words, candidate):
            return True
        return (
            before is not None
            and _siblings(listed.entry, before)
            and self._follows(text, words, first, candidate.form, before)
        )

    def _after_preposition(self, words: list[Word], candidate: _Candidate) -> bool:
        before = candidate.first - 1
        return candidate.form.particle == "ب" or (before >= 0 and words[before].key in self._cues.prepositions)

    def _confirm(self, doubtful: list[_Candidate], met: list[_Met], confirmed: set[str]) -> list[_Met]:
        """Return the doubtful candidates that name what the text names plainly elsewhere."""
        taken = {word for m in met for word in range(m.candidate.first, m.candidate.last + 1)}
        added = []
        for candidate in doubtful:
            entries = tuple(
                listed.entry
                for listed in candidate.listed
                if listed.entry.id in confirmed and listed.entry.kind is not Kind.MONTH and not listed.acronym
            )
            span = range(candidate.first, candidate.last + 1)
            if entries and candidate.form.particle != "ك" and taken.isdisjoint(span):
                added.append(_Met(candidate, entries))
                taken.update(span)
        return added

    def _settle(self, entries: tuple[GazetteerEntry, ...], confirmed: set[str]) -> GazetteerEntry:
        """Choose among things of one name: the first that lies in a place which the text names, else the first."""
        if len(entries) > 1 and entries[0].kind is entries[1].kind:
            for entry in entries:
                if any(place.id in confirmed for place in self._lineage(entry)):
                    return entry
        return entries[0]


def _rank(kind: str, cue: tuple[str, ...]) -> int:
    """Return the place of a kind in a cue, its length when the cue doesn't ask for it."""
    return next(
        (place for place, wanted in enumerate(cue) if kind == wanted or kind.startswith(wanted + ".")), len(cue)
    )


def _siblings(entry: GazetteerEntry, before: _Met) -> bool:
    return entry.is_place and entry.parent is not None and any(entry.parent == other.parent for other in before.entries)


def _joined(text: str, words: list[Word], first: int) -> str:
    """Return how a word goes on into the next one: `space`, `tight`, or nothing where something parts them."""
    gap = text[words[first].end : words[first + 1].start]
    if gap == ".":
        return "tight" if len(words[first].text) == len(words[first + 1].text) == 1 else ""
    if len(gap) > 5 or not _JOIN.fullmatch(gap):
        return ""
    return "space" if " " in gap or "\t" in gap or "\u00a0" in gap else "tight"


def _dated(text: str, words: list[Word], first: int, last: int) -> bool:
    """Return whether a number stands beside a month."""
    before = first > 0 and words[first - 1].text.isdecimal()
    after = last + 1 < len(words) and words[last + 1].text.isdecimal()
    return (before and bool(_DATED.fullmatch(text[words[first - 1].end : words[first].start]))) or (
        after and bool(_DATED.fullmatch(text[words[last].end : words[last + 1].start]))
    )


def _build_table(entries: Iterable[GazetteerEntry]) -> dict[str, list[_Listed]]:
    table: dict[str, list[_Listed]] = {}
    for entry in entries:
        for name in entry.names:
            breaks, key, guard = set[int](), "", entry.guards.get(name)
            for word in read_words(name):
                breaks.add(len(key))
                key += word.key
            acronym = guard is not None and name.isupper()
            table.setdefault(key, []).append(_Listed(entry, guard, frozenset(breaks), acronym))
    return {key: _distinct(listed) for key, listed in table.items()}


def _distinct(listed: list[_Listed]) -> list[_Listed]:
    """Keep one spelling per entry: of several under one key, the one with most breaks (`Deir Ezzor`, `DeirEzzor`)."""
    best: dict[str, _Listed] = {}
    for spelling in listed:
        known = best.get(spelling.entry.id)
        if known is None or len(spelling.breaks) > len(known.breaks):
            best[spelling.entry.id] = (
                spelling if known is None else spelling._replace(breaks=spelling.breaks | known.breaks)
            )
    return list(best.values())
