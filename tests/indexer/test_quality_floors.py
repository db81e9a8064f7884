"""What the search must find at least, through the whole product, on judged sets (the floors: quality_floors.json)."""

import json
from pathlib import Path

import pytest

from indexer.evaluation import evaluate
from indexer.lexicon import load_lexicon

FLOORS = json.loads((Path(__file__).parent / "quality_floors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FLOORS)
def test_the_search_finds_as_well_as_it_did(name: str, measuring_data: Path) -> None:
    pytest.importorskip("ir_measures", reason='measuring needs the extra: pip install "sijill[eval]"')
    if load_lexicon() is None:
        pytest.skip('the lexicon is not installed: pip install "sijill[lexicon]"')
    floors = dict(FLOORS[name])
    measured = evaluate(measuring_data / name.split()[0], translations=floors.pop("translations")).metrics
    assert {key: value for key, value in measured.items() if value < floors[key]} == {}
