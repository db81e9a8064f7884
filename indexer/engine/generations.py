"""Generations of an index: each a folder of files that never change, the live one named by a pointer swapped at once.

    index/
        CURRENT             `gen-000007 <SHA-256 of its manifest>`
        gen-000007/         files, and manifest.json: stamp, sizes, hashes
        gen-000006/         the one before, for readers still on it
        LOCK                held by the one writer; the kernel lets go of it when the writer dies

A writer fills a new folder, linking the files that it keeps, and names it in CURRENT when everything is on disk. Killed
at any moment it leaves the old generation live, and a folder that the next writer removes. Readers write nothing.
"""

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from indexer.errors import DamagedIndex, IndexBusy, IndexerError, NoIndex

CURRENT = "CURRENT"
LOCK = "LOCK"
MANIFEST = "manifest.json"
FORMAT = 1

_NAME = re.compile(r"gen-(\d{6,})")
_POINTER = re.compile(r"(gen-\d{6,}) ([0-9a-f]{64})\n?")
_WHOLE = 1 << 20
_SAMPLES = 32
_SAMPLE = 1 << 12


@dataclass(frozen=True, slots=True)
class Generation:
    """A committed generation. `about` is what the engine wrote down of it; `files` has their sizes and hashes."""

    name: str
    folder: Path
    stamp: str
    created: str
    files: Mapping[str, tuple[int, str, str]]
    about: Mapping[str, object]


class Generations:
    """The generations of one index folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def pointer(self) -> str | None:
        """Return what CURRENT says now, None when there is no index; one small read."""
        try:
            return (self.folder / CURRENT).read_text("ascii", "replace")
        except (FileNotFoundError, NotADirectoryError):
            return None

    def current(self, *, thorough: bool = False) -> Generation:
        """Return the live generation, its files checked against its manifest.

        Every size and every small file's hash is checked; of a large file samples, or all of it when `thorough`.
        Raises `NoIndex` or `DamagedIndex`.
        """
        while True:
            pointer = self.pointer()
            if pointer is None:
                raise NoIndex(f"there is no index in {self.folder} yet; run `sijill index`")
            try:
                return self._read(pointer, thorough)
            except DamagedIndex:
                if self.pointer() == pointer:
                    raise

    def _read(self, pointer: str, thorough: bool) -> Generation:
        named = _POINTER.fullmatch(pointer)
        if named is None:
            raise damaged(self.folder / CURRENT, "it names no generation")
        folder = self.folder / named[1]
        manifest = _manifest(folder, named[2])
        for name, (size, whole, sampled) in manifest["files"].items():
            _check(folder / name, size, whole, sampled, thorough)
        strangers = {path.name for path in folder.iterdir() if not path.name.startswith(".")} - {
            MANIFEST,
            *manifest["files"],
        }
        if strangers:
            raise damaged(folder / min(strangers), "it isn't in the manifest")
        files = {name: (size, whole, sampled) for name, (size, whole, sampled) in manifest["files"].items()}
        return Generation(named[1], folder, manifest["stamp"], manifest["created"], files, manifest["about"])

    @contextmanager
    def writing(self) -> Iterator["Draft"]:
        """Hold the writer's lock, clear away what killed writers left, and give an empty folder to fill.

        What isn't committed when the block ends is removed. Raises `IndexBusy` when another process holds the lock.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = (self.folder / LOCK).open("ab")
        except OSError as error:
            raise IndexerError(f"the index folder {self.folder} can't be written: {error.strerror}") from None
        with lock:
            _acquire(lock, self.folder)
            self._clear()
            draft = Draft(self, self._next())
            try:
                yield draft
            finally:
                if not draft.committed:
                    shutil.rmtree(draft.folder, ignore_errors=True)

    def _next(self) -> Path:
        taken = [int(named[1]) for path in self.folder.iterdir() if (named := _NAME.fullmatch(path.name))]
        folder = self.folder / f"gen-{max(taken, default=0) + 1:06}"
        folder.mkdir()
        return folder

    def _clear(self) -> None:
        """Remove what isn't committed; the live generation and the one before it stay."""
        pointer = self.pointer()
        if pointer is None:
            keep: set[str] = set()
        elif named := _POINTER.fullmatch(pointer):
            keep = {named[1], *self._before(named[1])}
        else:
            return
        for path in self.folder.iterdir():
            if _NAME.fullmatch(path.name) and path.name not in keep:
                shutil.rmtree(path, ignore_errors=True)
            elif path.name.startswith(CURRENT + "."):
                path.unlink(missing_ok=True)

    def _before(self, name: str) -> list[str]:
        earlier = [
            path.name
            for path in self.folder.iterdir()
            if _NAME.fullmatch(path.name) and path.name < name and (path / MANIFEST).exists()
        ]
        return sorted(earlier)[-1:]

    def _swap(self, pointer: str) -> None:
        waiting = self.folder / f"{CURRENT}.{os.getpid()}"
        with waiting.open("w", encoding="ascii") as file:
            file.write(pointer)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(self.folder / CURRENT)
        _sync_folder(self.folder)
        self._clear()


