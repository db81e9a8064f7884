"""Cutting a text into sentences: the unit of translation, marking and linking.

The rules know Arabic and Latin punctuation. A line break always ends a sentence. A full stop ends one unless it stands
in a number, an abbreviation, an initial or an address; two or three stops are a pause unless running text goes on for
some words on both sides; a quotation is not cut where its sentence goes on outside of it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from archive.quotations import QUOTES, enclosures
from archive.wordlists import read_words

LONGEST = 1_000
"""Sentences longer than this are cut at a pause, since a translation model loses the thread of longer ones."""

LONG_QUOTATION = 400
"""A quotation longer than this may be cut even where its sentence goes on outside of it."""

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_STOP = re.compile(r"[.؟!?…۔‼⁇⁈⁉]+")
_CLOSERS = re.compile(r"(?:[\"”“»›’')\]}]|\[\d{1,3}\])*")
_WORDLESS = re.compile(r"[\W_]*")
_BLANKS = re.compile(r"\s*")
_TOKEN = 200  # how far an address or an abbreviation is looked at from its full stop
_PAUSES = ("؛;", "،,:", "")
_STARTERS = re.compile(
    r"(?:the|an?|s?he|it|they|we|i|in|on|at|but|and|for|this|that|these|those|its|there|according)\b", re.IGNORECASE
)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the half-open offsets of each sentence, in order, trimmed of white space and never empty.

    Together they cover all of the text but white space. Linear in the length of the text.

    >>> [text[start:end] for text in ["قُتل 3.5% منهم. وأُصيب آخرون!"] for start, end in split_sentences(text)]
    ['قُتل 3.5% منهم.', 'وأُصيب آخرون!']
    """
    return [
        piece
        for line in _LINE.finditer(text)
        for start, end in _split_line(text, line.start(), line.end())
        for piece in _cut_long(text, start, end)
    ]


def _split_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    start, end = _trim(text, start, end)
    if start == end:
        return
    line = _Line(text, start, end)
    for boundary in line.boundaries():
        following = _BLANKS.match(text, boundary, end).end()  # type: ignore[union-attr]  # matches nothing too
        if end - following > 20 or not _WORDLESS.fullmatch(
            text, following, end
        ):  # a mark left over stays with its sentence
            yield _trim(text, start, boundary)
            start = following
    if start < end:
        yield start, end


