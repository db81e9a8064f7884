"""What the archive is, what its translations can be trusted for, and what it holds."""

from flask import Blueprint, Response, render_template

from indexer.analysis.token import Level
from web.frame import interface_language
from web.records import as_json
from web.room import room

pages = Blueprint("about", __name__)


LEVELS = (Level.EXACT, Level.FOLDED, Level.LIGHT, Level.STEMMED)
"""The levels at which words are met, as the page explains them."""


@pages.get("/about")
def about() -> str:
    """How to read the archive: labels, levels, dates, and what this archive holds."""
    return render_template(f"about.{interface_language()}.html", stats=room().store.stats(), levels=LEVELS)


@pages.get("/about.json")
def about_json() -> Response:
    """What this archive holds, in numbers."""
    return Response(as_json(room().store.stats()), mimetype="application/json")
