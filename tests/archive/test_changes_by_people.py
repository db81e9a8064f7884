"""Corrections, withdrawals and their undoing: layers with a name and a time, over originals that stay."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.adding import add
from archive.document import Basis, Declared, Note
from archive.errors import BadCorrection, BadMetadata, NoSuchArticle, Withdrawn
from archive.memory import MemoryLine
from archive.sentence_id import SentenceId, read_sentence_id, reviewed_elsewhere
from archive.store import Store
from archive.translation import AlignedPair, Article, Origin, Translation, sentence_key

SHARED = "قُتل ثلاثة مدنيين في القصف."
FIRST = f"قصف على بلدة السوسة\n\n{SHARED} وأصيب خمسون شخصا بجروح.\n"
SECOND = f"حصيلة جديدة للقصف\n\n{SHARED} ولم تصل فرق الإسعاف.\n"
MACHINE = Translation("Three civilians died.", Origin.MACHINE, "argos", "2026-01-02T03:04:05+00:00", "m", "h")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two articles that share one sentence, which a machine translated."""
    for name, text in (("a.txt", FIRST), ("b.txt", SECOND)):
        (tmp_path / name).write_text(text, "utf-8")
    with Store.open(tmp_path / "archive", create=True) as opened:
        assert len(add(opened, [tmp_path / "a.txt", tmp_path / "b.txt"]).added) == 2
        opened.save_translations([(sentence_key(SHARED), MACHINE)])
        yield opened


def shared(article: Article) -> SentenceId:
    """Return the shared sentence of an article."""
    texts = [article.document.sentence_text(sentence).strip() for sentence in article.document.sentences]
    return SentenceId(article.id, article.version, texts.index(SHARED) + 1)


def english(store: Store, id: str) -> Translation | None:
    """Return the line that an article shows for the shared sentence."""
    article = store.article(id)
    return article.translations[shared(article).number - 1]


def test_a_correction_lies_over_the_machine_text_which_stays(store: Store) -> None:
    one, two = store.ids()
    before, place = store.revisions(), shared(store.article(one))
    entry = store.correct(place, " Three civilians\nwere killed. ", "R. Reader")
    line = english(store, one)
    assert line is not None
    assert (line.text, line.origin, line.by) == ("Three civilians were killed.", Origin.REVIEWED, "R. Reader")
    assert (line.source, reviewed_elsewhere(line, one)) == (str(place), None)
    assert line.time == store.log(one)[0].time
    assert [each.text for each in store.translations(sentence_key(SHARED))] == [line.text, MACHINE.text]
    assert store.original(one) == FIRST.encode()
    said = store.log(one)[0]
    assert (said.number, said.action, said.field) == (entry, "corrected", str(place))
    assert (said.before, said.value, said.by) == (MACHINE.text, line.text, "R. Reader")
    assert all(store.revisions()[id] > before[id] for id in (one, two))
    assert store.touched(entry) == [one, two]


def test_elsewhere_a_correction_says_where_it_was_made(store: Store) -> None:
    one, two = store.ids()
    place = shared(store.article(one))
    store.correct(place, "Three civilians were killed.", "R. Reader")
    line = english(store, two)
    assert line is not None
    assert line.text == "Three civilians were killed."
    assert reviewed_elsewhere(line, two) == place


def test_a_correction_for_here_alone_leaves_other_articles_and_memories_as_they_were(store: Store) -> None:
    one, two = store.ids()
    before = store.revisions()
    entry = store.correct(shared(store.article(one)), "Here, three civilians were killed.", "R. Reader", here_only=True)
    assert english(store, two) == MACHINE
    assert store.revisions()[two] == before[two]
    assert store.touched(entry) == [one]
    assert [line.origin for line in store.memory()] == [Origin.MACHINE]
    assert store.facets([one], ["origin"])["origin"][0][0] == "reviewed"
    assert [item.translated for item in store.listing()] == [1, 1]
    store.undo(entry, "R. Reader")
    assert english(store, one) == MACHINE


