"""Bringing the index up to date with the archive: articles in, generations out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from archive.document import ASIDE_KINDS, TEXT_KINDS, Block, BlockKind
from archive.store import Mentioned, Store
from archive.translation import Article, Origin, Translation
from indexer.analysis import Analyzer, Level, Term, Token, filter_value, known_words
from indexer.analysis.expressions import Expressions
from indexer.engine.interface import SENTENCE_GAP, Engine, Entry, Field, Side, Zone
from indexer.errors import DamagedIndex, IndexerError, NoIndex, StaleIndex
from indexer.gazetteer import load_gazetteer
from indexer.lexicon import load_lexicon
from indexer.mentions import mentions

INDEX = "index"
"""The folder of the index within an archive."""

ENGINES = ("whoosh",)

BATCH = 4_000
"""Articles written as one generation: what is lost when a run is killed."""

_GROWN = 2
"""An index is built anew when the archive has grown this many times with new words, so that its words keep up."""

_HELD, _WANTED = "index.levels", "index.levels.wanted"
_EVERY_LEVEL = "all"
_ALWAYS = frozenset({Level.EXACT, Level.FOLDED})
_BUILT_ON_LIGHT = frozenset({Level.LEMMA, Level.STEM})

_NAMED_AT_ONCE = 200
"""Articles whose places and actors are saved in one transaction."""

_REMEMBERED = 1 << 17
"""Distinct words whose keys are kept ready."""

_SAMPLE = 50
_STRANGE_SHARE = 0.02

Progress = Callable[[int, int | None], None]

_SIDES = {Origin.REVIEWED: Side.REVIEWED, Origin.MACHINE: Side.MACHINE, Origin.GLOSS: Side.GLOSS}


class Rebuilt(StrEnum):
    """Why an index was built anew rather than added to."""

    ASKED = "asked"
    NEW = "new"
    STALE = "stale"
    DAMAGED = "damaged"
    GROWN = "grown"
    LEVELS = "levels"


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run did: articles written, taken out, left as they were, in the index now; why it was built anew."""

    indexed: int
    deleted: int
    unchanged: int
    total: int
    seconds: float
    rebuilt: Rebuilt | None = None


def default_analyzer(known: frozenset[str] = frozenset(), levels: frozenset[Level] | None = None) -> Analyzer:
    """Return the analysis that every query uses, and the index with the levels that it holds (None: all)."""
    return Analyzer(known, load_lexicon(), levels=levels, gazetteer=load_gazetteer())


def default_stamp() -> str:
    """Return the name of the analysis that is running; an index of another one is stale."""
    return f"{default_analyzer().stamp()}+{load_gazetteer().stamp}"


def open_engine(folder: Path, engine: str = "whoosh") -> Engine:
    """Return the engine of an archive's folder, by name. Opening writes nothing."""
    if engine not in ENGINES:
        raise IndexerError(f"there is no engine called {engine!r}; the engines are: {', '.join(ENGINES)}")
    from indexer.engine.whoosh_engine import WhooshEngine

    return WhooshEngine(folder / INDEX, default_stamp())


def index_levels(store: Store) -> frozenset[Level]:
    """Return the levels that the index of an archive holds; every one, unless it was built with fewer."""
    return _read_levels(store.setting(_HELD))


def index_archive(
    store: Store,
    *,
    rebuild: bool = False,
    engine: str = "whoosh",
    levels: Iterable[Level] | None = None,
    progress: Progress | None = None,
) -> IndexReport:
    """Bring the index up to date: write what is new or changed, take out what is gone.

    Only what changed is analysed. The index is built anew, beside the live one, when asked for, when there is none,
    and when the one there is stale, damaged or of a much smaller archive. A killed run goes on where it stopped.
    `levels` are those that the index holds from now on, `exact` and `folded` always among them (quotes and beginnings
    of words need them), and `light` with `lemma` or `stem`, which are kept by light stems; None leaves them as they
    are. Other levels than before build it anew. Raises `IndexBusy` when another process is writing.
    """
    began = monotonic()
    index = open_engine(store.folder, engine)
    wanted = store.revisions()
    held = _hold(store, levels)
    indexed, reason = _state(index, rebuild=rebuild)
    if reason is None and held != index_levels(store):
        indexed, reason = {}, Rebuilt.LEVELS
    if reason is None and _outgrown(store, index, wanted, indexed):
        indexed, reason = {}, Rebuilt.GROWN
    changed = [id_ for id_, revision in wanted.items() if indexed.get(id_) != revision]
    gone = [id_ for id_ in indexed if id_ not in wanted]
    known = index.known_words() if reason is None else _known(store)
    whole = reason in (Rebuilt.ASKED, Rebuilt.GROWN, Rebuilt.LEVELS)
    written = 0
    for number, entries in enumerate(_batches(store, changed, default_analyzer(known, held), whole, progress)):
        written += index.update(
            entries, gone if number == 0 else (), known=known, rebuild=reason is not None and number == 0
        )
        if number == 0 and reason is not None:
            store.set_setting(_HELD, _written_levels(held))
    index.close()
    return IndexReport(
        indexed=written,
        deleted=len(gone),
        unchanged=len(wanted) - len(changed),
        total=len(wanted),
        seconds=monotonic() - began,
        rebuilt=reason,
    )


