"""The figures that an article mentions, as the reader and the JSON show them: who says so, never as facts."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.adding import add
from archive.store import Store
from indexer.figures import Difference, Figure, FigureKind, Qualifier, who_codes
from indexer.indexing import index_archive
from web.app import create_app
from web.catalogue import LANGUAGES, catalogue
from web.figures import in_words

CODES = [
    *(f"figures.kind.{kind}" for kind in FigureKind),
    *(f"figures.difference.{difference}" for difference in Difference),
    *(f"figures.amount.{limit}{form}" for limit in ("exact", *Qualifier) for form in ("", "#no1")),
    *(f"figures.who.{code}{form}" for code in who_codes() for form in ("", "#one")),
]

REPORTS = (
    "قصف على البلدة\n\nقالت وكالة رويترز نقلا عن مصادر طبية إن ما لا يقل عن 12 مدنيا قتلوا في قصف على البلدة.\n\n"
    "ونفى الجيش مقتل 12 مدنيا في القصف على البلدة.\n\nوأصيب 1753 شخصا بجروح منذ بداية العام بحسب <b>المشفى</b>.\n",
    "افتتاح مدرسة\n\nافتتحت البلدية مدرسة جديدة في المدينة يوم الأحد بحضور عدد من الأهالي.\n",
    "مقتل مسلح\n\nقتل مسلح واحد في اشتباك قرب القرية يوم الأحد الماضي وعاد الهدوء إلى المكان.\n",
)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, list[str], Path]]:
    """An archive of three reports, their ids in order, and its folder."""
    folder = tmp_path_factory.mktemp("figures")
    paths = [folder / f"{number}.txt" for number in range(len(REPORTS))]
    for path, text in zip(paths, REPORTS, strict=True):
        path.write_text(text, encoding="utf-8")
    with Store.open(folder / "archive", create=True) as store:
        ids = [id for path in paths for id in add(store, [path]).added]
        index_archive(store)
    app = create_app(folder / "archive", TESTING=True)
    yield app.test_client(), ids, folder
    app.extensions["room"].close()


def shown(client: FlaskClient, address: str) -> str:
    """Return the part of a page that shows figures, "" where it has none."""
    page = client.get(address)
    assert page.status_code == 200
    found = re.search(r'<details class="fold figures">.*?</details>', page.get_data(as_text=True), re.DOTALL)
    return found[0] if found else ""


def words(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", markup)).split())


@pytest.mark.parametrize("code", CODES)
def test_each_code_of_a_figure_has_words_in_both_languages(code: str) -> None:
    assert all(catalogue()[code][language].strip() for language in LANGUAGES)


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "who", "english", "arabic"),
    [
        (28, None, "at_least", "civilians", "at least 28 civilians", "ما لا يقل عن 28 من المدنيين"),
        (1, 1, None, "fighters", "1 fighter", "1 من المقاتلين"),
        (None, 1753, "up_to", "", "up to 1,753", "ما يصل إلى 1,753"),
        (20, 30, "about", "persons", "about 20 to 30 people", "نحو 20 إلى 30 من الأشخاص"),
        (20, None, "dozens", "women children", "dozens of women, children", "عشرات من النساء، الأطفال"),
        (20, None, "dozens", "", "dozens", "العشرات"),
        (3035, 3035, None, "", "3,035", "3,035"),
    ],
)
def test_a_figure_is_said_as_the_text_limits_it(
    low: int | None, high: int | None, qualifier: str | None, who: str, english: str, arabic: str
) -> None:
    limit = Qualifier(qualifier) if qualifier else None
    figure = Figure(1, 0, 5, low, high, limit, FigureKind.KILLED, tuple(who.split()))
    assert in_words(figure, "en") == f"{english} reported killed"
    assert in_words(figure, "ar") == f"أفيد بمقتل {arabic}"


def test_figures_stand_folded_with_a_warning_and_who_says_so(client: FlaskClient, ids: dict[str, str]) -> None:
    part = shown(client, f"/article/{ids['004']}")
    assert words(part).startswith("Figures mentioned (6) ")
    assert "reported, not established" in part
    assert re.search(
        r"at least 28 Syrians reported killed,\s+according to <bdi lang=\"ar\" dir=\"rtl\">المرصد السوري</bdi>", part
    )
    assert "as written: 28 مدنيا · part of: 54 شخصا" in words(part)
    assert "time stated: منذ اندلاعه في منتصف آذار/مارس 2011" in words(part)
    assert "أفيد بمقتل ما لا يقل عن 28 من السوريين، بحسب" in words(shown(client, f"/article/{ids['004']}?ui=ar"))


def test_a_chain_of_sources_goes_from_the_first_to_the_one_nearest_the_outlet(
    client: FlaskClient, ids: dict[str, str]
) -> None:
    assert "according to مصادر محلية, as told by وكالة" in words(shown(client, f"/article/{ids['003']}"))


def test_figures_that_differ_stand_side_by_side(client: FlaskClient, ids: dict[str, str]) -> None:
    part = shown(client, f"/article/{ids['004']}").partition("Figures that differ")[2]
    assert "Which is right is not said here." in part
    assert part.index("28 civilians") < part.index("about 30 civilians")
    assert "Figures that differ" not in shown(client, f"/article/{ids['003']}")


@pytest.mark.parametrize("view", ["both", "arabic", "english", "words"])
def test_each_figure_leads_to_a_sentence_of_the_page(client: FlaskClient, ids: dict[str, str], view: str) -> None:
    for id in ids.values():
        address = f"/article/{id}?view={view}"
        page, linked = (
            client.get(address).get_data(as_text=True),
            re.findall(r'href="#(s-\d+)"', shown(client, address)),
        )
        assert linked
        assert all(page.count(f'id="{target}"') == 1 for target in linked)


def test_an_article_without_figures_shows_nothing(reports: tuple[FlaskClient, list[str], Path]) -> None:
    client, ids, _ = reports
    assert shown(client, f"/article/{ids[1]}") == ""
    assert client.get(f"/article/{ids[1]}.json").json["figures"] == []


def test_a_denied_figure_says_who_denies_it(reports: tuple[FlaskClient, list[str], Path]) -> None:
    client, ids, _ = reports
    assert "12 civilians reported killed, denied by الجيش · sentence" in words(shown(client, f"/article/{ids[0]}"))


def test_without_an_outlet_the_article_itself_says_so(reports: tuple[FlaskClient, list[str], Path]) -> None:
    client, ids, _ = reports
    said = words(shown(client, f"/article/{ids[2]}"))
    assert "1 fighter reported killed, in the words of the article itself, no source named" in said


def test_sources_are_inert_on_the_page(reports: tuple[FlaskClient, list[str], Path]) -> None:
    client, ids, _ = reports
    assert "<b>" not in shown(client, f"/article/{ids[0]}")


def test_json_holds_the_figures_without_those_of_related_headlines(client: FlaskClient, ids: dict[str, str]) -> None:
    figures = client.get(f"/article/{ids['004']}.json").json["figures"]
    assert figures[2] | {"start": 0, "end": 0} == {
        "sentence": 3,
        "start": 0,
        "end": 0,
        "low": 28,
        "high": 28,
        "qualifier": None,
        "kind": "killed",
        "who": ["civilians"],
        "sources": ["المرصد السوري لحقوق الإنسان"],
        "denied": False,
        "period": None,
        "part_of": figures[1]["start"],
    }
    assert len(client.get(f"/article/{ids['000']}.json").json["figures"]) == 2
    assert "مئات الجثث" not in shown(client, f"/article/{ids['000']}")


def test_an_older_version_is_not_searched_for_figures(tmp_path: Path) -> None:
    item = {"id": "1", "title": "قصف على البلدة", "url": "https://news.example/1"}
    with Store.open(tmp_path / "archive", create=True) as store:
        for number in (12, 14):
            text = f"قالت الوكالة إن {number} مدنيا قتلوا في قصف على البلدة يوم الأحد الماضي."
            (tmp_path / "items.jsonl").write_text(json.dumps(item | {"text": text}, ensure_ascii=False) + "\n", "utf-8")
            report = add(store, [tmp_path / "items.jsonl"])
        index_archive(store)
        (id,) = [article.id for article in store.articles()]
    assert report.new_versions
    app = create_app(tmp_path / "archive", TESTING=True)
    client = app.test_client()
    assert "14 civilians" in shown(client, f"/article/{id}")
    assert shown(client, f"/article/{id}?version=1") == ""
    assert client.get(f"/article/{id}.json?version=1").json["figures"] is None
    app.extensions["room"].close()
