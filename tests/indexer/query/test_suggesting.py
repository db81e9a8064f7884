"""Did you mean: what is offered for words that an archive lacks."""

import pytest

from indexer.analysis import Analyzer
from indexer.indexing import index_archive
from indexer.query.suggesting import Spelling, edits_between


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("الباغوز", "الباغوز", 0),
        ("البغوز", "الباغوز", 1),
        ("مجزه", "مجزره", 1),
        ("bahgouz", "baghouz", 1),
        ("civillians", "civilians", 1),
        ("dmaascsu", "damascus", 2),
        ("", "ab", 2),
        ("abcd", "dcba", None),
        ("raqqa", "idlib", None),
    ],
)
def test_a_letter_wrong_missing_extra_or_exchanged_is_one_edit(one: str, other: str, edits: int | None) -> None:
    assert edits_between(one, other, 2) == edits_between(other, one, 2) == edits


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("البغوز", ("الباغوز",)),
        ("بغوز", ("الباغوز",)),
        ("مجزة", ("مجزرة",)),
        ("Bahgouz", ("Baghouz", "Bagouz")),
        ("xaghouz", ("Baghouz",)),
        ("civillians", ("civilians",)),
        ("CIVILLIANS", ("CIVILIANS",)),
        ("al-Bahgouz", ("al-Baghouz", "al-Bagouz")),
        ("ice factry", ("ice factory",)),
        ("تحالف البغوز", ("تحالف الباغوز",)),
        ("(البغوز OR مدنيين)", ("(الباغوز OR مدنيين)",)),
        ("outlet:sputnik مجزة", ("outlet:sputnik مجزرة",)),
        ("who killed civillians in Bahgouz?", ("who killed civilians in Baghouz?", "who killed civilians in Bagouz?")),
    ],
)
def test_misspelled_words_lead_to_those_of_the_archive(seed_searcher, typed, offered):
    assert seed_searcher.search(typed).suggestions == offered
    assert all(seed_searcher.search(other).total for other in offered)


@pytest.mark.parametrize(
    "typed",
    [
        "الباغوز",
        "Baghouz",
        "civilians Baghouz",
        '"البغوز"',
        "title:البغوز",
        "الباغوز -مجزة",
        "qqqqqqqq",
        "date:2017-10-24 البغوز",
        "outlet:nosuch مجزة",
        "level:exact لمدنيين",
    ],
)
def test_nothing_is_offered_that_is_found_quoted_or_would_find_nothing(seed_searcher, typed):
    assert seed_searcher.search(typed).suggestions == ()


def test_a_rare_word_that_never_stands_with_the_others_is_doubted(keep, store, searcher):
    for number in range(4):
        keep("تقرير", f"سقط جسر في المدينة رقم {number}.", name=str(number))
    keep("تقرير", "هذا حسر واحد.")
    index_archive(store)
    assert "جسر المدينة" in searcher.search("حسر المدينة").suggestions


def test_the_words_of_a_new_generation_are_offered(keep, store, searcher):
    keep("تقرير", "وصلت القافلة إلى الحدود.")
    index_archive(store)
    assert searcher.search("مستشقى").suggestions == ()
    keep("تقرير", "بني مستشفى جديد في القرية.", name="new")
    index_archive(store)
    assert searcher.search("مستشقى").suggestions == ("مستشفى",)


@pytest.mark.parametrize(
    "word", ["ا" * 500, "a" * 500, "ab" * 20, "\u202eالبغوز", "x\x00y", "\ud800abcd", "12345", "…", "🙂"]
)
def test_hostile_words_are_near_to_nothing_or_little(word: str) -> None:
    spelling = Spelling(Analyzer(), lambda prefix, limit: [("xالباغوز", 5), ("xbaghouz", 2)], ["Baghouz"])
    assert len(spelling.near(word)) <= 1


def test_an_empty_index_offers_nothing() -> None:
    assert Spelling(Analyzer(), lambda prefix, limit: []).near("الباغوز") == []


def test_a_query_of_many_misspelled_words_is_answered(seed_searcher) -> None:
    assert len(seed_searcher.search(" ".join(f"مدنيينن{letter}" for letter in "ابتثجحخدذرزسشصض")).suggestions) <= 3
