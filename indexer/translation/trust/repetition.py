"""Words that the English says again though the Arabic does not: a clause twice, a decoder that loops."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from archive.document import Note
from archive.wordlists import read_words
from indexer.gazetteer.keys import forms
from indexer.translation.agreement import says_something
from indexer.translation.trust.line import Line

_RUN = 5
"""Words in a row that people don't write twice in a sentence."""

_RUN_IN_ARABIC = 2
_ENGLISH_PER_ARABIC = 2.2
"""English words that one Arabic word may take, its particles counted."""

_CLOSE = 3
_SHORTEST = 4
"""Letters of the shortest word whose doubling (`children and children`) is a fault."""

_NEAR = 2
_SHORTEST_CLAUSE = 3
_SHORTEST_LOOP = 12
_LOOP = re.compile(r"(\w{2,6})\1{3,}")
_BORDER = re.compile(r"[,;:.!?()—\n]")
_CONJUNCTIONS = frozenset(("and", "or"))
_SHOWN = 60


def repetition_notes(arabic: Line, english: Line) -> Iterator[Note]:
    """Yield a note with the words that stand twice, unless the Arabic has some twice too.

    >>> list(repetition_notes(Line("قتل 20 مدنيا بينهم أطفال ونساء"), Line("They killed children and children.")))
    [Note(code='repeated', args=('children and children',))]
    """
    first, length = _longest_run_twice(english.keys, _RUN)
    if not length and (looped := _looped(english)):
        yield Note("repeated", (looped,))
        return
    if not length:
        first, length = _run_at_once(english) or _clause_twice(english) or _doubled(english) or (0, 0)
    if length == 0 or _is_excused(length, _bare(arabic)):
        return
    again = _text(english, first, first + length - 1)
    yield Note("repeated", (again if len(again) <= _SHOWN else again[:_SHOWN].rstrip() + "…",))


def _looped(line: Line) -> str:
    """Return the beginning of a word whose letters go round and round, as a decoder's do that is lost."""
    long = (word.text for word in line.words if word.latin and len(word.text) >= _SHORTEST_LOOP)
    return next((word[:_SHOWN] for word in long if _LOOP.search(word[:_SHOWN])), "")


def _is_excused(length: int, arabic: Sequence[str]) -> bool:
    """Say whether the Arabic says something twice that so many English words may stand for."""
    if length < _RUN and _has_word_twice(arabic):
        return True
    return length <= 1 + _ENGLISH_PER_ARABIC * _longest_run_twice(arabic, _RUN_IN_ARABIC)[1]


def _longest_run_twice(keys: Sequence[str], shortest: int) -> tuple[int, int]:
    """Return where the longest run of at least so many words stands again, and its length; (0, 0) if none does."""
    seen: dict[tuple[str, ...], int] = {}
    best = (0, 0)
    place = 0
    while place <= len(keys) - shortest:
        run = tuple(keys[place : place + shortest])
        first = seen.setdefault(run, place)
        if place >= first + shortest and not all(key.isdecimal() for key in run):
            length = shortest
            while (
                place + length < len(keys) and first + length < place and keys[first + length] == keys[place + length]
            ):
                length += 1
            best = max(best, (place, length), key=lambda found: found[1])
            place += length - shortest
        place += 1
    return best


def _bare(line: Line) -> list[str]:
    """Return the words of an Arabic line without conjunction, preposition and article."""
    return [min((form.key for form in forms(key)), key=len).removeprefix("ال") for key in line.keys]


def _has_word_twice(bare: Sequence[str]) -> bool:
    """Say whether a word stands again close by."""
    return any(
        word in bare[place + 1 : place + 1 + _CLOSE] and says_something(word)
        for place, word in enumerate(bare)
        if len(word) > _NEAR
    )


def _run_at_once(line: Line) -> tuple[int, int] | None:
    """Return where a run of a few words stands twice without anything between, and its length."""
    keys = line.keys
    for length in range(_RUN - 1, 1, -1):
        for place in range(length, len(keys) - length + 1):
            if keys[place] == keys[place - length] and keys[place : place + length] == keys[place - length : place]:
                return place, length
    return None


def _clause_twice(line: Line) -> tuple[int, int] | None:
    """Return where a whole clause stands again, and how many words it has: a few are enough between two commas."""
    seen: set[tuple[str, ...]] = set()
    first = 0
    for place in range(len(line.keys)):
        if place < len(line.keys) - 1 and not _BORDER.search(line.gap(place)):
            continue
        clause = tuple(line.keys[first : place + 1])
        if clause in seen:
            return first, len(clause)
        if len(clause) >= _SHORTEST_CLAUSE and any(len(key) >= _SHORTEST for key in clause):
            seen.add(clause)
        first = place + 1
    return None


def _doubled(line: Line) -> tuple[int, int] | None:
    """Return where a word stands beside itself, or joined to itself by `and`, and how many words that is."""
    for place, key in enumerate(line.keys[1:], start=1):
        if line.words[place].text.isdecimal() or key in _may_stand_twice():
            continue
        if key == line.keys[place - 1] and line.gap(place - 1).strip(" ,-") == "":
            return place - 1, 2
        joined = place >= _NEAR and line.keys[place - 1] in _CONJUNCTIONS and key == line.keys[place - _NEAR]
        if joined and len(key) >= _SHORTEST and line.hang_together(place - 1) and line.hang_together(place - _NEAR):
            return place - _NEAR, 1 + _NEAR
    return None


def _text(line: Line, first: int, last: int) -> str:
    return " ".join(line.text[line.words[first].start : line.words[last].end].split())


@cache
def _may_stand_twice() -> frozenset[str]:
    return read_words("indexer.translation.trust", "doubled.txt")
