import random
from collections import defaultdict
from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.query import Term as WhooshTerm

from indexer.analysis.token import Level
from indexer.engine import whoosh_engine
from indexer.engine.interface import (
    AnyClause,
    Entry,
    Field,
    FilterClause,
    SearchRequest,
    Side,
    WeightedTerm,
    WordClause,
    Zone,
)
from indexer.engine.whoosh_codec import schema
from indexer.engine.whoosh_engine import WhooshEngine
from indexer.errors import NoIndex, StaleIndex

TEXT = Field(Side.ORIGINAL, Zone.TEXT)
NONE = frozenset[str]()


def found(engine, request):
    return [match.id for match in engine.search(request).matches]


@pytest.fixture
def reports(engine, bench):
    """Four made-up reports."""
    entries = [
        bench.entry(
            "a", {"outlet": ["sana"], "day": ["2019-03-21"]}, title="camp hit", text="the camp was hit. many fled"
        ),
        bench.entry(
            "b", {"outlet": ["reuters"], "day": ["2019-12-03", "2019-03-12"]}, text="hit by shells the camps burned"
        ),
        bench.entry(
            "c",
            {"outlet": ["sana"], "day": ["none"]},
            text="the town was quiet",
            reviewed="a quiet town",
            machine="camp",
        ),
        bench.entry("d", {"outlet": ["reuters"], "day": ["2017"]}, text="camp camp camp town"),
    ]
    assert engine.update(entries, known=frozenset({"camp"})) == 4
    return engine


def test_no_index_is_said_in_a_sentence_and_nothing_is_made(engine, folder, bench):
    for ask in (engine.revisions, engine.known_words, lambda: engine.search(bench.request("a"))):
        with pytest.raises(NoIndex, match=r"there is no index in .* yet; run `sijill index`"):
            ask()
    assert not folder.exists()


def test_an_empty_index_is_an_index(engine, bench):
    assert engine.update([], known=NONE) == 0
    page = engine.search(bench.request("camp"))
    assert (page.matches, page.total, page.everything, page.capped) == ((), 0, (), False)
    assert engine.revisions() == {}
    assert engine.terms("x", 5) == []


def test_all_wanted_words_must_stand(reports, bench):
    assert set(found(reports, bench.request("camp", "hit"))) == {"a", "b"}
    assert found(reports, bench.request("camp", "nowhere")) == []


def test_a_minimum_of_words_is_enough_and_full_matches_come_first(reports, bench):
    page = reports.search(bench.request("camp", "town", "quiet", minimum=1))
    assert [(match.id, match.missing) for match in page.matches] == [
        ("c", ()),
        ("d", (2,)),
        *((match.id, (1, 2)) for match in page.matches[2:]),
    ]


def test_forbidden_words_take_articles_out(reports, bench):
    assert set(found(reports, bench.request("camp", forbidden=(bench.word("shell"),)))) == {"a", "c", "d"}


def test_required_clauses_hold_whatever_the_minimum(reports, bench):
    request = bench.request("camp", "quiet", minimum=1, required=(bench.word("fled"),))
    assert found(reports, request) == ["a"]


def test_one_of_several_clauses_is_enough(reports, bench):
    either = AnyClause((bench.word("shell"), bench.word("quiet")))
    assert set(found(reports, bench.request(either))) == {"b", "c"}


def test_a_phrase_is_adjacent_in_order_and_within_a_sentence(reports, bench):
    assert set(found(reports, bench.request(bench.phrase("the camp")))) == {"a", "b"}
    assert found(reports, bench.request(bench.phrase("camp the"))) == []
    assert found(reports, bench.request(bench.phrase("hit many"))) == []
    assert found(reports, bench.request(bench.phrase("many fled"))) == ["a"]


def test_a_phrase_may_leave_gaps(reports, bench):
    phrase = bench.phrase("camp hit")
    assert set(found(reports, bench.request(phrase))) == {"a"}
    wider = type(phrase)(phrase.surface, phrase.words, (0, 2))
    assert found(reports, bench.request(wider)) == ["a"]
    assert found(reports, bench.request(type(phrase)("x", phrase.words, (0, 3)))) == []


