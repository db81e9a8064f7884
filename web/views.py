"""The ways of reading an article, the glosses under its words, and the steps from one marked sentence to the next."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.hit import Span

if TYPE_CHECKING:
    from indexer.translation.gloss import GlossedWord


MOST_GLOSSED = 60_000
"""Letters of an article that are given glosses: what a person reads in a day, and a server in two seconds."""


class View(StrEnum):
    """What of an article is shown: facing pages, one language alone, or the Arabic with a gloss under each word."""

    BOTH = "both"
    ARABIC = "arabic"
    ENGLISH = "english"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Word:
    """A run of a sentence, and the gloss under it; None for what lies between words.

    `known` is False where the gloss is only the word in Latin letters.
    """

    spans: tuple[Span, ...]
    gloss: str | None = None
    known: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """The marked sentences before and after a marked one, None at either end."""

    before: int | None
    after: int | None


def read_view(text: str) -> View:
    """Return the view that an address asks for; facing pages for one that is none, so that the article is shown.

    >>> read_view("words"), read_view("upside down")
    (<View.WORDS: 'words'>, <View.BOTH: 'both'>)
    """
    return View(text) if text in list(View) else View.BOTH


def steps(numbers: Sequence[int]) -> Mapping[int, Step]:
    """Return where to go from each marked sentence.

    >>> steps([2, 7])[2]
    Step(before=None, after=7)
    """
    framed = [None, *numbers, None]
    return {number: Step(framed[at], framed[at + 2]) for at, number in enumerate(numbers)}


def word_glosser() -> "Callable[[Sequence[Span]], list[Word]] | None":
    """Return what sets glosses under the words of a marked sentence; None where the lexicon is not installed.

    Sentences after the first `MOST_GLOSSED` letters come without.
    """
    gloss = _gloss_words()
    if gloss is None:
        return None
    left = MOST_GLOSSED

    def glossed(spans: Sequence[Span]) -> list[Word]:
        nonlocal left
        text = "".join(span.text for span in spans)
        left -= len(text)
        return list(interlinear(spans, gloss(text))) if left >= 0 else [Word(tuple(spans))]

    return glossed


def interlinear(spans: Sequence[Span], glosses: "Iterable[GlossedWord]") -> Iterator[Word]:
    """Yield a sentence cut into words with their glosses; joined, the runs give the sentence back.

    What touches a word, a comma or a bracket, stays with it, so that no line begins with a comma.
    """
    text = "".join(span.text for span in spans)
    words = [word for word in glosses if word.start < word.end]
    starts = [0, *(_touching(text, one.end, two.start)[1] for one, two in pairwise(words))]
    at = 0
    for number, word in enumerate(words):
        low = starts[number] if number else _last_gap(text, 0, word.start)
        following = words[number + 1].start if number + 1 < len(words) else len(text)
        high = _touching(text, word.end, following)[0]
        if low > at:
            yield Word(_part(spans, at, low))
        yield Word(_part(spans, low, high), word.gloss, word.known)
        at = high
    if at < len(text):
        yield Word(_part(spans, at, len(text)))


def _touching(text: str, end: int, start: int) -> tuple[int, int]:
    """Return where the word that ends at `end` gives way, and from where on a text belongs to the next."""
    gap = text[end:start]
    if not any(letter.isspace() for letter in gap):
        return start, start
    first = next(place for place, letter in enumerate(gap) if letter.isspace())
    return end + first, _last_gap(text, end + first, start)


def _last_gap(text: str, low: int, high: int) -> int:
    """Return the place after the last white space between two places; `low` where there is none."""
    return next((place + 1 for place in range(high - 1, low - 1, -1) if text[place].isspace()), low)


def _part(spans: Sequence[Span], low: int, high: int) -> tuple[Span, ...]:
    """Return the part of a line of spans between two places."""
    edges = [0]
    for span in spans:
        edges.append(edges[-1] + len(span.text))
    first, last = bisect_right(edges, low) - 1, bisect_left(edges, high)
    return tuple(
        Span(span.text[max(low - edge, 0) : high - edge], span.mark)
        for span, edge in zip(spans[first:last], edges[first:last], strict=True)
        if span.text[max(low - edge, 0) : high - edge]
    )


@cache
def _gloss_words() -> "Callable[[str], list[GlossedWord]] | None":
    from indexer.lexicon import load_lexicon
    from indexer.translation.gloss import GlossTranslator

    lexicon = load_lexicon()
    return None if lexicon is None else GlossTranslator(lexicon).gloss_words
