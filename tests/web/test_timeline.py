"""Results over time, and in the order of time."""

import re

import pytest
from flask.testing import FlaskClient

from indexer.hit import Bucket
from web.timeline import MOST_BARS, timeline, without_dates


def buckets(**counts: int) -> dict[str, tuple[Bucket, ...]]:
    return {"year": tuple(Bucket(name[1:], name[1:], count) for name, count in counts.items())}


def test_years_without_articles_keep_their_place() -> None:
    bars = timeline("x", buckets(y2017=4, y2019=1)).bars
    assert [(bar.first, bar.count, bar.height) for bar in bars] == [("2017", 4, 28), ("2018", 0, 0), ("2019", 1, 7)]
    assert bars[2].query == "x date:2019"


def test_many_years_stand_in_runs_that_hold_them_all() -> None:
    bars = timeline("x", buckets(y1950=1, y1999=2, y2023=3)).bars
    assert len(bars) <= MOST_BARS
    assert sum(bar.count for bar in bars) == 6
    assert bars[0].query == "x date:1950..1954"
    assert len(timeline("x", buckets(y0001=1, y9999=1)).bars) <= MOST_BARS


def test_a_few_years_are_shown_by_month_unless_a_date_lacks_its_month() -> None:
    months = {"month": (Bucket("2018-12", "", 1), Bucket("2019-02", "", 2))}
    bars = timeline("x", buckets(y2018=1, y2019=2) | months).bars
    assert [(bar.first, bar.count) for bar in bars] == [("2018-12", 1), ("2019-01", 0), ("2019-02", 2)]
    assert [bar.first for bar in timeline("x", buckets(y2018=1, y2019=3) | months).bars] == ["2018", "2019"]


def test_a_bar_takes_the_place_of_the_dates_that_were_asked_for() -> None:
    time = timeline("x date:2018..2019 y", buckets(y2019=1))
    assert time.everything == "x y"
    assert time.bars[0].query == "x y date:2019"
    assert timeline("x", {}).bars == ()
    assert without_dates("x date:none") == "x date:none"


def test_each_bar_leads_to_as_many_articles_as_it_says(client: FlaskClient) -> None:
    page = client.get("/search?q=التحالف").get_data(as_text=True)
    bars = re.findall(r'<a href="([^"]+)" title="(\d{4}): (\d+)"><svg', page)
    assert [(year, count) for _, year, count in bars] == [("2017", "1"), ("2019", "2")]
    for address, _, count in bars:
        assert client.get(address.replace("/search?", "/search.json?")).json["total"] == int(count)
    narrowed = client.get(bars[1][0]).get_data(as_text=True)
    assert "2019-03" in narrowed
    assert "all years" in narrowed
    assert "of them are undated." in page


@pytest.mark.parametrize(
    ("sort", "dates"),
    [
        ("date", ["2019-03-21", "2019-03-12", "2017-10-24", None, None]),
        ("oldest", ["2017-10-24", "2019-03-12", "2019-03-21", None, None]),
    ],
)
def test_results_can_be_read_in_the_order_of_time(client: FlaskClient, sort: str, dates: list[str | None]) -> None:
    hits = client.get("/search.json", query_string={"q": "التحالف", "sort": sort}).json["hits"]
    assert [hit["date"]["value"] for hit in hits] == dates
    each = [
        client.get("/search.json", query_string={"q": "التحالف", "sort": sort, "limit": 1, "offset": at}).json["hits"]
        for at in range(5)
    ]
    assert [hit["id"] for (hit,) in each] == [hit["id"] for hit in hits]


def test_the_order_is_kept_and_can_be_left(client: FlaskClient) -> None:
    page = client.get("/search?q=التحالف&sort=date").get_data(as_text=True)
    assert re.search(r'aria-current="page">newest first<', page)
    assert '<input type="hidden" name="sort" value="date">' in page
    assert all("sort=date" in href for href in re.findall(r'href="(/search\?[^"]*outlet[^"]*)"', page))
    assert client.get("/search?q=x&sort=sideways").status_code == 400
    assert "There is no order" in client.get("/search.json?q=x&sort=sideways").json["error"]
