"""Ways of reading an article, stepping through its marks, citing it, and taking its original."""

import re
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.analysis.token import Level
from indexer.hit import Mark, MarkedBy, Span
from indexer.lexicon import load_lexicon
from indexer.translation.gloss import GlossedWord
from web.citation import charset
from web.views import Word, interlinear, steps, word_glosser

needs_lexicon = pytest.mark.skipif(load_lexicon() is None, reason="the lexicon extra is not installed")


class Links(HTMLParser):
    """The links of a page, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[dict[str, str]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append({name: value or "" for name, value in attrs})

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def said(self) -> str:
        return " ".join(" ".join(self.words).split())


def shown(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def lines(page: str, side: str) -> list[str]:
    return re.findall(rf'class="{side}[" ]', page)


@pytest.mark.parametrize(("view", "arabic", "english"), [("arabic", True, False), ("english", False, True)])
def test_one_language_can_be_read_alone(
    client: FlaskClient, ids: dict[str, str], view: str, arabic: bool, english: bool
) -> None:
    page = shown(client, f"/article/{ids['003']}?view={view}")
    assert bool(lines(page, "ar")) == arabic
    assert bool(lines(page, "en")) == english
    assert len(page) < len(shown(client, f"/article/{ids['003']}"))


def test_what_has_no_english_is_shown_in_arabic_when_english_is_read(mixed_client: FlaskClient) -> None:
    id = mixed_client.get("/search.json?q=السوسة").json["hits"][0]["id"]
    page = shown(mixed_client, f"/article/{id}?view=english")
    assert "وأضافت المصادر" in page
    assert "not translated yet" in page


def test_the_chosen_view_is_named_and_kept_from_mark_to_mark(client: FlaskClient, ids: dict[str, str]) -> None:
    page = Links(shown(client, f"/article/{ids['003']}?q=civilians&view=arabic"))
    (chosen,) = [a for a in page.links if a.get("aria-current") == "true"]
    assert chosen["href"] == f"/article/{ids['003']}?q=civilians&view=arabic"
    steps_taken = [a["href"] for a in page.links if a.get("rel") in ("prev", "next")]
    assert steps_taken
    assert all(href.startswith("#s-") for href in steps_taken)
    switch = next(a["href"] for a in page.links if a.get("hreflang") == "ar")
    assert "view=arabic" in switch


def test_a_view_that_is_none_shows_both(client: FlaskClient, ids: dict[str, str]) -> None:
    page = shown(client, f"/article/{ids['003']}?view=sideways")
    assert lines(page, "ar")
    assert lines(page, "en")


@needs_lexicon
def test_each_word_has_its_gloss_under_it_and_nothing_is_lost(client: FlaskClient, ids: dict[str, str]) -> None:
    address = f"/article/{ids['003']}?view=words"
    page = shown(client, address)
    assert re.search(r'<ruby>[^<]*الباغوز[^<]*<rp> \(</rp><rt lang="en" dir="ltr">(of )?Baghouz</rt>', page)
    bare = re.sub(r"<rp>.*?</rp>|<rt .*?</rt>", "", page)
    text = "".join(Links(bare).said().split())
    for sentence in client.get(f"/article/{ids['003']}.json").json["sentences"]:
        assert "".join(sentence["ar"].split()) in text
    assert "may be the wrong sense" in page


@needs_lexicon
def test_words_are_marked_above_their_glosses_too(client: FlaskClient, ids: dict[str, str]) -> None:
    page = shown(client, f"/article/{ids['003']}?q=الباغوز&view=words")
    assert re.search(r"<ruby><mark [^>]*>الباغوز</mark>", page)


def test_glosses_cut_a_line_without_losing_a_letter_and_keep_commas_with_their_word() -> None:
    mark = Mark(Level.EXACT, MarkedBy.MATCH, "b")
    spans = (Span("(aa bb"), Span("b, c", mark), Span("c/dd. –"))
    glosses = [GlossedWord(1, 3, "A", True), GlossedWord(4, 7, "B", True), GlossedWord(9, 11, "C", True)]
    glosses.append(GlossedWord(12, 14, "D", False))
    cut = list(interlinear(spans, glosses))
    assert ["".join(span.text for span in word.spans) for word in cut] == ["(aa", " ", "bbb,", " ", "cc/", "dd.", " –"]
    assert [word.gloss for word in cut] == ["A", None, "B", None, "C", "D", None]
    assert [span.mark for span in cut[2].spans] == [None, mark]
    assert ["".join(s.text for s in word.spans) for word in interlinear((Span("–"),), [])] == ["–"]
    assert list(interlinear((), [])) == []


def test_each_mark_leads_to_the_one_before_and_after(client: FlaskClient, ids: dict[str, str]) -> None:
    page = Links(shown(client, f"/article/{ids['003']}?q=civilians"))
    ahead = [a["href"] for a in page.links if a.get("rel") == "next"]
    back = [a["href"] for a in page.links if a.get("rel") == "prev"]
    assert len(ahead) == len(back) >= 2
    assert steps([]) == {}
    assert steps([4])[4].before is steps([4])[4].after is None


def test_an_article_ends_with_what_it_is_cited_by(client: FlaskClient, ids: dict[str, str]) -> None:
    id = ids["002"]
    record = client.get(f"/article/{id}.json").json
    said = Links(shown(client, f"/article/{id}")).said().partition("Cite this article")[2]
    for part in (record["title"], record["title_en"], "reviewed by", "21 March 2019", "from the text", id):
        assert part in said, part
    assert f"SHA-256 {record['sha256']}" in said
    assert f"/s/{id}.1.1" in said


def test_a_reference_manager_gets_the_same(client: FlaskClient, ids: dict[str, str]) -> None:
    (item,) = client.get(f"/article/{ids['003']}/citation.json").json
    assert item["type"] == "article-newspaper"
    assert item["issued"] == {"date-parts": [[2019, 3, 12]]}
    assert "Date could also be 2019-12-03" in item["note"]
    assert ids["003"] in item["archive_location"]
    (item,) = client.get(f"/article/{ids['004']}/citation.json").json
    assert "issued" not in item


def test_the_original_comes_byte_for_byte(client: FlaskClient, ids: dict[str, str], seeds: Path) -> None:
    hashes = {sha256(path.read_bytes()).hexdigest() for path in seeds.glob("*.txt")}
    for id in ids.values():
        answer = client.get(f"/article/{id}/original")
        assert sha256(answer.data).hexdigest() in hashes
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Repr-Digest"].startswith("sha-256=:")
    assert client.get("/article/0000000000/original").status_code == 404


def test_an_original_that_is_no_plain_text_is_only_downloaded(mixed_client: FlaskClient) -> None:
    id = mixed_client.get("/search.json?q=السوسة").json["hits"][0]["id"]
    answer = mixed_client.get(f"/article/{id}/original")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")


def test_encodings_are_named_as_browsers_know_them() -> None:
    known = {name: charset(name) for name in ("utf-8", "utf-8-sig", "windows-1256", "iso8859-6", "utf-32", "x\r\ny")}
    assert known == {
        "utf-8": "utf-8",
        "utf-8-sig": "utf-8",
        "windows-1256": "windows-1256",
        "iso8859-6": "iso-8859-6",
        "utf-32": None,
        "x\r\ny": None,
    }


@pytest.fixture
def revised(tmp_path: Path, seeds: Path) -> Iterator[tuple[FlaskClient, str]]:
    """A reader of one article that was published in two versions."""
    from archive.adding import add
    from archive.store import Store
    from web.app import create_app

    text = sorted(seeds.glob("*.txt"))[3].read_text(encoding="utf-8")
    with Store.open(tmp_path / "archive", create=True) as store:
        for version in (text, text + "\nأضيف هذا السطر لاحقا في نسخة ثانية من المقال نفسه.\n"):
            (tmp_path / "item.txt").write_text(version, encoding="utf-8")
            add(store, [tmp_path / "item.txt"])
        (id,) = store.ids()
    app = create_app(tmp_path / "archive", TESTING=True)
    yield app.test_client(), id
    app.extensions["room"].close()


def test_versions_lead_to_each_other(revised: tuple[FlaskClient, str]) -> None:
    client, id = revised
    newest = Links(shown(client, f"/article/{id}?view=arabic"))
    assert f"/article/{id}?version=1&view=arabic" in [a["href"] for a in newest.links]
    older = Links(shown(client, f"/article/{id}?version=1"))
    assert f"/article/{id}" in [a["href"] for a in older.links]
    assert client.get(f"/article/{id}/original?version=1").data != client.get(f"/article/{id}/original").data


@needs_lexicon
def test_glosses_end_where_an_article_is_too_long_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.views.MOST_GLOSSED", 20)
    glossed = word_glosser()
    assert glossed is not None
    sentence = (Span("قتل ثلاثة مدنيين"),)
    assert [word.gloss for word in glossed(sentence) if word.gloss]
    assert glossed(sentence) == [Word(sentence)]
