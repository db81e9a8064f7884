"""Articles out of the database: in batches, each of one moment, so that no reader holds the database for long."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Any

from archive.document import Block, BlockKind, Document, Sentence
from archive.store.columns import ORIGINS, pack_date, unpack_date
from archive.store.layers import overlay
from archive.store.outcome import ListedArticle, Mentioned, Order
from archive.store.sentences import read_translation
from archive.translation import AlignedPair, Article, Translation

_RANKED = sorted(ORIGINS.items(), reverse=True)

BATCH = 200
"""Articles read at once at most when many are streamed."""

BATCH_BYTES = 4_000_000
"""Bytes of originals that the articles read at once may have together; a longer article is read alone."""

_HEADS = """
SELECT v.number, d.id, v.version, d.revision, v.sha256, v.encoding, v.media, v.added, v.text,
       d.title, d.outlet, v.agency, d.url, d.retrieved, d.date, d.number
FROM shown_documents d JOIN versions v ON v.number = d.newest
"""

_SIZES = """
SELECT {name}, o.size FROM shown_documents d
JOIN versions v ON v.number = d.newest JOIN originals o ON o.sha256 = v.sha256
"""

_SIZES_AFTER = _SIZES.format(name="d.number") + "WHERE d.number > ? ORDER BY d.number LIMIT ?"

_SIZES_NAMED = _SIZES.format(name="d.id") + "WHERE d.id IN (SELECT value FROM json_each(?))"  # noqa: S608

_NUMBERED = _HEADS + "WHERE d.number IN (SELECT value FROM json_each(?)) ORDER BY d.number"  # noqa: S608

_NAMED = _HEADS + "WHERE d.id IN (SELECT value FROM json_each(?))"  # noqa: S608

_EARLIER = """
SELECT v.number, d.id, v.version, d.revision, v.sha256, v.encoding, v.media, v.added, v.text,
       v.title, v.outlet, v.agency, v.url, v.retrieved, v.date, d.number
FROM shown_documents d JOIN versions v ON v.document = d.number WHERE d.id = ? AND v.version = ?
"""

_BLOCKS = """
SELECT version, kind, start, "end" FROM blocks WHERE version IN (SELECT value FROM json_each(?))
ORDER BY version, number
"""

_SENTENCES = """
SELECT s.version, s.block, s.start, s."end", t.rank, t.text, t.engine, t.model, t.model_hash, t.by, t.time, t.source,
       t.score, t.trust, t.alignment
