"""Files as they lie on the disk: which ones a path names, and their bytes, without hanging on what is no file."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from archive.document import Reading
from archive.errors import UnreadableInput

LONGEST = 20_000_000
"""Bytes that one item may have: a file of text, a page, a line or record of an export."""

LONGEST_IN_WORDS = "20 MB"

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class SetAside:
    """An item that was not read, and why: a code with arguments for the message catalogue, and the same in English."""

    source: str
    code: str
    args: tuple[str | int, ...]
    message: str


Item = Reading | SetAside
"""What a reader gives: an item as found, or why it could not be read."""


def set_aside(source: str, error: UnreadableInput) -> SetAside:
    """Return the note of an item that raised an error."""
    return SetAside(source, error.code, error.arguments, f"{source}: {error}")


def source_name(path: Path) -> str:
    r"""Return the name by which a file is known: its absolute path, bytes that are no UTF-8 written as `\xff`."""
    return os.fsencode(Path(os.path.abspath(path))).decode("utf-8", "backslashreplace")  # noqa: PTH100 keeps links


def source_stands(source: str) -> bool:
    """Tell whether the file of a source is still there; of `FILE#id`, whether the file is."""
    return os.path.lexists(source) or os.path.lexists(source.rpartition("#")[0])


def open_file(path: Path) -> BinaryIO:
    """Open a file for reading, without waiting on what is no file.

    Raises `UnreadableInput` (`missing`, `broken_link`, `not_a_file`, `unreadable`).
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError as error:
        if path.is_symlink():
            raise UnreadableInput("it is a link to a file that is not there", "broken_link") from error
        raise UnreadableInput("there is no file or folder of that name", "missing") from error
    except (OSError, ValueError) as error:
        raise _unreadable(error) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadableInput("it is a pipe, a device or a socket, not a file", "not_a_file")
    return os.fdopen(descriptor, "rb")


def read_whole(path: Path) -> bytes:
    """Return the bytes of a file of one item. Raises `UnreadableInput`, also for `too_long` and `empty`."""
    with open_file(path) as file:
        try:
            raw = file.read(LONGEST + 1)
        except OSError as error:
            raise _unreadable(error) from error
    if len(raw) > LONGEST:
        raise too_long()
    if not raw:
        raise UnreadableInput("the file is empty", "empty")
    return raw


def read_chunks(file: BinaryIO) -> Iterator[bytes]:
    """Give the bytes of an open file in chunks. Raises `UnreadableInput` when the disk or the compression fails."""
    while True:
        try:
            chunk = file.read(CHUNK)
        except (OSError, EOFError) as error:  # gzip's errors are among them
            raise _unreadable(error) from error
        if not chunk:
            return
        yield chunk


def too_long() -> UnreadableInput:
    """Return the error of an item beyond `LONGEST`."""
    return UnreadableInput(f"it is longer than {LONGEST_IN_WORDS}; split it first", "too_long", LONGEST)


def _unreadable(error: Exception) -> UnreadableInput:
    reason = getattr(error, "strerror", None) or str(error)
    return UnreadableInput(f"it can't be read ({reason})", "unreadable", reason)


def walk(path: Path) -> Iterator[Path | SetAside]:
    """Give the files that a path names: itself, or all below a folder in sorted order.

    Hidden files and folders are skipped, and so is a folder that was met before (links may run in circles).
    """
    if path.is_dir():
        yield from _walk_folder(path, set())
    else:
        yield path


def _walk_folder(folder: Path, met: set[tuple[int, int]]) -> Iterator[Path | SetAside]:
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in met:
            return
        met.add((status.st_dev, status.st_ino))
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError as error:
        yield set_aside(source_name(folder), _unreadable(error))
        return
    for name in names:
        path = folder / name
        if path.is_dir():
            yield from _walk_folder(path, met)
        else:
            yield path
