"""Names met in running text, and looked up by either language's spelling."""

from itertools import pairwise
from pathlib import Path

import pytest

from indexer.gazetteer import Gazetteer, load_gazetteer

TABLE = Path(__file__).with_name("mentions.tsv")


def cases() -> list[tuple[str, str]]:
    lines = TABLE.read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]  # type: ignore[misc]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(("text", "expected"), cases())
def test_a_text_means_these(text: str, expected: str, gazetteer: Gazetteer) -> None:
    found = [f"{text[mention.start : mention.end]}={mention.entry.id}" for mention in gazetteer.find(text)]
    assert found == ([] if expected == "-" else expected.split(" | "))


@pytest.mark.parametrize(
    ("seed", "places", "actors"),
    [
        ("000", {"baghouz", "baghouz-fawqani", "deir-ez-zor-governorate", "raqqa"}, {"international-coalition", "sdf"}),
        ("001", {"deir-ez-zor", "raqqa", "qusour-deir-ez-zor", "iraq"}, {"syrian-army", "us-state-department", "sdf"}),
        ("002", {"baghouz", "deir-ez-zor", "raqqa"}, {"snhr", "iums", "khalil-al-miqdad", "ali-al-qaradaghi"}),
        (
            "003",
            {"baghouz", "khan-sheikhoun", "al-tah", "umm-jalal"},
            {"mustafa-bali", "jaysh-al-thuwar"},
        ),
        ("004", {"sousa", "baghouz-fawqani", "deir-ez-zor", "iraq"}, {"sohr", "sean-ryan", "frederic-parisot"}),
    ],
)
def test_the_seeds_name_their_places_and_actors(
    seed: str, places: set[str], actors: set[str], gazetteer: Gazetteer, seeds: Path
) -> None:
    (path,) = seeds.glob(f"{seed}_*.txt")
    found = [mention.entry for mention in gazetteer.find(path.read_text("utf-8"))]
    assert places <= {entry.id for entry in found if entry.is_place}
    assert actors | {"islamic-state", "international-coalition"} <= {entry.id for entry in found if entry.is_actor}


@pytest.mark.parametrize("spelling", ["Baghouz", "baghuz", "Al-Baghuz", "al baghouz", "BAGOUZ"])
def test_english_spellings_lead_to_one_place(spelling: str, gazetteer: Gazetteer) -> None:
    assert gazetteer.by_english(spelling)[0].id == "baghouz"


@pytest.mark.parametrize(
    "spelling",
    ["Deir ez-Zor", "Deir Ezzor", "deirezzor", "Dayr az-Zawr", "Deir al-Zor", "Deir ez Zor"],
)
def test_deir_ez_zor_has_many_spellings(spelling: str, gazetteer: Gazetteer) -> None:
    assert [entry.id for entry in gazetteer.by_english(spelling)] == ["deir-ez-zor", "deir-ez-zor-governorate"]


@pytest.mark.parametrize("spelling", ["قسد", "قوات سوريا الديمقراطية", "قوات سورية الديموقراطية"])
def test_arabic_spellings_lead_to_one_actor(spelling: str, gazetteer: Gazetteer) -> None:
    assert [entry.id for entry in gazetteer.by_arabic(spelling)] == ["sdf"]


@pytest.mark.parametrize("spelling", ["داعش", "الدواعش", "تنظيم الدولة الإسلامية", 'تنظيم "الدولة"', "لداعش"])
def test_one_organisation_of_many_names(spelling: str, gazetteer: Gazetteer) -> None:
    assert [entry.id for entry in gazetteer.by_arabic(spelling)] == ["islamic-state"]


@pytest.mark.parametrize("name", ["", " ", "؟", "\x00", "\ud800", "زززز", "qqqq", "و", "the"])
def test_what_is_no_name_leads_nowhere(name: str, gazetteer: Gazetteer) -> None:
    assert gazetteer.by_arabic(name) == gazetteer.by_english(name) == ()


@pytest.mark.parametrize("text", ["", "\x00\x00", "\ud800 الرقة", "ا" * 200_000, "أ." * 50_000, "التحالف " * 9_000])
def test_hostile_text_is_read_through(text: str, gazetteer: Gazetteer) -> None:
    for mention in gazetteer.find(text):
        assert 0 <= mention.start < mention.end <= len(text)


def test_mentions_never_overlap_and_come_in_order(gazetteer: Gazetteer, seeds: Path) -> None:
    for path in seeds.glob("*.txt"):
        mentions = gazetteer.find(path.read_text("utf-8"))
        assert all(one.end <= other.start for one, other in pairwise(mentions))
