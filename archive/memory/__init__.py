"""Translation memories: pairs of an Arabic sentence and its English that come from, or go to, somewhere else.

Two forms: JSON lines, one object `{"ar","en","origin","by","time","source"}` per line; and TMX 1.4. A line that
can't be used is given as a `BadLine` with its number and the reason; the rest goes on.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TextIO

from archive.errors import BadMemory
from archive.memory.json_lines import read_json_lines, write_json_lines
from archive.memory.line import BadLine, MemoryLine, MemoryReport
from archive.memory.tmx import read_tmx, write_tmx

__all__ = ["BadLine", "MemoryLine", "MemoryReport", "read_memory", "write_memory"]

_WRITERS: dict[str, Callable[[Iterable[MemoryLine], TextIO], int]] = {"jsonl": write_json_lines, "tmx": write_tmx}


def read_memory(path: Path) -> Iterator[MemoryLine | BadLine]:
    """Read a memory: TMX where the file begins like XML, else JSON lines. Streams; each line or unit is one item.

    A line without an origin is taken as reviewed when it names a person in `by`, else as machine. Raises `BadMemory`
    when the file as a whole can't be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(512)
            file.seek(0)
            yield from read_tmx(file, path) if _begins_like_xml(head) else read_json_lines(file, path)
    except OSError as error:
        raise BadMemory(f"{path} can't be read ({error.strerror or error}); name a JSONL or TMX file") from error


def write_memory(lines: Iterable[MemoryLine], path: Path, format: str | None = None) -> int:
    """Write a memory as `jsonl` or `tmx` (by the name's ending unless told), and return the number of lines.

    The file is complete under its name or not there at all. Raises `BadMemory`.
    """
    write = _WRITERS.get(format or path.suffix.lower().removeprefix("."))
    if write is None:
        raise BadMemory(f"{format or path.name!r} is no form of a memory; name it .jsonl or .tmx")
    passing = path.with_name(f".{path.name}.part")
    try:
        with passing.open("w", encoding="utf-8", newline="\n") as file:
            count = write(lines, file)
        passing.replace(path)
    except OSError as error:
        raise BadMemory(f"{path} can't be written ({error.strerror or error}); name another file") from error
    finally:
        passing.unlink(missing_ok=True)
    return count


def _begins_like_xml(head: bytes) -> bool:
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
