"""Plain text: the whole file is one document, its decoded letters are the text."""

from collections.abc import Iterator
from pathlib import Path

from archive.document import Declared, Reading
from archive.errors import UnreadableInput
from archive.readers.encoding import decode, has_letters
from archive.readers.files import Item, read_whole, source_name


def read_plain(path: Path, declared: Declared) -> Iterator[Item]:
    """Read a file of plain text. Raises `UnreadableInput`."""
    raw = read_whole(path)
    text, encoding = decode(raw)
    check_text(text)
    yield Reading(source_name(path), raw, text, encoding, "text/plain", declared)


def check_text(text: str) -> None:
    """Refuse a text in which nothing can be read. Raises `UnreadableInput` (`blank`, `no_letters`)."""
    if not text.strip("\ufeff \t\r\n\v\f\x85\xa0\u2028\u2029\u200e\u200f") or text.isspace():
        raise UnreadableInput("it holds only white space", "blank")
    if not has_letters(text):
        raise UnreadableInput("it holds no Arabic or Latin letter", "no_letters")
