"""The words of a sentence as figures are looked for in them: folded, with what stands before each."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple, TypeVar
from unicodedata import combining

from archive.folding import fold_with_offsets

_WORD = re.compile(r"\d+(?:[.,/:٬٫\N{EN DASH}-]\d+)*|[^\W\d_]+")
_BREAK = re.compile(r"[،,;؛:.!?؟…\n\r\N{EN DASH}\N{EM DASH}|]")
_LETTERS_BEFORE_DIGITS = {"و", "ف", "ب", "ل"}
_LONGEST = 40

Value = TypeVar("Value")


class Word(NamedTuple):
    """A word: offsets into the text, its folded form, and how it hangs on what stands before it.

    `broken`: a mark that parts clauses stands before it. `gap`: all that stands between it and the word before it.
    `joined`: و was written apart from it, or glued to a number. `led`: so was ب or ل.
    """

    start: int
    end: int
    key: str
    broken: bool
    gap: str
    joined: bool = False
    led: bool = False


class Found(NamedTuple):
    """The form under which a word stands in a list, and what was taken off the word to find it: و, a particle, ال."""

    core: str
    joined: bool
    led: bool
    definite: bool


def read_words(text: str, start: int, stop: int) -> list[Word]:
    """Return the words of a stretch of a text; a lone و and one before digits belong to the next word.

    >>> [(word.key, word.joined, word.broken) for word in read_words("قُتل ٣، و5 جُرحوا", 0, 17)]
    [('قتل', False, False), ('3', False, False), ('5', True, True), ('جرحوا', False, False)]
    """
    folded, offsets = fold_with_offsets(text[start:stop])
    words: list[Word] = []
    reached, joined, led, broken = 0, False, False, False
    for found in _WORD.finditer(folded):
        key, gap = found.group(), folded[reached : found.start()]
        broken = broken or _BREAK.search(gap) is not None
        behind = folded[found.end() : found.end() + 1]
        if key == "و" or (key in _LETTERS_BEFORE_DIGITS and behind.isdigit()):
            joined, led = joined or key in "وف", led or key in "بل"
            reached = found.end()
            continue
        end = start + offsets[found.end() - 1] + 1
        while combining(text[end : end + 1] or " "):
            end += 1
        words.append(Word(start + offsets[found.start()], end, key, broken, gap, joined, led))
        reached, joined, led, broken = found.end(), False, False, False
    return words


@lru_cache(maxsize=1 << 16)
def cores(key: str) -> tuple[Found, ...]:
    """Return what a folded word may be without و, a particle and the article: the least changed first.

    >>> [core for core, *_ in cores("والمدنيين")]
    ['والمدنيين', 'المدنيين', 'مدنيين']
    """
    found = [Found(key, False, False, False)]
    if len(key) > 2 and key[0] in "وف":
        found.append(Found(key[1:], True, False, False))
    for core, joined, _, _ in tuple(found):
        if core.startswith("لل") and len(core) > 4:
            found.append(Found(core[2:], joined, True, True))
            found.append(Found(core[1:], joined, True, True))
        elif len(core) > 3 and core[0] in "بلك":
            found.append(Found(core[1:], joined, True, False))
    for core, joined, led, _ in tuple(found):
        if core.startswith("ال") and len(core) > 4:
            found.append(Found(core[2:], joined, led, True))
    return tuple(found)


def look_up(table: Mapping[str, Value], word: Word) -> tuple[Value, Found] | None:
    """Return the entry of a word, with what was taken off it to find the entry; no list holds very long words."""
    if len(word.key) > _LONGEST:
        return None
    for found in cores(word.key):
        if found.core in table:
            return table[found.core], found
    return None
