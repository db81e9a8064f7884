"""English names as running text writes them: which spell one name, and putting one spelling in the place of another."""

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from archive.translation import AlignedPair
from indexer.analysis.folding import fold
from indexer.names import likeness

ALIKE = 0.8
"""Likeness to one Arabic name from which two English names are spellings of it, not two names of a thing."""

CLOSE = 0.9
"""Part of the letters that spellings of two Arabic spellings of one name share."""

_LENGTHS = (0.7, 1.4)
_BREAKS = re.compile(r"[\s\-‐‑]+")
_APOSTROPHES = re.compile(r"['’‘ʼʿʾ`]")
_ARTICLES = frozenset(("al", "el", "ul", "as", "ash", "es", "ar", "er", "az", "ez", "ad", "ed", "at", "et", "an"))
_OPENING = re.compile(r"(?:^|[.!?…]\s)[\s\"'“‘(\[«]*$")
_INDEFINITE = re.compile(r"(?<!\w)(an?)(\s+)$", re.IGNORECASE)


class Change(NamedTuple):
    """A run of a line and what stands there instead."""

    start: int
    end: int
    written: str


def spelling_key(name: str) -> str:
    """Return what all ways to write a spelling share.

    >>> spelling_key("Deir ez-Zor") == spelling_key("deir-ezzor"), spelling_key("Sha'fa")
    (True, 'shafa')
    """
    return _BREAKS.sub("", _APOSTROPHES.sub("", name)).casefold()


def same_name(arabic: Iterable[str], one: str, other: str) -> bool:
    """Say whether two English names spell the same Arabic one, rather than call a thing by two names.

    >>> same_name(["دير الزور"], "Deir ez-Zor", "Dayr az-Zawr"), same_name(["داعش"], "Islamic State", "Daesh")
    (True, False)
    """
    left, right = _sound(one), _sound(other)
    if not (left and right and _LENGTHS[0] <= len(left) / len(right) <= _LENGTHS[1]):
        return False
    fits = [(likeness(name, left) >= ALIKE, likeness(name, right) >= ALIKE) for name in map(_letters, arabic)]
    if any(both == (True, True) for both in fits):
        return True
    each = any(one for one, _ in fits) and any(other for _, other in fits)
    return each and SequenceMatcher(None, left, right).ratio() >= CLOSE  # البوكمال, أبو كمال


def exchange(line: str, wanted: Mapping[str, str | None], names: Iterable[str]) -> tuple[list[Change], set[str]]:
    """Return where a line needs another spelling, and the keys of the names that stand in it.

    `wanted` gives the spelling to write by the key of the one met, None for those that may stand. Among names that
    overlap the longest counts.

    >>> line = "They left an Dayr az-Zawr camp."
    >>> changes, _ = exchange(line, {spelling_key("Dayr az-Zawr"): "Deir ez-Zor"}, ["Dayr az-Zawr"])
    >>> written(line, changes)
    'They left a Deir ez-Zor camp.'
    """
    ordered = tuple(sorted(set(names), key=lambda name: (-len(name), name)))
    small = {spelling_key(name) for name in ordered if name.islower()}  # else a hit would be Hit
    changes: list[Change] = []
    met: set[str] = set()
    for match in _finder(ordered).finditer(line):
        key = spelling_key(match[0])
        if match[0].islower() and key not in small:
            continue
        met.add(key)
        spelling = wanted.get(key)
        if spelling and match[0].casefold() != spelling.casefold():
            changes.append(_change(line, match.start(), match.end(), spelling))
    return changes, met


def written(line: str, changes: Iterable[Change]) -> str:
    """Return a line with its changes, which are in order."""
    text, rest = "", 0
    for change in changes:
        text += line[rest : change.start] + change.written
        rest = change.end
    return text + line[rest:]


def moved(pair: AlignedPair, changes: Iterable[Change]) -> AlignedPair:
    """Return a pair where it is after the changes; one that a change cuts into takes in all that is written there."""
    shift_start = shift_end = 0
    start, end = pair.target_start, pair.target_end
    for change in changes:
        grown = len(change.written) - (change.end - change.start)
        if change.end <= start:
            shift_start += grown
            shift_end += grown
        elif change.start < end:
            start, end = min(start, change.start), max(end, change.end)
            shift_end += grown
    return AlignedPair(pair.source_start, pair.source_end, start + shift_start, end + shift_end, pair.confidence)


def _change(line: str, start: int, end: int, spelling: str) -> Change:
    """Return the change to a spelling, with the capitals of its place and the indefinite article that it wants."""
    met = line[start:end]
    opening = bool(_OPENING.search(line[:start]))
    if line.isupper() and len(met) > 1:
        spelling = spelling.upper()
    elif met[0].isupper() and (opening or spelling.islower()):
        spelling = spelling[0].upper() + spelling[1:]
    article = _INDEFINITE.search(line[:start])
    if article:
        proper = article[1][0] + ("n" if spelling[0].casefold() in "aeiou" else "")
        spelling, start = f"{proper}{article[2]}{spelling}", article.start()
    return Change(start, end, spelling)


@lru_cache(4096)
def _finder(names: tuple[str, ...]) -> re.Pattern[str]:
    ways = "|".join(_way(name) for name in names)
    return re.compile(rf"(?<!\w)(?:{ways})(?!\w)" if ways else r"(?!)", re.IGNORECASE)


def _way(name: str) -> str:
    """Return the pattern of a name: parts may be joined or hyphened, apostrophes may be left out."""
    parts = ("['’‘ʼʿʾ`]?".join(map(re.escape, _APOSTROPHES.split(part))) for part in _BREAKS.split(name) if part)
    return r"[\s\-‐‑]?".join(parts)


@lru_cache(65536)
def _sound(english: str) -> str:
    parts = [part for part in _BREAKS.split(_APOSTROPHES.sub("", english).casefold()) if part]
    return "".join(part for part in parts if part not in _ARTICLES)


@lru_cache(65536)
def _letters(arabic: str) -> str:
    return "".join(word.removeprefix("ال") for word in fold(arabic).split())
