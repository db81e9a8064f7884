import fcntl
import os
import random
import resource
import signal
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.engine.generations import Generations
from indexer.engine.whoosh_engine import WhooshEngine
from indexer.errors import DamagedIndex, IndexBusy, IndexerError

NONE = frozenset[str]()
STAMP = "made-up"
ARTICLES = 40


def round_of(bench, number):
    """Every article, rewritten for a round."""
    return [
        bench.entry(f"{place:02}", text=f"camp round{number} word{place}", revision=number) for place in range(ARTICLES)
    ]


def forked(child: Callable[[], None]) -> int:
    """Run a function in a process of its own; it exits 0 unless the function raises."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            child()
            status = 0
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            os._exit(status)
    return pid


@pytest.fixture
def live(engine, bench):
    """An engine with two rounds written."""
    for number in (1, 2):
        engine.update(round_of(bench, number), known=NONE)
    return engine


def test_killed_at_any_moment_the_index_opens_and_the_next_run_finishes(live, folder, bench):
    chance = random.Random(11)
    number = 2
    for _ in range(20):
        said, saying = os.pipe()

        def write_rounds(first=number + 1, end=saying):
            writer = WhooshEngine(folder, STAMP)
            for each in range(first, first + 1000):
                writer.update(round_of(bench, each), known=NONE)
                os.write(end, f"{each}\n".encode())

        pid = forked(write_rounds)
        time.sleep(chance.uniform(0, 0.12))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(saying)
        done = os.read(said, 1 << 16).split()
        os.close(said)
        number = int(done[-1]) if done else number
        revisions = WhooshEngine(folder, STAMP).revisions()
        assert len(revisions) == ARTICLES
        assert set(revisions.values()) <= {number, number + 1}
        assert len(set(revisions.values())) == 1
        number = revisions["00"]
    live.update(round_of(bench, number + 1), known=NONE)
    page = live.search(bench.request(f"round{number + 1}"))
    assert page.total == ARTICLES
    assert len([path for path in folder.iterdir() if path.name.startswith("gen-")]) <= 2


def test_two_readers_search_without_error_or_gap_while_a_writer_commits(live, folder, bench):
    until = time.monotonic() + 2

    def read():
        reader = WhooshEngine(folder, STAMP)
        while time.monotonic() < until:
            page = reader.search(bench.request("camp", limit=50))
            assert page.total == len(page.matches) == ARTICLES
            assert WhooshEngine(folder, STAMP).search(bench.request("camp")).total == ARTICLES

    readers = [forked(read) for _ in range(2)]
    number = 2
    while time.monotonic() < until:
        number += 1
        live.update(round_of(bench, number), known=NONE)
    assert number > 5
    assert [os.waitpid(pid, 0)[1] for pid in readers] == [0, 0]


def test_threads_may_share_an_engine_while_it_is_written(live, folder, bench):
    until, failures = time.monotonic() + 1, []

    def read():
        while time.monotonic() < until:
            page = live.search(bench.request(bench.phrase("camp round1"), "camp", minimum=1))
            if page.total != ARTICLES:
                failures.append(page.total)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    writer = WhooshEngine(folder, STAMP)
    for number in range(3, 9):
        writer.update(round_of(bench, number), known=NONE)
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_second_writer_is_told_to_wait(live, folder, bench):
    with (folder / "LOCK").open("ab") as lock:
        fcntl.flock(lock.fileno(), fcntl.LOCK_EX)
        with pytest.raises(IndexBusy, match=r"another process is writing the index in .*; wait until it is done"):
            live.update(round_of(bench, 3), known=NONE)
    live.update(round_of(bench, 3), known=NONE)


def test_what_a_killed_writer_left_is_cleared_by_the_next_and_not_by_a_reader(live, folder, bench):
    left = folder / "gen-000099"
    (left / "sijill.tmp").mkdir(parents=True)
    (left / "sijill_x.trm").write_bytes(b"half")
    (folder / "CURRENT.4242").write_text("half")
    assert WhooshEngine(folder, STAMP).search(bench.request("camp")).total == ARTICLES
    assert left.exists()
    live.update(round_of(bench, 3), known=NONE)
    assert not left.exists()
    assert not (folder / "CURRENT.4242").exists()


def test_the_generation_before_stays_for_readers_still_on_it(live, folder, bench):
    reader = WhooshEngine(folder, STAMP)
    cut = reader.cut()
    for number in range(3, 7):
        live.update(round_of(bench, number), known=NONE)
    assert set(cut.revisions().values()) == {2}
    kept = sorted(path.name for path in folder.iterdir() if path.name.startswith("gen-"))
    assert len(kept) == 2
    assert live.generation().name == kept[-1]


def files_of(folder: Path, pattern: str) -> Path:
    (path,) = list(Generations(folder).current().folder.glob(pattern))
    return path


def rewritten(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


DAMAGES = {
    "truncated postings": lambda folder: _truncate(files_of(folder, "*.trm")),
    "emptied documents": lambda folder: rewritten(files_of(folder, "*.doc"), b""),
    "missing postings": lambda folder: files_of(folder, "*.trm").unlink(),
    "one letter changed": lambda folder: _flip(files_of(folder, "*.trm")),
    "another table of contents": lambda folder: (Generations(folder).current().folder / "_sijill_999.toc").write_bytes(
        b"cos\nsystem\n(S'false'\ntR."
    ),
    "changed table of contents": lambda folder: rewritten(files_of(folder, "*.toc"), b"cos\nsystem\n(S'false'\ntR."),
    "missing manifest": lambda folder: files_of(folder, "manifest.json").unlink(),
    "changed manifest": lambda folder: _flip(files_of(folder, "manifest.json")),
    "missing words": lambda folder: files_of(folder, "known.txt.gz").unlink(),
    "missing folder": lambda folder: Generations(folder).current().folder.rename(folder / "elsewhere"),
    "pointer to nowhere": lambda folder: (folder / "CURRENT").write_text("gen-000077 " + "0" * 64),
    "pointer that is none": lambda folder: (folder / "CURRENT").write_bytes(b"\xff\0../../etc\n"),
    "empty pointer": lambda folder: (folder / "CURRENT").write_bytes(b""),
    "stranger": lambda folder: (Generations(folder).current().folder / "notes.txt").write_text("not ours"),
}


def _truncate(path: Path) -> None:
    content = path.read_bytes()
    rewritten(path, content[: len(content) // 2])


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    rewritten(path, bytes(content))


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_index_is_refused_in_a_sentence_and_a_rebuild_mends_it(engine, folder, bench, damage):
    engine.update(round_of(bench, 1), known=NONE)
    damage(folder)
    reader = WhooshEngine(folder, STAMP)
    with pytest.raises(DamagedIndex, match=r"the index is damaged at .*: .*; run `sijill index --rebuild`"):
        reader.search(bench.request("camp"))
    with pytest.raises(DamagedIndex):
        reader.update(round_of(bench, 2), known=NONE)
    reader.update(round_of(bench, 2), known=NONE, rebuild=True)
    assert reader.search(bench.request("camp")).total == ARTICLES


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path, bench):
    (tmp_path / "file").write_text("")
    engine = WhooshEngine(tmp_path / "file" / "index", STAMP)
    with pytest.raises(IndexerError, match=r"the index folder .* can't be written"):
        engine.update(round_of(bench, 1), known=NONE)


def test_a_full_disk_is_said_so_and_the_old_index_stays(live, folder, bench, tmp_path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, before[1]))
    try:
        with pytest.raises(IndexerError, match=r"can't be written \(.+\); the one from before stays in use"):
            live.update(round_of(bench, 3), known=NONE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert set(live.revisions().values()) == {2}
    assert live.search(bench.request("camp")).total == ARTICLES
