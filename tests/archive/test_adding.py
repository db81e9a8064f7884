"""Adding: nothing twice, nothing lost, and every item that is left out has its reason."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.adding import add
from archive.document import Basis, Declared
from archive.errors import ArchiveBusy
from archive.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "archive", create=True) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path, seeds: Path) -> Path:
    """The five seeds, in a folder that may be changed."""
    copy = tmp_path / "texts"
    copy.mkdir()
    for seed in seeds.glob("*.txt"):
        shutil.copy(seed, copy)
    return copy


def test_the_same_folder_twice_gives_nothing_new(store: Store, folder: Path) -> None:
    first = add(store, [folder])
    assert (len(first.added), first.set_aside) == (5, ())
    before = store.revisions()
    again = add(store, [folder])
    assert (again.added, again.new_versions, again.unchanged, again.copies, again.set_aside) == ((), (), 5, (), ())
    assert store.revisions() == before


def test_one_byte_changed_is_one_new_version(store: Store, folder: Path) -> None:
    add(store, [folder])
    changed = folder / "004_35d6ee97e2dd77e2.txt"
    changed.write_bytes(changed.read_bytes().replace(b"28", b"29", 1))
    report = add(store, [folder])
    assert (report.added, len(report.new_versions), report.unchanged) == ((), 1, 4)
    article = store.article(report.new_versions[0])
    assert article.version == 2
    assert "29 سوريا" in article.document.text
    assert "28 سوريا" in store.article(article.id, 1).document.text


def test_what_cannot_be_read_is_set_aside_and_the_rest_is_added(store: Store, folder: Path) -> None:
    (folder / "empty.txt").touch()
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    with (folder / "long.txt").open("wb") as file:
        file.write(b"\xd8\xa7" * 25_000_000)
    (folder / "torn.txt").write_bytes("قال شهود عيان إن القصف".encode()[:-1] + b"\xff\n")
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    (folder / "notes.docx").write_bytes(b"x")
    report = add(store, [folder])
    assert len(report.added) == 5
    assert {Path(item.source).name: item.code for item in report.set_aside} == {
        "empty.txt": "empty",
        "picture.txt": "binary",
        "long.txt": "too_long",
        "torn.txt": "bad_encoding",
        "gone.txt": "broken_link",
        "notes.docx": "unsupported",
    }
    (folder / "empty.txt").write_text("لم يعد فارغا")
    assert len(add(store, [folder]).added) == 1
    assert len(store.standing_aside()) == 5


def test_a_mended_line_of_an_export_no_longer_stands_aside(store: Store, tmp_path: Path) -> None:
    export = tmp_path / "a.jsonl"
    export.write_text('{"id": 1, "text": "قال شهود"}\n{oops\n')
    assert len(add(store, [export]).set_aside) == 1
    assert len(add(store, [export]).set_aside) == 1
    assert [entry.action for entry in store.log() if entry.action == "set_aside"] == ["set_aside"]
    export.write_text('{"id": 1, "text": "قال شهود"}\n{"id": 2, "text": "نفى مصدر"}\n')
    report = add(store, [export])
    assert (len(report.added), report.unchanged, store.standing_aside()) == (1, 1, [])


def test_options_and_sidecars_are_remembered_and_change_no_version(store: Store, folder: Path) -> None:
    add(store, [folder])
    article = store.ids()[0]
    (path,) = [source.source for source in store.sources(article)]
    Path(path).with_suffix(".json").write_text(json.dumps({"outlet": "وكالة الأفق", "date": "2018-05-03"}))
    report = add(store, [folder])
    assert (report.redescribed, report.new_versions, report.unchanged) == ((article,), (), 4)
    found = store.article(article)
    assert (found.version, found.document.outlet) == (1, "وكالة الأفق")
    assert (found.document.date.value, found.document.date.basis) == ("2018-05-03", Basis.SET)
    add(store, [Path(path)], Declared(url="https://ufuq.example/1"))
    assert add(store, [folder]).unchanged == 5
    Path(path).with_suffix(".json").unlink()
    Path(path).write_bytes(Path(path).read_bytes() + "\nنص".encode())
    assert add(store, [folder]).new_versions == (article,)
    found = store.article(article)
    assert (found.document.outlet, found.document.url) == ("وكالة الأفق", "https://ufuq.example/1")


def test_a_copy_is_told_and_its_source_kept(store: Store, folder: Path) -> None:
    add(store, [folder])
    shutil.copytree(folder, folder.with_name("copies"))
    report = add(store, [folder, folder.with_name("copies")])
    assert (report.added, report.unchanged, len(report.copies)) == ((), 5, 5)
    assert len(store.sources(store.ids()[0])) == 2


def test_a_moved_file_that_changes_is_a_new_version(store: Store, folder: Path) -> None:
    add(store, [folder])
    moved = folder.rename(folder.with_name("moved"))
    assert len(add(store, [moved]).copies) == 5
    changed = moved / "004_35d6ee97e2dd77e2.txt"
    changed.write_bytes(changed.read_bytes() + "\nنص".encode())
    report = add(store, [moved])
    assert (report.added, len(report.new_versions), report.unchanged) == ((), 1, 4)
    assert [source.source for source in store.sources(report.new_versions[0])] == [str(changed)]
    assert len(store.ids()) == 5


def test_progress_tells_of_what_is_committed(store: Store, tmp_path: Path) -> None:
    export = tmp_path / "a.jsonl"
    export.write_text("".join(json.dumps({"id": n, "text": f"قال شهود {n}"}) + "\n" for n in range(600)))
    told: list[tuple[int, int | None]] = []

    def progress(done: int, total: int | None) -> None:
        with Store.open(store.folder) as other:
            assert len(other.ids()) == done
        told.append((done, total))

    add(store, [export], progress=progress)
    assert told[-1] == (600, None)
    assert len(told) >= 2


def test_two_additions_at_once_are_refused_with_a_sentence(store: Store, folder: Path) -> None:
    with store.exclusively(), Store.open(store.folder) as other, pytest.raises(ArchiveBusy, match="try again"):
        add(other, [folder])


def test_a_file_name_that_is_no_utf8_is_no_obstacle(store: Store, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    try:
        (texts / os.fsdecode(b"\xe3\xcc\xd2\xd1\xc9.txt")).write_text("قال شهود")
    except OSError:
        pytest.skip("this disk takes only UTF-8 names")
    report = add(store, [texts])
    assert len(report.added) == 1
    assert store.sources(report.added[0])[0].source.endswith(r"\xe3\xcc\xd2\xd1\xc9.txt")
    assert add(store, [texts]).unchanged == 1


RUN = """
import sys
from pathlib import Path
import archive.adding
from archive.store import Store
archive.adding.BATCH_ITEMS = 20
print(0, flush=True)
with Store.open(Path(sys.argv[1]), create=True) as store:
    archive.adding.add(store, [Path(sys.argv[2])], progress=lambda done, total: print(done, flush=True))
