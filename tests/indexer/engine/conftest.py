"""An engine over small made-up entries."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from indexer.analysis.token import Level, Term
from indexer.engine.interface import (
    SENTENCE_GAP,
    Clause,
    Entry,
    Field,
    PhraseClause,
    SearchRequest,
    Side,
    WeightedTerm,
    WordClause,
    Zone,
)
from indexer.engine.whoosh_engine import WhooshEngine

TEXT = Field(Side.ORIGINAL, Zone.TEXT)
TITLE = Field(Side.ORIGINAL, Zone.TITLE)
REVIEWED = Field(Side.REVIEWED, Zone.TEXT)
MACHINE = Field(Side.MACHINE, Zone.TEXT)
STAMP = "made-up"


class Bench:
    """Makes entries and requests of lower-case words: a word's light form is the word without a final `s`."""

    def entry(
        self, id: str, filters: Mapping[str, Sequence[str]] | None = None, *, revision: int = 1, **fields: str
    ) -> Entry:
        """Return an entry; `text`, `title`, `reviewed` and `machine` hold words, sentences parted by a full stop."""
        places = {"text": TEXT, "title": TITLE, "reviewed": REVIEWED, "machine": MACHINE}
        postings: dict[Field, dict[str, list[int]]] = {}
        lengths: dict[Field, int] = {}
        for name, text in fields.items():
            terms = postings.setdefault(places[name], {})
            at = 0
            for sentence in text.split("."):
                for word in sentence.split():
                    for key in dict.fromkeys((Term(Level.EXACT, word).key, Term(Level.LIGHT, light(word)).key)):
                        terms.setdefault(key, []).append(at)
                    at += 1
                at += SENTENCE_GAP
            lengths[places[name]] = len(text.replace(".", " ").split())
        return Entry(id, revision, postings, lengths, filters or {})

    def word(self, text: str, *fields: Field, weight: float = 1.0) -> WordClause:
        """Return a word looked for as written and by its light form."""
        terms = [
            WeightedTerm(field, term.key, term.level, weight * share)
            for field in fields or (TEXT, TITLE, REVIEWED, MACHINE)
            for term, share in ((Term(Level.EXACT, text), 1.0), (Term(Level.LIGHT, light(text)), 0.7))
        ]
        return WordClause(text, tuple(terms))

    def phrase(self, text: str) -> PhraseClause:
        """Return words that must stand next to each other."""
        words = tuple(self.word(word) for word in text.split())
        return PhraseClause(text, words, tuple(range(len(words))))

    def request(self, *words: str | Clause, **more: object) -> SearchRequest:
        """Return a request for words, or clauses."""
        wanted = tuple(self.word(word) if isinstance(word, str) else word for word in words)
        return SearchRequest(wanted, **more)  # type: ignore[arg-type]


def light(word: str) -> str:
    """Return a word without a final s."""
    return word.removesuffix("s")


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def engine(folder: Path) -> WhooshEngine:
    return WhooshEngine(folder, STAMP)
