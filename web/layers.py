"""What people changed, as the pages show it: where a line was reviewed, and what is left of a withdrawn article."""

from flask import Flask, Response, render_template, request, url_for

from archive.errors import Withdrawn
from archive.sentence_id import SentenceId, reviewed_elsewhere
from web.catalogue import say
from web.frame import interface_language
from web.records import as_json
from web.room import room


def show_layers(app: Flask) -> None:
    """Give the app the page of a withdrawn article, and its templates the places where lines were reviewed."""
    app.register_error_handler(Withdrawn, _withdrawn)
    app.jinja_env.globals.update(reviewed_elsewhere=reviewed_elsewhere, sentence_address=_address)


def _withdrawn(error: Withdrawn) -> Response:
    if request.path.endswith(".json"):
        sentence = say(interface_language(), "failure.Withdrawn")
        record = {"error": sentence, "code": "Withdrawn", "id": error.article, "time": error.time}
        kept = {"reason": error.reason, "sha256": list(error.hashes)}
        return Response(as_json(record | kept), 410, mimetype="application/json")
    page = render_template(
        "withdrawn.html", id=error.article, time=error.time[:10], reason=error.reason, hashes=error.hashes
    )
    return Response(page, 410)


def _address(sentence: SentenceId) -> str | None:
    """Return the stable link of a sentence, None where this archive doesn't show its article."""
    shown = room().store.holds(sentence.article)
    return url_for("article.sentence", sentence=str(sentence)) if shown else None
