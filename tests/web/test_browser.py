"""The pages in a browser with scripts switched off: by keyboard, narrow, in the dark, in Arabic, on paper.

Needs the `browser` extra and a Chromium of the system's own; `SIJILL_CHROMIUM` names one that is not on the path.
"""

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from web.app import create_app

playwright = pytest.importorskip("playwright.sync_api", reason='install the extra: pip install "sijill[browser]"')

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync", "--no-proxy-server")
WIDE, NARROW = {"width": 1280, "height": 1000}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def site(seed_archive: Path) -> Iterator[str]:
    """The seeds, served by the server that `sijill serve` uses; its address."""
    from waitress.server import create_server

    app = create_app(seed_archive)
    server = create_server(app, host="127.0.0.1", port=0, threads=2)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)
    server.task_dispatcher.shutdown()
    app.extensions["room"].close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium of the system's."""
    path = os.environ.get("SIJILL_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("there is no Chromium on this machine; SIJILL_CHROMIUM can name one")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=path, args=list(QUIET))
        yield chromium
        chromium.close()


class Reading:
    """A tab with scripts off that notes what is asked for, and what the browser refuses."""

    def __init__(self, browser: Any, site: str, **settings: Any) -> None:
        settings = {"viewport": WIDE, "locale": "en-GB", "java_script_enabled": False} | settings
        self.context = browser.new_context(**settings)
        self.page = self.context.new_page()
        self.site = site
        self.asked: list[str] = []
        self.refused: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda line: self.refused.append(line.text) if line.type == "error" else None)

    def open(self, address: str) -> Any:
        self.page.goto(self.site + quote(address, safe="/?&=#%"))
        return self.page

    def tab_to(self, text: str) -> None:
        """Go by the tabulator key to the link or button with this text."""
        for _ in range(80):
            self.page.keyboard.press("Tab")
            if self.page.locator(":focus").count() and self.page.locator(":focus").inner_text().strip() == text:
                return
        raise AssertionError(f"no way by keyboard to {text!r}")


@pytest.fixture
def reading(browser: Any, site: str) -> Iterator[Reading]:
    """A wide tab in English."""
    tab = Reading(browser, site)
    yield tab
    tab.context.close()
    assert {urlsplit(url).netloc for url in tab.asked} <= {urlsplit(site).netloc}
    assert tab.refused == []


@pytest.mark.parametrize(("typed", "marked"), [("massacre", "massacre"), ("المدنيين", "المدنيين")])
def test_a_search_is_typed_and_sent_in_either_language(reading: Reading, typed: str, marked: str) -> None:
    page = reading.open("/")
    reading.page.locator("#q").fill(typed)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert page.locator("mark", has_text=marked).count()
    assert page.locator("#q").input_value() == typed


def test_facets_and_the_timeline_narrow_and_lead_back(reading: Reading) -> None:
    page = reading.open("/search?q=civilians")
    whole = page.locator(".hits > li").count()
    page.locator(".timeline a", has_text="2019").click()
    assert 0 < page.locator(".hits > li").count() < whole
    page.get_by_text("all years").click()
    assert page.locator(".hits > li").count() == whole
    page.locator(".facets a", has_text="Sputnik").click()
    assert page.locator(".hits > li").count() == 1
    page.locator(".facets .chosen a").first.click()
    assert page.locator(".hits > li").count() == whole


def test_the_order_of_time_is_one_click_away(reading: Reading) -> None:
    page = reading.open("/search?q=civilians")
    page.get_by_text("newest first").click()
    dates = page.locator(".hit > .meta time").evaluate_all("all => all.map(each => each.dateTime)")
    assert dates == sorted(dates, reverse=True)
    assert dates


def test_the_reader_is_ruled_by_keyboard_alone(reading: Reading, ids: dict[str, str]) -> None:
    page = reading.open(f"/article/{ids['003']}?q=civilians")
    reading.tab_to("Arabic")
    page.keyboard.press("Enter")
    page.wait_for_url("**view=arabic*")
    assert page.locator(".line .en").count() == 0
    assert page.locator('.views [aria-current="true"]').inner_text() == "Arabic"
    reading.tab_to("next mark")
    page.keyboard.press("Enter")
    page.wait_for_url("**#s-*")
    assert page.locator(":target").bounding_box()["y"] < WIDE["height"]
    first = page.url
    reading.tab_to("next mark")
    page.keyboard.press("Enter")
    page.wait_for_function("before => location.href !== before", arg=first)
    assert "view=arabic" in page.url


def test_the_first_tab_stop_leads_past_the_masthead(reading: Reading, ids: dict[str, str]) -> None:
    page = reading.open(f"/article/{ids['003']}")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("href") == "#content"
    assert page.locator(":focus").bounding_box()["y"] >= 0


