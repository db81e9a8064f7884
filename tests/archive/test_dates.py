"""Reading dates, and judging when a document was published."""

import time

import pytest

from archive.cleaning import compose
from archive.dates import find_dates, is_date_line
from archive.document import Basis, Declared, Precision, PublicationDate, Reading


def published(text: str, **declared: str) -> PublicationDate:
    return compose(Reading("item", b"", text, "utf-8", "text/plain", Declared(**declared))).date  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("21 كانون الثاني 2019", "2019-01-21"),
        ("5 كانون ثاني 2019", "2019-01-05"),
        ("3 شباط 2018", "2018-02-03"),
        ("8 آذار (مارس) 2019", "2019-03-08"),
        ("21 من آذار 2019", "2019-03-21"),
        ("21 من شهر آذار من عام 2019", "2019-03-21"),
        ("نيسان/أبريل 2018", "2018-04"),
        ("آب/ أغسطس 2014", "2014-08"),
        ("آذار/مارس 2011", "2011-03"),
        ("12 آيار 2016", "2016-05-12"),
        ("12 أيار 2016", "2016-05-12"),
        ("30 حزيران عام 2012", "2012-06-30"),
        ("١٤ تموز ٢٠١٥", "2015-07-14"),
        ("5 أيلول 2017", "2017-09-05"),
        ("9 تشرين الأول، 2013", "2013-10-09"),
        ("2 تشرين ثاني 2013", "2013-11-02"),
        ("25 كانون الأول/ديسمبر 2010", "2010-12-25"),
        ("25 ديسمبر/ كانون الأول 2010", "2010-12-25"),
        ("1 يونيه 2014", "2014-06-01"),
        ("1 يوليو 2014", "2014-07-01"),
        ("18 جانفي 2017", "2017-01-18"),
        ("2 فيفري 2017", "2017-02-02"),
        ("3 أفريل 2017", "2017-04-03"),
        ("10 ماي 2015", "2015-05-10"),
        ("23 جوان 2014", "2014-06-23"),
        ("25 جويلية 2013", "2013-07-25"),
        ("20 أوت 2016", "2016-08-20"),
        ("30 غشت 2016", "2016-08-30"),
        ("4 شتنبر 2016", "2016-09-04"),
        ("4 دجنبر 2016", "2016-12-04"),
        ("الثلاثاءُ 12 آذارَ 2019", "2019-03-12"),
        ("24.10.2017", "2017-10-24"),
        ("5.9.2017", "2017-09-05"),
        ("24/10/2017", "2017-10-24"),
        ("10/24/2017", "2017-10-24"),
        ("24-10-2017", "2017-10-24"),
        ("2017-10-24", "2017-10-24"),
        ("2017/10/24", "2017-10-24"),
        ("12‏/3‏/2019", "2019-03-12"),
        ("March 20, 2019", "2019-03-20"),
        ("Mar. 5th, 2019", "2019-03-05"),
        ("20 March 2019", "2019-03-20"),
        ("5th of May 2019", "2019-05-05"),
        ("عام 2014", "2014"),
        ("31 شباط 2019", None),
        ("99/99/2019", None),
        ("القرار 2253", None),
        ("192.168.10.12", None),
        ("12/13 آلية", None),
        ("15 رجب 1440", None),
    ],
)
def test_a_date_is_read_in_every_region_s_names(written: str, iso: str | None) -> None:
    found = [mention.iso() for mention in find_dates(f"قال المصدر في {written} إن العمل انتهى")]
    assert [value for value in found if value] == ([iso] if iso else [])


def test_offsets_are_of_the_text_as_written() -> None:
    text = "في \u200f٢١ آذارَ\u200f ٢٠١٩ عاد"
    (mention,) = find_dates(text)
    assert text[mention.start : mention.end].endswith("٢٠١٩")


