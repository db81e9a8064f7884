"""The days of the week that an Arabic line names and its English doesn't."""

from collections.abc import Iterator
from functools import cache, lru_cache

from archive.document import Note
from archive.wordlists import read_rows
from indexer.analysis.folding import fold
from indexer.gazetteer.keys import forms
from indexer.translation.trust.line import Line

_SERVANT = "عبد"
"""Before الأحد it makes a person's name."""


def weekday_notes(arabic: Line, english: Line) -> Iterator[Note]:
    """Yield a note for each day of the week, with its English and Arabic, that the English doesn't name.

    >>> list(weekday_notes(Line("قُتلوا يوم الثلاثاء"), Line("They were killed on Thursday")))
    [Note(code='name_missing', args=('Tuesday', 'الثلاثاء'))]
    """
    names, numbers = _days()
    said = {numbers[key] for key in english.distinct if key in numbers}
    for place, word in enumerate(arabic.words):
        number = None if word.latin else _day(word.key)
        if number is not None and number not in said and not (place and arabic.keys[place - 1] == _SERVANT):
            yield Note("name_missing", names[number])


@lru_cache(maxsize=65536)
def _day(key: str) -> int | None:
    """Return the day that an Arabic word with the article is; without, most are numbers or names."""
    numbers = _days()[1]
    return next((numbers[form.key] for form in forms(key) if form.key in numbers), None)


@cache
def _days() -> tuple[dict[int, tuple[str, str]], dict[str, int]]:
    """Return the English and Arabic names by number, and the numbers by each spelling's key."""
    names: dict[int, tuple[str, str]] = {}
    numbers: dict[str, int] = {}
    for number, spellings in read_rows("archive.dates", "weekdays.tsv"):
        spelled = [spelling.strip() for spelling in spellings.split(",")]
        arabic = [one for one in spelled if one.startswith("ال")]
        latin = [one for one in spelled if one.isascii()]
        names[int(number)] = (latin[0].capitalize(), arabic[0])
        numbers |= {fold(one): int(number) for one in (*arabic, *latin)}
    return names, numbers
