"""The reviewed English of the seeds: complete, tied to the sentences as they are cut, and true to every figure."""

import json
import re
from pathlib import Path

import pytest

from archive.cleaning import compose
from archive.document import TRANSLATED_KINDS, Declared, Document, Reading
from archive.translation import Origin, sentence_key

SEEDS = Path(__file__).parents[2] / "seeds"
NAMES = [path.stem[:3] for path in sorted(SEEDS.glob("*.txt"))]


def read_seed(path: Path) -> Document:
    raw = path.read_bytes()
    reading = Reading(str(path), raw, raw.decode("utf-8"), "utf-8", "text/plain", Declared())
    return compose(reading)


def translated_sentences(name: str) -> list[str]:
    (path,) = SEEDS.glob(f"{name}_*.txt")
    document = read_seed(path)
    wanted = [s for s in document.sentences if document.blocks[s.block].kind in TRANSLATED_KINDS]
    return [document.sentence_text(sentence) for sentence in wanted]


@pytest.fixture(scope="module")
def lines() -> list[dict[str, str]]:
    text = (SEEDS / "reviewed.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def english(lines: list[dict[str, str]]) -> dict[str, str]:
    return {sentence_key(line["ar"]): line["en"] for line in lines}


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_has_a_reviewed_line(name: str, english: dict[str, str]) -> None:
    missing = [text for text in translated_sentences(name) if sentence_key(text) not in english]
    assert missing == []


def test_no_line_is_orphaned_or_repeated(lines: list[dict[str, str]]) -> None:
    keys = [sentence_key(line["ar"]) for line in lines]
    standing = {sentence_key(text) for name in NAMES for text in translated_sentences(name)}
    assert set(keys) <= standing
    assert len(set(keys)) == len(keys)


def test_lines_say_who_reviewed_them_and_where_they_belong(lines: list[dict[str, str]]) -> None:
    for line in lines:
        assert set(line) == {"ar", "en", "origin", "by", "time", "source"}
        assert line["origin"] == Origin.REVIEWED
        assert line["source"].removeprefix("seeds/") in NAMES
        assert line["by"]
        assert line["en"].strip() == line["en"] != ""


def test_every_figure_of_the_arabic_stands_in_the_english(lines: list[dict[str, str]]) -> None:
    for line in lines:
        figures = sorted(re.findall(r"\d+", line["ar"]))
        assert sorted(re.findall(r"\d+", line["en"])) == figures, line["en"]


def test_quotation_marks_stand_on_both_sides(lines: list[dict[str, str]]) -> None:
    marks = '"“”'
    for line in lines:
        assert sum(line["ar"].count(mark) for mark in marks) == sum(line["en"].count(mark) for mark in marks), line[
            "en"
        ]


def test_no_arabic_letters_are_left_over(lines: list[dict[str, str]]) -> None:
    for line in lines:
        assert not re.search(r"[\u0600-\u06ff]", line["en"]), line["en"]


@pytest.mark.parametrize(
    ("arabic", "english_word"),
    [
        (r"(?:مجزرة|مجازر)", "massacre"),
        (r"(?:جرائم|جريمت)", "crime"),
        (r"العدوان", "the aggression"),
        (r"إبادة جماعية", "genocide"),
        (r"استشهاد", "martyrdom"),
        (r"داعش", "Daesh"),
        (r"الدولة ال[إا]سلامية", "Islamic State"),
        (r"الباغوز", "Baghouz"),
        (r"دير الزور(?!24)", "Deir ez-Zor"),
        (r"الرقة", "Raqqa"),
        (r"قسد", "SDF"),
        (r"التحالف", "coalition"),
    ],
)
def test_a_word_keeps_its_weight(arabic: str, english_word: str, lines: list[dict[str, str]]) -> None:
    met = [line for line in lines if re.search(arabic, line["ar"])]
    assert met
    for line in met:
        assert english_word.casefold() in line["en"].casefold(), line["ar"]