def _hold(store: Store, levels: Iterable[Level] | None) -> frozenset[Level]:
    """Return the levels that the index is to hold, noted before it is built, so that a killed run goes on with them."""
    if levels is not None:
        asked = frozenset(levels) | _ALWAYS
        store.set_setting(_WANTED, _written_levels(asked | {Level.LIGHT} if asked & _BUILT_ON_LIGHT else asked))
    return _read_levels(store.setting(_WANTED))


def _read_levels(names: str | None) -> frozenset[Level]:
    if names in (None, _EVERY_LEVEL):
        return frozenset(Level)
    return frozenset(Level(name) for name in (names or "").split(",") if name in list(Level)) | _ALWAYS


def _written_levels(levels: frozenset[Level]) -> str:
    return _EVERY_LEVEL if levels == frozenset(Level) else ",".join(level for level in Level if level in levels)


def _state(index: Engine, *, rebuild: bool) -> tuple[Mapping[str, int], Rebuilt | None]:
    """Return the revisions that can stay in the index, and why it must be built anew, if it must."""
    if rebuild:
        return {}, Rebuilt.ASKED
    try:
        return index.revisions(), None
    except NoIndex:
        return {}, Rebuilt.NEW
    except StaleIndex:
        return {}, Rebuilt.STALE
    except DamagedIndex:
        return {}, Rebuilt.DAMAGED


