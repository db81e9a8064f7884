"""Searching an archive: from what a person types to a page of hits with snippets, facets and reasons."""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import partial

from archive.document import BlockKind
from archive.store import Order, Store
from archive.translation import Article, Origin, Translation
from indexer.analysis import Analyzer, Level
from indexer.engine.interface import Engine, Match, MatchPage, SearchRequest, Side
from indexer.errors import DamagedIndex, IndexerError, NoIndex, QueryError, StaleIndex
from indexer.gazetteer import load_gazetteer
from indexer.hit import Bucket, Hit, Reason, ResultPage
from indexer.indexing import default_analyzer, index_levels, open_engine
from indexer.lexicon import load_lexicon
from indexer.mentions import FIELDS as NAMED
from indexer.mentions import shown_names, without_idle_parents
from indexer.query import Query, compile_query, explain, is_question, read_query, relaxation, surface
from indexer.query.suggesting import Spelling, clauses_of_words, doubtful_words, suggest
from indexer.snippets import Marker, Pair, Sides, Surfaces, mark_sentences, reasons, snippets
from indexer.wordcard import WordCard, word_cards

FACETS = ("outlet", "year", *NAMED, "origin")
"""The fields whose values are counted by the store; levels are counted here."""

EXPLAINED = SearchRequest(()).explain_limit
"""The most matches that are counted in facets, put in an order, or gone through."""

FEW_YEARS = 2
"""Up to so many years the months are counted too."""

MOST_COUNTED = 16
"""Words of one query that are looked up by themselves to see whether the index has them."""

RARE = 2
"""A word in so many articles at most may be a misspelling of another."""

_MATCHED_IN = {
    Side.ORIGINAL: "original",
    Side.REVIEWED: "translation",
    Side.MACHINE: "translation",
    Side.GLOSS: "gloss",
}
_ORDER = ("original", "translation", "gloss", "name")


@dataclass(frozen=True, slots=True)
class _Words:
    """The analysis of one generation, with what it remembers."""

    known: frozenset[str]
    analyzer: Analyzer
    surfaces: Surfaces
    spelling: Spelling


