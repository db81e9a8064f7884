"""A page's own date line: a date, a time or an age, and nothing else but words that label it."""

import re

from archive.dates.pattern import weekdays
from archive.dates.reading import find_dates
from archive.folding import fold
from archive.wordlists import read_words

_LONGEST = 160  # letters
_CLOCK = re.compile(r"(?<!\d)\d{1,2}\s*[:h]\s*\d{2}(?:\s*:\s*\d{2}(?:\.\d+)?)?(?!\d)|(?<!\w)\d{1,2}\s*(?:am|pm)\b")
_ZONE = re.compile(r"(?<=\s)(?:t|z)(?=\s|$)|[+-]\d{1,2}(?::?\d{2})?\b")
_UNITS = (
    "ثانيه|ثواني|ثوان|دقيقه|دقائق|دقيقتين|ساعه|ساعات|ساعتين|يوم|يومين|ايام|اسبوع|اسبوعين|اسابيع|شهر|شهرين|اشهر"
    "|سنه|سنوات|سنتين"
)
_AGE = re.compile(
    rf"\b(?:منذ|قبل)\s+(?:\d+\s+)?(?:{_UNITS})\b"
    r"|\b(?:\d+|an?|one)\s+(?:second|minute|hour|day|week|month|year)s?\s+ago\b"
    r"|^\W*(?:today|yesterday|اليوم|امس)\W*$"
)


def is_date_line(line: str) -> bool:
    """Say whether a line holds a date, a time or an age (3 hours ago) and nothing else but words that label it.

    >>> [is_date_line(line) for line in ("• 3/12/2019", "آخر تحديث: 20:35", "قبل 3 ساعات", "قتل 3 في 2019", "4")]
    [True, True, True, False, False]
    """
    if len(line) > _LONGEST:
        return False
    mentions = find_dates(line)
    rest, place = "", 0
    for mention in mentions:
        rest, place = rest + line[place : mention.start] + " ", mention.end
    rest, timed = _CLOCK.subn(" ", fold(rest + line[place:]))
    rest, aged = _AGE.subn(" ", rest)
    if not (mentions or timed or aged):
        return False
    return _all_labels(re.findall(r"[^\W\d_]+(?:\.[^\W\d_]+)*|\d+", _ZONE.sub(" ", rest)))


def _all_labels(words: list[str]) -> bool:
    labels = {fold(label) for label in read_words("archive.dates", "labels.txt")} | set(weekdays())
    place = 0
    while place < len(words):
        for length in (4, 3, 2, 1):
            if " ".join(words[place : place + length]) in labels:
                place += length
                break
        else:
            return False
    return True
