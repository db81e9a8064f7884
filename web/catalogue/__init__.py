"""What the interface says, in English and Arabic: one catalogue for page, terminal and JSON.

Messages stand in the .tsv files beside this module: code, English, Arabic. In a message `{0}` is the first argument;
`{0:n}` groups its thousands, `{0:figure}` those of a figure that may be a year; `{0:date}` says it as a date,
`{0:level}` looks up the message `level.<argument>`. A code with a `#form` is a count: the first argument chooses the
form (`one`, `other`; Arabic also `zero`, `two`, `few`, `many`); `#no0` is said when the first argument is empty,
`#same` when two are equal. Notes stand under `note.`, errors in a query under `query.`.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files

from archive.document import Note
from web.catalogue.dates import date_in_words

LANGUAGES = ("en", "ar")
"""The languages of the interface; the first is the fallback."""

TABLES = ("interface.tsv", "counts.tsv", "figures.tsv", "notes.tsv", "people.tsv", "reading.tsv", "words.tsv")

SHORTEST_GROUPED = 10_000
"""Figures of a text that are shown with their thousands apart, at least."""

_SLOT = re.compile(r"\{(\d)(?::(\w+))?\}")

Argument = str | int | float


def say(language: str, code: str, *args: Argument) -> str:
    """Return the message of a code, its arguments filled in. A code without a message is said as it stands.

    >>> say("en", "results", 2)
    '2 articles'
    >>> say("ar", "results", 2)
    'مقالان'
    >>> say("en", "never_heard_of", "x")
    'never heard of (x)'
    """
    return fill(language, code, args, str)


def say_note(language: str, note: Note) -> str:
    """Return a note in words.

    >>> say_note("en", Note("dates", ("2019-03", "")))
    'Dated from March 2019 on.'
    """
    return say(language, f"note.{note.code}", *note.args)


def fill(language: str, code: str, args: tuple[Argument, ...], wrap: Callable[[str], str]) -> str:
    """Return the message of a code with each argument passed through `wrap` (for pages: an isolated inline run)."""
    template = message(language, code, args)
    if template is None:
        return _plain(code, [wrap(str(arg)) for arg in args])

    def slot(match: re.Match[str]) -> str:
        place, form = int(match[1]), match[2]
        if place >= len(args):
            return "…"
        return wrap(_formed(language, form, args[place]))

    return _SLOT.sub(slot, template)


def message(language: str, code: str, args: tuple[Argument, ...] = ()) -> str | None:
    """Return the message of a code before its arguments are filled in; None where the catalogue has none."""
    rows = catalogue()
    row = next((rows[form] for form in _forms(language, code, args) if form in rows), None)
    if row is None:
        return None
    return row[language] or rows.get(f"{code}#other", row)[language] or row[LANGUAGES[0]]


def has(code: str) -> bool:
    """Return whether the catalogue has a message of that code."""
    return code in catalogue() or f"{code}#other" in catalogue()


def plural_form(language: str, count: Argument) -> str:
    """Return the plural form of a count by the rules of the Unicode CLDR.

    >>> [plural_form("ar", n) for n in (0, 1, 2, 3, 11, 100, 103)]
    ['zero', 'one', 'two', 'few', 'many', 'other', 'few']
    """
    if not isinstance(count, int):
        return "other"
    if language != "ar":
        return "one" if count == 1 else "other"
    if count in (0, 1, 2):
        return ("zero", "one", "two")[count]
    if 3 <= count % 100 <= 10:
        return "few"
    return "many" if 11 <= count % 100 <= 99 else "other"


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return every message: code → language → template."""
    rows: dict[str, dict[str, str]] = {}
    for table in TABLES:
        text = files(__package__).joinpath(table).read_text(encoding="utf-8")
        for line in text.splitlines():
            if not line or line.startswith("#"):
                continue
            code, *messages = line.split("\t")
            rows[code] = dict(zip(LANGUAGES, messages, strict=True))
    return rows


def _forms(language: str, code: str, args: tuple[Argument, ...]) -> Iterator[str]:
    yield from (f"{code}#no{place}" for place, arg in enumerate(args) if arg == "")
    if len(args) == 2 and args[0] == args[1]:
        yield f"{code}#same"
    yield code
    if args:
        yield f"{code}#{plural_form(language, args[0])}"
    yield f"{code}#other"


def _formed(language: str, form: str | None, arg: Argument) -> str:
    if form is None:
        return str(arg)
    if form == "n":
        return f"{arg:,}" if isinstance(arg, int) else str(arg)
    if form == "figure":  # as figures stand in a text: 2019 may be a year
        return f"{arg:,}" if isinstance(arg, int) and arg >= SHORTEST_GROUPED else str(arg)
    if form == "date":
        return date_in_words(language, str(arg))
    return say(language, f"{form}.{arg}") if has(f"{form}.{arg}") else say(language, str(arg))


def _plain(code: str, args: list[str]) -> str:
    words = code.rpartition(".")[2].replace("_", " ")
    return f"{words} ({', '.join(args)})" if args else words
