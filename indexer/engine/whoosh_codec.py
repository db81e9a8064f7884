"""How a Whoosh index keeps ready terms: a codec of our own, so that postings are number arrays and nothing is pickled.

Whoosh's own codec pickles and compresses blocks of 128 postings one Python object at a time; most of the time of a
build and of a search goes there. Here a segment is two array files, read by memory mapping:

- `.trm`: the terms of all fields in byte order, and for each its documents, frequencies and positions;
- `.doc`: the articles' ids, revisions and field lengths.

Whoosh keeps its part: the writer, the schema, document numbers, segments, deletions, the table of contents.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Segment
from whoosh.fields import STORED, FieldType, Schema
from whoosh.formats import Existence, Positions
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.writing import SegmentWriter

from indexer.engine.arrayfile import Array, read_arrays, write_arrays
from indexer.engine.interface import Entry, Field, Side, Zone

FIELDS = tuple(Field(side, zone) for side in Side for zone in Zone)
FIELD_PLACE = {field.key: place for place, field in enumerate(FIELDS)}
FILTERS = "filters"
ABOUT = "about"


class TermsField(FieldType):  # type: ignore[misc]
    """A field whose terms come ready, each with its positions."""

    def __init__(self) -> None:
        super().__init__(format=Positions(), analyzer=None)


class FilterField(FieldType):  # type: ignore[misc]
    """A field of metadata values, each matched whole."""

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=None)


def term_bytes(key: str) -> bytes:
    """Return a term as the index keeps it: UTF-8, lone surrogates kept."""
    return key.encode("utf-8", "surrogatepass")


def term_text(key: bytes) -> str:
    """Return the term that `term_bytes` made the bytes of."""
    return key.decode("utf-8", "surrogatepass")


def filter_key(name: str, value: str) -> str:
    """Return the term of a metadata value."""
    return f"{name}\0{value}"


def schema() -> Schema:
    """Return the schema of every Sijill index: a field for each side of each zone, filters, and what is kept."""
    return Schema(**{field.key: TermsField() for field in FIELDS}, **{FILTERS: FilterField(), ABOUT: STORED()})


class About(NamedTuple):
    """What is kept of an article: its id and revision, and its number of words in each of `FIELDS`."""

    id: str
    revision: int
    lengths: Sequence[int]


class Postings(NamedTuple):
    """The documents of a term in ascending order, how often it stands in each, and all its positions in that order."""

    docs: Array
    freqs: Array
    positions: Array


class TermsCodec(base.Codec):  # type: ignore[misc]
    """The codec: two array files for each segment."""

    TERMS_EXT = ".trm"
    DOCS_EXT = ".doc"
    length_stats = False

    def per_document_writer(self, storage: Any, segment: Any) -> "DocumentsWriter":
        """Return what writes the articles of a new segment."""
        return DocumentsWriter(storage, segment)

    def field_writer(self, storage: Any, segment: Any) -> "TermsWriter":
        """Return what writes the terms of a new segment."""
        return TermsWriter(storage, segment)

    def per_document_reader(self, storage: Any, segment: Any) -> "DocumentsReader":
        """Return the articles of a segment."""
        return DocumentsReader(Path(storage.folder) / segment.make_filename(self.DOCS_EXT), segment)

    def terms_reader(self, storage: Any, segment: Any) -> "TermsReader":
        """Return the terms of a segment."""
        return TermsReader(Path(storage.folder) / segment.make_filename(self.TERMS_EXT))

    def new_segment(self, storage: Any, indexname: str) -> "TermsSegment":
        """Return a new, empty segment."""
        return TermsSegment(self, indexname)


class TermsSegment(W3Segment):  # type: ignore[misc]
    """A segment of this codec: Whoosh's own, never packed into one file."""

    def should_assemble(self) -> bool:
        """Say that the files of the segment stay apart, so that each can be mapped and linked."""
        return False


