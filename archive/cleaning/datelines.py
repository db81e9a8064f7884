"""Datelines: where, when and by which agency a report was filed, before its first sentence (`بيروت –`)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from archive.cleaning import vocabulary
from archive.cleaning.labels import is_agency, is_name, is_outlet
from archive.cleaning.lines import core
from archive.dates import find_dates

_LONGEST = 80  # letters
_DASHED = re.compile(r"(?P<head>[^\n:.!؟?\"“«]{2,80}?)\s?(?:\s[-–—]{1,2}|[–—]{1,2}|(?<=\))\s?[-:]|(?<=\w)-)(?=\s)")
_COLON = re.compile(r"(?P<head>[^\n:/.!؟?\"“«]{2,60}?)\s?[:/](?=\s)")
_SLASHED = re.compile(r"(?P<head>(?:[^\n/:.!؟?\"“«]{2,30}/){1,3}\s?[^\n/:.!؟?\"“«]{2,25}?)(?:\s?/|\s?[-–—:])(?=\s)")
_JOINED = re.compile(r"(?P<head>[^\n:/.!؟?\"“«–-]{2,30}\s?[-–]\s?\w{2,12})(?=\s)")
_RUNNING = 20  # letters of text that must follow


def dateline_length(text: str, *, first: bool) -> int:
    """Return how long the dateline at the start of a paragraph is, its dash included; 0 where there is none.

    A known place or agency makes one anywhere; an unknown place only at the start of the report's first paragraph.

    >>> dateline_length("بيروت – قال المرصد السوري لحقوق الإنسان الجمعة", first=True)
    7
    >>> dateline_length("الحكومة - وهي الثالثة هذا العام - تقدمت باستقالتها", first=True)
    0
    """
    for found in _candidates(text[: _LONGEST + 40]):
        if _is_dateline(found, first=first, rest=text[found.end() :]):
            return found.end()
    return 0


def _candidates(beginning: str) -> Iterator[re.Match[str]]:
    """Yield what may be a dateline by its marks, the longer first."""
    dashed = _DASHED.match(beginning)
    once_more = re.escape(dashed.group()) if dashed else ""
    longer = rf"(?P<head>{once_more}\s?[^\n.!؟?\"“«–—-]{{2,40}}?)\s?(?:[-–—]{{1,2}}|:)(?=\s)"
    tried = (_SLASHED.match(beginning), re.match(longer, beginning) if dashed else None, dashed)
    yield from (found for found in (*tried, _COLON.match(beginning), _JOINED.match(beginning)) if found is not None)


def _is_dateline(found: re.Match[str], *, first: bool, rest: str) -> bool:
    head, colon = found.group("head"), found.group().endswith((":", "/"))
    if len(rest.strip()) < _RUNNING or len(head) > _LONGEST:
        return False
    parts = [part for part in parts_of(head) if part]
    if not 1 <= len(parts) <= 5:
        return False
    known = [_is_known(part) for part in parts]
    if found.re is _JOINED:
        return len(parts) == 2 and _is_place(parts[0]) and is_agency(parts[1])
    if colon and found.re is not _SLASHED:
        return all(known) and any(is_agency(part) or is_outlet(part) or _is_place(part) for part in parts)
    if any(_is_place(part) or is_agency(part) or is_outlet(part) for part in parts):
        return all(ok or len(part.split()) <= 3 for ok, part in zip(known, parts, strict=True))
    single = len(parts) == 1 and len(parts[0].split()) <= 2 and not parts[0].startswith(("ال", "و"))
    capitals = head.isupper()
    return first and (single or capitals) and not re.search(r"\s[-–—]\s", rest[:200])


def stands_alone(text: str, *, placed: bool) -> bool:
    """Say whether a line is nothing but a dateline: a place or writer and an agency, parted by a dash or slash.

    `placed`: the line stands where a dateline would, right before the first paragraph; so the place needn't be known.

    >>> stands_alone("دمشق - سانا", placed=False), stands_alone("سوق البلدة - رويترز", placed=False)
    (True, False)
    """
    parts = parts_of(text)
    if not 2 <= len(parts) <= 4 or len(text) > _LONGEST:
        return False
    others = [part for part in parts if not is_agency(part) and not is_outlet(part)]
    if len(others) == len(parts) or not others:
        return False
    return all(_is_known(part) or (placed and len(part.split()) <= 2) for part in others)


def parts_of(head: str) -> list[str]:
    """Return the places, names, agencies and dates that a dateline names.

    >>> parts_of("دمشق (سانا) 12 آذار")
    ['دمشق', 'سانا', '12 آذار']
    """
    dates = find_dates(head)
    cuts = [0, *(cut for date in dates for cut in (date.start, date.end)), len(head)]
    parts: list[str] = []
    for number, (start, end) in enumerate(pairwise(cuts)):
        piece = head[start:end]
        parts.extend([piece] if number % 2 else re.split(r"[()/\[\]،,|:]|\s?[-–—]+\s?", piece))
    return [part.strip() for part in parts if part.strip()]


def _is_known(part: str) -> bool:
    return _is_place(part) or is_agency(part) or is_outlet(part) or is_name(part) or bool(find_dates(part))


def _is_place(part: str) -> bool:
    return vocabulary.is_listed("places.txt", core(part))
