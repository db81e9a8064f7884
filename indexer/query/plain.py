"""The analysis of a query by itself, before any index is asked."""

from functools import cache

from indexer.analysis import Analyzer


@cache
def plain_analyzer() -> Analyzer:
    """Return an analyzer that knows no corpus: enough to tell words and stop words apart."""
    return Analyzer()