class DocumentsWriter(base.PerDocumentWriter):  # type: ignore[misc]
    """Gathers the articles of a segment and writes them when it is closed."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._storage, self._segment = storage, segment
        self._ids: list[str] = []
        self._revisions = array("q")
        self._lengths = array("I")
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Begin an article; Whoosh numbers them from 0."""

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        """Keep what is kept of the article; every other field has only terms."""
        if isinstance(value, About):
            self._ids.append(value.id)
            self._revisions.append(value.revision)
            self._lengths.extend(value.lengths)

    def close(self) -> None:
        """Write the file."""
        blob, ends = _packed(term_bytes(id_) for id_ in self._ids)
        arrays = {
            "ids": blob,
            "ends": ends,
            "revisions": np.array(self._revisions, dtype="<i8"),
            "lengths": np.array(self._lengths, dtype="<u4"),
        }
        with self._segment.create_file(self._storage, TermsCodec.DOCS_EXT) as file:
            write_arrays(file, arrays, {"fields": [field.key for field in FIELDS]})
        self.is_closed = True


class DocumentsReader(base.PerDocumentReader):  # type: ignore[misc]
    """The articles of a segment."""

    def __init__(self, path: Path, segment: Any) -> None:
        arrays, about = read_arrays(path)
        self._segment = segment
        self._ids = _Keys(arrays["ids"], arrays["ends"])
        self.revisions: Array = arrays["revisions"]
        self.lengths: Array = arrays["lengths"].reshape(len(self._ids), len(about["fields"]))

    def ids(self) -> list[str]:
        """Return the ids of all articles, deleted ones too, in the order of their numbers."""
        return [term_text(key) for key in self._ids]

    def live(self) -> Array:
        """Return for each article whether it isn't deleted."""
        live = np.ones(len(self._ids), dtype=bool)
        live[list(self._segment.deleted_docs())] = False
        return live

    def about(self, docnum: int) -> About:
        """Return what is kept of an article."""
        return About(term_text(self._ids[docnum]), int(self.revisions[docnum]), self.lengths[docnum].tolist())

    def doc_count(self) -> int:
        """Return the number of articles that aren't deleted."""
        return len(self._ids) - int(self._segment.deleted_count())

    def doc_count_all(self) -> int:
        """Return the number of articles."""
        return len(self._ids)

    def has_deletions(self) -> bool:
        """Return whether an article is deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Return whether the article is deleted."""
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> Iterable[int]:
        """Return the numbers of the deleted articles."""
        deleted: Iterable[int] = self._segment.deleted_docs()
        return deleted

    def stored_fields(self, docnum: int) -> dict[str, About]:
        """Return what is kept of an article, as Whoosh names it."""
        return {ABOUT: self.about(docnum)}

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return an article's number of words in a field."""
        place = FIELD_PLACE.get(fieldname)
        return default if place is None else int(self.lengths[docnum, place])

    def field_length(self, fieldname: str) -> int:
        """Return the number of words of all articles in a field."""
        place = FIELD_PLACE.get(fieldname)
        return 0 if place is None else int(self.lengths[:, place].sum())

    def min_field_length(self, fieldname: str) -> int:
        """Return the smallest number of words of an article in a field."""
        place = FIELD_PLACE.get(fieldname)
        return 0 if place is None or not len(self._ids) else int(self.lengths[:, place].min())

    def max_field_length(self, fieldname: str) -> int:
        """Return the largest number of words of an article in a field."""
        place = FIELD_PLACE.get(fieldname)
        return 0 if place is None or not len(self._ids) else int(self.lengths[:, place].max())


class _Gathered(NamedTuple):
    """Postings in the order of `keys`' numbers or not; within a term by ascending document."""

    keys: Sequence[tuple[str, bytes]]
    terms: Array
    docs: Array
    freqs: Array
    positions: Array