class Searcher:
    """Searches the newest generation of an archive's index. Any number of threads may share one."""

    def __init__(self, store: Store, engine: Engine | None = None) -> None:
        self._store = store
        self._engine = engine or open_engine(store.folder)
        self._lock = threading.Lock()
        self._words: _Words | None = None

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        levels: Iterable[Level] | None = None,
        names: bool = True,
        order: Order | None = None,
    ) -> ResultPage:
        """Return a page of the articles that match, best first, or in an order.

        An order is of the best `EXPLAINED` matches; those that it doesn't part come best first.

        All words are wanted; fewer are enough when no article has them all, and one is in a question. Raises
        `QueryError`, `NoIndex`, `StaleIndex` or `DamagedIndex`.
        """
        read = read_query(query)
        levels = None if levels is None else frozenset(levels)
        request, page = self._matches(read, limit=limit, offset=offset, levels=levels, names=names)
        shown = page.matches if order is None else self._in_order(page.everything, order)[offset : offset + limit]
        facets = self._facets(page.everything)
        return ResultPage(
            query=query,
            explained=explain(read),
            relaxed=request.minimum if page.total else None,
            total=page.total,
            undated=len(page.everything) - sum(bucket.count for bucket in facets["year"]),
            hits=self._hits(request, shown),
            facets=facets,
            suggestions=self._suggestions(read, request, page, levels=levels, names=names),
        )

    def rank(
        self, query: str, *, limit: int = 10, levels: Iterable[Level] | None = None, names: bool = True
    ) -> list[str]:
        """Return the ids of the articles that match, best first: a search without what is shown of the hits."""
        _, page = self._matches(read_query(query), limit=limit, offset=0, levels=levels, names=names)
        return [match.id for match in page.matches]

    def matching(
        self, query: str, *, levels: Iterable[Level] | None = None, names: bool = True
    ) -> tuple[int, Iterator[tuple[Article, list[Pair]]]]:
        """Return how many articles match, and each, best first, with the sentence pairs in which something is marked.

        At most `EXPLAINED` are given. Raises as `search` does.
        """
        request, page = self._matches(read_query(query), limit=0, offset=0, levels=levels, names=names)
        marker = self._marker(request)
        articles = self._store.articles([match.id for match in page.everything])
        return page.total, ((article, list(marker.pairs(article))) for article in articles)

    def mark_sentences(
        self, article: Article, query: str, *, levels: Iterable[Level] | None = None, names: bool = True
    ) -> dict[int, Sides]:
        """Return the sentences of an article that a query meets, by number from 1, as marked spans of both sides.

        Raises as `search` does.
        """
        request = self._request(read_query(query), levels, names, None)
        return mark_sentences(article, self._marker(request))

    def word_cards(self, text: str) -> tuple[WordCard, ...]:
        """Return a card for each word of a text, as the index sees it; without an index, by the lexicon alone."""
        try:
            analyzer = self._analysis().analyzer
        except (NoIndex, StaleIndex, DamagedIndex):
            analyzer = default_analyzer()
        return word_cards(text, analyzer, load_lexicon(), load_gazetteer())

    def engine_stats(self) -> dict[str, object]:
        """Return what the index says of itself: articles, known words; more where the engine tells."""
        told = getattr(self._engine, "stats", None)
        stats: dict[str, object] = told() if told else {"articles": len(self._engine.revisions())}
        return stats

    def close(self) -> None:
        """Let go of the index."""
        self._engine.close()

    def _matches(
        self, query: Query, *, limit: int, offset: int, levels: Iterable[Level] | None, names: bool
    ) -> tuple[SearchRequest, MatchPage]:
        if limit < 0 or offset < 0:
            raise IndexerError(f"limit and offset can't be below zero; they are {limit} and {offset}")
        tries = relaxation(query)
        request = self._request(query, levels, names, tries[0] if tries and is_question(query) else None)
        request = replace(request, limit=limit, offset=offset)
        page = self._engine.search(request)
        for enough in tries:
            if page.total:
                break
            request = replace(request, minimum=enough)
            page = self._engine.search(request)
        return request, page

    def _suggestions(
        self, query: Query, request: SearchRequest, page: MatchPage, *, levels: frozenset[Level] | None, names: bool
    ) -> tuple[str, ...]:
        """Return the query with words replaced that nothing in the index meets; else, where words are met but never
        together, with the rare ones replaced by words that are.
        """
        words = doubtful_words(query)
        missing = [match.missing for match in page.everything]
        met = {surface(clause) for number, clause in enumerate(request.wanted) if any(number not in m for m in missing)}
        unsure = [word for word in words if word.text not in met]
        together = any(not each for each in missing)
        if not words or (together and not unsure):
            return ()
        held = self._allowed(None)
        allowed = held if levels is None else held & levels
        loose = self._compiled(replace(query, levels=None, everywhere=True), held, names=True)
        asked = clauses_of_words(loose.wanted)
        counts = {
            word: max((self._count(SearchRequest((clause,))) for clause in asked.get(word.text, ())), default=0)
            for word in words[:MOST_COUNTED]
        }
        unmet = [word for word, count in counts.items() if not count]
        if not unmet and (together or len(words) < 2 or is_question(query)):
            return ()

        def hits(text: str, *, relaxed: bool = False) -> int:
            try:
                read = read_query(text)
            except QueryError:
                return 0
            enough = relaxation(read)[-1:]
            if relaxed and not enough:
                return 0
            return self._count(self._compiled(read, allowed, names, enough[0] if relaxed else None))

        rare = sorted((word for word in words if counts.get(word, RARE + 1) <= RARE), key=lambda word: counts[word])
        spelling = self._analysis().spelling
        if unmet:
            return suggest(query, unmet, spelling, hits, partial(hits, relaxed=True))
        return suggest(query, rare[:1], spelling, hits)

    def _count(self, request: SearchRequest) -> int:
        """Return how many articles a request finds."""
        return self._engine.search(replace(request, limit=0, offset=0, explain_limit=0)).total

    def _request(self, query: Query, levels: Iterable[Level] | None, names: bool, minimum: int | None) -> SearchRequest:
        return self._compiled(query, self._allowed(levels), names, minimum)

    def _allowed(self, levels: Iterable[Level] | None) -> AbstractSet[Level]:
        """Return those of some levels, or of all, that the index has."""
        held: AbstractSet[Level] = index_levels(self._store)
        return held if levels is None else held & frozenset(levels)

    def _compiled(
        self, query: Query, allowed: AbstractSet[Level], names: bool, minimum: int | None = None
    ) -> SearchRequest:
        analyzer = self._analysis().analyzer
        return compile_query(query, analyzer, self._engine.terms, levels=allowed, names=names, minimum=minimum)

    def _analysis(self) -> _Words:
        """Return the analysis with the known words of the newest generation."""
        known = self._engine.known_words()
        words = self._words
        if words is None or words.known is not known:
            with self._lock:
                words = self._words
                if words is None or words.known is not known:
                    analyzer = default_analyzer(known)
                    spelling = Spelling(analyzer, self._engine.terms, load_gazetteer().english_words)
                    words = self._words = _Words(known, analyzer, Surfaces(analyzer), spelling)
        return words

    def _marker(self, request: SearchRequest) -> Marker:
        return Marker(request, self._analysis().surfaces)

    def _hits(self, request: SearchRequest, matches: Sequence[Match]) -> tuple[Hit, ...]:
        """Return the matches as hits; an article that left the store since it was indexed is passed over."""
        marker = self._marker(request)
        articles = {article.id: article for article in self._store.articles([match.id for match in matches])}
        return tuple(_hit(articles[match.id], match, request, marker) for match in matches if match.id in articles)

    def _in_order(self, everything: Sequence[Match], order: Order) -> list[Match]:
        matches = {match.id: match for match in everything}
        return [matches[id_] for id_ in self._store.in_order(matches, order)]

    def _facets(self, everything: Sequence[Match]) -> Mapping[str, tuple[Bucket, ...]]:
        ids = [match.id for match in everything]
        counted = self._store.facets(ids, FACETS) if ids else {}
        facets = {field: tuple(_buckets(field, counted.get(field, ()))) for field in FACETS}
        if 0 < len(facets["year"]) <= FEW_YEARS:
            facets["month"] = tuple(_buckets("month", self._store.facets(ids, ("month",))["month"]))
        levels = Counter(match.level for match in everything if match.level is not None)
        facets["level"] = tuple(
            Bucket(str(level), str(level), levels[level]) for level in sorted(levels, key=lambda level: level.rank)
        )
        return facets