def test_glosses_stand_under_their_words_from_the_right(reading: Reading, ids: dict[str, str]) -> None:
    page = reading.open(f"/article/{ids['003']}?view=words")
    if not page.locator("ruby").count():
        pytest.skip("the lexicon extra is not installed")
    words = page.locator("#s-2 ruby")
    first, second = words.nth(0).bounding_box(), words.nth(1).bounding_box()
    gloss = words.nth(0).locator("rt").bounding_box()
    assert first["x"] > second["x"]
    assert abs(first["y"] - second["y"]) < 3
    assert gloss["y"] > first["y"] + first["height"] / 3


def test_arabic_stands_right_of_its_english_in_both_languages_of_the_interface(
    reading: Reading, ids: dict[str, str]
) -> None:
    for language in ("en", "ar"):
        page = reading.open(f"/article/{ids['003']}?ui={language}")
        ar, en = page.locator("#s-2 > .ar").bounding_box(), page.locator("#s-2 > .en").bounding_box()
        assert ar["x"] > en["x"] + en["width"] - 1
        name = page.locator(".masthead .name").bounding_box()
        assert (name["x"] < 640) == (language == "en")


def addresses(ids: dict[str, str]) -> list[str]:
    views = [f"/article/{ids['002']}?q=التحالف&view={view}" for view in ("both", "arabic", "english", "words")]
    results = ["/search?q=civilians", "/search?q=nothinglikeit", "/concordance?q=مجزرة OR ضربة", "/concordance"]
    return ["/", "/about", "/nowhere", *results, *views]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_is_wider_than_a_telephone(browser: Any, site: str, ids: dict[str, str], language: str) -> None:
    tab = Reading(browser, site, viewport=NARROW)
    try:
        for address in addresses(ids):
            page = tab.open(f"{address}{'&' if '?' in address else '?'}ui={language}")
            assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], address
        page = tab.open(f"/article/{ids['003']}?ui={language}")
        ar, en = page.locator("#s-2 > .ar").bounding_box(), page.locator("#s-2 > .en").bounding_box()
        assert ar["y"] + ar["height"] <= en["y"] + 1
    finally:
        tab.context.close()


CONTRAST = """all => all.map(each => {
  const light = text => {
    const parts = text.match(/[0-9.]+/g).slice(0, 3).map(Number)
      .map(part => part / 255).map(part => part <= .03928 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
    return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2];
  };
  let under = each;
  while (under.parentElement && /rgba\\(.*, 0\\)|transparent/.test(getComputedStyle(under).backgroundColor)) {
    under = under.parentElement;
  }
  const pair = [light(getComputedStyle(each).color), light(getComputedStyle(under).backgroundColor)];
  return [(Math.max(...pair) + .05) / (Math.min(...pair) + .05), each.className || each.tagName, each.textContent];
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_told_from_its_ground(browser: Any, site: str, ids: dict[str, str], scheme: str) -> None:
    tab = Reading(browser, site, color_scheme=scheme)
    try:
        for address in addresses(ids):
            page = tab.open(address)
            texts = page.locator("a, p, span, mark, dt, dd, h1, h2, th, td, rt, summary, button, label, bdi")
            for contrast, where, text in texts.evaluate_all(CONTRAST):
                assert contrast >= 4.5, f"{address}: {where} {text[:40]!r}"
        ground = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
        assert (sum(map(int, ground[4:-1].split(","))) < 150) == (scheme == "dark")
    finally:
        tab.context.close()


def test_an_article_prints_without_what_belongs_to_the_screen(reading: Reading, ids: dict[str, str]) -> None:
    page = reading.open(f"/article/{ids['003']}?q=civilians")
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="print")
    assert not page.locator(".ask").is_visible()
    assert not page.locator(".views").is_visible()
    assert page.locator(".citation").is_visible()
    assert page.locator("#s-2 > .ar").is_visible()


AXE_RUN = """axe.run(document).then(found => [found.passes.length, found.violations.map(
  each => `${each.id}: ${each.nodes[0].html.slice(0, 120)} (${each.nodes[0].failureSummary.slice(0, 160)})`
)])"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing(browser: Any, site: str, ids: dict[str, str], language: str, scheme: str) -> None:
    package = pytest.importorskip("axe_playwright_python", reason='install the extra: pip install "sijill[browser]"')
    axe = (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    tab = Reading(browser, site, color_scheme=scheme, bypass_csp=True, java_script_enabled=True)
    try:
        for address in addresses(ids):
            page = tab.open(f"{address}{'&' if '?' in address else '?'}ui={language}")
            page.evaluate(axe)
            passes, violations = page.evaluate(AXE_RUN)
            assert passes > 10, address
            assert violations == [], address
    finally:
        tab.context.close()
