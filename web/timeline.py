"""Results over time: a bar for each year, for each month of a few years, or for runs of years where there are many."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.hit import Bucket

MOST_BARS = 24
"""Bars in the row."""

NAMED_BARS = 12
"""Bars up to which each is named, and months are shown; of more, some are named."""

HEIGHT = 28
"""The height of the tallest bar, in units of the drawing."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A span of time: its first and last year or month (the same for one), its articles, its height, its query."""

    first: str
    last: str
    count: int
    height: int
    query: str
    named: bool

    @property
    def span(self) -> str:
        """The span as the query language writes it."""
        return self.first if self.first == self.last else f"{self.first}..{self.last}"


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars in order; `months`: each is a month; `everything` is the query without its dates, where it has some."""

    bars: tuple[Bar, ...]
    months: bool
    everything: str | None


def timeline(query: str, facets: Mapping[str, Sequence["Bucket"]]) -> Timeline:
    """Return the articles of a result over time, each bar with the query that it narrows to."""
    months = {bucket.value: bucket.count for bucket in facets.get("month", ())}
    years = {bucket.value: bucket.count for bucket in facets.get("year", ()) if re.fullmatch(r"\d{4}", bucket.value)}
    undated = without_dates(query)
    everything = None if undated == query else undated
    by_month = bool(months) and sum(months.values()) == sum(years.values())
    spans = list(_months(months)) if by_month else list(_years(years))
    if len(spans) > NAMED_BARS:
        by_month, spans = False, list(_years(years))
    most = max((count for *_, count in spans), default=0)
    every = -(-len(spans) // NAMED_BARS)
    bars = (
        Bar(first, last, count, -(-count * HEIGHT // most), _within(undated, first, last), place % every == 0)
        for place, (first, last, count) in enumerate(spans)
    )
    return Timeline(tuple(bars), by_month, everything)


def without_dates(query: str) -> str:
    """Return a query without the dates that it asks for beside its words; not without `date:none`.

    >>> without_dates("الباغوز date:2019 civilians"), without_dates("-date:2019 x")
    ('الباغوز civilians', '-date:2019 x')
    """
    from indexer.query import read_query
    from indexer.query.syntax import DateRange

    for part in reversed(read_query(query).root.parts):
        if isinstance(part, DateRange) and not part.none:
            query = f"{query[: part.start].rstrip()} {query[part.end :].lstrip()}".strip()
    return query


def _within(query: str, first: str, last: str) -> str:
    return f"{query} date:{first if first == last else f'{first}..{last}'}".strip()


def _years(counts: Mapping[str, int]) -> Iterator[tuple[str, str, int]]:
    """Yield the years from the first to the last, also those without an article; in runs where they are too many."""
    if not counts:
        return
    low, high = int(min(counts)), int(max(counts))
    run = next(run for run in (1, 2, 5, 10, 20, 50, 100, 500) if high // run - low // run < MOST_BARS)
    for start in range(low - low % run, high + 1, run):
        some = range(max(start, 1), start + run)
        yield f"{some[0]:04}", f"{some[-1]:04}", sum(counts.get(f"{year:04}", 0) for year in some)


def _months(counts: Mapping[str, int]) -> Iterator[tuple[str, str, int]]:
    first, last = (int(name[:4]) * 12 + int(name[5:]) - 1 for name in (min(counts), max(counts)))
    for number in range(first, last + 1):
        name = f"{number // 12:04}-{number % 12 + 1:02}"
        yield name, name, counts.get(name, 0)