def _outgrown(store: Store, index: Engine, wanted: Mapping[str, int], indexed: Mapping[str, int]) -> bool:
    """Say whether the archive has grown much and the new articles have many words that the index doesn't know."""
    new = [id_ for id_ in wanted if id_ not in indexed]
    if len(wanted) < _GROWN * len(indexed) or not new:
        return False
    known, words = index.known_words(), 0
    unknown = 0
    for article in store.articles(new[:: max(len(new) // _SAMPLE, 1)]):
        found = known_words(_texts(article))
        words += len(found)
        unknown += len(found - known)
    return unknown > _STRANGE_SHARE * words


def _known(store: Store) -> frozenset[str]:
    """Return the words of the archive: what is left of a word is a word when it stands somewhere by itself."""
    words: set[str] = set()
    articles = store.articles()
    while some := list(islice(articles, 500)):
        words |= known_words(text for article in some for text in _texts(article))
    return frozenset(words)


def _texts(article: Article) -> Iterator[str]:
    for block in article.document.blocks:
        if block.kind in TEXT_KINDS:
            yield article.document.block_text(block)


def _batches(
    store: Store, ids: Sequence[str], analyzer: Analyzer, whole: bool, progress: Progress | None
) -> Iterator[Iterator[Entry]]:
    """Give the entries in batches, at least one; as one when nothing less than the whole may be swapped in."""
    done = 0
    writer = _EntryWriter(analyzer)

    def entries(some: Sequence[str]) -> Iterator[Entry]:
        nonlocal done
        found: list[tuple[str, Sequence[Mentioned]]] = []
        for article in store.articles(some):
            named = mentions(article)
            yield writer.entry(article, named)
            found.append((article.id, named))
            if len(found) == _NAMED_AT_ONCE:
                store.save_mentions(found)
                found = []
            done += 1
            if progress is not None:
                progress(done, len(ids))
        if found:
            store.save_mentions(found)

    size = max(len(ids), 1) if whole else BATCH
    for start in range(0, max(len(ids), 1), size):
        yield entries(ids[start : start + size])


def entry_of(article: Article, analyzer: Analyzer, named: Sequence[Mentioned] = ()) -> Entry:
    """Return an article ready to be indexed; `named` are the places and actors that it is found under.

    The title stands in its own zone, once; sentences are far enough apart that no phrase crosses from one to the next;
    a sentence's English stands on the side of its origin.
    """
    return _EntryWriter(analyzer).entry(article, named)


def zone_of(block: Block) -> Zone | None:
    """Return where the text of a block is searched, None where it isn't."""
    if block.kind is BlockKind.TITLE:
        return Zone.TITLE
    if block.kind in TEXT_KINDS:
        return Zone.TEXT
    return Zone.ASIDE if block.kind in ASIDE_KINDS else None


def side_of(translation: Translation) -> Side:
    """Return the side on which a translation is indexed."""
    return _SIDES[translation.origin]


def _has_title(article: Article) -> bool:
    """Say whether the title is part of the text, as a block of its own or as how another one begins."""
    document = article.document
    title = " ".join(document.title.split())
    return any(
        block.kind is BlockKind.TITLE
        or (zone_of(block) is not None and " ".join(document.block_text(block).split()).startswith(title))
        for block in document.blocks
    )


class _Ready(NamedTuple):
    """The keys of a word's terms, those of its English apart. `terms` is held so that its `id` stays its own."""

    terms: tuple[Term, ...]
    keys: tuple[str, ...]
    glosses: tuple[str, ...]


class _EntryWriter:
    """Makes entries of articles; what is worked out for a distinct word serves every article."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyze = analyzer.analyze
        self._glossed = analyzer.lexicon is not None
        self._expressions = Expressions(analyzer)
        self._ready: dict[int, _Ready] = {}

    def entry(self, article: Article, named: Sequence[Mentioned]) -> Entry:
        """Return an article ready to be indexed."""
        fields = _Fields()
        document = article.document
        for sentence, translation in article.pairs():
            zone = zone_of(document.blocks[sentence.block])
            if zone is not None:
                self._add(fields, Field(Side.ORIGINAL, zone), document.sentence_text(sentence))
                if translation is not None and not (self._glossed and translation.origin is Origin.GLOSS):
                    self._add(fields, Field(_SIDES[translation.origin], zone), translation.text)
        if document.title and not _has_title(article):
            self._add(fields, Field(Side.ORIGINAL, Zone.TITLE), document.title)
        return Entry(article.id, article.revision, fields.postings, fields.lengths, _filters(article, named))

    def _add(self, fields: "_Fields", field: Field, text: str) -> None:
        tokens = self._analyze(text)
        if not tokens:
            return
        start = fields.next[field]
        terms = fields.postings.setdefault(field, {})
        own = field.side is Side.ORIGINAL and self._glossed
        glosses = fields.postings.setdefault(Field(Side.GLOSS, field.zone), {}) if own else {}
        expressed = self._expressed(tokens) if own else {}
        known = self._ready
        for token in tokens:
            position = start + token.position
            ready = known.get(id(token.terms)) or self._learn(token.terms)
            for key in ready.keys:
                places = terms.get(key)
                if places is None:
                    terms[key] = [position]
                else:
                    places.append(position)
            for key in ready.glosses:
                places = glosses.get(key)
                if places is None:
                    glosses[key] = [position]
                else:
                    places.append(position)
            for gloss in expressed.get(token.position, ()):
                places = glosses.setdefault(Level.GLOSS.code + gloss, [])
                if places[-1:] != [position]:
                    places.append(position)
        fields.next[field] = start + tokens[-1].position + 1 + SENTENCE_GAP
        length = _length(tokens)
        fields.lengths[field] += length
        if own:
            fields.lengths[Field(Side.GLOSS, field.zone)] += length

    def _learn(self, terms: tuple[Term, ...]) -> _Ready:
        if len(self._ready) >= _REMEMBERED:
            self._ready.clear()
        keys = tuple(term.key for term in terms if term.level is not Level.GLOSS)
        glosses = tuple(term.key for term in terms if term.level is Level.GLOSS)
        ready = self._ready[id(terms)] = _Ready(terms, keys, glosses)
        return ready

    def _expressed(self, tokens: Sequence[Token]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for position, gloss in self._expressions.glosses(tokens):
            found[position].append(gloss)
        return found


class _Fields:
    """The terms of an article's fields, gathered sentence after sentence."""

    def __init__(self) -> None:
        self.next: dict[Field, int] = defaultdict(int)
        self.postings: dict[Field, dict[str, list[int]]] = {}
        self.lengths: dict[Field, int] = defaultdict(int)


def _length(tokens: Iterable[Token]) -> int:
    return sum(not token.stop for token in tokens)


def _filters(article: Article, named: Sequence[Mentioned]) -> dict[str, list[str]]:
    document = article.document
    found = {
        "day": [document.date.value, *document.date.alternatives] if document.date.value else ["none"],
        "origin": sorted({str(each.origin) for each in article.translations if each is not None}) or ["none"],
        "kind": sorted({str(block.kind) for block in document.blocks}),
    }
    if document.outlet:
        found["outlet"] = [filter_value(document.outlet)]
    if document.agency:
        found["agency"] = [filter_value(document.agency)]
    for each in named:
        found.setdefault(each.field, []).append(each.value)
    return {name: list(dict.fromkeys(values)) for name, values in found.items()}
