"""Which word says what: only what the lexicon, a name or a figure bears out, at the right letters."""

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.lexicon import load_lexicon
from indexer.translation.agreement import Agreement
from indexer.translation.alignment import Side, align, align_by_place
from indexer.translation.argos import ArgosSettings, ArgosTranslator
from indexer.translation.packages import ArgosPackage, install_file
from indexer.translation.translator import translate_in_order

pytestmark = pytest.mark.usefixtures("offline")


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    """What the lexicon bears out; the test is skipped where it is not installed."""
    lexicon = load_lexicon()
    if lexicon is None:
        pytest.skip("the lexicon is not installed")
    return Agreement(lexicon)


def marked(arabic: str, english: str, agree: Callable[[str, str], bool]) -> list[tuple[str, str]]:
    pairs = align_by_place(arabic, english, agree)
    return [(arabic[p.source_start : p.source_end], english[p.target_start : p.target_end]) for p in pairs]


def test_figures_and_names_need_no_lexicon() -> None:
    assert marked("وصل 120 شخصا إلى الباغوز عام ٢٠١٩", "120 people reached Baghouz in 2019", Agreement().agree) == [
        ("120", "120"),
        ("الباغوز", "Baghouz"),
        ("٢٠١٩", "2019"),
    ]


@pytest.mark.parametrize(
    ("arabic", "english", "agree"),
    [
        ("المدارس", "schools", True),
        ("عادت", "returned", True),
        ("وُزِّع", "distributed", True),
        ("مفاتيح", "house", False),
        ("القافلة", "the", False),
        ("13", "31", False),
        ("1,200", "1200", True),
        ("ثلاثة", "3", False),
        ("حلب", "Aleppo's", True),
        ("الشيخ", "Sheikh", True),
        ("كتب", "cut", False),
    ],
)
def test_words_agree_by_what_they_mean(agreement: Agreement, arabic: str, english: str, agree: bool) -> None:
    assert agreement.agree(arabic, english) is agree


def test_an_article_or_auxiliary_joins_only_where_the_attention_says_so() -> None:
    source = Side("الماء", ("الماء",))
    target = Side("the water", ("the", " water"))
    for share, said in [(0.9, "the water"), (0.2, "water")]:
        (pair,) = align(source, target, [[share], [0.9]], lambda arabic, english: english == "water")
        assert target.text[pair.target_start : pair.target_end] == said


def test_sharp_attention_on_the_wrong_word_marks_nothing() -> None:
    source = Side("مفاتيح البيت", ("مفاتيح", " البيت"))
    target = Side("keys", ("keys",))
    assert align(source, target, [[0.0, 1.0]], lambda arabic, english: False) == ()


def test_attention_that_does_not_fit_its_pieces_marks_nothing() -> None:
    source, target = Side("ماء", ("ماء",)), Side("water", ("water",))
    for attention in ([], [[0.5, 0.5]], [[1.0], [1.0]]):
        assert align(source, target, attention, lambda arabic, english: True) == ()
    assert align(Side("ماء", ("ما",)), target, [[1.0]], lambda arabic, english: True) == ()


@pytest.mark.parametrize("text", ["", " ", "،", "\u202b\u202c", "a\x00b"])
def test_texts_without_words(text: str) -> None:
    agree = Agreement().agree
    assert align_by_place(text, text, agree) == align_by_place("ماء", text, agree) == ()


def test_pairs_stand_at_the_letters_of_the_sentence_as_it_was_given(package: ArgosPackage) -> None:
    text = "  بلغ   عدد الواصلين 120 شخصا،\nبينهم 35 طفلا"
    (draft,) = translate_in_order(ArgosTranslator(package), [text])
    pairs = [
        (text[pair.source_start : pair.source_end], draft.text[pair.target_start : pair.target_end])
        for pair in draft.alignment
    ]
    assert ("120", "120") in pairs
    assert all(source == target for source, target in pairs)


def test_pairs_of_a_sentence_that_was_cut_stand_in_the_whole(package: ArgosPackage) -> None:
    text = "، ".join(f"وصل {number} شخصا إلى المدينة" for number in range(10, 40))
    (draft,) = translate_in_order(ArgosTranslator(package, ArgosSettings(longest=40)), [text])
    pairs = [
        (text[pair.source_start : pair.source_end], draft.text[pair.target_start : pair.target_end])
        for pair in draft.alignment
    ]
    assert len(pairs) > 20
    assert all(source == target and source.isdecimal() for source, target in pairs)


def test_without_the_setting_nothing_is_aligned(package: ArgosPackage) -> None:
    (draft,) = translate_in_order(ArgosTranslator(package, ArgosSettings(alignment=False)), ["بلغ عدد الواصلين 120"])
    assert draft.text
    assert draft.alignment == ()


def test_a_trained_model_and_the_lexicon_agree(measuring_data: Path, packages: Path, agreement: Agreement) -> None:
    package = install_file(measuring_data / "tiny-ar_en.argosmodel")
    text = "وصل الطبيب إلى المستشفى في الساعة 10 صباحا."
    (draft,) = translate_in_order(ArgosTranslator(package, agreement=agreement), [text])
    pairs = {text[p.source_start : p.source_end]: draft.text[p.target_start : p.target_end] for p in draft.alignment}
    assert {"الطبيب": "doctor", "المستشفى": "hospital", "10": "10"}.items() <= pairs.items()