@pytest.mark.parametrize(
    "line",
    [
        "24.10.2017 | 20:35",
        "• 3/12/2019",
        "• 00:00",
        "نشر في: الثلاثاء 12 مارس 2019 - 10:30 بتوقيت غرينتش",
        "آخر تحديث: ٣٠ كانون الثاني ٢٠٢١، ٩:١٥ صباحاً",
        "Published: 12 March 2019 at 3:04 pm",
        "2019-03-12T10:00:00Z",
        "15 رجب 1440 هـ",
        "الثلاثاء 5 رجب 1440 هـ الموافق 12 مارس 2019 م",
        "منذ 3 ساعات",
        "2 days ago",
        "March 12",
    ],
)
def test_a_date_line_is_a_date_with_its_labels_alone(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "4",
        "2019",
        "مؤتمر 12 آذار 2019",
        "قتل 3 في 12 آذار",
        "قبل 3 ساعات وصلت القافلة",
        "الاثنين",
        "May",
        "",
        "اليوم عاد",
    ],
)
def test_a_line_with_more_than_a_date_is_not_a_date_line(line: str) -> None:
    assert not is_date_line(line)


BODY = "\nقال المصدر إن القافلة وصلت إلى المدينة مساء الخميس بعد رحلة طويلة عبر الجبل."


def test_an_ambiguous_date_keeps_both_readings() -> None:
    found = published("عنوان من أربع كلمات\n3/12/2019" + BODY)
    assert (found.value, found.alternatives, found.basis) == ("2019-12-03", ("2019-03-12",), Basis.PAGE)
    assert found.note is not None
    assert (found.note.code, found.note.args) == ("ambiguous_day_month", ("2019-03-12",))


@pytest.mark.parametrize(
    "said",
    [
        "وكانت البلدية أعلنت في 8 آذار (مارس) الجاري فتح الطريق أمام القوافل.",
        "وقال اليوم الثلاثاء 12 آذار إن الطريق مفتوح أمام القوافل.",
        "وكان الطريق أغلق في 9 آذار بعد انهيار جزء منه.",
    ],
)
def test_the_text_settles_an_ambiguous_date(said: str) -> None:
    found = published("عنوان من أربع كلمات\n3/12/2019" + BODY + "\n" + said)
    assert (found.value, found.alternatives) == ("2019-03-12", ("2019-12-03",))
    assert found.note is not None
    assert found.note.code == "ambiguous_settled"


def test_a_weekday_settles_an_ambiguous_date() -> None:
    found = published("عنوان من أربع كلمات\nالاثنين 4/3/2019" + BODY)
    assert (found.value, found.alternatives, found.note) == ("2019-03-04", (), None)
    found = published("عنوان من أربع كلمات\nالأربعاء 4/3/2019" + BODY)
    assert found.value == "2019-04-03"


def test_the_address_settles_an_ambiguous_date() -> None:
    found = published("عنوان من أربع كلمات\n3/12/2019" + BODY, url="https://a.example/2019/03/12/x")
    assert found.value == "2019-03-12"


def test_a_weekday_that_disagrees_is_said() -> None:
    found = published("عنوان من أربع كلمات\nالأحد 12 آذار 2019" + BODY)
    assert found.value == "2019-03-12"
    assert found.note is not None
    assert found.note.code == "weekday_disagrees"


def test_published_comes_before_updated() -> None:
    found = published("عنوان من أربع كلمات\nآخر تحديث: 14 آذار 2019\nنشر: 12 آذار 2019" + BODY)
    assert found.value == "2019-03-12"


def test_a_date_is_taken_from_the_address_before_the_text() -> None:
    found = published("عنوان من أربع كلمات" + BODY, url="https://a.example/2019/03/21/x")
    assert (found.value, found.basis) == ("2019-03-21", Basis.URL)
    found = published("عنوان من أربع كلمات" + BODY, url="https://a.example/2019/03/x")
    assert (found.value, found.precision) == ("2019-03", Precision.MONTH)


