"""Archives taken away: whole, labelled, harmless in a spreadsheet, and without what was withdrawn."""

import csv
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from archive.adding import add
from archive.memory import MemoryLine, read_memory
from archive.store import Store
from web.cli import sijill
from web.exports import COLUMNS, cell


def run(archive: Path, *arguments: object) -> Result:
    return CliRunner().invoke(sijill, ["--archive", str(archive), *map(str, arguments)])


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened, strict=True))


def test_a_table_has_every_sentence_with_its_english_and_its_hash(seed_archive: Path, tmp_path: Path) -> None:
    told = run(seed_archive, "export", tmp_path / "seeds.csv")
    assert told.exit_code == 0, told.output
    assert "5 articles, 88 sentences" in told.stdout
    rows = rows_of(tmp_path / "seeds.csv")
    assert tuple(rows[0]) == COLUMNS
    with Store.open(seed_archive) as store:
        shown = {
            article.sentence_id(number): (article.sha256, article.document.sentence_text(sentence), made and made.text)
            for article in store.articles()
            for number, (sentence, made) in enumerate(article.pairs(), start=1)
        }
    assert {row["sentence"]: (row["sha256"], row["ar"].removeprefix("'"), row["en"]) for row in rows} == shown
    assert {row["origin"] for row in rows} == {"reviewed"}
    assert all(row["by"] and row["time"] for row in rows)


def test_json_lines_hold_whole_articles(seed_archive: Path, tmp_path: Path) -> None:
    assert run(seed_archive, "export", "--format", "jsonl", tmp_path / "out").exit_code == 0
    records = [json.loads(line) for line in (tmp_path / "out").read_text("utf-8").splitlines()]
    assert len(records) == 5
    for record in records:
        shown = json.loads(run(seed_archive, "show", record["id"], "--json").stdout)
        del shown["figures"]  # read anew for one article at a time
        assert {name: record[name] for name in shown if name != "sentences"} | {
            "sentences": shown["sentences"]
        } == shown
        for sentence in record["sentences"]:
            assert record["text"][sentence["start"] : sentence["end"]] == sentence["ar"]


def test_sentence_pairs_name_their_sentence_and_original(seed_archive: Path, tmp_path: Path) -> None:
    assert run(seed_archive, "export", tmp_path / "seeds.tmx").exit_code == 0
    units = ElementTree.parse(tmp_path / "seeds.tmx").getroot().findall(".//tu")
    assert len(units) == 88
    for unit in units:
        properties = {each.get("type"): each.text or "" for each in unit.findall("prop")}
        assert properties["x-sha256"].startswith(properties["x-sentence"].split(".")[0])
        assert properties["x-origin"] == "reviewed"
    lines = list(read_memory(tmp_path / "seeds.tmx"))
    assert all(isinstance(line, MemoryLine) for line in lines)


def test_no_cell_runs_as_a_formula(tmp_path: Path) -> None:
    item = {
        "id": "1",
        "title": "=HYPERLINK(1)",
        "outlet": "@SUM(1)",
        "text": "=1+2 قصف على المدينة.\n\n+cmd|' /C calc'!A0",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(item, ensure_ascii=False) + "\n", "utf-8")
    with Store.open(tmp_path / "archive", create=True) as store:
        assert len(add(store, [tmp_path / "a.jsonl"]).added) == 1
        id = store.ids()[0]
        store.describe(id, "outlet", "-2+3", "@R. Reader")
    assert run(tmp_path / "archive", "export", tmp_path / "a.csv").exit_code == 0
    rows = rows_of(tmp_path / "a.csv")
    assert rows
    for row in rows:
        assert not [value for value in row.values() if re.match(r"\s*[=+\-@]", value)]
    assert rows[0]["outlet"] == "'-2+3"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n", " =1", "\u200f=1", "\ufeff=1", "＝1"])
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "قصف", "“قسد” تغطي", "2019-03-21", "a=b", "(1)"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert cell(text) == text


def test_what_was_withdrawn_is_in_no_export(tmp_path: Path, seeds: Path) -> None:
    with Store.open(tmp_path / "archive", create=True) as store:
        add(store, sorted(seeds.glob("*.txt")))
        gone, *others = store.ids()
        store.withdraw(gone, "asked for", "R. Reader")
    for form in ("csv", "jsonl", "tmx"):
        assert run(tmp_path / "archive", "export", tmp_path / f"out.{form}").exit_code == 0
        assert gone not in (tmp_path / f"out.{form}").read_text("utf-8")
    assert all(id in (tmp_path / "out.jsonl").read_text("utf-8") for id in others)


def test_what_cannot_be_written_is_a_sentence_and_leaves_the_file_from_before(
    seed_archive: Path, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder.csv").mkdir()
    for target, status in (("nowhere/a.csv", 1), ("folder", 2), ("folder.csv", 1), ("a.xlsx", 2), ("a", 2)):
        result = run(seed_archive, "export", tmp_path / target)
        assert result.exit_code == status, result.output
        assert "Traceback" not in result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "folder.csv"]
    result = run(tmp_path / "none", "export", tmp_path / "a.csv")
    assert result.exit_code == 1
    assert "holds no archive" in result.stderr
