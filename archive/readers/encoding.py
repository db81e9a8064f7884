"""Bytes to letters: what is declared, then what can be shown, and never a guess that would invent letters.

The order: a byte order mark; UTF-16 without one; valid UTF-8; the encoding that the page declares; windows-1256,
ISO 8859-6 and windows-1252, each only if what comes out reads as Arabic or Latin text. Bytes that none of these
explains are refused: letters must not be made up.
"""

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from archive.errors import UnreadableInput

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks, the longer before those that begin alike."""

SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
"""How files of common kinds begin, and what they are called."""

_LATIN_DEFAULTS = {"iso8859-1", "cp1252", "ascii"}  # what servers declare when nobody chose
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WORD = re.compile(r"[^\W\d_]+")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_FREQUENT = re.compile("[اليمنورتبعدسفه]")  # four letters out of five in any Arabic text
_FINAL_ONLY = re.compile("[ةى]")
_MISPLACED = re.compile("[ةى](?=[\u0621-\u064a])")
_ESCAPED_HALF = re.compile("[\ud800-\udfff\x00]")


class Decoded(NamedTuple):
    """A text and the name of the encoding that it was read by."""

    text: str
    encoding: str


def decode(raw: bytes, declared: str | None = None) -> Decoded:
    """Return the text of some bytes and the encoding. Raises `UnreadableInput` (`binary`, `bad_encoding`).

    >>> decode("مجزرة في الباغوز".encode("windows-1256"))
    Decoded(text='مجزرة في الباغوز', encoding='windows-1256')
    """
    _refuse_known_binary(raw)
    marked = next((name for mark, name in MARKS if raw.startswith(mark)), None)
    found = _strictly(raw, marked) if marked else _without_mark(raw, declared)
    if found is None:
        raise _bad_encoding(raw, marked or "utf-8")
    if "\0" in found.text or len(_CONTROLS.findall(found.text)) > len(found.text) / 100:
        raise _binary()
    return found


def has_letters(text: str) -> bool:
    """Tell whether there is an Arabic or Latin letter in a text.

    >>> has_letters("— 2019 —"), has_letters("١٤ مدنيا")
    (False, True)
    """
    return bool(_ARABIC.search(text) or _LATIN.search(text))


def mend(text: str) -> str:
    r"""Replace what no text can hold, half surrogate pairs and NUL, by U+FFFD. JSON can spell both.

    >>> mend("a\ud83d")
    'a�'
    """
    return _ESCAPED_HALF.sub("\N{REPLACEMENT CHARACTER}", text)


def wide_newline(head: bytes) -> tuple[bytes, str] | None:
    """Return the line feed and the encoding of a file in UTF-16 from its first bytes; None when it is in another."""
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark) and not head.startswith(codecs.BOM_UTF32_LE):
            return "\n".encode(name), name
    found = _wide(head[: len(head) // 2 * 2]) if b"\0" in head else None
    return ("\n".encode(found.encoding), found.encoding) if found else None


def _refuse_known_binary(raw: bytes) -> None:
    name = next((name for signature, name in SIGNATURES if raw.startswith(signature)), None)
    if name:
        raise UnreadableInput(f"it is {name}, not text", "binary", name)


def _binary() -> UnreadableInput:
    return UnreadableInput("it is not text (it holds NUL or many control characters)", "binary", "")


def _strictly(raw: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(raw.decode(encoding), encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _without_mark(raw: bytes, declared: str | None) -> Decoded | None:
    if b"\0" in raw or len(re.findall(rb"[\x01-\x08\x0e-\x1a]", raw)) > len(raw) / 20:
        found = _wide(raw)
        if found is None:
            raise _binary()
        return found
    if found := _strictly(raw, "utf-8"):
        return found
    if _is_damaged_utf8(raw):
        return None
    if (name := _usable(declared)) and (found := _strictly(raw, name)):
        return found
    return _legacy(raw)


def _wide(raw: bytes) -> Decoded | None:
    """Read UTF-16 that has no mark, if that gives letters."""
    for name in ("utf-16-le", "utf-16-be"):
        found = _strictly(raw, name)
        if found and _mostly_text(found.text):
            return found
    return None


def _mostly_text(text: str) -> bool:
    known = len(_ARABIC.findall(text)) + len(re.findall(r"[\x20-\x7e\r\n\t\u060c-\u061f\u064b-\u0669]", text))
    return bool(text) and known >= len(text) * 0.9 and not _CONTROLS.search(text)


def _usable(declared: str | None) -> str | None:
    """Return a declared encoding by Python's name, unless it is unknown or a mere default."""
    try:
        name = codecs.lookup((declared or "").strip()).name
    except (LookupError, ValueError):
        return None
    if name in _LATIN_DEFAULTS or not _is_text_encoding(name):
        return None
    return name.replace("cp125", "windows-125").replace("iso8859", "iso-8859")


