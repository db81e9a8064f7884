"""The default engine: a Whoosh index in generations, searched over its postings as number arrays."""

import gzip
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.index import IndexError as WhooshIndexError

from indexer.engine.arrayfile import Array
from indexer.engine.generations import Draft, Generation, Generations, damaged
from indexer.engine.interface import Entry, Field, MatchPage, SearchRequest
from indexer.engine.matching import Occurrences, answer, matches
from indexer.engine.whoosh_codec import (
    FIELDS,
    FILTERS,
    DocumentsReader,
    TermsCodec,
    TermsIndexWriter,
    TermsReader,
    filter_key,
    schema,
    term_bytes,
    term_text,
)
from indexer.errors import DamagedIndex, IndexerError, NoIndex, StaleIndex

LAYOUT = 1
"""Grows when the files of the index change; an index of another layout is stale."""

EXACTLY_COUNTED = 256

KNOWN = "known.txt.gz"
_INDEX = "sijill"
_SEGMENT_POSTINGS = 4_000_000
_LARGEST_MERGE = 25_000
_SMALL_SEGMENTS = 4
_STALE_SHARE = 0.25
_EMPTY: Array = np.empty(0, dtype=np.int32)


class WhooshEngine:
    """An index in `folder`. `stamp` names the analysis that its terms come from; an index of another is stale."""

    name = "whoosh"

    def __init__(self, folder: Path, stamp: str) -> None:
        self.folder = folder
        self._stamp = f"{stamp}/{self.name}-{LAYOUT}"
        self._generations = Generations(folder)
        self._lock = threading.Lock()
        self._open: tuple[str, WhooshCut] | None = None

    def revisions(self) -> Mapping[str, int]:
        """Return the indexed articles with the revision that is indexed."""
        return self.cut().revisions()

    def search(self, request: SearchRequest) -> MatchPage:
        """Return the articles that match. Raises `NoIndex`, `StaleIndex` or `DamagedIndex`."""
        cut = self.cut()
        found = answer(cut, request)
        total, wanted = len(found.docs), len(request.wanted)
        shown = min(total, request.explain_limit)
        everything = matches(cut, found, 0, shown, wanted)
        last = request.offset + request.limit
        page = everything[request.offset : last] if last <= shown else matches(cut, found, request.offset, last, wanted)
        return MatchPage(page, total, everything, total > shown, cut.name)

    def terms(self, prefix: str, limit: int) -> Sequence[tuple[str, int]]:
        """Return up to `limit` terms (as `Term.key`) that begin with `prefix`, with their article counts, most first.

        The counts of a list of more than `EXACTLY_COUNTED` are those of the field that has most articles.
        """
        return self.cut().terms(prefix, limit)

    def known_words(self) -> frozenset[str]:
        """Return the folded words that the generation's analysis counted as known."""
        return self.cut().known

    def generation(self) -> Generation:
        """Return the live generation: its name, when it was made, its files."""
        return self.cut().generation

    def stats(self) -> dict[str, object]:
        """Return the live generation in numbers."""
        cut = self.cut()
        return {
            "engine": self.name,
            "generation": cut.name,
            "created": cut.generation.created,
            "articles": int(cut.live.sum()),
            "deleted": int((~cut.live).sum()),
            "segments": cut.segments,
            "known_words": len(cut.known),
            "bytes": sum(size for size, _, _ in cut.generation.files.values()),
        }

    def close(self) -> None:
        """Let go of the open generation; the next reading opens the newest again."""
        with self._lock:
            self._open = None

    def cut(self) -> "WhooshCut":
        """Return the newest committed generation, opened; what was opened before stays readable."""
        pointer = self._generations.pointer()
        opened = self._open
        if opened is not None and opened[0] == pointer:
            return opened[1]
        with self._lock:
            return self._reopened()

    def _reopened(self) -> "WhooshCut":
        """Open the live generation. A writer may swap it, and remove it, between any two steps: then try the next."""
        while True:
            pointer = self._generations.pointer()
            if pointer is not None and self._open is not None and self._open[0] == pointer:
                return self._open[1]
            try:
                generation = self._generations.current()
                self._fresh(generation)
                cut = WhooshCut(generation)
            except (DamagedIndex, OSError, WhooshIndexError) as error:
                if self._generations.pointer() == pointer:
                    raise error if isinstance(error, DamagedIndex) else damaged(self.folder, str(error)) from error
                continue
            if self._generations.pointer() == pointer:
                self._open = (pointer or "", cut)
                return cut

    def _fresh(self, generation: Generation) -> None:
        if generation.stamp != self._stamp:
            raise StaleIndex(
                f"the index in {self.folder} was built by other analysis than is running; run `sijill index`"
            )

    def update(
        self, entries: Iterable[Entry], delete: Iterable[str] = (), *, known: frozenset[str], rebuild: bool = False
    ) -> int:
        """Write entries (replacing those with the same id) and deletions as a new generation, and swap it in.

        Nothing to write makes no new generation, unless there is none yet. Of entries with the same id the last
        counts. Raises `IndexBusy` when another process is writing, and as `search` does unless `rebuild`.
        """
        with self._generations.writing() as draft:
            base = None if rebuild else self._base()
            incoming, gone = iter(entries), set(delete)
            first = next(incoming, None)
            if base and first is None and not gone.intersection(base.revisions()) and known == base.known:
                return 0
            try:
                return self._write(draft, base, chain([first] if first else [], incoming), gone, known)
            except OSError as error:
                raise IndexerError(
                    f"the index in {self.folder} can't be written ({error.strerror}); the one from before stays in use"
                ) from error

    def _base(self) -> "WhooshCut | None":
        try:
            generation = self._generations.current(thorough=True)
        except NoIndex:
            return None
        self._fresh(generation)
        return WhooshCut(generation)

    def _write(
        self, draft: Draft, base: "WhooshCut | None", entries: Iterator[Entry], gone: set[str], known: frozenset[str]
    ) -> int:
        storage = FileStorage(str(draft.folder))
        if base is None:
            TOC.create(storage, schema(), _INDEX)
        else:
            draft.take(base.generation)
        index = FileIndex(storage, schema(), _INDEX)
        written = _write_entries(index, base, entries, gone)
        if base is None or known != base.known:
            (draft.folder / KNOWN).unlink(missing_ok=True)
            (draft.folder / KNOWN).write_bytes(gzip.compress("\n".join(sorted(known)).encode(), 6, mtime=0))
        draft.commit(self._stamp, {"engine": self.name, "articles": index.doc_count(), "known": len(known)})
        return written


