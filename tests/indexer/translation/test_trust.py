"""Reasons to doubt a machine's line: what is flagged, and above all what isn't."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.document import Note
from archive.translation import Origin, Translation
from indexer.translation.trust import SEVERITIES, Severity, check, severity, with_doubts
from web.catalogue import LANGUAGES, has, say_note

CASES = Path(__file__).with_name("trust_cases.tsv")
TIME = "2026-11-20T00:00:00+00:00"


def cases() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Give each pair of the table with the codes wanted."""
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            arabic, english, codes = line.split("\t")
            yield arabic, english, () if codes == "-" else tuple(codes.split(","))


@pytest.mark.parametrize(("arabic", "english", "codes"), list(cases()))
def test_a_line_is_doubted_for_the_right_reasons_and_no_others(
    arabic: str, english: str, codes: tuple[str, ...]
) -> None:
    assert tuple(note.code for note in check(arabic, english)) == codes, check(arabic, english)


def test_numbers_come_as_arguments() -> None:
    assert check("قُتل ٥٠ مدنيًا.", "Civilians were killed.") == (Note("number_missing", (50,)),)
    assert check("قُتل خمسون مدنيًا.", "Civilians were killed.") == (Note("number_missing", (50,)),)
    assert check("قُتل 50 مدنيًا.", "60 civilians were killed.") == (Note("number_changed", (50, 60)),)
    assert check("عشرات القتلى.", "People were killed.") == (Note("quantity_missing", ("عشرات", "dozens")),)


def test_names_come_in_both_languages() -> None:
    notes = check("وصلوا إلى الباغوز أمس.", "They arrived in the village yesterday.")
    assert notes == (Note("name_missing", ("Baghouz", "الباغوز")),)


def test_the_gravest_reason_comes_first() -> None:
    notes = check("لم يصل 20 مدنيًا إلى الباغوز.", "Civilians arrived and arrived.", score=-3.0)
    assert [note.code for note in notes] == ["negation_lost", "number_missing", "name_missing", "repeated", "low_score"]
    assert [SEVERITIES[note.code] for note in notes] == sorted((SEVERITIES[n.code] for n in notes), reverse=True)


def test_severity_is_that_of_the_gravest() -> None:
    assert severity(check("قُتل 50 مدنيًا.", "Civilians were killed.", score=-3.0)) is Severity.ALARM
    assert severity(check("قُتل المدنيون.", "Civilians were killed.", score=-3.0)) is Severity.HINT
    assert severity(()) is None


def test_a_score_is_doubted_only_when_it_is_low() -> None:
    assert check("عاد الأهالي.", "The residents returned.", score=-0.4) == ()
    assert check("عاد الأهالي.", "The residents returned.", score=-2.345) == (Note("low_score", (-2.35,)),)


def test_what_has_no_arabic_is_not_doubted() -> None:
    assert check("24.10.2017 | 20:35", "24.10.2017 | 20:35") == ()
    assert check("@Ali_AlQaradaghi", "@Ali_AlQaradaghi") == ()


def test_each_reason_is_a_sentence_in_both_languages() -> None:
    assert all(has(f"note.{code}") for code in SEVERITIES)
    found = [note for arabic, english, _ in cases() for note in check(arabic, english, score=-3.0)]
    assert {note.code for note in found} == set(SEVERITIES)
    assert all("…" not in say_note(language, note) for language in LANGUAGES for note in found)
    assert say_note("en", Note("number_missing", (50,))) == "The number 50 in the Arabic is missing here."


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("", ""),
        ("قتل", ""),
        ("", "killed"),
        ("قتل\x00 20 \u202e\u2066مدنيا", "20\x00 civilians\u202e killed"),
        ("\ud800قتل", "\udfffkilled"),
        ("قُتِلَ" * 3, "ـ" * 50),
        ("٩" * 5000, "9" * 5000),
        ("و20 " * 4000, "and 20 " * 4000),
        ("خمسة و" * 4000, "five and " * 4000),
        ("لا إلا " * 4000, "not " * 4000),
        ("دير الزور " * 3000, "Deir ez-Zor " * 3000),
        ("«" * 20000, '"' * 20000),
        (" " * 1_000_000, "x" * 1_000_000),
    ],
)
def test_any_text_is_checked_in_short_time(arabic: str, english: str) -> None:
    began = time.perf_counter()
    assert isinstance(check(arabic, english), tuple)
    assert time.perf_counter() - began < 5


def test_only_a_machine_s_line_carries_doubts() -> None:
    line = Translation("Civilians were killed.", Origin.MACHINE, "argos", TIME, score=-0.3)
    assert with_doubts("قُتل 50 مدنيًا.", line).trust == (Note("number_missing", (50,)),)
    for origin in (Origin.REVIEWED, Origin.GLOSS):
        other = replace(line, origin=origin)
        assert with_doubts("قُتل 50 مدنيًا.", other) is other
