"""The lines of an export, read in bounded memory, each decoded on its own so that a bad one spoils no other."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from archive.errors import UnreadableInput
from archive.readers.encoding import Decoded, decode, split_lines, wide_newline
from archive.readers.files import LONGEST, open_file, read_chunks, too_long


class Line(NamedTuple):
    """A line of a file: its number from 1, its bytes without the line feed, None when it is too long to be held."""

    number: int
    raw: bytes | None


class Lines:
    """The lines of an open file, and how they are decoded."""

    def __init__(self, file: BinaryIO) -> None:
        chunks = read_chunks(file)
        head = next(chunks, b"")
        wide = wide_newline(head[:4096])
        self._wide = wide[1] if wide else None
        self._legacy = None if self._wide else _legacy_of(head)
        self.empty = not head
        self._lines = enumerate(split_lines(chain([head], chunks), wide[0] if wide else b"\n", LONGEST), 1)

    def __iter__(self) -> Iterator[Line]:
        for number, raw in self._lines:
            yield Line(number, raw)

    def decode(self, line: Line) -> Decoded:
        """Return the text of a line, without a byte order mark. Raises `UnreadableInput`."""
        if line.raw is None:
            raise too_long()
        for encoding in filter(None, (self._wide, None if self._wide else "utf-8", self._legacy)):
            try:
                text = line.raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            return Decoded(text.removeprefix("\ufeff"), encoding)
        return decode(line.raw)

    def item(self, *lines: Line) -> bytes:
        """Return the bytes of an item that stands on these lines, without the line break at its end."""
        raw = "\n".encode(self._wide or "ascii").join(line.raw or b"" for line in lines)
        return raw.removesuffix("\r".encode(self._wide) if self._wide else b"\r")


@contextmanager
def open_lines(path: Path) -> Iterator[Lines]:
    """Open a file, unpacked when its name ends in `.gz`, for reading it by lines. Raises `UnreadableInput`."""
    with open_file(path) as file:
        packed = path.name.lower().endswith(".gz")
        lines = Lines(cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed else file)
        if lines.empty:
            raise UnreadableInput("the file is empty", "empty")
        yield lines


def _legacy_of(head: bytes) -> str | None:
    """Return the encoding of a file before Unicode from its beginning, which tells more than any line of it."""
    whole = head[: head.rfind(b"\n") + 1] or head
    try:
        encoding = decode(whole).encoding
    except UnreadableInput as error:
        if error.code == "binary":
            raise
        return None
    return None if encoding.startswith("utf") else encoding
