"""A query's text cut into marks, quoted phrases and runs of characters."""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from indexer.analysis.letters import INVISIBLE
from indexer.errors import QueryError

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
    """Yield the pieces of a query. Raises `QueryError` for a quotation mark without a partner.

    >>> [piece.kind.name for piece in lexemes('مدنيين -"28 سوريا" (a|b)')]
    ['RUN', 'NOT', 'PHRASE', 'OPEN', 'RUN', 'OR', 'RUN', 'CLOSE']
    """
    at = 0
    while at < len(text):
        mark = text[at]
        if _blank(mark):
            at += 1
        elif mark in QUOTES:
            end = next((i for i in range(at + 1, len(text)) if text[i] in QUOTES), None)
            if end is None:
                raise unclosed(text[at:])
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


def unclosed(text: str) -> QueryError:
    """Return the error for a quotation mark without a partner."""
    shown = readable(text)[:40]
    return QueryError(
        f"The quotation mark in {shown} has no partner: close it after the last word of the phrase, or leave it out.",
        "unclosed_quote",
        shown,
    )


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
