"""Reading a query: recursive descent over a small grammar, Arabic and English mixed.

    query  = part+
    part   = single ((OR | "|") single)*
    single = ("-" | NOT) single | FIELD ":" single | "(" query ")" | "phrase" | word | word* | word~

A query that can't be read raises `QueryError`. Its codes, arguments, and sentences:

| code | arguments | says |
|--|--|--|
| `empty` | – | there is nothing to search for |
| `too_long` | length, limit | more characters than the limit |
| `too_many_words` | count, limit | more words than the limit |
| `too_deep` | limit | brackets within brackets beyond the limit |
| `too_complex` | limit | brackets and OR that multiply beyond the limit |
| `only_stop_words` | words | every word is too common; quotes make them count |
| `only_minus` | – | only says what is not wanted |
| `lone_star` | – | `*` or `~` without a word before it |
| `prefix_too_short` | text, least | too few letters before `*` |
| `fuzzy_too_short` | text, least | too few letters before `~` |
| `unknown_field` | name, names | no such field |
| `empty_field` | name | a field without a value |
| `bad_date`, `date_reversed` | value | no date; a range that ends before it begins |
| `bad_level` | value, names | no such level |
| `bad_in` | value | `in:` takes only `all` |
| `unknown_place`, `unknown_actor` | name, nearest names or "" | the gazetteer lacks it |
| `minus_in_or` | – | a minus inside OR |
| `minus_before_group` | – | a minus before brackets of several words |
"""

import re
from collections.abc import Iterable, Iterator

from archive.document import Note
from indexer.analysis import Level, Token, fold
from indexer.analysis.letters import INVISIBLE
from indexer.errors import QueryError
from indexer.query.dates import read_dates
from indexer.query.lexing import Kind, Lexeme, lexemes, readable, unpaired, without_cell_marks
from indexer.query.plain import plain_analyzer
from indexer.query.syntax import AllOf, AnyOf, DateRange, Filter, Fuzzy, Node, Not, Phrase, Prefix, Query, Title, Word

LONGEST = 1_000
MOST_WORDS = 64
DEEPEST = 16
LEAST_PREFIX = 2
LEAST_FUZZY = 4

FIELDS = ("title", "outlet", "place", "actor", "origin", "date", "in", "level")
"""The fields that a query may name."""

ARABIC_FIELDS = {
    "عنوان": "title",
    "مصدر": "outlet",
    "مكان": "place",
    "جهة": "actor",
    "ترجمة": "origin",
    "تاريخ": "date",
    "في": "in",
    "مستوى": "level",
}
"""The same fields by their Arabic names."""

_FIELD = re.compile(r"([A-Za-z]{2,20}):(?!//)(.*)", re.DOTALL)
_ARABIC_FIELD = re.compile(rf"({'|'.join(ARABIC_FIELDS)}):(.*)", re.DOTALL)
_PIECE = re.compile(r"(?:(?<=\d)[,/](?=\d)|[^\s,،؛;؟?!/\\\[\]{}<>=+…])+")
"""A part of a run that stands for one word: commas and strokes part words, but not the digits of a number or date."""
_QUESTION_FIRST = frozenset({"من", "ما", "لم", "بم"})
_QUESTION_EARLY = frozenset(
    {fold(word) for word in ("ماذا", "متى", "أين", "كيف", "كم", "لماذا", "هل", "أي", "أية", "بماذا", "لمن")}
    | {"who", "whom", "whose", "what", "when", "where", "why", "how", "which"}
)


def read_query(text: str) -> Query:
    """Read a query. Raises `QueryError` with a sentence for one that can't be read.

    >>> read_query('مدنيين "التحالف الدولي" -date:2017').root.parts[1].text
    'التحالف الدولي'
    >>> read_query("nosuch:field")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    indexer.errors.QueryError: There is no field nosuch: the fields are title, outlet, place, ...
    """
    if len(text) > LONGEST:
        raise QueryError(
            f"The query has {len(text):,} characters, and at most {LONGEST:,} are read: "
            "shorten it to the words that matter.",
            "too_long",
            len(text),
            LONGEST,
        )
    return _Reader(text).query()


