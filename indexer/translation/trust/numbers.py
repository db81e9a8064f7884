"""The numbers that an English line changes, leaves out or adds."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from archive.document import Note
from indexer.translation.trust.arabic_numbers import arabic_numbers
from indexer.translation.trust.english_numbers import english_numbers
from indexer.translation.trust.line import Line
from indexer.translation.trust.quantity import Quantity, exact

MOST_COUNTED = 100
"""Numbers of a line that are counted, where one side gives some more often; no sentence has as many."""

_NEAR = 6
_SCALES = (1_000_000_000, 1_000_000, 1000)


def number_notes(arabic: Line, english: Line) -> Iterator[Note]:
    """Yield a note for each number that the two lines don't share; one missing and one added are one changed.

    >>> list(number_notes(Line("قُتل ٥٠ مدنيًا في 2019"), Line("60 civilians were killed in 2019")))
    [Note(code='number_changed', args=(50, 60))]
    """
    said = _with_sums(arabic, _with_shared_scales(arabic_numbers(arabic)))
    given = _with_shared_scales(english_numbers(english))
    said, given = _without_shared_months(said, given)
    missing = _distinct(_not_among(said, given))
    added = _distinct(_not_among(given, said))
    if len(added) > len(missing):
        missing += _surplus(said, given)[: len(added) - len(missing)]
    elif len(missing) > len(added):
        added += _surplus(given, said)[: len(missing) - len(added)]
    changed = list(zip(missing, added, strict=False))
    yield from (Note("number_changed", (lost.shown, got.shown)) for lost, got in changed)
    for lost in missing[len(changed) :]:
        yield (
            Note("quantity_missing", (lost.shown, lost.english))
            if lost.english
            else Note("number_missing", (lost.shown,))
        )
    yield from (Note("number_added", (got.shown,)) for got in added[len(changed) :])


def _without_shared_months(said: list[Quantity], given: list[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """Leave out the months that both sides name: they can't stand for a 5 of the other side as well."""
    shared = {one.values for one in said if one.month} & {one.values for one in given if one.month}
    if not shared:
        return said, given
    return [q for q in said if q.values not in shared or not q.month], [
        q for q in given if q.values not in shared or not q.month
    ]


def _with_shared_scales(numbers: list[Quantity]) -> list[Quantity]:
    """Return numbers with what the first of two is when it shares the scale of the second: two to three million."""
    for place, (one, after) in enumerate(pairwise(numbers)):
        if isinstance(one.shown, str) or isinstance(after.shown, str) or not 0 <= after.start - one.end <= _NEAR:
            continue
        scale = next((scale for scale in _SCALES if after.shown >= scale), 1)
        if one.firm and 0 < one.shown < min(scale, 1000):
            numbers[place] = replace(one, values=one.values | exact((float(one.shown) * scale,)))
    return numbers


def _with_sums(line: Line, numbers: list[Quantity]) -> list[Quantity]:
    """Return numbers with the sum of two that و joins, the scale of the first in words: 20 ألفا و500."""
    for place, (one, after) in enumerate(pairwise(numbers)):
        if (
            isinstance(one.shown, str)
            or isinstance(after.shown, str)
            or line.text[one.end : after.start].strip() != "و"
        ):
            continue
        scale = next((scale for scale in _SCALES if one.shown >= scale), 0)
        if scale > after.shown > 0 and one.shown % scale == 0:
            total = exact((float(one.shown + after.shown),))
            numbers[place] = replace(one, values=one.values | total)
            numbers[place + 1] = replace(after, values=after.values | total)
    return numbers


def _not_among(wanted: Sequence[Quantity], there: Sequence[Quantity]) -> Iterator[Quantity]:
    values = frozenset().union(*(quantity.values for quantity in there))
    return (quantity for quantity in wanted if quantity.firm and values.isdisjoint(quantity.values))


def _surplus(said: Sequence[Quantity], given: Sequence[Quantity]) -> list[Quantity]:
    """Return the numbers that one side gives more often than the other does."""
    firm = [quantity for quantity in said[:MOST_COUNTED] if quantity.firm]
    counts = Counter(quantity.shown for quantity in firm)
    found = (sum(not one.values.isdisjoint(other.values) for other in given[:MOST_COUNTED]) for one in firm)
    return _distinct(one for one, times in zip(firm, found, strict=True) if 0 < times < counts[one.shown])


def _distinct(quantities: Iterator[Quantity]) -> list[Quantity]:
    return list({quantity.shown: quantity for quantity in quantities}.values())
