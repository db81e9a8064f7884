"""What cleaning promises for any text, and for the five seeds."""

import random
import time
from pathlib import Path

import pytest

from archive.cleaning import compose
from archive.document import TRANSLATED_KINDS, Basis, BlockKind, Declared, Document, Note, Precision, Reading


def read(text: str, *, paragraphs: bool = False, **declared: str) -> Document:
    return compose(Reading("item", b"", text, "utf-8", "text/plain", Declared(**declared), paragraphs))  # type: ignore[arg-type]


def seed(seeds: Path, number: int) -> Document:
    path = next(seeds.glob(f"{number:03}_*"))
    return read(path.read_bytes().decode())


def kinds(document: Document) -> list[str]:
    return [str(block.kind) for block in document.blocks]


def of_kind(document: Document, kind: BlockKind) -> list[str]:
    return [document.block_text(block) for block in document.blocks if block.kind is kind]


def assert_whole(document: Document) -> None:
    """Blocks and sentences lie in order, apart, and leave out nothing but white space."""
    text, end = document.text, 0
    for block in document.blocks:
        assert block.start >= end
        assert text[end : block.start].strip() == ""
        assert document.block_text(block) == document.block_text(block).strip() != ""
        end = block.end
    assert text[end:].strip() == ""
    for number, block in enumerate(document.blocks):
        inside = [sentence for sentence in document.sentences if sentence.block == number]
        assert bool(inside) == (block.kind in TRANSLATED_KINDS)
        end = block.start
        for sentence in inside:
            assert sentence.start >= end
            assert text[end : sentence.start].strip() == ""
            end = sentence.end
        assert not inside or end == block.end


def test_the_sputnik_seed(seeds: Path) -> None:
    document = seed(seeds, 0)
    assert kinds(document) == [
        "title",
        "lead",
        "outlet",
        "related",
        *["body"] * 5,
        "related",
        *["body"] * 3,
        "furniture",
    ]
    assert (document.outlet, document.date.value, document.date.precision) == ("Sputnik", None, Precision.NONE)
    assert document.date.note == Note("not_before", ("2014-08",))


def test_the_syria_news_seed(seeds: Path) -> None:
    document = seed(seeds, 1)
    expected = ["section", "title", "caption", "date", *["body"] * 13, "outlet", "furniture", "furniture"]
    assert kinds(document) == expected
    assert document.outlet == "سيريانيوز"
    assert document.title.startswith("الخارجية.. تندد بالمجازر")
    assert (document.date.value, document.date.precision, document.date.basis) == ("2017-10-24", "day", "page")


def test_the_enab_baladi_seed(seeds: Path) -> None:
    document = seed(seeds, 2)
    assert kinds(document) == ["title", *["body"] * 7, *["embed"] * 4, *["body"] * 7, *["furniture"] * 5]
    assert document.outlet is None
    assert (document.date.value, document.date.basis) == ("2019-03-21", Basis.TEXT)
    assert document.date.note == Note("inferred", ("اليوم، الخميس 21 من آذار",))


def test_the_seed_of_one_paragraph(seeds: Path) -> None:
    document = seed(seeds, 3)
    expected = ["title", "date", "date", "counter", "counter", "counter", "furniture", "body", "furniture"]
    assert kinds(document) == expected
    assert document.outlet is None
    assert (document.date.value, document.date.alternatives) == ("2019-03-12", ("2019-12-03",))
    assert document.date.basis is Basis.PAGE
    assert document.date.note is not None
    assert document.date.note.code == "ambiguous_settled"


def test_the_seed_with_a_dateline(seeds: Path) -> None:
    document = seed(seeds, 4)
    assert kinds(document)[:4] == ["title", "lead", "dateline", "body"]
    assert set(kinds(document)[4:]) == {"body"}
    assert of_kind(document, BlockKind.DATELINE) == ["بيروت –"]
    assert (document.outlet, document.date.value) == (None, None)
    assert document.date.note == Note("not_before", ("2015",))


