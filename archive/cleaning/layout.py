"""What a line is by where it stands: title, lead, caption, body, and the links and labels before and after it."""

from collections.abc import Iterator, Sequence

from archive.cleaning import vocabulary
from archive.cleaning.datelines import dateline_length, stands_alone
from archive.cleaning.labels import is_name, is_section
from archive.cleaning.lines import Line, core
from archive.document import BlockKind

_HEADER_MARKS = frozenset(
    {BlockKind.DATE, BlockKind.BYLINE, BlockKind.OUTLET, BlockKind.COUNTER, BlockKind.CAPTION, BlockKind.FURNITURE}
    | {BlockKind.SECTION}
)
_LATE_MARKS = _HEADER_MARKS - {BlockKind.CAPTION, BlockKind.SECTION}
_SIGNING_MARKS = frozenset({BlockKind.DATE, BlockKind.BYLINE, BlockKind.OUTLET})
_ADVERTISEMENTS = frozenset(
    core(words) for words in ("إعلان", "إعلانات", "مساحة إعلانية", "advertisement", "ad", "ads")
)
_LONGEST_LEAD = 400  # letters
_LONGEST_TITLE = 250
_MOST_RELATED = 6  # links under one heading inside a report
_COMMENTS = frozenset(
    core(words)
    for words in (
        "التعليقات",
        "تعليقات",
        "تعليقات القراء",
        "أضف تعليقا",
        "أضف تعليق",
        "اترك تعليقا",
        "comments",
        "leave a reply",
    )
)


def find_title(lines: Sequence[Line], declared: str | None) -> int | None:
    """Mark the title and return its number; None where no line is one.

    The declared title where a line among the first is the same; else the first line that no rule has claimed, if it
    has the shape of a title and something follows it.
    """
    if declared and (wanted := core(declared)):
        for number, line in enumerate(lines[:40]):
            if line.core and line.core == wanted:
                line.kind, line.parts = BlockKind.TITLE, []
                return number
    for number in _candidates(lines):
        line = lines[number]
        if not _is_title(line, lines[number + 1 :]):
            return None
        if _is_kicker(line, lines, number):
            line.kind = BlockKind.SECTION
            continue
        line.kind = BlockKind.TITLE
        return number
    return None


def _candidates(lines: Sequence[Line]) -> Iterator[int]:
    for number, line in enumerate(lines):
        if line.kind is None:
            if is_section(line.core) and any(other.kind is None for other in lines[number + 1 :]):
                line.kind = BlockKind.SECTION
            else:
                yield number


def _is_title(line: Line, after: Sequence[Line]) -> bool:
    if line.running or line.full_stopped or len(line.text) > _LONGEST_TITLE or line.text.endswith(":"):
        return False
    following = [other for other in after if other.kind is None]
    if not following:
        return False
    return any(other.running or other.full_stopped for other in following) or (
        following[0].after_blank and line.words >= 2
    )


def _is_kicker(line: Line, lines: Sequence[Line], number: int) -> bool:
    """Say whether a very short first line stands over the title proper."""
    following = [other for other in lines[number + 1 : number + 4] if other.kind is None]
    if line.words > 3 or len(following) < 2 or not following[0].headline or following[0].words < 5:
        return False
    return lines[number + 1] is following[0] and any(other.running for other in lines[number + 2 :])


def mark_header(lines: Sequence[Line], title: int) -> int:
    """Mark what stands between the title and the body; return where the body starts."""
    end = _header_end(lines, title)
    unclaimed = [line for line in lines[title + 1 : end] if line.kind is None]
    for line in unclaimed:
        line.kind = _header_kind(line)
    led = any(line.kind is BlockKind.LEAD for line in unclaimed)
    start = end
    for number in range(end, len(lines)):
        line = lines[number]
        if line.kind is not None:
            continue
        if line.running or not any(other.running and other.kind is None for other in lines[number + 1 :]):
            break
        kind = _deck_kind(line, led=led, marked=end > title + 1)
        if kind is None:
            break
        led = led or kind is BlockKind.LEAD
        line.kind, start = kind, number + 1
    _mark_standfirst(lines, start, led=led)
    return start


def _header_kind(line: Line) -> BlockKind:
    if line.running or line.words >= 7:
        return BlockKind.LEAD
    if is_name(line.text):
        return BlockKind.BYLINE
    if stands_alone(line.text, placed=False):
        return BlockKind.DATELINE
    return BlockKind.SECTION if is_section(line.core) else BlockKind.CAPTION


