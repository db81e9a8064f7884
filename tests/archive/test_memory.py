"""Translation memories: what is written comes back, what is broken is named, and nothing hides in the XML."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from archive.errors import BadMemory
from archive.memory import BadLine, MemoryLine, read_memory, write_memory
from archive.memory.line import LONGEST
from archive.translation import Origin

LINES = [
    MemoryLine("قال شهود.", "Witnesses said.", Origin.REVIEWED, "Rana <r@x>", "2026-01-02T03:04:05+00:00", "a & b"),
    MemoryLine("«مجزرة» < 14", 'A "massacre" & 14', Origin.MACHINE, "argos", None, "x"),
    MemoryLine("كلمة", "word", Origin.GLOSS, None, None, "x"),
]


def lines_of(path: Path, text: str | bytes) -> list[MemoryLine | BadLine]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read_memory(path))


def bad(lines: Iterable[MemoryLine | BadLine]) -> dict[int, str]:
    return {line.number: line.reason for line in lines if isinstance(line, BadLine)}


def tmx(units: str, before: str = "") -> str:
    return f'<?xml version="1.0"?>\n{before}<tmx version="1.4"><header srclang="en"/><body>{units}</body></tmx>'


@pytest.mark.parametrize("name", ["memory.jsonl", "memory.tmx"])
def test_what_is_written_comes_back(tmp_path: Path, name: str) -> None:
    assert write_memory(LINES, tmp_path / name) == 3
    assert list(read_memory(tmp_path / name)) == LINES
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_form_that_is_not_known_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadMemory, match="no form of a memory"):
        write_memory(LINES, tmp_path / "memory.xls")
    with pytest.raises(BadMemory, match="can't be written"):
        write_memory(LINES, tmp_path / "nowhere" / "memory.tmx")
    with pytest.raises(BadMemory, match="can't be read"):
        list(read_memory(tmp_path / "missing.jsonl"))
    with pytest.raises(BadMemory, match="can't be read"):
        list(read_memory(tmp_path))


def test_a_bad_line_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = '{"ar": "نعم", "en": "yes", "origin": "reviewed", "by": "Rana"}'
    found = lines_of(
        tmp_path / "m.jsonl",
        b"\n".join(
            [
                b"\xef\xbb\xbf" + good.encode(),
                b"",
                b"{",
                b"[]",
                b'{"ar": "x"}',
                b'{"ar": " ", "en": "x"}',
                b'{"ar": 1, "en": "x"}',
                b'{"ar": "x", "en": "y", "origin": "oracle"}',
                b'{"ar": "x", "en": "y", "time": "yesterday"}',
                b"\xff\xfe",
                b"[" * 100_000,
                b'{"ar": "' + b"x" * 2_000_001 + b'"}',
                b'{"ar": "' + b"x" * (LONGEST + 1) + b'", "en": "x"}',
                b'{"ar": "a\\ud800\\u0000", "en": "y"}',
                good.encode(),
            ]
        ),
    )
    assert set(bad(found)) == {3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}
    assert "no English" in bad(found)[5]
    read = [line for line in found if isinstance(line, MemoryLine)]
    assert read[0] == MemoryLine("نعم", "yes", Origin.REVIEWED, "Rana", None, "m.jsonl")
    assert read[1].ar == "a��"
    assert read[1].origin is Origin.MACHINE
    assert len(read) == 3


def test_tmx_is_read_in_both_directions_without_its_codes(tmp_path: Path) -> None:
    units = (
        '<tu creationid="Rana" creationdate="20190321T170500Z"><tuv xml:lang="EN-US"><seg>Two <bpt i="1">&lt;b></bpt>'
        '<hi>civilians</hi><ept i="1">&lt;/b></ept> died.</seg></tuv>'
        '<tuv xml:lang="ar-SY"><seg>قتل مدنيان.</seg></tuv></tu>'
        '<tu><tuv xml:lang="ar"><seg>نعم</seg></tuv><tuv xml:lang="fr"><seg>oui</seg></tuv></tu>'
        '<tu><tuv lang="ar"><seg>لا</seg></tuv><tuv lang="en"><seg>no</seg></tuv></tu>'
    )
    doctype = '<!DOCTYPE tmx SYSTEM "http://example.invalid/tmx14.dtd">'
    assert lines_of(tmp_path / "m.tmx", tmx(units, doctype)) == [
        MemoryLine("قتل مدنيان.", "Two civilians died.", Origin.REVIEWED, "Rana", "2019-03-21T17:05:00+00:00", "m.tmx"),
        BadLine(2, "it has no English"),
        MemoryLine("لا", "no", Origin.MACHINE, None, None, "m.tmx"),
    ]
    assert lines_of(tmp_path / "w.tmx", tmx(units).replace('<?xml version="1.0"?>', "").encode("utf-16"))[0] is not None


@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://example.invalid/x">%a;',
    ],
)
def test_entities_are_refused(tmp_path: Path, subset: str) -> None:
    unit = '<tu><tuv xml:lang="ar"><seg>&a;</seg></tuv><tuv xml:lang="en"><seg>x</seg></tuv></tu>'
    with pytest.raises(BadMemory, match="declares entities"):
        lines_of(tmp_path / "m.tmx", tmx(unit, f"<!DOCTYPE tmx [{subset}]>"))


def test_broken_xml_keeps_what_came_before_it(tmp_path: Path) -> None:
    unit = '<tu><tuv xml:lang="ar"><seg>نعم</seg></tuv><tuv xml:lang="en"><seg>yes</seg></tuv></tu>'
    first, last = lines_of(tmp_path / "m.tmx", tmx(unit + "<tu><oops>").replace("</body></tmx>", ""))
    assert isinstance(first, MemoryLine)
    assert isinstance(last, BadLine)
    assert last.number == 2
    with pytest.raises(BadMemory, match="not a TMX file"):
        lines_of(tmp_path / "m.tmx", "<tmx")