class _Line:
    """One line of a text, with what its full stops must be judged by."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.pairs = enclosures(text, start, end)
        self.opens = [opened for opened, _ in self.pairs]
        self.running = _STOP.match(text, max(start, _before_closers(text, start, end) - 1), end) is not None

    def boundaries(self) -> Iterator[int]:
        """Yield where each sentence but the last ends."""
        sentence, position = self.start, self.start
        while found := _STOP.search(self.text, position, self.end):
            position = after = self._after_stop(found.end())
            if after < self.end and self._ends(found, after, sentence):
                yield after
                sentence = after

    def _after_stop(self, position: int) -> int:
        """Return where the stop ends with the closing marks and further stops that belong to it."""
        while True:
            after = _CLOSERS.match(self.text, position, self.end).end()  # type: ignore[union-attr]
            if after < self.end and after > position and not _is_outside(self.text[after]):
                after = position  # the marks open what follows
            more = _BLANKS.match(self.text, after, self.end).end()  # type: ignore[union-attr]
            stop = _STOP.match(self.text, more, self.end)
            if stop is None or (more > after and stop.end() < self.end and self.text[stop.end()].isalnum()):
                return after
            position = stop.end()

    def _ends(self, stop: re.Match[str], after: int, sentence: int) -> bool:
        following = _BLANKS.match(self.text, after, self.end).end()  # type: ignore[union-attr]
        if following == self.end or self.text[following] in "،,؛;:":
            return False
        mark = stop.group()
        spaced = following > after
        if self._held(stop.start(), after):
            return False
        if not spaced and not self._glued(stop.start(), after):
            return False
        if after > stop.end() and mark[-1] != "." and not self._starts_anew(following):
            return False  # «من المسؤول؟» سأل الرجل
        if mark == ".":
            return self._full_stop_ends(stop.start(), following, sentence)
        if set(mark) <= {".", "…"}:
            return self._pause_ends(stop.start(), following, sentence)
        return not self.text[following].islower()

    def _starts_anew(self, position: int) -> bool:
        return self.text[position].isupper() or self.text[position] in QUOTES

    def _held(self, stop: int, after: int) -> bool:
        """Say whether the stop lies in a quotation or bracket whose sentence goes on outside of it."""
        number = bisect_right(self.opens, stop) - 1
        if number < 0:
            return False
        opened, closed = self.pairs[number]
        if after > closed or closed - opened > LONG_QUOTATION:
            return False
        return not self._ends_with(closed)

    def _ends_with(self, closed: int) -> bool:
        """Say whether the sentence ends where the quotation does."""
        after = self._after_stop(closed)
        following = _BLANKS.match(self.text, after, self.end).end()  # type: ignore[union-attr]
        if following == self.end:
            return True
        if self.text[following] in "،,؛;:":
            return False
        return _STOP.search(self.text, closed, after) is not None or self.text[closed - 1] == "."

    def _glued(self, stop: int, after: int) -> bool:
        """Say whether a stop with no space after it ends a sentence: only between Arabic words, outside addresses."""
        left = self.text[max(self.start, stop - _TOKEN) : stop].split()
        right = self.text[after : min(self.end, after + _TOKEN)].split()
        if not left or not right or any(mark in left[-1] + right[0] for mark in ("://", "@", "www.")):
            return False
        if self.text[after] in "—–-":
            return True
        if self.text[stop] != ".":
            return _is_arabic(self.text[after]) or self.text[after] in QUOTES
        before, behind = re.findall(r"\w+", left[-1]), re.findall(r"\w+", right[0])
        return bool(before and behind) and all(len(w) > 2 and _is_arabic(w[0]) for w in (before[-1], behind[0]))

    def _full_stop_ends(self, stop: int, following: int, sentence: int) -> bool:
        if self.text[following].islower():
            return False
        words = self.text[max(sentence, stop - _TOKEN) : stop].split()
        if not words:
            return False
        word = words[-1].lstrip("\"“”«»‹›'‘’([{").lower()
        if len(words) == 1 and word.isdigit() and len(word) < 4:
            return False  # 1. the first of a list
        if not _is_abbreviation(word):
            return True
        if _is_arabic(word[-1]):
            return len(words) > 1 and word in {"م", "ه", "هـ"} and words[-2].isdigit()  # 2019 م.
        return "." in word and self.text[following].isupper() and _STARTERS.match(self.text, following) is not None

    def _pause_ends(self, stop: int, following: int, sentence: int) -> bool:
        if self.text[following].islower():
            return False
        if self.text[following].isupper():
            return self.running
        before = len(self.text[max(sentence, stop - _TOKEN) : stop].split())
        rest = self.text[following : min(self.end, following + _TOKEN)]
        behind = len(_STOP.split(rest, maxsplit=1)[0].split())
        return self.running and before >= 5 and behind >= 3


def _is_outside(character: str) -> bool:
    return character.isspace() or not character.isalnum()


def _is_arabic(character: str) -> bool:
    return "\u0600" <= character[0] <= "\u06ff"


def _is_abbreviation(word: str) -> bool:
    """Say whether a word written before a full stop is shortened: listed, an initial, or letters joined by stops.

    >>> [_is_abbreviation(word) for word in ("د", "أ.د", "u.s", "ق.م", "ود", "gen", "المدينة")]
    [True, True, True, True, True, True, False]
    """
    bare = word[1:] if len(word) > 1 and word[0] == "و" else word
    parts = bare.replace("ـ", "").split(".")
    if len(parts) <= 6 and all(len(part) == 1 and part.isalpha() for part in parts):
        return True
    return bare in read_words("archive", "abbreviations.txt") or (bool(bare) and bare.endswith((".د", ".م")))


def _before_closers(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1] in "\"”“»›’')]}" or text[end - 1].isspace()):
        end -= 1
    return end


def _cut_long(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence of more than `LONGEST` letters at its last pause before the limit, else at a space."""
    while end - start > LONGEST:
        cut = _last_pause(text, start)
        yield _trim(text, start, cut)
        start = _BLANKS.match(text, cut, end).end()  # type: ignore[union-attr]
    if start < end:
        yield start, end


def _last_pause(text: str, start: int) -> int:
    for marks in _PAUSES:
        for position in range(start + LONGEST - 1, start + LONGEST // 3, -1):
            if text[position].isspace() and (not marks or text[position - 1] in marks):
                return position
    return start + LONGEST


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
