"""Distinct sentences (units) and their translations: kept once, best first, whatever articles hold them."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from archive.store.clock import tick
from archive.store.columns import CORRECTION, ORIGINS, RANKS, pack_alignment, pack_trust, unpack_alignment, unpack_trust
from archive.translation import Origin, Translation, sentence_key


class MadeLine(NamedTuple):
    """A machine's line with its sentence, white space folded; its `glossary` is told."""

    key: str
    text: str
    translation: Translation


class Pending(NamedTuple):
    """A row of a batch of sentences that lack a translation."""

    number: int
    key: str
    text: str


def unit_of(connection: sqlite3.Connection, text: str) -> int:
    """Return the unit of a sentence, made when it is new."""
    key = bytes.fromhex(sentence_key(text))
    row = connection.execute("SELECT number FROM units WHERE key = ?", (key,)).fetchone()
    if row is not None:
        number: int = row[0]
        return number
    cursor = connection.execute("INSERT INTO units (key, text) VALUES (?, ?)", (key, " ".join(text.split())))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def unit_by_key(connection: sqlite3.Connection, key: str) -> int | None:
    """Return the unit with this key, None when the archive doesn't know the sentence."""
    row = connection.execute("SELECT number FROM units WHERE key = ?", (bytes.fromhex(key),)).fetchone()
    return row[0] if row else None


