"""What the lexicon says about a word."""

import subprocess
import sys
import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from indexer.errors import NoLexicon
from indexer.lexicon import AffixKind, Lexicon, PartOfSpeech, Tense
from indexer.lexicon.letters import fold, from_arabic, without_marks
from indexer.lexicon.tables import read_tables

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("first_readings.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("word", "lemma", "speech", "gloss"), ROWS, ids=[row[0] for row in ROWS])
def test_likeliest_reading_comes_first(lexicon: Lexicon, word: str, lemma: str, speech: str, gloss: str) -> None:
    first = lexicon.readings(word)[0]
    assert (first.lemma, first.part_of_speech.value) == (lemma, speech)
    assert gloss in first.glosses


def test_weights_sum_to_one_and_fall(lexicon: Lexicon) -> None:
    for word in ("وذكرت", "دير", "بلدة", "كتابهم", "من"):
        weights = [reading.weight for reading in lexicon.readings(word)]
        assert sum(weights) == pytest.approx(1)
        assert weights == sorted(weights, reverse=True)
        assert sum(share for _, share in lexicon.lemmas(word)) == pytest.approx(1)


def test_a_word_is_cut_into_its_parts(lexicon: Lexicon) -> None:
    reading = lexicon.readings("والمدنيين")[0]
    assert [(affix.kind, affix.text) for affix in reading.prefixes] == [
        (AffixKind.CONJUNCTION, "وَ"),
        (AffixKind.ARTICLE, "ال"),
    ]
    assert [affix.kind for affix in reading.suffixes] == [AffixKind.PLURAL]
    assert reading.stem == "مَدَنِيّ"


def test_a_verb_says_tense_subject_and_object(lexicon: Lexicon) -> None:
    reading = lexicon.readings("سيستهدفونهم")[0]
    assert reading.part_of_speech is PartOfSpeech.VERB
    assert reading.tense is Tense.PRESENT
    assert reading.has(AffixKind.FUTURE)
    thing = reading.affix(AffixKind.OBJECT)
    assert thing is not None
    assert thing.person == "3mp"


def test_given_vowels_choose_among_readings(lexicon: Lexicon) -> None:
    assert {reading.passive for reading in lexicon.readings("قُتِلوا")} == {True}
    assert {reading.passive for reading in lexicon.readings("قَتَلوا")} == {False}
    assert lexicon.readings("سيقيّم")[0].lemma == "قَيَّمَ"


@pytest.mark.parametrize("word", ["الباغوز", "", "x", "Raqqa", "٢٠١٩", "دير الزور", "\x00", "ا" * 500, "\ud800", "ـــ"])
def test_what_is_no_word_of_the_lexicon_has_no_reading(lexicon: Lexicon, word: str) -> None:
    assert lexicon.readings(word) == ()
    assert not lexicon.knows(word)
    assert lexicon.lemmas(word) == ()
    assert lexicon.glosses(word) == ()


@pytest.mark.parametrize("word", ["مدنيه", "اعلنت", "الامم", "علي", "مدنيـــين", "\u202bمدني\u202c", "ﻣﺪﻧﻲ"])
def test_every_spelling_is_known(lexicon: Lexicon, word: str) -> None:
    assert lexicon.knows(word)


def test_killed_is_neither_killing_nor_a_killing(lexicon: Lexicon) -> None:
    lemmas = {
        word: {lemma for lemma, share in lexicon.lemmas(word) if share > 0.01} for word in ("قتيل", "قتل", "مقتل")
    }
    assert not lemmas["قتيل"] & lemmas["قتل"]
    assert not lemmas["قتيل"] & lemmas["مقتل"]
    assert "إِرْهاب" not in {lemma for lemma, share in lexicon.lemmas("إرهابي") if share > 0.01}


def test_feminines_and_plurals_with_headwords_of_their_own_are_one_family(lexicon: Lexicon) -> None:
    for word, other in (("أخرى", "آخر"), ("نساء", "امرأة"), ("الأولى", "الأول"), ("جزر", "جزيرة"), ("أبناء", "ابن")):
        assert set(lexicon.indexed_lemmas(word)) & set(lexicon.indexed_lemmas(other))


def test_the_stamp_names_tables_and_figures(lexicon: Lexicon) -> None:
    assert lexicon.stamp == Lexicon(lexicon._tables, lexicon._frequencies).stamp
    assert len(lexicon.stamp) == 16


def test_a_broken_installation_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoLexicon, match="reinstall"):
        read_tables(tmp_path)


def test_loading_prints_nothing_and_is_quick(lexicon: Lexicon) -> None:
    code = (
        "import time; from indexer.lexicon import load_lexicon; start = time.perf_counter(); load_lexicon();"
        "took = time.perf_counter() - start; import sys; sys.exit(0 if took < 2 else f'{took:.2f} s')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_thousands_of_new_words_are_read_in_a_second(lexicon: Lexicon, measuring_data: Path) -> None:
    rows = (measuring_data / "stem" / "pud_word_lemma.tsv").read_text("utf-8").splitlines()
    words = {row.split("\t")[0] for row in rows}
    fresh = Lexicon(lexicon._tables, lexicon._frequencies)
    began = time.perf_counter()
    for word in words:
        fresh.lemmas(word)
    assert len(words) / (time.perf_counter() - began) > 4000  # twenty to thirty thousand on an idle core


def test_forms_of_a_word_are_joined_and_others_are_not(lexicon: Lexicon, measuring_data: Path) -> None:
    rows = (measuring_data / "stem" / "pud_groups.tsv").read_text("utf-8").splitlines()
    groups = [row.split("\t")[2].split() for row in rows]
    wanted = {pair for forms in groups for pair in combinations(sorted(set(forms)), 2)}
    found: dict[str, set[str]] = defaultdict(set)
    for word in {word for forms in groups for word in forms}:
        for lemma in lexicon.indexed_lemmas(word):
            found[lemma].add(word)
    joined = {pair for forms in found.values() for pair in combinations(sorted(forms), 2)}
    right = len(joined & wanted)
    assert right / len(wanted) >= 0.965
    assert right / len(joined) >= 0.885


def test_first_headword_is_mostly_the_annotated_one(lexicon: Lexicon, measuring_data: Path) -> None:
    lines = (measuring_data / "stem" / "pud_word_lemma.tsv").read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    known = [(lexicon.lemmas(row[0])[0][0], row[1]) for row in rows if lexicon.knows(row[0])]
    same = sum(_bare(ours) == _bare(theirs) for ours, theirs in known)
    assert len(known) / len(rows) > 0.91
    assert same / len(known) > 0.92


def _bare(lemma: str) -> str:
    return fold(without_marks(from_arabic(lemma)))
