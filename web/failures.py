"""What a reader sees when something is not there: a status, one sentence, and what to do."""

from flask import Flask, Response, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from archive.errors import ArchiveError, DamagedArchive, NoArchive, NoSuchArticle, Withdrawn
from indexer.errors import DamagedIndex, IndexerError, NoIndex, QueryError, StaleIndex
from web.catalogue import has, say
from web.frame import interface_language, run, words
from web.records import as_json

STATUS: tuple[tuple[type[Exception], int], ...] = (
    (QueryError, 400),
    (Withdrawn, 410),
    (NoSuchArticle, 404),
    (NoArchive, 503),
    (DamagedArchive, 503),
    (NoIndex, 503),
    (StaleIndex, 503),
    (DamagedIndex, 503),
)
"""The status of each error that has one of its own; any other error of the archive or the indexer is 503 too."""


def answer(app: Flask) -> None:
    """Give the app a page with a sentence for each error."""
    app.register_error_handler(ArchiveError, _ours)
    app.register_error_handler(IndexerError, _ours)
    app.register_error_handler(HTTPException, _http)


def status_of(error: Exception) -> int:
    """Return the HTTP status of an error of the archive or the indexer."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 503)


def message_of(error: Exception, language: str) -> tuple[str, tuple[str | int, ...]] | None:
    """Return the message for an error as code and arguments; None where the error's own sentence serves."""
    if isinstance(error, QueryError):
        code = f"query.{error.code}"
        return (code, error.arguments) if has(code) else None
    code = f"failure.{type(error).__name__}"
    return (code, ()) if language != "en" and has(code) else None


def _ours(error: Exception) -> Response:
    code = error.code if isinstance(error, QueryError) else type(error).__name__
    found = message_of(error, interface_language())
    if found is None:
        return _respond(status_of(error), code, str(error), run(error))
    message, arguments = found
    sentence = say(interface_language(), message, *arguments)
    return _respond(status_of(error), code, sentence, words(message, *arguments))


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    code = f"http.{status}" if has(f"http.{status}") else "http.other"
    response = _respond(status, code, say(interface_language(), code), words(code))
    if allowed := error.get_response().headers.get("Allow"):
        response.headers["Allow"] = allowed
    return response


def _respond(status: int, code: str, sentence: str, shown: Markup) -> Response:
    if request.path.endswith(".json"):
        return Response(as_json({"error": sentence, "code": code}), status, mimetype="application/json")
    asked = request.args.get("q", "") if request.path == "/search" else ""
    return Response(render_template("failure.html", status=status, sentence=shown, query=asked), status)
