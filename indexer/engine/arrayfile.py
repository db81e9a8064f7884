"""One file of named number arrays, read by memory mapping: nothing is unpickled, nothing is decoded.

The file is a magic line, the length of a JSON header, the header, and the arrays, each at a multiple of eight bytes.
"""

import json
import mmap
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from indexer.errors import DamagedIndex

Array = NDArray[Any]

MAGIC = b"SIJILL-ARRAYS-1\n"
_LENGTH = struct.Struct("<Q")
_TYPES = frozenset({"|u1", "<u2", "<u4", "<u8", "<i4", "<i8", "<f4"})


def write_arrays(file: BinaryIO, arrays: Mapping[str, Array], about: Mapping[str, object]) -> None:
    """Write the arrays (one dimension each) and `about`, anything that JSON can hold, to an open file."""
    places, offset = {}, 0
    for name, array in arrays.items():
        places[name] = [_type_of(array), len(array), offset]
        offset += _padded(array.nbytes)
    header = json.dumps({"arrays": places, "about": about}, ensure_ascii=False).encode()
    header += b" " * (-(len(MAGIC) + _LENGTH.size + len(header)) % 8)
    file.write(MAGIC + _LENGTH.pack(len(header)) + header)
    for array in arrays.values():
        file.write(array.tobytes())
        file.write(b"\0" * (_padded(array.nbytes) - array.nbytes))


def read_arrays(path: Path) -> tuple[dict[str, Array], dict[str, Any]]:
    """Return the arrays of a file, mapped and read-only, and what was written `about` them.

    Raises `DamagedIndex` when the file isn't what `write_arrays` writes.
    """
    with path.open("rb") as file:
        try:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:
            raise _damaged(path, "it is empty") from None
    start = len(MAGIC) + _LENGTH.size
    if mapped[: len(MAGIC)] != MAGIC or len(mapped) < start:
        raise _damaged(path, "it doesn't begin as such a file does")
    (length,) = _LENGTH.unpack(mapped[len(MAGIC) : start])
    try:
        header = json.loads(mapped[start : start + length])
        return {name: _array(mapped, start + length, *place) for name, place in header["arrays"].items()}, header[
            "about"
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(path, str(error)) from None


def _array(mapped: mmap.mmap, base: int, kind: str, count: int, offset: int) -> Array:
    if kind not in _TYPES:
        raise ValueError(f"it holds numbers of an unknown type, {kind!r}")
    if count == 0:
        return np.empty(0, dtype=kind)
    return np.frombuffer(mapped, dtype=kind, count=count, offset=base + offset)


def _type_of(array: Array) -> str:
    kind = array.dtype.newbyteorder("<").str
    if array.ndim != 1 or kind not in _TYPES:
        raise ValueError(f"an array file holds no {array.ndim}-dimensional {array.dtype}")
    return kind


def _padded(size: int) -> int:
    return size + -size % 8


def _damaged(path: Path, reason: str) -> DamagedIndex:
    return DamagedIndex(f"the index file {path} can't be read: {reason}; run `sijill index --rebuild`")
