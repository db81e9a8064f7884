"""The run over an archive: once each, kept as it comes, resumed after a kill, by whatever can serve."""

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from archive.document import Note
from archive.store import Store
from archive.translation import Origin, Translation, sentence_key
from indexer.errors import BadPackage, IndexerError, NoModel
from indexer.translation.argos import ArgosSettings, ArgosTranslator
from indexer.translation.glossary import Glossary
from indexer.translation.packages import ArgosPackage
from indexer.translation.run import Asked, _Run, translate_archive
from indexer.translation.translator import Draft

pytestmark = pytest.mark.usefixtures("offline")

AddArticle = Callable[[Store, str, list[str]], str]

SENTENCES = 8
"""Distinct sentences of the `store` fixture."""


def machine_lines(store: Store) -> dict[str, int]:
    """How many machine lines each sentence has, straight from the database."""
    with closing(sqlite3.connect(store.folder / "archive.db")) as connection:
        rows = connection.execute(
            "SELECT u.text, count(t.number) FROM units u LEFT JOIN translations t ON t.unit = u.number AND t.rank = 2 "
            "GROUP BY u.number"
        )
        return dict(rows.fetchall())


def test_every_sentence_is_translated_once(store: Store, package: ArgosPackage, expected: Callable[[str], str]) -> None:
    seen: list[tuple[int, int | None]] = []
    report = translate_archive(store, progress=lambda done, total: seen.append((done, total)))
    assert (report.engine, report.model, report.hint) == ("argos", "translate-ar_en-1_0", None)
    assert (report.translated, report.by_engine, report.failures, report.remaining) == (8, (("argos", 8),), 0, 0)
    assert seen == [(number, SENTENCES) for number in range(1, SENTENCES + 1)]
    for article in store.articles():
        for sentence, translation in article.pairs():
            assert translation is not None
            assert translation.text == expected(article.document.sentence_text(sentence))
            assert (translation.origin, translation.engine, translation.model) == (
                Origin.MACHINE,
                "argos",
                "translate-ar_en-1_0",
            )
            assert translation.model_hash == package.content_hash()
            assert translation.time.endswith("+00:00")
            assert translation.score is not None


def test_a_second_run_does_nothing(store: Store, package: ArgosPackage) -> None:
    translate_archive(store)
    revisions = store.revisions()
    report = translate_archive(store)
    assert (report.translated, report.remaining) == (0, 0)
    assert store.revisions() == revisions


def test_a_limit_is_kept_and_the_next_run_goes_on(store: Store, package: ArgosPackage) -> None:
    assert translate_archive(store, limit=3).remaining == SENTENCES - 3
    assert translate_archive(store, limit=0).translated == 0
    report = translate_archive(store, limit=100)
    assert (report.translated, report.remaining) == (SENTENCES - 3, 0)


def test_what_people_reviewed_is_left_to_them(store: Store, package: ArgosPackage) -> None:
    key, _ = next(store.pending(Origin.MACHINE))
    line = Translation("Reviewed.", Origin.REVIEWED, "people", "2026-01-01T00:00:00+00:00", by="A. Reader")
    store.save_translations([(key, line)])
    assert translate_archive(store).translated == SENTENCES - 1
    assert store.translations(key) == [line]


def test_another_model_translates_anew_and_the_old_line_stays(
    store: Store, package: ArgosPackage, packages: Path
) -> None:
    translate_archive(store)
    config = package.path / "model" / "config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"trained": "again"}))
    report = translate_archive(store)
    assert report.translated == SENTENCES
    assert set(machine_lines(store).values()) == {2}


@pytest.mark.parametrize("engine", ["auto", "argos"])
def test_without_a_model_the_reason_is_given(store: Store, packages: Path, engine: str) -> None:
    if engine == "argos":
        with pytest.raises(NoModel, match="sijill models install"):
            translate_archive(store, engine=engine)
        return
    report = translate_archive(store, limit=0)
    assert report.hint in (Note("install_model"), Note("install_any"))
    assert report.engine in ("gloss", None)
    assert report.remaining == SENTENCES


