"""Readers: letters as they were written, items as found, and a reason for everything that can't be read."""

import gzip
import json
import os
from pathlib import Path

import pytest

from archive.document import Basis, Declared, Reading
from archive.readers import SetAside, files_of, read
from archive.readers.encoding import decode
from archive.readers.files import LONGEST
from archive.readers.pages import read_markup

ARABIC = "عنوان الخبر\nقال شهود عيان إن القصف على البلدة أدى إلى مقتل مدنيين.\n"


def items(path: Path, content: str | bytes, declared: Declared | None = None) -> list[Reading | SetAside]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read(path, declared or Declared()))


def one(path: Path, content: str | bytes) -> Reading:
    (found,) = items(path, content)
    assert isinstance(found, Reading)
    return found


def codes(found: list[Reading | SetAside]) -> list[str]:
    return [item.code if isinstance(item, SetAside) else "" for item in found]


@pytest.mark.parametrize(
    ("encoding", "recorded"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("windows-1256", "windows-1256"),
        ("iso-8859-6", "iso-8859-6"),
    ],
)
def test_the_encoding_is_found_and_recorded(tmp_path: Path, encoding: str, recorded: str) -> None:
    raw = ARABIC.encode(encoding)
    reading = one(tmp_path / "a.txt", raw)
    assert (reading.text, reading.encoding, reading.raw) == (ARABIC, recorded, raw)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("“The café was hit,” a résumé of the day’s events said.", "windows-1252"),
        ("مجزرة في الباغوز", "windows-1256"),
        ("وكالة رويترز (Reuters) قالت إن القوات تقدمت في محيط البلدة", "windows-1256"),
    ],
)
def test_short_texts_before_unicode_are_read(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "blank"),
        ("\ufeff \u00a0\u200f\n".encode(), "blank"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (b"\xff\xd8\xff\xe0 JFIF", "binary"),
        (b"%PDF-1.7\n", "binary"),
        (bytes(range(256)) * 8, "binary"),
        ("نص\0نص".encode(), "binary"),
        (ARABIC.encode()[:41] + b"\xff" + ARABIC.encode()[42:], "bad_encoding"),
        (ARABIC.encode()[:-8] + b"\xd8", "bad_encoding"),
        (b"\xc3\x28\xa0\xa1", "bad_encoding"),
        (b"\xff\xfe\xfd", "bad_encoding"),
        ("Прошедшей ночью город обстреляли".encode("windows-1251"), "bad_encoding"),
        ("בלילה הופגזה העיירה שוב ושוב".encode("windows-1255"), "bad_encoding"),
        ("Το χωριό βομβαρδίστηκε ξανά".encode("iso-8859-7"), "bad_encoding"),
        (b"2019 - 14 (3) ...", "no_letters"),
        ("昨夜村庄遭到轰炸".encode(), "no_letters"),
    ],
)
def test_what_is_no_readable_text_is_set_aside(tmp_path: Path, raw: bytes, code: str) -> None:
    (found,) = items(tmp_path / "a.txt", raw)
    assert isinstance(found, SetAside)
    assert found.code == code
    assert found.message.startswith(f"{tmp_path / 'a.txt'}: ")


def test_a_line_of_50_megabytes_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert codes(list(read(path, Declared()))) == ["too_long"]


def test_what_is_no_file_is_set_aside_without_waiting(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert codes(list(read(tmp_path / "link.txt", Declared()))) == ["broken_link"]
    assert codes(list(read(tmp_path / "pipe.txt", Declared()))) == ["not_a_file"]
    assert codes(list(read(tmp_path / "none.txt", Declared()))) == ["missing"]
    assert codes(items(tmp_path / "a.docx", b"PK")) == ["unsupported"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_rights_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARABIC)
    path.chmod(0)
    assert codes(list(read(path, Declared()))) == ["unreadable"]


def test_folders_are_walked_in_order_and_never_in_circles(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.TXT", "a.txt", "a.json", ".hidden/x.txt", "b/.x.txt", "c.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    (tmp_path / "b" / "up").symlink_to(tmp_path)
    found = [str(path.relative_to(tmp_path)) for path in files_of(tmp_path) if isinstance(path, Path)]
    assert found == ["a.txt", "b/1.TXT", "b/2.txt", "c.json"]


def test_a_sidecar_says_what_the_text_does_not_and_options_come_first(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"outlet": "سانا", "date": "2019-03-21", "url": None, "other": 1}))
    (found,) = items(tmp_path / "a.txt", ARABIC, Declared(outlet="رويترز"))
    assert isinstance(found, Reading)
    assert found.declared == Declared(outlet="رويترز", date="2019-03-21")


