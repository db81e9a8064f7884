"""A query said back, as codes with arguments for the message catalogue.

| code | arguments | in English |
|--|--|--|
| `all_words` | words, joined by a comma | all of these words: … |
| `question` | words | read as a question: articles with most of these words, the rarer ones first: … |
| `quoted` | text | in a question, the words “…” are wanted together, but an article without them is found too |
| `any_of` | parts, joined by a comma | at least one of: … |
| `phrase` | words | the phrase “…”: adjacent, in this order, not stemmed |
| `adjacent` | text | … : its parts next to each other |
| `prefix` | text, most | words that begin with …, the … most frequent at most |
| `fuzzy` | text | words one letter off … |
| `in_title` | text | in the title: … |
| `field` | field, value | outlet or origin is … |
| `named` | field, English, Arabic | place or actor is … |
| `namesake` | name, what to type | it could also mean … |
| `dates` | low or "", high or "" | dated from … to … |
| `undated` | – | without a date |
| `without` | text | not with … |
| `everywhere` | – | section names and related links are searched too |
| `levels` | level | matched no less closely than … |
| `dropped` | words | too common to count outside quotes: … |
| `or_ignored` | – | an OR without words on both sides was passed over |
| `quote_ignored` | – | a quotation mark without its partner was passed over |
| `bracket_ignored` | bracket | a bracket without its partner was passed over |
"""

from archive.document import Note
from indexer.query.compile import is_question
from indexer.query.expansion import MOST_EXPANSIONS
from indexer.query.lexing import readable
from indexer.query.named import named_note
from indexer.query.syntax import (
    AllOf,
    AnyOf,
    DateRange,
    Filter,
    Fuzzy,
    Node,
    Not,
    Phrase,
    Prefix,
    Query,
    Title,
    Word,
)


def explain(query: Query) -> tuple[Note, ...]:
    """Return what a query asks for, in the order in which people say it.

    >>> from indexer.query.reading import read_query
    >>> explain(read_query('مدنيين "التحالف الدولي" date:2019-03'))[1]
    Note(code='phrase', args=('التحالف الدولي',))
    """
    notes: list[Note] = []
    words = [readable(part.text) for part in query.root.parts if isinstance(part, Word)]
    if words:
        notes.append(Note("question" if is_question(query) else "all_words", (", ".join(words),)))
    for part in query.root.parts:
        if isinstance(part, Filter):
            notes += named_note(part.field, readable(part.value))
        elif isinstance(part, Phrase) and is_question(query):
            notes.append(Note("quoted", (readable(part.text),)))
        elif not isinstance(part, Word):
            notes.append(_note(part))
    if query.everywhere:
        notes.append(Note("everywhere"))
    if query.levels is not None:
        notes.append(Note("levels", (str(max(query.levels, key=lambda level: level.rank)),)))
    if query.dropped:
        notes.append(Note("dropped", (", ".join(query.dropped),)))
    return (*notes, *query.notes)


def _note(node: Node) -> Note:
    match node:
        case Phrase(text):
            return Note("phrase", (readable(text),))
        case Prefix(text):
            return Note("prefix", (readable(text), MOST_EXPANSIONS))
        case Fuzzy(text):
            return Note("fuzzy", (readable(text),))
        case Filter(field, value):
            return Note("field", (field, readable(value)))
        case DateRange(low, high, none=none):
            return Note("undated") if none else Note("dates", (low or "", high or ""))
        case Not(part):
            return Note("without", (_said(part),))
        case Title(part):
            return Note("in_title", (_said(part),))
        case AnyOf(parts):
            return Note("any_of", (", ".join(_said(part) for part in parts),))
        case AllOf(parts):
            return Note("all_words", (", ".join(_said(part) for part in parts),))
        case Word(text):
            return Note("all_words", (readable(text),))


def _said(node: Node) -> str:
    """Return a part as one would type it."""
    match node:
        case Word(text):
            return readable(text)
        case Phrase(text):
            return f"“{readable(text)}”"
        case Prefix(text):
            return readable(text) + "*"
        case Fuzzy(text):
            return readable(text) + "~"
        case Filter(field, value):
            return f"{field}:{readable(value)}"
        case DateRange(low, high, none=none):
            return "date:none" if none else f"date:{low or ''}..{high or ''}"
        case Not(part):
            return f"-{_said(part)}"
        case Title(part):
            return f"title:{_said(part)}"
        case AnyOf(parts):
            return "(" + " OR ".join(_said(part) for part in parts) + ")"
        case AllOf(parts):
            return "(" + " ".join(_said(part) for part in parts) + ")"