def test_the_article_in_which_it_was_reviewed_keeps_its_own_line(store: Store) -> None:
    one, two = store.ids()
    store.correct(shared(store.article(one)), "First.", "R. Reader")
    store.correct(shared(store.article(two)), "Second.", "S. Reader")
    store.remember([MemoryLine(SHARED, "Imported.", Origin.REVIEWED, "T.", "2099-01-01T00:00:00+00:00", "tm")])
    assert [(line and line.text) for line in (english(store, one), english(store, two))] == ["First.", "Second."]


def test_undoing_corrections_goes_back_step_by_step_and_forth(store: Store) -> None:
    one, two = store.ids()
    place = shared(store.article(one))
    first = store.correct(place, "First.", "R. Reader")
    second = store.correct(place, "Second.", "S. Reader")
    undoing = store.undo(second, "R. Reader")
    assert english(store, one).text == english(store, two).text == "First."  # type: ignore[union-attr]
    assert store.touched(undoing) == [one, two]
    store.undo(first, "R. Reader")
    assert english(store, one) == english(store, two) == MACHINE
    store.undo(undoing, "S. Reader")
    assert english(store, two).by == "S. Reader"  # type: ignore[union-attr]
    said = store.log(one)[0]
    assert (said.action, said.before, said.value) == ("undone", MACHINE.text, "Second.")
    with pytest.raises(BadMetadata, match="already undone"):
        store.undo(first, "R. Reader")


def test_a_correction_follows_its_sentence_into_a_new_version(store: Store, tmp_path: Path) -> None:
    one = store.ids()[0]
    old = shared(store.article(one))
    store.correct(old, "Three civilians were killed.", "R. Reader", here_only=True)
    (tmp_path / "a.txt").write_text(FIRST.replace("بلدة", "مدينة"), "utf-8")
    assert add(store, [tmp_path / "a.txt"]).new_versions == (one,)
    assert english(store, one).by == "R. Reader"  # type: ignore[union-attr]
    store.correct(old, "Three civilians were killed there.", "R. Reader")
    assert store.log(one)[0].field == f"{one}.2.{old.number}"
    changed = SentenceId(one, 1, 1)
    with pytest.raises(BadCorrection, match="no longer stands"):
        store.correct(changed, "Shelling of al-Susah", "R. Reader")


@pytest.mark.parametrize(
    ("text", "by", "error"),
    [
        ("", "R.", "needs words"),
        (" \u200b\u200f. ", "R.", "needs words"),
        ("killed\x00", "R.", "control characters"),
        ("\x1b[31mkilled", "R.", "control characters"),
        ("killed \u202edellik", "R.", "control characters"),
        ("killed \ud800", "R.", "broken letters"),
        ("x" * 100_000, "R.", "100000 letters"),
        (SHARED, "R.", "Arabic sentence itself"),
        ("Killed.", " ", "needs a name"),
        ("Killed.", "\x1b[31mR.", "control characters"),
        ("Killed.", "R" * 1000, "1000 letters"),
    ],
)
def test_what_cannot_be_a_correction_gets_a_sentence_and_changes_nothing(
    store: Store, text: str, by: str, error: str
) -> None:
    place, before = shared(store.article(store.ids()[0])), (store.revisions(), store.log())
    with pytest.raises((BadCorrection, BadMetadata), match=error):
        store.correct(place, text, by)
    assert (store.revisions(), store.log()) == before


def test_what_is_no_sentence_gets_a_sentence(store: Store) -> None:
    one = store.ids()[0]
    for place in (SentenceId("0000000000", 1, 1), SentenceId(one, 9, 1), SentenceId(one, 1, 99), SentenceId(one, 1, 0)):
        with pytest.raises(NoSuchArticle):
            store.correct(place, "Killed.", "R.")
    for written in (
        "",
        one,
        f"{one}.1",
        f"{one}.1.x",
        f"{one}.1.٣",
        f"{one}.1.{'9' * 30}",
        "a b.1.1",
        "\x1b[31m.1.1.1",
    ):
        with pytest.raises(NoSuchArticle, match=r"ID\.version\.number"):
            read_sentence_id(written)
    store.correct(shared(store.article(one)), "Killed.", "R.")
    with pytest.raises(BadCorrection, match="already says this"):
        store.correct(shared(store.article(one)), "Killed.", "R.")
    with pytest.raises(BadMetadata, match="sijill log"):
        store.undo(10**30, "R.")