FROM sentences s JOIN versions v ON v.number = s.version JOIN units u ON u.number = s.unit
LEFT JOIN corrections c ON c.document = v.document AND c.unit = s.unit
LEFT JOIN translations t ON t.number = coalesce(c.translation, u.best)
WHERE s.version IN (SELECT value FROM json_each(?)) ORDER BY s.version, s.number
"""


def articles_after(connection: sqlite3.Connection, after: int) -> tuple[list[Article], int | None]:
    """Return the next articles in the order in which they came, newest versions, and the row to go on after.

    The row is None at the end.
    """
    sizes = connection.execute(_SIZES_AFTER, (after, BATCH)).fetchall()
    rows = _portion(sizes)
    heads = connection.execute(_NUMBERED, (json.dumps(rows),)).fetchall()
    return _assemble(connection, heads), rows[-1] if rows else None


def articles_named(connection: sqlite3.Connection, ids: Sequence[str]) -> tuple[list[Article], Sequence[str]]:
    """Return the newest versions of the first of these articles, in this order, and the ids that are left.

    Ids that the archive lacks are passed over.
    """
    sizes = dict(connection.execute(_SIZES_NAMED, (json.dumps(list(ids)),)).fetchall())
    some = _portion([(article, sizes.get(article, 0)) for article in ids])
    heads = connection.execute(_NAMED, (json.dumps(some),)).fetchall()
    found = {article.id: article for article in _assemble(connection, heads)}
    return [found[article] for article in some if article in found], ids[len(some) :]


def _portion(sizes: Sequence[tuple[Any, int]]) -> list[Any]:
    """Return as many from the beginning as fit into `BATCH_BYTES`, at least one."""
    total = 0
    some: list[Any] = []
    for name, size in sizes:
        total += size
        if some and total > BATCH_BYTES:
            break
        some.append(name)
    return some


def earlier_article(connection: sqlite3.Connection, article: str, version: int) -> Article | None:
    """Return an article as one of its versions says, without what people said since; None when there is none."""
    heads = connection.execute(_EARLIER, (article, version)).fetchall()
    return next(iter(_assemble(connection, heads)), None)


def _assemble(connection: sqlite3.Connection, heads: list[Any]) -> list[Article]:
    versions = json.dumps([head[0] for head in heads])
    blocks = _by_version(connection.execute(_BLOCKS, (versions,)))
    sentences = _by_version(connection.execute(_SENTENCES, (versions,)))
    return [_article(head, blocks.get(head[0], []), sentences.get(head[0], [])) for head in heads]


def _by_version(rows: sqlite3.Cursor) -> dict[int, list[Any]]:
    return {version: list(group) for version, group in groupby(rows, itemgetter(0))}


def _article(head: Any, blocks: list[Any], sentences: list[Any]) -> Article:
    _, article, version, revision, digest, encoding, media, added, text, *about, _ = head
    title, outlet, agency, url, retrieved, date = about
    document = Document(
        text=text,
        blocks=tuple(Block(BlockKind(kind), start, end) for _, kind, start, end in blocks),
        sentences=tuple(Sentence(block, start, end) for _, block, start, end, *_ in sentences),
        title=title,
        outlet=outlet,
        agency=agency,
        url=url,
        retrieved=retrieved,
        date=unpack_date(date),
    )
    translations = tuple(_translation(text[row[2] : row[3]], row[4:]) for row in sentences)
    return Article(article, version, revision, digest, encoding, media, added, document, translations)


def _translation(sentence: str, row: Sequence[object]) -> Translation | None:
    if row[0] is None:
        return None
    translation = read_translation(row)
    if not translation.alignment or " ".join(sentence.split()) == sentence:
        return translation
    return replace(translation, alignment=unfold_alignment(sentence, translation.alignment))


def unfold_alignment(sentence: str, pairs: tuple[AlignedPair, ...]) -> tuple[AlignedPair, ...]:
    """Move aligned pairs from a sentence with its white space folded to the sentence as it stands.

    Translations are kept by the folded sentence, so that it is translated once however a page broke its lines.

    >>> unfold_alignment("قُتل  مدني", (AlignedPair(5, 9, 0, 8, 1.0),))[0].source_start
    6
    """
    places, pending = [], False
    for place, letter in enumerate(sentence):
        if not letter.isspace():
            if pending:
                places.append(place - 1)
            places.append(place)
        pending = letter.isspace() and bool(places)
    places.append(places[-1] + 1 if places else 0)
    last = len(places) - 1
    return tuple(
        replace(
            pair,
            source_start=places[min(pair.source_start, last)],
            source_end=places[min(pair.source_end, last) - 1] + 1 if pair.source_end else 0,
        )
        for pair in pairs
    )


_LISTING = """
SELECT d.id, v.version, d.revision, d.title,
       (SELECT CASE WHEN count(*) = count(text) THEN group_concat(text, ' ') END FROM (
           SELECT t.text AS text FROM sentences s JOIN units u ON u.number = s.unit
           LEFT JOIN corrections c ON c.document = d.number AND c.unit = s.unit
           LEFT JOIN translations t ON t.number = coalesce(c.translation, u.best)
           WHERE s.version = d.newest AND s.block = (
               SELECT number FROM blocks b WHERE b.version = d.newest AND b.kind = 'title' ORDER BY number LIMIT 1
           ) ORDER BY s.number
       )),
       d.outlet, d.date, v.added,
       (SELECT count(*) FROM sentences s WHERE s.version = d.newest AND s.translated),
       (SELECT count(*) FROM sentences s JOIN units u ON u.number = s.unit
        LEFT JOIN corrections c ON c.document = d.number AND c.unit = s.unit
        WHERE s.version = d.newest AND s.translated AND (u.best_rank > 0 OR c.unit IS NOT NULL))
