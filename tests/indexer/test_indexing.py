import os
import random
import signal
import time

import pytest

from archive.document import BlockKind
from archive.store import Store
from archive.translation import Origin
from indexer import indexing
from indexer.analysis import Level
from indexer.engine.interface import SENTENCE_GAP, Field, Side, Zone
from indexer.errors import IndexerError
from indexer.indexing import Rebuilt, default_analyzer, entry_of, index_archive, index_levels, open_engine
from indexer.lexicon import load_lexicon
from indexer.search import Searcher

TITLE = Field(Side.ORIGINAL, Zone.TITLE)
TEXT = Field(Side.ORIGINAL, Zone.TEXT)
ASIDE = Field(Side.ORIGINAL, Zone.ASIDE)


def entry(store, id_):
    return entry_of(store.article(id_), default_analyzer())


def test_a_first_run_indexes_everything_and_a_second_changes_nothing(store, keep):
    keep("غارة على المخيم", "قتل مدنيون")
    keep("هدوء في البلدة")
    first = index_archive(store)
    assert (first.indexed, first.deleted, first.unchanged, first.total, first.rebuilt) == (2, 0, 0, 2, Rebuilt.NEW)
    name = open_engine(store.folder).generation().name
    second = index_archive(store)
    assert (second.indexed, second.unchanged, second.total, second.rebuilt) == (0, 2, 2, None)
    assert open_engine(store.folder).generation().name == name


def test_an_empty_archive_gives_an_empty_index(store):
    assert index_archive(store).total == 0
    assert Searcher(store).search("غارة").total == 0


def test_only_what_changed_is_written_again(store, keep):
    ids = [keep(f"تقرير رقم {number}", "قتل مدنيون") for number in range(4)]
    index_archive(store)
    store.describe(ids[1], "outlet", "رويترز", "editor")
    report = index_archive(store)
    assert (report.indexed, report.unchanged, report.rebuilt) == (1, 3, None)
    assert open_engine(store.folder).revisions() == store.revisions()
    assert Searcher(store).rank("outlet:رويترز") == [ids[1]]


def test_a_translation_makes_its_article_change(store, keep):
    id_ = keep("غارة على المخيم", english={})
    index_archive(store)
    searcher = Searcher(store)
    assert searcher.rank("strike") == []
    keep("غارة على المخيم", english={"غارة على المخيم": "A strike on the camp"})
    assert index_archive(store).indexed == 1
    assert searcher.rank("strike") == [id_]


def test_what_the_store_no_longer_has_is_taken_out(store, keep, monkeypatch):
    ids = [keep(f"تقرير رقم {number}") for number in range(3)]
    index_archive(store)
    revisions = store.revisions()
    monkeypatch.setattr(Store, "revisions", lambda self: {id_: revisions[id_] for id_ in ids[1:]})
    assert index_archive(store).deleted == 1
    assert set(Searcher(store).rank("تقرير")) == set(ids[1:])


def test_a_stale_index_is_built_anew(store, keep, monkeypatch):
    keep("غارة على المخيم")
    index_archive(store)
    monkeypatch.setattr(indexing, "default_stamp", lambda: "another")
    assert index_archive(store).rebuilt is Rebuilt.STALE


def test_a_damaged_index_is_built_anew_from_the_store(store, keep):
    id_ = keep("غارة على المخيم")
    index_archive(store)
    for path in open_engine(store.folder).generation().folder.iterdir():
        path.unlink()
    assert index_archive(store).rebuilt is Rebuilt.DAMAGED
    assert Searcher(store).rank("غارة") == [id_]


def test_an_archive_that_has_grown_much_is_indexed_with_all_its_words(store, keep):
    keep("غارة على المخيم")
    index_archive(store)
    for number in range(3):
        keep(f"تقرير جديد عن مدينة {number}", "وصل النازحون إلى المدرسة القديمة")
    assert index_archive(store).rebuilt is Rebuilt.GROWN
    assert "النازحون" in open_engine(store.folder).known_words()


