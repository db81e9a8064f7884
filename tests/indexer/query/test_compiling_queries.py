"""What an engine is asked for a query."""

from pathlib import Path

import pytest

from indexer.analysis import Analyzer, Level
from indexer.engine.interface import AnyClause, Clause, FilterClause, PhraseClause, Side, WordClause, Zone
from indexer.query import compile_query, read_query
from indexer.query.weights import LEVEL, SIDE, ZONE, weight

PHRASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "phrases.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("# ")
]


def nothing(prefix: str, limit: int) -> list[tuple[str, int]]:
    return []


def stands_in(clause: Clause, text: str, analyzer: Analyzer) -> bool:
    """Say whether a clause is met by a text, by terms and positions alone."""
    tokens = analyzer.analyze(text)
    words, gaps = (clause.words, clause.gaps) if isinstance(clause, PhraseClause) else ((clause,), (0,))
    asked = [{term.key for term in word.terms} for word in words]  # type: ignore[union-attr]
    return any(
        all(
            start + gap < len(tokens) and any(term.key in keys for term in tokens[start + gap].terms)
            for keys, gap in zip(asked, gaps, strict=True)
        )
        for start in range(len(tokens))
    )


@pytest.mark.parametrize("row", PHRASES, ids=lambda row: f"{row[0]} in {row[1]}")
def test_a_phrase_is_adjacent_in_order_folded_and_not_stemmed(row: list[str]) -> None:
    analyzer = Analyzer(frozenset({"الصحراء", "دولي", "تحالف"}))
    request = compile_query(read_query(f'"{row[0]}"'), analyzer, nothing)
    assert stands_in(request.required[0], row[1], analyzer) == (row[2] == "yes")


def test_a_quoted_word_does_not_meet_a_word_that_only_looks_like_particle_and_word() -> None:
    analyzer = Analyzer(frozenset({"الكتاب", "تاب", "الفرد"}))
    for quoted, text in (("تاب", "كتاب"), ("رد", "فرد")):
        request = compile_query(read_query(f'"{quoted}"'), analyzer, nothing)
        assert not stands_in(request.required[0], text, analyzer)


def test_an_arabic_word_is_looked_for_in_the_original_alone_and_others_everywhere() -> None:
    request = compile_query(read_query("مدنيين civilians 3035"), Analyzer(), nothing)
    sides = [{term.field.side for term in clause.terms} for clause in request.wanted if isinstance(clause, WordClause)]
    assert sides == [{Side.ORIGINAL}, set(Side), set(Side)]


def test_asides_are_searched_only_when_asked() -> None:
    def zones(text: str) -> set[Zone]:
        clause = compile_query(read_query(text), Analyzer(), nothing).wanted[0]
        assert isinstance(clause, WordClause)
        return {term.field.zone for term in clause.terms}

    assert zones("مدنيين") == {Zone.TITLE, Zone.TEXT}
    assert zones("مدنيين in:all") == set(Zone)


def test_levels_narrow_what_is_looked_up() -> None:
    def levels(text: str, **options: frozenset[Level]) -> set[Level]:
        clause = compile_query(read_query(text), Analyzer(), nothing, **options).wanted[0]  # type: ignore[arg-type]
        assert isinstance(clause, WordClause)
        return {term.level for term in clause.terms}

    assert levels("العُزَّل") == {Level.EXACT, Level.FOLDED, Level.LIGHT}
    assert levels("level:folded العُزَّل") == {Level.EXACT, Level.FOLDED}
    assert levels("العُزَّل", levels=frozenset({Level.EXACT})) == {Level.EXACT}
    assert levels("civilians") == {Level.EXACT, Level.FOLDED, Level.STEMMED, Level.GLOSS}
    assert levels("level:exact civilians") == {Level.EXACT}


def test_a_term_is_asked_for_once_in_a_field_at_its_best_level() -> None:
    for text in ("المدنيين", "دير", "العُزَّل", "civilians", "3035"):
        clause = compile_query(read_query(text), Analyzer(frozenset({"دير", "مدني"})), nothing).wanted[0]
        assert isinstance(clause, WordClause)
        places = [(term.field, term.key) for term in clause.terms]
        assert len(places) == len(set(places))


