"""Word cards: as a page, as JSON, in the terminal."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer.gazetteer import Kind
from indexer.lexicon import AffixKind, PartOfSpeech, load_lexicon
from web.catalogue import has
from web.cli import sijill

ARABIC = re.compile(r"[\u0620-\u064a]")
with_lexicon = pytest.mark.skipif(load_lexicon() is None, reason="needs the extra lexicon")


def cards(client: FlaskClient, text: str) -> list[dict[str, object]]:
    record = client.get("/analyze.json", query_string={"q": text}).json
    assert record["text"] == text
    words: list[dict[str, object]] = record["words"]
    return words


@with_lexicon
def test_a_word_is_taken_apart_level_by_level(client: FlaskClient) -> None:
    (card,) = cards(client, "والمدنيين")
    levels = [step["level"] for step in card["steps"]]
    assert levels[0] == "exact"
    assert {"light", "lemma", "gloss"} <= set(levels)
    reading = card["readings"][0]
    assert [affix["kind"] for affix in reading["prefixes"]] == ["conjunction", "article"]
    assert [affix["kind"] for affix in reading["suffixes"]] == ["plural"]
    assert "civilian" in reading["glosses"]
    page = client.get("/analyze", query_string={"q": "والمدنيين"}).get_data(as_text=True)
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "و and, so + ال article + مدني stem + ين plural" in text
    assert 'href="/search?q=%D9%85%D8%AF%D9%86%D9%8A"' in page


@with_lexicon
def test_the_words_beside_it_choose_the_reading(client: FlaskClient) -> None:
    verb = cards(client, "قتل التحالف ثلاثة مدنيين")[0]["readings"][0]
    noun = cards(client, "بعد قتل المدنيين")[1]["readings"][0]
    assert (verb["part_of_speech"], noun["part_of_speech"]) == ("verb", "noun")


def test_a_name_leads_to_its_other_spellings_and_to_the_articles_that_name_it(client: FlaskClient) -> None:
    for text in ("الباغوز", "Baghuz"):
        (card,) = cards(client, text)
        (entry,) = card["names"]
        assert entry["id"] == "baghouz"
        assert "Baghouz" in entry["english"]
    page = client.get("/analyze", query_string={"q": "Baghuz"}).get_data(as_text=True)
    assert 'href="/search?q=place:baghouz"' in page
    assert [card["names"][0]["id"] for card in cards(client, "دير الزور")] == ["deir-ez-zor", "deir-ez-zor"]


def test_function_words_say_that_they_count_only_in_quotes(client: FlaskClient) -> None:
    (card,) = cards(client, "في")
    assert card["stop"]
    assert "counts only inside quotes" in client.get("/analyze?q=في").get_data(as_text=True)


@pytest.mark.parametrize("text", ["", "   ", "؟!", "\u202e", "\x00", "<script>", "ـ", "a" * 500, "٣٠٣٥ 3,035"])
def test_anything_typed_is_answered(client: FlaskClient, text: str) -> None:
    for language in ("en", "ar"):
        answer = client.get("/analyze", query_string={"q": text, "ui": language})
        assert answer.status_code == 200
        assert "<script>" not in answer.get_data(as_text=True)
    assert client.get("/analyze.json", query_string={"q": text}).status_code == 200


def test_too_much_at_once_gets_a_sentence(client: FlaskClient) -> None:
    answer = client.get("/analyze", query_string={"q": "كلمة " * 200})
    assert answer.status_code == 400
    assert "shorten" in answer.get_data(as_text=True)


def test_a_result_leads_to_the_cards_of_its_words(client: FlaskClient) -> None:
    assert 'href="/analyze?q=3035"' in client.get("/search?q=3035").get_data(as_text=True)


def test_every_kind_has_words() -> None:
    families = {"affix": [*AffixKind, "stem"], "pos": PartOfSpeech, "gazetteer": Kind}
    assert [f"{f}.{kind}" for f, kinds in families.items() for kind in kinds if not has(f"{f}.{kind}")] == []


@with_lexicon
def test_the_terminal_says_the_same(seed_archive: Path) -> None:
    run = CliRunner().invoke(sijill, ["--archive", str(seed_archive), "analyze", "والمدنيين", "الباغوز", "--json"])
    assert run.exit_code == 0, run.output
    record = json.loads(run.stdout)
    assert record["lexicon"] is True
    assert [word["word"] for word in record["words"]] == ["والمدنيين", "الباغوز"]
    said = CliRunner().invoke(sijill, ["--archive", str(seed_archive), "analyze", "والمدنيين"]).stdout
    assert "و + ال + مدني + ين" in said
    assert "(headword of the dictionary)" in said


def test_the_terminal_says_why_a_hit_matched(seed_archive: Path) -> None:
    said = CliRunner().invoke(sijill, ["--archive", str(seed_archive), "search", "3035"]).stdout
    assert "Why this matched: 3035: 3035 ×1 (as typed, in the Arabic)" in said


def test_the_page_about_the_archive_leads_to_a_word_taken_apart(client: FlaskClient) -> None:
    for language in ("en", "ar"):
        assert "/analyze?q=" in client.get("/about", query_string={"ui": language}).get_data(as_text=True)
