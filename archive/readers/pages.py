"""Saved web pages: the main text as paragraphs, and what the page says of itself, each checked before it is believed.

The extraction is trafilatura's. Title, outlet, address and date are taken from what the page declares (Open Graph,
schema.org, `time`), never guessed from its layout; a date line that stands by the headline is kept as a paragraph, to
be read like any date line. Nothing is ever fetched.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archive.declaring import merge
from archive.document import Basis, Declared, Reading
from archive.errors import UnreadableInput
from archive.readers.encoding import decode, mend
from archive.readers.files import Item, read_whole, source_name
from archive.readers.plain import check_text

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+)\s*-->")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T\s]|$)")
_SENTENCE_END = (".", "؟", "!", "?", ":", "…", "؛", '"', "»", "”")
_TITLE_SEPARATOR = re.compile(r"\s+[|\-–—:»]\s+")
_DATE_LINE = re.compile(r"date|time|publish|posted|تاريخ", re.IGNORECASE)
_BLOCKS = frozenset({"p", "head", "item", "row", "quote", "list", "table", "div", "code", "ab", "figure", "dd", "dt"})
_VISIBLE_BLOCKS = frozenset(
    {
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "table",
        "tr",
        "td",
        "th",
        "blockquote",
    }
    | {"blockquote", "div", "section", "article", "main", "aside", "header", "pre", "figure", "figcaption"}
)
_INVISIBLE = "script|style|noscript|template|head|nav|footer|form|button|select|iframe|svg"

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "dc.date",
    "dcterms.issued",
    "publishdate",
    "publish-date",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "date",
)
"""Names under which pages declare when they were published, the plainer first."""

EARLIEST = date(1990, 1, 1)
"""Before it there was no web: earlier dates in a page's metadata are defaults of software."""


def read_page(path: Path, declared: Declared) -> Iterator[Item]:
    """Read a saved page. Raises `UnreadableInput` (`no_text` when there is nothing to read on it)."""
    raw = read_whole(path)
    named = _CHARSET.search(raw[:4096])
    html, encoding = decode(raw, named.group(1).decode("ascii") if named else None)
    own, text = read_markup(html)
    check_text(text)
    yield Reading(source_name(path), raw, text, encoding, "text/html", merge(declared, own), paragraphs=True)


def read_markup(html: str) -> tuple[Declared, str]:
    """Return what a page declares of itself, and its main text, one paragraph a line, the title first.

    Raises `UnreadableInput` (`no_text`).
    """
    tree = _parse(html)
    lines = _main_paragraphs(html) or _visible_paragraphs(tree)
    if not lines:
        raise UnreadableInput("there is no text on the page", "no_text")
    metas, linked = _metas(tree), _linked_data(tree)
    outlet = _first(metas.get("og:site_name"), _publisher(linked), metas.get("application-name"))
    title = _title(tree, metas, outlet, lines)
    published, dateline = _published(tree, metas, linked), _dateline(tree)
    own = Declared(title, outlet, _address(html, tree, metas), published, dated_by=Basis.PAGE)
    return own, "\n".join(_with_head(lines, title, None if published else dateline))


