"""Searches that others follow: an Atom feed of a query, and the description by which a browser adds the search."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from archive.document import Precision
from archive.translation import Article
from indexer.hit import Hit, Span
from web.catalogue import say
from web.frame import DIRECTIONS, script, visible

ATOM = "http://www.w3.org/2005/Atom"
OPEN_SEARCH = "http://a9.com/-/spec/opensearch/1.1/"
XHTML = "http://www.w3.org/1999/xhtml"
_XML = "http://www.w3.org/XML/1998/namespace"
_NO_XML = re.compile("[\ufffe\uffff]")
_NEVER = "1970-01-01T00:00:00+00:00"

for _prefix, _space in (("", ATOM), ("opensearch", OPEN_SEARCH), ("xhtml", XHTML)):
    ElementTree.register_namespace(_prefix, _space)


@dataclass(frozen=True, slots=True)
class Feed:
    """A query as a feed: its address, that of the page of results, how many articles match; language of its words."""

    query: str
    address: str
    page: str
    total: int
    language: str


def atom(feed: Feed, entries: Iterable[tuple[Hit, Article, str]]) -> bytes:
    """Return a feed of hits, each with its article and address: what arrived last first."""
    root = ElementTree.Element(f"{{{ATOM}}}feed", {f"{{{_XML}}}lang": feed.language})
    shown = list(entries)
    _add(root, "id", feed.address)
    _add(root, "title", f"{say(feed.language, 'ui.title')}: {feed.query}")
    _add(root, "updated", max((article.added for _, article, _ in shown), default=_NEVER))
    _add(_add(root, "author"), "name", say(feed.language, "ui.title"))
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    total = ElementTree.SubElement(root, f"{{{OPEN_SEARCH}}}totalResults")
    total.text = str(feed.total)
    for hit, article, address in shown:
        _entry(root, hit, article, address, feed.language)
    return _written(root)


def open_search(language: str, page: str, feed: str) -> bytes:
    """Return the description of the search, after OpenSearch 1.1; `page` and `feed` are addresses without a query."""
    root = ElementTree.Element(f"{{{OPEN_SEARCH}}}OpenSearchDescription")
    for name, text in (
        ("ShortName", say(language, "ui.title")),
        ("Description", say(language, "opensearch.description")),
        ("InputEncoding", "UTF-8"),
        ("OutputEncoding", "UTF-8"),
        ("Language", "ar"),
        ("Language", "en"),
    ):
        ElementTree.SubElement(root, f"{{{OPEN_SEARCH}}}{name}").text = text
    for kind, address in (("text/html", page), ("application/atom+xml", feed)):
        template = f"{address}{'&' if '?' in address else '?'}q={{searchTerms}}"
        ElementTree.SubElement(root, f"{{{OPEN_SEARCH}}}Url", {"type": kind, "template": template})
    return _written(root)


def _entry(root: ElementTree.Element, hit: Hit, article: Article, address: str, language: str) -> None:
    entry = _add(root, "entry")
    _add(entry, "id", uuid5(NAMESPACE_URL, f"sijill:{article.id}").urn)
    _add(entry, "title", " – ".join(title for title in (hit.title, hit.title_en) if title))
    _add(entry, "updated", article.added)
    if hit.date.value and hit.date.precision is Precision.DAY:
        _add(entry, "published", f"{hit.date.value}T00:00:00Z")
    _add(_add(entry, "author"), "name", hit.outlet or say(language, "outlet.unknown"))
    _add(entry, "link", rel="alternate", type="text/html", href=address)
    summary = _add(entry, "summary", type="xhtml")
    box = ElementTree.SubElement(summary, f"{{{XHTML}}}div")
    for snippet in hit.snippets:
        _paragraph(box, _joined(snippet.ar), "ar")
        label = say(language, f"origin.{snippet.origin or 'none'}")
        if snippet.en:
            _paragraph(box, _joined(snippet.en), "en")
        _paragraph(box, f"({label})", language)


def _written(root: ElementTree.Element) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode").encode()


def _paragraph(box: ElementTree.Element, text: str, language: str) -> None:
    shown = script(text) or language
    paragraph = ElementTree.SubElement(box, f"{{{XHTML}}}p", {"lang": shown, "dir": DIRECTIONS[shown]})
    paragraph.text = _plain(text)


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", {k: _plain(v) for k, v in attributes.items()})
    element.text = None if text is None else _plain(text)
    return element


def _plain(text: str) -> str:
    """Return a text without what no XML may hold or what could turn a line about."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", visible(text))


def _joined(spans: Iterable[Span]) -> str:
    return "".join(span.text for span in spans)
