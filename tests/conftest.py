"""Fixtures that every test may use."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five seed texts."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def measuring_data() -> Path:
    """The folder of the sets for measuring; the test is skipped where it is absent."""
    folder = Path(os.environ.get("SIJILL_EVAL_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the sets for measuring are not at {folder}; set SIJILL_EVAL_DATA to where they are")
    return folder