"""


def test_a_run_killed_at_any_moment_loses_nothing_it_told_of(tmp_path: Path) -> None:
    """Twenty kills at random moments; what was told is there, and the last run finishes without a duplicate."""
    export, where = tmp_path / "a.jsonl", tmp_path / "archive"
    export.write_text("".join(json.dumps({"id": n, "text": f"قال شهود {n}"}) + "\n" for n in range(1500)))
    chance = random.Random(7)
    told = 0
    for _ in range(20):
        run = subprocess.Popen([sys.executable, "-c", RUN, str(where), str(export)], stdout=subprocess.PIPE, text=True)
        assert run.stdout is not None
        early = [int(run.stdout.readline() or told) for _ in range(chance.randint(1, 4))]
        time.sleep(chance.uniform(0, 0.05))
        run.kill()
        late, _ = run.communicate()
        told = max([told, *early, *(int(line) for line in late.split("\n")[:-1])])
        if (where / "archive.db").exists():
            with Store.open(where) as store:
                assert len(store.ids()) >= told
    with Store.open(where, create=True) as store:
        add(store, [export])
        assert len(store.ids()) == 1500
        assert len({article.sha256 for article in store.articles()}) == 1500
        for article in store.ids()[::150]:
            assert json.loads(store.original(article))["text"] == store.article(article).document.text
        assert list((where / "originals" / "arriving").iterdir()) == []
    assert told > 0