def test_a_broken_model_is_named(store: Store, package: ArgosPackage) -> None:
    (package.path / "model" / "model.bin").write_bytes(b"")
    hint = translate_archive(store, limit=0).hint
    assert hint is not None
    assert hint.code == "broken_model"
    assert "the model of the package translate-ar_en-1_0 can't be run" in str(hint.args[0])
    with pytest.raises(BadPackage, match="can't be run"):
        translate_archive(store, engine="argos")


def test_an_engine_or_model_that_is_not_there(store: Store, package: ArgosPackage) -> None:
    with pytest.raises(IndexerError, match="no translation engine 'babel'"):
        translate_archive(store, engine="babel")
    with pytest.raises(NoModel, match="'nosuch' is installed"):
        translate_archive(store, model="nosuch")
    assert translate_archive(store, model=package.name, limit=1).translated == 1


def test_an_empty_archive(tmp_path: Path, package: ArgosPackage) -> None:
    with Store.open(tmp_path / "empty", create=True) as store:
        assert translate_archive(store).translated == 0


def test_a_sentence_that_fails_is_named_and_stops_nothing(
    store: Store, package: ArgosPackage, add_article: AddArticle
) -> None:
    beyond = " ".join(["القافلة"] * 500)
    add_article(store, "long", [beyond])
    settings = ArgosSettings(longest=10_000)
    report = translate_archive(store, engine="argos", settings=settings)
    assert (report.translated, report.failures, report.remaining) == (SENTENCES, 1, 1)
    (failed,) = report.failed
    assert (failed.key, failed.text, failed.reason.code) == (sentence_key(beyond), beyond, "translation_failed")
    (kept,) = store.failures(package.content_hash())
    assert (kept.key, kept.text, kept.reason) == (failed.key, failed.text, failed.reason)
    again = translate_archive(store, engine="argos", settings=settings)
    assert (again.translated, again.failures, again.remaining, again.failed_before) == (0, 0, 1, 1), "not for ever"
    retried = translate_archive(store, engine="argos", settings=settings, limit=1, asked=Asked(retry=True))
    assert (retried.translated, retried.failures) == (0, 1), "when asked to, and it blocks nobody"
    assert translate_archive(store, engine="argos", asked=Asked(retry=True)).translated == 1, "cut at its words"
    assert store.failures(package.content_hash()) == []


class Interrupted(ArgosTranslator):
    """Ctrl-C after the fifth sentence."""

    def translate(self, texts: Sequence[str]) -> Iterator[tuple[int, Draft]]:
        """Give five drafts."""
        for count, done in enumerate(super().translate(texts)):
            if count == 5:
                raise KeyboardInterrupt
            yield done


def test_what_is_done_when_someone_interrupts_is_kept(store: Store, package: ArgosPackage) -> None:
    with pytest.raises(KeyboardInterrupt):
        _Run(store, Interrupted(package), None, Glossary()).translate(None)
    assert translate_archive(store).translated == SENTENCES - 5


def test_killed_at_any_moment_it_ends_with_each_sentence_translated_once(
    tmp_path: Path, package: ArgosPackage, expected: Callable[[str], str], add_article: AddArticle
) -> None:
    chance = random.Random(4)
    words = ["القافلة", "المدينة", "الطريق", "السكان", "الخبز", "الجسر", "الماء", "المركز", "الساحة", "اليوم"]
    texts = [" ".join(chance.choices(words, k=chance.randint(3, 12))) + f" {number}" for number in range(1500)]
    with Store.open(tmp_path / "archive", create=True) as store:
        for part in range(10):
            add_article(store, str(part), texts[part * 150 : (part + 1) * 150])
        code = (
            "import sys; from pathlib import Path; from archive.store import Store; "
            "from indexer.translation.run import translate_archive\n"
            "with Store.open(Path(sys.argv[1])) as store: translate_archive(store)"
        )
        kept = 0
        for _ in range(3):
            process = subprocess.Popen([sys.executable, "-c", code, str(store.folder)], stderr=subprocess.PIPE)
            time.sleep(chance.uniform(0.3, 0.7))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            left = store.count_pending(Origin.MACHINE, package.content_hash())
            assert 1500 - left >= kept, "what was kept stays"
            kept = 1500 - left
        translate_archive(store)
        lines_of = machine_lines(store)
        assert Counter(lines_of.values()) == {1: 1500}
        for article in store.articles():
            for sentence, translation in article.pairs():
                assert translation is not None
                assert translation.text == expected(article.document.sentence_text(sentence))
