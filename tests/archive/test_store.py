"""The store: versions, copies, layers, translations; and that it opens again whatever happened."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from archive.document import (
    Basis,
    Block,
    BlockKind,
    Declared,
    Document,
    Note,
    Precision,
    PublicationDate,
    Reading,
    Sentence,
)
from archive.errors import (
    ArchiveBusy,
    ArchiveError,
    BadMetadata,
    DamagedArchive,
    NoArchive,
    NoSuchArticle,
)
from archive.memory import BadLine, MemoryLine
from archive.store import Change, Mentioned, Outcome, Store
from archive.store.migrations import steps
from archive.translation import AlignedPair, Origin, Translation, sentence_key

TEXT = "عنوان الخبر\nقال شهود إن القصف تواصل.\nولم ترد أنباء عن إصابات.\nشارك"
TIME = "2026-01-02T03:04:05+00:00"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "archive", create=True) as opened:
        yield opened


def page(text: str, **found: object) -> Document:
    """A title, body lines of one sentence each, and a last line of furniture."""
    blocks, sentences, start = [], [], 0
    lines = text.split("\n")
    for number, line in enumerate(lines):
        kind = BlockKind.TITLE if number == 0 else BlockKind.BODY
        kind = BlockKind.FURNITURE if number and number == len(lines) - 1 else kind
        blocks.append(Block(kind, start, start + len(line)))
        sentences.append(Sentence(number, start, start + len(line)))
        start += len(line) + 1
    base = Document(text, tuple(blocks), tuple(sentences), lines[0], None, None, None, None, PublicationDate())
    return replace(base, **found)  # type: ignore[arg-type]


def put(store: Store, source: str, text: str, given: Declared | None = None, **found: object) -> Outcome:
    reading = Reading(source, text.encode(), text, "utf-8", "text/plain", given or Declared())
    return store.put(reading, page(text, **found), given)


def machine(text: str, model_hash: str = "m1", **more: object) -> Translation:
    return Translation(text, Origin.MACHINE, "argos", TIME, "model", model_hash, **more)  # type: ignore[arg-type]


def test_there_is_no_archive_until_one_is_made(tmp_path: Path) -> None:
    with pytest.raises(NoArchive, match="sijill add"):
        Store.open(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_an_article_comes_back_as_it_was_put(store: Store) -> None:
    date = PublicationDate(
        "2019-03-12", Precision.DAY, Basis.PAGE, ("2019-12-03",), Note("ambiguous_day_month", (3, "x"))
    )
    outcome = put(store, "/a.txt", TEXT, outlet="عنب بلدي", agency="سانا", date=date, url="https://example.org/1")
    article = store.article(outcome.id)
    assert outcome == Outcome(Change.ADDED, article.id, 1)
    assert article.document == page(TEXT, outlet="عنب بلدي", agency="سانا", date=date, url="https://example.org/1")
    assert article.sha256.startswith(article.id)
    assert len(article.id) == 10
    assert store.original(article.id) == TEXT.encode()
    assert article.translations == (None,) * 4


def test_the_same_bytes_again_change_nothing(store: Store) -> None:
    first = put(store, "/a.txt", TEXT)
    before = store.revisions(), store.log()
    assert put(store, "/a.txt", TEXT) == replace(first, change=Change.UNCHANGED)
    assert (store.revisions(), store.log()) == before


def test_other_bytes_at_a_source_are_a_new_version(store: Store) -> None:
    first = put(store, "/a.txt", TEXT)
    before = store.revisions()[first.id]
    assert put(store, "/a.txt", TEXT + "!") == Outcome(Change.NEW_VERSION, first.id, 2)
    assert store.article(first.id).document.text == TEXT + "!"
    assert store.article(first.id, 1).document.text == TEXT
    assert store.original(first.id, 1) == TEXT.encode()
    assert store.revisions()[first.id] > before
    assert [version for version, *_ in store.versions(first.id)] == [1, 2]


def test_bytes_that_change_back_are_a_third_version(store: Store) -> None:
    first = put(store, "/a.txt", TEXT)
    put(store, "/a.txt", TEXT + "!")
    assert put(store, "/a.txt", TEXT) == Outcome(Change.NEW_VERSION, first.id, 3)
    assert put(store, "/a.txt", TEXT).change is Change.UNCHANGED


def test_the_same_bytes_under_another_name_are_a_copy(store: Store) -> None:
    first = put(store, "/a.txt", TEXT)
    assert put(store, "/b.txt", TEXT) == Outcome(Change.COPY, first.id, 1)
    assert [source.source for source in store.sources(first.id)] == ["/a.txt", "/b.txt"]
    assert put(store, "/b.txt", TEXT).change is Change.UNCHANGED
    assert len(store.ids()) == 1


def test_a_copy_that_changes_becomes_its_own_article(store: Store) -> None:
    first = put(store, "/a.txt", TEXT)
    put(store, "/b.txt", TEXT)
    second = put(store, "/b.txt", TEXT + "!")
    assert second.change is Change.ADDED
    assert [source.source for source in store.sources(second.id)] == ["/b.txt"]
    assert store.article(first.id).version == 1
    assert put(store, "/b.txt", TEXT) == Outcome(Change.NEW_VERSION, second.id, 2)


def test_a_copy_keeps_the_earlier_bytes_searchable_when_the_first_source_changes(store: Store) -> None:
    first = put(store, "/a.txt", TEXT)
    put(store, "/b.txt", TEXT)
    assert put(store, "/a.txt", TEXT + "!") == Outcome(Change.NEW_VERSION, first.id, 2)
    (other,) = set(store.ids()) - {first.id}
    assert store.article(other).document == page(TEXT)
    assert other.startswith(first.id)
    assert len(other) > len(first.id)
    assert put(store, "/b.txt", TEXT) == Outcome(Change.UNCHANGED, other, 1)
    assert put(store, "/a.txt", TEXT + "!").change is Change.UNCHANGED


def test_what_options_say_anew_is_taken_over_without_a_version(store: Store) -> None:
    first = put(store, "/a.txt", TEXT)
    before = store.revisions()[first.id]
    given = Declared(outlet="عنب بلدي")
    assert put(store, "/a.txt", TEXT, given, outlet="عنب بلدي") == Outcome(Change.REDESCRIBED, first.id, 1)
    assert store.article(first.id).document.outlet == "عنب بلدي"
    assert store.revisions()[first.id] > before
    assert put(store, "/a.txt", TEXT, given, outlet="عنب بلدي").change is Change.UNCHANGED
    assert put(store, "/a.txt", TEXT).change is Change.UNCHANGED
    assert store.given_at("/a.txt") == given
    assert store.log(first.id)[0].action == "declared"


def test_people_have_the_last_word_and_can_take_it_back(store: Store) -> None:
    article = put(store, "/a.txt", TEXT, Declared(outlet="سانا"), outlet="سانا").id
    entry = store.describe(article, "outlet", " رويترز ", "Rana")
    assert store.article(article).document.outlet == "رويترز"
    put(store, "/a.txt", TEXT, Declared(outlet="أخرى"), outlet="أخرى")
    put(store, "/a.txt", TEXT + "!", Declared(outlet="أخرى"), outlet="أخرى")
    assert store.article(article).document.outlet == "رويترز"
    assert store.article(article, 1).document.outlet == "رويترز"
    undoing = store.undo(entry, "Omar")
    assert store.article(article).document.outlet == "أخرى"
    with pytest.raises(BadMetadata, match="already undone"):
        store.undo(entry, "Omar")
    again = store.undo(undoing, "Rana")
    assert store.article(article).document.outlet == "رويترز"
    store.undo(again, "Omar")
    assert store.article(article).document.outlet == "أخرى"
    store.undo(store.undo(again + 1, "Rana"), "Omar")
    assert [entry.by for entry in store.log(article) if entry.action == "described"] == ["Rana"]


def test_a_date_set_by_people_says_so(store: Store) -> None:
    article = put(store, "/a.txt", TEXT).id
    for value, precision in (("2019", "year"), ("2019-03", "month"), ("2019-03-21", "day")):
        store.describe(article, "date", value, "Rana")
        assert store.article(article).document.date == PublicationDate(value, Precision(precision), Basis.SET)
    store.describe(article, "date", "", "Rana")
    assert store.article(article).document.date.value is None
    assert store.undated() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sha256", "0"),
        ("date", "12/3/2019"),
        ("date", "2019-02-30"),
        ("date", "٢٠١٩"),
        ("url", "javascript:alert(1)"),
        ("outlet", "a\x00b"),
        ("outlet", "\ud800"),
        ("outlet", "ا" * 3000),
        ("title", " "),
        ("retrieved", "soon"),
    ],
)
def test_metadata_that_cannot_stand_gets_a_sentence(store: Store, field: str, value: str) -> None:
    article = put(store, "/a.txt", TEXT).id
    with pytest.raises(BadMetadata):
        store.describe(article, field, value, "Rana")
    with pytest.raises(BadMetadata, match="name"):
        store.describe(article, "outlet", "سانا", "  ")
    with pytest.raises(BadMetadata):
        store.undo(1, "Rana")


def test_what_is_not_there_gets_a_sentence(store: Store) -> None:
    article = put(store, "/a.txt", TEXT).id
    with pytest.raises(NoSuchArticle):
        store.article("ffffffffff")
    with pytest.raises(NoSuchArticle, match="no version 7"):
        store.article(article, 7)
    with pytest.raises(BadMetadata):
        store.undo(99, "Rana")
    with pytest.raises(BadMetadata, match="no counts"):
        store.facets(None, ["colour"])


def test_reviewed_wins_over_machine_over_gloss(store: Store) -> None:
    article = put(store, "/a.txt", TEXT).id
    key = sentence_key("قال شهود إن القصف تواصل.")
    gloss = Translation("said witnesses", Origin.GLOSS, "gloss", TIME)
    reviewed = Translation("Witnesses said the shelling went on.", Origin.REVIEWED, "hand", TIME, by="Rana")
    for translation in (machine("Witnesses said."), gloss, reviewed, machine("Later.", "m2")):
        assert store.save_translations([(key, translation)]) == 1
    assert store.article(article).translations[1] == reviewed
    assert [each.origin for each in store.translations(key)] == ["reviewed", "machine", "machine", "gloss"]
    assert store.facets(None, ["origin"]) == {"origin": [("reviewed", "reviewed", 1)]}


def test_a_translation_raises_the_revision_of_the_articles_that_hold_its_sentence(store: Store) -> None:
    first = put(store, "/a.txt", TEXT).id
    second = put(store, "/b.txt", "عنوان آخر\nقال  شهود إن القصف تواصل.\nنهاية").id
    third = put(store, "/c.txt", "عنوان ثالث\nسطر\nنهاية").id
    before = store.revisions()
    key = sentence_key("قال شهود إن القصف تواصل.")
    assert store.save_translations([(key, machine("Witnesses said.")), ("00" * 32, machine("Nobody."))]) == 1
    after = store.revisions()
    assert after[first] > before[first]
    assert after[second] > before[second]
    assert after[third] == before[third]
    assert store.save_translations([(key, machine("Witnesses said."))]) == 0
    assert store.revisions() == after


def test_an_alignment_follows_the_white_space_of_each_page(store: Store) -> None:
    article = put(store, "/a.txt", "عنوان\nقتل \u00a0 مدني\nنهاية").id
    pair = AlignedPair(4, 8, 0, 8, 0.5)
    store.save_translations([(sentence_key("قتل مدني"), machine("civilian", alignment=(pair,)))])
    found = store.article(article)
    sentence, translation = found.pairs()[1]
    assert translation is not None
    (aligned,) = translation.alignment
    text = found.document.sentence_text(sentence)
    assert text[aligned.source_start : aligned.source_end] == "مدني"


def test_pending_gives_each_sentence_once_and_only_those_that_are_translated(store: Store) -> None:
    put(store, "/a.txt", TEXT)
    put(store, "/b.txt", TEXT + " غيره")
    lacking = dict(store.pending(Origin.MACHINE, "m1"))
    assert list(lacking.values()) == TEXT.split("\n")[:3]
    assert list(lacking) == [sentence_key(text) for text in lacking.values()]
    assert store.count_pending(Origin.MACHINE, "m1") == 3
    assert len(list(store.pending(Origin.MACHINE, "m1", limit=2))) == 2
    keys = list(lacking)
    store.save_translations([(keys[0], machine("Title")), (keys[1], Translation("x", Origin.GLOSS, "gloss", TIME))])
    store.remember([MemoryLine(lacking[keys[2]], "No casualties were reported.", Origin.REVIEWED, "Rana")])
    assert [key for key, _ in store.pending(Origin.GLOSS)] == []
    assert [key for key, _ in store.pending(Origin.MACHINE, "m1")] == [keys[1]]
    assert [key for key, _ in store.pending(Origin.MACHINE, "m2")] == keys[:2]
    assert [key for key, _ in store.pending(Origin.REVIEWED)] == keys[:2]


def test_sentences_of_earlier_versions_are_not_pending(store: Store) -> None:
    put(store, "/a.txt", TEXT)
    put(store, "/a.txt", "عنوان\nسطر جديد\nنهاية")
    assert [text for _, text in store.pending(Origin.GLOSS)] == ["عنوان", "سطر جديد"]


def test_a_remembered_line_serves_when_its_sentence_arrives(store: Store) -> None:
    line = MemoryLine(
        "قال شهود  إن القصف تواصل.", "Witnesses said the shelling went on.", Origin.REVIEWED, "Rana", TIME
    )
    report = store.remember([line, BadLine(2, "no English"), line])
    assert (report.imported, report.unchanged, report.matched, report.waiting) == (1, 1, 0, 1)
    assert report.bad == (BadLine(2, "no English"),)
    article = put(store, "/a.txt", TEXT).id
    translation = store.article(article).translations[1]
    assert translation is not None
    assert (translation.text, translation.origin, translation.by, translation.time) == (
        line.en,
        "reviewed",
        "Rana",
        TIME,
    )
    assert store.facets(None, ["origin"])["origin"] == [("reviewed", "reviewed", 1)]
    assert list(store.memory()) == [replace(line, ar="قال شهود إن القصف تواصل.")]
    assert list(store.memory(Origin.MACHINE)) == []


def test_articles_stream_in_order_beyond_one_batch(store: Store) -> None:
    with store.batch():
        ids = [put(store, f"/{number}", f"عنوان {number}\nسطر\nنهاية").id for number in range(450)]
    assert [article.id for article in store.articles()] == ids
    assert [article.id for article in store.articles([ids[7], "no", ids[3]])] == [ids[7], ids[3]]
    assert [row.id for row in store.listing(0, 2, by_date=False)] == [ids[-1], ids[-2]]
    assert store.ids(ids[5][:9]) == [ids[5]]


def test_facets_count_the_articles_asked_for(store: Store) -> None:
    first = put(store, "/a", TEXT, outlet="سانا", date=PublicationDate("2019-03", Precision.MONTH, Basis.TEXT)).id
    second = put(store, "/b", TEXT + "!", outlet="سانا").id
    third = put(store, "/c", TEXT + "?", outlet="رويترز", date=PublicationDate("2017", Precision.YEAR, Basis.TEXT)).id
    assert store.facets(None, ["outlet", "year"]) == {
        "outlet": [("سانا", "سانا", 2), ("رويترز", "رويترز", 1)],
        "year": [("2017", "2017", 1), ("2019", "2019", 1)],
    }
    assert store.facets([second, third], ["outlet"])["outlet"] == [("رويترز", "رويترز", 1), ("سانا", "سانا", 1)]
    assert (store.undated(), store.undated([first]), store.undated([])) == (1, 0, 0)
    assert [row.id for row in store.listing()] == [first, third, second]


def test_the_list_shows_the_english_title_only_when_it_is_whole(store: Store) -> None:
    put(store, "/a.txt", TEXT)
    assert store.listing()[0].title_en is None
    store.remember([MemoryLine("عنوان الخبر", "The headline", Origin.REVIEWED, "Rana")])
    row = store.listing()[0]
    assert (row.title_en, row.sentences, row.translated) == ("The headline", 3, 1)


def test_what_was_set_aside_is_forgotten_once_it_can_be_read(store: Store) -> None:
    store.set_aside("/a.txt", "empty", (), "/a.txt is empty")
    store.set_aside("/a.txt", "empty", (), "/a.txt is empty")
    assert [entry.action for entry in store.log()] == ["set_aside"]
    assert store.standing_aside()[0][:4] == ("/a.txt", "empty", (), "/a.txt is empty")
    assert store.stats()["set_aside"] == 1
    put(store, "/a.txt", TEXT)
    assert store.standing_aside() == []


def test_a_batch_stands_whole_or_not_at_all(store: Store) -> None:
    def fail() -> None:
        with store.batch():
            put(store, "/a.txt", TEXT)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert store.ids() == []
    assert put(store, "/a.txt", TEXT).change is Change.ADDED


def test_a_commit_that_fails_leaves_the_store_as_it_was_and_usable(store: Store) -> None:
    def lose_the_originals() -> None:
        with store.batch():
            put(store, "/a.txt", TEXT)
            shutil.rmtree(store.folder / "originals")

    with pytest.raises(ArchiveError, match="can't be kept"):
        lose_the_originals()
    assert store.ids() == []
    article = put(store, "/a.txt", TEXT)
    assert (article.change, store.original(article.id)) == (Change.ADDED, TEXT.encode())


def test_an_original_that_changed_on_disk_is_noticed(store: Store) -> None:
    article = store.article(put(store, "/a.txt", TEXT).id)
    store.originals.path(article.sha256).write_bytes(b"other")
    with pytest.raises(DamagedArchive, match="was changed"):
        store.original(article.id)


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "archive.db") as connection:
        connection.execute("CREATE TABLE other (x)")
    connection.close()
    with pytest.raises(DamagedArchive, match="another program"):
        Store.open(tmp_path, create=True)
    (tmp_path / "archive.db").write_bytes(b"not a database" * 100)
    with pytest.raises(DamagedArchive, match="can't be read"):
        Store.open(tmp_path)


def test_an_archive_of_a_newer_program_is_not_touched(store: Store) -> None:
    with sqlite3.connect(store.folder / "archive.db") as connection:
        connection.execute(f"PRAGMA user_version = {len(steps()) + 1}")
    connection.close()
    with pytest.raises(DamagedArchive, match="newer Sijill"):
        Store.open(store.folder)


def test_a_second_writer_is_told_to_wait(store: Store) -> None:
    with store.exclusively(), Store.open(store.folder) as other:
        with pytest.raises(ArchiveBusy, match="another process"), other.exclusively():
            pass
        assert put(other, "/a.txt", TEXT).change is Change.ADDED


def test_half_a_surrogate_pair_never_reaches_the_database(store: Store) -> None:
    reading = Reading("/a", b"{}", "عنوان", "utf-8", "application/json", Declared())
    with pytest.raises(ArchiveError, match="surrogate"):
        store.put(reading, page("عنوان \ud800"))


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "archive", create=True)
    store.close()
    with pytest.raises(ArchiveError, match="closed"):
        store.ids()


WRITER = """
import sys
from pathlib import Path
from archive.store import Store
with Store.open(Path(sys.argv[1])) as store:
    for number in range(150):
        store.describe(sys.argv[2], "outlet", f"outlet {number}", "Rana")
