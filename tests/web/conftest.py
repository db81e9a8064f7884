"""Real archives to look at: the seeds, and one of hostile texts with lines of every origin."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.adding import add
from archive.document import Note
from archive.memory import read_memory
from archive.store import Store
from archive.translation import AlignedPair, Origin, Translation, sentence_key
from indexer.indexing import index_archive
from web.app import create_app

TIME = "2026-11-20T18:00:00+00:00"

HOSTILE = "<script>alert(1)</script> \u202eلا\u202c \x1b[31m <b onclick=x>"

REPORT = """{title}

قتل ثلاثة مدنيين في قصف على بلدة السوسة. وقالت المصادر إن 50 شخصا أصيبوا بجروح في القصف نفسه.

زار وفد من الأمم المتحدة المدينة يوم الأحد لتقدير حجم الدمار في المدارس والمستشفيات. {hostile}

وأضافت المصادر أن فرق الإسعاف لم تصل إلى المكان بسبب القصف المستمر على الطريق.
"""


@pytest.fixture(scope="session")
def seed_archive(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the five seeds with their reviewed English, indexed."""
    folder = tmp_path_factory.mktemp("seeds") / "archive"
    with Store.open(folder, create=True) as store:
        add(store, sorted(seeds.glob("*.txt")))
        store.remember(read_memory(seeds / "reviewed.jsonl"))
        index_archive(store)
    return folder


@pytest.fixture(scope="session")
def mixed_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one text that tries to break out, with machine, reviewed, gloss and missing English."""
    folder = tmp_path_factory.mktemp("mixed")
    item = {
        "id": "1",
        "title": f"قصف على السوسة {HOSTILE}",
        "text": REPORT.format(title=f"قصف على السوسة {HOSTILE}", hostile=HOSTILE),
        "outlet": f'"><img src=x> {HOSTILE}',
        "url": "javascript:alert(1)",
    }
    (folder / "items.jsonl").write_text(json.dumps(item, ensure_ascii=False) + "\n", encoding="utf-8")
    with Store.open(folder / "archive", create=True) as store:
        report = add(store, [folder / "items.jsonl"])
        assert len(report.added) == 1, report
        store.save_translations(_english(store))
        index_archive(store)
    return folder / "archive"


@pytest.fixture(scope="session")
def client(seed_archive: Path) -> Iterator[FlaskClient]:
    """A reader of the seeds."""
    yield from _reader(seed_archive)


@pytest.fixture(scope="session")
def mixed_client(mixed_archive: Path) -> Iterator[FlaskClient]:
    """A reader of the hostile text."""
    yield from _reader(mixed_archive)


@pytest.fixture(scope="session")
def ids(client: FlaskClient) -> dict[str, str]:
    """The ids of the seeds by number: `000` to `004`."""
    words = {"000": "بطش", "001": "تندد", "002": "3035", "003": "سراقب", "004": "للثلج"}
    return {seed: client.get("/search.json", query_string={"q": q}).json["hits"][0]["id"] for seed, q in words.items()}


def _reader(folder: Path) -> Iterator[FlaskClient]:
    app = create_app(folder, TESTING=True)
    yield app.test_client()
    app.extensions["room"].close()


def _english(store: Store) -> Iterator[tuple[str, Translation]]:
    for key, text in list(store.pending(Origin.GLOSS)):
        made = _line(text)
        if made is not None:
            assert key == sentence_key(text)
            yield key, made


def _line(text: str) -> Translation | None:
    if text.startswith("قصف"):
        return Translation(
            f"Shelling of al-Susah {HOSTILE}", Origin.REVIEWED, "memory", TIME, by=f"A. Reader {HOSTILE}"
        )
    if text.startswith("قتل"):
        alignment = (AlignedPair(text.index("مدنيين"), text.index("مدنيين") + 6, 6, 15, 0.9),)
        words = "Three civilians were killed in shelling of the town of al-Susah."
        return Translation(words, Origin.MACHINE, "argos", TIME, model="translate-ar_en-1_0", alignment=alignment)
    if text.startswith("وقالت"):
        doubt = Note("number_missing", (50,))
        words = "The sources said that people were wounded in the same shelling."
        return Translation(words, Origin.MACHINE, "argos", TIME, model="translate-ar_en-1_0", trust=(doubt,))
    if text.startswith("زار"):
        return Translation("visit | delegation | of | the United Nations", Origin.GLOSS, "gloss", TIME)
    return None
