"""What may be asked for: levels, numbers, and the queries that a facet leads to. Page and terminal share it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from indexer.errors import QueryError

if TYPE_CHECKING:
    from archive.store import Order
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


@dataclass(frozen=True, slots=True)
class Closeness:
    """How closely words must be met: the levels that count (None: all), and whether names of the other script do."""

    levels: tuple["Level", ...] | None = None
    names: bool = True

    @property
    def kept(self) -> dict[str, str]:
        """What an address carries of it; nothing where everything counts."""
        levels = {} if self.levels is None else {"levels": ",".join(self.levels)}
        return levels if self.names else levels | {"names": "0"}


class _Standing(NamedTuple):
    """A field in a query: its name, the values that it asks for, and where it stands."""

    field: str
    values: tuple[str, ...]
    start: int
    end: int


def read_closeness(levels: str, names: str) -> Closeness:
    """Return how closely words must be met, as an address says it. Raises `QueryError` for a level that is none.

    >>> read_closeness("exact,folded", "0").kept
    {'levels': 'exact,folded', 'names': '0'}
    """
    chosen = read_levels(levels) if levels else None
    return Closeness(chosen, names not in ("0", "no", "false"))


def ladder() -> list[tuple["Level", str]]:
    """Return each level with the list of all that are as close: what a reader can choose as the furthest.

    >>> [(str(level), levels) for level, levels in ladder()][1]
    ('folded', 'exact,folded')
    """
    from indexer.analysis.token import Level

    rungs = [level for level in Level if level is not Level.LIGHT]
    return [(rung, ",".join(level for level in Level if level.rank <= rung.rank)) for rung in rungs]


def choices(query: str, facets: Mapping[str, Sequence["Bucket"]], language: str = "en") -> dict[str, list[Choice]]:
    """Return the values of each facet that narrows a query, in the order of the facets, what is chosen first."""
    standing = list(_standing(query))
    return {
        field: sorted((_choice(query, field, b, standing, language) for b in buckets), key=lambda c: not c.chosen)
        for field, buckets in facets.items()
        if buckets and field in FIELDS
    }


def wider(query: str) -> list[tuple[str, str]]:
    """Return each field in a query as typed, with the query without it.

    >>> wider("الباغوز date:2019 outlet:سانا")
    [('outlet:سانا', 'الباغوز date:2019'), ('date:2019', 'الباغوز outlet:سانا')]
    """
    fields = sorted(_standing(query), key=lambda one: -one.start)
    return [(query[one.start : one.end], _without(query, one)) for one in fields]


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


def orders() -> tuple[str, ...]:
    """Return the names of the orders that results can be put in, by how well they match first."""
    from archive.store import Order

    return ("relevance", Order.NEWEST, Order.OLDEST)


def read_order(text: str) -> "Order | None":
    """Return the order named in an address, None for that of relevance. Raises `QueryError` for a name that is none.

    >>> read_order(""), read_order("date")
    (None, <Order.NEWEST: 'date'>)
    """
    from archive.store import Order

    if text in ("", "relevance"):
        return None
    if text not in orders():
        known = ", ".join(orders())
        raise QueryError(f"There is no order “{text[:40]}”; the orders are {known}.", "bad_order", text[:40], known)
    return Order(text)


def whole_number(name: str, text: str | None, default: int, *, low: int, high: int) -> int:
    """Return the number written in `text`, or `default` where it is empty. Raises `QueryError` outside low to high."""
    if not text:
        return default
    if re.fullmatch(r"\d{1,12}", text) and low <= int(text) <= high:
        return int(text)
    message = f"{name} is a whole number from {low} to {high}, not “{text[:40]}”."
    raise QueryError(message, "not_a_number", name, low, high, text[:40])


def _choice(query: str, field: str, bucket: "Bucket", standing: Sequence[_Standing], language: str) -> Choice:
    asked = _asked(FIELDS[field], bucket.value)
    found = next((one for one in standing if one.field == FIELDS[field] and asked in one.values), None)
    if found is None:
        narrower = f"{query} {_clause(FIELDS[field], bucket.value)}".strip()
        return Choice(bucket.value, bucket.named(language), bucket.count, narrower, False)
    return Choice(bucket.value, bucket.named(language), bucket.count, _without(query, found), True)


def _without(query: str, standing: _Standing) -> str:
    return f"{query[: standing.start].rstrip()} {query[standing.end :].lstrip()}".strip()


def _asked(field: str, value: str) -> str:
    """Return a facet's value as a field of a query that asks for it has it among its values."""
    from indexer.analysis import filter_value

    return value if field in ("date", "level", "place", "actor") else filter_value(value)


def _standing(query: str) -> Iterator[_Standing]:
    """Yield the fields that a query asks for beside its words; not those that it leaves out or gives a choice of."""
    from indexer.query import read_query
    from indexer.query.named import filter_values
    from indexer.query.syntax import DateRange, Filter

    for part in read_query(query).root.parts:
        if isinstance(part, Filter):
            yield _Standing(part.field, filter_values(part.field, part.value), part.start, part.end)
        elif isinstance(part, DateRange):
            year = part.low if part.low and part.high == f"{part.low}-12-31" else ""
            yield _Standing("date", (year,), part.start, part.end)
    for level in re.finditer(r"(?<!\S)level:(\w+)(?!\S)", query):
        yield _Standing("level", (level[1].lower(),), *level.span())


def _clause(field: str, value: str) -> str:
    plain = value.replace('"', " ").strip()
    return f"{field}:{plain}" if re.fullmatch(r"[\w-]+", plain) else f'{field}:"{plain}"'
