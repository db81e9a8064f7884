"""Datelines: where, when and by which agency a report was filed, before its first sentence (`بيروت –`)."""

import re

from archive.cleaning import vocabulary
from archive.cleaning.labels import is_agency, is_name, is_outlet
from archive.cleaning.lines import core
from archive.dates import find_dates

_LONGEST = 80  # letters
_DASHED = re.compile(r"(?P<head>[^\n:.!؟?\"“«]{2,80}?)\s?(?:\s[-–—]{1,2}|[–—]{1,2}|(?<=\))\s?[-:]|(?<=\w)-)(?=\s)")
_COLON = re.compile(r"(?P<head>[^\n:/.!؟?\"“«]{2,60}?)\s?[:/](?=\s)")
_SLASHED = re.compile(r"(?P<head>(?:[^\n/:.!؟?\"“«]{2,30}/){1,3}\s?[^\n/:.!؟?\"“«]{2,25}?)(?:\s?/|\s?[-–—:])(?=\s)")
_RUNNING = 20  # letters of text that must follow


def dateline_length(text: str, *, first: bool) -> int:
    """Return how long the dateline at the start of a paragraph is, its dash included; 0 where there is none.

    A known place or agency makes one anywhere; an unknown place only at the start of the report's first paragraph.

    >>> dateline_length("بيروت – قال المرصد السوري لحقوق الإنسان الجمعة", first=True)
    7
    >>> dateline_length("الحكومة - وهي الثالثة هذا العام - تقدمت باستقالتها", first=True)
    0
    """
    head = text[: _LONGEST + 40]
    for pattern in (_SLASHED, _DASHED, _COLON):
        found = pattern.match(head)
        while found is not None:
            longer = _longer(head, found) if pattern is _DASHED else None
            if longer is not None and _is_dateline(
                longer.group("head"), colon=False, first=first, rest=text[longer.end() :]
            ):
                return longer.end()
            if _is_dateline(found.group("head"), colon=pattern is _COLON, first=first, rest=text[found.end() :]):
                return found.end()
            found = None
    return 0


def _longer(head: str, found: re.Match[str]) -> re.Match[str] | None:
    """Return the match that takes in one more part after the first dash (`دمشق - سانا -`)."""
    return re.compile(
        rf"(?P<head>{re.escape(found.group())}\s?[^\n.!؟?\"“«–—-]{{2,40}}?)\s?(?:[-–—]{{1,2}}|:)(?=\s)"
    ).match(head)


def _is_dateline(head: str, *, colon: bool, first: bool, rest: str) -> bool:
    if len(rest.strip()) < _RUNNING or len(head) > _LONGEST:
        return False
    parts = [part for part in parts_of(head) if part]
    if not 1 <= len(parts) <= 5:
        return False
    known = [_is_known(part) for part in parts]
    if colon:
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
    pieces = re.split(r"[()/\[\]،,|:]|\s?[-–—]+\s?", head)
    parts = []
    for piece in pieces:
        dates = find_dates(piece)
        if dates:
            parts.extend(
                [
                    piece[: dates[0].start].strip(),
                    piece[dates[0].start : dates[-1].end].strip(),
                    piece[dates[-1].end :].strip(),
                ]
            )
        else:
            parts.append(piece.strip())
    return [part for part in parts if part]


def _is_known(part: str) -> bool:
    return _is_place(part) or is_agency(part) or is_outlet(part) or is_name(part) or bool(find_dates(part))


def _is_place(part: str) -> bool:
    return vocabulary.is_listed("places.txt", core(part))