def test_filters_match_whole_values(reports, bench):
    assert set(found(reports, bench.request("camp", required=(FilterClause("outlet", ("sana",)),)))) == {"a", "c"}
    assert found(reports, bench.request("camp", required=(FilterClause("outlet", ("san",)),))) == []
    both = FilterClause("outlet", ("sana", "reuters"))
    assert len(found(reports, bench.request("camp", required=(both,)))) == 4
    assert set(found(reports, SearchRequest((), required=(FilterClause("day", ("none",)),)))) == {"c"}


@pytest.mark.parametrize(
    ("low", "high", "ids"),
    [
        ("2019-03", "2019-03-31", {"a", "b"}),
        ("2019-12-01", None, {"b"}),
        (None, "2018-12-31", {"d"}),
        ("2017", "2017-12-31", {"d"}),
        ("2020", "2021", set()),
    ],
)
def test_days_are_compared_as_text_and_the_undated_never_lie_between(reports, low, high, ids):
    request = SearchRequest((), required=(FilterClause("day", (), low, high),))
    assert set(found(reports, request)) == ids


def test_a_match_says_its_best_level_and_its_sides(reports, bench):
    by_id = {match.id: match for match in reports.search(bench.request("camps")).everything}
    assert by_id["b"].level is Level.EXACT
    assert by_id["a"].level is Level.LIGHT
    assert by_id["c"].sides == {Side.MACHINE}
    quiet = reports.search(bench.request("quiet")).matches[0]
    assert quiet.sides == {Side.ORIGINAL, Side.REVIEWED}


def test_an_occurrence_counts_once_at_its_best_level(engine, bench):
    engine.update([bench.entry("a", text="camp x"), bench.entry("b", text="camp camps")], known=NONE)
    exact = WordClause("camp", tuple(term for term in bench.word("camp").terms if term.level is Level.EXACT))
    (once,) = [m for m in engine.search(bench.request("camp")).everything if m.id == "a"]
    (alone,) = [m for m in engine.search(bench.request(exact)).everything if m.id == "a"]
    rarity = {
        id_: len(engine.search(bench.request(clause)).everything) for id_, clause in (("w", "camp"), ("e", exact))
    }
    assert rarity == {"w": 2, "e": 2}
    assert once.score == pytest.approx(alone.score)


def test_a_word_met_only_weakly_never_outweighs_the_same_word_met_in_full(engine, bench):
    engine.update(
        [bench.entry("full", text="camp y y y"), bench.entry("weak", text="camps camps camps camps")], known=NONE
    )
    terms = (WeightedTerm(TEXT, "xcamp", Level.EXACT, 1.0), WeightedTerm(TEXT, "xcamps", Level.GLOSS, 0.35))
    assert found(engine, SearchRequest((WordClause("camp", terms),))) == ["full", "weak"]


def test_the_title_counts_more_than_the_text(engine, bench):
    engine.update(
        [bench.entry("text", title="a b", text="camp a b"), bench.entry("title", title="camp b", text="a a b")],
        known=NONE,
    )
    assert found(engine, bench.request("camp")) == ["title", "text"]


def test_a_longer_text_counts_less(engine, bench):
    engine.update(
        [bench.entry("long", text="camp " + "a b c " * 20), bench.entry("short", text="camp a b")], known=NONE
    )
    assert found(engine, bench.request("camp")) == ["short", "long"]


def test_pages_follow_each_other_and_ties_go_by_id(engine, bench):
    ids = [f"{number:02}" for number in random.Random(3).sample(range(50), 50)]
    engine.update([bench.entry(id_, text="camp") for id_ in ids], known=NONE)
    pages = [found(engine, bench.request("camp", offset=start, limit=20)) for start in range(0, 60, 20)]
    assert [len(page) for page in pages] == [20, 20, 10]
    assert [id_ for page in pages for id_ in page] == sorted(ids)


