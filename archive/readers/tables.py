"""csv: a header, then one record per row; fields in quotes may hold line breaks. A bad row is set aside alone.

A quote that is never closed would swallow all rows after it: then only the line it stands in is set aside, and reading
goes on with the next line.
"""

import csv
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from archive.document import Declared, Reading
from archive.errors import UnreadableInput
from archive.readers.files import LONGEST, Item, set_aside, source_name, too_long
from archive.readers.lines import Line, Lines, open_lines
from archive.readers.records import Names, clean_fields, record_name, record_reading

DELIMITERS = (",", ";", "\t", "|")


class _Rows:
    """Rows of a csv file with the lines that each was read from."""

    def __init__(self, lines: Lines) -> None:
        self._decoder = lines
        self._lines = iter(lines)
        self._again: deque[Line] = deque()
        self.delimiter = ","
        self.read: list[Line] = []
        self.encoding = ""

    def next_row(self) -> list[str] | None:
        """Return the cells of the next row, None at the end of the file.

        Raises `UnreadableInput` for a row that can't be read; the rows after its first line are read again.
        """
        self.read = []
        try:
            return next(csv.reader(self._pull(), delimiter=self.delimiter, strict=True), None)
        except csv.Error as error:
            self._again.extendleft(reversed(self.read[1:]))
            raise UnreadableInput(f"it is not a valid row ({error})", "malformed", str(error)) from error
        except UnreadableInput:
            self._again.extendleft(reversed(self.read[1:]))
            raise

    def raw(self) -> bytes:
        """Return the bytes of the row that was read last."""
        return self._decoder.item(*self.read)

    def _pull(self) -> Iterator[str]:
        size = 0
        while line := self._again.popleft() if self._again else next(self._lines, None):
            self.read.append(line)
            size += len(line.raw or b"")
            if size > LONGEST:
                raise too_long()
            text, self.encoding = self._decoder.decode(line)
            yield text + "\n"


def read_table(path: Path, declared: Declared) -> Iterator[Item]:
    """Read a csv or tsv file. Raises `UnreadableInput` when it has no header with a column `text`."""
    file, names = source_name(path), Names()
    csv.field_size_limit(LONGEST)
    with open_lines(path) as lines:
        rows = _Rows(lines)
        columns = _header(rows)
        while True:
            try:
                row = rows.next_row()
                if row is None:
                    return
                if any(cell.strip() for cell in row):
                    yield _reading(file, rows, _fields(columns, row), names=names, declared=declared)
            except UnreadableInput as error:
                yield set_aside(f"{file}:{rows.read[0].number}", error)


def _header(rows: _Rows) -> list[str]:
    first = rows.next_row()
    while first is not None and not any(cell.strip() for cell in first):
        first = rows.next_row()
    if first is None:
        raise UnreadableInput("it holds only white space", "blank")
    line = rows.raw().decode(rows.encoding, "replace").removeprefix("\ufeff")
    for rows.delimiter in DELIMITERS:
        cells = next(csv.reader([line], delimiter=rows.delimiter), [])
        columns = [cell.strip().lower() for cell in cells]
        if "text" in columns:
            return columns
    raise UnreadableInput("its first row names no column `text`", "no_text_column")


def _fields(columns: list[str], row: list[str]) -> dict[str, str]:
    if len(row) != len(columns):
        raise UnreadableInput(
            f"the row has {len(row)} cells where the header has {len(columns)}", "row_length", len(row), len(columns)
        )
    return clean_fields(dict(zip(columns, row, strict=True)))


def _reading(file: str, rows: _Rows, fields: dict[str, str], *, names: Names, declared: Declared) -> Reading:
    raw = rows.raw()
    reading = record_reading(file, raw, fields, encoding=rows.encoding, media="text/csv", declared=declared)
    if "id" in fields:
        names.take(record_name(fields, raw))
    return reading
