"""Reasons for doubt are kept with machine lines: those made, those imported, and those of an older archive."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.adding import add
from archive.document import Note
from archive.memory import MemoryLine
from archive.store import Store
from archive.translation import Origin, sentence_key
from indexer.translation.packages import ArgosPackage
from indexer.translation.run import translate_archive
from indexer.translation.trust import check, recheck_archive
from web.cli import sijill

ARABIC = "قُتل 50 مدنيًا في غارة على البلدة."
WRONG = "60 civilians were killed in a raid on the town."
DOUBT = Note("number_changed", (50, 60))


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A file of two sentences."""
    path = tmp_path / "report.txt"
    path.write_text(f"غارة على البلدة\n\n{ARABIC} ولم تعلق القوات.\n", encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path, text: Path) -> Iterator[Store]:
    """An archive of the file."""
    with Store.open(tmp_path / "archive", create=True) as store:
        add(store, [text])
        yield store


def test_an_imported_machine_line_is_checked_and_a_person_s_is_not(store: Store) -> None:
    store.remember([MemoryLine(ARABIC, WRONG, Origin.MACHINE)], check)
    assert [line.trust for line in store.translations(sentence_key(ARABIC))] == [(DOUBT,)]
    store.remember([MemoryLine(ARABIC, WRONG, Origin.REVIEWED, by="A. Reader")], check)
    assert [line.trust for line in store.translations(sentence_key(ARABIC))] == [(), (DOUBT,)]


def test_a_line_that_waits_for_its_sentence_is_checked_too(store: Store) -> None:
    later = "لم يصل الإسعاف إلى القرية."
    store.remember([MemoryLine(later, "The ambulance reached the village.", Origin.MACHINE)], check)
    assert [note.code for line in store.translations(sentence_key(later)) for note in line.trust] == ["negation_lost"]


def test_an_older_archive_is_checked_anew_once(store: Store) -> None:
    store.remember([MemoryLine(ARABIC, WRONG, Origin.MACHINE)])
    seen: list[int] = []
    assert recheck_archive(store, lambda done, _: seen.append(done)) == 1
    assert seen == [1]
    assert [line.trust for line in store.translations(sentence_key(ARABIC))] == [(DOUBT,)]
    assert recheck_archive(store) == 0


def test_the_command_line_shows_what_an_imported_line_is_doubted_for(tmp_path: Path, text: Path) -> None:
    memory = tmp_path / "memory.jsonl"
    memory.write_text(json.dumps({"ar": ARABIC, "en": WRONG, "origin": "machine"}) + "\n", encoding="utf-8")
    home, runner = ["--archive", str(tmp_path / "new")], CliRunner()
    for command in (["add", str(text)], ["memory", "import", str(memory)]):
        assert runner.invoke(sijill, [*command, *home], catch_exceptions=False).exit_code == 0
    with Store.open(tmp_path / "new") as store:
        (identity,) = store.ids()
    shown = json.loads(runner.invoke(sijill, ["show", identity, "--json", *home], catch_exceptions=False).stdout)
    assert [s["trust"] for s in shown["sentences"] if s["en"]] == [[["number_changed", 50, 60]]]


@pytest.mark.usefixtures("offline")
def test_a_run_keeps_what_each_line_it_makes_is_doubted_for(store: Store, package: ArgosPackage) -> None:
    translate_archive(store)
    (article,) = store.articles()
    lines = [(article.document.sentence_text(s), line) for s, line in article.pairs() if line is not None]
    assert [line.trust for _, line in lines] == [check(ar, line.text, score=line.score) for ar, line in lines]
    assert any(line.trust for _, line in lines), "the model of the tests only exchanges letters"
