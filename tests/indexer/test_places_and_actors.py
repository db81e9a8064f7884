"""Places and actors: found in the report, counted as facets, asked for in any spelling."""

import pytest

from archive.document import BlockKind
from indexer.errors import QueryError
from indexer.gazetteer import Gazetteer, load_gazetteer
from indexer.indexing import Rebuilt, index_archive
from indexer.mentions import mentions


def found(page):
    return {hit.id for hit in page.hits}


def counts(page, field):
    return {bucket.value: bucket.count for bucket in page.facets[field]}


def test_a_place_counts_for_its_governorate_and_its_country(store, keep, searcher):
    one = keep("قصف على بلدة الباغوز", "قصفت طائرات بلدة الباغوز يوم الأحد.")
    other = keep("اجتماع في حلب", "عقد اجتماع في مدينة حلب.")
    index_archive(store)
    assert found(searcher.search("place:baghouz")) == {one}
    assert found(searcher.search("place:deir-ez-zor-governorate")) == {one}
    assert found(searcher.search("place:سوريا")) == {one, other}
    assert found(searcher.search("-place:حلب place:Syria")) == {one}


def test_the_facet_shows_what_is_named_and_governorates_that_say_more_than_the_place(store, keep, searcher):
    keep("قصف على الباغوز", "قصف على بلدة الباغوز.")
    index_archive(store)
    assert counts(searcher.search("قصف"), "place") == {"baghouz": 1}
    keep("قصف على السوسة", "قصف على بلدة السوسة.")
    keep("قصف في سوريا", "قصف في سوريا.")
    index_archive(store)
    assert counts(searcher.search("قصف"), "place") == {
        "syria": 3,
        "deir-ez-zor-governorate": 2,
        "baghouz": 1,
        "sousa": 1,
    }


def test_every_count_is_what_its_value_narrows_to(seed_searcher):
    page = seed_searcher.search("مدنيين")
    for field in ("place", "actor"):
        assert page.facets[field]
        for bucket in page.facets[field]:
            assert seed_searcher.search(f"مدنيين {field}:{bucket.value}").total == bucket.count, bucket
            assert bucket.label != bucket.value or bucket.label.isascii()
            assert bucket.named("ar") == bucket.label_ar != bucket.label


@pytest.mark.parametrize(
    ("field", "spellings"),
    [
        ("place", ("raqqa", "Raqqa", "al-Raqqah", "الرقة", "الرقه", "بالرقة", '"مدينة الرقة"')),
        ("place", ('"Deir ez-Zor"', "deir-ez-zor", '"دير الزور"', "Deir_ez-Zor", "«دير الزور»")),
        ("place", ("raqqa-governorate", '"محافظة الرقة"', '"Raqqa Governorate"')),
        ("actor", ("SDF", "sdf", "قسد", '"قوات سورية الديموقراطية"', '"Syrian Democratic Forces"')),
        ("actor", ("ISIS", "daesh", "داعش", '"تنظيم الدولة الإسلامية"')),
    ],
)
def test_any_spelling_asks_for_the_same(seed_searcher, field, spellings):
    pages = [seed_searcher.search(f"{field}:{spelling} OR سوريا") for spelling in spellings]
    assert len({frozenset(found(page)) for page in pages}) == 1
    pages = [seed_searcher.search(f"{field}:{spelling}") for spelling in spellings]
    assert len({frozenset(found(page)) for page in pages}) == 1


@pytest.mark.parametrize(("field", "code"), [("place", "unknown_place"), ("actor", "unknown_actor")])
def test_a_name_that_the_gazetteer_lacks_gets_a_sentence(seed_searcher, field, code):
    with pytest.raises(QueryError, match="gazetteer knows no") as caught:
        seed_searcher.search(f"civilians {field}:zzqx")
    assert caught.value.code == code


def test_a_near_miss_is_told_the_nearest_names(seed_searcher):
    with pytest.raises(QueryError, match="Raqqa"):
        seed_searcher.search("place:Rakqa")


def test_what_a_name_was_read_as_is_said_with_its_namesake(seed_searcher):
    codes = {note.code: note.args for note in seed_searcher.search("place:الرقة").explained}
    assert codes["named"] == ("place", "Raqqa", "الرقة")
    assert codes["namesake"] == ("Raqqa Governorate", "place:raqqa-governorate")


def test_only_the_report_itself_names(store, keep):
    id = keep("خبر قصير", "وصل الوفد صباحًا.", (BlockKind.RELATED, "قصف على الباغوز"))
    assert mentions(store.article(id)) == ()


def test_an_outlet_is_found_by_its_other_names(store, keep, searcher):
    id = keep("خبر", "نص الخبر.", outlet="عنب بلدي")
    index_archive(store)
    for spelling in ('"Enab Baladi"', '"عنب بلدي"', "«عنب بلدى»"):
        assert found(searcher.search(f"outlet:{spelling}")) == {id}, spelling
    assert searcher.search("outlet:Sputnik").total == 0


def test_a_changed_article_is_counted_by_what_it_says_now(store, keep, searcher):
    keep("خبر", "وصل الوفد إلى مدينة حلب.", name="/same")
    index_archive(store)
    assert counts(searcher.search("الوفد"), "place") == {"aleppo": 1}
    keep("خبر", "وصل الوفد إلى مدينة حمص.", name="/same")
    index_archive(store)
    assert counts(searcher.search("الوفد"), "place") == {"homs": 1}


def test_another_gazetteer_makes_the_index_stale(store, keep, searcher, monkeypatch):
    keep("خبر", "وصل الوفد إلى مدينة حلب.")
    index_archive(store)
    fewer = Gazetteer(load_gazetteer().entries[:-1])
    monkeypatch.setattr("indexer.indexing.load_gazetteer", lambda: fewer)
    assert index_archive(store).rebuilt is Rebuilt.STALE
