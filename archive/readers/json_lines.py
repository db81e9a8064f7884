"""jsonl: one record per line, a JSON object. A line that can't be read is set aside; the others are read."""

import json
from collections.abc import Iterator
from pathlib import Path

from archive.document import Declared, Reading
from archive.errors import UnreadableInput
from archive.readers.files import Item, set_aside, source_name
from archive.readers.lines import Line, Lines, open_lines
from archive.readers.records import Names, clean_fields, record_name, record_reading


def read_json_lines(path: Path, declared: Declared) -> Iterator[Item]:
    """Read a jsonl file, packed with gzip or not. Raises `UnreadableInput` when nothing of it can be read."""
    file, names, found = source_name(path), Names(), False
    with open_lines(path) as lines:
        for line in lines:
            if line.raw is not None and not line.raw.strip(b" \t\r\n\0\xef\xbb\xbf"):
                continue
            try:
                record, encoding = _record(lines, line)
                if not found and _is_memory(record):
                    raise _Memory("it is a translation memory; import it with `sijill memory import`", "memory")
                found = True
                yield _reading(file, lines.item(line), record, names=names, encoding=encoding, declared=declared)
            except _Memory:
                raise
            except UnreadableInput as error:
                found = True
                yield set_aside(f"{file}:{line.number}", error)
    if not found:
        raise UnreadableInput("it holds only white space", "blank")


class _Memory(UnreadableInput):
    """The file is of another kind altogether, so it is refused as a whole."""


def _record(lines: Lines, line: Line) -> tuple[dict[str, object], str]:
    text, encoding = lines.decode(line)
    try:
        record = json.loads(text)
    except RecursionError as error:
        raise UnreadableInput("it is not valid JSON (nested too deeply)", "malformed", "nested too deeply") from error
    except ValueError as error:
        raise UnreadableInput(f"it is not valid JSON ({error})", "malformed", str(error)) from error
    if not isinstance(record, dict):
        raise UnreadableInput("it is not a JSON object with a text", "malformed", type(record).__name__)
    return record, encoding


def _is_memory(record: dict[str, object]) -> bool:
    return "ar" in record and "en" in record and "text" not in record


def _reading(
    file: str, raw: bytes, record: dict[str, object], *, names: Names, encoding: str, declared: Declared
) -> Reading:
    fields = clean_fields(record)
    reading = record_reading(file, raw, fields, encoding=encoding, media="application/x-ndjson", declared=declared)
    if "id" in fields:
        names.take(record_name(fields, raw))
    return reading
