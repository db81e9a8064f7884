"""Word lists: UTF-8 text files that lie next to the code that reads them, one entry per line, `#` starts a comment."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def _lines(package: str, name: str) -> Iterator[str]:
    for line in (files(package) / name).read_text(encoding="utf-8").splitlines():
        entry = line.split("#", 1)[0].rstrip() if not line.startswith("\\#") else line[1:].rstrip()
        if entry.strip():
            yield entry


@cache
def read_words(package: str, name: str) -> frozenset[str]:
    """Return the entries of a word list, stripped."""
    return frozenset(line.strip() for line in _lines(package, name))


@cache
def read_rows(package: str, name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a tab-separated word list, in the order of the file."""
    return tuple(tuple(cell.strip() for cell in line.split("\t")) for line in _lines(package, name))