"""


def test_readers_never_fail_while_another_process_writes(store: Store) -> None:
    article = put(store, "/first", TEXT).id
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(store.folder), article])

    def read() -> int:
        reads = 0
        while writer.poll() is None:
            assert [found.version for found in store.articles()] == [1]
            assert store.stats()["documents"] == len(store.listing(0, 10))
            reads += 1
        return reads

    with ThreadPoolExecutor() as pool:
        readers = [pool.submit(read) for _ in range(3)]
    assert all(reader.result() > 0 for reader in readers)
    assert writer.returncode == 0
    assert store.article(article).document.outlet == "outlet 149"


def test_places_and_actors_are_counted_where_something_names_them(store: Store) -> None:
    first, second = put(store, "/a", TEXT).id, put(store, "/b", TEXT + "!").id
    near, far = Mentioned("place", "baghouz"), Mentioned("place", "syria", shown=False)
    store.save_mentions([(first, [near, far]), (second, [Mentioned("actor", "sdf"), far]), ("nobody", [near])])
    assert store.facets(None, ["place", "actor"]) == {
        "place": [("baghouz", "baghouz", 1)],
        "actor": [("sdf", "sdf", 1)],
    }
    store.save_mentions([(first, [Mentioned("place", "syria")])])
    assert store.facets(None, ["place"])["place"] == [("syria", "syria", 2)]
    assert store.facets([second], ["place"])["place"] == []
    assert store.revisions() == {first: store.article(first).revision, second: store.article(second).revision}


def test_a_setting_stays_until_it_is_set_again(store: Store) -> None:
    assert store.setting("colour") is None
    store.set_setting("colour", "green")
    store.set_setting("colour", "blue")
    assert store.setting("colour") == "blue"
    with Store.open(store.folder) as again:
        assert again.setting("colour") == "blue"
