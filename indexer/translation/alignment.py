"""Which word says what: by the decoder's attention where the lexicon, a name or a figure bears it out.

Attention alone is sharp and wrong too often (a verb for the noun before it), and a wrong mark misleads more than none:
so two words are paired only where they can say the same, and the attention decides between several that can. Words
that only bind others are marked inside a phrase, never alone.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from archive.translation import AlignedPair
from indexer.translation.agreement import says_something

SEEN = 0.1
"""Share of an English word's attention that the Arabic word must have, where several could say the same."""

ATTACHED = 0.35
"""Share that lets an article or auxiliary before the word join its phrase (the city, will travel)."""

_WORD = re.compile(r"\w[\w\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}'’.,-]*\w|\w")

NEAR = 0.35
"""Part of a sentence by which two words that say the same may be apart, less `SEEN`, where others could too."""

_WHOLE_WORDS = re.compile(r"\s*\S+(?:\s+$)?")
_LEADING = frozenset(
    ("the", "a", "an", "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "will", "would")
)
"""Words that may stand before a word as part of what one Arabic word says."""

Span = tuple[int, int]
Attention = Sequence[Sequence[float]]
Agree = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Side:
    """A text with the pieces that a model cut it into; the surfaces together are the text."""

    text: str
    surfaces: Sequence[str]

    def words(self) -> list[Span]:
        """Return the spans of its words, without the marks around them."""
        return [match.span() for match in _WORD.finditer(self.text)]

    def pieces_of(self, words: Sequence[Span]) -> list[list[int]]:
        """Return the pieces that each word is made of."""
        borders = list(pairwise(accumulate(map(len, self.surfaces), initial=0)))
        owned: list[list[int]] = [[] for _ in words]
        word = 0
        for piece, (start, end) in enumerate(borders):
            while word < len(words) and words[word][1] <= start:
                word += 1
            if word < len(words) and words[word][0] < end:
                owned[word].append(piece)
        return owned


def align(source: Side, target: Side, attention: Attention, agree: Agree) -> tuple[AlignedPair, ...]:
    """Return the pairs that hold, in the order of the English. `attention` has a row for each piece of the target.

    >>> source = Side("عاد الأطفال", ("عاد", " ال", "أطفال"))
    >>> target = Side("The children returned", ("The", " children", " return", "ed"))
    >>> attention = [[0.1, 0.6, 0.3], [0.0, 0.2, 0.8], [0.9, 0.0, 0.1], [0.8, 0.1, 0.1]]
    >>> agree = lambda arabic, english: (arabic, english) in {("الأطفال", "children"), ("عاد", "returned")}
    >>> [(source.text[p.source_start:p.source_end], target.text[p.target_start:p.target_end])
    ...  for p in align(source, target, attention, agree)]
    [('الأطفال', 'The children'), ('عاد', 'returned')]
    """
    if not _fits(source, target, attention):
        return ()
    source_words, target_words = source.words(), target.words()
    shares = _by_word(attention, source.pieces_of(source_words), target.pieces_of(target_words))
    english = [target.text[start:end] for start, end in target_words]
    arabic = [source.text[start:end] for start, end in source_words]
    pairs = []
    for row, (column, confidence) in sorted(_anchors(shares, arabic, english, agree).items()):
        first = row
        while first > 0 and english[first - 1].lower() in _LEADING and _leans(shares[first - 1], column):
            first -= 1
        span = (*source_words[column], target_words[first][0], target_words[row][1])
        pairs.append(AlignedPair(*span, round(confidence, 3)))
    return tuple(pairs)


def align_by_place(arabic: str, english: str, agree: Agree) -> tuple[AlignedPair, ...]:
    """Return the pairs of a line that came without attention (reviewed, imported): as `align`, by place instead.

    Where several words could say the same, the one at about the same place in its sentence is taken.

    >>> arabic, english = "وصلت 3 حافلات ثم 5 سيارات", "3 buses arrived, then 5 cars"
    >>> pairs = align_by_place(arabic, english, lambda left, right: left == right)
    >>> [(arabic[p.source_start:p.source_end], english[p.target_start:p.target_end]) for p in pairs]
    [('3', '3'), ('5', '5')]
    """
    source, target = (Side(text, _WHOLE_WORDS.findall(text)) for text in (arabic, english))
    columns, rows = len(source.surfaces), len(target.surfaces)
    near = [[max(0.0, NEAR - abs(row / rows - column / columns)) for column in range(columns)] for row in range(rows)]
    return align(source, target, near, agree)


def _fits(source: Side, target: Side, attention: Attention) -> bool:
    whole = all("".join(side.surfaces) == side.text for side in (source, target))
    rows = len(attention) == len(target.surfaces)
    return whole and rows and all(len(row) == len(source.surfaces) for row in attention)


def _by_word(attention: Attention, source: list[list[int]], target: list[list[int]]) -> list[list[float]]:
    """Return for each English word the share of its attention that each Arabic word has."""
    return [
        [sum(attention[row][column] for row in rows for column in columns) / max(len(rows), 1) for columns in source]
        for rows in target
    ]


def _anchors(
    shares: list[list[float]], arabic: list[str], english: list[str], agree: Agree
) -> dict[int, tuple[int, float]]:
    """Return the English words that say what one Arabic word says: English → (Arabic, confidence).

    Each word has at most one partner. Confidence is at least 0.5, and grows with the share of the attention.
    """
    able = [
        (row, column)
        for row, said in enumerate(english)
        if says_something(said)
        for column, written in enumerate(arabic)
        if says_something(written) and agree(written, said)
    ]
    rivals_of_row = {row: sum(other == row for other, _ in able) for row, _ in able}
    rivals_of_column = {column: sum(other == column for _, other in able) for _, column in able}
    anchors: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for row, column in sorted(able, key=lambda pair: -shares[pair[0]][pair[1]]):
        alone = rivals_of_row[row] == rivals_of_column[column] == 1
        if row not in anchors and column not in taken and (alone or shares[row][column] >= SEEN):
            anchors[row] = (column, 0.5 + 0.5 * min(shares[row][column], 1.0))
            taken.add(column)
    return anchors


def _leans(shares: list[float], column: int) -> bool:
    return shares[column] == max(shares) >= ATTACHED
