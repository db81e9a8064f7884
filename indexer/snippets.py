"""Which sentences of a hit to show, and which of their words to mark: from our own offsets, with the index's analysis.

A word is marked where the search would meet it, as a whole surface word; a phrase only where the phrase stands, as one
span. On the other side a word is marked when it is met itself or when the translation's alignment says that it stands
for a marked one; otherwise the sentence as a whole answers, and is tinted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from archive.document import BlockKind
from archive.sentence_id import reviewed_elsewhere
from archive.translation import AlignedPair, Article, Translation
from indexer.analysis import Analyzer, Level, Term
from indexer.analysis.expressions import Expressions, expression_stems
from indexer.analysis.tokenizer import WORD
from indexer.engine.interface import (
    AnyClause,
    Clause,
    Field,
    PhraseClause,
    SearchRequest,
    Side,
    WeightedTerm,
    WordClause,
    Zone,
)
from indexer.hit import Mark, MarkedBy, Reason, Snippet, Span
from indexer.indexing import side_of, zone_of

MOST_SNIPPETS = 3

CONFIDENT = 0.5
"""The least confidence of an alignment that marks a word."""

_REMEMBERED = 200_000


class _Met(NamedTuple):
    """How a term answers a part of the query; the least is the best."""

    rank: int
    clause: int
    level: Level
    word: str


_Part = tuple[int, int, frozenset[str]]
"""A word: its start, its end, and the terms it is indexed under."""


class Place(NamedTuple):
    """A run of a sentence that answers a part of the query."""

    start: int
    end: int
    level: Level
    clause: int
    word: str

    def meets(self, other: "Place") -> bool:
        """Say whether the two runs overlap."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence pair with what is marked in it. `number` counts sentences from 1."""

    number: int
    text: str
    translation: Translation | None
    title: bool
    ar: tuple[Place, ...]
    en: tuple[Place, ...]

    def covered(self) -> dict[int, int]:
        """Return the parts of the query that are answered here, with the rank of the best level of each."""
        best: dict[int, int] = {}
        for place in (*self.ar, *self.en):
            best[place.clause] = min(place.level.rank, best.get(place.clause, len(Level)))
        return best


Sides = tuple[tuple[Span, ...], tuple[Span, ...]]
"""A sentence as spans: the original, the English."""


class Marker:
    """Marks the words of texts as one request meets them. Safe to share among threads once made."""

    def __init__(self, request: SearchRequest, surfaces: "Surfaces") -> None:
        self._surfaces = surfaces
        self._words: dict[Field, dict[str, _Met]] = defaultdict(dict)
        self._phrases: list[tuple[int, PhraseClause]] = []
        for number, clause in enumerate(dict.fromkeys((*request.wanted, *request.required))):
            self._learn(number, clause)
        self._asked = {field: frozenset(met) for field, met in self._words.items()}
        stems = {Term(Level.GLOSS, stem).key for stem in expression_stems()}
        self._by_expression = {field for field, met in self._words.items() if not stems.isdisjoint(met)}
        for _, phrase in self._phrases:
            for term in phrase.words[0].terms:
                self._asked[term.field] = self._asked.get(term.field, frozenset()) | {term.key}

    def _learn(self, number: int, clause: Clause) -> None:
        match clause:
            case WordClause(surface, terms):
                for term in terms:
                    met = _Met(term.level.rank, number, term.level, surface)
                    for field in _text_fields(term):
                        self._words[field][term.key] = min(met, self._words[field].get(term.key, met))
            case PhraseClause():
                self._phrases.append((number, clause))
            case AnyClause(clauses):
                for each in clauses:
                    self._learn(number, each)

    def places(self, text: str, field: Field) -> tuple[Place, ...]:
        """Return what to mark in a text of a field, in order, none overlapping another."""
        asked = self._asked.get(field)
        if not asked:
            return ()
        parts = self._surfaces.parts(text, asked)
        found = [place for number, clause in self._phrases for place in _phrase_places(parts, clause, field, number)]
        known = self._words.get(field, {})
        for start, end, keys in parts:
            met = [known[key] for key in keys if key in known]
            if met:
                best = min(met)
                found.append(Place(start, end, best.level, best.clause, best.word))
        if field in self._by_expression:
            found += [run for run in self._runs(text, field) if not any(map(run.meets, found))]
        return _apart(found)

    def _runs(self, text: str, field: Field) -> Iterator[Place]:
        """Yield the expressions of several words that the query meets by their English."""
        known = self._words.get(field, {})
        for start, end, stems in self._surfaces.expressions(text):
            met = [known[key] for stem in stems if (key := Term(Level.GLOSS, stem).key) in known]
            if met:
                best = min(met)
                yield Place(start, end, best.level, best.clause, best.word)

    def pair(self, article: Article, number: int) -> Pair | None:
        """Return a sentence pair with what is marked in it, None when its block isn't searched. Numbers start at 1."""
        document = article.document
        sentence, translation = document.sentences[number - 1], article.translations[number - 1]
        block = document.blocks[sentence.block]
        zone = zone_of(block)
        if zone is None:
            return None
        text = document.sentence_text(sentence)
        ar = self.places(text, Field(Side.ORIGINAL, zone))
        en = self.places(translation.text, Field(side_of(translation), zone)) if translation else ()
        return Pair(number, text, translation, block.kind is BlockKind.TITLE, ar, en)

    def pairs(self, article: Article) -> Iterator[Pair]:
        """Yield the sentence pairs in which something is marked."""
        for number in range(1, len(article.document.sentences) + 1):
            pair = self.pair(article, number)
            if pair and (pair.ar or pair.en):
                yield pair


