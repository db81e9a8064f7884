"""The README's commands work, and print what it shows."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
SIJILL = [sys.executable, "-c", "from web.cli import main; main()"]


def shown_commands() -> list[str]:
    """Every `sijill` command of the README, without its comment."""
    lines = [line[2:] for block in BLOCKS for line in block.splitlines() if line.startswith("$ sijill ")]
    return [re.sub(r"\s+#.*", "", line) for line in lines]


def run(arguments: list[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*SIJILL, *arguments], cwd=cwd, capture_output=True, text=True, timeout=120)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with an archive made of the seeds, and a memory to import."""
    made = run(["demo", "--no-serve", "--dir", "sijill-archive"], tmp_path)
    assert made.returncode == 0, made.stderr
    run(["memory", "export", "memory.tmx"], tmp_path)
    return tmp_path


def fitted(command: str, place: Path) -> list[str]:
    """The arguments of a command with what a reader would put in."""
    known = re.search(r'"id": "(\w+)"', run(["search", "مدنيين", "--json"], place).stdout)
    entries = re.findall(r"^(\d+)", run(["log"], place).stdout, re.MULTILINE)
    assert known
    values = {"FOLDER": str(ROOT / "seeds"), "FILE": "memory.tmx", "ID": known[1], "LOG_ID": entries[0]}
    return [re.sub(r"\b[A-Z_]{2,}\b", lambda m: values.get(m[0], m[0]), word) for word in shlex.split(command)[1:]]


def test_the_commands_that_are_shown_work_one_after_the_other(place: Path) -> None:
    for command in shown_commands():
        if not command.startswith(("sijill models", "sijill serve")):
            result = run(fitted(command, place), place)
            assert result.returncode in (0, 3), f"{command}: {result.stderr}"
            assert result.stdout.strip(), command


def test_the_demonstration_prints_what_the_first_screen_shows(tmp_path: Path) -> None:
    shown = BLOCKS[0].splitlines()
    start = next(number for number, line in enumerate(shown) if "sijill demo" in line)
    end = next(number for number, line in enumerate(shown) if number > start and line.startswith("$"))
    printed = run(["demo", "--no-serve", "--dir", "sijill-archive"], tmp_path).stdout
    for line in shown[start + 1 : end]:
        if not line.startswith("The pages are at"):
            assert re.sub(r"[\d.]+ s\b", "N s", line).strip() in re.sub(r"[\d.]+ s\b", "N s", printed)


def test_the_pictures_are_there_and_small() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert len(pictures) == 2
    assert all((ROOT / name).stat().st_size < 200_000 for name in pictures)