def save(connection: sqlite3.Connection, unit: int, translation: Translation) -> bool:
    """Save a translation of a unit; tell whether that was news. Machine lines replace those of the same model."""
    if translation.engine == CORRECTION:
        return _annotate(connection, unit, translation)
    rank = RANKS[translation.origin]
    known = connection.execute(
        "SELECT number, glossary, text, trust, alignment FROM translations "
        "WHERE unit = ? AND rank = ? AND entry IS NULL AND "
        "CASE WHEN rank = 3 THEN text = ? AND by IS ? ELSE model_hash = ? END",
        (unit, rank, translation.text, translation.by, translation.model_hash or ""),
    ).fetchone()
    connection.execute("DELETE FROM failures WHERE unit = ? AND model_hash = ?", (unit, translation.model_hash or ""))
    packed = (pack_trust(translation.trust), pack_alignment(translation.alignment))
    glossary = translation.glossary if translation.glossary is not None else known[1] if known else ""
    if known is not None and known[1:] == (glossary, translation.text, *packed):
        return False
    values = (
        *(unit, rank, translation.text, translation.engine, translation.model, translation.model_hash or ""),
        *(translation.by, translation.time, translation.source, translation.score, *packed, glossary),
    )
    if known is not None:
        connection.execute(
            "UPDATE translations SET unit = ?, rank = ?, text = ?, engine = ?, model = ?, model_hash = ?, by = ?, "
            "time = ?, source = ?, score = ?, trust = ?, alignment = ?, glossary = ? WHERE number = ?",
            (*values, known[0]),
        )
    else:
        connection.execute(
            "INSERT INTO translations (unit, rank, text, engine, model, model_hash, by, time, source, score, trust, "
            "alignment, glossary) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
    return True


def _annotate(connection: sqlite3.Connection, unit: int, correction: Translation) -> bool:
    """Take over the doubts and aligned words of a correction that stands; its text is the log's to say."""
    packed = (pack_trust(correction.trust), pack_alignment(correction.alignment))
    done = connection.execute(
        "UPDATE translations SET trust = ?, alignment = ? WHERE unit = ? AND entry IS NOT NULL "
        "AND text = ? AND by IS ? AND source IS ? AND (trust, alignment) <> (?, ?)",
        (*packed, unit, correction.text, correction.by, correction.source, *packed),
    )
    return done.rowcount > 0


def settle_units(connection: sqlite3.Connection, units: Iterable[int]) -> int:
    """Work out anew which translation of each unit is best, and give the articles that hold them a new revision.

    Returns the number of units that stand in the newest version of some article.
    """
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (unit INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM touched")
    connection.executemany("INSERT OR IGNORE INTO touched VALUES (?)", [(unit,) for unit in units])
    connection.execute(
        "UPDATE units SET best = (SELECT t.number FROM translations t WHERE t.unit = units.number AND NOT t.here_only "
        "ORDER BY t.rank DESC, t.time DESC, t.number DESC LIMIT 1), best_rank = coalesce((SELECT max(t.rank) "
        "FROM translations t WHERE t.unit = units.number AND NOT t.here_only), 0) "
        "WHERE number IN (SELECT unit FROM touched)"
    )
    documents = connection.execute(
        "SELECT DISTINCT d.number FROM touched JOIN sentences s ON s.unit = touched.unit "
        "JOIN documents d ON d.newest = s.version"
    ).fetchall()
    for (document,) in documents:
        connection.execute("UPDATE documents SET revision = ? WHERE number = ?", (tick(connection), document))
        refresh_origins(connection, document)
    standing: int = connection.execute(
        "SELECT count(*) FROM touched WHERE EXISTS (SELECT 1 FROM sentences s JOIN shown_documents d "
        "ON d.newest = s.version WHERE s.unit = touched.unit)"
    ).fetchone()[0]
    return standing


def refresh_origins(connection: sqlite3.Connection, document: int) -> None:
    """Note of an article which origins its translations have: bit 1 gloss, 2 machine, 3 reviewed, 0 none yet."""
    ranks = connection.execute(
        "SELECT DISTINCT CASE WHEN c.unit IS NULL THEN u.best_rank ELSE ? END "
        "FROM documents d JOIN sentences s ON s.version = d.newest AND s.translated JOIN units u ON u.number = s.unit "
        "LEFT JOIN corrections c ON c.document = d.number AND c.unit = s.unit WHERE d.number = ?",
        (RANKS[Origin.REVIEWED], document),
    ).fetchall()
    bits = sum(1 << rank for (rank,) in ranks)
    connection.execute("UPDATE documents SET origins = ? WHERE number = ?", (bits, document))


def translations_of(connection: sqlite3.Connection, key: str) -> list[Translation]:
    """Return all translations of a sentence, best first."""
    rows = connection.execute(
        "SELECT t.rank, t.text, t.engine, t.model, t.model_hash, t.by, t.time, t.source, t.score, t.trust, t.alignment "
        "FROM units u JOIN translations t ON t.unit = u.number WHERE u.key = ? "
        "ORDER BY t.rank DESC, t.here_only, t.time DESC, t.number DESC",
        (bytes.fromhex(key),),
    )
    return [read_translation(row) for row in rows]


def read_translation(row: Sequence[object]) -> Translation:
    """Return a translation from its columns: rank, text, engine, model, model_hash, by, time, source, score, trust,
    alignment."""
    rank, text, engine, model, model_hash, by, time, source, score, trust, alignment = row
    return Translation(
        text=str(text),
        origin=ORIGINS[rank],  # type: ignore[index]
        engine=str(engine),
        time=str(time),
        model=model,  # type: ignore[arg-type]
        model_hash=model_hash or None,  # type: ignore[arg-type]
        by=by,  # type: ignore[arg-type]
        source=source,  # type: ignore[arg-type]
        score=score,  # type: ignore[arg-type]
        trust=unpack_trust(str(trust)),
        alignment=unpack_alignment(str(alignment)),
    )


_STANDING = """
EXISTS (SELECT 1 FROM sentences s JOIN shown_documents d ON d.newest = s.version
        WHERE s.unit = u.number AND s.translated)
"""

_LACKING = {
    Origin.GLOSS: "u.best_rank < 1",
    Origin.MACHINE: "u.best_rank < 3 AND NOT EXISTS (SELECT 1 FROM translations t WHERE t.unit = u.number "
    "AND t.rank = 2 AND (:model_hash IS NULL OR t.model_hash = :model_hash))",
    Origin.REVIEWED: "u.best_rank < 3",
}


_UNFAILED = "NOT EXISTS (SELECT 1 FROM failures f WHERE f.unit = u.number AND f.model_hash = :model_hash)"

_PENDING = {
    origin: "SELECT u.number, lower(hex(u.key)), u.text FROM units u WHERE u.number > :after "  # noqa: S608
    f"AND {lacking} AND {_UNFAILED} AND {_STANDING} ORDER BY u.number LIMIT :limit"
    for origin, lacking in _LACKING.items()
}

_COUNT_PENDING = {
    origin: f"SELECT count(*) FROM units u WHERE {lacking} AND (:failed OR {_UNFAILED}) AND {_STANDING}"  # noqa: S608
    for origin, lacking in _LACKING.items()
}


def pending_after(
    connection: sqlite3.Connection, origin: Origin, model_hash: str | None, after: int, limit: int
) -> list[Pending]:
    """Return the next distinct sentences, from the unit after `after` on, that lack a translation of this origin."""
    rows = connection.execute(_PENDING[origin], {"model_hash": model_hash, "after": after, "limit": limit})
    return [Pending(*row) for row in rows]


def count_pending(connection: sqlite3.Connection, origin: Origin, model_hash: str | None, failed: bool) -> int:
    """Return how many distinct sentences lack a translation of this origin, those that the model failed on or not."""
    asked = {"model_hash": model_hash, "failed": failed}
    count: int = connection.execute(_COUNT_PENDING[origin], asked).fetchone()[0]
    return count


_MADE_BY = (
    "SELECT t.rank, t.text, t.engine, t.model, t.model_hash, t.by, t.time, t.source, t.score, t.trust, "  # noqa: S608
    "t.alignment, t.number, lower(hex(u.key)), u.text, t.glossary "
    "FROM translations t JOIN units u ON u.number = t.unit "
    f"WHERE t.number > ? AND t.rank = 2 AND t.model_hash = ? AND u.best_rank < 3 AND {_STANDING} "
    "ORDER BY t.number LIMIT ?"
)


def made_by(connection: sqlite3.Connection, model_hash: str, after: int, limit: int) -> list[tuple[int, MadeLine]]:
    """Return the next machine lines of a model, by the translation's number: of sentences that stand in some article.

    Lines of sentences that people have reviewed are left out.
    """
    rows = connection.execute(_MADE_BY, (after, model_hash, limit))
    return [
        (row[11], MadeLine(row[12], row[13], replace(read_translation(row[:11]), glossary=row[14]))) for row in rows
    ]