def test_blocks_and_sentences_leave_out_nothing_of_the_seeds(seeds: Path) -> None:
    for number in range(5):
        assert_whole(seed(seeds, number))


def test_what_is_declared_comes_first() -> None:
    document = read(
        "نص قصير من جملة واحدة.", title="عنوان", outlet="صوت الوادي", url="https://a.example/x", date="2020-01-02"
    )
    assert (document.title, document.outlet, document.url) == ("عنوان", "صوت الوادي", "https://a.example/x")
    assert (document.date.value, document.date.basis) == ("2020-01-02", Basis.SET)


def test_a_declared_title_is_found_in_the_text() -> None:
    document = read("موقع الضفة\nعنوان الخبر كما نشر\nنص الخبر من جملة واحدة.", title="عنوانُ الخبر كما نُشر")
    assert kinds(document) == ["body", "title", "body"]


def test_several_names_at_the_end_are_a_list_and_one_is_the_writer() -> None:
    report = "عنوان من أربع كلمات\nشيعت البلدة خمسة من أبنائها بعد ظهر الأحد.\nمحمد خالد الأسعد"
    assert kinds(read(report)) == ["title", "body", "byline"]
    assert kinds(read(report + "\nليلى حسن العمر\nسامر خالد الأسعد")) == ["title", "body", "body", "body", "body"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("يقتحم الملعب بقضيب حديدي (فيديو)\nقال الشهود إن الأمن تدخل بسرعة.", ["title", "body"]),
        ("أهم الأخبار لليوم الاثنين 20 فيفري\nعادت المياه إلى الأحياء الشرقية أمس.", ["title", "body"]),
        ("هل يعود الأهالي؟\nقالت البلدية إن العودة تبدأ الشهر المقبل.", ["title", "body"]),
    ],
)
def test_a_title_is_a_title_for_all_its_ornaments(text: str, expected: list[str]) -> None:
    assert kinds(read(text)) == expected


@pytest.mark.parametrize(
    ("line", "dateline", "agency"),
    [
        ("دمشق-سانا أعادت المؤسسة تأهيل محطة المياه في القرية.", "دمشق-سانا", "سانا"),
        ("دمشق-حلب طريق طويل تقطعه الحافلات في خمس ساعات.", None, None),
        ("دمشق - سانا - أعادت المؤسسة تأهيل محطة المياه في القرية.", "دمشق - سانا -", "سانا"),
        ("القاهرة (رويترز) - أعادت المؤسسة تأهيل محطة المياه.", "القاهرة (رويترز) -", "رويترز"),
        ("بيروت، 12 آذار (أ ف ب) – أعادت المؤسسة تأهيل محطة المياه.", "بيروت، 12 آذار (أ ف ب) –", "أ ف ب"),
        ("BEIRUT, March 12 (Reuters) - The water station works again.", "BEIRUT, March 12 (Reuters) -", "Reuters"),
        ("لندن: أعادت المؤسسة تأهيل محطة المياه في القرية.", "لندن:", None),
        ("وقال: أعادت المؤسسة تأهيل محطة المياه في القرية.", None, None),
        ("المدير - وهو مهندس - قال إن المحطة تعمل من جديد.", None, None),
    ],
)
def test_a_dateline_is_told_from_a_sentence(line: str, dateline: str | None, agency: str | None) -> None:
    document = read(f"عنوان من أربع كلمات\n\n{line}")
    assert of_kind(document, BlockKind.DATELINE) == ([dateline] if dateline else [])
    assert document.agency == agency


def test_a_text_without_title_is_named_by_its_first_sentence() -> None:
    document = read("وصلت القافلة. ثم عادت إلى المدينة.")
    assert (kinds(document), document.title) == (["body"], "وصلت القافلة.")
    long = read("وصلت القافلة إلى المدينة " * 20 + ".")
    assert long.title.endswith("…")
    assert len(long.title) <= 121


