"""What is installed."""

import json
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import BadPackage, NoModel
from indexer.translation.package import ArgosPackage, read_package

SOURCE = "ar"
TARGET = "en"

HOW_TO_INSTALL = (
    "install one with `sijill models install ar en` (network), or `sijill models install FILE` with an .argosmodel file"
)


@dataclass(frozen=True, slots=True)
class InstalledPackage:
    """A folder where packages live: `package` if it can be run, else `problem` says in a sentence why not."""

    name: str
    path: Path
    package: ArgosPackage | None
    problem: str | None = None


def packages_folder() -> Path:
    """Return where Argos Translate keeps its packages, without making the folder.

    As in `argostranslate.settings`: `ARGOS_PACKAGES_DIR` in the environment or in its settings file, else under
    `XDG_DATA_HOME`.
    """
    home = Path.home()
    chosen = os.environ.get("ARGOS_PACKAGES_DIR")
    if chosen is None:
        config = Path(os.environ.get("XDG_CONFIG_HOME", home / ".config"))
        with suppress(OSError, ValueError, AttributeError):
            chosen = json.loads((config / "argos-translate" / "settings.json").read_text()).get("ARGOS_PACKAGES_DIR")
    if chosen is not None:
        return Path(chosen)
    return Path(os.environ.get("XDG_DATA_HOME", home / ".local" / "share")) / "argos-translate" / "packages"


def check_languages(package: ArgosPackage, source: str = SOURCE, target: str = TARGET) -> None:
    """Raise BadPackage unless the package translates from `source` to `target`."""
    if (package.source, package.target) != (source, target):
        raise BadPackage(
            f"the package {package.name} translates {package.source} to {package.target}, not {source} to {target}"
        )


def list_installed(folder: Path | None = None) -> tuple[InstalledPackage, ...]:
    """Return every folder where packages live, by name, the broken ones with what is wrong."""
    folder = folder or packages_folder()
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise NoModel(f"the folder of translation packages {folder} can't be read: {error.strerror}") from error
    return tuple(_installed(path) for path in paths)


def find_package(
    name: str | Path | None = None, *, source: str = SOURCE, target: str = TARGET, folder: Path | None = None
) -> ArgosPackage:
    """Return the package to translate with: by installed name, by the path of its folder, or the newest of the pair.

    Raises NoModel when there is none, saying how to install one.
    """
    if name is not None:
        return _named_package(name, source, target, folder)
    serving = [
        installed.package
        for installed in list_installed(folder)
        if installed.package and (installed.package.source, installed.package.target) == (source, target)
    ]
    if not serving:
        raise NoModel(f"no translation package for {source} to {target} is installed; {HOW_TO_INSTALL}")
    return max(serving, key=lambda package: version_key(package.version))


def version_key(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d{1,9}", version))


def _installed(path: Path) -> InstalledPackage:
    try:
        return InstalledPackage(path.name, path, read_package(path))
    except BadPackage as error:
        return InstalledPackage(path.name, path, None, str(error))
    except OSError as error:
        return InstalledPackage(path.name, path, None, f"the package {path.name} can't be read: {error.strerror}")


def _named_package(name: str | Path, source: str, target: str, folder: Path | None) -> ArgosPackage:
    installed = {installed.name: installed for installed in list_installed(folder)}
    models = {one.package.model: one for one in installed.values() if one.package}
    found = installed.get(str(name)) or models.get(str(name))
    if found and found.problem:
        raise BadPackage(found.problem)
    path = found.path if found else Path(name)
    if path.is_file():
        raise NoModel(f"{path} is a file; install it first: `sijill models install {path}`")
    if not path.is_dir():
        raise NoModel(f"no translation package {str(name)!r} is installed; {HOW_TO_INSTALL}")
    package = read_package(path)
    check_languages(package, source, target)
    return package
