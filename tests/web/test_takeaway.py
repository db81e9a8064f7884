"""The concordance as a page, files of a result, its feed, and the search as browsers add it."""

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from archive.memory import MemoryLine, read_memory
from web.feeds import ATOM, OPEN_SEARCH, XHTML


def test_the_concordance_groups_by_outlet_and_by_wording(client: FlaskClient) -> None:
    page = client.get("/concordance?q=مجزرة").get_data(as_text=True)
    record = client.get("/concordance.json?q=مجزرة").json
    assert page.count('class="pair kwic-line"') == len(record["lines"])
    heads = re.findall(r"<h2>.*?<span class=\"count\">(\d+)</span></h2>", page)
    assert [int(count) for count in heads] == [outlet["count"] for outlet in record["outlets"]]
    page = client.get("/concordance?q=مجزرة&by=wording").get_data(as_text=True)
    heads = re.findall(r"<h2>.*?<span class=\"count\">(\d+)</span></h2>", page)
    assert sorted(map(int, heads)) == sorted(wording["count"] for wording in record["wordings"])


def test_each_line_leads_to_its_sentence(client: FlaskClient) -> None:
    line = client.get("/concordance.json?q=مجزرة").json["lines"][0]
    page = client.get("/concordance?q=مجزرة").get_data(as_text=True)
    number = line["sentence"].rsplit(".", 1)[1]
    assert re.search(rf'href="/article/{line["article"]}\?q=[^"]*#s-{number}"', page)
    assert " ".join((line["ar"]["before"], line["ar"]["word"])).strip()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/concordance", 200),
        ("/concordance?q=nothinglikeit", 200),
        ("/concordance?q=date:2019", 200),
        ("/concordance?q=مجزرة&page=99", 200),
        ("/concordance?q=مجزرة&levels=nosuch", 400),
        ("/concordance?q=*", 400),
        ("/concordance.json", 400),
        ("/concordance.json?q=<script>", 200),
        ("/search.csv", 400),
        ("/search.atom?q=*", 400),
        ("/search.atom?q=nothinglikeit", 200),
        ("/search.tmx?q=nothinglikeit", 200),
        ("/search.jsonl?q=x&levels=nosuch", 400),
    ],
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_odd_questions_get_a_sentence(client: FlaskClient, address: str, status: int, language: str) -> None:
    answer = client.get(address, headers={"Accept-Language": language})
    assert answer.status_code == status
    assert answer.data


def test_a_result_as_csv_has_the_marked_sentences_with_their_english(client: FlaskClient) -> None:
    answer = client.get("/search.csv?q=3035")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="sijill-results.csv"'
    assert answer.headers["X-Total-Articles"] == answer.headers["X-Articles"] == "1"
    assert rows
    assert all("3035" in row["ar"] and "3035" in row["en"] and row["origin"] == "reviewed" for row in rows)


def test_no_cell_of_a_result_is_a_formula(mixed_client: FlaskClient) -> None:
    text = mixed_client.get("/search.csv?q=السوسة").data.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert cells
    assert not [cell for cell in cells if re.match(r"\s*[=+\-@\t\r]", cell)]


def test_a_result_as_json_lines_has_whole_articles(client: FlaskClient) -> None:
    lines = client.get("/search.jsonl?q=3035").get_data(as_text=True).splitlines()
    (record,) = map(json.loads, lines)
    shown = client.get(f"/article/{record['id']}.json").json
    del shown["figures"]  # read anew for one article at a time
    assert {name: record[name] for name in shown if name != "sentences"} == {
        name: value for name, value in shown.items() if name != "sentences"
    }
    assert set(record["matched"]) <= {sentence["id"] for sentence in record["sentences"]}


def test_a_result_as_tmx_can_be_read_back(client: FlaskClient, tmp_path: Path) -> None:
    (tmp_path / "results.tmx").write_bytes(client.get("/search.tmx?q=3035").data)
    lines = list(read_memory(tmp_path / "results.tmx"))
    assert lines
    assert all(isinstance(line, MemoryLine) and line.origin == "reviewed" for line in lines)


