"""Putting an item into the store: a new article, a new version, a copy, or nothing new.

An item is known by its source. The rules, of which each source always points at an article whose newest version is the
bytes last seen there:

- the same bytes again: nothing new, unless an option or sidecar says something new of them;
- other bytes at the source that an article came from: a new version of it; other sources that still hold the earlier
  bytes become an article of their own;
- bytes that the newest version of an article already has: a copy, whose source is kept;
- other bytes at the source of a copy: it leaves, for an article of its own; but where the sources before it are gone
  (the file was moved), it is what the article came from;
- bytes of any version of a withdrawn article, from another source: nothing, so that they don't come back by the way;
  from its own source a withdrawn article has new versions, which are as hidden as it is.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import NamedTuple

from archive.declaring import FIELDS, merge
from archive.document import TRANSLATED_KINDS, Declared, Document, Reading
from archive.errors import ArchiveError
from archive.store import withdrawals
from archive.store.clock import now, tick
from archive.store.columns import pack_date, pack_declared, unpack_declared
from archive.store.layers import refresh, write_log
from archive.store.outcome import Change, Outcome
from archive.store.sentences import refresh_origins, unit_of

SHORTEST_ID = 10
"""Hex digits of an article's id; longer only where two articles would share them."""


class _Known(NamedTuple):
    """A row of `sources`, and the article it points at."""

    number: int
    document: int
    sha256: str
    given: Declared


@dataclass(frozen=True, slots=True)
class Item:
    """What is to be put: the reading, its document, the SHA-256 of its bytes, what was given beside them.

    `stands` tells of another source whether it is still there.
    """

    reading: Reading
    document: Document
    sha256: str
    given: Declared
    stands: Callable[[str], bool]


def put(connection: sqlite3.Connection, item: Item) -> Outcome:
    """Put an item whose bytes are already kept. What was withdrawn stays so, wherever its bytes turn up again."""
    _check(item)
    connection.execute("INSERT OR IGNORE INTO originals VALUES (?, ?)", (item.sha256, len(item.reading.raw)))
    connection.execute("DELETE FROM set_aside WHERE source = ?", (item.reading.source,))
    known = _known(connection, item.reading.source)
    held = withdrawals.holder(connection, item.sha256)
    if held is not None and (known is None or known.document != held[0]):
        return Outcome(Change.WITHDRAWN, *held[1:])
    return _or_withdrawn(connection, _place(connection, item, known))


def _place(connection: sqlite3.Connection, item: Item, known: _Known | None) -> Outcome:
    if known is None:
        return _arrive(connection, item)
    if known.sha256 == item.sha256:
        return _again(connection, item, known)
    if _is_owner(connection, item, known):
        return _new_version(connection, item, known)
    connection.execute("DELETE FROM sources WHERE number = ?", (known.number,))
    return _arrive(connection, item)


def recall(connection: sqlite3.Connection, source: str, digest: str, given: Declared) -> Outcome | None:
    """Return the outcome of an item about which there is nothing new to say, None when it has to be put."""
    known = _known(connection, source)
    if known is None or known.sha256 != digest or merge(given, known.given) != known.given:
        return None
    connection.execute("DELETE FROM set_aside WHERE source = ?", (source,))
    return _or_withdrawn(connection, Outcome(Change.UNCHANGED, *_shown(connection, known.document)))


def _or_withdrawn(connection: sqlite3.Connection, outcome: Outcome) -> Outcome:
    """Say of an outcome that its article is withdrawn, where it is; what was put is kept, and not shown."""
    hidden = withdrawals.withdrawal(connection, outcome.id) is not None
    return replace(outcome, change=Change.WITHDRAWN) if hidden else outcome


def given_at(connection: sqlite3.Connection, source: str) -> Declared:
    """Return what options and sidecars have said of a source so far."""
    known = _known(connection, source)
    return known.given if known else Declared()


def _check(item: Item) -> None:
    """Refuse what could not be read back. These are faults of the program, not of the input."""
    text = item.document.text
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ArchiveError(f"the text of {item.reading.source} holds half a surrogate pair at {error.start}") from error
    for block in item.document.blocks:
        if not 0 <= block.start <= block.end <= len(text):
            raise ArchiveError(f"a block of {item.reading.source} lies outside of its text ({block.start}–{block.end})")


def _known(connection: sqlite3.Connection, source: str) -> _Known | None:
    row = connection.execute(
        "SELECT number, document, sha256, given FROM sources WHERE source = ?", (source,)
    ).fetchone()
    return _Known(row[0], row[1], row[2], unpack_declared(row[3])) if row else None


