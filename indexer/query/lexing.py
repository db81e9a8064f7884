"""A query's text cut into marks, quoted phrases and runs of characters."""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from indexer.analysis.letters import INVISIBLE

QUOTES = frozenset('"“”„‟«»‹›＂')
"""Any of these opens a phrase and any of these closes it: mis-closed quotes are common in the field."""

MINUS = frozenset("-\N{MINUS SIGN}")
_BREAKS = QUOTES | frozenset("()|")


class Kind(Enum):
    """What a lexeme is."""

    RUN = "run"
    PHRASE = "phrase"
    OPEN = "("
    CLOSE = ")"
    OR = "|"
    NOT = "-"


class Lexeme(NamedTuple):
    """A piece of the query with its offsets. `tight`: nothing stands between it and the next one."""

    kind: Kind
    text: str
    start: int
    end: int
    tight: bool = False


def lexemes(text: str) -> Iterator[Lexeme]:
    """Yield the pieces of a query. A quotation mark without a partner is passed over, as if it weren't there.

    >>> [piece.kind.name for piece in lexemes('مدنيين -"28 سوريا" (a|b)')]
    ['RUN', 'NOT', 'PHRASE', 'OPEN', 'RUN', 'OR', 'RUN', 'CLOSE']
    """
    at, lone = 0, unpaired(text)
    while at < len(text):
        mark = text[at]
        if _blank(mark) or at == lone:
            at += 1
        elif mark in QUOTES:
            end = next(i for i in range(at + 1, len(text)) if text[i] in QUOTES)
            yield Lexeme(Kind.PHRASE, text[at + 1 : end], at, end + 1)
            at = end + 1
        elif mark in "()|":
            yield Lexeme(Kind(mark), mark, at, at + 1)
            at += 1
        elif mark in MINUS and _stands_before_something(text, at):
            yield Lexeme(Kind.NOT, mark, at, at + 1)
            at += 1
        else:
            end = next((i for i in range(at, len(text)) if _blank(text[i]) or text[i] in _BREAKS), len(text))
            tight = end < len(text) and not _blank(text[end])
            yield _run(text[at:end], at, tight)
            at = end


def readable(text: str) -> str:
    """Return typed text fit to be shown back: no control or direction characters, white space made one.

    >>> readable("a\\N{RIGHT-TO-LEFT OVERRIDE}\\0b  c")
    'a b c'
    """
    return " ".join("".join(" " if _blank(c) else c for c in text).split())


def unpaired(text: str) -> int | None:
    """Return where a quotation mark stands that has no partner: the last of an odd number.

    >>> unpaired('"one" two"'), unpaired('"one"')
    (9, None)
    """
    marks = [place for place, mark in enumerate(text) if mark in QUOTES]
    return marks[-1] if len(marks) % 2 else None


def without_cell_marks(text: str) -> str:
    """Return a query pasted from a table's cell without the marks of the cell, each letter where it was.

    Tables put a cell that holds quotation marks in marks of its own, and double those within.

    >>> without_cell_marks('"meaning of ""cell"" here"')
    ' meaning of  "cell " here '
    """
    whole = text.strip()
    inner = whole[1:-1]
    if len(whole) < 4 or whole[0] != '"' or whole[-1] != '"' or '""' not in inner or '"' in inner.replace('""', ""):
        return text
    return text.replace(whole, " " + inner.replace('""', ' "') + " ")


def _run(text: str, start: int, tight: bool) -> Lexeme:
    kind = {"OR": Kind.OR, "NOT": Kind.NOT}.get(text, Kind.RUN)
    return Lexeme(kind, text, start, start + len(text), tight)


def _stands_before_something(text: str, at: int) -> bool:
    before = at == 0 or _blank(text[at - 1]) or text[at - 1] in "(|"
    return before and at + 1 < len(text) and not _blank(text[at + 1]) and text[at + 1] not in MINUS


def _blank(character: str) -> bool:
    return (
        character.isspace()
        or character in INVISIBLE
        or not (character.isprintable() or "\ud800" <= character <= "\udfff")
    )
