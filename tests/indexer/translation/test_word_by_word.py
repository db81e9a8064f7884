"""The word-by-word line."""

from pathlib import Path

import pytest

from archive.translation import Origin
from indexer.lexicon import load_lexicon
from indexer.translation.gloss import GlossTranslator
from indexer.translation.gloss.tables import expression_list, function_words, preferred_english
from indexer.translation.translator import Draft, translate_in_order

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("gloss_lines.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.fixture(scope="module")
def translator() -> GlossTranslator:
    """The gloss translator; the test is skipped where the lexicon isn't installed."""
    if load_lexicon() is None:
        pytest.skip('the lexicon is not installed: pip install "sijill[lexicon]"')
    return GlossTranslator()


def line(translator: GlossTranslator, text: str) -> Draft:
    """Return the draft of one text."""
    return translate_in_order(translator, [text])[0]


@pytest.mark.parametrize(("arabic", "english"), ROWS, ids=[row[1][:30] for row in ROWS])
def test_a_sentence_reads_as_a_line_of_glosses_can(translator: GlossTranslator, arabic: str, english: str) -> None:
    assert line(translator, arabic).text == english


def test_every_pair_points_into_both_texts(translator: GlossTranslator, seeds: Path) -> None:
    for path in sorted(seeds.glob("*.txt")):
        for text in path.read_text("utf-8").splitlines():
            draft = line(translator, text)
            for pair in draft.alignment:
                assert text[pair.source_start : pair.source_end].strip()
                assert draft.text[pair.target_start : pair.target_end].strip()
                assert 0 < pair.confidence <= 1
            starts = [pair.target_start for pair in draft.alignment]
            assert starts == sorted(starts)


def test_pairs_follow_a_word_that_moves(translator: GlossTranslator) -> None:
    text = "في المدينة السورية"
    draft = line(translator, text)
    pairs = {
        text[pair.source_start : pair.source_end]: draft.text[pair.target_start : pair.target_end]
        for pair in draft.alignment
    }
    assert draft.text == "in the Syrian city"
    assert pairs["السورية"] == "Syrian"
    assert pairs["المدينة"] == "city"


def test_an_unknown_word_is_romanised_in_brackets(translator: GlossTranslator) -> None:
    assert line(translator, "بارمبوزيا").text.startswith("[")
    [word] = translator.gloss_words("بارمبوزيا")
    assert not word.known


def test_glosses_stand_under_their_words(translator: GlossTranslator) -> None:
    text = "استهدف التحالف الدولي القرية."
    words = translator.gloss_words(text)
    assert [(text[word.start : word.end], word.gloss) for word in words] == [
        ("استهدف", "targeted"),
        ("التحالف الدولي", "the International Coalition"),
        ("القرية", "the village"),
    ]


def test_latin_words_tags_and_figures_are_kept(translator: GlossTranslator) -> None:
    text = line(translator, "كتب @Ali_AlQaradaghi على Twitter في #سوريا 35,000 مرة (٢٠١٩)").text
    for part in ("@Ali_AlQaradaghi", "Twitter", "#Syria", "35,000 times", "(2019)"):
        assert part in text


@pytest.mark.parametrize("text", ["", " ", "–", "•", "\x00", "\u202b\u202c", "\ud800", "…", "ـ"])
def test_what_has_no_word_has_no_line(translator: GlossTranslator, text: str) -> None:
    draft = line(translator, text)
    assert draft.text == ""
    assert draft.problem is not None
    assert draft.problem.code == "nothing_to_translate"


def test_hostile_text_loses_nothing(translator: GlossTranslator) -> None:
    text = "قال\x00 \u202eالرئيس\u202c <script>alert(1)</script> " + "كلمة " * 5000
    draft = line(translator, text)
    assert "<script>" in draft.text
    assert draft.text.count("word") == 5000
    assert "\u202e" not in draft.text


def test_the_translator_says_what_it_is(translator: GlossTranslator) -> None:
    assert translator.info.origin is Origin.GLOSS
    assert translator.info.engine == "gloss"
    assert translator.info.model_hash == GlossTranslator().info.model_hash


def test_each_text_comes_once_with_its_position(translator: GlossTranslator) -> None:
    positions = [position for position, _ in translator.translate(["القرية", "", "المدينة"])]
    assert positions == [0, 1, 2]


def test_tables_are_whole() -> None:
    assert len(expression_list()) >= 400
    assert len({arabic for arabic, _ in expression_list()}) == len(expression_list())
    assert all(english.strip() == english and english for _, english in expression_list())
    assert all("\u0640" not in word for word in function_words())
    assert len(preferred_english()) > 500