def test_everything_is_capped_where_the_request_says(engine, bench):
    engine.update([bench.entry(str(number), text="camp") for number in range(30)], known=NONE)
    page = engine.search(bench.request("camp", explain_limit=7, offset=20, limit=5))
    assert (len(page.everything), page.capped, page.total, len(page.matches)) == (7, True, 30, 5)


def test_an_entry_replaces_the_one_with_its_id(reports, bench):
    assert reports.update([bench.entry("a", text="quiet", revision=2)], known=frozenset({"camp"})) == 1
    assert reports.revisions() == {"a": 2, "b": 1, "c": 1, "d": 1}
    assert "a" not in found(reports, bench.request("camp"))
    assert "a" in found(reports, bench.request("quiet"))


def test_of_entries_with_the_same_id_the_last_counts(engine, bench):
    engine.update([bench.entry("a", text="camp"), bench.entry("a", text="town", revision=2)], known=NONE)
    assert engine.revisions() == {"a": 2}
    assert found(engine, bench.request("camp")) == []


def test_deleted_is_gone_and_added_again_is_there_again(reports, bench):
    reports.update([], delete=["a", "unknown"], known=frozenset({"camp"}))
    assert set(found(reports, bench.request("camp"))) == {"b", "c", "d"}
    reports.update([bench.entry("a", text="camp", revision=3)], known=frozenset({"camp"}))
    assert set(found(reports, bench.request("camp"))) == {"a", "b", "c", "d"}
    assert reports.revisions()["a"] == 3


def test_a_rebuild_holds_only_what_it_is_given(reports, bench):
    reports.update([bench.entry("z", text="camp")], known=NONE, rebuild=True)
    assert reports.revisions() == {"z": 1}
    assert reports.known_words() == NONE


def test_nothing_to_write_makes_no_generation(reports):
    before = reports.generation().name
    assert reports.update([], delete=["unknown"], known=frozenset({"camp"})) == 0
    assert reports.generation().name == before


def test_known_words_are_kept_with_the_generation(reports, bench):
    reports.update([bench.entry("e", text="x")], known=frozenset({"مدني", "دير"}))
    assert reports.known_words() == {"مدني", "دير"}


def test_terms_are_listed_by_count(reports):
    assert reports.terms("xca", 10) == [("xcamp", 3), ("xcamps", 1)]
    assert reports.terms("lcamp", 1) == [("lcamp", 4)]
    assert reports.terms("xnone", 10) == []


def test_an_index_of_other_analysis_is_stale_until_it_is_rebuilt(reports, folder, bench):
    other = WhooshEngine(folder, "another")
    for ask in (other.revisions, other.known_words, lambda: other.search(bench.request("camp"))):
        with pytest.raises(StaleIndex, match="built by other analysis than is running; run `sijill index`"):
            ask()
    with pytest.raises(StaleIndex):
        other.update([bench.entry("e", text="x")], known=NONE)
    other.update([bench.entry("e", text="x")], known=NONE, rebuild=True)
    assert other.revisions() == {"e": 1}


def test_an_open_engine_sees_the_newest_generation(reports, folder, bench):
    reader = WhooshEngine(folder, "made-up")
    assert len(found(reader, bench.request("camp"))) == 4
    reports.update([bench.entry("e", text="camp")], known=NONE)
    assert len(found(reader, bench.request("camp"))) == 5


