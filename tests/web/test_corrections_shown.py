"""Corrections, withdrawals and undoing, from the command to the page and the next search."""

import fcntl
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from archive.adding import add
from archive.store import Store
from archive.translation import Origin, Translation, sentence_key
from indexer.indexing import index_archive
from web.app import create_app
from web.cli import sijill

SHARED = "قُتل ثلاثة مدنيين في القصف."
TEXTS = {
    "a.txt": f"قصف على بلدة السوسة\n\n{SHARED} وأصيب خمسون شخصا بجروح.\n",
    "b.txt": f"حصيلة جديدة للقصف\n\n{SHARED} ولم تصل فرق الإسعاف.\n",
}
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An indexed archive of two articles that share one sentence, which a machine translated."""
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, "utf-8")
    with Store.open(tmp_path / "archive", create=True) as store:
        add(store, [tmp_path / name for name in TEXTS])
        made = Translation("Three cyphers died.", Origin.MACHINE, "argos", "2026-01-02T03:04:05+00:00", "m", "h")
        store.save_translations([(sentence_key(SHARED), made)])
        index_archive(store)
    return tmp_path / "archive"


@pytest.fixture
def reader(archive: Path) -> Iterator[FlaskClient]:
    """A reader of the archive, whose server runs all the while."""
    app = create_app(archive, TESTING=True)
    yield app.test_client()
    app.extensions["room"].close()


@pytest.fixture
def ids(archive: Path) -> list[str]:
    """The ids of the two articles."""
    with Store.open(archive) as store:
        return store.ids()


def run(archive: Path, *arguments: object) -> Result:
    return CliRunner().invoke(sijill, ["--archive", str(archive), *map(str, arguments)])


def change(archive: Path, *arguments: object) -> int:
    """Make a change that goes well, and return the number of its entry."""
    result = run(archive, *arguments, "--json")
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert said["indexed"] is True
    entry: int = said["entry"]
    return entry


def found(reader: FlaskClient, query: str) -> list[str]:
    return [hit["id"] for hit in reader.get("/search.json", query_string={"q": query}).json["hits"]]


def sentence_of(reader: FlaskClient, id: str) -> dict[str, str]:
    sentences = reader.get(f"/article/{id}.json").json["sentences"]
    return next(sentence for sentence in sentences if sentence["ar"].strip() == SHARED)


def test_a_correction_is_found_and_shown_at_once_in_both_articles(
    archive: Path, reader: FlaskClient, ids: list[str]
) -> None:
    one, two = ids
    assert found(reader, "cyphers") == [one, two]
    place = sentence_of(reader, one)["id"]
    entry = change(archive, "correct", place, "Three noncombatants were killed.", "--by", "R. <Reader>")
    assert found(reader, "cyphers") == []
    assert sorted(found(reader, "noncombatant")) == sorted(ids)
    for id in ids:
        said = sentence_of(reader, id)
        assert (said["en"], said["origin"], said["by"]) == (
            "Three noncombatants were killed.",
            "reviewed",
            "R. <Reader>",
        )
    own, other = (reader.get(f"/article/{id}?ui=en").text for id in ids)
    assert "reviewed by" in own
    assert "in another article" not in own
    assert re.search(rf'href="/s/{re.escape(place)}\?ui=en"[^>]*>in another article', other)
    assert "في مقال آخر" in reader.get(f"/article/{two}?ui=ar").text
    assert reader.get("/search?q=noncombatants&ui=en").text.count("in another article") == 1
    assert run(archive, "search", "noncombatants").stdout.count("in another article") == 1
    assert f"in another article: {place}" in run(archive, "show", two).stdout
    assert "in another article" not in run(archive, "show", one).stdout
    change(archive, "undo", entry, "--by", "R. Reader")
    assert sorted(found(reader, "cyphers")) == sorted(ids)
    assert found(reader, "noncombatant") == []


def test_a_correction_may_be_for_one_article_alone(archive: Path, reader: FlaskClient, ids: list[str]) -> None:
    place = sentence_of(reader, ids[1])["id"]
    change(archive, "correct", place, "Three noncombatants were killed.", "--by", "R. Reader", "--here-only")
    assert found(reader, "noncombatants") == [ids[1]]
    assert found(reader, "cyphers") == [ids[0]]


def test_the_words_of_a_correction_are_marked_across(archive: Path, reader: FlaskClient, ids: list[str]) -> None:
    place = sentence_of(reader, ids[0])["id"]
    change(archive, "correct", place, "Shelling killed three civilians.", "--by", "R. Reader")
    assert sentence_of(reader, ids[0])["alignment"]


def test_a_withdrawn_article_leaves_a_notice_and_nothing_else(
    archive: Path, reader: FlaskClient, ids: list[str], tmp_path: Path
) -> None:
    one, two = ids
    record = reader.get(f"/article/{one}.json").json
    reason = "It names a child, <b>Reem</b>."
    entry = change(archive, "withdraw", one, "--reason", reason, "--by", "R. Reader")
    assert found(reader, "السوسة") == []
    assert found(reader, SHARED.replace(".", "")) == [two]
    pages = (f"/article/{one}", f"/s/{one}.1.2", f"/article/{one}/changes", f"/article/{one}/original")
    for address in (f"/article/{one}?version=1&ui=en", *(f"{page}?ui=en" for page in pages)):
        answer = reader.get(address)
        assert answer.status_code == 410
        assert "withdrawn" in answer.text
        assert record["sha256"] in answer.text
        assert "&lt;b&gt;Reem&lt;/b&gt;" in answer.text
        assert "السوسة" not in answer.text
    assert "سُحب" in reader.get(f"/article/{one}?ui=ar").text
    answer = reader.get(f"/article/{one}.json")
    assert answer.status_code == 410
    assert (answer.json["code"], answer.json["reason"]) == ("Withdrawn", reason)
    assert answer.json["sha256"] == [record["sha256"]]
    assert "السوسة" not in reader.get("/").text
    numbers = reader.get("/about.json").json
    assert (numbers["documents"], numbers["withdrawn"]) == (1, 1)
    assert "Articles withdrawn" in reader.get("/about?ui=en").text
    shown = run(archive, "show", one)
    assert shown.exit_code == 1
    assert reason in shown.stderr
    assert "السوسة" not in shown.output
    assert reason in run(archive, "log", one).stdout
    run(archive, "memory", "import", tmp_path / "a.txt")
    assert run(archive, "memory", "export", tmp_path / "out.jsonl").exit_code == 0
    assert "خمسون" not in (tmp_path / "out.jsonl").read_text("utf-8")
    assert (archive / "originals" / record["sha256"][:2] / record["sha256"]).read_text("utf-8") == TEXTS["a.txt"]
    again = run(archive, "add", tmp_path / "a.txt")
    assert again.exit_code == 0
    assert "withdrawn before" in again.stdout
    run(archive, "index")
    assert found(reader, "السوسة") == []
    change(archive, "undo", entry)
    assert found(reader, "السوسة") == [one]
    assert reader.get(f"/article/{one}").status_code == 200


def test_readers_see_who_changed_what_and_what_was_taken_back(
    archive: Path, reader: FlaskClient, ids: list[str], tmp_path: Path
) -> None:
    one = ids[0]
    assert "Nobody has changed anything" in reader.get(f"/article/{one}/changes?ui=en").text
    place = sentence_of(reader, one)["id"]
    entry = change(archive, "correct", place, "Three noncombatants <were> killed.", "--by", "R. Reader")
    change(archive, "describe", one, "date", "2019-03-21", "--by", "قارئة")
    change(archive, "undo", entry, "--by", "S. Reader")
    change(archive, "withdraw", one, "--reason", "asked for", "--by", "R. Reader")
    change(archive, "undo", entry + 3, "--by", "R. Reader")
    assert f"/article/{one}/changes" in reader.get(f"/article/{one}").text
    for language in ("en", "ar"):
        page = reader.get(f"/article/{one}/changes?ui={language}").text
        for said in (
            "R. Reader",
            "S. Reader",
            "قارئة",
            "Three cyphers died.",
            "noncombatants &lt;were&gt;",
            "asked for",
        ):
            assert said in page
        assert f'href="#e-{entry + 2}"' in page
        assert str(tmp_path) not in page
    said = reader.get(f"/article/{one}/changes.json").json
    assert [each["action"] for each in said] == ["undone", "withdrawn", "undone", "described", "corrected"]
    assert said[-1] | {"time": ""} == {
        "number": entry,
        "time": "",
        "action": "corrected",
        "id": one,
        "field": place,
        "value": "Three noncombatants <were> killed.",
        "before": "Three cyphers died.",
        "by": "R. Reader",
        "refers": None,
        "undone": entry + 2,
    }
    assert reader.get("/article/0000000000/changes").status_code == 404


def test_a_line_reviewed_in_a_withdrawn_article_names_it_without_a_link(
    archive: Path, reader: FlaskClient, ids: list[str]
) -> None:
    place = sentence_of(reader, ids[0])["id"]
    change(archive, "correct", place, "Three noncombatants were killed.", "--by", "R. Reader")
    change(archive, "withdraw", ids[0], "--reason", "asked for", "--by", "R. Reader")
    page = reader.get(f"/article/{ids[1]}?ui=en").text
    assert "in another article" in page
    assert place not in page


def test_memories_carry_where_a_line_was_reviewed(
    archive: Path, reader: FlaskClient, ids: list[str], tmp_path: Path
) -> None:
    place = sentence_of(reader, ids[0])["id"]
    change(archive, "correct", place, "Three noncombatants were killed.", "--by", "R. Reader")
    for name in ("memory.tmx", "memory.jsonl"):
        assert run(archive, "memory", "export", tmp_path / name).exit_code == 0
        other = tmp_path / f"other-{name}"
        run(other, "add", tmp_path / "a.txt", tmp_path / "b.txt")
        assert run(other, "memory", "import", tmp_path / name).exit_code == 0
        shown = {id: run(other, "show", id).stdout for id in ids}
        assert shown == {id: run(archive, "show", id).stdout for id in ids}


def test_metadata_is_searched_by_at_once(archive: Path, reader: FlaskClient, ids: list[str]) -> None:
    entry = change(archive, "describe", ids[0], "date", "2019-03-21", "--by", "R. Reader")
    assert found(reader, "date:2019-03") == [ids[0]]
    assert reader.get(f"/article/{ids[0]}.json").json["date"]["basis"] == "set"
    change(archive, "describe", ids[0], "outlet", "سانا", "--by", "R. Reader")
    assert found(reader, "outlet:سانا") == [ids[0]]
    change(archive, "undo", entry, "--by", "R. Reader")
    assert found(reader, "date:2019-03") == []


def test_without_an_index_a_change_stands_and_says_how_to_make_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXTS["a.txt"], "utf-8")
    id = json.loads(run(tmp_path / "archive", "add", tmp_path / "a.txt", "--json").stdout)["added"][0]
    result = run(tmp_path / "archive", "correct", f"{id}.1.1", "Shelling of al-Susah", "--by", "R. Reader")
    assert result.exit_code == 0, result.output
    assert "sijill index" in result.stdout
    assert not (tmp_path / "archive" / "index").exists()


def test_while_another_process_indexes_a_change_stands_and_says_what_to_do(
    archive: Path, reader: FlaskClient, ids: list[str]
) -> None:
    with (archive / "index" / "LOCK").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = run(archive, "withdraw", ids[0], "--reason", "asked for", "--by", "R. Reader")
    assert result.exit_code == 3
    assert "run `sijill index`" in result.stdout
    assert found(reader, "السوسة") == []
    assert run(archive, "index").exit_code == 0


def test_articles_that_a_change_does_not_touch_wait_for_the_next_run(
    archive: Path, reader: FlaskClient, ids: list[str], tmp_path: Path
) -> None:
    (tmp_path / "c.txt").write_text("وصول مساعدات إلى الحسكة\n\nوصلت قافلة مساعدات إلى المدينة.\n", "utf-8")
    run(archive, "add", tmp_path / "c.txt")
    change(archive, "describe", ids[0], "outlet", "سانا", "--by", "R. Reader")
    assert found(reader, "مساعدات") == []
    assert "Indexed 1 article" in run(archive, "index").stdout
    assert len(found(reader, "مساعدات")) == 1


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["correct", "0000000000.1.1", "x", "--by", "R."], 1),
        (["correct", "ID", "x", "--by", "R."], 1),
        (["correct", "ID.1", "x", "--by", "R."], 1),
        (["correct", "ID.2.1", "x", "--by", "R."], 1),
        (["correct", "ID.1.99", "x", "--by", "R."], 1),
        (["correct", "\x1b[31m.1.1", "x", "--by", "R."], 1),
        (["correct", "ID.1.1", "", "--by", "R."], 1),
        (["correct", "ID.1.1", "a\x1b[31mb", "--by", "R."], 1),
        (["correct", "ID.1.1", "x" * 100_000, "--by", "R."], 1),
        (["correct", "ID.1.1", "x", "--by", "\x1b[31mR."], 1),
        (["correct", "ID.1.1", "x", "--by", ""], 1),
        (["correct", "ID.1.1", "x"], 2),
        (["withdraw", "0000000000", "--reason", "x", "--by", "R."], 1),
        (["withdraw", "ID", "--reason", " ", "--by", "R."], 1),
        (["withdraw", "ID", "--by", "R."], 2),
        (["undo", "999", "--by", "R."], 1),
        (["undo", "9" * 40, "--by", "R."], 1),
        (["undo", "1", "--by", "R."], 1),
        (["undo", "x", "--by", "R."], 2),
        (["describe", "ID", "date", "yesterday", "--by", "R."], 1),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_changes_nothing(
    archive: Path, ids: list[str], arguments: list[str], status: int
) -> None:
    before = run(archive, "log").stdout
    result = run(archive, *(argument.replace("ID", ids[0]) for argument in arguments))
    assert result.exit_code == status, result.output
    assert result.stdout == ""
    assert 10 < len(result.stderr.strip()) < 1000
    assert "Traceback" not in result.stderr
    assert not STEERING.search(result.stderr)
    assert run(archive, "log").stdout == before
