"""Why a hit matched: every form of each word of the query, how closely it is met, on which side, how often."""

from archive.translation import Origin
from indexer.analysis import Level
from indexer.engine.interface import Side
from indexer.indexing import index_archive


def test_each_form_is_told_with_its_level_and_count(store, keep, searcher):
    keep("قصف على المدنيين", "قتل مدنيون. أصيب مدنيون آخرون. زار الوفد المدنيين.")
    index_archive(store)
    (hit,) = searcher.search("مدنيون").hits
    told = {reason.surface: reason for reason in hit.why}
    assert (told["مدنيون"].level, told["مدنيون"].count) == (Level.EXACT, 2)
    assert (told["المدنيين"].count, told["المدنيين"].side) == (2, Side.ORIGINAL)
    assert told["المدنيين"].level.rank > Level.FOLDED.rank
    assert [reason.level.rank for reason in hit.why] == sorted(reason.level.rank for reason in hit.why)


def test_words_come_in_the_order_of_the_query_and_phrases_whole(store, keep, searcher):
    keep("خبر", "قال التحالف الدولي إن القصف استهدف الباغوز.")
    index_archive(store)
    (hit,) = searcher.search('الباغوز "التحالف الدولي"').hits
    assert [reason.surface for reason in hit.why] == ["الباغوز", "التحالف الدولي"]


def test_the_side_says_who_made_the_english(store, keep, searcher):
    line = "زار الوفد المدينة."
    keep("خبر", line, english={line: "A delegation visited the city."}, origin=Origin.REVIEWED)
    index_archive(store)
    (hit,) = searcher.search("delegation").hits
    assert next((reason.surface, reason.side) for reason in hit.why) == ("delegation", Side.REVIEWED)


def test_a_filter_alone_needs_no_reason(store, keep, searcher):
    keep("خبر", "نص.", outlet="سانا")
    index_archive(store)
    (hit,) = searcher.search("outlet:سانا").hits
    assert hit.why == ()