def _is_owner(connection: sqlite3.Connection, item: Item, known: _Known) -> bool:
    earlier = connection.execute(
        "SELECT source FROM sources WHERE document = ? AND number < ?", (known.document, known.number)
    )
    return not any(item.stands(source) for (source,) in earlier)


def _arrive(connection: sqlite3.Connection, item: Item) -> Outcome:
    """Put an item from a source that points nowhere yet."""
    held = connection.execute(
        "SELECT d.number, d.id, v.version FROM versions v JOIN documents d ON d.newest = v.number "
        "WHERE v.sha256 = ? ORDER BY d.withdrawn IS NOT NULL, d.number LIMIT 1",
        (item.sha256,),
    ).fetchone()
    if held is None:
        return _add(connection, item)
    document, article, version = held
    _point(connection, item, document)
    write_log(connection, Change.COPY, document, source=item.reading.source)
    _redescribe(connection, item, document, Declared())
    return Outcome(Change.COPY, article, version)


def _add(connection: sqlite3.Connection, item: Item) -> Outcome:
    document, article = _new_document(connection, item.sha256)
    _write_version(connection, document, 1, item)
    _point(connection, item, document)
    write_log(connection, Change.ADDED, document, value="1", source=item.reading.source)
    refresh(connection, document)
    return Outcome(Change.ADDED, article, 1)


def _again(connection: sqlite3.Connection, item: Item, known: _Known) -> Outcome:
    if merge(item.given, known.given) != known.given:
        _point(connection, item, known.document, known.given)
    told = _redescribe(connection, item, known.document, known.given)
    return Outcome(Change.REDESCRIBED if told else Change.UNCHANGED, *_shown(connection, known.document))


def _shown(connection: sqlite3.Connection, document: int) -> tuple[str, int]:
    """Return the id of an article and the number of its newest version."""
    article, version = connection.execute(
        "SELECT d.id, v.version FROM documents d JOIN versions v ON v.number = d.newest WHERE d.number = ?",
        (document,),
    ).fetchone()
    return article, version


def _new_version(connection: sqlite3.Connection, item: Item, known: _Known) -> Outcome:
    article, newest, version = connection.execute(
        "SELECT d.id, d.newest, v.version FROM documents d JOIN versions v ON v.number = d.newest WHERE d.number = ?",
        (known.document,),
    ).fetchone()
    _part_copies(connection, item, known, newest)
    _write_version(connection, known.document, version + 1, item)
    _point(connection, item, known.document, known.given)
    write_log(connection, Change.NEW_VERSION, known.document, value=str(version + 1), source=item.reading.source)
    refresh(connection, known.document)
    return Outcome(Change.NEW_VERSION, article, version + 1)


def _part_copies(connection: sqlite3.Connection, item: Item, known: _Known, newest: int) -> None:
    """Give the other sources of an article that is about to change an article of their own, with the earlier bytes.

    Sources that are gone are let go of.
    """
    sources = connection.execute(
        "SELECT number, source FROM sources WHERE document = ? AND number <> ? ORDER BY number",
        (known.document, known.number),
    ).fetchall()
    others = [row for row in sources if item.stands(row[1])]
    for number, source in sources:
        if (number, source) not in others:
            connection.execute("DELETE FROM sources WHERE number = ?", (number,))
            write_log(connection, "gone", known.document, source=source)
    if not others:
        return
    document, _ = _new_document(connection, known.sha256)
    connection.execute(
        "INSERT INTO versions (document, version, sha256, encoding, media, added, text, text_sha256, title, outlet, "
        "agency, url, retrieved, date) SELECT ?, 1, sha256, encoding, media, added, text, text_sha256, title, outlet, "
        "agency, url, retrieved, date FROM versions WHERE number = ?",
        (document, newest),
    )
    twin = connection.execute("SELECT number FROM versions WHERE document = ?", (document,)).fetchone()[0]
    connection.execute(
        'INSERT INTO blocks SELECT ?, number, kind, start, "end" FROM blocks WHERE version = ?', (twin, newest)
    )
    connection.execute(
        'INSERT INTO sentences SELECT ?, number, block, start, "end", unit, translated FROM sentences '
        "WHERE version = ?",
        (twin, newest),
    )
    connection.execute("UPDATE documents SET newest = ? WHERE number = ?", (twin, document))
    connection.executemany(
        "UPDATE sources SET document = ? WHERE number = ?", [(document, number) for number, _ in others]
    )
    for _, source in others:
        write_log(connection, "parted", document, source=source)
    refresh_origins(connection, document)
    refresh(connection, document)
    withdrawals.part_hidden(connection, known.document, document)