def _parse(html: str) -> Any:
    from lxml import etree  # type: ignore[import-untyped]
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding="utf-8")
    try:
        return lxml_html.document_fromstring(_XML_ENCODING.sub("", html).encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableInput("there is no text on the page", "no_text") from error


def _main_paragraphs(html: str) -> list[str]:
    """Return the paragraphs of the main text; none when the extractor finds no article on the page."""
    from trafilatura import bare_extraction

    found = bare_extraction(
        _XML_ENCODING.sub("", html), include_comments=False, include_tables=True, with_metadata=False
    )
    body = getattr(found, "body", None)
    return [] if body is None else list(_paragraphs(body, _BLOCKS, "lb"))


def _visible_paragraphs(tree: Any) -> list[str]:
    """Return everything a reader would see, for pages that hold no article by the extractor's lights."""
    from lxml import etree

    body = tree.find("body")
    if body is None:
        return []
    etree.strip_elements(body, *_INVISIBLE.split("|"), with_tail=False)
    return list(_paragraphs(body, _VISIBLE_BLOCKS, "br"))


def _paragraphs(root: Any, blocks: frozenset[str], line_break: str) -> Iterator[str]:
    """Cut a tree into paragraphs at its blocks, and at line breaks that end a sentence."""
    from lxml import etree

    pending: list[str] = []

    def flush() -> Iterator[str]:
        line = " ".join(mend("".join(pending)).split())
        pending.clear()
        if line:
            yield line

    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in blocks:
            yield from flush()
        if event == "start":
            if tag == line_break and _ends_sentence(pending):
                yield from flush()
            pending.append(" " if tag in {line_break, "cell"} else "")
            pending.append(element.text or "" if tag else "")
        elif element is not root:
            pending.append(element.tail or "")
    yield from flush()


def _ends_sentence(pending: list[str]) -> bool:
    """Tell whether what stands before a line break is a paragraph of its own: a sentence's end, or an empty line."""
    before = "".join(pending)
    return before.rstrip().endswith(_SENTENCE_END) or before.endswith(" ")


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = _one_line(meta.get("content") or "")
        if name and content:
            found.setdefault(name, content)
    return found


def _linked_data(tree: Any) -> list[dict[str, Any]]:
    """Return the schema.org objects of a page that say when or under what headline it was published."""
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            pending = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        while pending:
            value = pending.pop(0)
            if isinstance(value, list):
                pending.extend(value)
            elif isinstance(value, dict):
                pending.append(value.get("@graph"))
                if "datePublished" in value or "headline" in value:
                    found.append(value)
    return found


def _publisher(linked: list[dict[str, Any]]) -> str | None:
    for item in linked:
        publisher = item.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            return _one_line(publisher["name"]) or None
    return None


def _title(tree: Any, metas: dict[str, str], outlet: str | None, lines: list[str]) -> str | None:
    """Return the headline: one that the page shows, else what it declares, without the outlet's name at its end."""
    declared = _first(metas.get("og:title"), metas.get("twitter:title"), _text_of(tree.find(".//title")))
    shown = [text for heading in tree.iter("h1") if (text := _text_of(heading))]
    named = [text for text in (*shown, *lines[:3]) if declared and text in declared and text != outlet]
    if named:
        return max(named, key=len)
    if declared:
        head, *rest = _TITLE_SEPARATOR.split(declared)
        return head if rest and (outlet in rest or len(head) > sum(map(len, rest))) else declared
    return shown[0] if len(shown) == 1 else None


def _published(tree: Any, metas: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    """Return the day that a page declares for its publication, if that day can be true."""
    stated = [metas.get(name) for name in _PUBLISHED]
    stated += [item.get("datePublished") for item in linked]
    stated += [time.get("datetime") for time in tree.iter("time") if _is_published(time)]
    return next((day for value in stated if (day := _day(value))), None)


def _is_published(time: Any) -> bool:
    return (time.get("itemprop") or "").lower() == "datepublished" or time.get("pubdate") is not None


def _day(value: object) -> str | None:
    """Return the day of a moment as it is written there, None when it is no day or can't be one of publication."""
    found = _ISO_DAY.match(value.strip()) if isinstance(value, str) else None
    if not found:
        return None
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        return None
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    return day.isoformat() if EARLIEST <= day <= tomorrow else None


def _dateline(tree: Any) -> str | None:
    """Return the short line marked as a date that stands between the headline and the first paragraph."""
    after_headline = False
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "h1":
            after_headline = True
        elif after_headline and element.tag == "p" and len(_text_of(element)) > 80:
            return None
        elif after_headline and _is_dateline(element):
            return _text_of(element)
    return None


def _is_dateline(element: Any) -> bool:
    names = " ".join(filter(None, (element.get("class"), element.get("id"), element.get("itemprop"))))
    if element.tag != "time" and not _DATE_LINE.search(names):
        return False
    text = _text_of(element)
    return 0 < len(text) <= 80 and any(letter.isdigit() for letter in text)


def _address(html: str, tree: Any, metas: dict[str, str]) -> str | None:
    """Return the page's own address: declared or noted by the browser that saved it; a site's front page is none."""
    canonical = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    saved = _SAVED_FROM.search(html[:4096])
    for value in (*canonical, metas.get("og:url"), saved.group(1) if saved else None):
        if value and _is_page_address(value.strip()):
            return mend(value.strip())
    return None


def _is_page_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in parts.netloc and (len(parts.path) > 1 or bool(parts.query))


def _with_head(lines: list[str], title: str | None, dateline: str | None) -> list[str]:
    """Put the title first, and a date line that the extraction dropped after it."""
    rest = [line for place, line in enumerate(lines) if line != title or place > 2]
    head = [line for line in (title, dateline if dateline not in lines else None) if line]
    return head + rest


def _text_of(element: Any) -> str:
    return "" if element is None else _one_line("".join(element.itertext()))


def _one_line(text: str) -> str:
    return " ".join(mend(text).split())


def _first(*values: str | None) -> str | None:
    return next((value for value in values if value), None)
