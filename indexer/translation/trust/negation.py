"""Negations that the English loses or invents.

Each side's negations are counted: the firm ones, which the other side must have, and words that may stand for one
(`without`, `unusual`, `denied`; غير, دون, نفى). Phrases that negate nothing are taken out: لا يزال is still, لا سيما
especially, لا يقل عن at least, and not … إلا is only.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from archive.document import Note
from archive.wordlists import read_rows
from indexer.analysis.folding import fold
from indexer.translation.trust.line import Line

_HERE = "indexer.translation.trust"
_REACH = 14
"""Words after a negation within which إلا or سوى makes it `only`."""

_SHORTEST_DENIAL = 6
"""Letters of the shortest word whose un- or -less is read as denying."""

_HAMZA_ABOVE = "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}"
_WHAT = ("ما", "وما", "فما")
_OR = ("ام", "او")
_JOINED = ("ولا", "ولم", "ولن")
_EXCEPT = fold("إلا")


_SAYS_DEGREE = frozenset(("least", "more", "most", "over", "exceed", "exceeds", "exceeding", "up", "under", "must"))


class Negations(NamedTuple):
    """The negations of a line as written: firm ones, and words that may stand for one.

    `degree`: those of لا يقل عن and لا بد, which English says with `at least` and `must`, or with a negation.
    """

    firm: tuple[str, ...]
    soft: tuple[str, ...]
    degree: tuple[str, ...] = ()


def negation_notes(arabic: Line, english: Line) -> Iterator[Note]:
    """Yield a note when a negation is lost, or one is there that the Arabic has not.

    >>> list(negation_notes(Line("لم يصل أحد"), Line("Somebody arrived")))
    [Note(code='negation_lost', args=('لم',))]
    >>> list(negation_notes(Line("لا يزال في المدينة"), Line("He is still in the city")))
    []
    """
    said, given = arabic_negations(arabic), english_negations(english)
    soft = len(said.soft) + (0 if english.distinct & _SAYS_DEGREE else len(said.degree))
    if len(said.firm) > len(given.firm) + max(0, len(given.soft) - soft):
        yield Note("negation_lost", (said.firm[0],))
    elif len(given.firm) > len(said.firm) + max(0, soft - len(given.soft)):
        yield Note("negation_added", (given.firm[0],))


def arabic_negations(line: Line) -> Negations:
    """Return the negations of an Arabic line.

    >>> arabic_negations(Line("لا سيما أنه لا يقل عن 20 شخصًا، ولم يُعرف مصيرهم دون تحقيق"))
    Negations(firm=('ولم',), soft=('دون',), degree=('لا',))
    """
    words = _arabic()
    firm: list[str] = []
    soft: list[str] = []
    degree: list[str] = []
    for place, key in enumerate(line.keys):
        weight = words.get(key) or _by_neighbour(line, place)
        if weight is None:
            continue
        text, after = line.words[place].text, line.keys[place + 1 : place + 2]
        role = words.get(f"after {after[0]}") if after else None
        if role in ("still", "aside") or (key == _EXCEPT and _HAMZA_ABOVE not in text):
            continue
        if key.endswith("لما") and not (after and after[0].startswith(("ي", "ت"))):  # when, not: has not yet
            continue
        if after == ["ان"] and key.endswith("دون"):
            weight = "firm"
        before = line.keys[place - 1] if place else ""
        if (before in _WHAT and key == "لم") or (before in _OR and key == "لا"):  # unless; whether or not
            weight = "soft"
        if weight == "firm" and role == "degree":
            degree.append(text)
            continue
        if weight == "firm" and (role == "softened" or _is_only(line, place) or (firm and key in _JOINED[:1])):
            weight = "soft"
        (firm if weight == "firm" else soft).append(text)
    return Negations(tuple(firm), tuple(soft), tuple(degree))


def _by_neighbour(line: Line, place: int) -> str | None:
    """Say whether ما is a negation: before some verbs it may be."""
    after = line.keys[place + 1 : place + 2]
    return "soft" if line.keys[place] in _WHAT and after and _arabic().get(f"after ما {after[0]}") else None


def _is_only(line: Line, place: int) -> bool:
    """Say whether a negation is taken back: لا … إلا, ليس … سوى; إلا أن is however."""
    for after in range(place + 1, min(place + _REACH, len(line.keys))):
        key = line.keys[after]
        if key == "سوي" or (key == _EXCEPT and _HAMZA_ABOVE not in line.words[after].text):
            return line.keys[after + 1 : after + 2] not in (["ان"], ["انه"], ["انها"], ["انهم"])
    return False


def english_negations(line: Line) -> Negations:
    """Return the negations of an English line.

    >>> english_negations(Line("It isn't unusual, not only for No. 5, to leave without a word"))
    Negations(firm=("isn't",), soft=('unusual', 'not', 'without'), degree=())
    """
    words = _english()
    firm: list[str] = []
    soft: list[str] = []
    for place, key in enumerate(line.keys):
        weight = words.get(key) or _by_shape(key)
        if weight not in ("firm", "soft"):
            continue
        text, after = line.words[place].text, line.keys[place + 1 : place + 2]
        if key == "no" and after and after[0].isdecimal():
            continue
        softened = after and words.get(f"after {after[0]}") == "softened"
        if weight == "firm" and (softened or _is_choice(line, place) or (firm and key == "nor")):
            weight = "soft"
        (firm if weight == "firm" else soft).append(text)
    return Negations(tuple(firm), tuple(soft))


def _is_choice(line: Line, place: int) -> bool:
    """Say whether this is the not of `whether or not`."""
    return place > 0 and line.keys[place - 1] in ("or", "if")


def _by_shape(key: str) -> str | None:
    if len(key) < _SHORTEST_DENIAL:
        return None
    return "soft" if (key.startswith(("un", "non")) and not key.startswith("under")) or key.endswith("less") else None


@cache
def _arabic() -> dict[str, str]:
    """Return the weight of each word; under `after` what it makes of the negation before it."""
    table: dict[str, str] = {}
    for weight, words in read_rows(_HERE, "negations_ar.tsv"):
        before = {"firm": "", "soft": "", "soft-after": "after ما "}.get(weight, "after ")
        table |= {before + fold(word): weight for word in words.split(",")}
    return table


@cache
def _english() -> dict[str, str]:
    table: dict[str, str] = {}
    for weight, words in read_rows(_HERE, "negations_en.tsv"):
        before = "after " if weight == "softened" else ""
        table |= {before + word: weight for word in words.split(",")}
    return table