def test_a_broken_sidecar_is_set_aside_and_the_text_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{oops")
    wrong, found = items(tmp_path / "a.txt", ARABIC)
    assert isinstance(wrong, SetAside)
    assert (wrong.code, wrong.source) == ("bad_sidecar", str(tmp_path / "a.json"))
    assert isinstance(found, Reading)


def test_jsonl_lines_are_items_with_their_own_bytes(tmp_path: Path) -> None:
    first = (
        '{"id": 7, "title": "عنوان", "text": "قال  شهود.", "outlet": "سانا", "url": "https://e.org/1", "date": "2019"}'
    )
    second = '{"text": "عنوان\\nنص", "title": "عنوان", "source": "سانا"}'
    found = items(tmp_path / "a.jsonl", f"\ufeff{first}\r\n\n{second}")
    assert [(item.source, item.raw, item.text) for item in found if isinstance(item, Reading)] == [
        (f"{tmp_path}/a.jsonl#7", b"\xef\xbb\xbf" + first.encode(), "عنوان\n\nقال  شهود."),
        (found[1].source, second.encode(), "عنوان\nنص"),
    ]
    assert isinstance(found[0], Reading)
    assert found[0].declared == Declared("عنوان", "سانا", "https://e.org/1", "2019")
    assert isinstance(found[1], Reading)
    assert found[1].declared == Declared("عنوان", "سانا")


def test_a_bad_jsonl_line_is_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = '{"id": "%s", "text": "قال شهود"}'
    lines = [
        (good % 1).encode(),
        b"{",
        b"[1]",
        b'{"id": 2}',
        b'{"id": 3, "text": 5}',
        b'{"id": 4, "text": " "}',
        (good % 1).encode(),
        b"[" * 50_000,
        b'{"id": 5, "text": "\xff\xfe"}',
        b'{"id": 6, "text": "' + b"a" * LONGEST + b'"}',
        b'{"id": 7, "text": "2019"}',
        b'{"id": "8\\ud800", "text": "half \\ud83d a pair\\u0000", "title": "\\udc00"}',
        (good % 9).encode(),
    ]
    found = items(tmp_path / "a.jsonl", b"\n".join(lines))
    wrong = codes(found)
    assert wrong[:7] == ["", "malformed", "malformed", "no_text", "no_text", "no_text", "duplicate_id"]
    assert wrong[7:] == ["malformed", "bad_encoding", "too_long", "no_letters", "", ""]
    assert found[1].source == f"{tmp_path}/a.jsonl:2"
    assert isinstance(found[-2], Reading)
    found[-2].text.encode()
    assert found[-2].text.endswith("half � a pair�")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "windows-1256", "utf-8"])
def test_exports_are_read_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    lines = "".join(
        json.dumps({"id": n, "text": f"ਊ {n}".replace("ਊ", "قال شهود عيان")}, ensure_ascii=False) + "\n" for n in (1, 2)
    )
    found = items(tmp_path / "a.jsonl", lines.encode(encoding))
    assert [item.text for item in found if isinstance(item, Reading)] == ["قال شهود عيان 1", "قال شهود عيان 2"]
    table = "id,text\r\n1,قال شهود عيان\r\n2,نعم\r\n"
    found = items(tmp_path / "a.csv", table.encode(encoding))
    assert [item.text for item in found if isinstance(item, Reading)] == ["قال شهود عيان", "نعم"]


