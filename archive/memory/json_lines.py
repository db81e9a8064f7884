"""Memories as JSON lines: `{"ar","en","origin","by","time","source"}`, one object a line."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from archive.memory.line import BadLine, MemoryLine, UnusablePair, pair

LONGEST_LINE = 2_000_000
"""Bytes that a line may have."""


def read_json_lines(file: BinaryIO, path: Path) -> Iterator[MemoryLine | BadLine]:
    number = 0
    while raw := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(raw) > LONGEST_LINE:
            while raw and not raw.endswith(b"\n"):
                raw = file.readline(LONGEST_LINE)
            yield BadLine(number, f"it is longer than {LONGEST_LINE} bytes")
        elif raw.strip(b" \t\r\n\xef\xbb\xbf"):
            yield _json_line(number, raw, path)


def _json_line(number: int, raw: bytes, path: Path) -> MemoryLine | BadLine:
    try:
        said = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return BadLine(number, "it is not UTF-8")
    except (ValueError, RecursionError) as error:
        return BadLine(number, f"it is not valid JSON ({error})")
    if not isinstance(said, dict):
        return BadLine(number, "it is not a JSON object")
    found = {name: said.get(name) for name in ("origin", "by", "time", "source")}
    found["source"] = found["source"] or path.name
    try:
        return pair(said.get("ar"), said.get("en"), **found)
    except UnusablePair as error:
        return BadLine(number, str(error))


def write_json_lines(lines: Iterable[MemoryLine], file: TextIO) -> int:
    count = 0
    for line in lines:
        count += 1
        said = {
            "ar": line.ar,
            "en": line.en,
            "origin": line.origin,
            "by": line.by,
            "time": line.time,
            "source": line.source,
        }
        file.write(json.dumps(said, ensure_ascii=False) + "\n")
    return count
