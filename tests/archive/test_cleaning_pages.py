"""Whole pages of many layouts: every line comes out as what it is."""

import re
from pathlib import Path

import pytest

from archive.cleaning import compose
from archive.document import Declared, Document, Reading

PAGES = sorted((Path(__file__).parent / "pages").glob("*.tsv"))


def read_page(path: Path) -> tuple[str, list[str], str]:
    """Return the remark at the head of a page, the kinds expected line by line ("" for a blank one), and its text."""
    remark, *rows = path.read_text(encoding="utf-8").splitlines()
    pairs = [row.partition("\t") for row in rows]
    return remark, [kind for kind, _, _ in pairs], "\n".join(line for _, _, line in pairs)


def read_text(text: str, **declared: str) -> Document:
    return compose(Reading("page", b"", text, "utf-8", "text/plain", Declared(**declared)))


def kinds_by_line(document: Document) -> list[str]:
    found, start = [], 0
    for line in document.text.split("\n"):
        end = start + len(line)
        inside = [block for block in document.blocks if block.start < end and start < block.end]
        found.append("+".join(block.kind for block in inside))
        start = end + 1
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_line_of_a_page_is_what_it_is(page: Path) -> None:
    _, expected, text = read_page(page)
    found = kinds_by_line(read_text(text))
    lines = text.split("\n")
    assert [(kind, line) for kind, line in zip(found, lines, strict=True)] == list(zip(expected, lines, strict=True))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_tells_its_source_and_date(page: Path) -> None:
    remark, _, text = read_page(page)
    document = read_text(text)
    for name, value in re.findall(r"(outlet|agency|date): ([^;]+?)\s*(?:;|$)", remark):
        found = document.date.value if name == "date" else getattr(document, name)
        assert str(found or "none") == value, name
