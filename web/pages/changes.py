"""What people changed in an article: who, when, what stood before; and what was taken back."""

from dataclasses import asdict

from flask import Blueprint, Response, render_template

from archive.store import LogEntry
from web.records import as_json
from web.room import room

pages = Blueprint("changes", __name__)

BY_PEOPLE = frozenset({"corrected", "corrected_here", "described", "withdrawn", "undone"})

MOST = 1_000
"""Entries of the log looked through, the newest."""


@pages.get("/article/<id>/changes")
def changes(id: str) -> str:
    """The changes that people made in an article, newest first."""
    article = room().store.article(id)
    return render_template("changes.html", article=article, document=article.document, entries=_changes(id))


@pages.get("/article/<id>/changes.json")
def changes_json(id: str) -> Response:
    """The same as JSON."""
    room().store.article(id)
    records = [asdict(entry) for entry in _changes(id)]
    for record in records:
        del record["source"]
    return Response(as_json(records), mimetype="application/json")


def _changes(id: str) -> list[LogEntry]:
    return [entry for entry in room().store.log(id, limit=MOST) if entry.action in BY_PEOPLE]
