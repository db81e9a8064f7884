import threading

import pytest

from archive.document import BlockKind
from archive.store import Store
from archive.translation import Origin
from indexer.analysis import Level
from indexer.errors import NoIndex, QueryError, StaleIndex
from indexer.hit import MarkedBy
from indexer.indexing import index_archive
from indexer.search import Searcher


def marked(hit, side):
    return [(span.text, span.mark.level) for each in hit.snippets for span in getattr(each, side) if span.mark]


@pytest.mark.parametrize(
    ("query", "seeds"),
    [
        ("مدنيين", {"000", "001", "002", "003", "004"}),
        ('"التحالف الدولي"', {"000", "001", "002", "003", "004"}),
        ("ice factory", {"004"}),
        ("القرة داغي", {"002"}),
        ('"islamic state"', {"001", "002", "004"}),
        ("3035", {"002"}),
        ("٣٠٣٥", {"002"}),
        ("والباغوز", {"000", "002", "003", "004"}),
        ("الباغوز", {"000", "002", "003", "004"}),
        ("level:light قتلوا", {"001", "002", "004"}),
        ("العزل", {"002"}),
        ("العُزَّل", {"002"}),
        ("level:exact العُزَّل", {"002"}),
        ("level:exact قُتلوا", {"002"}),
        ("level:exact مدنيًا", {"002"}),
        ("level:exact لمدنيين", set()),
        ("outlet:سيريانيوز", {"001"}),
        ("outlet:sputnik مجزرة", {"000"}),
        ("date:2019-03", {"002", "003"}),
        ("date:2017-10-24", {"001"}),
        ("الباغوز -date:2019", {"000", "004"}),
    ],
)
def test_the_seeds_are_found(seed_searcher, seed_numbers, query, seeds):
    page = seed_searcher.search(query)
    assert {seed_numbers[hit.id] for hit in page.hits} == seeds
    assert page.total == len(seeds)


def test_spelling_does_not_change_what_is_found(seed_searcher):
    for one, other in (("الأطفال", "اطفال"), ("مدنياً", "مدنيا"), ("مدنيًا", "مدنيا"), ("سوريا", "سُوريا")):
        assert set(seed_searcher.rank(one)) == set(seed_searcher.rank(other)) != set()


def test_diacritics_and_particles_lie_inside_the_mark(seed_searcher):
    marks = {text for hit in seed_searcher.search("العزل").hits for text, _ in marked(hit, "ar")}
    assert "العُزَّل" in marks
    marks = {text for hit in seed_searcher.search("دير").hits for text, _ in marked(hit, "ar")}
    assert {"دير", "بدير"} <= marks


def test_every_snippet_shows_the_pair_and_gives_its_text_back(seed_searcher, seed_store):
    for query in ("مدنيين", "civilians Baghouz", '"التحالف الدولي"'):
        for hit in seed_searcher.search(query).hits:
            article = seed_store.article(hit.id)
            assert 1 <= len(hit.snippets) <= 3
            for snippet in hit.snippets:
                number = int(snippet.sentence.rsplit(".", 1)[1])
                assert snippet.sentence == article.sentence_id(number)
                sentence, translation = article.pairs()[number - 1]
                assert "".join(span.text for span in snippet.ar) == article.document.sentence_text(sentence)
                assert "".join(span.text for span in snippet.en) == translation.text
                assert snippet.origin is Origin.REVIEWED
                assert any(span.mark for span in (*snippet.ar, *snippet.en))


def test_an_english_query_marks_the_english_and_tints_the_arabic(seed_searcher):
    (hit,) = seed_searcher.search("ice factory").hits
    assert "translation" in hit.matched_in
    assert hit.title_en
    assert {text.lower() for text, _ in marked(hit, "en")} >= {"ice", "factory"}
    (hit,) = seed_searcher.search("ice factory", levels=set(Level) - {Level.GLOSS}).hits
    assert hit.matched_in == ("translation",)
    assert hit.snippets[0].tinted
    assert not any(span.mark for span in hit.snippets[0].ar)


