"""Every place of a word, with what stands around it in both languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.adding import add
from archive.memory import read_memory
from archive.store import Store
from indexer.analysis import Level
from indexer.concordance import AROUND, Keyword, concordance, in_context
from indexer.engine.interface import Side
from indexer.indexing import index_archive
from indexer.search import Searcher


@pytest.fixture(scope="module")
def searcher(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """A search over the five seeds with their reviewed English."""
    with Store.open(tmp_path_factory.mktemp("concordance") / "archive", create=True) as store:
        add(store, sorted(seeds.glob("*.txt")))
        store.remember(read_memory(seeds / "reviewed.jsonl"))
        index_archive(store)
        yield Searcher(store)


def test_each_place_is_a_line_with_its_word_as_it_stands(searcher: Searcher) -> None:
    found = concordance(searcher, "مجزرة", levels=[Level.EXACT])
    assert found.complete
    assert found.articles == found.read
    original = [line for line in found.lines if line.side is Side.ORIGINAL]
    assert original
    assert all(isinstance(line.ar, Keyword) and line.wording == line.ar.word for line in original)
    assert {line.level for line in found.lines} == {Level.EXACT}


def test_looser_levels_bring_more_wordings_and_all_are_counted(searcher: Searcher) -> None:
    close, loose = concordance(searcher, "مجزرة", levels=[Level.EXACT]), concordance(searcher, "مجزرة")
    assert len(loose.lines) > len(close.lines)
    assert len(loose.wordings()) > len(close.wordings())
    assert sum(wording.count for wording in loose.wordings()) == len(loose.lines)
    assert sum(count for _, count in loose.outlets()) == len(loose.lines)
    counts = [wording.count for wording in loose.wordings()]
    assert counts == sorted(counts, reverse=True)


def test_two_words_joined_by_or_are_set_beside_each_other(searcher: Searcher) -> None:
    lines = concordance(searcher, "مجزرة OR ضربة").lines
    assert {line.query_word for line in lines} == {"مجزرة", "ضربة"}


def test_an_english_word_is_found_with_its_arabic(searcher: Searcher) -> None:
    lines = concordance(searcher, "ice factory").lines
    assert lines
    assert all(line.en is not None for line in lines)
    shown = [line.en for line in lines if isinstance(line.en, Keyword)]
    assert {"ice", "factory"} <= {word.word.casefold() for word in shown}


def test_a_filter_has_no_lines_but_its_articles_are_counted(searcher: Searcher) -> None:
    found = concordance(searcher, "date:2019")
    assert found.lines == ()
    assert found.articles == 2
    assert found.wordings() == []


def test_what_is_left_out_is_said(searcher: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.concordance.MOST_LINES", 3)
    found = concordance(searcher, "التحالف")
    assert len(found.lines) == 3
    assert not found.complete
    assert found.read < found.articles


def test_context_is_cut_between_words_and_says_so() -> None:
    text = "one two three four five six seven eight nine, «word», ten eleven twelve thirteen fourteen fifteen sixteen"
    start = text.index("word")
    word = in_context(text, start, start + 4)
    assert (word.lead, word.word, word.trail) == ("«", "word", "»,")
    assert len(word.before) <= AROUND
    assert text.startswith(word.before, text.index(word.before))
    assert word.before.split()[0] in text.split()
    assert word.after.split()[-1] in text.split()
    assert word.cut_before
    assert word.cut_after
    long = in_context("x" * 500 + " word " + "y" * 500, 501, 505)
    assert max(len(long.before), len(long.after)) <= AROUND
    assert in_context("word", 0, 4) == Keyword("", "", "word", "", "", False, False)
