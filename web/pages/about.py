"""What the archive is, what its translations can be trusted for, and what it holds."""

from flask import Blueprint, Response, render_template

from indexer.analysis.token import Level
from web.frame import interface_language
from web.records import as_json
from web.room import room

pages = Blueprint("about", __name__)

LEVELS = tuple(Level)
"""The levels at which words are met, as the page explains them, the closest first."""

EXAMPLES = {
    Level.EXACT: (),
    Level.FOLDED: ("الأطفال", "الاطفال"),
    Level.VARIANT: ("سورية", "سوريا"),
    Level.LIGHT: ("والمدنيين", "مدني"),
    Level.STEMMED: ("civilians", "civilian"),
    Level.LEMMA: ("مجازر", "مجزرة"),
    Level.STEM: ("إرهابي", "إرهاب"),
    Level.NAME: ("الباغوز", "Baghuz"),
    Level.GLOSS: ("قتيل", "victim"),
}
"""A form that is met at each level, and the word that it is met by."""


@pages.get("/about")
def about() -> str:
    """How to read the archive: labels, levels, dates, and what this archive holds."""
    return render_template(
        f"about.{interface_language()}.html", stats=room().store.stats(), levels=LEVELS, examples=EXAMPLES
    )


@pages.get("/about.json")
def about_json() -> Response:
    """What this archive holds, in numbers."""
    return Response(as_json(room().store.stats()), mimetype="application/json")
