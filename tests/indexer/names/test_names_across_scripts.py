"""Which Arabic words a Latin spelling finds: by hand-made spellings, in the words of the seeds and of real articles."""

import gzip
import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pytest

from indexer.analysis import Analyzer, Level, fold, known_words
from indexer.indexing import default_analyzer
from indexer.lexicon import load_lexicon
from indexer.names.everyday import is_everyday
from indexer.query.variants import other_names, spelling_keys

ARTICLES = 800

NAMES = [
    line.split("\t")
    for line in (Path(__file__).parent / "latin_spellings.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


class Vocabulary:
    """The terms of some texts, as an engine lists them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.analyzer: Analyzer = default_analyzer(known_words(texts))
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update({term.key for token in self.analyzer.analyze(text) for term in token.terms})
        self.counts, self.keys = counts, sorted(counts)

    def terms(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        first = bisect_left(self.keys, prefix)
        last = bisect_left(self.keys, prefix + "\uffff")
        return sorted(((key, self.counts[key]) for key in self.keys[first:last]), key=lambda pair: -pair[1])[:limit]

    def first(self, spelling: str) -> set[str]:
        """Return the words that a spelling finds first: those of the gazetteer's names, else the nearest by sound."""
        assert self.analyzer.gazetteer is not None
        listed = other_names(self.analyzer.gazetteer, [spelling], lambda word: False).get(0, ())
        names = [fold(other.name) for other in listed if other.level is Level.NAME]
        if names:
            return {word.removeprefix("ال") for name in names for word in (name.replace(" ", ""), *name.split())}
        heard = spelling_keys(spelling, self.analyzer, self.terms, named=True)
        return {key.partition("|")[2] for key in list(heard)[:1]}


@pytest.fixture(scope="module")
def vocabulary(measuring_data: Path, seeds: Path) -> Vocabulary:
    if load_lexicon() is None:
        pytest.skip('the lexicon is not installed: pip install "sijill[lexicon]"')
    texts = [path.read_text(encoding="utf-8") for path in sorted(seeds.glob("*.txt"))]
    texts += ["ال" + name for names, _ in NAMES for name in names.split()]
    with gzip.open(measuring_data / "articles-ant.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts += [json.loads(line)["text"] for line in islice(lines, ARTICLES)]
    return Vocabulary(texts)


def test_there_are_spellings_enough() -> None:
    assert len(NAMES) >= 60
    assert sum(len(spellings.split()) for _, spellings in NAMES) >= 150


def test_the_right_word_comes_first(vocabulary: Vocabulary) -> None:
    tried = [(names.split(), spelling) for names, spellings in NAMES for spelling in spellings.split()]
    missed = [(names[0], spelling) for names, spelling in tried if vocabulary.first(spelling).isdisjoint(names)]
    assert len(missed) <= 0.05 * len(tried), missed


@pytest.mark.parametrize("word", ["hit", "hama", "Hit", "raqqa", "al-baghuz", "Deir Ezzor"])
def test_towns_that_look_like_english_words_are_found(word: str) -> None:
    gazetteer = default_analyzer().gazetteer
    assert gazetteer is not None
    others = other_names(gazetteer, word.split()).get(0, ())
    assert any(other.level is Level.NAME for other in others)


def test_everyday_words_are_not_names() -> None:
    lexicon = load_lexicon()
    if lexicon is None:
        pytest.skip('the lexicon is not installed: pip install "sijill[lexicon]"')
    everyday = ["hospital", "Bombs", "cities", "stopped", "the", "striking", "children", "water"]
    assert [word for word in everyday if not is_everyday(word, lexicon)] == []
    assert not any(is_everyday(word, lexicon) for word in ["Baghouz", "raqqa", "Khamenei", "Lavrov"])
