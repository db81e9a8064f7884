"""Choosing a reading by the words beside it."""

import pytest

from indexer.lexicon import Lexicon
from indexer.lexicon.context import BOUNDARY, best_choices, classes, shipped_affinity
from indexer.lexicon.lexicon import headword


def read(lexicon: Lexicon, *words: str) -> list[str]:
    """Return the headwords on the best path."""
    analyses = [lexicon.analyses(word) for word in words]
    places = [[(*classes(one), one.weight) for one in found] for found in analyses]
    chosen = best_choices(places, shipped_affinity())
    return [headword(found[number].stem) for found, number in zip(analyses, chosen, strict=True)]


@pytest.mark.parametrize(
    ("words", "place", "lemma"),
    [
        (("قصف", "المدينة"), 1, "مَدِينَة"),
        (("لم", "تعلق", "القوات"), 1, "عَلَّقَ"),
        (("في", "قتل", "المدنيين"), 1, "قَتْل"),
    ],
)
def test_neighbours_decide(lexicon: Lexicon, words: tuple[str, ...], place: int, lemma: str) -> None:
    assert read(lexicon, *words)[place] == lemma


def test_an_empty_sentence_has_no_choices() -> None:
    assert best_choices([], shipped_affinity()) == []


def test_a_place_without_candidates_counts_as_unknown() -> None:
    assert best_choices([(), ((BOUNDARY, BOUNDARY, 0.0),)], shipped_affinity()) == [0, 0]
