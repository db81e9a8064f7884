"""The original bytes, named by their SHA-256: written once, never changed, on disk before any row names them."""

import os
import secrets
from hashlib import sha256
from pathlib import Path

from archive.errors import ArchiveError, DamagedArchive

ARRIVING = "arriving"
"""The folder, beside the fan-out, where a file stands until it is complete."""


class Originals:
    """A folder of originals, `ab/abcdef…`: two digits of fan-out, each file the bytes of one item as found.

    `keep` leaves a file complete under its name; `settle` makes the names last, and is called before the rows that
    name them are committed. A file that no row names (after a kill) is harmless: the next `keep` meets it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._touched: set[Path] = set()

    def path(self, digest: str) -> Path:
        """Return where the original with this SHA-256 (hex) is kept."""
        return self.folder / digest[:2] / digest

    def keep(self, raw: bytes) -> str:
        """Keep bytes and return their SHA-256 in hex. Raises `ArchiveError` when the disk won't take them."""
        digest = sha256(raw).hexdigest()
        path = self.path(digest)
        try:
            if not _holds(path, len(raw)):
                self._write(path, raw)
        except OSError as error:
            raise ArchiveError(
                f"an original can't be kept in {self.folder} ({error.strerror}); make room or mend its rights"
            ) from error
        self._touched.add(path.parent)
        return digest

    def read(self, digest: str) -> bytes:
        """Return the original with this SHA-256. Raises `DamagedArchive` when it is missing or not what was kept."""
        try:
            raw = self.path(digest).read_bytes()
        except OSError as missing:
            raise DamagedArchive(
                f"the original {digest} is missing from {self.folder}; restore it from a backup"
            ) from missing
        if sha256(raw).hexdigest() != digest:
            raise DamagedArchive(f"the original {digest} in {self.folder} was changed; restore it from a backup")
        return raw

    def settle(self) -> None:
        """Flush the folders written to since the last call, so that names survive a loss of power."""
        touched, self._touched = sorted(self._touched), set()
        try:
            for folder in touched:
                _flush_folder(folder)
        except OSError as error:
            raise ArchiveError(
                f"the originals in {self.folder} can't be kept ({error.strerror}); look at the disk and its rights"
            ) from error

    def clear_arriving(self) -> None:
        """Remove what a killed writer left half written. Call it only while no other process writes."""
        for file in (self.folder / ARRIVING).glob("*"):
            file.unlink(missing_ok=True)

    def _write(self, path: Path, raw: bytes) -> None:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._touched.add(self.folder)
        arriving = self.folder / ARRIVING
        arriving.mkdir(exist_ok=True)
        passing = arriving / f"{os.getpid()}-{secrets.token_hex(8)}"
        try:
            with passing.open("xb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            passing.replace(path)
        except BaseException:
            passing.unlink(missing_ok=True)
            raise


def _holds(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except FileNotFoundError:
        return False


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
