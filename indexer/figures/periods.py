"""The time that a sentence states for a figure: since when, between when and when, in which year."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from archive.folding import fold
from archive.wordlists import read_rows
from indexer.figures.vocabulary import members
from indexer.figures.words import Word, cores

_LONGEST = 14
_LONGEST_UNDATED = 4
_SPAN_HALF = 5


class Period(NamedTuple):
    """A stretch of time as written: the words `first` up to `last` (not included). `dated`: with a year or a month."""

    first: int
    last: int
    dated: bool = True


@cache
def _months() -> frozenset[str]:
    names = (name for _, _, cell in read_rows("archive.dates", "months.tsv") for name in cell.split(","))
    return frozenset(fold(name).split()[0] for name in names if name.strip())


def find_periods(words: Sequence[Word]) -> list[Period]:
    """Return the periods that a sentence states, in order."""
    found: list[Period] = []
    place = 0
    while place < len(words):
        period = _period_at(words, place)
        if period:
            found.append(period)
        place = period.last if period else place + 1
    return found


def _period_at(words: Sequence[Word], place: int) -> Period | None:
    key = words[place].key
    if key in ("منذ", "ومنذ"):
        return _since(words, place)
    if key in ("بين", "مابين") and (period := _from_to(words, place)):
        return period
    if key == "من" and (period := _from_to(words, place, link="الي")):
        return period
    if key in ("خلال", "طوال", "طيله") or (
        key == "في" and place + 1 < len(words) and words[place + 1].key in members("recent")
    ):
        return _during(words, place)
    if key in ("عام", "العام", "سنه") and _is_year(words, place + 1):
        return Period(place, place + 2)
    return None


def _since(words: Sequence[Word], place: int) -> Period | None:
    """Read on to the last date of the clause; without one, a few words."""
    last, dated = place + 1, 0
    while last < min(len(words), place + _LONGEST) and not (words[last].broken and not _slash(words[last])):
        if words[last].key in members("period_ends"):
            break
        last += 1
        if _is_date(words, last - 1):
            dated = last
    end = dated or _undated_end(words, place + 1, min(last, place + 1 + _LONGEST_UNDATED))
    return Period(place, end, bool(dated)) if end > place + 1 else None


def _undated_end(words: Sequence[Word], first: int, last: int) -> int:
    """Return the end of `منذ صباح اليوم`, `منذ ثلاث سنوات`, `منذ بدء الحملة`; `first` itself if it is none of these."""
    if first >= last:
        return first
    if words[first].key in members("beginnings"):
        return min(first + 2, last)
    ends = [at + 1 for at in range(first, last) if _is_time(words[at].key)]
    return ends[-1] if ends else first


def _is_time(key: str) -> bool:
    return key in members("units") or key in members("daytimes")


def _from_to(words: Sequence[Word], place: int, link: str = "") -> Period | None:
    middle = None
    for at in range(place + 1, min(len(words), place + 2 * _SPAN_HALF)):
        if words[at].broken and not _slash(words[at]):
            return None
        joined = words[at].joined or words[at].key[0] == "و"
        if middle is None and (words[at].key == link if link else joined) and _any_date(words, place + 1, at):
            middle = at
        if middle is not None and _is_year(words, at):
            return Period(place, at + 1)
    return None


def _any_date(words: Sequence[Word], first: int, last: int) -> bool:
    return any(_is_date(words, at) for at in range(first, last))


def _during(words: Sequence[Word], place: int) -> Period | None:
    for at in range(place + 1, min(len(words), place + 4)):
        if words[at].broken:
            return None
        if _is_year(words, at):
            return Period(place, at + 1)
        if words[at].key in members("units"):
            after = at + 1
            more = (
                after < len(words)
                and not words[after].broken
                and words[after].key.startswith(("الماضي", "الاخير", "المنصرم"))
            )
            return Period(place, after + more, False)
    return None


def _is_date(words: Sequence[Word], place: int) -> bool:
    return _is_year(words, place) or any(core.core in _months() for core in cores(words[place].key))


def _is_year(words: Sequence[Word], place: int) -> bool:
    key = words[place].key if place < len(words) else ""
    return len(key) == 4 and key.isdigit() and 1900 <= int(key) <= 2100


def _slash(word: Word) -> bool:
    return word.gap.strip() in ("/", "(", "")
