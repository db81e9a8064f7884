"""The JSON of articles and results: the shape that other programs rely on."""

import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.document import Note, Precision, PublicationDate
from archive.store import Store
from archive.translation import Origin
from indexer.analysis.token import Level
from indexer.hit import Bucket, Hit, Mark, MarkedBy, ResultPage, Snippet, Span
from web.figures import record_with_figures
from web.records import article_record, as_json, search_record, title_in_english

SHOW = {"id", "version", "sha256", "title", "title_en", "outlet", "url", "date", "blocks", "sentences"}
SENTENCE = {"id", "block", "start", "end", "ar", "en", "origin", "engine", "model", "by", "time", "trust", "alignment"}
SEARCH = {"query", "explained", "relaxed", "total", "undated", "hits", "facets", "suggestions"}
HIT = {"id", "title", "title_en", "outlet", "date", "score", "level", "matched_in", "missing", "snippets", "why"}
DATE = {"value", "precision", "basis", "alternatives", "note"}


@pytest.fixture
def page() -> ResultPage:
    date = PublicationDate("2019", Precision.YEAR, None, ("2018",), Note("ambiguous_day_month", ("2018",)))
    mark = Mark(Level.LIGHT, MarkedBy.ALIGNED, "مدني")
    snippet = Snippet("a.1.2", (Span("قتل "), Span("مدني", mark)), (), Origin.MACHINE, (Note("number_missing", (50,)),))
    hit = Hit("a", "قصف", None, None, date, 1.23456789, Level.LIGHT, ("original",), ("factory",), (snippet,))
    facets = {"outlet": (Bucket("سانا", "SANA", 3),)}
    return ResultPage("مدني", (Note("all_words", ("مدني",)),), 2, 7, 1, (hit,), facets, ("مدنيين",))


def test_results_have_the_promised_shape(page: ResultPage) -> None:
    record = search_record(page)
    assert set(record) == SEARCH
    assert record["relaxed"] == {"minimum": 2}
    assert record["explained"] == "All of these words: مدني."
    assert record["facets"] == {"outlet": [{"value": "سانا", "label": "SANA", "count": 3}]}
    (hit,) = record["hits"]
    assert set(hit) == HIT
    assert hit["date"] == {
        "value": "2019",
        "precision": "year",
        "basis": None,
        "alternatives": ["2018"],
        "note": "ambiguous_day_month",
    }
    assert hit["snippets"] == [
        {
            "sentence": "a.1.2",
            "ar": [{"text": "قتل ", "mark": None}, {"text": "مدني", "mark": {"level": "light", "by": "aligned"}}],
            "en": [],
            "origin": "machine",
            "trust": [["number_missing", 50]],
        }
    ]
    assert json.loads(as_json(record)) == record


def test_articles_have_the_promised_shape_and_offsets_that_give_the_text_back(seed_archive: Path) -> None:
    with Store.open(seed_archive) as store:
        articles = list(store.articles())
    assert len(articles) == 5
    for article in articles:
        record = article_record(article)
        text = article.document.text
        assert set(record) == SHOW
        assert set(record["date"]) == DATE
        assert record["title_en"] == title_in_english(article)
        assert all(text[block["start"] : block["end"]] == block["text"] for block in record["blocks"])
        covered = "".join(block["text"] for block in record["blocks"])
        assert "".join(covered.split()) == "".join(text.split())
        for number, sentence in enumerate(record["sentences"], start=1):
            assert set(sentence) == SENTENCE
            assert sentence["id"] == f"{article.id}.{article.version}.{number}"
            assert sentence["ar"] == text[sentence["start"] : sentence["end"]]
            assert (sentence["en"] is None) == (sentence["origin"] is None)


def test_a_line_without_english_has_every_key_empty(mixed_archive: Path) -> None:
    with Store.open(mixed_archive) as store:
        records = [article_record(article) for article in store.articles()]
    missing = [s for record in records for s in record["sentences"] if s["en"] is None]
    assert missing
    assert all(set(s) == SENTENCE and s["trust"] == [] and s["alignment"] == [] for s in missing)


def test_json_cannot_steer_a_terminal_or_reorder_a_line() -> None:
    hostile = "\x1b[31m \x9b \u202e \u2066 \u2028 \ud800 الباغوز"
    text = as_json({"title": hostile})
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\ud800-\udfff]", text)
    assert "الباغوز" in text
    assert json.loads(text) == {"title": hostile}
    text.encode("utf-8")


def test_pages_and_terminal_give_the_same_record(client: FlaskClient, ids: dict[str, str], seed_archive: Path) -> None:
    with Store.open(seed_archive) as store:
        assert client.get(f"/article/{ids['004']}.json").json == record_with_figures(
            store.article(ids["004"]), newest=True
        )