@pytest.mark.parametrize(
    ("declared", "value", "precision"),
    [
        ("2019-03-21", "2019-03-21", "day"),
        ("2019-03-21T10:00:00+03:00", "2019-03-21", "day"),
        ("2019-03", "2019-03", "month"),
        ("2019", "2019", "year"),
        ("21 آذار 2019", "2019-03-21", "day"),
        ("20190321", "2019-03-21", "day"),
        ("Thu, 21 Mar 2019 10:00:00 GMT", "2019-03-21", "day"),
    ],
)
def test_a_declared_date_is_read_as_far_as_it_goes(declared: str, value: str, precision: str) -> None:
    found = published(BODY, date=declared)
    assert (found.value, found.precision, found.basis) == (value, precision, Basis.SET)


def test_a_declared_date_that_cannot_be_read_is_said() -> None:
    found = published(BODY, date="قريبا")
    assert found.value is None
    assert found.note is not None
    assert found.note.code == "unreadable_date"


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("وقال اليوم، الخميس 21 من آذار 2019، إن الطريق مفتوح.", "2019-03-21"),
        ("وقال أمس، الأربعاء 20 آذار 2019، إن الطريق مفتوح.", "2019-03-21"),
        ("The road reopened today, Thursday, 21 March 2019, officials said.", "2019-03-21"),
        ("وقال اليوم، الجمعة 21 من آذار 2019، إن الطريق مفتوح.", None),
        ("وقال الخميس 21 من آذار 2019 إن الطريق مفتوح.", None),
        ('وقال: "اليوم، الخميس 21 من آذار 2019، فتح الطريق" وابتسم.', None),
        ("وقال اليوم، الخميس 21 من آذار، إن الطريق مفتوح.", None),
        ("اليوم، الخميس 21 من آذار، فتح الطريق الذي أغلق في مطلع آذار 2019.", "2019-03-21"),
        ("وفتح الطريق في 21 آذار 2019.", None),
    ],
)
def test_only_what_the_text_says_of_its_own_day_dates_it(said: str, value: str | None) -> None:
    found = published("عنوان من أربع كلمات" + BODY + "\n" + said)
    assert found.value == value
    if value:
        assert found.basis is Basis.TEXT
        assert found.note is not None
        assert found.note.code == "inferred"


@pytest.mark.parametrize(
    ("said", "earliest"),
    [
        ("وكان الجسر افتتح في العام 2014 بعد سنوات من العمل.", "2014"),
        ("وكان الجسر افتتح في العام 2014. وأغلق العام الماضي بعد الفيضان.", "2015"),
        ("وكانت الأسعار في العام 2014 أعلى مقارنة بالعام الماضي.", "2014"),
        ("وكان الجسر أغلق منذ آب/ أغسطس 2014.", "2014-08"),
        ("ومن المقرر أن يفتتح الجسر في عام 2030.", None),
        ("وفتح الباب أمس.", None),
    ],
)
def test_a_text_says_at_least_when_it_was_not_yet_written(said: str, earliest: str | None) -> None:
    found = published("عنوان من أربع كلمات" + BODY + "\n" + said)
    assert found.value is None
    assert found.note == (None if earliest is None else found.note)
    assert (found.note.args[0] if found.note else None) == earliest


def test_another_calendar_is_recognised_and_not_converted() -> None:
    found = published("عنوان من أربع كلمات\n15 رجب 1440 هـ" + BODY)
    assert found.value is None
    assert found.note is not None
    assert found.note.code == "not_gregorian"


def test_a_dateline_dates_the_report() -> None:
    found = published("عنوان من أربع كلمات\nدمشق 12 آذار 2019 (سانا) - قال المصدر إن القافلة وصلت إلى المدينة مساء.")
    assert (found.value, found.basis) == ("2019-03-12", Basis.PAGE)


@pytest.mark.parametrize(
    "piece", ["1/1/", "12 آذار ", "اليوم ", "عام ", "الاثنين ", "1-", "2019", " \u200f", "May ", "آذار/"]
)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begun = time.perf_counter()
    find_dates(text)
    assert time.perf_counter() - begun < 5