FROM shown_documents d JOIN versions v ON v.number = d.newest
"""

_LISTING_BY_DATE = _LISTING + "ORDER BY d.date_value IS NULL, d.date_value DESC, d.number LIMIT ? OFFSET ?"

_LISTING_BY_ARRIVAL = _LISTING + "ORDER BY d.number DESC LIMIT ? OFFSET ?"


def list_articles(connection: sqlite3.Connection, offset: int, limit: int, by_date: bool) -> list[ListedArticle]:
    """Return a page of the list of articles."""
    query = _LISTING_BY_DATE if by_date else _LISTING_BY_ARRIVAL
    rows = connection.execute(query, (limit, offset)).fetchall()
    return [_listed(*row) for row in rows]


def _listed(
    id: str,
    version: int,
    revision: int,
    title: str,
    title_en: str | None,
    outlet: str | None,
    date: str,
    added: str,
    sentences: int,
    translated: int,
) -> ListedArticle:
    return ListedArticle(
        id, version, revision, title, title_en, outlet, unpack_date(date), added, sentences, translated
    )


_ORDERS = {
    Order.NEWEST: "d.date_value IS NULL, d.date_value DESC, ids.key",
    Order.OLDEST: "d.date_value IS NULL, d.date_value, ids.key",
    Order.ARRIVAL: "v.added DESC, d.number DESC",
}


def in_order(connection: sqlite3.Connection, ids: str, order: Order) -> list[str]:
    """Return articles (a JSON list of ids) in an order; those that it doesn't part stay as they come."""
    rows = connection.execute(
        "SELECT d.id FROM json_each(?) ids JOIN shown_documents d ON d.id = ids.value "  # noqa: S608
        f"JOIN versions v ON v.number = d.newest ORDER BY {_ORDERS[order]}",
        (ids,),
    )
    return [row[0] for row in rows]


def rows_of(connection: sqlite3.Connection, ids: Iterable[str] | None) -> str | None:
    """Return the rows of articles as a JSON list, for counting over them; None for all articles."""
    if ids is None:
        return None
    named = "SELECT d.number FROM json_each(?) j CROSS JOIN shown_documents d ON d.id = j.value"
    return json.dumps(sorted({row[0] for row in connection.execute(named, (json.dumps(list(ids)),))}))


def facet_counts(connection: sqlite3.Connection, rows: str | None, field: str) -> list[tuple[str, str, int]]:
    """Return (value, label, count) of a field over articles (`rows_of` them), the most frequent first.

    Raises `KeyError` for a field that has no counts.
    """
    query = _NAMED_AMONG if rows is not None and field in ("place", "actor") else _FACETS[field]
    return [(value, value, count) for value, count in connection.execute(query, {"rows": rows, "field": field})]


_AMONG = "(:rows IS NULL OR d.number IN (SELECT value FROM json_each(:rows)))"

_COUNTED = "GROUP BY m.value HAVING max(m.shown) ORDER BY count(*) DESC, m.value"

_MENTIONS = (
    "SELECT m.value, count(*) FROM shown_documents d JOIN mentions m ON m.document = d.number "  # noqa: S608
    f"WHERE m.field = :field AND :rows IS NULL {_COUNTED}"
)

_NAMED_AMONG = (
    "SELECT m.value, count(*) FROM json_each(:rows) j CROSS JOIN mentions m "  # noqa: S608
    f"ON m.document = j.value AND m.field = :field {_COUNTED}"
)

_FACETS = {
    "outlet": f"SELECT d.outlet, count(*) FROM shown_documents d WHERE d.outlet IS NOT NULL AND {_AMONG} "  # noqa: S608
    "GROUP BY d.outlet ORDER BY count(*) DESC, d.outlet",
    "year": f"SELECT substr(d.date_value, 1, 4) AS year, count(*) FROM shown_documents d "  # noqa: S608
    f"WHERE d.date_value IS NOT NULL AND {_AMONG} GROUP BY year ORDER BY year",
    "month": f"SELECT substr(d.date_value, 1, 7) AS month, count(*) FROM shown_documents d "  # noqa: S608
    f"WHERE length(d.date_value) >= 7 AND {_AMONG} GROUP BY month ORDER BY month",
    "origin": f"SELECT o.name, count(*) FROM shown_documents d JOIN (SELECT 3 AS rank, 'reviewed' AS name "  # noqa: S608
    "UNION ALL SELECT 2, 'machine' UNION ALL SELECT 1, 'gloss') o ON d.origins & (1 << o.rank) "
    f"WHERE {_AMONG} GROUP BY o.name ORDER BY count(*) DESC, o.rank DESC",
    "place": _MENTIONS,
    "actor": _MENTIONS,
}

