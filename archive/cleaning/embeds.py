"""Posts of social networks that a report shows: the lines before a signature `— name (@handle) March 20, 2019`."""

import re
from collections.abc import Sequence

from archive.cleaning.lines import Line
from archive.dates import find_dates
from archive.document import BlockKind

LONGEST_POST = 280
"""Letters a post may have; addresses in it count on top."""

_SIGNATURE = re.compile(
    r"[—–-]{1,2}\s*[^—–()@]{0,100}\(\s*[\u200e\u200f\u2066-\u2069]*@\w{1,30}[\u200e\u200f\u2066-\u2069]*\s*\)"
)
_SHARED = re.compile(
    r"^(?:A post shared by|A post by|Posted by|تمت مشاركة منشور بواسطة|تم النشر بواسطة|منشور بواسطة|Post by)\b.{1,160}$"
)
_SHOWN = re.compile(
    r"^(?:View this post on Instagram|عرض هذا المنشور على Instagram|عرض هذا المنشور على انستغرام)$", re.IGNORECASE
)
_POSTED = re.compile(r"[#@]\w|https?://|pic\.twitter\.com/|[\U0001f300-\U0001faff\u2600-\u27bf]")


def mark_embeds(lines: Sequence[Line]) -> None:
    """Mark the lines of embedded posts.

    A post ends with its signature. Upwards it takes the lines that touch it, while the whole stays within the length
    a post may have and no line ends like a sentence of the report itself.
    """
    for number, line in enumerate(lines):
        if line.kind is None and _is_signature(line.text):
            line.kind = BlockKind.EMBED
            _mark_above(lines, number)
        elif line.kind is None and (_SHARED.match(line.text) or _SHOWN.match(line.text)):
            line.kind = BlockKind.EMBED


def _is_signature(text: str) -> bool:
    tail = text[-200:]
    ends = [found.end() for found in _SIGNATURE.finditer(tail)]
    if not ends:
        return False
    rest = tail[ends[-1] :]
    dates = find_dates(rest)
    return len(rest) <= 60 and len(text) <= LONGEST_POST + 200 and (bool(dates) or not rest.strip())


def _mark_above(lines: Sequence[Line], signature: int) -> None:
    signed = _SIGNATURE.search(lines[signature].text)
    own = lines[signature].text[: signed.start()].strip() if signed else ""
    letters = len(own)
    if own and lines[signature].after_blank:
        return
    for number in range(signature - 1, -1, -1):
        line = lines[number]
        letters += len(re.sub(r"https?://\S+|pic\.twitter\.com/\S+", "", line.text))
        if line.kind is not None or letters > LONGEST_POST:
            return
        if _is_prose(line) and not (not own and number == signature - 1):
            return
        line.kind = BlockKind.EMBED
        if line.after_blank:
            return


def _is_prose(line: Line) -> bool:
    return (line.full_stopped or line.text.endswith((":", "،"))) and not _POSTED.search(line.text)