def _deck_kind(line: Line, *, led: bool, marked: bool) -> BlockKind | None:
    """Judge a line without a full stop between the header and the first paragraph."""
    if line.headline and line.words >= 5:
        return BlockKind.RELATED if led and marked else None if led else BlockKind.LEAD
    if not marked or not 2 <= line.words <= 6 or line.stopped:
        return None
    return BlockKind.DATELINE if stands_alone(line.text, placed=True) else _header_kind(line)


def _header_end(lines: Sequence[Line], title: int) -> int:
    """Return the number after the last line of the header: a date, a name, a counter, a share bar.

    A paragraph or two may come before it (the lead), unless date or name stood before them; but then an advertisement
    or a picture doesn't end the header, and running text must follow.
    """
    last = max((number for number, line in enumerate(lines) if line.kind is None and line.running), default=title)
    end, letters, paragraphs, dated = title + 1, 0, 0, False
    for number in range(title + 1, min(last, title + 30)):
        line = lines[number]
        if line.kind is None:
            letters += len(line.text)
            paragraphs += line.running
            if letters > _LONGEST_LEAD or paragraphs > 2 or (line.running and dateline_length(line.text, first=True)):
                break
        elif line.kind not in _HEADER_MARKS:
            break
        elif not paragraphs:
            end, dated = number + 1, dated or line.kind in _SIGNING_MARKS
        elif not dated and line.kind in _LATE_MARKS and line.core not in _ADVERTISEMENTS:
            end = number + 1
    return end


def _mark_standfirst(lines: Sequence[Line], start: int, *, led: bool) -> None:
    """A short paragraph right before the one with the dateline is the lead."""
    unclaimed = [line for line in lines[start : start + 3] if line.kind is None]
    if led or len(unclaimed) < 2 or len(unclaimed[0].text) > _LONGEST_LEAD:
        return
    if not dateline_length(unclaimed[0].text, first=True) and dateline_length(unclaimed[1].text, first=True):
        unclaimed[0].kind = BlockKind.LEAD


def mark_related(lines: Sequence[Line], headings: set[int]) -> None:
    """Mark the headlines under a heading of related reports, as far as they go."""
    for heading in sorted(headings):
        found = 0
        for line in lines[heading + 1 :]:
            if line.kind in (BlockKind.DATE, BlockKind.COUNTER, BlockKind.RELATED):
                continue
            last = not any(other.kind is None and other.running for other in lines[heading + 1 :])
            if line.kind is not None or line.running or (found >= _MOST_RELATED and not last):
                break
            if line.words >= 3:
                line.kind = BlockKind.RELATED
                found += 1
            elif last:
                line.kind = BlockKind.FURNITURE
            else:
                break


def mark_tail(lines: Sequence[Line], start: int) -> None:
    """Mark what follows the last paragraph, once page furniture has begun there."""
    running = [number for number in range(start, len(lines)) if lines[number].kind is None and lines[number].running]
    if not running:
        return
    last = max((number for number in running if lines[number].kind is None), default=len(lines))
    named = [line for line in lines[last + 1 :] if line.kind is None and is_name(line.text)]
    if len(named) == 1:
        named[0].kind = BlockKind.BYLINE
    begun = False
    for line in lines[last + 1 :]:
        if line.kind is None and begun and line not in named:  # several names are a list, and part of the report
            line.kind = BlockKind.RELATED if line.headline and line.words >= 5 else BlockKind.FURNITURE
        begun = begun or line.kind in (BlockKind.FURNITURE, BlockKind.RELATED, BlockKind.OUTLET, BlockKind.COUNTER)


def mark_comments(lines: Sequence[Line], first: int) -> None:
    """Mark readers' comments, which stand under their heading at the end and are not the report."""
    for number in range(first + 1, len(lines)):
        if lines[number].kind is BlockKind.FURNITURE and lines[number].core in _COMMENTS:
            before = sum(len(line.text) for line in lines[first:number] if line.kind is None)
            after = sum(len(line.text) for line in lines[number:] if line.kind is None)
            if before > 2 * after:
                for line in lines[number:]:
                    line.kind = line.kind or BlockKind.FURNITURE
                return


def mark_menus(lines: Sequence[Line]) -> None:
    """Mark rows of section names."""
    for line in lines:
        if line.kind is None and vocabulary.is_menu(line.core):
            line.kind = BlockKind.FURNITURE
