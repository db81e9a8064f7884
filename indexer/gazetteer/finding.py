"""Where running text means a name of the gazetteer."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from indexer.gazetteer.cues import read_cues
from indexer.gazetteer.entry import GazetteerEntry, Guard, Kind
from indexer.gazetteer.keys import ARTICLES, Form
from indexer.gazetteer.reading import RunningText
from indexer.gazetteer.table import Listed, NameTable

_NAMES = ("place.", "actor.", "agency", "outlet", "month")
_SHORTEST = 3


class Mention(NamedTuple):
    """A name that the text means; offsets of the whole surface words, particles included."""

    start: int
    end: int
    entry: GazetteerEntry


class _Candidate(NamedTuple):
    """A run of words, `first` to `last`, that is a listed name. `cue`: the kinds that the words beside it ask for."""

    first: int
    last: int
    form: Form
    listed: tuple[Listed, ...]
    cue: tuple[str, ...]


class _Met(NamedTuple):
    """A candidate whose name is meant, and the entries that it may be, the likeliest first."""

    candidate: _Candidate
    entries: tuple[GazetteerEntry, ...]


class Finder:
    """Finds names in running text. Built once from the entries; of a text it keeps words alone, as a cache."""

    def __init__(
        self,
        entries: Sequence[GazetteerEntry],
        lineage: Callable[[GazetteerEntry], tuple[GazetteerEntry, ...]],
    ) -> None:
        self._by_id = {entry.id: entry for entry in entries}
        self._lineage = lineage
        self._table = NameTable(entries)
        self._cues = read_cues()

    def find(self, text: str) -> list[Mention]:
        """Return the names that a text means, in order, never overlapping."""
        page = RunningText(text)
        met, doubtful = self._scan(page)
        confirmed = {one.entries[0].id for one in met}
        met += self._confirm(page, doubtful, met, confirmed)
        met.sort(key=lambda one: one.candidate.first)
        words = page.words
        return [
            Mention(words[one.candidate.first].start, words[one.candidate.last].end, self._settle(one, confirmed))
            for one in met
        ]

    def _scan(self, page: RunningText) -> tuple[list[_Met], list[_Candidate]]:
        """Return the names meant for sure, and the candidates that the rest of the text may bear out."""
        met: list[_Met] = []
        doubtful: list[_Candidate] = []
        position = 0
        while position < len(page.words):
            before = met[-1] if met else None
            candidates = self._candidates(page, position, before)
            for candidate in candidates:
                if entries := self._meant(page, candidate, before):
                    met.append(_Met(candidate, entries))
                    position = candidate.last
                    break
            else:
                doubtful += candidates
            position += 1
        return met, doubtful

    def _candidates(self, page: RunningText, first: int, before: _Met | None) -> list[_Candidate]:
        """Return the listed names that begin at a word, the longest first, the one with fewest particles first."""
        found = []
        word = page.words[first]
        for form in self._table.openings(word.key, word.latin):
            key, breaks, last = form.key, set[int](), first
            while self._table.begins(key):
                listed = self._spelled(key, breaks, form, last - first + 1)
                if listed and not (listed[0].entry.kind.startswith(_NAMES) and page.is_noun(last)):
                    cue = self._cue(page, first, last, form, before)
                    found.append(_Candidate(first, last, form, listed, cue))
                if not (join := page.joined(last)):
                    break
                if join == "space":
                    breaks.add(len(key))
                last += 1
                key += page.words[last].key
        return sorted(found, key=lambda candidate: -candidate.last)

    def _spelled(self, key: str, breaks: set[int], form: Form, count: int) -> tuple[Listed, ...]:
        """Return the names under a key that `count` words with spaces at `breaks` may spell."""
        if (form.conjunction or form.particle) and len(key) < _SHORTEST:
            return ()
        return tuple(one for one in self._table.get(key) if breaks <= one.breaks and one.letters in (0, count))

    def _cue(self, page: RunningText, first: int, last: int, form: Form, before: _Met | None) -> tuple[str, ...]:
        """Return the kinds that the words beside a name ask for; the next of a list takes the one's before it."""
        if page.joined(last) and (cue := self._cues.after.get(page.words[last + 1].key)):
            return cue
        place = first - 1
        while first - place <= 2 and page.joined(place) and page.words[place].key in (*ARTICLES, "of"):
            place -= 1
        if page.joined(place) and not form.particle and (cue := self._cues.asked_before(page.words[place].key)):
            return cue
        if before and before.candidate.cue and page.follows(before.candidate.last, first, conjunction=form.conjunction):
            return before.candidate.cue
        return ()

    def _meant(self, page: RunningText, candidate: _Candidate, before: _Met | None) -> tuple[GazetteerEntry, ...]:
        """Return the entries that a candidate means for sure, the one that its cue asks for first."""
        sure = [one.entry for one in candidate.listed if self._is_sure(page, candidate, one, before)]
        return tuple(sorted(sure, key=lambda entry: _rank(entry.kind, candidate.cue)))

    def _is_sure(self, page: RunningText, candidate: _Candidate, one: Listed, before: _Met | None) -> bool:
        if one.guard is None:
            return True
        if one.guard in (Guard.LOCAL, Guard.SHARED) or page.is_small(candidate.first):
            return False
        if one.entry.kind is Kind.MONTH:
            return self._is_dated(page, candidate, one) or self._after_preposition(page, candidate)
        if one.acronym:
            return page.words[candidate.first].text.isupper()
        if _asked(one.entry.kind, candidate.cue):
            return True
        if one.guard is Guard.VERBAL and self._after_preposition(page, candidate):
            return True
        return before is not None and _are_siblings(one.entry, before) and self._follows(page, candidate, before)

    def _follows(self, page: RunningText, candidate: _Candidate, before: _Met) -> bool:
        return page.follows(before.candidate.last, candidate.first, conjunction=candidate.form.conjunction)

    def _is_dated(self, page: RunningText, candidate: _Candidate, month: Listed) -> bool:
        """Return whether a number, or another name of the month (`آب/ أغسطس`), stands beside a month."""
        first, last = candidate.first, candidate.last
        beside = [page.words[first - 1]] if page.dated(first - 1) else []
        beside += [page.words[last + 1]] if page.dated(last) else []
        return any(
            word.text.isdecimal() or any(one.entry.id == month.entry.id for one in self._table.get(word.key))
            for word in beside
        )

    def _after_preposition(self, page: RunningText, candidate: _Candidate) -> bool:
        before = candidate.first - 1
        return candidate.form.particle == "ب" or (
            before >= 0 and page.words[before].key in self._cues.prepositions and page.joined(before) != ""
        )

    def _confirm(
        self, page: RunningText, doubtful: list[_Candidate], met: list[_Met], confirmed: set[str]
    ) -> list[_Met]:
        """Return the doubtful candidates that the rest of the text bears out; what they name counts for the next."""
        taken = {word for one in met for word in range(one.candidate.first, one.candidate.last + 1)}
        around = {place.id for named in confirmed for place in self._lineage(self._by_id[named])} | confirmed
        added = []
        for candidate in doubtful:
            span = range(candidate.first, candidate.last + 1)
            if page.is_small(candidate.first) or candidate.form.particle == "ك" or not taken.isdisjoint(span):
                continue
            borne_out = (one for one in candidate.listed if self._is_borne_out(one, candidate.cue, confirmed, around))
            if entries := tuple(one.entry for one in borne_out):
                added.append(_Met(candidate, entries))
                taken.update(span)
                confirmed.add(entries[0].id)
        return added

    def _is_borne_out(self, one: Listed, cue: tuple[str, ...], confirmed: set[str], around: set[str]) -> bool:
        """Return whether the text names the thing elsewhere, or where it lies if that is what the name needs.

        Every city has a quarter of palaces: حي القصور is that of Deir ez-Zor where the text names Deir ez-Zor, or a
        place in its governorate; that it names Syria is not enough for a quarter.
        """
        kind = one.entry.kind
        if one.acronym or one.guard is Guard.VERBAL or kind is Kind.MONTH:
            return False
        if one.entry.id in confirmed:
            return True
        if one.guard is Guard.EVERYDAY or (one.guard is Guard.SHARED and not _asked(kind, cue)):
            return False
        lineage = (place for place in self._lineage(one.entry) if place.id in around)
        return any(kind is not Kind.QUARTER or place.kind is not Kind.COUNTRY for place in lineage)

    def _settle(self, met: _Met, confirmed: set[str]) -> GazetteerEntry:
        """Choose among things of one name and kind: the one lying nearest to what the text names, else the first."""
        entries = met.entries
        if len(entries) == 1 or entries[0].kind is not entries[1].kind:
            return entries[0]

        def distance(entry: GazetteerEntry) -> int:
            lineage = self._lineage(entry)
            return next((steps for steps, place in enumerate(lineage) if place.id in confirmed), len(lineage) + 1)

        return min(entries, key=distance)


def _rank(kind: str, cue: tuple[str, ...]) -> int:
    """Return the place of a kind in a cue, its length when the cue doesn't ask for it."""
    return next((place for place, asked in enumerate(cue) if kind == asked or kind.startswith(asked + ".")), len(cue))


def _asked(kind: Kind, cue: tuple[str, ...]) -> bool:
    return _rank(kind, cue) < len(cue)


def _are_siblings(entry: GazetteerEntry, before: _Met) -> bool:
    return entry.is_place and entry.parent is not None and any(entry.parent == other.parent for other in before.entries)
