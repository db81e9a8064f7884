"""What an article can be cited and checked by: the original as it was found, and the record for reference managers."""

from base64 import b64encode

from flask import Blueprint, Response, url_for

from web.citation import charset, csl_record
from web.pages.article import asked_article
from web.records import as_json
from web.room import room

pages = Blueprint("record", __name__)


@pages.get("/article/<id>/original")
def original(id: str) -> Response:
    """The bytes of an article as found. Plain text is shown in its own encoding; anything else is only downloaded."""
    article = asked_article(id)
    raw = room().store.originals.read(article.sha256)
    known = charset(article.encoding) if article.media == "text/plain" else None
    response = Response(raw, mimetype="application/octet-stream")
    if known:
        response.headers["Content-Type"] = f"text/plain; charset={known}"
    name = f"{article.id}.v{article.version}{'.txt' if known else '.original'}"
    response.headers["Content-Disposition"] = f'{"inline" if known else "attachment"}; filename="{name}"'
    response.headers["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(article.sha256)).decode()}:"
    return response


@pages.get("/article/<id>/citation.json")
def citation(id: str) -> Response:
    """The article as a reference in CSL JSON."""
    article = asked_article(id)
    address = url_for("article.article", id=id, version=article.version, ui=None, _external=True)
    return Response(as_json([csl_record(article, address)]), mimetype="application/json")
