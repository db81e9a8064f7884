"""Words, their written and folded forms, and where they stand in the text."""

import csv
from itertools import pairwise
from pathlib import Path

import pytest

from indexer.analysis import (
    Analyzer,
    Level,
    Script,
    casefold,
    filter_value,
    fold,
    fold_latin,
    known_words,
    script,
    words,
    written,
)
from indexer.analysis.analyzer import STOP_MARK


def rows(name: str) -> list[list[str]]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("# ")]


@pytest.mark.parametrize("row", rows("folded.tsv"), ids=lambda row: row[2])
def test_a_word_folds_to_its_letters(row: list[str]) -> None:
    assert fold(row[0]) == row[1]


@pytest.mark.parametrize("row", rows("tokens.tsv"), ids=lambda row: row[0])
def test_a_text_is_cut_into_whole_surface_words(row: list[str]) -> None:
    found = [word for _, _, word in words(row[0])]
    assert found == [word for word in row[1].split("|") if word] or [
        token.text for token in Analyzer().analyze(row[0])
    ] == row[1].split("|")


@pytest.mark.parametrize("row", rows("numbers.tsv"), ids=lambda row: row[0])
def test_a_number_has_one_term_however_it_is_written(row: list[str]) -> None:
    forms = Analyzer().forms(row[0])
    assert forms is not None
    assert forms.script is Script.NUMBER
    assert forms.folded == row[1]


def test_folding_agrees_with_lucene(measuring_data: Path) -> None:
    with (measuring_data / "stem" / "lucene_norm.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            assert fold(row["input"]) == row["normalised"]


def test_the_chain_agrees_with_lucene(measuring_data: Path) -> None:
    analyzer = Analyzer()
    with (measuring_data / "stem" / "lucene_analyzer.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            tokens = [token for token in analyzer.analyze(row["input"]) if not token.stop]
            assert " ".join(token.terms[-1].text for token in tokens) == row["tokens"]


def test_offsets_give_back_the_surface_word_whatever_folding_did_to_its_length(seeds: Path) -> None:
    strange = "ﻻجئون وﷲ‏ العُـــزَّل\N{ZERO WIDTH NON-JOINER} é naïve ٣٬٠٣٥ 24.10.2017 #دير_الزور\0\ud800x"
    for text in [strange, *(path.read_text(encoding="utf-8") for path in sorted(seeds.glob("*.txt")))]:
        tokens = Analyzer().analyze(text)
        assert all(text[token.start : token.end] == token.text for token in tokens)
        assert all(one.end <= other.start for one, other in pairwise(tokens))
        assert [token.position for token in tokens] == list(range(len(tokens)))


def test_no_letter_or_digit_of_a_seed_is_left_outside_a_word(seeds: Path) -> None:
    for path in sorted(seeds.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        covered = {i for token in Analyzer().analyze(text) for i in range(token.start, token.end)}
        assert [c for i, c in enumerate(text) if c.isalnum() and i not in covered] == []


def test_the_written_form_keeps_diacritics_and_drops_what_is_not_seen() -> None:
    assert written("الع\N{ARABIC TATWEEL}\N{ARABIC TATWEEL}ُزَّل") == "العُزَّل"
    assert written("الباغوز\N{RIGHT-TO-LEFT MARK}") == "الباغوز"
    assert written("قّ\N{ARABIC FATHA}") == written("ق\N{ARABIC FATHA}\N{ARABIC SHADDA}")
    assert written("العزل") != written("العُزَّل")


def test_latin_words_are_case_folded_and_keep_one_apostrophe() -> None:
    assert casefold("Da’esh") == "da'esh"
    assert fold_latin("ḥamāʾ") == "hama"
    assert script("al-Baghuz") is None


def test_filter_values_meet_in_any_spelling() -> None:
    assert filter_value("عنب  بلدي") == filter_value(" عنب بلدى")
    assert filter_value("SPUTNIK") == "sputnik"


def test_stop_words_are_indexed_apart_so_that_only_a_phrase_meets_them() -> None:
    analyzer = Analyzer()
    tokens = {token.text: token for token in analyzer.analyze("على علي في وفي the US us it")}
    assert {text for text, token in tokens.items() if token.stop} == {"على", "في", "وفي", "the", "it"}
    assert all(term.text.startswith(STOP_MARK) for term in tokens["على"].terms)
    assert not any(term.text.startswith(STOP_MARK) for term in tokens["علي"].terms)


def test_an_english_word_meets_its_inflections_and_its_possessive() -> None:
    analyzer = Analyzer()
    assert analyzer.analyze("strikes")[0].terms[-1] == (Level.STEMMED, "strike")
    assert analyzer.analyze("Syria's")[0].terms[-1] == (Level.STEMMED, "syria")
    assert [term.level for term in analyzer.analyze("strike")[0].terms] == [Level.EXACT]


def test_a_form_that_repeats_a_better_one_is_indexed_once() -> None:
    terms = Analyzer().analyze("العُزَّل")[0].terms
    assert [(str(term.level), term.text) for term in terms] == [
        ("exact", "العُزَّل"),
        ("folded", "العزل"),
        ("light", "عزل"),
    ]
    assert [term.level for term in Analyzer().analyze("شخص")[0].terms] == [Level.EXACT]


def test_levels_that_are_off_give_no_terms() -> None:
    tokens = Analyzer(levels={Level.FOLDED}).analyze("العُزَّل الباغوز")
    assert [[term.level for term in token.terms] for token in tokens] == [[Level.FOLDED], [Level.FOLDED]]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0" * 100,
        "ا" * 100_000,
        "a" * 100_000,
        "1," * 50_000,
        "َ" * 1_000,
        "\ud800\udfff",
        "ـ" * 10_000,
        "ا\u200f" * 10_000,
    ],
    ids=[
        "nothing",
        "nul",
        "long Arabic",
        "long Latin",
        "long number",
        "marks alone",
        "surrogates",
        "tatweel",
        "controls",
    ],
)
def test_hostile_text_is_read_without_harm(text: str) -> None:
    tokens = Analyzer().analyze(text)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(len(term.text) <= 130 for token in tokens for term in token.terms)


def test_known_words_are_the_folded_arabic_words_of_the_corpus() -> None:
    assert known_words(["العُزَّل في 2019", "Baghouz"]) == {"العزل", "في"}


def test_the_stamp_changes_with_names_and_levels_but_not_with_the_corpus() -> None:
    plain = Analyzer().stamp()
    assert Analyzer(frozenset({"مدني"})).stamp() == plain
    assert Analyzer(protected=["السخنة"]).stamp() != plain
    assert Analyzer(levels={Level.EXACT}).stamp() != plain


def test_a_trace_names_the_rule_of_each_step() -> None:
    steps = Analyzer(frozenset({"مدني"})).trace("والمدنيِّين")
    assert [(str(step.level), step.text, step.rule, step.what) for step in steps] == [
        ("exact", "والمدنيِّين", "written", ""),
        ("folded", "والمدنيين", "marks_and_letters", ""),
        ("light", "مدنيين", "article", "وال"),
        ("light", "مدني", "suffix", "ين"),
        ("light", "مدن", "suffix", "ي"),
    ]
    assert [step.rule for step in Analyzer().trace("الرقة")] == ["written", "marks_and_letters", "clitic", "protected"]
    assert Analyzer().trace("؟") == []
