"""`eval` and the levels of an index, by the commands alone."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from web.cli import sijill

CORPUS = (
    {"id": "a", "title": "قصف على المدنيين", "text": "قتل مدنيون في قصف.", "translation": "Civilians were killed."},
    {"id": "b", "title": "اجتماع", "text": "عقد اجتماع في جنيف.", "translation": "A meeting was held in Geneva."},
    {"id": "c", "title": "مساعدات", "text": "وصلت قافلة مساعدات.", "translation": "A convoy of aid arrived."},
)
QUERIES = (("1", "مدنيون"), ("2", "meeting"), ("3", "المدنيون"), ("4", '"open'), ("9", "unjudged"))
JUDGED = (("1", "a"), ("2", "b"), ("3", "a"), ("4", "c"))


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    """A small judged set; one of its queries can't be read."""
    folder = tmp_path / "set"
    folder.mkdir()
    lines = {
        "corpus.jsonl": [json.dumps(each, ensure_ascii=False) for each in CORPUS],
        "queries.jsonl": [json.dumps({"id": id, "text": words}, ensure_ascii=False) for id, words in QUERIES],
        "qrels.tsv": ["\t".join((query, document, "1")) for query, document in JUDGED],
    }
    for name, rows in lines.items():
        (folder / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(sijill, [str(argument) for argument in arguments])


def test_a_judged_set_is_measured_through_the_whole_program(judged: Path, tmp_path: Path) -> None:
    result = run("eval", judged, "--json", "--run", tmp_path / "found.run")
    assert result.exit_code == 0, result.output
    record = json.loads(result.stdout)
    assert set(record) == {"set", "documents", "queries", "metrics", "ablation"}
    assert (record["set"], record["documents"], record["queries"], record["ablation"]) == ("set", 3, 4, [])
    assert record["metrics"] == {"nDCG@10": 0.75, "MRR@10": 0.75, "R@100": 0.75}
    ranked = [line.split() for line in (tmp_path / "found.run").read_text(encoding="utf-8").splitlines()]
    assert {(query, document) for query, _, document, rank, *_ in ranked if rank == "1"} >= {("1", "a"), ("2", "b")}
    assert "MRR@10" in run("eval", judged).stdout


def test_levels_and_translations_can_be_left_out(judged: Path) -> None:
    without = json.loads(run("eval", judged, "--json", "--no-translations", "--levels", "exact,folded").stdout)
    assert without["metrics"]["R@100"] == 0.25
    rows = json.loads(run("eval", judged, "--json", "--ablate").stdout)["ablation"]
    assert [row["levels"][0] for row in rows] == ["exact"] * len(rows)
    recall = [row["metrics"]["R@100"] for row in rows]
    assert recall == sorted(recall)
    assert "levels up to" in run("eval", judged, "--ablate").stdout


@pytest.mark.parametrize("missing", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_set_that_lacks_a_file_gets_a_sentence(judged: Path, missing: str) -> None:
    (judged / missing).unlink()
    result = run("eval", judged)
    assert result.exit_code == 1
    assert missing in result.stderr


def test_what_is_no_set_and_no_level_gets_a_sentence(judged: Path) -> None:
    assert run("eval", judged / "none").exit_code == 1
    assert "levels are" in run("eval", judged, "--levels", "nearly").stderr
    assert run("eval").exit_code == 2


def test_an_index_holds_the_levels_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("وصول قافلة\n\nوصل المدنيون إلى المدينة يوم الأحد.\n", encoding="utf-8")
    archive = ("--archive", tmp_path / "a")
    run(*archive, "add", tmp_path / "one.txt")

    def found(*levels: str) -> int:
        result = run(*archive, "index", *levels)
        assert result.exit_code == 0, result.output
        return int(json.loads(run(*archive, "search", "مدنيون", "--json").stdout)["total"])

    assert found() == 1
    assert found("--levels", "exact") == 0
    assert found() == 0
    assert found("--levels", "all") == 1
    assert run(*archive, "index", "--levels", "nearly").exit_code == 1