def _buckets(field: str, counted: Iterable[tuple[str, str, int]]) -> Iterator[Bucket]:
    """Yield the values of a facet; places and actors by their names, without those that say nothing of their own."""
    if field not in NAMED:
        yield from (Bucket(*values) for values in counted)
        return
    gazetteer = load_gazetteer()
    for value, count in without_idle_parents(gazetteer, [(value, count) for value, _, count in counted]):
        entry = gazetteer.entry(value)
        english, arabic = shown_names(entry) if entry else (value, value)
        yield Bucket(value, english, count, arabic)


def _hit(article: Article, match: Match, request: SearchRequest, marker: Marker) -> Hit:
    document = article.document
    pairs = list(marker.pairs(article))
    why = reasons(pairs)
    return Hit(
        id=article.id,
        title=document.title,
        title_en=title_in_english(article),
        outlet=document.outlet,
        date=document.date,
        score=match.score,
        level=match.level,
        matched_in=_matched_in(match, why),
        missing=tuple(surface(request.wanted[number]) for number in match.missing),
        snippets=snippets(article, marker, found=pairs),
        title_origin=title_origin(article),
        why=why,
    )


def title_in_english(article: Article) -> str | None:
    """Return the English of an article's title, None where it has none."""
    return " ".join(translation.text for translation in _title_lines(article)) or None


def title_origin(article: Article) -> Origin | None:
    """Return who made the English of an article's title, the least trusted where its sentences differ."""
    return max((line.origin for line in _title_lines(article)), key=list(Origin).index, default=None)


def _title_lines(article: Article) -> list[Translation]:
    return [
        translation
        for sentence, translation in article.pairs()
        if article.document.blocks[sentence.block].kind is BlockKind.TITLE and translation is not None
    ]


def _matched_in(match: Match, why: Sequence[Reason]) -> tuple[str, ...]:
    """Return where a hit was met: by the forms met there, else (a filter, a stop word in quotes) by the sides."""
    levels = {Level.NAME: "name", Level.GLOSS: "gloss"}
    found = {levels.get(reason.level, _MATCHED_IN[reason.side]) for reason in why}
    found = found or {_MATCHED_IN[side] for side in match.sides}
    return tuple(name for name in _ORDER if name in found)