class _Reader:
    """One pass over one query."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces = list(lexemes(without_cell_marks(text)))
        self.at = 0
        self.depth = 0
        self.words = 0
        self.everywhere = False
        self.levels: frozenset[Level] | None = None
        self.dropped: list[str] = []
        self.notes: list[Note] = []
        if unpaired(without_cell_marks(text)) is not None:
            self.notes.append(Note("quote_ignored"))

    def query(self) -> Query:
        parts: list[Node] = []
        while self.at < len(self.pieces):
            parts += self._parts()
            if self._next(Kind.CLOSE):
                self._pass_over("bracket_ignored", ")")
        root = AllOf(tuple(_flat(parts)))
        self._check(root)
        return Query(
            text=self.text,
            root=root,
            everywhere=self.everywhere,
            levels=self.levels,
            question=_is_question(self.text),
            dropped=tuple(dict.fromkeys(self.dropped)),
            notes=tuple(dict.fromkeys(self.notes)),
        )

    def _check(self, root: AllOf) -> None:
        if self.words > MOST_WORDS:
            raise QueryError(
                f"The query has {self.words} words, and at most {MOST_WORDS} are read: "
                "shorten it to the words that matter.",
                "too_many_words",
                self.words,
                MOST_WORDS,
            )
        if not root.parts and self.dropped:
            words = ", ".join(dict.fromkeys(self.dropped))
            raise QueryError(
                f"{words}: too common to search for alone. Add another word, or put the words in quotes as a phrase.",
                "only_stop_words",
                words,
            )
        if not root.parts:
            raise QueryError("There is nothing to search for: type a word in Arabic or English.", "empty")
        if all(isinstance(part, Not) for part in root.parts):
            raise QueryError(
                "The query only says what is not wanted: add a word that is, before the words with a minus.",
                "only_minus",
            )

    def _parts(self) -> list[Node]:
        parts: list[Node] = []
        while self.at < len(self.pieces) and not self._next(Kind.CLOSE):
            part = self._part()
            if part is not None:
                parts.append(part)
        return parts

    def _part(self) -> Node | None:
        options = [self._single()]
        while self._next(Kind.OR):
            self.at += 1
            if self.at == len(self.pieces) or self._next(Kind.CLOSE):
                self.notes.append(Note("or_ignored"))
                break
            options.append(self._single())
        found = [option for option in options if option is not None]
        if len(options) > 1 and any(isinstance(option, Not) for option in found):
            raise QueryError(
                "A minus can't stand inside OR: put the words that are not wanted after the others.", "minus_in_or"
            )
        if len(found) < 2:
            return found[0] if found else None
        return AnyOf(tuple(found))

    def _single(self) -> Node | None:
        piece = self.pieces[self.at]
        self.at += 1
        match piece.kind:
            case Kind.NOT:
                return self._without()
            case Kind.OPEN:
                return self._group()
            case Kind.PHRASE:
                return self._phrase(piece)
            case Kind.RUN:
                return self._run(piece)
            case _:
                self.notes.append(Note("or_ignored" if piece.kind is Kind.OR else "bracket_ignored"))
                return None

    def _without(self) -> Node | None:
        if self.at == len(self.pieces) or self._next(Kind.CLOSE) or self._next(Kind.OR):
            return None
        part = self._single()
        if part is None:
            return None
        if isinstance(part, Not):
            return part.part
        if isinstance(part, AllOf):
            raise QueryError(
                "A minus before brackets works with words joined by OR: "
                "write -(one OR two), or a minus before each word.",
                "minus_before_group",
            )
        return Not(part)

    def _group(self) -> Node | None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise QueryError(f"Brackets stand more than {DEEPEST} deep: leave some out.", "too_deep", DEEPEST)
        parts = self._parts()
        self.depth -= 1
        if self._next(Kind.CLOSE):
            self.at += 1
        else:
            self.notes.append(Note("bracket_ignored", ("(",)))
        if len(parts) < 2:
            return parts[0] if parts else None
        return AllOf(tuple(parts))

    def _phrase(self, piece: Lexeme) -> Node | None:
        tokens = plain_analyzer().analyze(piece.text)
        self.words += len(tokens)
        return Phrase(piece.text, piece.start, piece.end) if tokens else None

    def _run(self, piece: Lexeme) -> Node | None:
        if piece.text == "AND":
            return None
        field = _field(piece.text)
        if field:
            return self._field(*field, piece)
        return self._words(piece.text, piece.start)

    def _words(self, run: str, start: int) -> Node | None:
        parts: list[Node] = []
        for match in _PIECE.finditer(run):
            part = self._piece(match.group(), start + match.start())
            if part is not None:
                parts.append(part)
        if len(parts) < 2:
            return parts[0] if parts else None
        return AllOf(tuple(parts))

    def _piece(self, text: str, start: int) -> Node | None:
        bare = text.rstrip("*~12") if text.rstrip("12").endswith("~") else text.rstrip("*")
        sign = text[len(bare) : len(bare) + 1]
        tokens = plain_analyzer().analyze(bare)
        if not tokens:
            if sign:
                raise QueryError(
                    "A star or tilde needs a word before it: "
                    "write مدني* for words that begin so, or مدني~ for one letter off.",
                    "lone_star",
                )
            return None
        self.words += len(tokens)
        if not sign:
            return self._word(bare, start, tokens)
        last = tokens[-1]
        before = self._word(bare[: tokens[-2].end], start, tokens[:-1]) if len(tokens) > 1 else None
        open_word = self._open_word(last, start, sign)
        return AllOf((before, open_word)) if before is not None else open_word

    def _open_word(self, token: Token, start: int, sign: str) -> Node:
        least, code = (LEAST_PREFIX, "prefix_too_short") if sign == "*" else (LEAST_FUZZY, "fuzzy_too_short")
        letters = len(fold(token.text))
        if letters < least:
            raise QueryError(
                f"{token.text}{sign} is too short: at least {least} letters stand before the sign.",
                code,
                token.text,
                least,
            )
        make = Prefix if sign == "*" else Fuzzy
        return make(token.text, start + token.start, start + token.end)

    def _word(self, text: str, start: int, tokens: list[Token]) -> Node | None:
        if all(token.stop for token in tokens):
            self.dropped += [token.text for token in tokens]
            return None
        return Word(text[tokens[0].start : tokens[-1].end], start + tokens[0].start, start + tokens[-1].end)

    def _field(self, name: str, value: str, piece: Lexeme) -> Node | None:
        name = name if name in ARABIC_FIELDS.values() else ARABIC_FIELDS.get(name, name.lower())
        if name not in FIELDS:
            raise QueryError(
                f"There is no field {name}: the fields are {', '.join(FIELDS)}. "
                "Put a space after the colon, or the words in quotes, to search for them as words.",
                "unknown_field",
                name,
                ", ".join(FIELDS),
            )
        value_start = piece.end - len(value)
        value = "".join(c for c in value if c not in INVISIBLE)
        if name == "title":
            return self._title(value, value_start)
        if not value:
            value, end = self._value_after(name)
            return self._valued(name, value, piece.start, end)
        return self._valued(name, value, piece.start, piece.end)

    def _valued(self, name: str, value: str, start: int, end: int) -> Node | None:
        if name == "date":
            if value.lower() == "none":
                return DateRange(None, None, start, end, none=True)
            low, high = read_dates(readable(value))
            return DateRange(low, high, start, end)
        if name == "in":
            self._everywhere(value)
        elif name == "level":
            self._level(value)
        else:
            return Filter(name, value, start, end)
        return None

    def _title(self, value: str, start: int) -> Node | None:
        part = self._words(value, start) if value else None
        if not value:
            if self.at == len(self.pieces) or self.pieces[self.at].kind not in (Kind.RUN, Kind.PHRASE, Kind.OPEN):
                raise _empty_field("title")
            part = self._single()
        return Title(part) if part is not None else None

    def _value_after(self, name: str) -> tuple[str, int]:
        if self.at == len(self.pieces) or self.pieces[self.at].kind not in (Kind.RUN, Kind.PHRASE):
            raise _empty_field(name)
        piece = self.pieces[self.at]
        self.at += 1
        if not readable(piece.text):
            raise _empty_field(name)
        return piece.text, piece.end

    def _everywhere(self, value: str) -> None:
        if value.lower() not in ("all", "الكل"):
            raise QueryError(
                f"in:{readable(value)} is not understood: in:all searches section names and related links too.",
                "bad_in",
                readable(value),
            )
        self.everywhere = True

    def _level(self, value: str) -> None:
        names = [str(level) for level in Level]
        if value.lower() not in names:
            raise QueryError(
                f"There is no level {readable(value)}: the levels are {', '.join(names)}.",
                "bad_level",
                readable(value),
                ", ".join(names),
            )
        self.levels = levels_up_to(Level(value.lower()))

    def _next(self, kind: Kind) -> bool:
        return self.at < len(self.pieces) and self.pieces[self.at].kind is kind

    def _pass_over(self, code: str, *arguments: str) -> None:
        self.notes.append(Note(code, arguments))
        self.at += 1


def levels_up_to(level: Level) -> frozenset[Level]:
    """Return a level and all closer ones. Light stems and English stems count as equally close.

    >>> sorted(levels_up_to(Level.FOLDED))
    [<Level.EXACT: 'exact'>, <Level.FOLDED: 'folded'>]
    """
    level = Level.STEMMED if level is Level.LIGHT else level
    return frozenset(other for other in Level if other.rank <= level.rank)


def _flat(parts: Iterable[Node]) -> Iterator[Node]:
    """Yield parts that are all wanted, brackets around parts that are all wanted too taken away."""
    for part in parts:
        if isinstance(part, AllOf):
            yield from _flat(part.parts)
        else:
            yield part


def _field(run: str) -> tuple[str, str] | None:
    match = _FIELD.fullmatch(run) or _ARABIC_FIELD.fullmatch(run)
    if match is None:
        return None
    name, value = match.groups()
    known = name in ARABIC_FIELDS or name.lower() in FIELDS
    return (name, value) if known or readable(value) else None


def _empty_field(name: str) -> QueryError:
    return QueryError(f"{name}: needs a value right after the colon.", "empty_field", name)


def _is_question(text: str) -> bool:
    if "?" in text or "؟" in text:
        return True
    early = [fold(token.text).casefold() for token in plain_analyzer().analyze(text)[:3]]
    return bool(early) and (early[0] in _QUESTION_FIRST or any(word in _QUESTION_EARLY for word in early))
