"""What may be asked for: levels, numbers, and the queries that a facet leads to. Page and terminal share it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.errors import QueryError

if TYPE_CHECKING:
    from indexer.analysis.token import Level
    from indexer.hit import Bucket

FIELDS = {"outlet": "outlet", "year": "date", "place": "place", "actor": "actor", "level": "level", "origin": "origin"}
"""The facets, and the field of the query by which each narrows."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A facet value and the query it leads to; when the query has it already (`chosen`), the query without it."""

    value: str
    label: str
    count: int
    query: str
    chosen: bool


def choices(query: str, facets: Mapping[str, Sequence["Bucket"]]) -> dict[str, list[Choice]]:
    """Return the values of each facet that narrows a query, in the order of the facets."""
    return {
        field: [_choice(query, field, bucket) for bucket in buckets]
        for field, buckets in facets.items()
        if buckets and field in FIELDS
    }


def narrowed(query: str, field: str, value: str) -> str:
    """Return the query with one more field.

    >>> narrowed("الباغوز", "outlet", "عنب بلدي")
    'الباغوز outlet:"عنب بلدي"'
    >>> narrowed("Baghouz", "date", "2019")
    'Baghouz date:2019'
    """
    return f"{query} {_clause(field, value)}".strip()


def read_levels(text: str) -> tuple["Level", ...]:
    """Return the levels named in a list with commas, `all` for every one. Raises `QueryError` for a name that is none.

    >>> read_levels("exact, folded")
    (<Level.EXACT: 'exact'>, <Level.FOLDED: 'folded'>)
    """
    from indexer.analysis.token import Level

    if text.strip() == "all":
        return tuple(Level)
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in list(Level):
            known = ", ".join(Level)
            raise QueryError(f"There is no level “{name}”; the levels are {known}.", "bad_level", name, known)
    return tuple(Level(name) for name in names)


def whole_number(name: str, text: str | None, default: int, *, low: int, high: int) -> int:
    """Return the number written in `text`, or `default` where it is empty. Raises `QueryError` outside low to high."""
    if not text:
        return default
    if re.fullmatch(r"\d{1,12}", text) and low <= int(text) <= high:
        return int(text)
    message = f"{name} is a whole number from {low} to {high}, not “{text[:40]}”."
    raise QueryError(message, "not_a_number", name, low, high, text[:40])


def _choice(query: str, field: str, bucket: "Bucket") -> Choice:
    clause = _clause(FIELDS[field], bucket.value)
    words = query.split()
    without = f" {query} ".replace(f" {clause} ", " ").strip() if clause in query else query
    chosen = without != query.strip() and bool(words)
    return Choice(bucket.value, bucket.label, bucket.count, without if chosen else f"{query} {clause}".strip(), chosen)


def _clause(field: str, value: str) -> str:
    plain = value.replace('"', " ").strip()
    return f"{field}:{plain}" if re.fullmatch(r"[\w-]+", plain) else f'{field}:"{plain}"'
