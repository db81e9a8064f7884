"""`sijill translate`: what it is asked for beyond the sentences that lack English."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.store import Store
from indexer.translation.run import archive_glossary
from web.cli import sijill


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of one short text, on a machine without a model."""
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    (tmp_path / "text.txt").write_text("وصلوا إلى دير الزور مساء أمس بعد رحلة طويلة.", encoding="utf-8")
    run(tmp_path / "archive", "add", str(tmp_path / "text.txt"))
    return tmp_path / "archive"


def run(archive: Path, *arguments: str) -> Result:
    return CliRunner().invoke(sijill, ["--archive", str(archive), *arguments])


def test_a_glossary_holds_from_then_on(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "terms.tsv").write_text("دير الزور\tDeir al-Zour\n", encoding="utf-8")
    for given, terms, names in ((str(tmp_path / "terms.tsv"), 1, True), ("none", 0, False), ("names", 0, True)):
        assert run(archive, "translate", "--retry", "--glossary", given).exit_code == 0
        assert run(archive, "translate").exit_code == 0
        with Store.open(archive) as store:
            kept = archive_glossary(store)
        assert (len(kept.terms), kept.names) == (terms, names)


def test_a_glossary_that_can_not_be_read_is_said_in_a_sentence(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "terms.tsv").write_text("Deir ez-Zor\n", encoding="utf-8")
    result = run(archive, "translate", "--glossary", str(tmp_path / "terms.tsv"))
    assert (result.exit_code, "line 1 of the glossary" in result.output) == (1, True)
    assert run(archive, "translate", "--glossary", "nosuch.tsv").exit_code == 1


def test_again_is_for_everything(archive: Path) -> None:
    assert run(archive, "translate", "--again").exit_code == 0
    assert run(archive, "translate", "--again", "--limit", "1").exit_code == 2