def test_words_written_as_one_are_wanted_adjacent_at_every_level() -> None:
    clause = compile_query(read_query("#دير_الزور"), Analyzer(), nothing).wanted[0]
    assert isinstance(clause, PhraseClause)
    assert clause.surface == "دير_الزور"
    assert clause.gaps == (0, 1)
    baghuz = compile_query(read_query("al-Baghuz"), Analyzer(), nothing).wanted[0]
    assert isinstance(baghuz, WordClause)
    assert baghuz.surface == "al-Baghuz"


def test_fields_become_filters_matched_whole_and_folded() -> None:
    request = compile_query(read_query('outlet:"عنب بلدى" date:2019-03.. date:none'), Analyzer(), nothing)
    assert request.required == (
        FilterClause("outlet", ("عنب بلدي", "enab baladi")),
        FilterClause("day", (), "2019-03", None),
        FilterClause("day", ("none",)),
    )


def test_brackets_and_or_are_multiplied_out() -> None:
    request = compile_query(read_query("(مدنيين الباغوز) OR أطفال"), Analyzer(), nothing)
    assert [
        [option.surface for option in clause.clauses if isinstance(option, WordClause)]
        for clause in request.wanted
        if isinstance(clause, AnyClause)
    ] == [["مدنيين", "أطفال"], ["الباغوز", "أطفال"]]


def test_a_prefix_is_met_after_the_article_too_and_is_bounded() -> None:
    vocabulary = [("xالمدنيين", 9), ("xمدنيون", 4), ("fمدنيا", 2), ("xدمشق", 50), ("x_من", 99)]
    vocabulary += [(f"xمدني{number}", 1) for number in range(1_000)]

    def terms(prefix: str, limit: int) -> list[tuple[str, int]]:
        return sorted((pair for pair in vocabulary if pair[0].startswith(prefix)), key=lambda pair: -pair[1])[:limit]

    clause = compile_query(read_query("مدني*"), Analyzer(), terms).wanted[0]
    assert isinstance(clause, WordClause)
    keys = {term.key: term.level for term in clause.terms}
    assert keys["xالمدنيين"] is Level.LIGHT
    assert keys["xمدنيون"] is Level.FOLDED
    assert "xدمشق" not in keys
    assert len(keys) == 200


def test_one_wrong_letter_is_forgiven_when_asked() -> None:
    vocabulary = [("xالباغوز", 9), ("xالباغور", 1), ("xالباب", 5)]

    def terms(prefix: str, limit: int) -> list[tuple[str, int]]:
        return [pair for pair in vocabulary if pair[0].startswith(prefix)][:limit]

    clause = compile_query(read_query("الباغور~"), Analyzer(), terms).wanted[0]
    assert isinstance(clause, WordClause)
    assert {term.key for term in clause.terms} == {"xالباغوز", "xالباغور"}


def test_what_is_met_only_by_gloss_or_name_counts_less_than_a_light_match_in_the_same_zone() -> None:
    assert max(LEVEL[Level.GLOSS], LEVEL[Level.NAME]) < LEVEL[Level.LIGHT]
    for table in (LEVEL, SIDE, ZONE):
        assert all(0 < value <= 1 for value in table.values())
    assert weight(Level.EXACT, Side.ORIGINAL, Zone.TITLE) > weight(Level.EXACT, Side.MACHINE, Zone.TITLE)


@pytest.mark.parametrize("typed", ["3035", "3,035", "٣٠٣٥", "٣٬٠٣٥", "۳۰۳۵"])
@pytest.mark.parametrize("text", ["3035", "3,035", "٣٠٣٥", "٣٬٠٣٥"])
def test_a_number_is_found_however_it_is_written(typed: str, text: str) -> None:
    analyzer = Analyzer()
    assert stands_in(compile_query(read_query(typed), analyzer, nothing).wanted[0], text, analyzer)


def test_a_word_typed_twice_is_wanted_once() -> None:
    assert len(compile_query(read_query("مدنيين أطفال مدنيين"), Analyzer(), nothing).wanted) == 2


def test_minimum_and_forbidden_pass_through() -> None:
    request = compile_query(read_query("مدنيين أطفال -قتيل"), Analyzer(), nothing, minimum=1)
    assert request.minimum == 1
    forbidden = request.forbidden[0]
    assert isinstance(forbidden, WordClause)
    assert {term.level for term in forbidden.terms} <= {Level.EXACT, Level.FOLDED, Level.LIGHT}
