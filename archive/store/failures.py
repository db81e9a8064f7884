"""Sentences that a translator failed on, with the reason, kept until it manages them or is asked to try again."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from archive.document import Note
from archive.store.clock import now
from archive.store.sentences import unit_by_key


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence (white space folded) that a model got no English for, why, and when it was last tried."""

    key: str
    text: str
    reason: Note
    time: str


def record(connection: sqlite3.Connection, model_hash: str, reasons: Iterable[tuple[str, Note]]) -> None:
    """Keep why a model failed on sentences, by key; unknown keys are passed over."""
    for key, reason in reasons:
        unit = unit_by_key(connection, key)
        if unit is not None:
            arguments = json.dumps(list(reason.args), ensure_ascii=True)
            connection.execute(
                "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?)",
                (unit, model_hash, reason.code, arguments, now()),
            )


def standing(connection: sqlite3.Connection, model_hash: str, limit: int) -> list[Failure]:
    """Return the sentences that a model failed on."""
    rows = connection.execute(
        "SELECT lower(hex(u.key)), u.text, f.code, f.arguments, f.time FROM failures f "
        "JOIN units u ON u.number = f.unit WHERE f.model_hash = ? ORDER BY f.unit LIMIT ?",
        (model_hash, limit),
    )
    return [Failure(key, text, Note(code, tuple(json.loads(rest))), time) for key, text, code, rest, time in rows]


def forget(connection: sqlite3.Connection, model_hash: str) -> int:
    """Forget what a model failed on, and return how many sentences that were."""
    return connection.execute("DELETE FROM failures WHERE model_hash = ?", (model_hash,)).rowcount
