"""The store: one folder with the originals and a database, and all that is asked of it."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from archive.document import Declared, Document, Note, Reading
from archive.errors import ArchiveBusy, ArchiveError, BadMetadata, NoArchive, NoSuchArticle
from archive.memory import BadLine, MemoryLine, MemoryReport
from archive.sentence_id import SentenceId
from archive.store import corrections, failures, layers, lock, putting, reading, sentences, undoing, withdrawals
from archive.store.clock import now
from archive.store.columns import ORIGINS, RANKS
from archive.store.database import Database
from archive.store.failures import Failure
from archive.store.originals import Originals
from archive.store.outcome import ListedArticle, LogEntry, Mentioned, Order, Outcome, Source
from archive.store.withdrawals import Withdrawal
from archive.translation import Article, Origin, Translation

DATABASE = "archive.db"
ORIGINALS = "originals"

PENDING_BATCH = 1_000
"""Sentences looked up at once when those that lack a translation are asked for."""

MEMORY_BATCH = 5_000
"""Lines of a memory that are imported in one transaction."""

Check = Callable[[str, str], tuple[Note, ...]]
"""Gives the reasons to doubt an Arabic sentence's English."""

_MEMORY = (
    "SELECT t.number, u.text, t.text, t.rank, coalesce(t.by, t.model, t.engine), t.time, t.source "  # noqa: S608
    "FROM translations t JOIN units u ON u.number = t.unit WHERE t.number > ? "
    "AND t.rank IN (SELECT value FROM json_each(?)) AND NOT t.here_only "
    f"AND NOT {withdrawals.HIDDEN_UNIT} ORDER BY t.number LIMIT ?"
)

_T = TypeVar("_T")


