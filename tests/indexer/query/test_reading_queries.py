"""Queries as people type them: what is read, what is refused, and in which words."""

from contextlib import suppress
from pathlib import Path

import pytest

from indexer.analysis import Analyzer
from indexer.errors import QueryError
from indexer.query import Query, compile_query, explain, is_question, read_query, relaxation
from indexer.query.reading import LONGEST


def rows(name: str) -> list[list[str]]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("# ")]


@pytest.mark.parametrize("row", rows("refused.tsv"), ids=lambda row: row[0])
def test_a_query_that_can_not_be_read_gets_a_sentence(row: list[str]) -> None:
    with pytest.raises(QueryError) as refused:
        compile_query(read_query(row[0]), Analyzer(), lambda prefix, limit: [])
    assert refused.value.code == row[1]
    assert str(refused.value).endswith((".", ". ."))


@pytest.mark.parametrize("row", rows("accepted.tsv"), ids=lambda row: row[0])
def test_a_query_is_read_and_said_back(row: list[str]) -> None:
    query = read_query(row[0])
    request = compile_query(query, Analyzer(), lambda prefix, limit: [])
    clauses = f"{len(request.wanted)}/{len(request.required)}/{len(request.forbidden)}"
    assert (clauses, ",".join(note.code for note in explain(query))) == (row[1], row[2])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \t\n", "empty"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}\N{RIGHT-TO-LEFT MARK}", "empty"),
        ("\0\x01\x7f", "empty"),
        ("\ud800", "empty"),
        ("كلمة " * 2_000, "too_long"),
        ("x" * 10_240, "too_long"),
        ("كلمة " * 80, "too_many_words"),
        ('"' + "كلمة " * 80 + '"', "too_many_words"),
        ("(" * 400 + "كلمة", "too_deep"),
        (" OR ".join(["(أحمر أزرق أخضر أبيض)"] * 6), "too_complex"),
    ],
    ids=[
        "nothing",
        "white space",
        "bidi",
        "controls",
        "surrogate",
        "10 kB",
        "one long word",
        "words",
        "phrase",
        "brackets",
        "OR",
    ],
)
def test_hostile_queries_get_a_sentence(text: str, code: str) -> None:
    with pytest.raises(QueryError) as refused:
        compile_query(read_query(text), Analyzer(), lambda prefix, limit: [])
    assert refused.value.code == code
    assert len(str(refused.value)) < 300


def test_no_short_text_of_marks_breaks_the_reader() -> None:
    marks = [
        '"',
        "(",
        ")",
        "|",
        "-",
        "*",
        "~",
        ":",
        "OR",
        "NOT",
        "title:",
        "date:",
        "كلمة",
        "word",
        " ",
        "«",
        "\N{RIGHT-TO-LEFT MARK}",
    ]
    for one in marks:
        for two in marks:
            for three in marks:
                for text in (one + two + three, f"{one} {two} {three}"):
                    with suppress(QueryError):
                        query = read_query(text)
                        compile_query(query, Analyzer(), lambda prefix, limit: [])
                        explain(query)


def test_direction_controls_and_invisible_characters_change_nothing() -> None:
    plain = read_query("مدنيين -داعش outlet:سانا")
    mark = "\N{RIGHT-TO-LEFT MARK}"
    marked = read_query(f"\N{RIGHT-TO-LEFT EMBEDDING}مدنيين{mark} {mark}-داعش outlet:{mark}سانا")
    assert explain(plain) == explain(marked)


def test_parts_know_where_they_stand_in_the_text_as_typed() -> None:
    text = 'مدنيين "التحالف الدولي" al-Baghuz مدني* outlet:سانا'
    word, phrase, joined, prefix, outlet = read_query(text).root.parts
    assert [text[part.start : part.end] for part in (word, phrase, joined, prefix, outlet)] == [  # type: ignore[union-attr]
        "مدنيين",
        '"التحالف الدولي"',
        "al-Baghuz",
        "مدني",
        "outlet:سانا",
    ]


def test_a_text_of_the_longest_length_is_read() -> None:
    assert read_query("ك" * LONGEST).root.parts


@pytest.mark.parametrize(
    ("text", "tries", "question"),
    [
        ("مدنيين", (), False),
        ("مدنيين الباغوز", (1,), False),
        ("مدنيين الباغوز أطفال", (2, 1), False),
        ("مدنيين الباغوز أطفال الرقة", (1,), False),
        ("كم مدنيا قتل في الرقة؟", (1,), True),
        ("من قتل؟", (), False),
        ("كم مدنيا قتل في غارات التحالف على الرقة؟", (1,), True),
        ("how many civilians died near Baghouz camp", (1,), True),
        ('"التحالف الدولي" "دير الزور"', (), False),
        ("outlet:سانا مدنيين", (), False),
    ],
)
def test_words_can_be_left_out_but_never_quotes_and_fields(text: str, tries: tuple[int, ...], question: bool) -> None:
    query = read_query(text)
    assert relaxation(query) == tries
    assert is_question(query) is question


def test_a_query_without_notes_has_none() -> None:
    query: Query = read_query("مدنيين")
    assert query.notes == ()
    assert query.dropped == ()
