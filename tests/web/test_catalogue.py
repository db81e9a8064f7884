"""The message catalogue: every code in both languages, plural forms, and what has no message."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.document import Basis, BlockKind, Note
from archive.translation import Origin
from indexer.analysis.token import Level
from web.catalogue import LANGUAGES, catalogue, has, message, plural_form, say, say_note
from web.failures import STATUS

ROOT = Path(__file__).resolve().parents[2]
FORMS = {"en": ("one", "other"), "ar": ("zero", "one", "two", "few", "many", "other")}
PLACES = {"Note": (0, "note"), "QueryError": (1, "query"), "UnreadableInput": (1, "aside"), "_Memory": (1, "aside")}


def codes_in_source() -> Iterator[tuple[str, str]]:
    """Give each code that the archive and the indexer name, as the catalogue knows it, and where."""
    for path in sorted([*(ROOT / "archive").rglob("*.py"), *(ROOT / "indexer").rglob("*.py")]):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        where = path.relative_to(ROOT).as_posix()
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PLACES:
                place, family = PLACES[node.func.id]
                for code in literals(node.args[place]) if len(node.args) > place else ():
                    yield f"{family}.{code}", f"{where}:{node.lineno}"
        if where.startswith("indexer/query/"):
            family = "query" if where.endswith("reading.py") else "note"
            table = re.findall(r"^\| (`.+?`) \|", ast.get_docstring(tree) or "", re.MULTILINE)
            yield from ((f"{family}.{code}", where) for row in table for code in re.findall(r"`(\w+)`", row))


def literals(node: ast.expr) -> Iterator[str]:
    """Give the strings that an argument can be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.IfExp):
        yield from (*literals(node.body), *literals(node.orelse))


@pytest.mark.parametrize(("code", "where"), sorted(set(codes_in_source())))
def test_each_reason_given_in_the_source_has_words_in_both_languages(code: str, where: str) -> None:
    assert has(code), f"{where} gives {code}, which has no message"
    assert all(message(language, code, ("x", "y", "z", "w")) for language in LANGUAGES)


def test_codes_are_found_in_the_source_at_all() -> None:
    found = {code for code, _ in codes_in_source()}
    assert {"note.ambiguous_day_month", "note.quote_ignored", "query.prefix_too_short", "note.phrase"} <= found
    assert {"aside.empty", "aside.memory", "aside.bad_sidecar"} <= found


def test_each_message_stands_in_both_languages_with_the_same_arguments() -> None:
    for code, row in catalogue().items():
        if "#" not in code:
            assert all(row.values()), code
            slots = [set(re.findall(r"\{(\d)", row[language])) for language in LANGUAGES]
            assert slots[0] == slots[1], code


def test_counts_have_every_plural_form_of_their_language() -> None:
    counted = {code.split("#")[0] for code in catalogue() if code.endswith("#other")}
    for code in counted:
        for language, forms in FORMS.items():
            missing = [form for form in forms if not catalogue().get(f"{code}#{form}", {}).get(language)]
            assert not missing, f"{code} lacks {missing} in {language}"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "لا نتائج"),
        (1, "مقال واحد"),
        (2, "مقالان"),
        (3, "3 مقالات"),
        (10, "10 مقالات"),
        (11, "11 مقالًا"),
        (100, "100 مقال"),
    ],
)
def test_arabic_counts_agree_with_their_number(count: int, words: str) -> None:
    assert say("ar", "results", count) == words


def test_plural_forms_go_round_with_the_hundreds() -> None:
    assert [plural_form("ar", n) for n in (102, 103, 111, 199, 200, 1003)] == [
        "other",
        "few",
        "many",
        "many",
        "other",
        "few",
    ]


def test_families_that_pages_look_up_by_value_are_whole() -> None:
    families = {"kind": BlockKind, "level": Level, "means": Level, "origin": Origin, "basis": Basis}
    assert [
        f"{name}.{value}" for name, values in families.items() for value in values if not has(f"{name}.{value}")
    ] == []


def test_words_that_templates_ask_for_exist() -> None:
    for path in sorted((ROOT / "web" / "templates").glob("*.html")):
        asked = re.findall(r"\b(?:t|plain)\('([\w.]+)'(?! *[~%])", path.read_text(encoding="utf-8"))
        assert [code for code in asked if not has(code)] == [], path.name


def test_errors_with_a_page_of_their_own_are_told_in_arabic_too() -> None:
    kinds = [kind for kind, _ in STATUS if kind.__name__ != "QueryError"]
    assert [kind.__name__ for kind in kinds if not has(f"failure.{kind.__name__}")] == []


def test_a_code_without_a_message_is_said_as_it_stands() -> None:
    assert say_note("ar", Note("brand_new", ("الباغوز", 3))) == "brand new (الباغوز, 3)"
    assert say("en", "brand_new") == "brand new"


def test_missing_and_strange_arguments_do_not_break_a_message() -> None:
    assert say("en", "note.phrase") == "The phrase “…”: side by side, in this order."
    assert (
        say("en", "note.phrase", "{0} {1.__class__}") == "The phrase “{0} {1.__class__}”: side by side, in this order."
    )
    assert say("en", "note.not_before", "no date") == "not before no date"
