"""Casualty figures that texts mention: against lists marked by hand, and what must hold whatever the text."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from archive.cleaning import compose
from archive.document import Block, BlockKind, Declared, Document, PublicationDate, Reading, Sentence
from archive.sentences import split_sentences
from indexer.figures import Figure, FigureKind, Qualifier, mentioned_figures

HERE = Path(__file__).parent


class Marked(NamedTuple):
    """A figure as marked by hand; all as text, empty where there is nothing."""

    sentence: str
    phrase: str
    low: str
    high: str
    qualifier: str
    kind: str
    who: str
    part_of: str
    sources: str
    period: str = ""

    @property
    def claim(self) -> tuple[str, ...]:
        """What makes it the same figure: where, how many, what happened."""
        return self.sentence, self.low, self.high, self.kind


def rows(name: str) -> Iterator[list[str]]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def marked(cells: Sequence[str]) -> Marked:
    return Marked(*(*cells, *[""] * 10)[:10])


def seed_marks() -> dict[str, list[Marked]]:
    marks: dict[str, list[Marked]] = {}
    for number, *cells in rows("seed_figures.tsv"):
        marks.setdefault(number, []).append(marked(cells))
    return marks


def report_marks(name: str) -> list[tuple[str, list[Marked]]]:
    reports: list[tuple[str, list[Marked]]] = []
    for first, *cells in rows(name):
        if first == "text":
            reports.append((cells[0], []))
        else:
            reports[-1][1].append(marked([first, *cells]))
    return reports


def report(text: str, kind: BlockKind = BlockKind.BODY) -> Document:
    sentences = tuple(Sentence(0, start, end) for start, end in split_sentences(text))
    blocks = (Block(kind, 0, len(text)),)
    return Document(text, blocks, sentences, "", None, None, None, None, PublicationDate())


def as_marked(document: Document, figures: Sequence[Figure]) -> list[Marked]:
    lows = {figure.start: figure.low for figure in figures}
    return [
        Marked(
            str(figure.sentence),
            document.text[figure.start : figure.end],
            "" if figure.low is None else str(figure.low),
            "" if figure.high is None else str(figure.high),
            figure.qualifier or "",
            figure.kind,
            "|".join(figure.who),
            "" if figure.part_of is None else str(lows[figure.part_of]),
            " ← ".join(figure.sources),
            figure.period or "",
        )
        for figure in figures
    ]


def score(pairs: Sequence[tuple[list[Marked], list[Marked]]]) -> tuple[float, float]:
    """Return precision and recall of the figures found, given what was found and what was marked in each text."""
    found = sum(len(one) for one, _ in pairs)
    wanted = sum(len(other) for _, other in pairs)
    right = sum(
        (Counter(mark.claim for mark in one) & Counter(mark.claim for mark in other)).total() for one, other in pairs
    )
    return right / found, right / wanted


def found_in(text: str) -> list[Marked]:
    document = report(text)
    return as_marked(document, mentioned_figures(document))


@pytest.fixture(scope="module")
def seed_pairs(seeds: Path) -> dict[str, tuple[list[Marked], list[Marked]]]:
    pairs = {}
    for path in sorted(seeds.glob("*.txt")):
        raw = path.read_bytes()
        document = compose(Reading(path.name, raw, raw.decode("utf-8"), "utf-8", "text/plain", Declared()))
        pairs[path.name[:3]] = (as_marked(document, mentioned_figures(document)), seed_marks()[path.name[:3]])
    return pairs


def test_the_seeds_figures_are_found_and_little_else(
    seed_pairs: dict[str, tuple[list[Marked], list[Marked]]],
) -> None:
    precision, recall = score(list(seed_pairs.values()))
    assert precision >= 0.9
    assert recall >= 0.75


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_the_seeds_figures_carry_their_people_sources_and_period(
    seed_pairs: dict[str, tuple[list[Marked], list[Marked]]], number: str
) -> None:
    found, wanted = seed_pairs[number]
    periods = {mark.period for mark in wanted if mark.period}
    assert [mark._replace(period="") for mark in found] == [mark._replace(period="") for mark in wanted]
    assert periods <= {mark.period for mark in found}


@pytest.mark.parametrize("name", ["reports.tsv", "more_reports.tsv", "third_reports.tsv"])
def test_figures_in_other_wordings_are_found_and_little_else(name: str) -> None:
    pairs = [(found_in(text), wanted) for text, wanted in report_marks(name)]
    precision, recall = score(pairs)
    assert precision >= 0.9
    assert recall >= 0.9


@pytest.mark.parametrize(("text", "wanted"), report_marks("reports.tsv"), ids=lambda value: str(value)[:40])
def test_a_report_gives_its_figures_with_people_and_sources(text: str, wanted: list[Marked]) -> None:
    assert [mark._replace(period="") for mark in found_in(text)] == wanted


def test_the_chain_of_sources_is_kept_link_by_link() -> None:
    text = "ونقلت وكالة محلية عن مصادر طبية أن 12 مدنياً قتلوا."
    (figure,) = mentioned_figures(report(text))
    assert figure.sources == ("وكالة محلية", "مصادر طبية")


def test_who_spoke_last_speaks_on() -> None:
    text = "قال الدفاع المدني إن القصف تجدد. وأضاف أن ثلاثة مدنيين قتلوا."
    (figure,) = mentioned_figures(report(text))
    assert figure.sources == ("الدفاع المدني",)


def test_a_new_speaker_ends_what_the_first_says() -> None:
    text = "قال الدفاع المدني إن أربعة مدنيين قتلوا، وأعلنت الشرطة إصابة خمسة أشخاص."
    first, second = mentioned_figures(report(text))
    assert (first.sources, second.sources) == (("الدفاع المدني",), ("الشرطة",))


def test_without_a_source_nobody_is_made_up() -> None:
    (figure,) = mentioned_figures(report("قُتل ستة مدنيين في القصف."))
    assert figure.sources == ()


def test_a_denial_is_told_from_a_report() -> None:
    (figure,) = mentioned_figures(report("ونفت وزارة الدفاع مقتل 40 مدنياً في الغارة."))
    assert (figure.low, figure.denied, figure.sources) == (40, True, ("وزارة الدفاع",))


def test_a_part_points_at_its_whole() -> None:
    whole, part = mentioned_figures(report("مقتل 30 شخصاً بينهم 9 أطفال"))
    assert part.part_of == whole.start


def test_limits_bound_the_number() -> None:
    text = "قُتل ما لا يقل عن 20 مدنياً. قُتل أقل من 30 مدنياً. قُتل بين 20 و30 مدنياً. قُتل نحو 30 مدنياً. قُتل عشرات المدنيين."
    figures = mentioned_figures(report(text))
    assert [(one.low, one.high, one.qualifier) for one in figures] == [
        (20, None, Qualifier.AT_LEAST),
        (None, 30, Qualifier.FEWER_THAN),
        (20, 30, None),
        (30, 30, Qualifier.ABOUT),
        (20, None, Qualifier.DOZENS),
    ]


@pytest.mark.parametrize(("numeral", "value"), [(cells[0], int(cells[1])) for cells in rows("numerals.tsv")])
def test_numerals_in_digits_and_words_have_their_value(numeral: str, value: int) -> None:
    (figure,) = mentioned_figures(report(f"أعلنت الوزارة مقتل {numeral} في الزلزال."))
    assert (figure.low, figure.high) == (value, value)


@pytest.mark.parametrize("text", [cells[0] for cells in rows("no_figures.tsv")])
def test_other_numbers_are_no_figures(text: str) -> None:
    assert found_in(text) == []


def test_a_related_headline_is_told_from_the_report() -> None:
    (figure,) = mentioned_figures(report("مقتل 12 مدنياً في قصف على السوق", BlockKind.RELATED))
    assert figure.aside
    assert not mentioned_figures(report("قُتل 12 مدنياً", BlockKind.FURNITURE))


def test_offsets_are_whole_words_of_the_documents_text() -> None:
    document = report("قال الأهالي: قُتِلَ ٧ مدنيّين\u200f، و3 أَطْفالٍ.")
    figures = mentioned_figures(document)
    assert [document.text[one.start : one.end] for one in figures] == ["٧ مدنيّين", "3 أَطْفالٍ"]
    assert [one.kind for one in figures] == [FigureKind.KILLED] * 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00 مقتل 5 \x00",
        "مقتل " + "9" * 5000 + " مدنيا",
        "\u202eمقتل 5 مدنيين\u202c",
        "مقتل \ud800 5 مدنيين",
        "مقتل ألف ألف ألف ألف ألف ألف ألف مدني",
        "و " * 50,
        "بين " * 50 + "5 و",
        'قال "' * 40,
    ],
    ids=range(9),
)
def test_hostile_texts_break_nothing(text: str) -> None:
    document = report(text)
    for figure in mentioned_figures(document):
        assert 0 <= figure.start < figure.end <= len(text)
        assert figure.low is None or figure.high is None or 0 <= figure.low <= figure.high


@pytest.mark.parametrize(
    "piece",
    [
        "مقتل 5 مدنيين و",
        "بينهم 3 أطفال ",
        "قال فلان إن ",
        "ما لا يقل عن ",
        "منذ بين عام 2014 و",
        "مئة و",
        "1 ",
        "م",
        "بحسب المرصد ",
    ],
)
def test_time_grows_with_the_text_even_where_a_sentence_never_ends(piece: str) -> None:
    def seconds(times: int) -> float:
        text = piece * times
        document = Document(
            text,
            (Block(BlockKind.BODY, 0, len(text)),),
            (Sentence(0, 0, len(text)),),
            "",
            None,
            None,
            None,
            None,
            PublicationDate(),
        )
        began = time.process_time()
        mentioned_figures(document)
        return time.process_time() - began

    seconds(50)
    assert seconds(4000) < 12 * seconds(1000) + 0.2