class Draft:
    """A generation being written."""

    def __init__(self, generations: Generations, folder: Path) -> None:
        self._generations = generations
        self.folder = folder
        self.committed = False
        self._hashed: dict[tuple[str, int], tuple[int, str, str]] = {}

    def take(self, generation: Generation) -> None:
        """Link every file of a generation into this one; they are read, replaced or removed, never written to."""
        for name, checked in generation.files.items():
            link(generation.folder / name, self.folder / name)
            self._hashed[name, (generation.folder / name).stat().st_ino] = checked

    def commit(self, stamp: str, about: Mapping[str, object]) -> str:
        """Write the manifest when all files are on disk, swap the generation in, and return its name."""
        files = {path.name: self._on_disk(path) for path in sorted(self.folder.iterdir())}
        created = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = {"format": FORMAT, "stamp": stamp, "created": created, "about": about, "files": files}
        content = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        path = self.folder / MANIFEST
        path.write_bytes(content)
        _sync(path)
        _sync_folder(self.folder)
        self._generations._swap(f"{self.folder.name} {sha256(content).hexdigest()}\n")
        self.committed = True
        return self.folder.name

    def _on_disk(self, path: Path) -> tuple[int, str, str]:
        hashed = self._hashed.get((path.name, path.stat().st_ino))
        if hashed is None:
            _sync(path)
            hashed = (path.stat().st_size, *_hashes(path))
        return hashed


def damaged(path: Path, reason: str) -> DamagedIndex:
    """Return the error for a file of an index that isn't what was written."""
    return DamagedIndex(f"the index is damaged at {path}: {reason}; run `sijill index --rebuild`")


def link(source: Path, target: Path) -> None:
    """Give a file a second name, or copy it where the file system has no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _manifest(folder: Path, hash_: str) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        content = path.read_bytes()
    except OSError as error:
        raise damaged(path, f"it can't be read ({error.strerror})") from None
    if sha256(content).hexdigest() != hash_:
        raise damaged(path, "its hash isn't the one that CURRENT names")
    manifest: dict[str, Any] = json.loads(content)
    if manifest.get("format") != FORMAT:
        raise damaged(path, f"its format is {manifest.get('format')!r}, not {FORMAT}")
    return manifest


def _check(path: Path, size: int, whole: str, sampled: str, thorough: bool) -> None:
    try:
        found = path.stat().st_size
        if found != size:
            raise damaged(path, f"it has {found} bytes, the manifest says {size}")
        same = _hash(path) == whole if thorough or size <= _WHOLE else _sampled(path, size) == sampled
    except OSError as error:
        raise damaged(path, f"it can't be read ({error.strerror})") from None
    if not same:
        raise damaged(path, "its content isn't what was written")


def _hashes(path: Path) -> tuple[str, str]:
    size = path.stat().st_size
    return _hash(path), "" if size <= _WHOLE else _sampled(path, size)


def _hash(path: Path) -> str:
    total = sha256()
    with path.open("rb") as file:
        while part := file.read(_WHOLE):
            total.update(part)
    return total.hexdigest()


def _sampled(path: Path, size: int) -> str:
    """Return the hash of pieces spread over a large file, its beginning and end among them."""
    total = sha256()
    with path.open("rb") as file:
        for number in range(_SAMPLES):
            file.seek((size - _SAMPLE) * number // (_SAMPLES - 1))
            total.update(file.read(_SAMPLE))
    return total.hexdigest()


def _acquire(lock: BinaryIO, folder: Path) -> None:
    import fcntl

    try:
        fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise IndexBusy(f"another process is writing the index in {folder}; wait until it is done") from None


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
