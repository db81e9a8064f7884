"""The figures that a document mentions: sentence by sentence, with who says so."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from archive.document import TEXT_KINDS, TRANSLATED_KINDS, Document
from archive.translation import Article
from indexer.figures.attribution import Attribution, leaves_quotation_open
from indexer.figures.counting import Count, read_counts
from indexer.figures.figure import Figure
from indexer.figures.periods import Period, find_periods
from indexer.figures.surroundings import Surroundings
from indexer.figures.words import Word, read_words

_LONGEST_LIST = 8
_REMEMBERED = 3  # sentences after which وأضاف no longer goes on with whoever spoke


def mentioned_figures(item: Article | Document) -> tuple[Figure, ...]:
    """Return the figures that a document mentions of people killed, wounded, missing, displaced, detained, in danger.

    They are what the text reports, each with the sources that it names; none is a fact. In the order of the text.
    Linear in the length of the text.
    """
    document = item.document if isinstance(item, Article) else item
    return tuple(_Reading(document).figures())


class _Reading:
    """One way through a document, remembering who spoke last and where."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.surroundings = Surroundings(document)
        self.speaker: tuple[str, ...] = ()
        self.silent = 0
        self.quoted = False
        self.block = -1

    def figures(self) -> list[Figure]:
        found: list[Figure] = []
        for number, sentence in enumerate(self.document.sentences, 1):
            kind = self.document.blocks[sentence.block].kind
            if kind in TRANSLATED_KINDS:
                self.quoted = self.quoted and sentence.block == self.block
                self.block = sentence.block
                found += self._read(number, sentence.start, sentence.end, aside=kind not in TEXT_KINDS)
        return found

    def _read(self, number: int, start: int, end: int, *, aside: bool) -> list[Figure]:
        text = self.document.text
        words = read_words(text, start, end)
        if not words:
            return []
        attribution = Attribution(
            text, words, () if aside else self.speaker, self.surroundings.actors, quoted=self.quoted
        )
        if not aside:
            self._remember(attribution, text[start:end])
        counts = read_counts(words)
        if not counts:
            return []
        periods = find_periods(words)
        starts = {count.first: _start(text, words[count.first]) for count in counts}
        figures = []
        for place, count in enumerate(counts):
            sources, denied = attribution.chain(count.first)
            period = _period_of(counts, place, periods)
            figures.append(
                Figure(
                    sentence=number,
                    start=starts[count.first],
                    end=words[count.last - 1].end,
                    low=count.low,
                    high=count.high,
                    qualifier=count.qualifier,
                    kind=count.kind,
                    who=count.who,
                    part_of=None if count.whole is None else starts[count.whole],
                    sources=sources,
                    denied=denied,
                    period=_written(text, words, period) if period else None,
                    places=self.surroundings.places(number, near=period is None),
                    aside=aside,
                )
            )
        return figures

    def _remember(self, attribution: Attribution, text: str) -> None:
        self.quoted = leaves_quotation_open(text, opened=self.quoted and not attribution.speaks)
        if attribution.last_speaker:
            self.speaker, self.silent = attribution.last_speaker, 0
        else:
            self.silent += 1
            if self.silent >= _REMEMBERED:
                self.speaker, self.quoted = (), False


def _written(text: str, words: Sequence[Word], period: Period) -> str:
    return " ".join(text[words[period.first].start : words[period.last - 1].end].split())


def _start(text: str, word: Word) -> int:
    """Return where a word begins without the و before it."""
    if word.key[0] == "و" and text[word.start] == "و" and word.key != "واحد" and word.key != "واحده":
        start = word.start + 1
        while start < word.end and not text[start].isalnum():
            start += 1
        return start
    return word.start


def _period_of(counts: Sequence[Count], place: int, periods: Sequence[Period]) -> Period | None:
    """Return the period behind a count and its parts, short of the next count; else one before all of them."""
    count = counts[place]
    whole = count.first if count.whole is None else count.whole
    reach = next((later for later in counts[place + 1 : place + 1 + _LONGEST_LIST] if later.whole != whole), None)
    limit = reach.first if reach else math.inf
    behind = bisect_left(periods, count.last, key=lambda one: one.first)
    if behind < len(periods) and periods[behind].first < limit:
        return periods[behind]
    earlier = bisect_right(periods, counts[0].first, key=lambda one: one.last)
    before = periods[earlier - 1] if earlier else None
    return before if before and (before.dated or before.first == 0) else None
