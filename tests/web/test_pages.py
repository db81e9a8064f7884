"""The pages over real archives: what they show, in which language, and what they never let through."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer.analysis import Level
from web.app import create_app

ARABIC = re.compile(r"[\u0620-\u064a]")
VOID = {"meta", "link", "input", "br", "img", "hr"}


class Page(HTMLParser):
    """A page as a tree walked once: elements, texts with the language they stand in, and whether tags are balanced."""

    def __init__(self, response: TestResponse) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str]]] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str, str, str]] = []
        self.feed(response.get_data(as_text=True))
        self.close()
        assert self.open == [], f"left open: {[tag for tag, _ in self.open]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        if tag not in VOID:
            self.open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self.open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"

    def handle_data(self, data: str) -> None:
        if data.strip():
            nearest = [next((a[name] for _, a in reversed(self.open) if name in a), "") for name in ("lang", "dir")]
            self.texts.append((data, *nearest, self.open[-1][0]))

    def said(self) -> str:
        """All text of the page, white space folded."""
        return " ".join(" ".join(text for text, *_ in self.texts).split())

    def all(self, tag: str, **given: str) -> Iterator[dict[str, str]]:
        """Give the attributes of elements of a tag that have these values."""
        for name, attributes in self.elements:
            if name == tag and all(attributes.get(key.strip("_")) == value for key, value in given.items()):
                yield attributes


def addresses(ids: dict[str, str]) -> list[str]:
    articles = [f"/article/{id}?q=civilians" for id in ids.values()]
    articles += [f"/article/{ids['003']}?q=civilians&view={view}" for view in ("arabic", "english", "words")]
    articles += ["/concordance", "/concordance?q=civilians", "/concordance?q=مجزرة OR ضربة&by=wording"]
    return ["/", "/about", "/search?q=مدنيين", "/search?q=nothinglikeit", '/search?q="open', "/nowhere", *articles]


def test_every_page_is_well_formed_in_both_languages(client: FlaskClient, ids: dict[str, str]) -> None:
    for address in addresses(ids):
        for language, direction in (("en", "ltr"), ("ar", "rtl")):
            page = Page(client.get(address, headers={"Accept-Language": language}))
            (html,) = page.all("html")
            assert (html["lang"], html["dir"]) == (language, direction), address
            tongues = {(a["lang"], a["dir"]) for _, a in page.elements if "lang" in a and "dir" in a}
            assert tongues <= {("en", "ltr"), ("ar", "rtl")}, address
            named = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
            assert len(named) == len(set(named)), address
            assert len(list(page.all("h1"))) == 1, address


def test_every_arabic_word_stands_in_an_element_that_says_so(client: FlaskClient, ids: dict[str, str]) -> None:
    for address in addresses(ids):
        for text, language, direction, tag in Page(client.get(address)).texts:
            if ARABIC.search(text) and tag != "title":
                assert (language, direction) == ("ar", "rtl"), f"{address}: {text!r} in <{tag}>"


def test_no_page_asks_for_anything_from_elsewhere_or_runs_anything(client: FlaskClient, ids: dict[str, str]) -> None:
    for address in addresses(ids):
        for tag, attributes in Page(client.get(address)).elements:
            assert tag not in ("script", "style", "iframe", "object", "base"), address
            assert not [name for name in attributes if name.startswith("on") or name == "style"], address
            for name in ("href", "src", "action"):
                assert attributes.get(name, "/").startswith(("/", "#")), f"{address}: {attributes}"


def test_every_answer_carries_the_strict_headers(client: FlaskClient) -> None:
    for address in ("/", "/search.json?q=الباغوز", "/nowhere", "/static/sijill.css", "/article/x.json"):
        with client.get(address) as answer:
            headers = answer.headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'; img-src 'self'")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_a_result_shows_the_pair_with_its_marks_labels_and_link(client: FlaskClient, ids: dict[str, str]) -> None:
    response = client.get("/search", query_string={"q": "3035"})
    page = Page(response)
    assert "1 article" in page.said()
    assert "3035 مدنيًا" in page.said()
    assert "3035 civilians" in page.said()
    assert "reviewed" in page.said()
    assert len(list(page.all("mark", class_="match"))) == 2
    links = [a["href"] for a in page.all("a") if a["href"].startswith(f"/article/{ids['002']}?q=3035#s-")]
    assert links


def test_the_mark_covers_the_whole_word_with_its_diacritics(client: FlaskClient) -> None:
    for typed, written in (("العزل", "العُزَّل"), ("قتلوا", "قُتلوا")):
        text = client.get("/search", query_string={"q": typed}).get_data(as_text=True)
        assert re.search(rf"<mark [^>]*>{written}</mark>", text)


def test_the_query_is_said_back_and_kept_in_the_box(client: FlaskClient) -> None:
    page = Page(client.get("/search", query_string={"q": 'civilians "التحالف الدولي"'}))
    assert next(page.all("input", name="q"))["value"] == 'civilians "التحالف الدولي"'
    assert "All of these words: civilians" in page.said()
    assert "side by side, in this order" in page.said()


def test_facets_lead_to_narrower_queries_that_answer(client: FlaskClient) -> None:
    page = Page(client.get("/search", query_string={"q": "مدنيين"}))
    narrowed = [a["href"] for a in page.all("a") if re.search(r"q=.*(outlet|date|level|origin)(%3A|:)", a["href"])]
    assert len(narrowed) >= 4
    for address in narrowed:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "No article has this" not in answer.get_data(as_text=True), address


def test_a_facet_that_is_chosen_leads_back(client: FlaskClient) -> None:
    page = Page(client.get("/search", query_string={"q": "مدنيين date:2019"}))
    (chosen,) = [a for a in page.all("a") if a.get("aria-current") == "true"]
    assert chosen["href"] == "/search?q=%D9%85%D8%AF%D9%86%D9%8A%D9%8A%D9%86"


def test_undated_articles_are_one_click_away(client: FlaskClient) -> None:
    page = Page(client.get("/search", query_string={"q": "مدنيين"}))
    (link,) = [a["href"] for a in page.all("a") if "date:none" in a["href"] or "date%3Anone" in a["href"]]
    assert "2 articles" in Page(client.get(link)).said()


def test_pages_of_results_are_linked_and_beyond_the_last_there_is_a_way_back(client: FlaskClient) -> None:
    answer = client.get("/search", query_string={"q": "مدنيين", "page": "7"})
    assert answer.status_code == 200
    assert "Go to the first page" in Page(answer).said()
    assert client.get("/search", query_string={"q": "مدنيين", "page": "x"}).status_code == 400
    assert client.get("/search", query_string={"q": "مدنيين", "page": "0"}).status_code == 400


def test_an_empty_result_helps(client: FlaskClient) -> None:
    page = Page(client.get("/search", query_string={"q": "nothinglikeit"}))
    assert "Use fewer words" in page.said()


def test_without_a_query_the_search_page_is_the_start_page(client: FlaskClient) -> None:
    assert "The archive holds 5 articles." in Page(client.get("/search?q=")).said()
    assert "The archive holds 5 articles." in Page(client.get("/")).said()


def test_the_reader_leaves_nothing_out(client: FlaskClient, ids: dict[str, str]) -> None:
    for id in ids.values():
        article = client.get(f"/article/{id}.json").json
        shown = "".join(Page(client.get(f"/article/{id}")).said().split())
        cut = {sentence["block"] for sentence in article["sentences"]}
        lines = [line for n, b in enumerate(article["blocks"]) if n not in cut for line in b["text"].splitlines()]
        for line in lines + [sentence[side] for sentence in article["sentences"] for side in ("ar", "en")]:
            assert "".join(line.split()) in shown, (id, line)


def test_furniture_is_folded_where_it_stands_and_counted(client: FlaskClient, ids: dict[str, str]) -> None:
    text = client.get(f"/article/{ids['003']}").get_data(as_text=True)
    assert re.search(r"<summary>\s*<?.*?lines? of page furniture", text)
    fold, body = text.index("news-picture"), text.index("وسط أنباء")
    assert text.index("<details") < fold < text.index("</details>") < body
    assert '<details class="fold" open' not in text


def test_words_of_the_query_are_marked_in_the_reader_and_listed(client: FlaskClient, ids: dict[str, str]) -> None:
    page = Page(client.get(f"/article/{ids['004']}", query_string={"q": "ice factory"}))
    assert {"ice", "factory"} & {text for text, *_, tag in page.texts if tag == "mark"}
    assert re.search(r"\d+ sentences? (is|are) marked", page.said())


def test_a_query_that_cannot_be_read_does_not_hide_the_article(client: FlaskClient, ids: dict[str, str]) -> None:
    answer = client.get(f"/article/{ids['004']}", query_string={"q": '"open'})
    assert answer.status_code == 200
    assert "<mark" not in answer.get_data(as_text=True)


def test_a_sentence_has_a_stable_link(client: FlaskClient, ids: dict[str, str]) -> None:
    answer = client.get(f"/s/{ids['002']}.1.3")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/article/{ids['002']}#s-3"
    for wrong in (
        f"{ids['002']}.1.999",
        f"{ids['002']}.9.1",
        f"{ids['002']}.1",
        "x.1.1",
        f"{ids['002']}.1.٣",
        "..",
        "a.-1.2",
    ):
        assert client.get(f"/s/{wrong}").status_code == 404, wrong


def test_dates_say_their_basis_and_their_other_readings(client: FlaskClient, ids: dict[str, str]) -> None:
    said = {seed: Page(client.get(f"/article/{id}")).said() for seed, id in ids.items()}
    assert "24 October 2017" in said["001"]
    assert "21 March 2019" in said["002"]
    assert "inferred from" in said["002"]
    assert "12 March 2019" in said["003"]
    assert "date unknown" in said["000"]
    assert "date unknown" in said["004"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nowhere", 404),
        ("/article/0000000000", 404),
        ("/article/0000000000.json", 404),
        ("/article/%00", 404),
        ("/article/../../etc/passwd", 404),
        ("/article/x?version=-1", 404),
        ('/search?q="unclosed', 200),
        ('/search?q="', 400),
        ("/search?q=*", 400),
        ("/search?q=date:9999-99", 400),
        ("/search?q=nosuch:field", 400),
        ("/search?q=" + "ا" * 3000, 400),
        ("/search?q=من في على", 400),
        ("/search.json", 400),
        ("/search.json?q=الباغوز&limit=-1", 400),
        ("/search.json?q=الباغوز&levels=nosuch", 400),
    ],
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_not_there_gets_a_status_and_a_sentence(
    client: FlaskClient, address: str, status: int, language: str
) -> None:
    answer = client.get(address, headers={"Accept-Language": language})
    assert answer.status_code == status
    said = answer.json["error"] if ".json" in address else Page(answer).said()
    assert len(said) > 20
    assert "Traceback" not in said
    if language == "ar":
        assert ARABIC.search(said)


@pytest.mark.parametrize(
    "query", ["\u202e\u202d", "'; DROP TABLE documents; --", "<script>alert(1)</script>", "\x00", "\ufffe", "%", "\\"]
)
def test_a_strange_query_is_answered_and_nothing_is_injected(client: FlaskClient, query: str) -> None:
    answer = client.get("/search", query_string={"q": query})
    assert answer.status_code in (200, 400)
    page = Page(answer)
    assert not list(page.all("script"))
    assert not re.search("[\u202a-\u202e\x00]", answer.get_data(as_text=True))


def test_pages_are_only_read(client: FlaskClient) -> None:
    assert client.head("/").status_code == 200
    assert client.head("/search?q=الباغوز").data == b""
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = client.open("/search", method=method)
        assert answer.status_code == 405
        assert "only read" in Page(answer).said()
        assert "GET" in answer.headers["Allow"]


def test_the_language_is_chosen_by_header_or_switch_and_kept(client: FlaskClient, ids: dict[str, str]) -> None:
    assert next(Page(client.get("/", headers={"Accept-Language": "ar-SY,en;q=0.5"})).all("html"))["lang"] == "ar"
    assert next(Page(client.get("/", headers={"Accept-Language": "fr"})).all("html"))["lang"] == "en"
    page = Page(client.get("/search", query_string={"q": "الباغوز", "ui": "ar"}))
    assert next(page.all("html"))["lang"] == "ar"
    assert all("ui=ar" in a["href"] for a in page.all("a") if a["href"].startswith("/article/"))
    assert next(page.all("input", name="ui"))["value"] == "ar"
    switch = next(page.all("a", hreflang="en"))["href"]
    assert next(Page(client.get(switch, headers={"Accept-Language": "ar"})).all("html"))["lang"] == "en"
    assert "q=" in switch
    assert "مقال" in page.said()


def test_an_address_cannot_steer_the_links_of_a_page(client: FlaskClient) -> None:
    for trick in ("_external=1", "_scheme=javascript", "_anchor=x", "endpoint=static", "ui=zz"):
        page = Page(client.get(f"/search?q=الباغوز&{trick}"))
        assert all(a["href"].startswith(("/", "#")) for a in page.all("a"))


def test_hostile_text_stays_text(mixed_client: FlaskClient) -> None:
    id = mixed_client.get("/search.json?q=السوسة").json["hits"][0]["id"]
    for address in ("/", "/search?q=السوسة", f"/article/{id}?q=السوسة", f"/article/{id}?ui=ar"):
        answer = mixed_client.get(address)
        page = Page(answer)
        assert not [tag for tag, _ in page.elements if tag in ("script", "img", "b")]
        assert not [a for a in page.all("a") if "javascript" in a["href"]]
        assert not re.search("[\x00-\x08\x0e-\x1f\u202d\u202e]", answer.get_data(as_text=True))
        assert "<script>alert(1)</script>" in page.said()


def test_each_english_line_says_what_made_it(mixed_client: FlaskClient) -> None:
    id = mixed_client.get("/search.json?q=السوسة").json["hits"][0]["id"]
    said = Page(mixed_client.get(f"/article/{id}")).said()
    assert "machine translation ( argos translate-ar_en-1_0 )" in said
    assert "reviewed by A. Reader" in said
    assert "word by word" in said
    assert "not translated yet" in said
    assert "The number 50 in the Arabic is missing here." in said
    assert "A machine draft can read well and be wrong" in said


def test_aligned_words_are_marked_apart_from_matches(mixed_client: FlaskClient) -> None:
    text = mixed_client.get("/search", query_string={"q": "مدنيين"}).get_data(as_text=True)
    assert re.search(r'<mark class="match"[^>]*>مدنيين</mark>', text)
    assert re.search(r'<mark class="aligned"[^>]*>civilians</mark>', text)


def test_an_archive_that_is_not_there_yet_says_what_to_do(tmp_path: Path) -> None:
    client = create_app(tmp_path / "none").test_client()
    for address in ("/", "/search?q=x", "/article/x", "/about"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert "sijill" in Page(answer).said()
    assert client.get("/search.json?q=x").json["code"] == "NoArchive"
    assert list(tmp_path.iterdir()) == []


def test_an_archive_without_an_index_is_read_but_not_searched(tmp_path: Path, seeds: Path) -> None:
    from archive.adding import add
    from archive.store import Store

    with Store.open(tmp_path / "archive", create=True) as store:
        add(store, sorted(seeds.glob("*.txt"))[:1])
        (id,) = store.ids()
    app = create_app(tmp_path / "archive")
    client = app.test_client()
    assert client.get("/").status_code == 200
    assert client.get(f"/article/{id}?q=x").status_code == 200
    answer = client.get("/search?q=الباغوز")
    assert answer.status_code == 503
    assert "sijill index" in Page(answer).said()
    app.extensions["room"].close()


def test_an_archive_that_grows_is_seen_without_a_restart(tmp_path: Path, seeds: Path) -> None:
    from archive.adding import add
    from archive.store import Store
    from indexer.indexing import index_archive

    first, *others = sorted(seeds.glob("*.txt"))
    with Store.open(tmp_path / "archive", create=True) as store:
        add(store, [first])
        index_archive(store)
        app = create_app(tmp_path / "archive", TESTING=True)
        client = app.test_client()
        assert client.get("/search.json?q=الباغوز").json["total"] == 1
        add(store, others)
        index_archive(store)
    assert client.get("/search.json?q=الباغوز").json["total"] == 4
    app.extensions["room"].close()


def test_pages_are_light(client: FlaskClient, ids: dict[str, str]) -> None:
    assert len(client.get("/search?q=مدنيين").data) < 60_000
    assert max(len(client.get(f"/article/{id}").data) for id in ids.values()) < 120_000
    assert max(len(client.get(f"/article/{id}?view=words").data) for id in ids.values()) < 120_000
    assert len(client.get("/concordance?q=مدنيين").data) < 60_000
    with client.get("/static/sijill.css") as style, client.get("/static/reading.css") as more:
        assert len(style.data) + len(more.data) < 40_000


def test_a_place_or_actor_narrows_and_is_taken_off_again_in_any_spelling(client: FlaskClient) -> None:
    for language, label in (("en", "Raqqa"), ("ar", "الرقة")):
        page = client.get("/search.json", query_string={"q": "مدنيين", "ui": language}).json
        (bucket,) = [bucket for bucket in page["facets"]["place"] if bucket["value"] == "raqqa"]
        assert bucket["label"] == label
    for query in ("مدنيين place:raqqa", 'مدنيين place:"Al Raqqah"', "مدنيين مكان:الرقة"):
        page = Page(client.get("/search", query_string={"q": query}))
        (chosen,) = [a for a in page.all("a") if a.get("aria-current") == "true"]
        assert chosen["href"] == "/search?q=%D9%85%D8%AF%D9%86%D9%8A%D9%8A%D9%86", query
        assert f"{bucket['count']} articles" in page.said()


def test_long_facets_are_folded_not_cut(client: FlaskClient) -> None:
    response = client.get("/search", query_string={"q": "مدنيين"})
    places = response.get_data(as_text=True).split("<h2>Place</h2>")[1].split("</section>")[0]
    shown, folded = places.split('<details class="more">')
    assert shown.count("<li") == 12
    assert folded.count("<li") > 5


def test_each_result_says_why_it_matched(client: FlaskClient) -> None:
    answer = client.get("/search", query_string={"q": "مدنيين"})
    page = Page(answer)
    assert len(list(page.all("details", class_="why"))) == 5
    assert "as typed, in the Arabic: مدنيين" in page.said()
    (hit,) = client.get("/search.json", query_string={"q": "3035"}).json["hits"]
    assert {"word": "3035", "level": "exact", "side": "original", "surface": "3035", "count": 1} in hit["why"]
    assert {reason["side"] for reason in hit["why"]} == {"original", "reviewed"}


def test_how_closely_is_chosen_and_kept_in_every_link(client: FlaskClient) -> None:
    asked = {"q": "مدنيين", "levels": "exact,folded", "names": "0"}
    page = Page(client.get("/search", query_string=asked))
    assert client.get("/search.json", query_string=asked).json["total"] == 3
    assert "3 articles" in page.said()
    (level,) = [a for a in page.all("option") if "selected" in a]
    assert level["value"] == "exact,folded"
    (names,) = page.all("input", type="checkbox")
    assert "checked" in names
    links = [a["href"] for a in page.all("a") if a["href"].startswith(("/search?", "/article/", "/search.json"))]
    assert links
    assert all("levels=exact" in link and "names=0" in link for link in links if "ui=" not in link), links
    reader = next(link for link in links if link.startswith("/article/"))
    assert "levels=exact" in next(
        a["href"] for a in Page(client.get(reader)).all("a") if a["href"].startswith("/search?q=")
    )
    assert client.get("/search?q=مدنيين&levels=&names=1").status_code == 200
    assert client.get("/search?q=مدنيين&levels=nearly").status_code == 400
    assert client.get(reader.replace("exact", "nearly")).status_code == 200


def test_every_level_is_explained_in_both_languages(client: FlaskClient) -> None:
    for language in ("en", "ar"):
        text = client.get("/about", query_string={"ui": language}).get_data(as_text=True)
        for level in Level:
            assert re.search(rf"<code[^>]*>{level}</code>", text), level


def test_the_list_of_articles_is_there_as_json(client: FlaskClient, ids: dict[str, str]) -> None:
    record = client.get("/.json").json
    assert record["total"] == 5
    assert {article["id"] for article in record["articles"]} == set(ids.values())
    assert set(record["articles"][0]) == {"id", "title", "title_en", "outlet", "date"}
    assert client.get("/.json?page=2").json["articles"] == []
    assert client.get("/.json?page=x").status_code == 400


def test_an_ambiguous_date_is_found_under_each_reading_and_says_so(tmp_path: Path) -> None:
    from archive.adding import add
    from archive.store import Store
    from indexer.indexing import index_archive

    (tmp_path / "one.txt").write_text("3/12/2019\n\nوصول قافلة مساعدات\n\nوصلت قافلة مساعدات إلى المدينة.\n", "utf-8")
    with Store.open(tmp_path / "archive", create=True) as store:
        add(store, [tmp_path / "one.txt"])
        index_archive(store)
    app = create_app(tmp_path / "archive", TESTING=True)
    client = app.test_client()
    for day in ("2019-12-03", "2019-03-12"):
        page = Page(client.get("/search", query_string={"q": f"مساعدات date:{day}"}))
        assert "1 article" in page.said()
        assert "3 December 2019" in page.said()
        assert "12 March 2019" in page.said()
    assert client.get("/search.json", query_string={"q": "مساعدات date:none"}).json["total"] == 0
    app.extensions["room"].close()


def test_what_narrows_a_query_that_finds_nothing_can_be_taken_away(client: FlaskClient) -> None:
    page = Page(client.get("/search", query_string={"q": "nothinglikeit place:الرقة date:2019-03"}))
    ways = [a["href"] for a in page.all("a") if a["href"].startswith("/search?q=nothinglikeit")]
    assert "/search?q=nothinglikeit+place:%D8%A7%D9%84%D8%B1%D9%82%D8%A9" in ways
    assert "/search?q=nothinglikeit+date:2019-03" in ways
