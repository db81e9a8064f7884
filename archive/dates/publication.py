"""When a document was published, as far as it can be known.

A date that a person or sidecar sets comes first, then the page's own date line, then the address, then what the running
text says about its own day (`اليوم، الخميس 21 من آذار`). A date of an event never becomes the date of publication;
at most it says before which day the text can't have been written. Unknown is an answer.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from archive.dates.inference import PAGE_KINDS, Said, dates_said, days_of_posts, infer, not_before
from archive.dates.reading import DateMention, find_dates
from archive.document import Basis, Block, Declared, Note, Precision, PublicationDate
from archive.folding import fold
from archive.wordlists import read_words

_NEAR_EVENT = timedelta(days=14)


def publication_date(text: str, blocks: Sequence[Block], declared: Declared) -> PublicationDate:
    """Judge when a document was published, from what was declared, its page, its address and its text, in this order.

    The note of the answer is `ambiguous_day_month` (with the other reading), `ambiguous_settled` (with the words that
    settled it), `weekday_disagrees` (with the date as written), `conflicting_dates` (with the other date), `inferred`
    (with the words it follows from), `not_before` (with a date, cut to what is known), `not_gregorian` or
    `unreadable_date` (with the words).
    """
    said = dates_said(text, blocks)
    lines = [text[block.start : block.end] for block in blocks if block.kind in PAGE_KINDS]
    from_url = _from_url(declared.url or "")
    for written, basis in _written(lines, declared):
        found = _from_line(written, basis, said, from_url)
        if found is not None:
            return found
    if from_url is not None:
        return PublicationDate(from_url, _precision(from_url), Basis.URL)
    posts = days_of_posts(text, blocks)
    inferred = infer(said, posts)
    if inferred is not None:
        value, words = inferred
        return PublicationDate(value, _precision(value), Basis.TEXT, (), Note("inferred", (words,)))
    if declared.date:
        return PublicationDate(note=Note("unreadable_date", (declared.date.strip(),)))
    earliest = not_before(text, blocks, said, posts)
    return PublicationDate(note=_unread(lines) or (Note("not_before", (earliest,)) if earliest else None))


def _written(lines: list[str], declared: Declared) -> Iterator[tuple[str, Basis]]:
    """Yield what may be a written date of publication, best first: declared, published, updated."""
    if declared.date:
        yield declared.date, declared.dated_by
    later = {fold(word) for word in read_words("archive.dates", "updated.txt")}
    yield from ((line, Basis.PAGE) for line in lines if not later & set(fold(line).replace(":", " ").split()))
    yield from ((line, Basis.PAGE) for line in lines if later & set(fold(line).replace(":", " ").split()))


def _from_line(written: str, basis: Basis, said: list[Said], from_url: str | None) -> PublicationDate | None:
    mentions = [mention for mention in find_dates(written) if mention.gregorian and mention.year]
    if not mentions:
        compact = (
            re.fullmatch(r"\s*(\d{4})(?:-?(\d\d)(?:-?(\d\d))?)?(?:T.*)?\s*", written)
            if basis is not Basis.PAGE
            else None
        )
        value = "-".join(part for part in compact.groups() if part) if compact else None
        return PublicationDate(value, _precision(value), basis) if value and _is_real(value) else None
    mention = mentions[0]
    if mention.swapped:
        return _settled(mention, basis, said, from_url)
    value = mention.iso()
    note = None
    day = mention.on()
    if day is not None and mention.weekday not in (None, day.isoweekday()):
        note = Note("weekday_disagrees", (written.strip(),))
    elif from_url is not None and value is not None and _days_apart(value, from_url) > 2:
        note = Note("conflicting_dates", (from_url,))
    return PublicationDate(value, _precision(value), basis, (), note)


def _settled(mention: DateMention, basis: Basis, said: list[Said], from_url: str | None) -> PublicationDate:
    """Choose between the two readings of a numeric date by what else the document says about its own day."""
    other = mention.other()
    assert other is not None
    readings = (mention, other)
    for one in readings:
        if from_url is not None and (one.iso() or "").startswith(from_url) and from_url.count("-") == 2:
            return PublicationDate(one.iso(), Precision.DAY, basis)
    for evidence in (_by_current_month(readings, said), _by_events(readings, said)):
        if evidence is not None:
            chosen, words = evidence
            left = readings[1 - chosen].iso() or ""
            note = Note("ambiguous_settled", (words,))
            return PublicationDate(readings[chosen].iso(), Precision.DAY, basis, (left,), note)
    left = other.iso() or ""
    return PublicationDate(mention.iso(), Precision.DAY, basis, (left,), Note("ambiguous_day_month", (left,)))


_Readings = tuple[DateMention, DateMention]


def _by_current_month(readings: _Readings, said: list[Said]) -> tuple[int, str] | None:
    """`8 آذار الجاري`, `اليوم 12 آذار`: the text names the month it is written in."""
    for one in said:
        if one.mention.relation is None or one.mention.month is None:
            continue
        fits = [reading.month == one.mention.month for reading in readings]
        if sum(fits) == 1:
            return fits.index(True), one.written
    return None


def _by_events(readings: _Readings, said: list[Said]) -> tuple[int, str] | None:
    """Events dated by day and month in the two weeks before one reading, and none near the other."""
    near: list[str | None] = [None, None]
    for one in said:
        for number, reading in enumerate(readings):
            day = reading.on()
            event = one.mention.on(reading.year) if one.mention.day else None
            if day is not None and event is not None and timedelta(0) <= day - event <= _NEAR_EVENT:
                near[number] = near[number] or one.written
    if (near[0] is None) == (near[1] is None):
        return None
    return (0, near[0]) if near[0] is not None else (1, near[1] or "")


def _from_url(url: str) -> str | None:
    """Return the date that an address holds, as far as it goes.

    >>> [_from_url(url) for url in ("https://a.example/2019/03/21/x", "a.example/n/20190321-x", "a.example/2019/3/x")]
    ['2019-03-21', '2019-03-21', '2019-03']
    """
    for pattern in (
        r"(?<![\d])((?:19|20)\d\d)[/_-](\d{1,2})[/_-](\d{1,2})(?!\d)",
        r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)",
        r"/((?:19|20)\d\d)/(\d{1,2})/",
    ):
        for found in re.finditer(pattern, url):
            value = "-".join(part.zfill(2) for part in found.groups())
            if _is_real(value):
                return value
    return None


def _unread(lines: list[str]) -> Note | None:
    """Return why the page's own date lines gave no date, if there are any."""
    for line in lines:
        mentions = find_dates(line)
        if any(not mention.gregorian for mention in mentions):
            return Note("not_gregorian", (line.strip(),))
    return None


def _is_real(value: str) -> bool:
    year, month, day = (int(part) for part in (value + "-01-01").split("-")[:3])
    try:
        return date(year, month, day).year > 1700
    except ValueError:
        return False


def _days_apart(one: str, other: str) -> int:
    """Return how far apart two dates are, cut to what both know."""
    if min(len(one), len(other)) < 10:
        return 0 if one[:7].startswith(other[:7]) or other[:7].startswith(one[:7]) else 99
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def _precision(value: str | None) -> Precision:
    if value is None:
        return Precision.NONE
    return (Precision.YEAR, Precision.MONTH, Precision.DAY)[value.count("-")]