class TermsPool:
    """Gathers the postings of a segment in memory, a few numbers for each, until they are written."""

    def __init__(self) -> None:
        self._numbers: dict[str, dict[str, int]] = {}
        self._keys: list[tuple[str, bytes]] = []
        self._terms, self._docs, self._freqs = array("I"), array("I"), array("I")
        self._positions = array("I")
        self._merged: list[_Gathered] = []

    def __len__(self) -> int:
        """Return the number of postings gathered from new articles."""
        return len(self._docs)

    def add(self, fieldname: str, docnum: int, postings: Mapping[str, Sequence[int]]) -> None:
        """Take the terms of a document in a field, each with its positions."""
        numbers = self._numbers.setdefault(fieldname, {})
        keys, positions = self._keys, self._positions
        terms: list[int] = []
        freqs: list[int] = []
        for key, places in postings.items():
            if not places:
                continue
            number = numbers.get(key)
            if number is None:
                number = numbers[key] = len(keys)
                keys.append((fieldname, term_bytes(key)))
            terms.append(number)
            freqs.append(len(places))
            positions.extend(places)
        self._terms.extend(terms)
        self._freqs.extend(freqs)
        self._docs.extend([docnum] * len(terms))

    def merge(self, reader: "TermsReader", docmap: Array) -> None:
        """Take all postings of a segment; `docmap` gives each document's new number, -1 where it is deleted."""
        self._merged.append(reader.gathered(docmap))

    def gathered(self) -> list[_Gathered]:
        """Return everything gathered, new articles first."""
        own = _Gathered(
            self._keys,
            np.frombuffer(self._terms, dtype=np.uint32),
            np.frombuffer(self._docs, dtype=np.uint32),
            np.frombuffer(self._freqs, dtype=np.uint32),
            np.frombuffer(self._positions, dtype=np.uint32),
        )
        return [own, *self._merged]

    def cleanup(self) -> None:
        """Forget everything; there is nothing on disk."""
        self.__init__()  # type: ignore[misc]


