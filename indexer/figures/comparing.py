"""Figures that differ, side by side: never resolved, never ranked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from indexer.figures.figure import Figure, FigureKind
from indexer.gazetteer import load_gazetteer


class Difference(StrEnum):
    """How figures differ: the number of the same people, or the people that the same number is told of."""

    NUMBER = "number"
    WHO = "who"


@dataclass(frozen=True, slots=True)
class Side:
    """A figure, and the item that mentions it."""

    item: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures of one kind that differ, in the order of the items and their texts. Which is right is not ours to say.

    `who` is whom they count; for `Difference.WHO`, empty: each side has its own.
    """

    difference: Difference
    kind: FigureKind
    who: tuple[str, ...]
    sides: tuple[Side, ...]


def conflicts(mentioned: Mapping[str, Sequence[Figure]]) -> tuple[Conflict, ...]:
    """Return the figures that differ, within an item and across items; `mentioned` holds the figures of each item.

    Compared are figures of one kind and the same people, and figures of one kind and number; both totals over a period
    or both not; not where both name places that have nothing to do with each other. Figures of related headlines are
    left out. That figures stand here doesn't say that they count the same event.
    """
    sides = [Side(item, figure) for item, figures in mentioned.items() for figure in figures if not figure.aside]
    return (*_numbers(sides), *_people(sides))


def _numbers(sides: Sequence[Side]) -> list[Conflict]:
    groups: dict[tuple[FigureKind, tuple[str, ...], bool], list[Side]] = defaultdict(list)
    for side in sides:
        figure = side.figure
        if figure.who:
            groups[figure.kind, tuple(sorted(figure.who)), figure.period is not None].append(side)
    return [
        Conflict(Difference.NUMBER, kind, who, tuple(event))
        for (kind, who, _), group in groups.items()
        for event in _by_place(group)
        if len({_number(side.figure) for side in event}) > 1
    ]


def _people(sides: Sequence[Side]) -> list[Conflict]:
    groups: dict[tuple[FigureKind, int, bool], list[Side]] = defaultdict(list)
    for side in sides:
        figure = side.figure
        number = figure.low if figure.low is not None else figure.high
        if figure.who and number is not None and number > 1:
            groups[figure.kind, number, figure.period is not None].append(side)
    return [
        Conflict(Difference.WHO, kind, (), tuple(event))
        for (kind, _, _), group in groups.items()
        for event in _by_place(group)
        if len({tuple(sorted(side.figure.who)) for side in event}) > 1
    ]


def _number(figure: Figure) -> tuple[int | None, int | None, str | None]:
    return figure.low, figure.high, figure.qualifier


def _by_place(group: Sequence[Side]) -> list[list[Side]]:
    """Part a group by places that have nothing to do with each other; a figure without a place stays with all."""
    events: list[tuple[set[str], list[int]]] = []
    placeless: list[int] = []
    for number, side in enumerate(group):
        if not side.figure.places:
            placeless.append(number)
            continue
        around = _around(side.figure.places)
        first, *others = [event for event in events if not event[0].isdisjoint(around)] or [(set[str](), list[int]())]
        if not first[1]:
            events.append(first)
        first[0].update(around)
        first[1].append(number)
        for other in others:
            first[0].update(other[0])
            first[1].extend(other[1])
            events.remove(other)
    if not events:
        return [list(group)]
    return [[group[number] for number in sorted([*event, *placeless])] for _, event in events]


@lru_cache(maxsize=4096)
def _around(places: tuple[str, ...]) -> frozenset[str]:
    """Return places with what they lie in, short of the country."""
    gazetteer = load_gazetteer()
    entries = [entry for place in places if (entry := gazetteer.entry(place))]
    around = {entry.id for entry in entries}
    for entry in entries:
        around |= {above.id for above in gazetteer.lineage(entry) if above.kind != "place.country"}
    return frozenset(around)
