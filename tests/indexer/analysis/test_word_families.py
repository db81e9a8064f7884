"""Every form of a word in the seeds: at which level the plain word meets it, and that nothing else is met."""

import re
import unicodedata
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


def lookalikes() -> dict[str, tuple[str, Counter[str]]]:
    """Read the table: word, the letters of its family, occurrences of other words that have them."""
    table = {}
    for line in (Path(__file__).parent / "lookalikes.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, letters, cell = line.split("\t")
            forms = cell.split()
            table[word] = letters, Counter(dict(zip(forms[::2], map(int, forms[1::2]), strict=True)))
    return table


def without_marks(text: str) -> str:
    """Leave out the marks of vowels."""
    return "".join(character for character in text if not unicodedata.combining(character))


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


def test_the_table_has_every_word_of_the_texts_with_the_letters_that_is_no_other_word(texts: list[str]) -> None:
    runs = [run for text in texts for run in re.findall(r"[\u0621-\u0652]+", text)]
    other = lookalikes()
    assert other.keys() == families().keys()
    for word, levels in families().items():
        letters, others = other[word]
        with_letters = Counter(run for run in runs if re.search(letters, without_marks(run)))
        family = sum((forms for level, forms in levels.items()), Counter[str]())
        assert with_letters == family + others, word


@pytest.mark.parametrize(
    ("one", "other"), [("قتيل", "قتل"), ("قتيل", "مقتل"), ("إرهابي", "إرهاب"), ("سوريا", "السورية"), ("كتاب", "مكتبة")]
)
def test_words_that_the_lexicon_keeps_apart_meet_by_the_stem_at_most(one: str, other: str, analyzer: Analyzer) -> None:
    forms = analyzer.forms(one)
    assert forms is not None
    keys = word_keys(forms, analyzer)
    met = [keys[term.key] for term in analyzer.analyze(other)[0].terms if term.key in keys]
    assert all(level.rank >= Level.STEM.rank for level in met)