def test_a_phrase_is_marked_as_one_and_only_where_it_stands(seed_searcher):
    for hit in seed_searcher.search('"التحالف الدولي"').hits:
        for text, _ in marked(hit, "ar"):
            assert len(text.split()) == 2


def test_facets_count_the_matches(seed_searcher):
    page = seed_searcher.search("مدنيين")
    assert {bucket.value: bucket.count for bucket in page.facets["outlet"]}["Sputnik"] == 1
    assert {bucket.value: bucket.count for bucket in page.facets["origin"]} == {"reviewed": 5}
    assert sum(bucket.count for bucket in page.facets["level"]) == 5
    assert page.undated == 2


def test_pages_follow_each_other(seed_searcher):
    whole = [hit.id for hit in seed_searcher.search("مدنيين").hits]
    parts = [hit.id for start in range(5) for hit in seed_searcher.search("مدنيين", limit=1, offset=start).hits]
    assert parts == whole
    beyond = seed_searcher.search("مدنيين", offset=100)
    assert (beyond.hits, beyond.total) == ((), 5)
    assert seed_searcher.search("مدنيين", limit=0).total == 5


def test_levels_can_be_switched_off(seed_searcher):
    page = seed_searcher.search("مدنيين", levels=(Level.EXACT,))
    assert 0 < page.total < 5
    assert {hit.level for hit in page.hits} == {Level.EXACT}


@pytest.mark.parametrize("query", ['"', "*", "date:9999-99", "", "   ", "في من", "-مدنيين", "\u202e\u202c"])
def test_a_bad_query_gets_a_sentence(seed_searcher, query):
    with pytest.raises(QueryError, match=r"\w+.*\."):
        seed_searcher.search(query)


@pytest.mark.parametrize(
    "query",
    ["'; DROP TABLE documents; --", "<script>alert(1)</script>", "\u202eمدنيين\u202c", "مدنيين\0", "a" * 900, "٪٪ ٣"],
)
def test_an_odd_query_finds_what_it_can(seed_searcher, query):
    assert seed_searcher.search(query).query == query


def test_a_long_query_ends_in_a_sentence_or_a_page(seed_searcher):
    with pytest.raises(QueryError):
        seed_searcher.search("مدنيين وأطفال " * 800)


def test_all_words_are_wanted(store, keep, searcher):
    both = keep("قصف مدرسة")
    keep("قصف مستشفى")
    index_archive(store)
    page = searcher.search("قصف مدرسة")
    assert [hit.id for hit in page.hits] == [both]
    assert page.relaxed is None


def test_fewer_are_enough_when_no_article_has_them_all_and_the_missing_are_named(store, keep, searcher):
    keep("قصف مدرسة")
    keep("قصف مستشفى")
    index_archive(store)
    page = searcher.search("قصف جامعة")
    assert page.relaxed == 1
    assert {hit.missing for hit in page.hits} == {("جامعة",)}
    assert searcher.search("زلزال بركان").relaxed is None


def test_quotes_fields_and_minus_are_never_relaxed(store, keep, searcher):
    keep("قصف مدرسة", outlet="رويترز")
    index_archive(store)
    for query in ('قصف "مدرسة جامعة"', "قصف outlet:سانا", "قصف -مدرسة"):
        assert searcher.search(query).total == 0


def test_a_question_gives_full_matches_first_and_names_what_others_lack(store, keep, searcher):
    keep("مدرسة مدرسة مدرسة في حلب")
    full = keep("تقرير طويل عن المدينة", "كم طفلا قتل في قصف المدرسة في حلب ليلة أمس من الأسبوع الماضي")
    index_archive(store)
    page = searcher.search("كم طفلا قتل في قصف مدرسة حلب؟")
    assert page.hits[0].id == full
    assert page.hits[0].missing == ()
    assert page.relaxed is not None
    assert page.hits[1].missing