def _is_text_encoding(name: str) -> bool:
    return name.startswith(("utf", "iso8859", "cp", "mac", "koi8", "gb", "big5", "euc", "shift"))


def _legacy(raw: bytes) -> Decoded | None:
    for name in ("windows-1256", "iso-8859-6"):
        found = _strictly(raw, name)
        if found and reads_as_arabic(found.text):
            return found
    found = _strictly(raw, "windows-1252")
    return found if found and _reads_as_latin(found.text) else None


def _is_damaged_utf8(raw: bytes) -> bool:
    """Tell whether most of the bytes above ASCII form UTF-8: then a byte of it was lost or spoilt."""
    high = sum(byte >= 0x80 for byte in raw)
    whole = sum(len(letter.encode()) for letter in raw.decode("utf-8", "ignore") if ord(letter) >= 0x80)
    return whole * 2 >= high


def reads_as_arabic(text: str) -> bool:
    """Tell whether a text that may have been read by the wrong table is Arabic.

    Wrong tables give themselves away: Arabic and Latin letters within a word, ta marbuta or alef maksura before another
    letter, rare letters as frequent as common ones.

    >>> reads_as_arabic("قال شهود عيان"), reads_as_arabic("ط§ظ„ظ…ط¯ظ†ظٹظٹظ†")
    (True, False)
    """
    arabic = len(_ARABIC.findall(text))
    words = _WORD.findall(text)
    mixed = sum(1 for word in words if _ARABIC.search(word) and _LATIN.search(word))
    final = len(_FINAL_ONLY.findall(text))
    return (
        arabic >= 8
        and mixed <= len(words) * 0.03
        and len(_FREQUENT.findall(text)) >= arabic * 0.6
        and len(_MISPLACED.findall(text)) <= final * 0.1
    )


def _reads_as_latin(text: str) -> bool:
    """Tell whether a text is Latin: mostly plain letters, accented ones beside plain ones (and French à)."""
    words = [word for word in _WORD.findall(text) if word not in {"à", "À"}]
    letters = sum(map(len, words))
    plain = sum(letter.isascii() for word in words for letter in word)
    stray = sum(len(word) for word in words if not any(letter.isascii() for letter in word))
    return plain >= letters * 0.7 and stray <= letters * 0.02 and plain > 0


def _bad_encoding(raw: bytes, name: str) -> UnreadableInput:
    try:
        raw.decode(name)
        place = 0
    except UnicodeDecodeError as error:
        place = error.start
    return UnreadableInput(
        f"its letters can't be read: byte {place} is not {name.upper().removesuffix('-SIG')}, and no Arabic encoding "
        "explains the text; save it as UTF-8",
        "bad_encoding",
        place,
    )


def split_lines(chunks: Iterator[bytes], newline: bytes, limit: int) -> Iterator[bytes | None]:
    """Cut a stream of bytes into lines without their line feed; None in place of a line longer than `limit`.

    Holds no more than `limit` bytes and a chunk. `newline` of two bytes is met only at even places (UTF-16).
    """
    pending, skipping, width = bytearray(), False, len(newline)
    for chunk in chunks:
        pending += chunk
        start = 0
        while (end := _find(pending, newline, start, width)) >= 0:
            yield None if skipping or end - start > limit else bytes(pending[start:end])
            start, skipping = end + width, False
        del pending[:start]
        if len(pending) > limit:
            del pending[: len(pending) // width * width]
            skipping = True
    if skipping:
        yield None
    elif pending:
        yield bytes(pending)


def _find(pending: bytearray, newline: bytes, start: int, width: int) -> int:
    end = pending.find(newline, start)
    while end >= 0 and (end - start) % width:
        end = pending.find(newline, end + 1)
    return end
