"""What can be taken away of a result: its articles as CSV, JSON lines or TMX, a feed, and the search itself."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request, url_for

from archive.memory.tmx import write_units
from archive.store import Order
from web.exports import COLUMNS, cell, full_record, rows_of, units_of
from web.feeds import Feed, atom, open_search
from web.frame import interface_language
from web.pages.search import MOST_TAKEN, asked_closeness
from web.records import as_json
from web.room import room

if TYPE_CHECKING:
    from archive.translation import Article
    from indexer.snippets import Pair

    Found = Iterable[tuple[Article, list[Pair]]]

pages = Blueprint("takeaway", __name__)

FEED = 30
"""Articles in a feed."""


@pages.get("/search.csv")
def results_csv() -> Response:
    """The sentences of the results in which words of `q` stand, one a row; of an article without one, its first."""
    total, found = _found()
    return _file(_csv(found), "text/csv", "csv", total)


@pages.get("/search.jsonl")
def results_jsonl() -> Response:
    """The articles of the results, whole, one a line; `matched` names the sentences in which words of `q` stand."""
    total, found = _found()
    return _file(_jsonl(found), "application/x-ndjson", "jsonl", total)


@pages.get("/search.tmx")
def results_tmx() -> Response:
    """All sentence pairs of the results that have English, as a translation memory."""
    total, found = _found()
    file = StringIO()
    write_units((unit for article, _ in found for unit in units_of(article)), file)
    return _file([file.getvalue()], "application/x-tmx+xml", "tmx", total)


@pages.get("/search.atom")
def results_atom() -> Response:
    """The articles that match `q` and came last into the archive."""
    close, query = asked_closeness(), request.args.get("q", "").strip()
    page = room().searcher.search(query, limit=FEED, levels=close.levels, names=close.names, order=Order.ARRIVAL)
    articles = {article.id: article for article in room().store.articles([hit.id for hit in page.hits])}
    kept = {"q": query, **close.kept}
    feed = Feed(
        query,
        url_for("takeaway.results_atom", _external=True, **kept),
        url_for("search.results", _external=True, **kept),
        page.total,
        interface_language(),
    )
    entries = [
        (hit, articles[hit.id], url_for("article.article", id=hit.id, q=query, _external=True))
        for hit in page.hits
        if hit.id in articles
    ]
    return Response(atom(feed, entries), mimetype="application/atom+xml")


@pages.get("/opensearch.xml")
def description() -> Response:
    """What a browser needs to add the search to its own."""
    addresses = (url_for(name, _external=True) for name in ("search.results", "takeaway.results_atom"))
    return Response(open_search(interface_language(), *addresses), mimetype="application/opensearchdescription+xml")


def _found() -> "tuple[int, Found]":
    """Return how many articles match, and the closest of them with their marked sentences."""
    close = asked_closeness()
    total, found = room().searcher.matching(request.args.get("q", ""), levels=close.levels, names=close.names)
    return total, islice(found, MOST_TAKEN)


def _file(lines: Iterable[str], kind: str, ending: str, total: int) -> Response:
    response = Response(lines, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="sijill-results.{ending}"'
    response.headers["X-Total-Articles"] = str(total)
    response.headers["X-Articles"] = str(min(total, MOST_TAKEN))
    return response


def _csv(found: "Found") -> Iterator[str]:
    yield "\N{ZERO WIDTH NO-BREAK SPACE}" + _row(("rank", *COLUMNS))
    for rank, (article, pairs) in enumerate(found, start=1):
        marked = {pair.number for pair in pairs} or {1}
        for number, row in enumerate(rows_of(article), start=1):
            if number in marked:
                yield _row((rank, *row))


def _row(values: Iterable[object]) -> str:
    file = StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL).writerow([cell(value) for value in values])
    return file.getvalue()


def _jsonl(found: "Found") -> Iterator[str]:
    for article, pairs in found:
        matched = [article.sentence_id(pair.number) for pair in pairs]
        yield as_json(full_record(article) | {"matched": matched}) + "\n"