def test_paragraphs_from_markup_are_not_furniture_by_shape() -> None:
    text = "نص أول طويل بعض الشيء ينتهي بنقطة.\nعنوان فرعي قصير\nنص ثان طويل بعض الشيء ينتهي بنقطة.\nخاتمة بلا نقطة"
    assert kinds(read(text, paragraphs=True)) == ["body"] * 4
    titled = "عنوان الصفحة كما نشر\n" + text.replace("\n", "\nشارك المقال\n", 1)
    assert kinds(read(titled, paragraphs=True, title="عنوان الصفحة كما نشر")) == [
        "title",
        "body",
        "furniture",
        "body",
        "body",
        "body",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "شارك وزير الصحة في افتتاح المشفى الجديد.",
        "تعليق الدراسة ليومين بسبب العاصفة.",
        "أعلن المجلس بدء العمل يوم 12 آذار 2019.",
        "شاهد عشرات الأهالي القافلة تعبر الجسر.",
        "صورة قاتمة يرسمها التقرير عن أحوال النازحين.",
        "كتب الطبيب رسالة مفتوحة إلى زملائه.",
        "الوطن أكبر من الخلافات، قال الشيخ.",
        "Share prices fell on Monday.",
        "By Monday, most families had returned.",
        "Print shops in the old town reopened.",
        "7 قتلى و12 جريحا حصيلة انهيار المبنى.",
    ],
)
def test_an_ordinary_sentence_is_body(text: str) -> None:
    assert kinds(read(text)) == ["body"]
    assert kinds(read(f"عنوان من أربع كلمات\n\n{text}\n\nوأضاف المصدر أن العمل مستمر.")) == ["title", "body", "body"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\r\n\t\u00a0\u2028"])
def test_a_blank_text_has_no_blocks(text: str) -> None:
    document = read(text)
    assert (document.blocks, document.sentences, document.title) == ((), (), "")


PIECES = [
    *'ابتث وم.،؟!"“”«»()[]:|•-–—/@#0129\n\n\r\u2028\v\x00\ud800\u200f\u202e\u0651 abcXYZ',
    "\r\n",
    " — اسم (@name) March 20, 2019\n",
    "إقرأ أيضا: ",
    "مشاركة :\n",
    "24.10.2017 | 20:35\n",
    "بيروت – ",
    "RELATED NEWS\n",
    "سيريانيوز\n",
    "بقلم: سامي\n",
    "وقال المصدر إن القافلة وصلت إلى المدينة مساء أمس بعد رحلة طويلة. ",
    "\n\n",
]


@pytest.mark.parametrize("number", range(300))
def test_any_text_is_covered(number: int) -> None:
    draw = random.Random(number)
    text = "".join(draw.choices(PIECES, k=draw.randrange(120)))
    assert_whole(read(text, paragraphs=number % 5 == 0))


@pytest.mark.parametrize(
    "text",
    [
        "كلمة " * 200_000,
        "ا" * 1_000_000,
        "مشاركة\n" * 10_000,
        "اقرأ أيضا\n" * 3_000,
        "سطر من أربع كلمات هنا\n" * 5_000,
        "12 آذار " * 20_000,
        "- " * 100_000 + "\n" + "(" * 100_000,
        "• — (@a) March 20, 2019\n" * 3_000,
        "\n" * 500_000 + "نص.",
        '"نص ' * 100_000,
        "1/2/" * 100_000,
        "اليوم " * 100_000,
        "سوريا\n" * 10_000,
        '"12 آذار 2019" ' * 10_000,
    ],
    ids=lambda text: f"{text[:12]!r}",
)
def test_time_grows_with_the_length_alone(text: str) -> None:
    begun = time.perf_counter()
    document = read(text)
    assert time.perf_counter() - begun < 10
    assert document.blocks