class Surfaces:
    """The terms of each surface word, remembered over searches: what `Analyzer.analyze` gives, without its tokens."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._known: dict[str, tuple[_Part, ...]] = {}
        self._expressions = Expressions(analyzer)

    def expressions(self, text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Yield the expressions in a text: where they stand, and the stems of their English."""
        tokens = self._analyzer.analyze(text)
        for first, last, stems in self._expressions.runs(tokens):
            yield tokens[first].start, tokens[last].end, stems

    def parts(self, text: str, asked: frozenset[str]) -> list[_Part]:
        """Return the words of a text with their terms; none when no word has a term that is asked for."""
        found: list[_Part] = []
        known = self._known
        met = False
        for match in WORD.finditer(text):
            surface = match.group()
            parts = known.get(surface) or self._learn(surface)
            at = match.start()
            for low, high, keys in parts:
                found.append((at + low, at + high, keys))
                met = met or not asked.isdisjoint(keys)
        return found if met else []

    def _learn(self, surface: str) -> tuple[_Part, ...]:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        tokens = self._analyzer.analyze(surface)
        parts = tuple((token.start, token.end, frozenset(term.key for term in token.terms)) for token in tokens)
        self._known[surface] = parts
        return parts


def reasons(pairs: Iterable[Pair]) -> tuple[Reason, ...]:
    """Return every form in which the words of the query stand in the pairs, counted.

    In the order of the query; of a word the closest first, the original before its English, the most frequent first.
    """
    counts: Counter[tuple[int, int, Side, str, str]] = Counter()
    for pair in pairs:
        english = "" if pair.translation is None else pair.translation.text
        side = Side.ORIGINAL if pair.translation is None else side_of(pair.translation)
        for text, places, where in ((pair.text, pair.ar, Side.ORIGINAL), (english, pair.en, side)):
            for place in places:
                surface = " ".join(text[place.start : place.end].split())
                counts[place.clause, place.level.rank, where, surface, place.word] += 1
    order = sorted(counts, key=lambda met: (met[0], met[1], list(Side).index(met[2]), -counts[met], met[3]))
    levels = list(Level)
    return tuple(Reason(met[4], levels[met[1]], met[2], met[3], counts[met]) for met in order)


def snippets(
    article: Article, marker: Marker, most: int = MOST_SNIPPETS, *, found: Sequence[Pair] | None = None
) -> tuple[Snippet, ...]:
    """Return the sentence pairs that show best why an article matches.

    Each next one is that which answers most parts of the query not yet shown, then most parts, then most closely, then
    the earliest; the title, which stands above the hit, only for what is shown nowhere else. An article that matches by
    nothing in its text is shown by its first sentence. `found` are the marker's pairs, where they are at hand.
    """
    pairs = [(pair, pair.covered()) for pair in (marker.pairs(article) if found is None else found)]
    chosen: list[Pair] = []
    shown: set[int] = set()
    while pairs and len(chosen) < most:
        best = min(pairs, key=lambda item: _merit(item[0], item[1], shown))
        if best[0].title and chosen and shown.issuperset(best[1]):
            break
        pairs.remove(best)
        chosen.append(best[0])
        shown.update(best[1])
    if not chosen:
        first = _first_pair(article, marker)
        chosen = [first] if first else []
    return tuple(_snippet(article, pair) for pair in chosen)


def mark_sentences(article: Article, marker: Marker) -> dict[int, Sides]:
    """Return the sentences in which something is marked, by number from 1, as spans of both sides."""
    return {pair.number: spans(pair) for pair in marker.pairs(article)}


