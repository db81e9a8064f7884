"""Memories as TMX 1.4, Arabic and English in either order. No entity is ever expanded or fetched."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, TextIO
from xml.parsers import expat

from archive.errors import BadMemory
from archive.memory.line import LONGEST, BadLine, MemoryLine, UnusablePair, pair

_CHUNK = 1 << 16
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})
"""Elements of a segment that hold formatting codes, not words."""


class _Unit:
    """A translation unit of TMX as far as it has been read."""

    def __init__(self, attributes: dict[str, str]) -> None:
        self.said = dict(attributes)
        self.properties: dict[str, str] = {}
        self.segments: dict[str, str] = {}

    def line(self, name: str) -> MemoryLine:
        """Return the unit as a line. Raises `UnusablePair`."""
        origin, source = self.properties.get("x-origin"), self.properties.get("x-source")
        by = self.properties.get("x-by") or self.said.get("changeid") or self.said.get("creationid")
        time = self.said.get("changedate") or self.said.get("creationdate")
        ar, en = self.segments.get("ar"), self.segments.get("en")
        return pair(ar, en, origin=origin, by=by, time=time, source=source or name)


class _TmxReader:
    """Takes a file chunk by chunk and lays out its units. Nothing a document type declares is ever looked at."""

    def __init__(self) -> None:
        self.units: list[_Unit] = []
        self._unit: _Unit | None = None
        self._language = ""
        self._property = ""
        self._codes = 0
        self._text: list[str] | None = None
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._letters
        self._parser.EntityDeclHandler = self._refuse

    def take(self, chunk: bytes) -> list[_Unit]:
        """Return the units that a chunk completes. Raises `expat.ExpatError` for what is no XML, `BadMemory`."""
        self._parser.Parse(chunk, not chunk)
        units, self.units = self.units, []
        return units

    def _refuse(self, *_: object) -> None:
        raise BadMemory("the TMX file declares entities, which can hide anything; save it without a document type")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "tu":
            self._unit = _Unit(attributes)
        elif self._unit is None:
            return
        elif name == "tuv":
            self._language = (attributes.get("xml:lang") or attributes.get("lang") or "").lower()[:2]
            self._unit.said |= {key: value for key, value in attributes.items() if key not in self._unit.said}
        elif name in {"seg", "prop"}:
            self._property = attributes.get("type", "")
            self._text = []
        self._codes += name in _CODES

    def _letters(self, text: str) -> None:
        if self._text is not None and not self._codes and len(self._text) <= LONGEST:
            self._text.append(text)

    def _end(self, name: str) -> None:
        self._codes -= name in _CODES
        if self._unit is None:
            return
        if name == "tu":
            self.units.append(self._unit)
            self._unit = None
        elif name == "seg":
            self._unit.segments.setdefault(self._language, "".join(self._text or ()))
            self._text = None
        elif name == "prop":
            self._unit.properties.setdefault(self._property, "".join(self._text or ()))
            self._text = None


def read_tmx(file: BinaryIO, path: Path) -> Iterator[MemoryLine | BadLine]:
    reader, number, more = _TmxReader(), 0, True
    while more:
        chunk = file.read(_CHUNK)
        more = bool(chunk)
        try:
            units = reader.take(chunk)
        except expat.ExpatError as error:
            if not number and not reader.units:
                raise BadMemory(f"{path} is not a TMX file ({error}); name a JSONL or TMX file") from error
            units, more = reader.units, False
            yield from _tmx_lines(units, number, path.name)
            yield BadLine(number + len(units) + 1, f"the file is broken from here on ({error})")
            return
        yield from _tmx_lines(units, number, path.name)
        number += len(units)


def _tmx_lines(units: list[_Unit], before: int, name: str) -> Iterator[MemoryLine | BadLine]:
    for number, unit in enumerate(units, before + 1):
        try:
            yield unit.line(name)
        except UnusablePair as error:
            yield BadLine(number, str(error))


def write_tmx(lines: Iterable[MemoryLine], file: TextIO) -> int:
    return write_units(((line, {}) for line in lines), file)


def write_units(units: Iterable[tuple[MemoryLine, Mapping[str, str]]], file: TextIO) -> int:
    """Write lines as units of TMX, each with properties of its own, and return their number."""
    file.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n<header creationtool="sijill" '
        'creationtoolversion="1" segtype="sentence" o-tmf="sijill" adminlang="en" srclang="ar" datatype="plaintext"/>\n'
        "<body>\n"
    )
    count = 0
    for line, properties in units:
        count += 1
        file.write(_tmx_unit(line, properties))
    file.write("</body>\n</tmx>\n")
    return count


def _tmx_unit(line: MemoryLine, more: Mapping[str, str]) -> str:
    date = re.sub(r"[-:]|\+00:00$", "", line.time or "")
    attributes = f' creationdate="{date}Z"' if line.time else ""
    said = {"x-origin": line.origin, "x-by": line.by, "x-source": line.source, **more}
    properties = "".join(
        f'<prop type="{name}">{_xml(value)}</prop>' for name, value in said.items() if value is not None
    )
    return (
        f'<tu{attributes}>{properties}<tuv xml:lang="ar"><seg>{_xml(line.ar)}</seg></tuv>'
        f'<tuv xml:lang="en"><seg>{_xml(line.en)}</seg></tuv></tu>\n'
    )


def _xml(text: str) -> str:
    """Write text for XML: what no document may hold replaced, what means something to it escaped."""
    return html.escape(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text))
