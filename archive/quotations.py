"""Quotations and brackets of a line, told from the marks' shape: straight and mis-closed ones are common in Arabic."""

import re
from collections.abc import Iterable, Iterator

QUOTES = {'"': '"', "“": "“", "”": "“", "„": "“", "«": "«", "»": "«", "‹": "«", "›": "«"}
"""Each quotation mark with its style; the two marks of one style close each other."""

_OPENING = {"(": ")", "[": "]", "{": "}"}
_CLOSING = {")": "(", "]": "[", "}": "{"}
_MARKS = re.compile(r"[\"“”„«»‹›(){}\[\]]")


def enclosures(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the outermost quotations and brackets of a line: where each opening and its closing mark stand."""
    return list(_outermost(_pairs(text, start, end)))


def quotations(text: str) -> list[tuple[int, int]]:
    """Return where the outermost quotations of a text open and close; none goes beyond its line.

    >>> quotations('قال "نعم" ثم “لا“.')
    [(4, 8), (13, 16)]
    """
    lines = re.finditer(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+", text)
    pairs = (pair for line in lines for pair in _pairs(text, line.start(), line.end()) if text[pair[0]] in QUOTES)
    return list(_outermost(pairs))


def _pairs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the quotations and brackets of a line as offsets of their opening and closing marks, by closing mark."""
    quotes: dict[str, int] = {}
    brackets: list[tuple[str, int]] = []
    for found in _MARKS.finditer(text, start, end):
        mark, here = found.group(), found.start()
        if mark in _OPENING:
            brackets.append((mark, here))
        elif mark in _CLOSING:
            if brackets and brackets[-1][0] == _CLOSING[mark]:
                yield brackets.pop()[1], here
        elif (style := QUOTES[mark]) in quotes and not _opens(text, here, start, end):
            yield quotes.pop(style), here
        else:
            quotes[style] = here  # an earlier one of the same style was never closed


def _opens(text: str, here: int, start: int, end: int) -> bool:
    """Say whether the shape around a quotation mark shows that it opens one."""
    before = here == start or text[here - 1].isspace() or text[here - 1] in "([{"
    behind = here + 1 < end and not text[here + 1].isspace() and (text[here + 1].isalnum() or text[here + 1] in "#@([")
    return before and behind and text[here] not in "”"


def _outermost(pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    reach = -1
    for opened, closed in sorted(pairs):
        if closed > reach:
            yield opened, closed
            reach = closed