def test_a_phrase_does_not_cross_sentences_and_the_minus_takes_out(store, keep, searcher):
    keep("عنوان", "وصلت سيارة. إسعاف غادرت.")
    together = keep("عنوان آخر", "وصلت سيارة إسعاف.")
    index_archive(store)
    assert searcher.rank('"سيارة إسعاف"') == [together]
    assert together not in searcher.rank("سيارة -آخر")
    assert len(searcher.rank("سيارة OR مدرسة")) == 2


def test_asides_are_searched_only_when_asked_for(store, keep, searcher):
    id_ = keep("عنوان", (BlockKind.RELATED, "خبر عن الزلزال"))
    index_archive(store)
    assert searcher.rank("الزلزال") == []
    assert searcher.rank("الزلزال in:all") == [id_]
    assert marked(searcher.search("الزلزال in:all").hits[0], "ar") == [("الزلزال", Level.EXACT)]


def test_the_original_stands_above_machine_translation(store, keep, searcher):
    keep("غارة على حلب", english={"غارة على حلب": "Strike on Aleppo"}, origin=Origin.MACHINE)
    reviewed = keep("قصف على حلب", english={"قصف على حلب": "Strike on Aleppo"}, origin=Origin.REVIEWED)
    index_archive(store)
    assert searcher.rank("strike")[0] == reviewed


def test_an_article_that_left_the_store_is_passed_over(store, keep, searcher, monkeypatch):
    keep("قصف مدرسة")
    stays = keep("قصف مستشفى")
    index_archive(store)
    articles = Store.articles
    monkeypatch.setattr(Store, "articles", lambda self, ids=None: (a for a in articles(self, ids) if a.id == stays))
    assert [hit.id for hit in searcher.search("قصف").hits] == [stays]


def test_without_an_index_it_is_said_what_to_do(store, keep, searcher):
    keep("قصف")
    with pytest.raises(NoIndex, match="run `sijill index`"):
        searcher.search("قصف")
    index_archive(store)
    assert searcher.search("قصف").total == 1


def test_a_stale_index_is_said_so(store, keep, searcher, monkeypatch):
    keep("قصف")
    index_archive(store)
    monkeypatch.setattr("indexer.indexing.default_stamp", lambda: "another")
    with pytest.raises(StaleIndex, match="run `sijill index`"):
        Searcher(store).search("قصف")


def test_a_searcher_sees_what_is_indexed_after_it_was_opened(store, keep, searcher):
    keep("قصف مدرسة")
    index_archive(store)
    assert searcher.search("قصف").total == 1
    keep("قصف مستشفى")
    index_archive(store)
    assert searcher.search("قصف").total == 2


def test_a_query_of_fields_alone_shows_how_each_article_begins(store, keep, searcher):
    keep("عنوان", "الجملة الأولى. الجملة الثانية.", outlet="سانا")
    index_archive(store)
    (hit,) = searcher.search("outlet:سانا").hits
    assert "".join(span.text for span in hit.snippets[0].ar) == "الجملة الأولى."
    assert hit.level is None


def test_threads_may_share_a_searcher(seed_searcher):
    queries = ["مدنيين", "civilians", '"التحالف الدولي"', "الباغوز", "مدن*"]
    expected = {query: seed_searcher.rank(query) for query in queries}
    wrong = []

    def ask():
        for _ in range(5):
            for query in queries:
                if [hit.id for hit in seed_searcher.search(query).hits] != expected[query]:
                    wrong.append(query)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_the_reader_marks_the_sentences_that_a_query_meets(seed_searcher, seed_store, seed_numbers):
    id_ = next(id_ for id_, number in seed_numbers.items() if number == "002")
    article = seed_store.article(id_)
    found = seed_searcher.mark_sentences(article, "العزل")
    assert found
    for number, (ar, en) in found.items():
        sentence, translation = article.pairs()[number - 1]
        assert "".join(span.text for span in ar) == article.document.sentence_text(sentence)
        assert "".join(span.text for span in en) == (translation.text if translation else "")
        assert any(span.mark and span.mark.by is MarkedBy.MATCH for span in (*ar, *en))


def test_the_index_tells_of_itself(seed_searcher):
    stats = seed_searcher.engine_stats()
    assert stats["articles"] == 5
    assert stats["engine"] == "whoosh"
