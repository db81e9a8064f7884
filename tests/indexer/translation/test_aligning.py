"""Reviewed lines of the seeds have their words paired, and only the right ones."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.adding import add
from archive.memory import read_memory
from archive.store import Store
from indexer.lexicon import load_lexicon
from indexer.translation.aligning import align_archive

# What these English words of the reviewed lines stand for in the seeds, as written there.
BY_HAND = {
    "civilians": {"المدنيين", "مدنيين", "مدنيا", "مدنياً", "مدنيًا", "بالمدنيين", "للمدنين", "مدني"},
    "massacre": {"مجزرة", "بالمجزرة"},
    "massacres": {"مجازر", "مجازره", "بالمجازر", "المجازر"},
    "Baghouz": {"الباغوز", "والباغوز"},
    "Raqqa": {"الرقة", "والرقة", "بالرقة"},
    "children": {"أطفال", "الأطفال", "والأطفال", "طفلًا"},
    "women": {"نساء", "ونساء", "النساء", "والنساء", "امرأة"},
    "Euphrates": {"الفرات", "فرات"},
    "bodies": {"الجثث", "جثث", "لجثث"},
    "3035": {"3035"},
}


@pytest.fixture
def store(seeds: Path, tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "archive", create=True) as opened:
        add(opened, sorted(seeds.glob("*.txt")))
        opened.remember(read_memory(seeds / "reviewed.jsonl"))
        yield opened


@pytest.mark.skipif(load_lexicon() is None, reason="the lexicon extra is not installed")
def test_words_of_reviewed_lines_are_paired_and_rightly(store: Store) -> None:
    assert align_archive(store) > 70
    met = right = 0
    for article in store.articles():
        for sentence, translation in article.pairs():
            assert translation is not None
            text = article.document.sentence_text(sentence)
            for pair in translation.alignment:
                english = translation.text[pair.target_start : pair.target_end]
                if english in BY_HAND:
                    met += 1
                    right += text[pair.source_start : pair.source_end] in BY_HAND[english]
    assert met > 60
    assert right / met >= 0.95


def test_pairing_again_changes_nothing(store: Store) -> None:
    align_archive(store)
    before = store.revisions()
    assert align_archive(store) == 0
    assert store.revisions() == before


def test_nothing_else_of_a_line_changes(store: Store, seeds: Path) -> None:
    align_archive(store)
    lines = {line["en"] for line in map(json.loads, (seeds / "reviewed.jsonl").read_text("utf-8").splitlines())}
    shown = [t for article in store.articles() for t in article.translations if t is not None]
    assert {translation.text for translation in shown} <= lines
    assert {translation.by for translation in shown} == {"Sijill maintainers"}