def test_progress_is_told_for_each_article(store, keep):
    for number in range(3):
        keep(f"تقرير رقم {number}")
    told = []
    index_archive(store, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_unknown_engine_is_named_with_those_there_are(store):
    with pytest.raises(IndexerError, match="there is no engine called 'lucene'; the engines are: whoosh"):
        index_archive(store, engine="lucene")


def lengths(made):
    """The lengths of an entry's texts; the English of its words has those of the words."""
    return {field: length for field, length in made.lengths.items() if field.side is not Side.GLOSS}


def test_title_text_and_asides_stand_in_their_zones(store, keep):
    made = entry(
        store,
        keep(
            "عنوان التقرير",
            "نص طويل",
            (BlockKind.RELATED, "خبر آخر"),
            (BlockKind.FURNITURE, "شارك المقال"),
            (BlockKind.CAPTION, "صورة المخيم"),
        ),
    )
    assert "xعنوان" in made.postings[TITLE]
    assert {"xطويل", "xالمخيم"} <= set(made.postings[TEXT])
    assert "xآخر" in made.postings[ASIDE]
    assert not any("شارك" in key for terms in made.postings.values() for key in terms)
    assert lengths(made) == {TITLE: 2, TEXT: 4, ASIDE: 2}


def test_sentences_lie_apart(store, keep):
    made = entry(store, keep("عنوان", "قصف المدينة. نزوح السكان."))
    at = {key[1:]: places for key, places in made.postings[TEXT].items() if key[0] == Level.EXACT.code}
    assert at["نزوح"][0] - at["المدينة"][0] == SENTENCE_GAP + 1


def test_a_title_is_counted_once(store, keep):
    with_block = entry(store, keep("مجزرة جديدة", "نص"))
    assert with_block.lengths[TITLE] == 2
    declared = entry(store, keep((BlockKind.BODY, "نص التقرير"), declared_title="مجزرة جديدة"))
    assert lengths(declared) == {TITLE: 2, TEXT: 2}
    repeated = entry(store, keep((BlockKind.BODY, "مجزرة جديدة في البلدة"), declared_title="مجزرة جديدة"))
    assert set(lengths(repeated)) == {TEXT}


@pytest.mark.parametrize("origin", list(Origin))
def test_english_stands_on_the_side_of_its_origin(store, keep, origin):
    made = entry(store, keep("غارة", english={"غارة": "A strike"}, origin=origin))
    stands = {field.side for field, terms in made.postings.items() if "xstrike" in terms}
    assert stands == ({Side(origin.value)} if origin is not Origin.GLOSS or load_lexicon() is None else set())
    assert made.filters["origin"] == [origin.value]


def test_the_english_of_a_word_stands_where_the_word_does(store, keep):
    if load_lexicon() is None:
        pytest.skip('the lexicon is not installed: pip install "sijill[lexicon]"')
    made = entry(store, keep("عنوان", "وقعت مجزرة في البلدة"))
    place = made.postings[TEXT]["xمجزرة"]
    assert made.postings[Field(Side.GLOSS, Zone.TEXT)]["gmassacr"] == place
    assert made.lengths[Field(Side.GLOSS, Zone.TEXT)] == made.lengths[TEXT]


def test_metadata_is_kept_as_filters(store, keep):
    made = entry(store, keep("غارة", date="2019-12-03", alternatives=("2019-03-12",), outlet="Enab  Baladi"))
    assert made.filters["day"] == ["2019-12-03", "2019-03-12"]
    assert made.filters["outlet"] == ["enab baladi"]
    assert entry(store, keep("قصف")).filters["day"] == ["none"]


@pytest.mark.parametrize("text", ["a\0b", "\u202eغارة\u202c", "\ud800 غارة", "ل" * 10_000, "؟!؟", "🙂"])
def test_hostile_text_is_indexed_without_complaint(store, keep, text):
    keep("عنوان", text.encode("utf-8", "replace").decode())
    assert index_archive(store).indexed == 1


def test_killed_at_any_moment_what_is_done_stands_and_the_next_run_finishes(store, keep, monkeypatch):
    monkeypatch.setattr(indexing, "BATCH", 10)
    ids = {keep(f"تقرير رقم {number}", "قصف طال المدينة وقتل مدنيون في المخيم") for number in range(60)}
    chance = random.Random(7)
    before = 0
    for _ in range(6):
        pid = os.fork()
        if pid == 0:
            try:
                index_archive(Store.open(store.folder))
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0.01, 0.12))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        engine = open_engine(store.folder)
        if (store.folder / "index" / "CURRENT").exists():
            assert len(engine.revisions()) >= before
            before = len(engine.revisions())
            assert Searcher(store).search("قصف").total == before
    report = index_archive(store)
    assert report.indexed == 60 - before
    assert set(Searcher(store).rank("قصف", limit=100)) == ids


def test_an_index_holds_the_levels_it_was_built_with_until_told_otherwise(store, keep, searcher):
    keep("خبر", "وصل المدنيون إلى المدينة.")
    index_archive(store)
    assert searcher.search("مدنيون").total == 1
    assert index_archive(store, levels=(Level.EXACT,)).rebuilt is Rebuilt.LEVELS
    assert index_levels(store) == {Level.EXACT, Level.FOLDED}
    assert searcher.search("مدنيون").total == 0
    assert searcher.search("المدنيون").total == 1
    keep("خبر", "عاد المدنيون إلى بيوتهم.")
    assert index_archive(store).rebuilt is not Rebuilt.LEVELS
    assert (searcher.search("مدنيون").total, searcher.search("المدنيون").total) == (0, 2)
    index_archive(store, levels=(Level.LEMMA,))
    assert index_levels(store) == {Level.EXACT, Level.FOLDED, Level.LIGHT, Level.LEMMA}
    assert index_archive(store, levels=Level).rebuilt is Rebuilt.LEVELS
    assert searcher.search("مدنيون").total == 2
