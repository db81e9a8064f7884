"""Install a package from a file that is taken as hostile, and remove one."""

import os
import shutil
import stat
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from lzma import LZMAError
from pathlib import Path

from indexer.errors import BadPackage, NoModel
from indexer.translation.package import ArgosPackage, read_package
from indexer.translation.packages.installed import (
    SOURCE,
    TARGET,
    check_languages,
    list_installed,
    packages_folder,
)

LARGEST_PACKAGE = 2 * 2**30
"""Bytes that a package may take, packed or unpacked; the packages in use take 80 to 400 MB."""

MOST_MEMBERS = 2000
_CHUNK = 2**20
_STAGING = ".sijill-install-"
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)


def install_file(path: Path, *, folder: Path | None = None, source: str = SOURCE, target: str = TARGET) -> ArgosPackage:
    """Unpack an .argosmodel file, try the model, and install it; raises BadPackage and leaves nothing behind if not.

    The file is taken as hostile: names that lead outside, links, oversized or encrypted members are refused. A package
    of the same name is replaced once the new one has proved to work.
    """
    folder = folder or packages_folder()
    if not path.is_file():
        raise BadPackage(f"there is no file {path}")
    with staging_folder(folder) as staging:
        unpacked = _unpack(path, staging)
        package = read_package(unpacked)
        check_languages(package, source, target)
        _try_model(package)
        installed = _move_in(unpacked, folder)
    return read_package(installed)


def remove(name: str, *, folder: Path | None = None) -> None:
    """Remove an installed package, whole or broken, by the name it is listed under."""
    folder = folder or packages_folder()
    found = next((installed for installed in list_installed(folder) if installed.name == name), None)
    if found is None:
        raise NoModel(f"no package {name!r} is installed; `sijill models list` names those that are")
    if found.path.is_symlink():
        found.path.unlink()
        return
    with staging_folder(folder) as staging:
        try:
            found.path.rename(staging / name)
        except OSError as error:
            raise NoModel(f"the package {name} can't be removed: {error.strerror}") from error


@contextmanager
def staging_folder(folder: Path) -> Iterator[Path]:
    """Give a folder beside the packages, on the same disk, that is gone afterwards.

    Not among them where that can be helped: Argos Translate fails while a folder there is half made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder.parent if os.access(folder.parent, os.W_OK) and _same_disk(folder) else folder
        _sweep(beside)
        staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=beside))
    except OSError as error:
        raise BadPackage(
            f"translation packages can't be written to {folder}: {error.strerror}; "
            "set ARGOS_PACKAGES_DIR to a folder that can be written"
        ) from error
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _same_disk(folder: Path) -> bool:
    return folder.stat().st_dev == folder.parent.stat().st_dev


def _sweep(folder: Path) -> None:
    """Remove what an installation that was killed left behind."""
    for leftover in folder.glob(f"{_STAGING}*"):
        with suppress(OSError):
            if time.time() - leftover.stat().st_mtime > 24 * 3600:
                shutil.rmtree(leftover, ignore_errors=True)


def _unpack(path: Path, staging: Path) -> Path:
    """Return the package's folder, unpacked under `staging`."""
    try:
        with path.open("rb") as file:
            is_zip = zipfile.is_zipfile(file)
    except OSError as error:
        raise BadPackage(f"{path} can't be read: {error.strerror}") from error
    if not is_zip:
        raise BadPackage(
            f"{path.name} is not an Argos package: "
            "an .argosmodel file is a zip archive; this is none, or only the beginning of one"
        )
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            top = _check_members(members, path.name)
            room = LARGEST_PACKAGE
            for member in members:
                room -= _unpack_member(archive, member, staging, room, path.name)
    except OSError as error:
        raise BadPackage(f"{path.name} can't be unpacked: {error.strerror or error}") from error
    except _BROKEN_ZIP as error:
        raise BadPackage(f"{path.name} is damaged and can't be unpacked ({error}); download it again") from error
    return staging / top


def _check_members(members: list[zipfile.ZipInfo], name: str) -> str:
    """Return the one folder that holds everything; raises BadPackage for what a package never holds."""
    if len(members) > MOST_MEMBERS:
        raise BadPackage(f"{name} holds {len(members)} files; a translation package holds a few dozen at most")
    if sum(member.file_size for member in members) > LARGEST_PACKAGE:
        raise BadPackage(f"{name} would take more than {LARGEST_PACKAGE // 2**30} GB when unpacked; no package does")
    tops = set()
    for member in members:
        parts = member.filename.rstrip("/").split("/")
        if not all(_safe(part) for part in parts):
            raise BadPackage(f"{name} holds a file with the unsafe name {member.filename!r}")
        kind = stat.S_IFMT(member.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise BadPackage(f"{name} holds {member.filename!r}, which is a link or a device, not a file")
        if member.flag_bits & 1:
            raise BadPackage(f"{name} is encrypted")
        tops.add(parts[0])
    if len({member.filename for member in members}) != len(members):
        raise BadPackage(f"{name} holds the same file twice")
    metadata = {f"{top}/metadata.json" for top in tops} & {member.filename for member in members}
    if len(tops) != 1 or not metadata:
        raise BadPackage(f"{name} is not an Argos package: it must hold one folder with a metadata.json")
    return tops.pop()


def _safe(part: str) -> bool:
    """Say whether a part of a path names a file in its folder and nothing else, on every system."""
    return bool(part.strip(". ")) and part.isprintable() and not set(part) & set('\\:*?"<>|') and len(part) < 200


def _unpack_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, staging: Path, room: int, name: str) -> int:
    """Return how many bytes the member took; sizes are counted, not believed."""
    target = staging / member.filename
    if member.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        return 0
    target.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with archive.open(member) as source, target.open("xb") as file:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            if written > room:
                raise BadPackage(f"{name} takes more than {LARGEST_PACKAGE // 2**30} GB when unpacked; no package does")
            file.write(chunk)
    return written


def _try_model(package: ArgosPackage) -> None:
    from indexer.translation.argos import try_package

    try_package(package)


def _move_in(unpacked: Path, folder: Path) -> Path:
    """Put the folder in its place; an older one of that name goes to staging, to be removed with it."""
    place = folder / unpacked.name
    older = unpacked.parent / f"{unpacked.name}.old"
    try:
        if place.exists() or place.is_symlink():
            place.rename(older)
        unpacked.rename(place)
    except OSError as error:
        if older.exists() and not place.exists():
            older.rename(place)
        raise BadPackage(f"the package can't be put in {folder}: {error.strerror}") from error
    return place
