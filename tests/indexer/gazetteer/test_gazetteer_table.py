"""The gazetteer's table: well-formed, its places where they are, no name of two things unless it is known to be."""

import re
from collections import defaultdict
from importlib.resources import files
from math import cos, hypot, radians

import pytest

from indexer.gazetteer import Gazetteer, GazetteerEntry, Kind, load_gazetteer
from indexer.gazetteer.keys import name_key

# West, south, east, north of countries with places in the table.
BOUNDS = {
    "SY": (35.5, 32.2, 42.5, 37.4),
    "IQ": (38.7, 29.0, 48.9, 37.5),
    "LB": (35.0, 33.0, 36.7, 34.8),
    "JO": (34.8, 29.1, 39.4, 33.5),
    "PS": (34.2, 31.2, 35.6, 32.6),
    "IL": (34.2, 29.4, 35.9, 33.4),
    "TR": (25.6, 35.7, 44.9, 42.2),
    "EG": (24.6, 21.9, 37.0, 31.8),
    "LY": (9.2, 19.4, 25.3, 33.3),
    "YE": (41.6, 12.0, 54.6, 19.1),
    "SA": (34.4, 16.2, 55.8, 32.3),
    "SD": (21.7, 8.5, 38.7, 22.3),
    "IR": (44.0, 25.0, 63.4, 39.9),
}

# Names that two things of one kind do share; a cue or the rest of the text tells which is meant.
SHARED = {"القصور", "al-Qusour", "طرابلس", "Tripoli", "التحالف", "Coalition", "قوات التحالف", "طيران التحالف"}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def test_ids_are_unique_and_plain(gazetteer: Gazetteer) -> None:
    ids = [entry.id for entry in gazetteer.entries]
    assert len(set(ids)) == len(ids) >= 450
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identity) for identity in ids)


def test_every_kind_is_met(gazetteer: Gazetteer) -> None:
    assert {entry.kind for entry in gazetteer.entries} == set(Kind)


def test_parents_exist_and_lead_up(gazetteer: Gazetteer) -> None:
    for entry in gazetteer.entries:
        assert entry.parent is None or gazetteer.entry(entry.parent) is not None, entry.id
        assert entry not in gazetteer.lineage(entry), entry.id


def test_places_of_syria_and_iraq_lie_in_their_country(gazetteer: Gazetteer) -> None:
    for entry in gazetteer.places:
        if entry.country in ("SY", "IQ") and entry.kind is not Kind.COUNTRY:
            ancestors = [place.id for place in gazetteer.lineage(entry)]
            assert {"SY": "syria", "IQ": "iraq"}[entry.country] in ancestors or entry.kind is Kind.RIVER, entry.id


def test_names_are_clean(gazetteer: Gazetteer) -> None:
    for entry in gazetteer.entries:
        assert entry.arabic, entry.id
        assert entry.english, entry.id
        for name in entry.names:
            assert name == " ".join(name.split()) != "", entry.id
            assert not set(name) & set("~^*|,;"), name
            assert name_key(name), name
        assert all(re.search(r"[\u0620-\u06ff]", name) for name in entry.arabic), entry.id
        assert not any(re.search(r"[\u0600-\u06ff]", name) for name in entry.english), entry.id


def test_coordinates_come_in_pairs_and_lie_in_their_country(gazetteer: Gazetteer) -> None:
    for entry in gazetteer.entries:
        assert (entry.latitude is None) == (entry.longitude is None), entry.id
        if entry.latitude is None or entry.longitude is None:
            continue
        assert -60 <= entry.latitude <= 75, entry.id
        assert -180 <= entry.longitude <= 180, entry.id
        if bounds := BOUNDS.get(entry.country or ""):
            west, south, east, north = bounds
            assert west <= entry.longitude <= east, entry.id
            assert south <= entry.latitude <= north, entry.id


def distance(one: GazetteerEntry, other: GazetteerEntry) -> float:
    """Kilometres, near enough within a country."""
    assert one.latitude is not None
    assert one.longitude is not None
    assert other.latitude is not None
    assert other.longitude is not None
    east = (one.longitude - other.longitude) * cos(radians(one.latitude))
    return 111.2 * hypot(one.latitude - other.latitude, east)


def test_towns_of_one_governorate_lie_together(gazetteer: Gazetteer) -> None:
    capitals = {
        entry.parent: entry for entry in gazetteer.places if entry.kind is Kind.CITY and entry.latitude is not None
    }
    for entry in gazetteer.places:
        if entry.country != "SY" or entry.latitude is None or entry.parent not in capitals:
            continue
        assert distance(entry, capitals[entry.parent]) < 260, entry.id


def test_no_name_is_shared_by_two_of_one_kind_unless_listed(gazetteer: Gazetteer) -> None:
    owners: dict[tuple[Kind, str], set[str]] = defaultdict(set)
    for entry in gazetteer.entries:
        for name in entry.names:
            owners[entry.kind, name_key(name)].add(entry.id)
    known = {name_key(name) for name in SHARED}
    assert {key for (_, key), ids in owners.items() if len(ids) > 1} == known


def test_everything_named_in_a_list_of_places_is_there(gazetteer: Gazetteer) -> None:
    for name in (
        "الباغوز فوقاني",
        "الباغوز تحتاني",
        "السوسة",
        "هجين",
        "الشعفة",
        "الكشكية",
        "البوكمال",
        "الميادين",
        "العشارة",
    ):
        (entry, *_) = gazetteer.by_arabic(name)
        assert "deir-ez-zor-governorate" in {place.id for place in gazetteer.lineage(entry)}, name


def test_each_month_has_its_names_east_and_west(gazetteer: Gazetteer) -> None:
    months = [entry for entry in gazetteer.entries if entry.kind is Kind.MONTH]
    assert [entry.note for entry in months] == [f"month {number}" for number in range(1, 13)]
    assert [entry.english[0] for entry in months][::3] == ["January", "April", "July", "October"]


def test_the_table_is_a_tsv_with_a_header() -> None:
    text = (files("indexer.gazetteer") / "gazetteer.tsv").read_text("utf-8")
    header, *rows = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert header.split("\t")[:4] == ["id", "kind", "arabic", "english"]
    assert all(len(row.split("\t")) == len(header.split("\t")) for row in rows)
