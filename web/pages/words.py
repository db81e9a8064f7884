"""Word cards: each word of a text taken apart, with what it meets in a search and why."""

from flask import Blueprint, Response, render_template, request

from indexer.errors import QueryError
from web.records import as_json, cards_record
from web.room import room

pages = Blueprint("words", __name__)

LONGEST = 500
"""Letters that are taken apart at once."""


@pages.get("/analyze")
def analyze() -> str:
    """A card for each word of `q`; without one, the box alone."""
    from indexer.lexicon import load_lexicon
    from indexer.wordcard import parts, unvowelled

    text = _asked()
    cards = room().searcher.word_cards(text) if text else ()
    return render_template(
        "words.html",
        query=text,
        cards=cards,
        parts=parts,
        bare=unvowelled,
        lexicon=load_lexicon() is not None,
    )


@pages.get("/analyze.json")
def analyze_json() -> Response:
    """The same as JSON."""
    from indexer.lexicon import load_lexicon

    text = _asked()
    cards = room().searcher.word_cards(text) if text else ()
    record = cards_record(text, cards, lexicon=load_lexicon() is not None)
    return Response(as_json(record), mimetype="application/json")


def _asked() -> str:
    text = request.args.get("q", "").strip()
    if len(text) > LONGEST:
        raise QueryError(
            f"The text has {len(text):,} characters, and at most {LONGEST:,} are taken apart at once: shorten it.",
            "too_long",
            len(text),
            LONGEST,
        )
    return text