def test_a_withdrawn_article_is_nowhere_but_its_hash_reason_and_log_are(store: Store, tmp_path: Path) -> None:
    one, two = store.ids()
    digest, before = store.article(one).sha256, store.stats()
    store.remember([MemoryLine("جملة لا ترد في أي مقال.", "It stands nowhere.", Origin.REVIEWED, "R.")])
    store.describe(one, "outlet", "سانا", "R. Reader")
    entry = store.withdraw(one, "named  a child", "R. Reader")
    for asked in (store.article, store.original, store.sources, store.versions):
        with pytest.raises(Withdrawn, match=f"named a child.*{digest}"):
            asked(one)
    with pytest.raises(Withdrawn):
        store.article(one, 1)
    assert store.ids() == list(store.revisions()) == [article.id for article in store.articles()] == [two]
    assert [item.id for item in store.listing()] == [two]
    assert list(store.articles([one, two])) == [store.article(two)]
    assert store.facets(None, ["outlet"]) == {"outlet": []}
    assert store.undated() == 1
    assert not any("خمسون" in text for _, text in store.pending(Origin.MACHINE))
    after = store.stats()
    assert (before["documents"], after["documents"], after["withdrawn"]) == (2, 1, 1)
    assert after["sentences"] == after["distinct_sentences"] == 3
    withdrawal = store.withdrawal(one)
    assert withdrawal is not None
    assert (withdrawal.reason, withdrawal.by, withdrawal.entry) == ("named a child", "R. Reader", entry)
    assert withdrawal.hashes == (digest,)
    assert store.withdrawals() == [withdrawal]
    assert [said.action for said in store.log(one)] == ["withdrawn", "described", "added"]
    assert store.originals.read(digest) == FIRST.encode()
    for change in (
        lambda: store.withdraw(one, "again", "R."),
        lambda: store.describe(one, "outlet", "x", "R."),
        lambda: store.correct(SentenceId(one, 1, 1), "x", "R."),
    ):
        with pytest.raises(Withdrawn):
            change()
    undoing = store.undo(entry, "S. Reader")
    assert store.ids() == [one, two]
    assert store.article(one).document.outlet == "سانا"
    assert store.withdrawals() == []
    store.undo(undoing, "R. Reader")
    assert store.ids() == [two]


def test_a_memory_leaves_out_what_stands_in_withdrawn_articles_alone(store: Store) -> None:
    one, two = store.ids()
    only = "وأصيب خمسون شخصا بجروح."
    store.remember(
        [
            MemoryLine(only, "Fifty were injured.", Origin.REVIEWED, "R."),
            MemoryLine("جملة لا ترد في أي مقال.", "It stands nowhere.", Origin.REVIEWED, "R."),
        ]
    )
    entry = store.withdraw(one, "named a child", "R. Reader")
    assert {line.en for line in store.memory()} == {MACHINE.text, "It stands nowhere."}
    store.undo(entry, "R. Reader")
    assert len(list(store.memory())) == 3
    store.withdraw(one, "x", "R.")
    store.withdraw(two, "x", "R.")
    assert [line.en for line in store.memory()] == ["It stands nowhere."]


def test_what_was_withdrawn_does_not_come_back_when_it_is_added_again(store: Store, tmp_path: Path) -> None:
    one, two = store.ids()
    (tmp_path / "a.txt").write_text(FIRST + "وأضاف المصدر أن الحصيلة أولية.\n", "utf-8")
    add(store, [tmp_path / "a.txt"])
    store.withdraw(one, "named a child", "R. Reader")
    assert add(store, [tmp_path / "a.txt"]).withdrawn == (one,)
    for name in ("copy.txt", "earlier.txt"):
        text = FIRST if name == "earlier.txt" else (tmp_path / "a.txt").read_text("utf-8")
        (tmp_path / name).write_text(text, "utf-8")
        report = add(store, [tmp_path / name])
        assert (report.withdrawn, report.added, report.copies) == ((one,), (), ())
    (tmp_path / "b.txt").write_text(FIRST, "utf-8")
    assert add(store, [tmp_path / "b.txt"]).withdrawn == (one,)
    assert store.article(two).version == 1
    (tmp_path / "a.txt").write_text(FIRST + "نص جديد.\n", "utf-8")
    assert add(store, [tmp_path / "a.txt"]).withdrawn == (one,)
    assert store.ids() == [two]
    store.undo(store.withdrawals()[0].entry, "R. Reader")
    assert store.article(one).version == 3