def test_a_feed_names_its_articles_for_good_and_labels_their_english(client: FlaskClient) -> None:
    answer = client.get("/search.atom?q=civilians")
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    entries = feed.findall(f"{{{ATOM}}}entry")
    assert feed.findtext(f"{{{OPEN_SEARCH}}}totalResults") == str(len(entries)) == "5"
    names = [entry.findtext(f"{{{ATOM}}}id") or "" for entry in entries]
    assert len(set(names)) == 5
    assert all(name.startswith("urn:uuid:") for name in names)
    again = ElementTree.fromstring(client.get("/search.atom?q=مدنيين", headers={"Host": "elsewhere"}).data)
    assert {e.findtext(f"{{{ATOM}}}id") for e in again.findall(f"{{{ATOM}}}entry")} & set(names)
    tongues = {p.get("lang") for p in feed.iter(f"{{{XHTML}}}p")}
    assert tongues == {"ar", "en"}
    assert "(reviewed)" in {p.text for p in feed.iter(f"{{{XHTML}}}p")}
    updated = [entry.findtext(f"{{{ATOM}}}updated") or "" for entry in entries]
    assert updated == sorted(updated, reverse=True)


def test_hostile_text_is_inert_in_a_feed(mixed_client: FlaskClient) -> None:
    data = mixed_client.get("/search.atom", query_string={"q": "السوسة"}).data
    feed = ElementTree.fromstring(data)
    allowed = {f"{{{XHTML}}}div", f"{{{XHTML}}}p"}
    assert {e.tag for e in feed.iter() if e.tag.startswith(f"{{{XHTML}}}")} <= allowed
    assert not re.search("[\x00-\x08\x0b-\x1f\u202d\u202e]", data.decode())


def test_a_browser_can_add_the_search(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    (address,) = re.findall(r'<link rel="search" type="application/opensearchdescription\+xml" href="([^"]+)"', page)
    root = ElementTree.fromstring(client.get(address).data)
    templates = {e.get("type"): e.get("template") or "" for e in root.findall(f"{{{OPEN_SEARCH}}}Url")}
    assert len(root.findtext(f"{{{OPEN_SEARCH}}}ShortName") or "") <= 16
    assert templates["text/html"].endswith("/search?q={searchTerms}")
    arabic = ElementTree.fromstring(client.get("/opensearch.xml?ui=ar").data)
    assert "ui=ar&q={searchTerms}" in (arabic.find(f"{{{OPEN_SEARCH}}}Url").get("template") or "")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_hostile_text_is_inert_on_every_page(mixed_client: FlaskClient, language: str) -> None:
    id = mixed_client.get("/search.json?q=السوسة").json["hits"][0]["id"]
    views = [f"/article/{id}?view={view}" for view in ("both", "arabic", "english", "words")]
    for address in ("/concordance?q=السوسة", "/concordance?q=السوسة&by=wording", "/search?q=السوسة", *views):
        text = mixed_client.get(address, headers={"Accept-Language": language}).get_data(as_text=True)
        assert "&lt;script&gt;" in text
        assert not re.search(r"<(script|img|b)\b", text)
        assert not re.search(r'href="javascript', text)
        assert not re.search("[\x00-\x08\x0e-\x1f\u202d\u202e]", text)
    record = mixed_client.get(f"/article/{id}/citation.json").get_data(as_text=True)
    assert not re.search("[\x00-\x08\x0e-\x1f\u202d\u202e]", record)


def test_a_hostile_query_is_inert_in_everything_that_is_taken_away(client: FlaskClient) -> None:
    for query in (
        '"><script>alert(1)</script>',
        "\u202eلا\u202c",
        "x\x00y",
        "=cmd|' /C calc'!A0",
        "%0d%0aSet-Cookie: a=b",
    ):
        for path in (
            "/concordance",
            "/search.csv",
            "/search.jsonl",
            "/search.tmx",
            "/search.atom",
            "/concordance.json",
        ):
            answer = client.get(path, query_string={"q": query})
            assert answer.status_code in (200, 400), (path, query)
            assert b"<script>" not in answer.data or answer.mimetype == "application/json"
            assert "Set-Cookie" not in answer.headers