def spans(pair: Pair) -> Sides:
    """Return both sides of a pair as spans; those of a side joined give its text back."""
    text, translation = pair.text, pair.translation
    if translation is None:
        return _cut(text, _matches(pair.ar)), ()
    aligned = [each for each in translation.alignment if each.confidence >= CONFIDENT]
    ar = _with_aligned(pair.ar, pair.en, [_turned(each) for each in aligned], len(text))
    en = _with_aligned(pair.en, pair.ar, aligned, len(translation.text))
    return _cut(text, ar), _cut(translation.text, en)


def _merit(pair: Pair, covered: Mapping[int, int], shown: set[int]) -> tuple[bool, int, int, int, int]:
    fresh = sum(clause not in shown for clause in covered)
    return pair.title, -fresh, -len(covered), sum(covered.values()), pair.number


def _first_pair(article: Article, marker: Marker) -> Pair | None:
    for number, sentence in enumerate(article.document.sentences, start=1):
        if zone_of(article.document.blocks[sentence.block]) is Zone.TEXT:
            return marker.pair(article, number)
    return None


def _snippet(article: Article, pair: Pair) -> Snippet:
    ar, en = spans(pair)
    translation = pair.translation
    one_sided = any(span.mark for span in ar) != any(span.mark for span in en)
    return Snippet(
        sentence=article.sentence_id(pair.number),
        ar=ar,
        en=en,
        origin=translation.origin if translation else None,
        trust=translation.trust if translation else (),
        tinted=translation is not None and one_sided,
        reviewed_in=reviewed_elsewhere(translation, article.id),
    )


def _text_fields(term: WeightedTerm) -> tuple[Field, ...]:
    """Return the texts in which a term is marked: the English of a word stands in the line and on the word itself."""
    if term.key.startswith(Level.GLOSS.code):
        return (Field(Side.ORIGINAL, term.field.zone), term.field)
    return (term.field,)


def _phrase_places(parts: Sequence[_Part], clause: PhraseClause, field: Field, number: int) -> Iterator[Place]:
    each = [{term.key: term.level for term in reversed(word.terms) if term.field == field} for word in clause.words]
    if not all(each):
        return
    gaps = [gap - clause.gaps[0] for gap in clause.gaps]
    for first in range(len(parts) - max(gaps)):
        levels = [_level(parts[first + gap][2], keys) for gap, keys in zip(gaps, each, strict=True)]
        if None not in levels:
            worst = max((level for level in levels if level), key=lambda level: level.rank)
            yield Place(parts[first][0], parts[first + max(gaps)][1], worst, number, clause.surface)


def _level(standing: frozenset[str], keys: Mapping[str, Level]) -> Level | None:
    return min((keys[key] for key in standing if key in keys), key=lambda level: level.rank, default=None)


def _apart(places: Iterable[Place]) -> tuple[Place, ...]:
    """Return the places without those that overlap a better one: a longer one, then a closer one."""
    kept: list[Place] = []
    for place in sorted(places, key=lambda place: (place.start - place.end, place.level.rank, place.start)):
        if not any(map(place.meets, kept)):
            kept.append(place)
    return tuple(sorted(kept))


def _matches(places: Iterable[Place]) -> list[tuple[int, int, Mark]]:
    return [(place.start, place.end, Mark(place.level, MarkedBy.MATCH, place.word)) for place in places]


def _with_aligned(
    own: Sequence[Place], other: Sequence[Place], pairs: Iterable[AlignedPair], length: int
) -> list[tuple[int, int, Mark]]:
    """Return a side's own matches, and the words that the alignment says stand for matches of the other side."""
    found = _matches(own)
    for pair in sorted(pairs, key=lambda pair: -pair.confidence):
        start, end = pair.target_start, pair.target_end
        met = [place for place in other if pair.source_start < place.end and place.start < pair.source_end]
        if not met or not 0 <= start < end <= length:
            continue
        if all(end <= low or start >= high for low, high, _ in found):
            best = min(met, key=lambda place: place.level.rank)
            found.append((start, end, Mark(best.level, MarkedBy.ALIGNED, best.word)))
    return sorted(found, key=lambda place: place[:2])


def _turned(pair: AlignedPair) -> AlignedPair:
    return AlignedPair(pair.target_start, pair.target_end, pair.source_start, pair.source_end, pair.confidence)


def _cut(text: str, marks: Iterable[tuple[int, int, Mark]]) -> tuple[Span, ...]:
    found: list[Span] = []
    at = 0
    for start, end, mark in marks:
        if start > at:
            found.append(Span(text[at:start]))
        found.append(Span(text[start:end], mark))
        at = end
    if at < len(text):
        found.append(Span(text[at:]))
    return tuple(found)