class TermsWriter(base.FieldWriter):  # type: ignore[misc]
    """Writes the terms of a segment from a pool, in one pass of array work."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._storage, self._segment = storage, segment
        self.is_closed = False

    def write(self, pool: TermsPool) -> None:
        """Sort everything gathered by field, term and document, and write it."""
        parts = pool.gathered()
        keys = sorted({key for part in parts for key in part.keys})
        number = {key: place for place, key in enumerate(keys)}
        terms = np.concatenate([_renumbered(part, number) for part in parts])
        order = np.argsort(terms, kind="stable")
        counts = np.bincount(terms, minlength=len(keys))
        freqs = np.concatenate([part.freqs for part in parts])
        positions = _gather(np.concatenate([part.positions for part in parts]), freqs, order)
        docs = np.concatenate([part.docs for part in parts])[order].astype("<i4")
        self._save(
            [key for key, count in zip(keys, counts, strict=True) if count], counts, docs, freqs[order], positions
        )

    def _save(self, keys: list[tuple[str, bytes]], counts: Array, docs: Array, freqs: Array, positions: Array) -> None:
        blob, ends = _packed(text for _, text in keys)
        counts = counts[counts > 0]
        firsts = _starts(counts)
        arrays = {
            "keys": blob,
            "ends": ends,
            "firsts": firsts,
            "places": _starts(freqs)[firsts],
            "docs": docs,
            "freqs": _narrow(freqs),
            "positions": _narrow(positions),
        }
        with self._segment.create_file(self._storage, TermsCodec.TERMS_EXT) as file:
            write_arrays(file, arrays, {"fields": _ranges([fieldname for fieldname, _ in keys])})

    def close(self) -> None:
        """Say that the writer is done."""
        self.is_closed = True


class TermsReader(base.TermsReader):  # type: ignore[misc]
    """The terms of a segment. Safe for any number of threads: nothing in it moves."""

    def __init__(self, path: Path) -> None:
        arrays, about = read_arrays(path)
        self._keys = _Keys(arrays["keys"], arrays["ends"])
        self._fields: dict[str, tuple[int, int]] = {name: (low, high) for name, (low, high) in about["fields"].items()}
        self._firsts, self._places = arrays["firsts"], arrays["places"]
        self._docs, self._freqs, self._positions = arrays["docs"], arrays["freqs"], arrays["positions"]

    def postings(self, fieldname: str, text: bytes) -> Postings | None:
        """Return the postings of a term, None when the segment hasn't got it."""
        number = self._number(fieldname, text)
        if number is None:
            return None
        first, last = self._firsts[number], self._firsts[number + 1]
        place, end = self._places[number], self._places[number + 1]
        return Postings(self._docs[first:last], self._freqs[first:last], self._positions[place:end])

    def beginning_with(self, fieldname: str, prefix: bytes) -> tuple[int, int]:
        """Return the range of the numbers of the terms of a field that begin with a prefix."""
        low, high = self._fields.get(fieldname, (0, 0))
        first = self._keys.first_from(prefix, low, high)
        after = _after(prefix)
        return first, high if after is None else self._keys.first_from(after, first, high)

    def between(self, fieldname: str, lowest: bytes, highest: bytes) -> list[bytes]:
        """Return the terms of a field from `lowest` to `highest`, both included."""
        low, high = self._fields.get(fieldname, (0, 0))
        first = self._keys.first_from(lowest, low, high)
        return [self._keys[number] for number in range(first, bisect_right(self._keys, highest, first, high))]

    def counted(self, first: int, last: int, most: int) -> Iterator[tuple[bytes, int]]:
        """Yield the terms of a range of numbers with their document counts; of a long range the `most` frequent."""
        counts = np.diff(self._firsts[first : last + 1])
        chosen = range(len(counts)) if len(counts) <= most else np.argpartition(-counts, most)[:most].tolist()
        for place in chosen:
            yield self._keys[first + place], int(counts[place])

    def gathered(self, docmap: Array) -> _Gathered:
        """Return all postings of documents that stay, under their new numbers."""
        keys = [(name, self._keys[n]) for name, (low, high) in self._fields.items() for n in range(low, high)]
        terms = np.repeat(np.arange(len(keys), dtype=np.uint32), np.diff(self._firsts))
        docs = docmap[self._docs]
        stays = docs >= 0
        positions = self._positions[np.repeat(stays, self._freqs)]
        return _Gathered(
            keys,
            terms[stays],
            docs[stays].astype(np.uint32),
            self._freqs[stays].astype(np.uint32),
            positions.astype(np.uint32),
        )

    def _number(self, fieldname: str, text: bytes) -> int | None:
        low, high = self._fields.get(fieldname, (0, 0))
        if low == high:
            return None
        number = self._keys.first_from(text, low, high)
        return number if number < high and self._keys[number] == text else None

    # What Whoosh itself asks a reader of terms.

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        """Return whether the segment has the term."""
        return self._number(*term) is not None

    def indexed_field_names(self) -> Iterable[str]:
        """Return the fields that have terms."""
        return self._fields.keys()

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield each field and term in order."""
        for fieldname, (low, high) in self._fields.items():
            for number in range(low, high):
                yield fieldname, self._keys[number]

    def term_info(self, fieldname: str, text: bytes) -> Any:
        """Return Whoosh's figures for a term; raises its `TermNotFound`."""
        found = self.postings(fieldname, text)
        if found is None:
            raise TermNotFound(f"no term {fieldname}:{text!r}")
        total, docs = float(found.freqs.sum()), found.docs
        return TermInfo(total, len(docs), 0, 0, float(found.freqs.max()), int(docs[0]), int(docs[-1]))

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Any:
        """Return Whoosh's matcher over a term's postings."""
        info = self.term_info(fieldname, text)
        found = self.postings(fieldname, text)
        assert found is not None
        weights = found.freqs.astype(float).tolist()
        return ListMatcher(
            found.docs.tolist(), weights, None, format_, scorer=scorer, term=(fieldname, text), terminfo=info
        )


class TermsIndexWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer, gathering ready terms and merging segments by array work."""

    def __init__(self, index: Any) -> None:
        super().__init__(index, codec=TermsCodec(), compound=False, _lk=False)
        self.pool = TermsPool()

    def add_entry(self, entry: Entry) -> None:
        """Add an article."""
        lengths = [0] * len(FIELDS)
        for field, length in entry.lengths.items():
            lengths[FIELD_PLACE[field.key]] = length
        values = (filter_key(name, value) for name, values in entry.filters.items() for value in values)
        for field, terms in entry.postings.items():
            self.pool.add(field.key, self.docnum, terms)
        self.pool.add(FILTERS, self.docnum, dict.fromkeys(values, (0,)))
        self.perdocwriter.add_field(ABOUT, None, About(entry.id, entry.revision, lengths), 0)
        self.docnum += 1
        self._added = True

    def merge_segment(self, segment: Any) -> None:
        """Take the articles of a segment that aren't deleted into the one being written."""
        documents = self.codec.per_document_reader(self.storage, segment)
        live = documents.live()
        docmap = np.where(live, self.docnum + np.cumsum(live) - 1, -1)
        for docnum in np.flatnonzero(live).tolist():
            self.perdocwriter.add_field(ABOUT, None, documents.about(docnum), 0)
        self.pool.merge(self.codec.terms_reader(self.storage, segment), docmap)
        self.docnum += int(live.sum())
        if live.any():
            self._added = True

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        self.fieldwriter.write(self.pool)
        self.fieldwriter.close()


class _Keys(Sequence[bytes]):
    """Byte strings one after another in one array, with their ends."""

    _STEP = 64

    def __init__(self, blob: Array, ends: Array) -> None:
        self._blob, self._ends = blob.data, ends.data

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: Any) -> Any:
        return bytes(self._blob[self._ends[number] : self._ends[number + 1]])

    @cached_property
    def _landmarks(self) -> list[bytes]:
        """Every 64th string, so that a search takes its first steps without the arrays."""
        return [self[number] for number in range(0, len(self), self._STEP)]

    def first_from(self, key: bytes, low: int, high: int) -> int:
        """Return the place of the first string from `key` on between `low` and `high`, where they are sorted."""
        first, last = -(-low // self._STEP), -(-high // self._STEP)
        if first < last:
            mark = bisect_left(self._landmarks, key, first, last)
            low = max(low, (mark - 1) * self._STEP)
            high = min(high, mark * self._STEP)
        return bisect_left(self, key, low, high)


def _packed(keys: Iterable[bytes]) -> tuple[Array, Array]:
    parts = list(keys)
    lengths = np.fromiter(map(len, parts), dtype=np.int64, count=len(parts))
    return np.frombuffer(b"".join(parts), dtype=np.uint8), _starts(lengths)


def _starts(counts: Array) -> Array:
    """Return where each run begins, and at last where all end."""
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts, dtype=np.int64)])


def _renumbered(part: _Gathered, number: Mapping[tuple[str, bytes], int]) -> Array:
    numbers = np.fromiter((number[key] for key in part.keys), dtype=np.int32, count=len(part.keys))
    return numbers[part.terms]


def _gather(positions: Array, freqs: Array, order: Array) -> Array:
    """Return the positions with their runs, one for each posting, in another order."""
    starts, lengths = _starts(freqs)[:-1][order], freqs[order]
    shift = np.repeat(starts - _starts(lengths)[:-1], lengths)
    return positions[shift + np.arange(len(shift))]


def _narrow(numbers: Array) -> Array:
    """Return the numbers in the smallest type that holds them all."""
    highest = int(numbers.max()) if len(numbers) else 0
    return numbers.astype("|u1" if highest < 1 << 8 else "<u2" if highest < 1 << 16 else "<u4")


def _ranges(names: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return where each name stands first, and where it ends; equal names stand together."""
    ranges: dict[str, tuple[int, int]] = {}
    for number, name in enumerate(names):
        ranges[name] = (ranges.get(name, (number, number))[0], number + 1)
    return ranges


def _after(prefix: bytes) -> bytes | None:
    """Return the least byte string above all that begin with a prefix; None when there is none."""
    stripped = prefix.rstrip(b"\xff")
    return stripped[:-1] + bytes([stripped[-1] + 1]) if stripped else None