class Store:
    """An archive's folder, open.

    Safe to share among threads, and to open in several processes: readers never wait for a writer and never break it.
    What iterates reads in batches, each of one moment. Translations are kept by sentence (`sentence_key`), so offsets
    in an alignment that is saved refer to the sentence with its white space folded, as `pending` gives it; those that
    come back with an article refer to the sentence as it stands there.
    """

    def __init__(self, folder: Path) -> None:
        """Take a folder that holds an archive; `Store.open` is the way in."""
        self.folder = folder
        self.originals = Originals(folder / ORIGINALS)
        self._database = Database(folder / DATABASE, self.originals.settle)

    @classmethod
    def open(cls, folder: Path, *, create: bool = False) -> Self:
        """Open the archive in a folder. Raises `NoArchive` when there is none and none is to be made."""
        where = Path(folder).absolute()
        if not (where / DATABASE).is_file():
            if not create:
                raise NoArchive(f"{where} holds no archive; make one with `sijill add PATH` or name another --archive")
            _make_folder(where / ORIGINALS)
        store = cls(where)
        try:
            store._database.prepare()
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Adding

    @contextmanager
    def exclusively(self) -> Iterator[None]:
        """Hold the archive's write lock, for a long run of additions. Raises `ArchiveBusy` at once when it is held."""
        try:
            with lock.held(self.folder / "write.lock"):
                self.originals.clear_arriving()
                yield
        except PermissionError as error:
            raise ArchiveError(f"{self.folder} can't be written to; mend its rights or copy it elsewhere") from error
        except BlockingIOError as held:
            raise ArchiveBusy(
                f"another process is adding to the archive in {self.folder}; wait until it is done, then try again"
            ) from held

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Keep everything that is put within the block in one transaction; nothing of it stands until the end."""
        with self._database.writing():
            yield

    def put(
        self,
        reading: Reading,
        document: Document,
        declared: Declared | None = None,
        *,
        stands: Callable[[str], bool] = lambda source: True,
    ) -> Outcome:
        """Keep an item: its bytes, its document, and what options or a sidecar say of it (`declared`).

        `reading.declared` is all that is known of the item, including what its own columns or page say; `declared` is
        the part of it that came from beside the text, and that may change without the bytes changing. `stands` tells of
        another source of the same bytes whether it is still there, so that a moved file is known for the same.
        """
        with self._database.writing() as connection:
            digest = self.originals.keep(reading.raw)
            return putting.put(connection, putting.Item(reading, document, digest, declared or Declared(), stands))

    def recall(self, reading: Reading, declared: Declared | None = None) -> Outcome | None:
        """Return the outcome of an item that the archive holds already, so that it need not be cleaned to be put.

        None when there is something new in it: its source, its bytes, or what is declared of it.
        """
        with self._database.writing() as connection:
            return putting.recall(connection, reading.source, sha256(reading.raw).hexdigest(), declared or Declared())

    def given_at(self, source: str) -> Declared:
        """Return what options and sidecars have said of a source so far."""
        with self._database.reading() as connection:
            return putting.given_at(connection, source)

    def set_aside(self, source: str, code: str, arguments: Sequence[str | int], message: str) -> None:
        """Note that an item could not be read, and why; it is forgotten when the item is put one day."""
        with self._database.writing() as connection:
            layers.write_set_aside(connection, source, code, tuple(arguments), message)

    def forget_aside(self, files: Iterable[str], *, except_for: AbstractSet[str]) -> None:
        """Forget what was set aside of these files in earlier runs, but for the sources that still stand aside."""
        with self._database.writing() as connection:
            for file in files:
                layers.forget_aside(connection, file, except_for)

    def standing_aside(self) -> list[tuple[str, str, tuple[str | int, ...], str, str]]:
        """Return (source, code, arguments, message, time) of the items that could not be read when last tried."""
        with self._database.reading() as connection:
            return list(layers.read_set_aside(connection))

    # Articles

    def article(self, id: str, version: int | None = None) -> Article:
        """Return an article, its newest version unless another is asked for. Raises `NoSuchArticle`, `Withdrawn`."""
        with self._database.reading() as connection:
            document = withdrawals.shown_number(connection, id)
            newest = reading.articles_named(connection, [id])[0][0]
            if version is None or version == newest.version:
                return newest
            found = reading.earlier_article(connection, id, version)
            if found is None:
                raise NoSuchArticle(f"article {id} has no version {version}; the newest is {newest.version}")
            return reading.under_layer(found, layers.layer(connection, document))

    def articles(self, ids: Sequence[str] | None = None) -> Iterator[Article]:
        """Stream the newest versions: of all articles as they came, or of `ids` in their order (unknown ones skipped).

        Each sentence has its best translation: reviewed before machine before gloss.
        """
        if ids is not None:
            for some in _batches(ids, reading.BATCH):
                left: Sequence[str] = some
                while left:
                    with self._database.reading() as connection:
                        found, left = reading.articles_named(connection, left)
                    yield from found
            return
        after: int | None = 0
        while after is not None:
            with self._database.reading() as connection:
                found, after = reading.articles_after(connection, after)
            yield from found

    def revisions(self) -> dict[str, int]:
        """Return the revision of each article. It grows with a version, metadata, a translation of a sentence of it."""
        with self._database.reading() as connection:
            return dict(connection.execute("SELECT id, revision FROM shown_documents ORDER BY number").fetchall())

    def holds(self, id: str) -> bool:
        """Tell whether there is an article with this id that is shown."""
        with self._database.reading() as connection:
            return connection.execute("SELECT 1 FROM shown_documents WHERE id = ?", (id,)).fetchone() is not None

    def ids(self, prefix: str = "") -> list[str]:
        """Return the ids of the articles, those that begin with `prefix`, in the order in which they came."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id FROM shown_documents WHERE substr(id, 1, ?) = ? ORDER BY number", (len(prefix), prefix)
            )
            return [row[0] for row in rows]

    def listing(self, offset: int = 0, limit: int = 50, *, by_date: bool = True) -> list[ListedArticle]:
        """Return a page of the list of articles: newest date first and undated last, or latest arrival first."""
        with self._database.reading() as connection:
            return reading.list_articles(connection, max(offset, 0), max(limit, 0), by_date)

    def in_order(self, ids: Iterable[str], order: Order) -> list[str]:
        """Return the ids of articles in an order, unknown ones left out; those that it doesn't part stay as given."""
        packed = json.dumps(list(ids))
        with self._database.reading() as connection:
            return reading.in_order(connection, packed, order)

    def original(self, id: str, version: int | None = None) -> bytes:
        """Return the bytes of an article as found. Raises `NoSuchArticle`, `DamagedArchive`."""
        return self.originals.read(self.article(id, version).sha256)

    def sources(self, id: str) -> list[Source]:
        """Return the places where the bytes of an article were seen, the first one first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT source, sha256, seen FROM sources WHERE document = ? ORDER BY number",
                (withdrawals.shown_number(connection, id),),
            )
            return [Source(*row) for row in rows]

    def versions(self, id: str) -> list[tuple[int, str, str]]:
        """Return (version, SHA-256 of its bytes, when it was added) of an article, oldest first."""
        with self._database.reading() as connection:
            return connection.execute(
                "SELECT version, sha256, added FROM versions WHERE document = ? ORDER BY version",
                (withdrawals.shown_number(connection, id),),
            ).fetchall()

    # Translations

    def pending(
        self, origin: Origin, model_hash: str | None = None, limit: int | None = None
    ) -> Iterator[tuple[str, str]]:
        """Give (key, sentence, white space folded) of the distinct sentences that lack a translation.

        Only sentences of newest versions in blocks that are translated. A gloss is lacking where there is nothing at
        all; a machine line where nobody reviewed the sentence and this model (any, if None) has not translated it.
        Sentences that this model failed on are left out.
        """
        after, left = 0, limit
        while left is None or left > 0:
            wanted = PENDING_BATCH if left is None else min(left, PENDING_BATCH)
            with self._database.reading() as connection:
                rows = sentences.pending_after(connection, origin, model_hash, after, wanted)
            if not rows:
                return
            after = rows[-1].number
            left = None if left is None else left - len(rows)
            yield from ((row.key, row.text) for row in rows)

    def count_pending(self, origin: Origin, model_hash: str | None = None, *, failed: bool = False) -> int:
        """Return how many sentences `pending` would give; with `failed`, those that the model failed on too."""
        with self._database.reading() as connection:
            return sentences.count_pending(connection, origin, model_hash, failed)

    def record_failures(self, model_hash: str, reasons: Iterable[tuple[str, Note]]) -> None:
        """Keep why a model failed on sentences, by key, so that `pending` leaves them out; a line of it mends that."""
        with self._database.writing() as connection:
            failures.record(connection, model_hash, reasons)

    def failures(self, model_hash: str, limit: int = 1_000) -> list[Failure]:
        """Return the sentences that a model failed on, and why."""
        with self._database.reading() as connection:
            return failures.standing(connection, model_hash, limit)

    def forget_failures(self, model_hash: str) -> int:
        """Let `pending` give what a model failed on again; return how many sentences that were."""
        with self._database.writing() as connection:
            return failures.forget(connection, model_hash)

    def machine_lines(self, model_hash: str) -> Iterator[sentences.MadeLine]:
        """Stream the lines that a model made, with their sentences: those that stand and that nobody reviewed."""
        after = 0
        while True:
            with self._database.reading() as connection:
                rows = sentences.made_by(connection, model_hash, after, PENDING_BATCH)
            if not rows:
                return
            after = rows[-1][0]
            yield from (line for _, line in rows)

    def save_translations(self, translations: Iterable[tuple[str, Translation]]) -> int:
        """Save translations by sentence key, in one transaction, and return how many of them were news.

        Keys of sentences that the archive doesn't know are passed over; so are corrections that don't stand, and of
        those that do only their doubts and aligned words are taken over. Articles that hold a sentence whose
        translations changed get a new revision.
        """
        touched: list[int] = []
        with self._database.writing() as connection:
            for key, translation in translations:
                unit = sentences.unit_by_key(connection, key)
                if unit is not None and sentences.save(connection, unit, translation):
                    touched.append(unit)
            sentences.settle_units(connection, touched)
        return len(touched)

    def translations(self, key: str) -> list[Translation]:
        """Return all translations of a sentence, best first."""
        with self._database.reading() as connection:
            return sentences.translations_of(connection, key)

    def remember(self, lines: Iterable[MemoryLine | BadLine], check: Check | None = None) -> MemoryReport:
        """Import lines of a translation memory, in batches that each stand once made.

        Lines whose sentence stands in no article are kept, and serve when it arrives. `check` gives the reasons to
        doubt a machine's line; they are kept with it.
        """
        imported = unchanged = matched = 0
        bad: list[BadLine] = []
        for some in _batches(lines, MEMORY_BATCH):
            bad.extend(line for line in some if isinstance(line, BadLine))
            pairs = [line for line in some if isinstance(line, MemoryLine)]
            with self._database.writing() as connection:
                touched = [
                    unit
                    for line in pairs
                    if sentences.save(
                        connection, unit := sentences.unit_of(connection, line.ar), _as_translation(line, check)
                    )
                ]
                standing = sentences.settle_units(connection, touched)
                if touched:
                    layers.write_log(connection, "imported", value=str(len(touched)), source=pairs[0].source)
            imported += len(touched)
            unchanged += len(pairs) - len(touched)
            matched += standing
        return MemoryReport(imported, unchanged, matched, max(imported - matched, 0), tuple(bad))

    def memory(self, *origins: Origin) -> Iterator[MemoryLine]:
        """Give every translation that the archive knows (of these origins, or of all) as lines of a memory.

        Left out are sentences that stand in withdrawn articles alone, and corrections for one article alone.
        """
        wanted = json.dumps([RANKS[origin] for origin in origins or tuple(Origin)])
        after = 0
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(
                    _MEMORY,
                    (after, wanted, MEMORY_BATCH),
                ).fetchall()
            if not rows:
                return
            after = rows[-1][0]
            yield from (
                MemoryLine(ar, en, ORIGINS[rank], by, time, source) for _, ar, en, rank, by, time, source in rows
            )

    # What people say of articles, and the log

    def describe(self, id: str, field: str, value: str, by: str) -> int:
        """Set a field of an article (title, outlet, url, date, retrieved) and return the number of the log's entry.

        An empty value clears the field. Raises `BadMetadata`, `NoSuchArticle`.
        """
        with self._database.writing() as connection:
            return layers.describe(connection, withdrawals.shown_number(connection, id), field, value, by)

    def correct(self, sentence: SentenceId, text: str, by: str, *, here_only: bool = False) -> int:
        """Set the English of a sentence and return the number of the log's entry; what was there before stays below it.

        It serves in other articles that hold the same sentence too, named there as reviewed in this one, unless
        `here_only`. Raises `BadCorrection`, `BadMetadata` (the name), `NoSuchArticle`.
        """
        with self._database.writing() as connection:
            return corrections.correct(connection, sentence, text, by, here_only)

    def withdraw(self, id: str, reason: str, by: str) -> int:
        """Withdraw an article and return the number of the log's entry.

        Nothing gives the article any more but `withdrawal` and `log`; its bytes, hashes and translations stay in the
        folder. Raises `BadCorrection` (the reason), `BadMetadata` (the name), `NoSuchArticle`.
        """
        with self._database.writing() as connection:
            return withdrawals.withdraw(connection, id, reason, by)

    def undo(self, log_id: int, by: str) -> int:
        """Take back an entry of the log that a person made, and return the number of the entry that says so."""
        with self._database.writing() as connection:
            return undoing.undo(connection, log_id, by)

    def touched(self, log_id: int) -> list[str]:
        """Return the ids of the articles that look otherwise by a change that people made, or by its undoing."""
        with self._database.reading() as connection:
            return undoing.touched(connection, log_id)

    def correction(self, log_id: int) -> tuple[str, Translation] | None:
        """Return the sentence of a correction (white space folded) and its line; None when no such correction stands.

        An undoing of an undoing goes by the correction that it is about.
        """
        with self._database.reading() as connection:
            return corrections.standing(connection, undoing.origin(connection, log_id))

    def withdrawal(self, id: str) -> Withdrawal | None:
        """Return how an article was withdrawn; None when it wasn't, or there is none."""
        with self._database.reading() as connection:
            return withdrawals.withdrawal(connection, id)

    def sharing(self, id: str) -> list[str]:
        """Return the ids of other articles that are shown and have, in some version, bytes that this one has too."""
        with self._database.reading() as connection:
            return withdrawals.sharing(connection, id)

    def withdrawals(self) -> list[Withdrawal]:
        """Return how each article was withdrawn that is so now, the latest first."""
        with self._database.reading() as connection:
            return withdrawals.withdrawals(connection)

    def log(self, id: str | None = None, *, before: int | None = None, limit: int = 100) -> list[LogEntry]:
        """Return entries of the log, newest first: of one article or of all, below the number `before`."""
        with self._database.reading() as connection:
            document = layers.document_number(connection, id) if id is not None else None
            return layers.read_log(connection, document, before, limit)

    # What the index found out

    def save_mentions(self, found: Iterable[tuple[str, Iterable[Mentioned]]]) -> None:
        """Keep which places and actors articles name, by id, instead of what was kept of them before.

        Ids that the archive lacks are passed over. No revision grows: this follows from the text.
        """
        with self._database.writing() as connection:
            for id, mentions in found:
                reading.write_mentions(connection, id, mentions)

    def setting(self, name: str) -> str | None:
        """Return a setting of the archive, None when it was never set."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
            return None if row is None else str(row[0])

    def set_setting(self, name: str, value: str) -> None:
        """Set a setting of the archive."""
        with self._database.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (name, value))

    # Counting

    def facets(self, ids: Iterable[str] | None, fields: Sequence[str]) -> dict[str, list[tuple[str, str, int]]]:
        """Count the values of fields (outlet, year, month, origin, place, actor) over articles: (value, label, count).

        `ids` None means all articles. Most frequent first, years in order. Places and actors are those of
        `save_mentions`; one that no article names itself is left out.
        """
        unknown = [field for field in fields if field not in reading.FACET_FIELDS]
        if unknown:
            raise BadMetadata(f"{unknown[0]!r} has no counts; count {', '.join(reading.FACET_FIELDS)}")
        with self._database.reading() as connection:
            rows = reading.rows_of(connection, ids)
            return {field: reading.facet_counts(connection, rows, field) for field in fields}

    def undated(self, ids: Iterable[str] | None = None) -> int:
        """Return how many of these articles (None: of all) have no date."""
        with self._database.reading() as connection:
            return reading.count_undated(connection, reading.rows_of(connection, ids))

    def stats(self) -> dict[str, object]:
        """Return the archive in numbers.

        `documents`, `versions`, `sentences` (of newest versions), `distinct_sentences` (of those, in blocks that are
        translated), `translations` made and `translated` distinct sentences by origin, `set_aside`, `sources`, `bytes`
        on disk (`database`, `originals`). Withdrawn articles are counted in `withdrawn` and `bytes` alone;
        `corrections` are those by people that stand.
        """
        with self._database.reading() as connection:
            return reading.count_everything(connection, self._database.size())


def _as_translation(line: MemoryLine, check: Check | None) -> Translation:
    return Translation(
        text=line.en,
        origin=line.origin,
        engine="memory",
        time=line.time or now(),
        model=None if line.origin is Origin.REVIEWED else line.by,
        by=line.by if line.origin is Origin.REVIEWED else None,
        source=line.source,
        trust=check(line.ar, line.en) if check and line.origin is Origin.MACHINE else (),
    )


def _batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(items)
    while some := list(islice(iterator, size)):
        yield some


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(f"{folder} can't be made ({error.strerror}); name another folder with --archive") from error
