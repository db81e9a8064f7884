"""Which numerals of a sentence count people whom something is reported to have happened to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.figures.befallen import befallen, does_it, goes_on_with, is_released
from indexer.figures.clause import Clause
from indexer.figures.counted import Counted, read_counted, read_noun
from indexer.figures.figure import FigureKind, Qualifier
from indexer.figures.numerals import Numeral, limit_after, limited, read_numeral
from indexer.figures.vocabulary import Noun, Shape, members
from indexer.figures.words import Found, Word

_REMARK = 4  # words between one count and the next of its list
_OTHERS = "others"
_PERSONS = "persons"


@dataclass(frozen=True, slots=True)
class Count:
    """A figure as words of a sentence: `first` up to `last`; `whole` is the place of the count that it is part of."""

    first: int
    last: int
    low: int | None
    high: int | None
    qualifier: Qualifier | None
    kind: FigureKind
    who: tuple[str, ...]
    whole: int | None = None


def read_counts(words: Sequence[Word]) -> list[Count]:
    """Return the counts of people in the words of a sentence, in their order. Linear in the number of words."""
    return _Counting(Clause(words)).read()


class _Counting:
    """One way through a sentence; what was counted before tells who "others" are and what a list goes on with."""

    def __init__(self, clause: Clause) -> None:
        self.clause = clause
        self.counts: list[Count] = []

    def read(self) -> list[Count]:
        place = 0
        while place < len(self.clause):
            numeral = read_numeral(self.clause.words, place)
            count = self._read_numeral(numeral) if numeral else self._read_unnumbered(place)
            if count:
                self.counts.append(count)
            place = max(place + 1, count.last if count else 0, numeral.last if numeral else 0)
        return self.counts

    def _read_numeral(self, numeral: Numeral) -> Count | None:
        if numeral.low == numeral.high == 0 or self._is_share(numeral):
            return None
        counted = read_counted(self.clause, numeral)
        return self._judge(numeral, counted) if counted else None

    def _is_share(self, numeral: Numeral) -> bool:
        if self.clause.key(numeral.value_from) in members("shares") and self.clause.key(numeral.value_from - 1) == "في":
            return True
        after = self.clause.words[numeral.last].gap if numeral.last < len(self.clause) else ""
        if any(mark in self.clause.words[numeral.value_from].gap + after for mark in "%٪"):
            return True
        return self.clause.key(numeral.last + (self.clause.key(numeral.last) == "في")) in members("shares")

    def _judge(self, numeral: Numeral, counted: Counted) -> Count | None:
        """Return the count if something is said to have happened to those counted."""
        if counted.bare and (both := self.clause.either_way(numeral.last)):
            counted = replace(counted, last=both, kind=FigureKind.CASUALTIES, bare=False)
        if counted.among:
            return self._judge_some(numeral, counted)
        kind, whole = counted.kind, self._whole(numeral)
        if kind is None or counted.weak or numeral.one:  # one of the wounded: not a count of them
            kind = self._happened(numeral, counted)
            if kind is None and counted.weak and not numeral.one and not is_released(self.clause, numeral.first):
                kind = counted.kind
        if kind is FigureKind.MISSING and self._is_theirs(counted.last):
            if self.clause.key(counted.last) not in members("lives"):
                return None
            kind = FigureKind.KILLED
        if kind is None or any(self.clause.key(at) in members("diseases") for at in (counted.last, counted.last + 1)):
            return None
        return self._finish(numeral, counted, kind, whole)

    def _is_theirs(self, place: int) -> bool:
        """Say whether a word with a pronoun follows: what they lost (`فقدت سبع عائلات معيلها`)."""
        key = self.clause.key(place)
        return not self.clause.broken(place) and key.endswith(("ها", "هم", "هن")) and key not in members("prepositions")

    def _judge_some(self, numeral: Numeral, counted: Counted) -> Count | None:
        """Judge `عشرة منهم`: some of those just counted."""
        previous = self.counts[-1] if self.counts else None
        kind = self.clause.adjacent(numeral.first) or (previous.kind if previous else None)
        whole = _root(previous) if previous else None
        return self._finish(numeral, counted, kind, whole) if kind else None

    def _happened(self, numeral: Numeral, counted: Counted) -> FigureKind | None:
        if kind := self.clause.adjacent(numeral.first):
            return kind
        if self._is_part(numeral) or self._is_listed(numeral):
            return self.counts[-1].kind
        return befallen(self.clause, numeral, counted, self.counts[-1].last if self.counts else 0)

    def _whole(self, numeral: Numeral) -> int | None:
        """Return the place of the count whose part a numeral is: `بينهم` before it, or it goes on in such a list."""
        if self._is_part(numeral):
            return _root(self.counts[-1])
        return self.counts[-1].whole if self._is_listed(numeral) else None

    def _is_part(self, numeral: Numeral) -> bool:
        if not self.counts:
            return False
        return any(
            place >= self.counts[-1].first
            and (self.clause.key(place) in members("parts") or self.clause.key(place).lstrip("وب") in members("parts"))
            and not self.clause.broken(place + 1)
            for place in (numeral.first - 1, numeral.first - 2)
        )

    def _is_listed(self, numeral: Numeral) -> bool:
        return bool(self.counts) and goes_on_with(self.clause, self.counts[-1].last, numeral.first, _REMARK)

    def _finish(self, numeral: Numeral, counted: Counted, kind: FigureKind, whole: int | None) -> Count:
        last, low, high, qualifier = counted.last, numeral.low, numeral.high, numeral.qualifier
        if (low == high == 1 and self.clause.key(last) in members("ones")) or (
            low == high == 2 and self.clause.key(last) in members("twos")
        ):
            last += 1
        if qualifier is None and (limit := limit_after(self.clause.words, last)):
            last, qualifier = limit
            low, high = limited(numeral, qualifier)
        return Count(numeral.first, last, low, high, qualifier, kind, self._settle_who(counted.who), whole)

    def _settle_who(self, who: tuple[str, ...]) -> tuple[str, ...]:
        """Leave "persons" out beside more; "others" are who was counted last, unless that was one or a part."""
        named = tuple(one for one in who if one not in (_OTHERS, _PERSONS))
        if named or _PERSONS in who:
            return named or (_PERSONS,)
        if _OTHERS not in who:
            return ()
        wholes = [count for count in self.counts[-_REMARK:] if count.whole is None]
        return wholes[-1].who if wholes and wholes[-1].low != 1 else ()

    # People counted without a numeral

    def _read_unnumbered(self, place: int) -> Count | None:
        """Read the dual (`قتيلان`), and one person told of without a number (`مقتل مدني`)."""
        found = self.clause.noun(place)
        if not found or found[1].definite or found[0].construct or self.clause.words[place].led:
            return None
        noun, form = found
        two = self.clause.key(place + 1) in members("twos")
        counted = read_noun(self.clause, found, place + 1 + two, one=noun.shape is Shape.SINGULAR)
        if noun.shape is Shape.DUAL or (noun.shape is Shape.BOTH and two):
            return self._judge(Numeral(place, place + 1, 2, 2, None, place), counted)
        if noun.shape is Shape.SINGULAR and self._is_one(place, noun, form):
            listed = self._listed_before(place)
            kind = self.clause.adjacent(place) or (listed.kind if listed else None)
            numeral = Numeral(place, place + 1, 1, 1, None, place)
            return self._finish(numeral, counted, kind, listed.whole if listed else None) if kind else None
        return None

    def _listed_before(self, place: int) -> Count | None:
        previous = self.counts[-1] if self.counts else None
        return previous if previous and previous.last == place and self.clause.joined(place) else None

    def _is_one(self, place: int, noun: Noun, form: Found) -> bool:
        """Say whether a singular without a number is one person: not named, nor the first word of a longer name."""
        if noun.kind or form.led or form.core in members("no_single") or form.core.endswith("يا"):
            return False
        if does_it(self.clause, place):
            return False
        after = self.clause.key(place + 1)
        return self.clause.broken(place + 1) or not after.startswith("ال") or after in members("prepositions")


def _root(count: Count) -> int:
    return count.first if count.whole is None else count.whole
