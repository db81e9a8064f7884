"""Argos packages: what is installed, what the index offers, install and remove.

A package is a zip named `.argosmodel`: one folder with `metadata.json`, a CTranslate2 model in `model/`, and
`sentencepiece.model` or `bpe.model`. They live where Argos Translate keeps its own, so that what one program
installs the other finds. Only `list_available` and `install_pair` use the network.
"""

from indexer.translation.package import ArgosPackage, read_package
from indexer.translation.packages.index import AvailablePackage, install_pair, list_available
from indexer.translation.packages.installed import (
    InstalledPackage,
    check_languages,
    find_package,
    list_installed,
    packages_folder,
)
from indexer.translation.packages.installing import install_file, remove

__all__ = [
    "ArgosPackage",
    "AvailablePackage",
    "InstalledPackage",
    "check_languages",
    "find_package",
    "install_file",
    "install_pair",
    "list_available",
    "list_installed",
    "packages_folder",
    "read_package",
    "remove",
]