def _new_document(connection: sqlite3.Connection, digest: str) -> tuple[int, str]:
    taken = {
        row[0]
        for row in connection.execute(
            "SELECT id FROM documents WHERE id >= ? AND id <= ?", (digest[:SHORTEST_ID], digest + "~")
        )
    }
    article = next((digest[:end] for end in range(SHORTEST_ID, len(digest) + 1) if digest[:end] not in taken), None)
    if article is None:  # every prefix of the hash is taken by articles that had these bytes once
        article = next(f"{digest}~{count}" for count in range(2, len(taken) + 3) if f"{digest}~{count}" not in taken)
    cursor = connection.execute("INSERT INTO documents (id, revision) VALUES (?, ?)", (article, tick(connection)))
    assert cursor.lastrowid is not None
    return cursor.lastrowid, article


def _write_version(connection: sqlite3.Connection, document: int, version: int, item: Item) -> None:
    page, reading = item.document, item.reading
    cursor = connection.execute(
        "INSERT INTO versions (document, version, sha256, encoding, media, added, text, text_sha256, title, outlet, "
        "agency, url, retrieved, date) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(document, version, item.sha256, reading.encoding, reading.media, now()),
            *(page.text, sha256(page.text.encode()).hexdigest(), page.title, page.outlet),
            *(page.agency, page.url, page.retrieved, pack_date(page.date)),
        ),
    )
    row = cursor.lastrowid
    assert row is not None
    connection.executemany(
        "INSERT INTO blocks VALUES (?, ?, ?, ?, ?)",
        [(row, number, block.kind, block.start, block.end) for number, block in enumerate(page.blocks)],
    )
    connection.executemany(
        "INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(row, number, sentence.block, sentence.start, sentence.end),
                unit_of(connection, page.sentence_text(sentence)),
                page.blocks[sentence.block].kind in TRANSLATED_KINDS,
            )
            for number, sentence in enumerate(page.sentences, 1)
        ],
    )
    connection.execute("UPDATE documents SET newest = ? WHERE number = ?", (row, document))
    refresh_origins(connection, document)


def _point(connection: sqlite3.Connection, item: Item, document: int, given: Declared | None = None) -> None:
    """Write where an item was seen; what was given of it adds to what was given before."""
    now_given = merge(item.given, given or Declared())
    connection.execute(
        "INSERT INTO sources (source, document, sha256, given, seen) VALUES (?, ?, ?, ?, ?) ON CONFLICT (source) "
        "DO UPDATE SET document = excluded.document, sha256 = excluded.sha256, given = excluded.given, "
        "seen = excluded.seen",
        (item.reading.source, document, item.sha256, pack_declared(now_given), now()),
    )


def _redescribe(connection: sqlite3.Connection, item: Item, document: int, before: Declared) -> bool:
    """Take over what is newly given of an item, unless another source of the article had a say first."""
    news = [
        name
        for name in FIELDS
        if getattr(item.given, name) not in {None, getattr(before, name)}
        and not _given_elsewhere(connection, document, item.reading.source, name)
    ]
    told = [name for name in news if _set_found(connection, item, document, name)]
    if told:
        refresh(connection, document)
    return bool(told)


def _given_elsewhere(connection: sqlite3.Connection, document: int, source: str, field: str) -> bool:
    rows = connection.execute(
        "SELECT given FROM sources WHERE document = ? AND source <> ? "
        "AND number < (SELECT number FROM sources WHERE source = ?)",
        (document, source, source),
    )
    return any(getattr(unpack_declared(row[0]), field) is not None for row in rows)


_SET_FOUND = {
    "title": "UPDATE versions SET title = ? WHERE number = ?",
    "outlet": "UPDATE versions SET outlet = ? WHERE number = ?",
    "url": "UPDATE versions SET url = ? WHERE number = ?",
    "retrieved": "UPDATE versions SET retrieved = ? WHERE number = ?",
    "date": "UPDATE versions SET date = ? WHERE number = ?",
}


def _set_found(connection: sqlite3.Connection, item: Item, document: int, field: str) -> bool:
    """Write one field of the newest version anew; tell whether that changed anything."""
    number, *values = connection.execute(
        "SELECT v.number, v.title, v.outlet, v.url, v.retrieved, v.date FROM documents d "
        "JOIN versions v ON v.number = d.newest WHERE d.number = ?",
        (document,),
    ).fetchone()
    before = dict(zip(("title", "outlet", "url", "retrieved", "date"), values, strict=True))[field]
    page = item.document
    value = pack_date(page.date) if field == "date" else getattr(page, field)
    if value == before:
        return False
    connection.execute(_SET_FOUND[field], (value, number))
    write_log(connection, "declared", document, field=field, value=value, before=before, source=item.reading.source)
    return True