def test_reading_writes_nothing(reports, folder, bench):
    def state():
        return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in [folder, *folder.rglob("*")]}

    before = state()
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    reader = WhooshEngine(folder, "made-up")
    assert len(found(reader, bench.request("camp"))) == 4
    reader.terms("x", 3)
    reader.close()
    assert state() == before
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_segments_are_merged_and_give_the_same_answers(folder, bench, monkeypatch):
    monkeypatch.setattr(whoosh_engine, "_SEGMENT_POSTINGS", 40)
    chance = random.Random(5)
    words = [f"w{number}" for number in range(30)]
    texts: dict[str, str] = {}
    engine = WhooshEngine(folder, "made-up")
    for _ in range(12):
        changed = {f"{chance.randrange(60):02}": " ".join(chance.choices(words, k=12)) for _ in range(9)}
        gone = [id_ for id_ in list(texts) if id_ not in changed and chance.random() < 0.1]
        engine.update([bench.entry(id_, text=text) for id_, text in changed.items()], gone, known=NONE)
        texts = {id_: text for id_, text in (texts | changed).items() if id_ not in gone}
        for word in chance.sample(words, 5):
            request = bench.request(word, limit=100)
            assert set(found(engine, request)) == {id_ for id_, text in texts.items() if word in text.split()}
        pair = " ".join(chance.sample(words, 2))
        expected = {id_ for id_, text in texts.items() if f" {pair} " in f" {text} "}
        assert set(found(engine, bench.request(bench.phrase(pair), limit=100))) == expected
    assert set(engine.revisions()) == set(texts)
    fresh = WhooshEngine(folder.parent / "fresh", "made-up")
    fresh.update([bench.entry(id_, text=text) for id_, text in texts.items()], known=NONE)
    for word in words:
        scores = [
            {m.id: pytest.approx(m.score, rel=1e-5) for m in each.search(bench.request(word)).everything}
            for each in (engine, fresh)
        ]
        assert scores[0] == scores[1]


def test_it_stays_a_whoosh_index(reports):
    generation = reports.generation()
    index = FileIndex(FileStorage(str(generation.folder)), schema(), "sijill")
    with index.searcher() as searcher:
        hits = searcher.search(WhooshTerm("original_text", "xcamp"))
        assert sorted(hit["about"].id for hit in hits) == ["a", "d"]
        assert index.doc_count() == 4


@pytest.mark.parametrize("key", ["x" + "ل" * 10_000, "x\0", "x\ud800", "x'; DROP TABLE", "x\u202e", "x" + "\U0010ffff"])
def test_any_term_can_be_kept_and_found(engine, key):
    engine.update([Entry("a", 1, {TEXT: {key: [0, 70_000]}}, {TEXT: 2}, {"outlet": [key]})], known=NONE)
    clause = WordClause("odd", (WeightedTerm(TEXT, key, Level.EXACT, 1.0),))
    assert found(engine, SearchRequest((clause,), required=(FilterClause("outlet", (key,)),))) == ["a"]
    assert engine.terms(key[:2], 3) == [(key, 1)]


def test_an_entry_without_any_term_is_kept(engine):
    engine.update([Entry("a", 7, {}, {})], known=NONE)
    assert engine.revisions() == {"a": 7}


def test_a_failure_among_the_entries_leaves_the_old_generation(reports, folder, bench):
    def entries():
        yield bench.entry("e", text="camp")
        raise ZeroDivisionError

    before = reports.generation().name
    with pytest.raises(ZeroDivisionError):
        reports.update(entries(), known=NONE)
    assert reports.generation().name == before
    assert len(found(reports, bench.request("camp"))) == 4
    assert {path.name for path in folder.iterdir()} == {"CURRENT", "LOCK", before}


def test_many_wanted_clauses_are_counted(engine, bench):
    engine.update([bench.entry("a", text="w0 w79")], known=NONE)
    page = engine.search(bench.request(*(f"w{number}" for number in range(80)), minimum=2))
    assert page.matches[0].missing == tuple(range(1, 79))


def test_counts_of_terms_do_not_double_over_segments(folder, bench):
    engine = WhooshEngine(folder, "made-up")
    counted: dict[str, int] = defaultdict(int)
    for number in range(7):
        engine.update([bench.entry(str(number), title="camp", text="camp camp")], known=NONE)
        counted["xcamp"] += 1
    assert engine.terms("xcamp", 2) == list(counted.items())


def test_the_index_folder_may_be_a_path_with_odd_characters(tmp_path: Path, bench):
    engine = WhooshEngine(tmp_path / "أرشيف ‘1’" / "index", "made-up")
    engine.update([bench.entry("a", text="camp")], known=NONE)
    assert found(engine, bench.request("camp")) == ["a"]