def test_a_copy_that_parts_from_a_withdrawn_article_is_as_hidden(store: Store, tmp_path: Path) -> None:
    one, two = store.ids()
    (tmp_path / "copy.txt").write_text(FIRST, "utf-8")
    assert add(store, [tmp_path / "copy.txt"]).copies == (one,)
    store.withdraw(one, "named a child", "R. Reader")
    (tmp_path / "a.txt").write_text(FIRST + "نص جديد.\n", "utf-8")
    assert add(store, [tmp_path / "a.txt"]).withdrawn == (one,)
    assert store.ids() == [two]
    assert {withdrawal.reason for withdrawal in store.withdrawals()} == {"named a child"}
    assert len(store.withdrawals()) == 2


def test_the_same_bytes_in_another_article_are_named(store: Store, tmp_path: Path) -> None:
    one, two = store.ids()
    (tmp_path / "copy.txt").write_text(FIRST, "utf-8")
    add(store, [tmp_path / "copy.txt"])
    (tmp_path / "a.txt").write_text(FIRST + "نص جديد.\n", "utf-8")
    add(store, [tmp_path / "a.txt"])
    (twin,) = set(store.ids()) - {one, two}
    store.withdraw(twin, "named a child", "R. Reader")
    assert (store.sharing(twin), store.sharing(two)) == ([one], [])


@pytest.mark.parametrize("reason", ["", " \n", "…", "x\x1b[31m", "a\u202eb", "x" * 5000])
def test_a_withdrawal_needs_a_reason_in_plain_words(store: Store, reason: str) -> None:
    with pytest.raises(BadCorrection, match="reason"):
        store.withdraw(store.ids()[0], reason, "R. Reader")
    with pytest.raises(BadMetadata, match="name"):
        store.withdraw(store.ids()[0], "a reason", "\x1b[2J")


def test_what_people_set_stays_over_what_sidecars_say(store: Store, tmp_path: Path) -> None:
    one = store.ids()[0]
    store.describe(one, "date", "2019-03", "R. Reader")
    store.describe(one, "outlet", "سانا", "R. Reader")
    (tmp_path / "a.json").write_text(json.dumps({"date": "2018-01-01", "outlet": "x"}), "utf-8")
    add(store, [tmp_path / "a.txt"], Declared(url="https://example.org/1"))
    document = store.article(one).document
    assert (document.date.value, document.date.basis, document.outlet) == ("2019-03", Basis.SET, "سانا")
    assert document.url == "https://example.org/1"
    assert store.article(one, 1).document.date.basis is Basis.SET


def test_doubts_and_pairs_of_a_correction_are_kept_with_it_and_go_with_it(store: Store) -> None:
    one = store.ids()[0]
    entry = store.correct(shared(store.article(one)), "Three were killed.", "R.", here_only=True)
    found = store.correction(entry)
    assert found is not None
    assert found[0] == SHARED
    line = replace(found[1], alignment=(AlignedPair(0, 4, 11, 17, 0.9),), trust=(Note("name_missing", ("x",)),))
    assert store.save_translations([(sentence_key(SHARED), line)]) == 1
    assert store.save_translations([(sentence_key(SHARED), line)]) == 0
    assert english(store, one) == line
    store.undo(entry, "R.")
    assert store.save_translations([(sentence_key(SHARED), line)]) == 0
    assert english(store, one) == MACHINE
    assert store.correction(entry) is None


def test_an_archive_from_before_opens_with_its_reviewed_lines(store: Store) -> None:
    folder = store.folder
    line = MemoryLine(SHARED, "Three were killed.", Origin.REVIEWED, "R.", None, "tm")
    assert [store.remember([line]).imported, store.remember([line]).imported] == [1, 0]
    store.correct(shared(store.article(store.ids()[0])), "Three were killed.", "R.")
    store.close()
    with Store.open(folder) as again:
        assert english(again, again.ids()[0]).source.count(".") == 2  # type: ignore[union-attr]
