"""Reading queries: from what a person types to what an engine is asked."""

from indexer.query.compile import compile_query, is_question, relaxation, surface
from indexer.query.explain import explain
from indexer.query.reading import read_query
from indexer.query.syntax import Query

__all__ = ["Query", "compile_query", "explain", "is_question", "read_query", "relaxation", "surface"]