class WhooshCut:
    """One committed generation, opened. It never changes, so any number of threads may read it."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.name = generation.name
        storage = FileStorage(str(generation.folder))
        segments = TOC.read(storage, _INDEX, schema=schema()).segments
        self.segments = len(segments)
        codec = TermsCodec()
        documents: list[DocumentsReader] = [codec.per_document_reader(storage, segment) for segment in segments]
        self._terms: list[TermsReader] = [codec.terms_reader(storage, segment) for segment in segments]
        self._bases = np.cumsum([0] + [reader.doc_count_all() for reader in documents]).tolist()
        self.ids = [id_ for reader in documents for id_ in reader.ids()]
        self.live: Array = np.concatenate([np.empty(0, dtype=bool), *(reader.live() for reader in documents)])
        self._revisions: Array = np.concatenate([_EMPTY, *(reader.revisions for reader in documents)])
        self._lengths: Array = np.concatenate(
            [np.empty((0, len(FIELDS)), dtype=np.uint32), *(reader.lengths for reader in documents)]
        )
        self._relative: dict[Field, Array] = {}
        self._known_bytes = (generation.folder / KNOWN).read_bytes()

    def revisions(self) -> dict[str, int]:
        """Return the revision of each article."""
        each = zip(self.ids, self._revisions.tolist(), self.live.tolist(), strict=True)
        return {id_: revision for id_, revision, live in each if live}

    def numbers(self) -> dict[str, int]:
        """Return the number of each article."""
        return {self.ids[number]: number for number in np.flatnonzero(self.live).tolist()}

    @cached_property
    def order(self) -> Array:
        """Each article's place when sorted by id."""
        order = np.empty(len(self.ids), dtype=np.int64)
        order[sorted(range(len(self.ids)), key=self.ids.__getitem__)] = np.arange(len(self.ids))
        return order

    @cached_property
    def known(self) -> frozenset[str]:
        """The folded words that count as known."""
        return frozenset(gzip.decompress(self._known_bytes).decode().split("\n")) - {""}

    def occurrences(self, field: Field, key: str) -> Occurrences | None:
        """Return where a term stands, None where nowhere."""
        return self._occurrences(field.key, term_bytes(key))

    def _occurrences(self, fieldname: str, key: bytes) -> Occurrences | None:
        parts = []
        for base, terms in zip(self._bases, self._terms, strict=False):
            found = terms.postings(fieldname, key)
            if found is not None:
                parts.append(Occurrences(found.docs + base, found.freqs, found.positions))
        if len(parts) <= 1:
            return parts[0] if parts else None
        docs, freqs, positions = zip(*parts, strict=True)
        return Occurrences(np.concatenate(docs), np.concatenate(freqs), np.concatenate(positions))

    def relative_length(self, field: Field) -> Array:
        """Return each article's length in a field, divided by the mean of those that have the field."""
        relative = self._relative.get(field)
        if relative is None:
            lengths = self._lengths[:, FIELDS.index(field)].astype(np.float32)
            having = lengths[self.live & (lengths > 0)]
            relative = self._relative[field] = lengths / (having.mean() if len(having) else 1)
        return relative

    def with_value(self, name: str, value: str) -> Array:
        """Return the articles with a metadata value."""
        found = self._occurrences(FILTERS, term_bytes(filter_key(name, value)))
        return _EMPTY if found is None else found.docs

    def with_value_between(self, name: str, low: str | None, high: str | None) -> Array:
        """Return the articles with a metadata value in a range; an open end is as far as there are digits."""
        lowest, highest = (term_bytes(filter_key(name, end)) for end in (low or "0", high or "9\uffff"))
        keys = {key for terms in self._terms for key in terms.between(FILTERS, lowest, highest)}
        found = [self._occurrences(FILTERS, key) for key in sorted(keys)]
        return np.concatenate([_EMPTY, *(each.docs for each in found if each is not None)])

    def terms(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return the most frequent terms that begin with a prefix."""
        start, most = term_bytes(prefix), max(2 * limit, 1024)
        total: Counter[bytes] = Counter()
        for terms in self._terms:
            highest: dict[bytes, int] = {}
            for field in FIELDS:
                for key, count in terms.counted(*terms.beginning_with(field.key, start), most):
                    if count > highest.get(key, 0):
                        highest[key] = count
            total.update(highest)
        best = sorted(total.items(), key=_most_first)[:limit]
        if len(best) <= EXACTLY_COUNTED:
            exact = ((key, self._articles_with(key)) for key, _ in best)
            best = sorted(((key, count) for key, count in exact if count), key=_most_first)
        return [(term_text(key), count) for key, count in best]

    def _articles_with(self, key: bytes) -> int:
        having = np.zeros(len(self.live), dtype=bool)
        for field in FIELDS:
            found = self._occurrences(field.key, key)
            if found is not None:
                having[found.docs] = True
        return int((having & self.live).sum())


def _most_first(counted: tuple[bytes, int]) -> tuple[int, bytes]:
    return -counted[1], counted[0]


def _write_entries(index: Any, base: WhooshCut | None, entries: Iterator[Entry], gone: set[str]) -> int:
    """Write the entries in as many segments as memory asks for, delete what they replace, merge small segments."""
    numbers = base.numbers() if base else {}
    dead = [numbers.pop(id_) for id_ in gone if id_ in numbers]
    written, before = 0, index.doc_count_all()
    entry = next(entries, None)
    while entry is not None:
        writer = TermsIndexWriter(index)
        while entry is not None and len(writer.pool) < _SEGMENT_POSTINGS:
            if entry.id in numbers:
                dead.append(numbers[entry.id])
            numbers[entry.id] = before + written
            written += 1
            writer.add_entry(entry)
            entry = next(entries, None)
        writer.commit(merge=False)
    _settle(index, dead)
    return written


def _settle(index: Any, dead: list[int]) -> None:
    writer = TermsIndexWriter(index)
    for number in dead:
        writer.delete_document(number)
    writer.commit(mergetype=_merge_some)


def _merge_some(writer: TermsIndexWriter, segments: list[Any]) -> list[Any]:
    """Merge segments that are mostly deleted and, when there are many, the small ones; return those that stay.

    A segment joins the smaller ones when it isn't more than twice as large as they are together, so that an article
    is copied a number of times that grows with the logarithm of the archive.
    """
    chosen = {id(segment) for segment in segments if segment.deleted_count() > _STALE_SHARE * segment.doc_count_all()}
    small = sorted((s for s in segments if s.doc_count() < _LARGEST_MERGE), key=lambda s: s.doc_count())
    if len(small) > _SMALL_SEGMENTS:
        together = 0
        for segment in small:
            if together and segment.doc_count() > 2 * together:
                break
            together += segment.doc_count()
            chosen.add(id(segment))
    for segment in segments:
        if id(segment) in chosen:
            writer.merge_segment(segment)
    return [segment for segment in segments if id(segment) not in chosen]
