"""The word lists of this package, with the forms that follow from what they hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from archive.folding import fold
from archive.wordlists import read_rows
from indexer.figures.figure import FigureKind, Qualifier

_PACKAGE = "indexer.figures"


class Shape(StrEnum):
    """The grammatical number of a noun's form. `BOTH`: dual or plural (`مدنيين`)."""

    SINGULAR = "singular"
    DUAL = "dual"
    BOTH = "both"
    PLURAL = "plural"


@dataclass(frozen=True, slots=True)
class Noun:
    """A form of a noun for people counted: who they are, what happened to them, or both.

    `weak`: what happened to them counts only where nothing else is said to have happened to them. `construct`: the
    form needs another noun after it (`مسلحي`).
    """

    who: tuple[str, ...]
    kind: FigureKind | None
    shape: Shape
    weak: bool = False
    construct: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """A word that says what happens to people: where it may stand, and whether nothing may part it from them."""

    kind: FigureKind
    before: bool
    after: bool
    adjacent: bool
    verbal_noun: bool


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A word for a number: its value, and what it may do in a numeral."""

    value: int
    role: str


def who_codes() -> tuple[str, ...]:
    """Return every code that `Figure.who` may hold, for a catalogue to be complete, in the order of people.tsv.

    >>> who_codes()[:3]
    ('civilians', 'children', 'women')
    """
    return tuple(dict.fromkeys(who for who, *_ in read_rows(_PACKAGE, "people.tsv") if who != "others"))


@cache
def nouns() -> dict[str, Noun]:
    """Return the nouns for people counted by folded form without the article."""
    table: dict[str, Noun] = {}
    for kind, *cells in read_rows(_PACKAGE, "casualties.tsv"):
        _enter(table, (), FigureKind(kind.lstrip("?")), kind.startswith("?"), cells)
    for who, *cells in read_rows(_PACKAGE, "people.tsv"):
        _enter(table, (who,), None, False, cells)
    return table


@cache
def noun_phrases() -> dict[str, tuple[tuple[str, Noun], ...]]:
    """Return the nouns of two words (`رجال الشرطة`): by the first word, what follows it."""
    table: dict[str, tuple[tuple[str, Noun], ...]] = {}
    for who, *cells in read_rows(_PACKAGE, "people.tsv"):
        for phrase in (one for cell in cells for one in cell.split("|") if " " in one and "|" in cell):
            first, _, second = fold(phrase).partition(" ")
            shape = Shape.SINGULAR if first in ("رجل", "عون") else Shape.PLURAL
            table[first] = (*table.get(first, ()), (second, Noun((who,), None, shape)))
    return table


def _enter(table: dict[str, Noun], who: tuple[str, ...], kind: FigureKind | None, weak: bool, cells: list[str]) -> None:
    for singular in cells[0].split():
        for form, shape, construct in _forms(singular):
            table.setdefault(fold(form), Noun(who, kind, shape, weak, construct))
    for plural in cells[1].split() if len(cells) > 1 and "|" not in cells[1] else ():
        table.setdefault(fold(plural), Noun(who, kind, Shape.PLURAL, weak))


def _forms(marked: str) -> Iterator[tuple[str, Shape, bool]]:
    word = marked.rstrip("+@")
    stem = word[:-1] + "ت" if word.endswith("ة") else word
    yield word, Shape.SINGULAR, False
    if word == stem:
        yield word + "ا", Shape.SINGULAR, False
    yield stem + "ان", Shape.DUAL, False
    yield stem + "ين", Shape.BOTH if "+" in marked else Shape.DUAL, False
    if "+" in marked:
        yield word + "ون", Shape.PLURAL, False
        yield word + "ي", Shape.PLURAL, True
        yield word + "و", Shape.PLURAL, True
    if "@" in marked:
        yield word[:-1] + "ات", Shape.PLURAL, False


@cache
def happenings() -> dict[str, Happening]:
    """Return the words that say what happens to people, by folded form without particles and the article."""
    table: dict[str, Happening] = {}
    for kind, place, forms in read_rows(_PACKAGE, "happenings.tsv"):
        for marked in forms.split():
            form = fold(marked.lstrip("!="))
            before, after = place in ("before", "both"), place in ("after", "both")
            adjacent, verbal_noun = "!" in marked, "=" in marked
            if known := table.get(form):
                before, after = before or known.before, after or known.after
                adjacent, verbal_noun = adjacent and known.adjacent, verbal_noun or known.verbal_noun
            table[form] = Happening(FigureKind(kind), before, after, adjacent, verbal_noun)
    return table


@cache
def number_words() -> dict[str, NumberWord]:
    """Return the words for numbers by folded form."""
    table: dict[str, NumberWord] = {}
    for value, role, forms in read_rows(_PACKAGE, "numbers.tsv"):
        for form in forms.split():
            table.setdefault(fold(form), NumberWord(int(value), role))
    return table


@cache
def qualifiers(place: str) -> dict[tuple[str, ...], Qualifier]:
    """Return the phrases that limit a number, as folded words, for one `place`: before it or after it."""
    return {
        tuple(fold(phrase).split()): Qualifier(qualifier)
        for qualifier, where, phrases in read_rows(_PACKAGE, "qualifiers.tsv")
        if where == place
        for phrase in phrases.split("|")
    }


@cache
def members(name: str) -> dict[str, bool]:
    """Return a closed set of words by its name in function_words.tsv, folded; a mapping to look up."""
    return _sets()[name]


@cache
def _sets() -> dict[str, dict[str, bool]]:
    rows = read_rows(_PACKAGE, "function_words.tsv")
    return {name: {fold(word): True for word in words.split()} for name, words in rows}


@cache
def speech() -> dict[str, str]:
    """Return the verbs of saying by folded form, with how they work (see speech.tsv)."""
    return {fold(form): how for how, forms in read_rows(_PACKAGE, "speech.tsv") for form in forms.split()}


@cache
def sourcing() -> dict[tuple[str, ...], str]:
    """Return the phrases that name a source without a verb, as folded words, with how they work."""
    return {
        tuple(fold(phrase).split()): how
        for how, phrases in read_rows(_PACKAGE, "sourcing.tsv")
        for phrase in phrases.split("|")
    }
