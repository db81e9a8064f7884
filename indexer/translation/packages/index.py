"""What Argos Translate's package index offers, and installing from it: the only code here that uses the network."""

import hashlib
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any

from indexer.errors import BadPackage, NoModel
from indexer.translation.package import ArgosPackage
from indexer.translation.packages.installed import SOURCE, TARGET, packages_folder, version_key
from indexer.translation.packages.installing import LARGEST_PACKAGE, install_file, staging_folder

LARGEST_INDEX = 16 * 2**20
SECONDS_TO_WAIT = 30
_CHUNK = 2**20
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,127}")
_SHA256 = re.compile(r"(?:sha256:)?([0-9a-f]{64})", re.IGNORECASE)

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class AvailablePackage:
    """A package that the index offers. `sha256` is None where the index gives no checksum."""

    name: str
    source: str
    target: str
    version: str
    links: tuple[str, ...]
    sha256: str | None = None


def list_available(*, source: str | None = None, target: str | None = None) -> tuple[AvailablePackage, ...]:
    """Return the translation packages that Argos Translate's index offers. Uses the network."""
    address = _index_address()
    try:
        with _open(address) as response:
            listed = json.loads(response.read(LARGEST_INDEX))
    except (OSError, HTTPException, ValueError, RecursionError) as error:
        raise NoModel(
            f"the package index {address} can't be read ({_reason(error)}); "
            "without a network, install from a file: `sijill models install FILE`"
        ) from error
    if not isinstance(listed, list):
        raise NoModel(f"the package index {address} is not a list of packages")
    offers = [offer for offer in map(_offer, listed) if offer]
    return tuple(offer for offer in offers if source in (None, offer.source) and target in (None, offer.target))


def install_pair(
    source: str = SOURCE, target: str = TARGET, *, folder: Path | None = None, progress: Progress | None = None
) -> ArgosPackage:
    """Download the newest package of a language pair, compare its checksum where there is one, and install it."""
    offers = list_available(source=source, target=target)
    if not offers:
        raise NoModel(f"the package index offers no translation package for {source} to {target}")
    offer = max(offers, key=lambda offer: version_key(offer.version))
    folder = folder or packages_folder()
    with staging_folder(folder) as staging:
        file = staging / f"{offer.name}.argosmodel"
        _download(offer, file, progress)
        return install_file(file, folder=folder, source=source, target=target)


def _index_address() -> str:
    try:
        from argostranslate import settings
    except OSError as error:
        raise NoModel(
            f"Argos Translate can't make its folders ({error}); set XDG_DATA_HOME, XDG_CONFIG_HOME and XDG_CACHE_HOME "
            "to folders that can be written, or install from a file: `sijill models install FILE`"
        ) from error
    return str(settings.remote_package_index)


def _offer(entry: object) -> AvailablePackage | None:
    if not isinstance(entry, dict) or entry.get("type", "translate") != "translate":
        return None
    source, target, version = entry.get("from_code"), entry.get("to_code"), entry.get("package_version")
    links = entry.get("links")
    if not (isinstance(source, str) and isinstance(target, str) and isinstance(version, str)):
        return None
    if not isinstance(links, list):
        return None
    name = f"translate-{source}_{target}-{version.replace('.', '_')}"
    if not _NAME.fullmatch(name):
        return None
    sums = (entry.get(key) for key in ("sha256", "checksum", "hash"))
    found = (_SHA256.fullmatch(value.strip()) for value in sums if isinstance(value, str))
    checksum = next((match[1].lower() for match in found if match), None)
    return AvailablePackage(
        name, source, target, version, tuple(link for link in links if isinstance(link, str)), checksum
    )


def _download(offer: AvailablePackage, file: Path, progress: Progress | None) -> None:
    """Fetch the package from the first of its links that gives it whole."""
    problems = []
    for link in offer.links:
        if not _trusted(link, offer.sha256):
            continue
        try:
            digest = _fetch(link, file, progress, offer.sha256)
        except (OSError, HTTPException, ValueError) as error:
            problems.append(f"{link}: {_reason(error)}")
            continue
        if offer.sha256 in (None, digest):
            return
        problems.append(f"{link}: its checksum is not the index's")
    raise BadPackage(f"{offer.name} can't be downloaded ({'; '.join(problems) or 'no link that can be trusted'})")


def _fetch(link: str, file: Path, progress: Progress | None, checksum: str | None) -> str:
    digest = hashlib.sha256()
    done = 0
    with _open(link) as response, file.open("wb") as out:
        if not _trusted(response.geturl(), checksum):
            raise ValueError("it leads to an address that is not secure")
        total = int(response.headers.get("Content-Length") or 0) or None
        while chunk := response.read(_CHUNK):
            done += len(chunk)
            if done > LARGEST_PACKAGE:
                raise ValueError("it is too large to be a package")
            digest.update(chunk)
            out.write(chunk)
            if progress:
                progress(done, total)
    if total is not None and done != total:
        raise ValueError("it broke off")
    return digest.hexdigest()


def _trusted(link: str, checksum: str | None) -> bool:
    """Say whether a download from there is what the index meant: by its certificate, or else by its checksum."""
    address = urllib.parse.urlsplit(link)
    if address.scheme == "https":
        return True
    return address.scheme == "http" and (checksum is not None or address.hostname in ("localhost", "127.0.0.1", "::1"))


def _open(address: str) -> Any:
    if urllib.parse.urlsplit(address).scheme not in ("http", "https"):
        raise ValueError("it is not a web address")
    request = urllib.request.Request(address, headers={"User-Agent": "sijill"})  # noqa: S310  the scheme is checked
    return urllib.request.urlopen(request, timeout=SECONDS_TO_WAIT)  # noqa: S310


def _reason(error: BaseException) -> str:
    if isinstance(error, urllib.error.URLError) and not isinstance(error, urllib.error.HTTPError):
        return str(getattr(error.reason, "strerror", None) or error.reason)
    return str(error) or type(error).__name__
