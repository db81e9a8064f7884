"""Cutting a sentence that is longer than a model takes: at its clauses where it has some."""

import re
from collections.abc import Callable

_BORDERS = (
    re.compile(r"[.!?…؟۔][\"”»’')\]]*\s+"),
    re.compile(r"[;:؛]\s*|\s+[–—-]\s+|\n+"),
    re.compile(r"[,،]\s*"),
    re.compile(r"\s+(?=و\w)|\s+(?=(?:ثم|حيث|فيما|بينما|كما|لكن|إذ|التي|الذي|الذين)\s)"),
    re.compile(r"\s+"),
)
"""Where to cut, best first: sentences, parts, commas, before a conjunction or relative, between words."""

_MIDDLE = (0.2, 0.8)
"""A cut outside this part of the text leaves a scrap that no model translates well."""


def split_clauses(text: str, fits: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Return half-open spans that cover the text but for white space between them, each of which fits.

    A span that can't be cut further is returned as it is.

    >>> text = "وصلت القافلة صباحا، ثم غادرت المدينة مساء"
    >>> [text[start:end] for start, end in split_clauses(text, lambda part: len(part) <= 25)]
    ['وصلت القافلة صباحا،', 'ثم غادرت المدينة مساء']
    """
    done: list[tuple[int, int]] = []
    waiting = [_trimmed(text, 0, len(text))]
    while waiting:
        start, end = waiting.pop()
        if end - start < 2 or fits(text[start:end]):
            done += [(start, end)] if start < end else []
            continue
        cut = _best_cut(text, start, end)
        waiting += [_trimmed(text, cut, end), _trimmed(text, start, cut)]
    return done


def _best_cut(text: str, start: int, end: int) -> int:
    """Return the border nearest to the middle, of the best kind that has one there."""
    middle = (start + end) // 2
    low, high = (start + int((end - start) * part) for part in _MIDDLE)
    for border in _BORDERS:
        cuts = [match.end() for match in border.finditer(text, low, high) if start < match.end() < end]
        if cuts:
            return min(cuts, key=lambda cut: abs(cut - middle))
    return middle


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
