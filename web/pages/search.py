"""The start page, and the page of results."""

from flask import Blueprint, Response, render_template, request

from web.asking import choices, read_levels, whole_number
from web.frame import interface_language
from web.records import as_json, search_record
from web.room import room

pages = Blueprint("search", __name__)

PAGE = 10
"""Hits on a page."""

MOST = 100
"""The most hits that one request may ask for."""

CHOICES = 15
"""Values shown of a facet."""

LISTED = 20
"""Articles on a page of the list."""


@pages.get("/")
def start() -> str:
    """The box, what the archive holds, and its articles, newest first."""
    return _start()


@pages.get("/search")
def results() -> str:
    """Hits for `q`; without one, the start page."""
    query = request.args.get("q", "").strip()
    if not query:
        return _start()
    number = whole_number("page", request.args.get("page"), 1, low=1, high=1_000_000)
    page = room().searcher.search(query, limit=PAGE, offset=(number - 1) * PAGE)
    facets = choices(query, page.facets)
    return render_template(
        "results.html",
        query=query,
        page=page,
        number=number,
        last=max(1, -(-page.total // PAGE)),
        first=(number - 1) * PAGE + 1,
        facets=facets,
        most_choices=CHOICES,
        chosen=any(choice.chosen for values in facets.values() for choice in values),
    )


@pages.get("/search.json")
def results_json() -> Response:
    """Hits for `q` as JSON; also `limit`, `offset`, `levels` (comma between them) and `names=0`."""
    levels = request.args.get("levels", "")
    page = room().searcher.search(
        request.args.get("q", ""),
        limit=whole_number("limit", request.args.get("limit"), PAGE, low=0, high=MOST),
        offset=whole_number("offset", request.args.get("offset"), 0, low=0, high=100_000_000),
        levels=read_levels(levels) if levels else None,
        names=request.args.get("names", "1") not in ("0", "no", "false"),
    )
    return Response(as_json(search_record(page, interface_language())), mimetype="application/json")


def _start() -> str:
    store = room().store
    number = whole_number("page", request.args.get("page"), 1, low=1, high=1_000_000)
    total = len(store.revisions())
    listed = store.listing((number - 1) * LISTED, LISTED)
    return render_template(
        "start.html",
        total=total,
        articles=list(store.articles([item.id for item in listed])),
        number=number,
        last=max(1, -(-total // LISTED)),
    )
