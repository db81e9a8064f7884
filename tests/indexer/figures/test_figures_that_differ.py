"""Figures that differ, side by side: within an item and across items, never resolved."""

from pathlib import Path

import pytest

from archive.cleaning import compose
from archive.document import Block, BlockKind, Declared, Document, PublicationDate, Reading, Sentence
from archive.sentences import split_sentences
from indexer.figures import Conflict, Difference, Figure, FigureKind, conflicts, mentioned_figures


def figures_in(text: str) -> tuple[Figure, ...]:
    sentences = tuple(Sentence(0, start, end) for start, end in split_sentences(text))
    blocks = (Block(BlockKind.BODY, 0, len(text)),)
    return mentioned_figures(Document(text, blocks, sentences, "", None, None, None, None, PublicationDate()))


def told(conflict: Conflict) -> list[tuple[str, int | None, tuple[str, ...]]]:
    return [(side.item, side.figure.low, side.figure.sources) for side in conflict.sides]


@pytest.fixture(scope="module")
def seed_figures(seeds: Path) -> dict[str, tuple[Figure, ...]]:
    figures = {}
    for path in sorted(seeds.glob("*.txt")):
        raw = path.read_bytes()
        reading = Reading(path.name, raw, raw.decode("utf-8"), "utf-8", "text/plain", Declared())
        figures[path.name[:3]] = mentioned_figures(compose(reading))
    return figures


def test_two_counts_of_the_same_people_stand_side_by_side_with_who_says_so() -> None:
    text = "قال ناشطون إن 30 مدنياً قتلوا في القصف. وأعلنت وزارة الصحة مقتل 18 مدنياً."
    (conflict,) = conflicts({"a": figures_in(text)})
    assert (conflict.difference, conflict.kind, conflict.who) == (Difference.NUMBER, FigureKind.KILLED, ("civilians",))
    assert told(conflict) == [("a", 30, ("ناشطون",)), ("a", 18, ("وزارة الصحة",))]


def test_items_are_compared_with_each_other() -> None:
    first, second = figures_in("مقتل 20 مدنياً في الباغوز"), figures_in("مقتل 50 مدنياً في الباغوز")
    (conflict,) = conflicts({"a": first, "b": second})
    assert [side.item for side in conflict.sides] == ["a", "b"]


def test_the_same_number_of_different_people_is_a_difference() -> None:
    text = "مقتل 28 سورياً في الغارة. وقال المرصد إن 28 مدنياً قتلوا في الغارة."
    (conflict,) = conflicts({"a": figures_in(text)})
    assert conflict.difference is Difference.WHO
    assert [side.figure.who for side in conflict.sides] == [("syrians",), ("civilians",)]


def test_equal_counts_are_no_conflict() -> None:
    assert conflicts({"a": figures_in("مقتل 20 مدنياً"), "b": figures_in("قُتل عشرون مدنياً")}) == ()


def test_what_is_killed_is_not_compared_with_what_is_wounded() -> None:
    assert conflicts({"a": figures_in("مقتل 20 مدنياً وإصابة 30 مدنياً")}) == ()


def test_a_total_over_years_is_not_compared_with_one_event() -> None:
    text = "مقتل 20 مدنياً في الغارة. وثقت الشبكة مقتل 3035 مدنياً منذ آب 2014."
    assert conflicts({"a": figures_in(text)}) == ()


def test_events_in_places_that_have_nothing_to_do_with_each_other_are_not_compared() -> None:
    text = "مقتل 4 مدنيين في إدلب. مقتل 50 مدنياً في الباغوز."
    assert conflicts({"a": figures_in(text)}) == ()


def test_a_seed_that_counts_syrians_and_civilians_shows_both(seed_figures: dict[str, tuple[Figure, ...]]) -> None:
    found = conflicts({"004": seed_figures["004"]})
    who = next(conflict for conflict in found if conflict.difference is Difference.WHO)
    assert {side.figure.who for side in who.sides} == {("syrians",), ("civilians",)}
    numbers = next(conflict for conflict in found if conflict.who == ("civilians",))
    assert told(numbers) == [
        ("004", 28, ("المرصد السوري لحقوق الإنسان",)),
        ("004", 30, ("وكالة الأنباء السورية سانا",)),
    ]


def test_a_seed_whose_ministry_and_outlet_differ_shows_both(seed_figures: dict[str, tuple[Figure, ...]]) -> None:
    found = conflicts({"001": seed_figures["001"]})
    wounded = next(conflict for conflict in found if conflict.kind is FigureKind.WOUNDED)
    assert told(wounded) == [("001", 40, ("الوزارة",)), ("001", 32, ())]


def test_every_side_of_the_seeds_conflicts_is_a_figure_of_its_item(
    seed_figures: dict[str, tuple[Figure, ...]],
) -> None:
    for conflict in conflicts(seed_figures):
        assert len(conflict.sides) > 1
        assert all(side.figure in seed_figures[side.item] and not side.figure.aside for side in conflict.sides)


def test_nothing_conflicts_with_nothing() -> None:
    assert conflicts({}) == ()
    assert conflicts({"a": ()}) == ()
