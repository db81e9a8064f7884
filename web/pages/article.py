"""The reader: an article side by side, its JSON, its original, and the stable link of each sentence."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from archive.errors import NoSuchArticle
from archive.translation import Article
from indexer.errors import IndexerError, QueryError
from web.asking import Closeness
from web.facing import Sides, facing_pages, makers, marked_numbers
from web.figures import figures_of, record_with_figures
from web.frame import interface_language
from web.pages.search import asked_closeness
from web.records import as_json, title_in_english
from web.room import room
from web.views import MOST_GLOSSED, View, read_view, steps, word_glosser

pages = Blueprint("article", __name__)


@pages.get("/article/<id>")
def article(id: str) -> str:
    """The article in both languages; the words of `q` are marked. `version` asks for an older one."""
    found = asked_article(id)
    query = request.args.get("q", "").strip()
    close = _closeness()
    marked = _marked(found, query, close) if query else None
    parts = facing_pages(found, marked)
    view = read_view(request.args.get("view", ""))
    hits = list(marked_numbers(parts))
    versions = room().store.versions(id)
    return render_template(
        "article.html",
        article=found,
        document=found.document,
        title_en=title_in_english(found),
        parts=parts,
        has_title=any(block.kind == "title" for block in found.document.blocks),
        makers=makers(found),
        hits=hits,
        steps=steps(hits),
        view=view,
        views=list(View),
        glossed=word_glosser() if view is View.WORDS else None,
        most_glossed=MOST_GLOSSED,
        versions=versions,
        figures=figures_of(found, interface_language()) if found.version == versions[-1][0] else None,
        query=query,
        close=close,
        searched=marked is not None,
    )


@pages.get("/article/<id>.json")
def article_json(id: str) -> Response:
    """The article as JSON, with the figures that it mentions; an older version has null there: none were looked for."""
    found = asked_article(id)
    newest = found.version == room().store.versions(id)[-1][0]
    return Response(as_json(record_with_figures(found, newest=newest)), mimetype="application/json")


@pages.get("/s/<sentence>")
def sentence(sentence: str) -> AnyResponse:
    """The stable link of a sentence: to its line in the version of the article that it belongs to."""
    id, version, number = _parts(sentence)
    store = room().store
    found = store.article(id, version)
    if not 1 <= number <= len(found.document.sentences):
        raise NoSuchArticle(f"Article {id} has no sentence {number}; it has {len(found.document.sentences)}.")
    older = None if version == store.article(id).version else version
    return redirect(url_for("article.article", id=id, version=older, _anchor=f"s-{number}"), 302)


def asked_article(id: str) -> Article:
    """Return the article, in the version that the address asks for; else the newest. Raises `NoSuchArticle`."""
    version = request.args.get("version", "")
    if version and not (version.isascii() and version.isdigit() and len(version) < 10):
        raise NoSuchArticle(f"Article {id} has no version “{version[:40]}”; versions are whole numbers.")
    return room().store.article(id, int(version) if version else None)


def _parts(sentence: str) -> tuple[str, int, int]:
    id, *numbers = sentence.split(".")
    if len(numbers) != 2 or not all(n.isascii() and n.isdigit() and len(n) < 10 for n in numbers):
        raise NoSuchArticle(f"“{sentence[:60]}” is no sentence; a sentence is written ID.version.number.")
    return id, int(numbers[0]), int(numbers[1])


def _closeness() -> Closeness:
    """Return how closely words are marked; an address that can't be read asks for everything, and shows the article."""
    try:
        return asked_closeness()
    except QueryError:
        return Closeness()


def _marked(article: Article, query: str, close: Closeness) -> dict[int, Sides] | None:
    """Return the marked sentences; None, and the article as it is, where the query or the index can't serve."""
    try:
        return {**room().searcher.mark_sentences(article, query, levels=close.levels, names=close.names)}
    except IndexerError:
        return None