FACET_FIELDS = tuple(_FACETS)
"""The fields whose values can be counted."""


def write_mentions(connection: sqlite3.Connection, article: str, mentions: Iterable[Mentioned]) -> None:
    """Keep which places and actors an article names, instead of what was kept before; nothing for an unknown id."""
    row = connection.execute("SELECT number FROM documents WHERE id = ?", (article,)).fetchone()
    if row is None:
        return
    connection.execute("DELETE FROM mentions WHERE document = ?", row)
    connection.executemany(
        "INSERT OR REPLACE INTO mentions (document, field, value, shown) VALUES (?, ?, ?, ?)",
        [(*row, each.field, each.value, int(each.shown)) for each in mentions],
    )


def count_undated(connection: sqlite3.Connection, rows: str | None) -> int:
    """Return how many articles (`rows_of` them) have no date."""
    row = connection.execute(
        f"SELECT count(*) FROM shown_documents d WHERE d.date_value IS NULL AND {_AMONG}",  # noqa: S608
        {"rows": rows},
    ).fetchone()
    count: int = row[0]
    return count


def under_layer(article: Article, set_by_people: dict[str, str]) -> Article:
    """Return an earlier version of an article with what people set laid over it."""
    page = article.document
    found = (page.title, page.outlet, page.url, page.retrieved, pack_date(page.date))
    title, outlet, url, retrieved, date = overlay(found, set_by_people)
    shown = replace(page, title=title, outlet=outlet, url=url, retrieved=retrieved, date=unpack_date(date))
    return replace(article, document=shown)


def count_everything(connection: sqlite3.Connection, database_size: int) -> dict[str, object]:
    """Return the archive in numbers; sentences are those of newest versions."""
    one = {
        name: connection.execute(query).fetchone()[0]
        for name, query in {
            "documents": "SELECT count(*) FROM shown_documents",
            "versions": "SELECT count(*) FROM versions v JOIN shown_documents d ON d.number = v.document",
            "sentences": "SELECT count(*) FROM shown_documents d JOIN sentences s ON s.version = d.newest",
            "set_aside": "SELECT count(*) FROM set_aside",
            "sources": "SELECT count(*) FROM sources s JOIN shown_documents d ON d.number = s.document",
            "corrections": "SELECT count(*) FROM translations WHERE entry IS NOT NULL",
            "withdrawn": "SELECT count(*) FROM documents WHERE withdrawn IS NOT NULL",
            "originals": "SELECT coalesce(sum(size), 0) FROM originals",
        }.items()
    }
    ranks = dict(
        connection.execute(
            "SELECT u.best_rank, count(*) FROM units u WHERE EXISTS (SELECT 1 FROM sentences s "
            "JOIN shown_documents d ON d.newest = s.version WHERE s.unit = u.number AND s.translated) "
            "GROUP BY u.best_rank"
        ).fetchall()
    )
    made = dict(connection.execute("SELECT rank, count(*) FROM translations GROUP BY rank").fetchall())
    return {
        "documents": one["documents"],
        "versions": one["versions"],
        "sentences": one["sentences"],
        "distinct_sentences": sum(ranks.values()),
        "translations": {str(origin): made.get(rank, 0) for rank, origin in _RANKED},
        "translated": {str(origin): ranks.get(rank, 0) for rank, origin in _RANKED} | {"none": ranks.get(0, 0)},
        "corrections": one["corrections"],
        "set_aside": one["set_aside"],
        "sources": one["sources"],
        "withdrawn": one["withdrawn"],
        "bytes": {"database": database_size, "originals": one["originals"]},
    }
