"""What the running text of a report says about the day it was written on."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from archive.dates.reading import DateMention, find_dates
from archive.document import Block, BlockKind
from archive.folding import fold
from archive.quotations import quotations
from archive.sentences import split_sentences
from archive.wordlists import read_words

PAGE_KINDS = frozenset({BlockKind.DATE, BlockKind.BYLINE, BlockKind.DATELINE})
"""Blocks whose date is the page's own."""

_RUNNING_KINDS = frozenset({BlockKind.TITLE, BlockKind.LEAD, BlockKind.BODY, BlockKind.CAPTION})
_LOOKED_AT = 200_000  # letters of the running text; a report is a hundred times shorter
_DAYS_FROM_TODAY = {"today": 0, "yesterday": 1, "before_yesterday": 2, "tomorrow": -1}
_NEAR = timedelta(days=45)
_COMPARED = ("مقارنه", "مقابل", "من", "عن", "compared", "from", "than", "over")


@dataclass(frozen=True, slots=True)
class Said:
    """A date in the running text, the words it is written in, and the sentence around it, folded."""

    mention: DateMention
    written: str
    sentence: str


def dates_said(text: str, blocks: Sequence[Block]) -> list[Said]:
    """Return the dates of the running text, but not those inside quotations, which others said on another day.

    A page's date line or dateline that lacks the year counts as the day of writing.
    """
    found: list[Said] = []
    left = _LOOKED_AT
    for block in blocks:
        part = text[block.start : min(block.end, block.start + left)]
        if block.kind in PAGE_KINDS:
            found.extend(_as_today(part))
        elif block.kind in _RUNNING_KINDS and left > 0:
            left -= len(part)
            found.extend(_said(part))
    return found


def _said(part: str) -> Iterator[Said]:
    mentions = find_dates(part)
    if not mentions:
        return
    quoted, cuts = quotations(part), split_sentences(part)
    for mention in mentions:
        quotation = bisect_right(quoted, (mention.start, 0)) - 1
        if quotation >= 0 and mention.start < quoted[quotation][1]:
            continue
        start, end = cuts[bisect_right(cuts, (mention.start, len(part) + 1)) - 1]
        yield Said(mention, part[mention.start : mention.end].strip(), fold(part[start:end]))


def _as_today(line: str) -> Iterator[Said]:
    for mention in find_dates(line):
        if mention.day and mention.year is None:
            yield Said(replace(mention, relation="today"), line[mention.start : mention.end].strip(), "")


def days_of_posts(text: str, blocks: Iterable[Block]) -> list[date]:
    """Return the days of the embedded posts."""
    shown = (text[block.start : block.end] for block in blocks if block.kind is BlockKind.EMBED)
    days = (mention.on() for part in shown for mention in find_dates(part))
    return [day for day in days if day is not None]


def infer(said: Sequence[Said], posts: Sequence[date]) -> tuple[str, str] | None:
    """Return the day or month of writing, with the words it follows from; None where the text doesn't say.

    Only a date that the text ties to its own day counts (today, yesterday, the current month). Where its year isn't
    written, a post embedded in the weeks before gives it, or an event dated in those weeks if the weekday agrees.
    """
    for one in said:
        if one.mention.relation in _DAYS_FROM_TODAY and one.mention.day:
            day = _day_of_writing(one, said, posts)
            if day is not None:
                return day.isoformat(), one.written
    for one in said:
        if one.mention.relation == "current" and one.mention.month:
            years = {one.mention.year} if one.mention.year else {p.year for p in posts if p.month == one.mention.month}
            if len(years) == 1:
                return f"{years.pop():04d}-{one.mention.month:02d}", one.written
    return None


def _day_of_writing(one: Said, said: Sequence[Said], posts: Sequence[date]) -> date | None:
    mention = one.mention
    ahead = timedelta(days=_DAYS_FROM_TODAY[mention.relation or "today"])
    if mention.year:
        return _agreeing(mention, None, ahead)
    for post in sorted(posts, reverse=True):
        for year in (post.year, post.year + 1):
            day = _agreeing(mention, year, ahead)
            if day is not None and timedelta(-1) <= day - post <= _NEAR:
                return day
    if mention.weekday is None:
        return None
    for other in said:
        event = replace(other.mention, day=other.mention.day or 1).on()
        if event is None or other.mention.swapped:
            continue
        for year in (event.year, event.year + 1):
            day = _agreeing(mention, year, ahead)
            if day is not None and timedelta(0) <= day - event <= _NEAR:
                return day
    return None


def _agreeing(mention: DateMention, year: int | None, ahead: timedelta) -> date | None:
    """Return the day that lies so far ahead of the one written, unless the weekday written with it says otherwise."""
    day = mention.on(year)
    if day is None or mention.weekday not in (None, day.isoweekday()):
        return None
    return day + ahead


def not_before(text: str, blocks: Sequence[Block], said: Sequence[Said], posts: Sequence[date]) -> str | None:
    """Return the latest date that had come when the text was written, cut to what is known.

    Posts that it shows, and dated events told in the past; of a day only its year counts, since a day written in full
    is often one announced (`سيفتح باب الترشح يوم 15 مارس 2017`). A text that reckons from its own year (`العام الماضي`)
    would not call that year by its number: a bare year in it (`في العام 2014`) was over, and the next had begun.
    """
    known = [post.isoformat() for post in posts]
    over = _reckons_from_its_year(text, blocks)
    for one in said:
        value = one.mention.iso()
        if value is None or one.mention.swapped or not _is_past(one.sentence):
            continue
        if one.mention.month is None and one.mention.year and over:
            value = f"{one.mention.year + 1:04d}"
        known.append(value[:4] if one.mention.day else value)
    return max(known, key=lambda value: (value + "-01-01")[:10], default=None)


def _is_past(sentence: str) -> bool:
    words = set(re.findall(r"\w+", sentence))
    bare = words | {word[1:] for word in words if word[0] in "وف"}
    return bool(bare & _folded("past.txt")) and not bare & _folded("future.txt")


def _reckons_from_its_year(text: str, blocks: Sequence[Block]) -> bool:
    phrases = "|".join(re.escape(phrase) for phrase in _folded("last_year.txt"))
    running = (fold(text[b.start : min(b.end, b.start + _LOOKED_AT)]) for b in blocks if b.kind in _RUNNING_KINDS)
    pattern = re.compile(rf"(?<!\w)(?:{phrases})(?!\w)")
    return any(
        (part[max(0, found.start() - 40) : found.start()].split() or [""])[-1] not in _COMPARED
        for part in running
        for found in pattern.finditer(part)
    )


@cache
def _folded(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in read_words("archive.dates", name))
