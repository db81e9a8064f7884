"""Every form of a word in the seeds: at which level the plain word meets it, and that nothing else is met."""

from collections import Counter
from pathlib import Path

import pytest

from indexer.analysis import Analyzer, Level, known_words
from indexer.indexing import default_analyzer
from indexer.lexicon import load_lexicon
from indexer.query.forms import word_keys

Families = dict[str, dict[str, Counter[str]]]


def families() -> Families:
    """Read the table: word, level, form, occurrences."""
    table: Families = {}
    for line in (Path(__file__).parent / "families.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, level, cell = line.split("\t")
            forms = cell.split()
            table.setdefault(word, {})[level] = Counter(dict(zip(forms[::2], map(int, forms[1::2]), strict=True)))
    return table


@pytest.fixture(scope="module")
def texts(seeds: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(seeds.glob("*.txt"))]


@pytest.fixture(scope="module")
def analyzer(texts: list[str]) -> Analyzer:
    if load_lexicon() is None:
        pytest.skip('the lexicon is not installed: pip install "sijill[lexicon]"')
    return default_analyzer(known_words(texts))


@pytest.mark.parametrize(("word", "expected"), families().items(), ids=families())
def test_each_form_is_met_at_its_level_and_no_other_word_is(
    word: str, expected: dict[str, Counter[str]], analyzer: Analyzer, texts: list[str]
) -> None:
    forms = analyzer.forms(word)
    assert forms is not None
    keys = word_keys(forms, analyzer)
    found: dict[str, Counter[str]] = {}
    for text in texts:
        for token in analyzer.analyze(text):
            levels = [keys[term.key] for term in token.terms if term.key in keys]
            if levels:
                found.setdefault(str(min(levels, key=lambda level: level.rank)), Counter())[token.text] += 1
    assert found == expected


@pytest.mark.parametrize(
    ("one", "other"), [("قتيل", "قتل"), ("قتيل", "مقتل"), ("إرهابي", "إرهاب"), ("سوريا", "السورية"), ("كتاب", "مكتبة")]
)
def test_words_that_the_lexicon_keeps_apart_meet_by_the_stem_at_most(one: str, other: str, analyzer: Analyzer) -> None:
    forms = analyzer.forms(one)
    assert forms is not None
    keys = word_keys(forms, analyzer)
    met = [keys[term.key] for term in analyzer.analyze(other)[0].terms if term.key in keys]
    assert all(level.rank >= Level.STEM.rank for level in met)
