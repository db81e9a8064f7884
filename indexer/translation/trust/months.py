"""Months named in a line, as the numbers that a date in digits gives for them."""

from collections.abc import Iterator
from functools import cache

from archive.wordlists import read_rows
from indexer.analysis.folding import casefold, fold, fold_latin
from indexer.translation.trust.line import Line
from indexer.translation.trust.quantity import Quantity, exact

_PARTICLES = ("", "ل", "ب", "و", "ول", "وب", "ف")


@cache
def _months() -> dict[str, frozenset[float]]:
    """Return the numbers of the months by the first word of their names."""
    table: dict[str, set[float]] = {}
    for number, calendar, names in read_rows("archive.dates", "months.tsv"):
        if calendar != "gregorian":
            continue
        for name in names.split(","):
            first = name.split()[0]
            keys = [fold_latin(casefold(first))] if first.isascii() else [p + fold(first) for p in _PARTICLES]
            for key in keys:
                table.setdefault(key, set()).add(float(number))
    return {key: frozenset(numbers) for key, numbers in table.items()}


def months(line: Line) -> Iterator[Quantity]:
    """Yield the months of a line; they serve to find what the other side gives in digits.

    >>> [sorted(month.values) for month in months(Line("On 8 March he may go")) ]
    [[3.0]]
    """
    table = _months()
    for place, key in enumerate(line.keys):
        numbers = table.get(key)
        if numbers and not line.words[place].text.islower():  # may, march, sep; Arabic is never lower case
            yield Quantity(line.words[place].start, line.words[place].end, exact(numbers), key, False, month=True)
