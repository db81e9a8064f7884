"""Facing pages: how blocks and sentences become passages and folds."""

from archive.document import Block, BlockKind, Document, PublicationDate, Sentence
from archive.translation import Article, Origin, Translation
from indexer.analysis.token import Level
from indexer.hit import Mark, MarkedBy, Span
from web.facing import Fold, Passage, facing_pages, makers, marked_numbers

TEXT = "الأخبار\nقصف على البلدة\nمشاركة\n\n4\nبيروت – قال المرصد ذلك. وأضاف غيره.\nشارك"
KINDS = ["section", "title", "furniture", "counter", "dateline", "body", "furniture"]
RUNS = ["الأخبار", "قصف على البلدة", "مشاركة", "4", "بيروت –", "قال المرصد ذلك. وأضاف غيره.", "شارك"]


def article(*made: Translation | None) -> Article:
    """An article with a section, a title, furniture, a dateline and a body of two sentences."""
    starts = [TEXT.index(run) for run in RUNS]
    starts[-1] = TEXT.rindex("شارك")
    blocks = tuple(Block(BlockKind(k), s, s + len(r)) for k, s, r in zip(KINDS, starts, RUNS, strict=True))
    body = starts[5]
    first = body + len("قال المرصد ذلك.")
    sentences = (
        Sentence(0, starts[0], blocks[0].end),
        Sentence(1, starts[1], blocks[1].end),
        Sentence(5, body, first),
        Sentence(5, first + 1, blocks[5].end),
    )
    document = Document(TEXT, blocks, sentences, RUNS[1], None, None, None, None, PublicationDate())
    return Article("a1", 1, 1, "0" * 64, "utf-8", "text/plain", "2026-11-20", document, made or (None,) * 4)


def line(origin: Origin, by: str | None = None) -> Translation:
    return Translation("x", origin, "argos", "2026-11-20T00:00:00+00:00", by=by)


def test_furniture_in_a_row_is_one_fold_where_it_stands() -> None:
    parts = facing_pages(article())
    assert [type(part) for part in parts] == [Fold, Passage, Fold, Passage, Fold]
    assert [part.count for part in parts if isinstance(part, Fold)] == [1, 2, 1]


def test_a_dateline_leads_in_the_sentence_that_it_stands_before() -> None:
    passage = facing_pages(article())[3]
    assert isinstance(passage, Passage)
    assert passage.lead_in == "بيروت –"
    assert [line.number for line in passage.lines] == [3, 4]
    assert [line.id for line in passage.lines] == ["a1.1.3", "a1.1.4"]


def test_a_label_is_said_in_full_where_the_maker_changes_whatever_is_folded() -> None:
    made = (line(Origin.REVIEWED, "A"), line(Origin.REVIEWED, "A"), line(Origin.MACHINE), line(Origin.MACHINE))
    parts = facing_pages(article(*made))
    lines = [each for part in parts if isinstance(part, Passage) for each in part.lines]
    assert [each.full for each in lines] == [True, True, False]


def test_makers_are_counted_over_the_report_alone() -> None:
    made = (line(Origin.GLOSS), line(Origin.REVIEWED, "A"), line(Origin.MACHINE), line(Origin.MACHINE))
    assert [(each and each.origin, count) for each, count in makers(article(*made))] == [
        (Origin.MACHINE, 2),
        (Origin.REVIEWED, 1),
    ]


def test_a_fold_with_a_marked_word_stands_open() -> None:
    spans = (Span("الأخبار", Mark(Level.EXACT, MarkedBy.MATCH, "الأخبار")),)
    parts = facing_pages(article(), {1: (spans, ())})
    assert isinstance(parts[0], Fold)
    assert parts[0].hit
    assert list(marked_numbers(parts)) == [1]
