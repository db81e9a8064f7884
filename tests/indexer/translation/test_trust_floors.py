"""How often the trust checks are right on recorded sentences, held above floors; lowering one is a visible diff."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent
FLOORS: dict[str, float] = json.loads((HERE / "trust_floors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    """The measuring script beside the tests."""
    spec = importlib.util.spec_from_file_location("bench_trust", HERE.parents[1] / "bench" / "trust.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def shares(bench: ModuleType, measuring_data: Path) -> dict[str, float]:
    """The shares on the rows that no threshold was chosen on."""
    measured: dict[str, float] = bench.measure(measuring_data)
    return measured


@pytest.mark.parametrize("name", [name for name in FLOORS if name != "references_flagged_at_most"])
def test_planted_errors_get_the_right_reason(name: str, shares: dict[str, float]) -> None:
    assert shares[name] >= FLOORS[name]


def test_human_translations_are_seldom_doubted(shares: dict[str, float]) -> None:
    assert shares["references_flagged"] <= FLOORS["references_flagged_at_most"]


def test_no_reviewed_line_of_the_seeds_is_doubted(bench: ModuleType) -> None:
    assert bench.flagged(bench.reviewed_seeds()) == []
