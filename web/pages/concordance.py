"""The concordance: a word in every sentence that has it, in both languages, by outlet and by wording."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request

from web.asking import ladder, whole_number
from web.pages.search import asked_closeness
from web.records import Record, as_json, date_record
from web.room import room

if TYPE_CHECKING:
    from indexer.concordance import Concordance, Keyword, Line, Wording

pages = Blueprint("concordance", __name__)

PAGE = 60
"""Lines on a page."""

WORDINGS = 20
"""Wordings in the table."""

OUTLETS = 8
"""Outlets with a column of their own."""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one outlet or wording, as far as they stand on this page; `count` is how many there are in all."""

    name: str | None
    count: int
    lines: "list[Line]"


@pages.get("/concordance")
def lines() -> str:
    """Each place where the words of `q` stand; `by=wording` groups by wording rather than by outlet."""
    query = request.args.get("q", "").strip()
    close = asked_closeness()
    by = "wording" if request.args.get("by") == "wording" else "outlet"
    number = whole_number("page", request.args.get("page"), 1, low=1, high=1_000_000)
    if not query:
        return render_template("concordance.html", query="", close=close, ladder=ladder())
    found = _found(query)
    wordings, outlets = found.wordings(), found.outlets()
    return render_template(
        "concordance.html",
        query=query,
        close=close,
        ladder=ladder(),
        found=found,
        wordings=wordings[:WORDINGS],
        other_wordings=len(wordings[WORDINGS:]),
        outlets=outlets[:OUTLETS],
        other_outlets=len(outlets[OUTLETS:]),
        shown_counts=_shown_counts,
        by=by,
        groups=_page(_groups(found, by), (number - 1) * PAGE),
        number=number,
        last=max(1, -(-len(found.lines) // PAGE)),
    )


@pages.get("/concordance.json")
def lines_json() -> Response:
    """The same as JSON, all lines at once."""
    query = request.args.get("q", "").strip()
    return Response(as_json(_record(query, _found(query))), mimetype="application/json")


def _found(query: str) -> "Concordance":
    from indexer.concordance import concordance

    close = asked_closeness()
    return concordance(room().searcher, query, levels=close.levels, names=close.names)


def _groups(found: "Concordance", by: str) -> list[Group]:
    from indexer.concordance import wording_key

    if by == "outlet":
        return [
            Group(outlet, count, [line for line in found.lines if line.outlet == outlet])
            for outlet, count in found.outlets()
        ]
    lines: dict[str, list[Line]] = {}
    for line in found.lines:
        lines.setdefault(wording_key(line), []).append(line)
    groups = (Group(min(line.wording for line in some), len(some), some) for some in lines.values())
    return sorted(groups, key=lambda group: (-group.count, group.name or ""))


def _page(groups: Iterable[Group], start: int) -> list[Group]:
    """Return the groups with the lines from `start` on that fit on a page."""
    shown: list[Group] = []
    at = 0
    for group in groups:
        some = group.lines[max(start - at, 0) : max(start + PAGE - at, 0)]
        at += len(group.lines)
        if some:
            shown.append(Group(group.name, group.count, some))
    return shown


def _shown_counts(wording: "Wording", outlets: list[tuple[str | None, int]]) -> int:
    return sum(wording.outlets.get(outlet, 0) for outlet, _ in outlets)


def _record(query: str, found: "Concordance") -> Record:
    return {
        "query": query,
        "articles": found.articles,
        "articles_read": found.read,
        "complete": found.complete,
        "outlets": [{"value": outlet, "count": count} for outlet, count in found.outlets()],
        "wordings": [
            {
                "wording": wording.text,
                "count": wording.count,
                "outlets": [{"value": outlet, "count": count} for outlet, count in wording.outlets.items()],
            }
            for wording in found.wordings()
        ],
        "lines": [
            {
                "sentence": line.sentence,
                "article": line.article,
                "outlet": line.outlet,
                "date": date_record(line.date),
                "side": line.side.value,
                "level": line.level.value,
                "word": line.query_word,
                "wording": line.wording,
                "ar": _side(line.ar),
                "en": _side(line.en),
                "origin": line.origin.value if line.origin else None,
            }
            for line in found.lines
        ],
    }


def _side(shown: "Keyword | str | None") -> Record | str | None:
    if shown is None or isinstance(shown, str):
        return shown
    return {
        "before": f"{shown.before} {shown.lead}".strip(),
        "word": shown.word,
        "after": f"{shown.trail} {shown.after}".strip(),
        "cut_before": shown.cut_before,
        "cut_after": shown.cut_after,
    }