def test_packed_jsonl_is_read_and_a_torn_one_as_far_as_it_goes(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": n, "text": f"قال شهود {os.urandom(200).hex()}"}) + "\n" for n in range(9000))
    packed = gzip.compress(lines.encode())
    assert len(items(tmp_path / "a.jsonl.gz", packed)) == 9000
    found = items(tmp_path / "a.jsonl.gz", packed[: len(packed) - 1000])
    assert codes(found)[-1] == "unreadable"
    assert len(found) > 5000
    assert codes(items(tmp_path / "b.jsonl.gz", b"no gzip")) == ["unreadable"]


def test_a_memory_is_not_taken_for_articles(tmp_path: Path) -> None:
    assert codes(items(tmp_path / "m.jsonl", '{"ar": "نعم", "en": "yes"}\n' * 3)) == ["memory"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_an_export_with_nothing_in_it_is_set_aside(tmp_path: Path, name: str) -> None:
    assert codes(items(tmp_path / name, b"")) == ["empty"]
    assert codes(items(tmp_path / name, b"\n \n")) == ["blank"]


def test_csv_records_keep_their_bytes_and_line_breaks(tmp_path: Path) -> None:
    rows = '\ufeffID,Title,Text,Outlet\r\n1,عنوان,"قال شهود:\r\n""نعم"", ثم",سانا\r\n\r\n2,,نص,\r\n'
    first, second = items(tmp_path / "a.csv", rows)
    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert first.raw == '1,عنوان,"قال شهود:\r\n""نعم"", ثم",سانا'.encode()
    assert first.text == 'عنوان\n\nقال شهود:\r\n"نعم", ثم'
    assert first.declared == Declared(title="عنوان", outlet="سانا")
    assert (second.source, second.text) == (f"{tmp_path}/a.csv#2", "نص")


def test_a_bad_csv_row_is_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    rows = 'id;text\n1;نعم\n2;"never closed\n3;نعم\n4;نعم;more\n5;"a "quote" in it"\n1;لا\n6;\n7;نعم\n'
    found = items(tmp_path / "a.csv", rows)
    assert codes(found) == ["", "malformed", "", "row_length", "malformed", "duplicate_id", "no_text", ""]
    assert found[1].source == f"{tmp_path}/a.csv:3"
    assert codes(items(tmp_path / "b.csv", "id,body\n1,x\n")) == ["no_text_column"]
    assert codes(items(tmp_path / "c.csv", 'text\n"' + "a,\n" * 30_000))[0] == "malformed"


PAGE = """<!DOCTYPE html><html lang="ar"><head><meta charset="{charset}">
<title>مقتل مدنيين في غارة على السوق - الأفق</title>
<meta property="og:title" content="مقتل مدنيين في غارة على السوق | الأفق"><meta property="og:site_name" content="الأفق">
<link rel="canonical" href="https://ufuq.example/news/1">{head}</head>
<body><nav><a href="/">الرئيسية</a> <a href="/n">الأخبار</a></nav><div class="date">الجمعة 20 تشرين الثاني 2026</div>
<article><h1>مقتل مدنيين في غارة على السوق</h1><div class="post-date">3 أيار 2018</div>
<p>قال شهود عيان إن غارة جوية استهدفت سوقا شعبيا<br>صباح اليوم ما أدى إلى مقتل مدنيين وإصابة <b>آخرين</b> بجروح.</p>
<h2>شهادات</h2><blockquote><p>لم نسمع صوت الطائرة قبل القصف.</p></blockquote>
<p>وأضافت المصادر أن فرق الإنقاذ واصلت عملها.<br>وتواصلت حتى ساعات المساء في المنطقة المستهدفة من البلدة.</p>
</article><footer>جميع الحقوق محفوظة 2024</footer></body></html>"""


def test_a_page_gives_its_paragraphs_and_what_it_says_of_itself(tmp_path: Path) -> None:
    head = '<meta property="article:published_time" content="2018-05-03T23:30:00+03:00">'
    reading = one(tmp_path / "a.html", PAGE.format(charset="utf-8", head=head))
    assert reading.declared == Declared(
        "مقتل مدنيين في غارة على السوق", "الأفق", "https://ufuq.example/news/1", "2018-05-03", dated_by=Basis.PAGE
    )
    lines = reading.text.split("\n")
    assert lines[0] == "مقتل مدنيين في غارة على السوق"
    assert (
        "قال شهود عيان إن غارة جوية استهدفت سوقا شعبيا صباح اليوم ما أدى إلى مقتل مدنيين وإصابة آخرين بجروح." in lines
    )
    assert "وأضافت المصادر أن فرق الإنقاذ واصلت عملها." in lines
    assert "الرئيسية" not in reading.text
    assert reading.paragraphs


def test_a_date_line_by_the_headline_is_kept_for_reading_and_the_clock_of_the_site_is_not(tmp_path: Path) -> None:
    text = one(tmp_path / "a.html", PAGE.format(charset="utf-8", head="")).text
    assert "3 أيار 2018" in text.split("\n")[:3]
    assert "2026" not in text


@pytest.mark.parametrize(
    "stated", ["1970-01-01T00:00:00Z", "2018-13-40", "9999-01-01", "0001-01-01T00:00:00", "yesterday", ""]
)
def test_a_date_that_cannot_be_true_is_not_believed(stated: str) -> None:
    own, _ = read_markup(PAGE.format(charset="utf-8", head=f'<meta name="date" content="{stated}">'))
    assert own.date is None


def test_linked_data_is_read_and_broken_linked_data_does_no_harm() -> None:
    said = {"@graph": [{"@type": "NewsArticle", "datePublished": "2018-05-03T10:00", "publisher": {"name": "x"}}]}
    head = (
        f'<script type="application/ld+json">{json.dumps(said)}</script><script type="application/ld+json">{{</script>'
    )
    own, _ = read_markup(PAGE.format(charset="utf-8", head=head))
    assert own.date == "2018-05-03"


@pytest.mark.parametrize(("charset", "written"), [("windows-1256", "windows-1256"), ("iso-8859-1", "windows-1256")])
def test_a_page_is_read_by_what_it_declares_unless_that_is_a_mere_default(
    tmp_path: Path, charset: str, written: str
) -> None:
    reading = one(tmp_path / "a.htm", PAGE.format(charset=charset, head="").encode(written))
    assert "لم نسمع صوت الطائرة قبل القصف." in reading.text


def test_pages_without_an_article_give_what_can_be_seen(tmp_path: Path) -> None:
    assert one(tmp_path / "a.html", "<p>خبر</p><script>x()</script><p>قصير</p>").text == "خبر\nقصير"
    assert codes(items(tmp_path / "b.html", "<html><body><script>var a</script></body></html>")) == ["no_text"]
    assert codes(items(tmp_path / "c.html", "<div>" * 5000 + "نص" + "</div>" * 5000)) in ([""], ["no_text"])
    assert codes(items(tmp_path / "d.html", "<?xml version='1.0' encoding='utf-8'?><html><p>نص</p></html>")) == [""]
    assert codes(items(tmp_path / "e.html", "\x00")) == ["binary"]
