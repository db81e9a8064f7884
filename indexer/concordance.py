"""A concordance: every place where the words of a query stand, with what stands before and after it, in both languages.

A line is one place. Its side is the original where the word stands in the Arabic, else the English. On the other side
stands the word that the alignment pairs with it, else one that the same word of the query meets there, with its own
surroundings; where there is neither, the whole sentence.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from archive.document import BlockKind, PublicationDate
from archive.translation import AlignedPair, Article, Origin
from indexer.analysis import Level, fold
from indexer.engine.interface import Side
from indexer.snippets import CONFIDENT, Pair, Place

if TYPE_CHECKING:
    from indexer.search import Searcher

MOST_LINES = 500
"""Lines of a concordance."""

MOST_ARTICLES = 2_000
"""Articles that are gone through for them."""

MOST_SECONDS = 3.0
"""Time that the going through may take; with words that were never met before it is slower."""

AROUND = 34
"""Letters shown on either side of a word; words are not cut."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word in context: what stands before and after it in the order of reading, cut where the sentence goes on.

    `lead` and `trail` touch the word: a particle or quotation mark before it, a comma after it.
    """

    before: str
    lead: str
    word: str
    trail: str
    after: str
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A place where a word of the query stands.

    `side` says where it was met; `wording` is the word as it stands there, `query_word` that of the query. `ar` and
    `en` are words in context, or a whole sentence where no word answers; `en` is None where there is no English.
    """

    sentence: str
    article: str
    outlet: str | None
    date: PublicationDate
    side: Side
    level: Level
    query_word: str
    wording: str
    ar: Keyword | str
    en: Keyword | str | None
    origin: Origin | None
    title: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """A form in which the words of the query stand, with its lines by outlet (None: not named)."""

    text: str
    count: int
    outlets: Mapping[str | None, int]


@dataclass(frozen=True, slots=True)
class Concordance:
    """Lines, closest articles first. `articles` match the query; `read` of them were gone through for these lines.

    `complete` is False where there are more lines than these; then the counts are of these alone.
    """

    lines: tuple[Line, ...]
    articles: int
    read: int
    complete: bool

    def wordings(self) -> list[Wording]:
        """Return the forms that stand in the lines, the most frequent first; vowel marks don't part them."""
        counts: dict[str, Counter[str | None]] = {}
        surfaces: dict[str, Counter[str]] = {}
        for line in self.lines:
            counts.setdefault(wording_key(line), Counter())[line.outlet] += 1
            surfaces.setdefault(wording_key(line), Counter())[line.wording] += 1
        found = [Wording(_commonest(surfaces[key]), by.total(), by) for key, by in counts.items()]
        return sorted(found, key=lambda wording: (-wording.count, wording.text))

    def outlets(self) -> list[tuple[str | None, int]]:
        """Return the outlets of the lines with their counts, most first, those not named last."""
        counts = Counter(line.outlet for line in self.lines)
        return sorted(counts.items(), key=lambda pair: (pair[0] is None, -pair[1], pair[0] or ""))


def concordance(
    searcher: "Searcher", query: str, *, levels: Iterable[Level] | None = None, names: bool = True
) -> Concordance:
    """Return the places where the words of a query stand, within the bounds above. Raises as a search does."""
    began = monotonic()
    total, matching = searcher.matching(query, levels=levels, names=names)
    lines: list[Line] = []
    read = 0
    for article, pairs in matching:
        if len(lines) >= MOST_LINES or read >= MOST_ARTICLES or monotonic() - began > MOST_SECONDS:
            return Concordance(tuple(lines), total, read, False)
        found = [line for pair in pairs for line in lines_of(article, pair)]
        if len(lines) + len(found) > MOST_LINES:
            return Concordance((*lines, *found[: MOST_LINES - len(lines)]), total, read + 1, False)
        lines += found
        read += 1
    return Concordance(tuple(lines), total, read, read >= total)


