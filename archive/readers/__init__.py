"""Readers: files of every kind that is understood, each item as found, with what was declared of it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from archive.declaring import FIELDS, declare, merge
from archive.document import Declared
from archive.errors import UnreadableInput
from archive.readers.encoding import decode
from archive.readers.files import Item, SetAside, open_file, read_whole, set_aside, source_name, source_stands, walk
from archive.readers.json_lines import read_json_lines
from archive.readers.pages import read_page
from archive.readers.plain import read_plain
from archive.readers.records import clean
from archive.readers.tables import read_table

__all__ = ["SetAside", "files_of", "given_of", "read", "read_given", "source_name", "source_stands"]

_READERS: dict[str, Callable[[Path, Declared], Iterator[Item]]] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".html": read_page,
    ".htm": read_page,
    ".xhtml": read_page,
    ".jsonl": read_json_lines,
    ".jsonl.gz": read_json_lines,
    ".ndjson": read_json_lines,
    ".csv": read_table,
    ".tsv": read_table,
}

SIDECAR_OF = (".txt", ".text", ".html", ".htm", ".xhtml")
"""The kinds of file that a sidecar NAME.json may stand beside."""


def read(path: Path, declared: Declared) -> Iterator[Item]:
    """Read a file: its items in order, those that can't be read as what they are set aside for.

    `declared` (options) comes before the sidecar, the sidecar before columns and the page's own metadata. What is
    wrong with a file never raises.
    """
    given, wrong = given_of(path, declared)
    if wrong:
        yield wrong
    yield from read_given(path, given)


def read_given(path: Path, given: Declared) -> Iterator[Item]:
    """Read a file without looking for a sidecar; `given` is all that is known from beside the text."""
    try:
        reader = _READERS.get(_kind(path))
        if reader is None:
            raise _unsupported(path)
        yield from reader(path, given)
    except UnreadableInput as error:
        yield set_aside(source_name(path), error)


def given_of(path: Path, options: Declared) -> tuple[Declared, SetAside | None]:
    """Return what options and a sidecar say of a file, and what is wrong with the sidecar if it can't be read."""
    sidecar = path.with_suffix(".json")
    if _kind(path) not in SIDECAR_OF or not sidecar.is_file():
        return options, None
    try:
        return merge(options, _read_sidecar(sidecar)), None
    except UnreadableInput as error:
        return options, set_aside(source_name(sidecar), error)


def files_of(path: Path) -> Iterator[Path | SetAside]:
    """Give the files that a path names, folders walked in sorted order, sidecars and hidden files left out."""
    top = path.is_dir()
    for found in walk(path):
        if isinstance(found, SetAside) or not top or not _is_sidecar(found):
            yield found


def _unsupported(path: Path) -> UnreadableInput:
    """Return the error of a file that has no reader; raises another when there is no such file at all."""
    open_file(path).close()
    kind = _kind(path)
    what = f"files that end in {kind}" if kind else "files without an ending"
    return UnreadableInput(f"{what} are not read; save it as txt, html, jsonl or csv", "unsupported", kind)


def _kind(path: Path) -> str:
    name = path.name.lower()
    return ".jsonl.gz" if name.endswith(".jsonl.gz") else path.suffix.lower()


def _is_sidecar(path: Path) -> bool:
    return path.suffix.lower() == ".json" and any(path.with_suffix(kind).exists() for kind in SIDECAR_OF)


def _read_sidecar(path: Path) -> Declared:
    try:
        said = json.loads(decode(read_whole(path)).text)
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(f"the sidecar is not valid JSON ({error})", "bad_sidecar", str(error)) from error
    if not isinstance(said, dict):
        raise UnreadableInput("the sidecar is not a JSON object", "bad_sidecar", type(said).__name__)
    return declare({name: clean(said.get(name)) for name in FIELDS})
