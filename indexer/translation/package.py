"""What a translation package is: a folder with its metadata, its tokenizer and its model."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.errors import BadPackage

LARGEST_METADATA = 2**20


@dataclass(frozen=True, slots=True)
class ArgosPackage:
    """An unpacked package that can be run. `path` is its folder; `tokenizer` the file that its words are cut by."""

    path: Path
    tokenizer: Path
    source: str
    target: str
    version: str
    target_prefix: str

    @property
    def name(self) -> str:
        """The name it is listed and removed by: its folder's."""
        return self.path.name

    @property
    def model(self) -> str:
        """The name kept with every line it translates (`translate-ar_en-1_0`)."""
        return f"translate-{self.source}_{self.target}-{self.version.replace('.', '_')}"

    @property
    def model_folder(self) -> Path:
        """The CTranslate2 model."""
        return self.path / "model"

    def content_hash(self) -> str:
        """Return the SHA-256 of all that decides how a sentence comes out: model, vocabulary, tokenizer, prefix.

        It is the same wherever the package is installed.
        """
        digest = hashlib.sha256(self.target_prefix.encode())
        files = [*sorted(file for file in self.model_folder.iterdir() if file.is_file()), self.tokenizer]
        for file in files:
            with file.open("rb") as opened:
                digest.update(file.name.encode())
                digest.update(hashlib.file_digest(opened, "sha256").digest())
        return digest.hexdigest()


def read_package(path: Path) -> ArgosPackage:
    """Return the package in a folder; raises BadPackage when it is incomplete or no translation package.

    Any pair of languages will do; `check_languages` decides whether it can serve here.
    """
    metadata = _metadata(path / "metadata.json", path.name)
    if metadata.get("type", "translate") != "translate":
        raise BadPackage(f"the package {path.name} is of type {metadata['type']!r}, not a translation package")
    source, target = metadata.get("from_code"), metadata.get("to_code")
    if not (isinstance(source, str) and isinstance(target, str) and source and target):
        raise BadPackage(f"the package {path.name} does not say which languages it translates")
    tokenizers = [path / "sentencepiece.model", path / "bpe.model"]
    tokenizer = next((file for file in tokenizers if file.is_file()), None)
    if tokenizer is None:
        raise BadPackage(f"the package {path.name} has no sentencepiece.model or bpe.model")
    if not (path / "model" / "model.bin").is_file():
        raise BadPackage(f"the package {path.name} has no model/model.bin")
    version, prefix = metadata.get("package_version", ""), metadata.get("target_prefix", "")
    if not (isinstance(version, str) and isinstance(prefix, str)):
        raise BadPackage(f"the metadata.json of the package {path.name} can't be read")
    return ArgosPackage(path, tokenizer, source, target, version, prefix)


def _metadata(path: Path, name: str) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST_METADATA:
            raise BadPackage(f"the metadata.json of the package {name} is too large to be one")
        metadata = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise BadPackage(f"the package {name} has no metadata.json") from error
    except (OSError, ValueError, RecursionError) as error:
        raise BadPackage(f"the metadata.json of the package {name} can't be read") from error
    if not isinstance(metadata, dict):
        raise BadPackage(f"the metadata.json of the package {name} can't be read")
    return metadata
