"""The start page, and the page of results."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from flask import Blueprint, Response, render_template, request

from web.asking import Closeness, choices, ladder, orders, read_closeness, read_order, whole_number, wider
from web.catalogue import say
from web.frame import interface_language, script
from web.records import as_json, listed_record, search_record
from web.room import room
from web.timeline import timeline

if TYPE_CHECKING:
    from archive.translation import Article
    from indexer.analysis.token import Level
    from indexer.engine.interface import Side
    from indexer.hit import Reason

pages = Blueprint("search", __name__)

PAGE = 10
"""Hits on a page."""

MOST = 100
"""The most hits that one request may ask for."""

CHOICES = 12
"""Values shown of a facet before the rest is folded away."""

MORE_CHOICES = 12
"""Values of a facet that can be unfolded; fewer for a long query, which every link repeats."""

_LINKS = 4_000

FORMS = 8
"""Forms of a word shown as the reason of a match, of each level and side."""

MOST_TAKEN = 500
"""Articles of a result that a file holds."""

LISTED = 20
"""Articles on a page of the list."""


@dataclass(frozen=True, slots=True)
class Met:
    """How a word of the query was met at one level on one side: the forms with their counts, and how many more."""

    level: "Level"
    side: "Side"
    forms: str
    more: int


@pages.get("/")
def start() -> str:
    """The box, what the archive holds, and its articles, newest first."""
    return _start()


@pages.get("/.json")
def start_json() -> Response:
    """The same page of the list of articles as JSON; `page` asks for another."""
    number, total, articles = _listed()
    record = {"total": total, "page": number, "articles": [listed_record(article) for article in articles]}
    return Response(as_json(record), mimetype="application/json")


@pages.get("/search")
def results() -> str:
    """Hits for `q`; without one, the start page."""
    query = request.args.get("q", "").strip()
    if not query:
        return _start()
    number = whole_number("page", request.args.get("page"), 1, low=1, high=1_000_000)
    close = asked_closeness()
    offset = (number - 1) * PAGE
    order = read_order(request.args.get("sort", ""))
    searcher = room().searcher
    page = searcher.search(query, limit=PAGE, offset=offset, levels=close.levels, names=close.names, order=order)
    facets = choices(query, page.facets, interface_language())
    return render_template(
        "results.html",
        query=query,
        page=page,
        close=close,
        kept=close.kept | ({"sort": str(order)} if order else {}),
        sort=order or "relevance",
        orders=orders(),
        explained=explained_matches(),
        most_taken=MOST_TAKEN,
        time=timeline(query, page.facets),
        ladder=ladder(),
        reasons=reasons,
        number=number,
        last=max(1, -(-page.total // PAGE)),
        first=(number - 1) * PAGE + 1,
        facets=facets,
        most_choices=CHOICES,
        more_choices=min(MORE_CHOICES, _LINKS // (len(quote_plus(query)) + 150)),
        wider=wider(query) if not page.total else [],
    )


@pages.get("/search.json")
def results_json() -> Response:
    """Hits for `q` as JSON; also `limit`, `offset`, `levels` (comma between them), `names=0`, `sort`."""
    close = asked_closeness()
    page = room().searcher.search(
        request.args.get("q", ""),
        limit=whole_number("limit", request.args.get("limit"), PAGE, low=0, high=MOST),
        offset=whole_number("offset", request.args.get("offset"), 0, low=0, high=100_000_000),
        levels=close.levels,
        names=close.names,
        order=read_order(request.args.get("sort", "")),
    )
    return Response(as_json(search_record(page, interface_language())), mimetype="application/json")


def asked_closeness() -> Closeness:
    """Return how closely words must be met, as the address asks: `levels` (comma between them) and `names=0`."""
    return read_closeness(",".join(request.args.getlist("levels")).strip(","), request.args.get("names", "1"))


def reasons(why: "Sequence[Reason]") -> "list[tuple[str, list[Met]]]":
    """Return the forms met, by the word of the query that they answer, then by level and side."""
    words: dict[str, dict[tuple[Level, Side], list[Reason]]] = {}
    for reason in why:
        words.setdefault(reason.word, {}).setdefault((reason.level, reason.side), []).append(reason)
    return [
        (word, [Met(*key, _forms(met[:FORMS]), len(met[FORMS:])) for key, met in groups.items()])
        for word, groups in words.items()
    ]


def _forms(met: "Sequence[Reason]") -> str:
    """Return forms as one list in the direction of their script: each with its count where it stands several times."""
    comma = say(script(met[0].surface) or "en", "ui.comma") + " "
    return comma.join(f"{one.surface} ×{one.count}" if one.count > 1 else one.surface for one in met)


def explained_matches() -> int:
    """Return how many matches are put in an order at most."""
    from indexer.search import EXPLAINED

    return EXPLAINED


def _start() -> str:
    number, total, articles = _listed()
    last = max(1, -(-total // LISTED))
    return render_template("start.html", total=total, articles=articles, number=number, last=last)


def _listed() -> "tuple[int, int, list[Article]]":
    """Return the number of the page asked for, how many articles there are, and those on it."""
    store = room().store
    number = whole_number("page", request.args.get("page"), 1, low=1, high=1_000_000)
    listed = store.listing((number - 1) * LISTED, LISTED)
    return number, len(store.revisions()), list(store.articles([item.id for item in listed]))
