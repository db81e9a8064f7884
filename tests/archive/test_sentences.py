"""Where sentences end."""

import random
import time
from pathlib import Path

import pytest

from archive.sentences import LONGEST, split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["قال الناطق إن المعارك توقفت.", "ولم يعلق أحد."],
        ["هل عاد الأهالي؟", "لم يعودوا بعد!", "ينتظرون."],
        ["ما ذنبهم ؟!", "سؤال بلا جواب."],
        ["ما ذنبهم؟!", "سؤال بلا جواب."],
        ["الخارجية.. تندد بما حدث في المدينة"],
        ['في سوريا... "المجلس" يناقش الميزانية'],
        ["سيعود الأهالي… ولكن متى"],
        ["عاد الجميع مساء أمس.. وقال الشهود إن الطريق كان مغلقا."],
        ["قال الشهود إن القافلة وصلت إلى البلدة مساء أمس..", "وأضافوا أن الطريق كان مغلقا قبل ذلك."],
        ["بلغ المعدل 3.5 في المئة.", "وفي 24.10.2017 بلغ 4.1."],
        ["افتتح المعرض عند الساعة 20:35.", "وحضره 1.200 شخص."],
        ["قال د. سمير ود. ليلى وأ.د. هاني إن النتائج جيدة.", "وأيدهم م. كريم."],
        ["يعود النقش إلى القرن الثالث ق.م. تقريبا.", "وقد رُمم."],
        ["صدر القرار عام 2019 م. ", "ثم نُشر."],
        ["The U.S. Army and Dr. J. Smith met at 5 p.m. on Monday.", "They left."],
        ["He lives in the U.S.", "The office moved."],
        ["Visit www.example.org/a.b?c=1 or write to a.b@example.org.", "Thank you."],
        ["راجع https://example.org/news/1.2?id=3 للتفاصيل.", "شكرا."],
        ["The list, e.g. of names, is long.", "It ends."],
        ['قال: "انتهى العمل. لم يبق أحد"، ثم غادر القاعة.', "وتبعه آخرون."],
        ['قال: "انتهى العمل.', 'لم يبق أحد".', "ثم غادر."],
        ['قال: "انتهى العمل."', "ثم غادر القاعة."],
        ['سأل: "من المسؤول؟" ثم غادر القاعة.', "ولم يعد."],
        ["قال “لا تعليق”.", "وأضاف «سنرى»."],
        ["نشر الخبر في “تويتر“، وقال إن الأمر انتهى.", "وأضاف أنه صحيح."],
        ["زار (برفقة أ. كريم. وآخرين) المتحف.", "ثم عاد."],
        ['قال "عاد الوفد إلى بلده.', "وأضاف أنه سيبقى هناك."],
        ["انتهت الجلسة في المدينة.", "وأضاف البيان أن الجلسة ستستأنف."],
        ["السطر الأول", "السطر الثاني"],
        ["1. مقدمة قصيرة.", "2. خاتمة قصيرة."],
        ["تأسست سنة 1950.[1]", "ثم توسعت.[2]"],
        ['"Where is it?" he asked.', "Nobody knew."],
        ['سأل: "هل تعودون؟ "'],
        ["انتهت الجلسة. •"],
    ],
    ids=lambda parts: parts[0][:30],
)
def test_a_text_is_cut_where_its_sentences_end(parts: list[str]) -> None:
    joined = "\n".join(parts) if parts[0].startswith("السطر") else " ".join(part.strip() for part in parts)
    assert sentences(joined) == [part.strip() for part in parts]


def test_a_stop_without_a_space_ends_a_sentence_between_arabic_words_only() -> None:
    assert sentences("انتهت الجلسة.وأضاف البيان") == ["انتهت الجلسة.", "وأضاف البيان"]
    assert sentences("هل انتهت؟نعم") == ["هل انتهت؟", "نعم"]
    assert sentences("ملف report.final.txt جاهز") == ["ملف report.final.txt جاهز"]


def test_every_kind_of_line_break_ends_a_sentence() -> None:
    breaks = ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"]
    for mark in breaks:
        assert sentences(f"عنوان{mark}نص") == ["عنوان", "نص"], repr(mark)


def test_a_paragraph_of_many_sentences_is_cut_into_them(seeds: Path) -> None:
    text = next(seeds.glob("003_*")).read_text(encoding="utf-8")
    found = sentences(text)
    assert len(found) == 22
    assert max(map(len, found)) < 300


def test_a_sentence_without_stops_is_cut_at_its_pauses() -> None:
    text = "، ".join(["وذهب الناس إلى السوق في الصباح الباكر"] * 100)
    found = sentences(text)
    assert all(len(sentence) <= LONGEST for sentence in found)
    assert all(sentence.endswith("،") for sentence in found[:-1])


def test_a_run_without_spaces_is_cut_all_the_same() -> None:
    assert [len(sentence) for sentence in sentences("ا" * 2500)] == [1000, 1000, 500]


@pytest.mark.parametrize("text", ["", " ", "\n\n\t\u00a0\u2003", "\r\n"])
def test_a_blank_text_has_no_sentences(text: str) -> None:
    assert split_sentences(text) == []


ALPHABET = [
    *'ابتدم  وأ .؟!?…"“”«»()[]،؛,:\n\r\u2028\u200f\u202e\x00\ud800AbZz019@/-–ـً',
    "..",
    "...",
    "د. ",
    "U.S. ",
]


@pytest.mark.parametrize("seed", range(300))
def test_sentences_cover_any_text_in_order_without_overlap(seed: int) -> None:
    draw = random.Random(seed)
    text = "".join(draw.choices(ALPHABET, k=draw.randrange(300)))
    end = 0
    for start, stop in split_sentences(text):
        assert start >= end
        assert text[end:start].strip() == ""
        assert text[start:stop] == text[start:stop].strip() != ""
        end = stop
    assert text[end:].strip() == ""


@pytest.mark.parametrize(
    "piece", ["كلمة ", "a", ".", '"', "(", ". ", "؟!", "a.b@", '"a. ', "1.2 ", "» ", "[1]", " .", "..كلمة ", "! •"]
)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begun = time.perf_counter()
    split_sentences(text)
    assert time.perf_counter() - begun < 5