def lines_of(article: Article, pair: Pair) -> Iterator[Line]:
    """Yield a line for each place of a sentence pair: those in the Arabic, and those met in the English alone."""
    document, made = article.document, pair.translation
    english = made.text if made else ""
    aligned = [each for each in (made.alignment if made else ()) if each.confidence >= CONFIDENT]

    def line(side: Side, place: tuple[int, int], level: Level, word: str, ar: Keyword | str, en: Keyword | str) -> Line:
        text = pair.text if side is Side.ORIGINAL else english
        return Line(
            sentence=article.sentence_id(pair.number),
            article=article.id,
            outlet=document.outlet,
            date=document.date,
            side=side,
            level=level,
            query_word=word,
            wording=" ".join(text[slice(*place)].split()),
            ar=ar,
            en=en if made else None,
            origin=made.origin if made else None,
            title=document.blocks[document.sentences[pair.number - 1].block].kind is BlockKind.TITLE,
        )

    facing = {met: _facing(met.start, met.end, aligned, len(english)) for met in pair.ar}
    unpaired = [met for met in pair.en if not any(_overlap(met, place) for place in facing.values())]
    for met in pair.ar:
        place = facing[met]
        if place is None and (twin := next((each for each in unpaired if each.clause == met.clause), None)):
            unpaired.remove(twin)
            place = (twin.start, twin.end)
        other = in_context(english, *place) if place else _one_line(english)
        yield line(
            Side.ORIGINAL, (met.start, met.end), met.level, met.word, in_context(pair.text, met.start, met.end), other
        )
    turned = [AlignedPair(a.target_start, a.target_end, a.source_start, a.source_end, a.confidence) for a in aligned]
    for met in unpaired:
        if met.level is Level.GLOSS and pair.ar:
            continue
        place = _facing(met.start, met.end, turned, len(pair.text))
        other = in_context(pair.text, *place) if place else _one_line(pair.text)
        shown = in_context(english, met.start, met.end)
        yield line(
            _english_side(made.origin if made else None), (met.start, met.end), met.level, met.word, other, shown
        )


def in_context(text: str, start: int, end: int) -> Keyword:
    """Return a word of a text with what stands around it, cut between words.

    >>> word = in_context("Three (civilians) died.", 7, 16)
    >>> word.before, word.lead, word.word, word.trail, word.after
    ('Three', '(', 'civilians', ')', 'died.')
    """
    before, after = " ".join(text[:start].split()), " ".join(text[end:].split())
    left, right = _tail(before), _head(after)
    cut = len(left) < len(before), len(right) < len(after)
    lead = trail = ""
    if text[:start][-1:].strip():
        left, _, lead = left.rpartition(" ")
    if text[end:][:1].strip():
        trail, _, right = right.partition(" ")
    return Keyword(left, lead, " ".join(text[start:end].split()), trail, right, *cut)


def wording_key(line: Line) -> str:
    """Return what parts wordings: the form without its vowel marks, and without capitals."""
    return fold(line.wording)


def _tail(text: str) -> str:
    if len(text) <= AROUND:
        return text
    _, space, rest = text[-AROUND - 1 :].partition(" ")
    return rest if space else text[-AROUND:]


def _head(text: str) -> str:
    if len(text) <= AROUND:
        return text
    rest, space, _ = text[: AROUND + 1].rpartition(" ")
    return rest if space else text[:AROUND]


def _facing(start: int, end: int, pairs: Iterable[AlignedPair], length: int) -> tuple[int, int] | None:
    """Return the place on the other side that stands for a place, as surely as the alignment knows one."""
    found = [
        pair
        for pair in pairs
        if pair.source_start < end and start < pair.source_end and 0 <= pair.target_start < pair.target_end <= length
    ]
    best = max(found, key=lambda pair: pair.confidence, default=None)
    return (best.target_start, best.target_end) if best else None


def _overlap(met: Place, place: tuple[int, int] | None) -> bool:
    return place is not None and met.start < place[1] and place[0] < met.end


def _english_side(origin: Origin | None) -> Side:
    return {Origin.REVIEWED: Side.REVIEWED, Origin.MACHINE: Side.MACHINE}.get(origin or Origin.GLOSS, Side.GLOSS)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _commonest(surfaces: Counter[str]) -> str:
    return min(surfaces, key=lambda surface: (-surfaces[surface], surface))
