import pytest

from archive.document import BlockKind
from archive.translation import AlignedPair, Origin
from indexer.analysis import Analyzer, Level
from indexer.hit import Mark, MarkedBy, Span
from indexer.indexing import index_archive
from indexer.snippets import Surfaces


@pytest.fixture
def ask(store, searcher):
    """Index what was kept, search it, and return the one hit."""

    def one(query):
        index_archive(store)
        (hit,) = searcher.search(query).hits
        return hit

    return one


def shown(spans):
    """Spans as text, marks in brackets."""
    return "".join(f"[{span.text}]" if span.mark else span.text for span in spans)


def test_whole_surface_words_are_marked_with_the_level_met(keep, ask):
    keep("عنوان", "قُتل مدنيٌّ وأصيب بالمدنيين في الهجوم")
    (snippet,) = ask("مدني").snippets
    marks = {span.text: span.mark for span in snippet.ar if span.mark}
    assert marks["مدنيٌّ"] == Mark(Level.FOLDED, MarkedBy.MATCH, "مدني")
    assert shown(snippet.ar).startswith("قُتل [مدنيٌّ] وأصيب")


def test_a_phrase_is_one_span_with_all_between_its_words(keep, ask):
    keep("عنوان", "قال التحالف «الدولي» إن التحالف أغار. الدولي التحالف")
    hit = ask('"التحالف الدولي"')
    assert [shown(snippet.ar) for snippet in hit.snippets] == ["قال [التحالف «الدولي]» إن التحالف أغار."]


def test_the_word_of_the_query_is_named_as_typed(keep, ask):
    keep("عنوان", "الأطفال في المدرسة")
    (snippet,) = ask("اطفال مدرسة").snippets
    assert {span.mark.word for span in snippet.ar if span.mark} == {"اطفال", "مدرسة"}


def test_sentences_that_answer_more_of_the_query_come_first(keep, ask):
    keep("عنوان", "القصف مستمر. وصل النازحون. القصف على المدرسة شديد. المدرسة مغلقة. القصف توقف.")
    hit = ask("القصف المدرسة")
    assert [snippet.sentence.rsplit(".", 1)[1] for snippet in hit.snippets] == ["4", "2", "5"]


def test_each_next_sentence_answers_what_was_not_yet_shown(keep, ask):
    keep("عنوان", "القصف مستمر. القصف عنيف. المستشفى مغلق. القصف توقف.")
    hit = ask("القصف المستشفى")
    assert {snippet.sentence.rsplit(".", 1)[1] for snippet in hit.snippets[:2]} == {"2", "4"}


def test_the_title_is_shown_only_for_what_is_nowhere_else(keep, ask, searcher):
    keep("قصف المدرسة", "قصف عنيف على الحي")
    assert [shown(snippet.ar) for snippet in ask("قصف").snippets] == ["[قصف] عنيف على الحي"]
    assert len(searcher.search("قصف المدرسة").hits[0].snippets) == 2
    assert [shown(snippet.ar) for snippet in searcher.search("المدرسة").hits[0].snippets] == ["قصف [المدرسة]"]


def test_no_more_than_three_sentences(keep, ask):
    keep("عنوان", "قصف. " * 9)
    assert len(ask("قصف").snippets) == 3


def test_a_match_in_the_translation_tints_the_other_side(keep, ask):
    keep("غارة على المخيم", english={"غارة على المخيم": "A strike on the camp"}, origin=Origin.REVIEWED)
    (snippet,) = ask("strikes").snippets
    assert shown(snippet.en) == "A [strike] on the camp"
    assert snippet.en[1] == Span("strike", Mark(Level.STEMMED, MarkedBy.MATCH, "strikes"))
    assert snippet.ar == (Span("غارة على المخيم"),)
    assert (snippet.tinted, snippet.origin) == (True, Origin.REVIEWED)


def test_aligned_words_are_marked_on_the_other_side(keep, ask):
    pairs = (AlignedPair(0, 4, 2, 8, 0.9), AlignedPair(8, 14, 16, 20, 0.9), AlignedPair(5, 7, 0, 1, 0.1))
    keep("غارة على المخيم", english={"غارة على المخيم": "A strike on the camp"}, alignment=pairs)
    (snippet,) = ask("غارة").snippets
    assert snippet.en[1] == Span("strike", Mark(Level.EXACT, MarkedBy.ALIGNED, "غارة"))
    assert shown(snippet.en) == "A [strike] on the camp"
    assert not snippet.tinted


def test_an_alignment_works_from_the_english_too(keep, ask):
    keep("غارة على المخيم", english={"غارة على المخيم": "A strike on it"}, alignment=(AlignedPair(0, 4, 2, 8, 0.9),))
    (snippet,) = ask("strike").snippets
    assert snippet.ar[0] == Span("غارة", Mark(Level.EXACT, MarkedBy.ALIGNED, "strike"))


@pytest.mark.parametrize(
    "pair", [AlignedPair(0, 4, 2, 8, 0.2), AlignedPair(0, 4, 9, 99, 0.9), AlignedPair(0, 4, 3, 3, 0.9)]
)
def test_a_doubtful_or_broken_alignment_marks_nothing(keep, ask, pair):
    keep("غارة على المخيم", english={"غارة على المخيم": "A strike on it"}, alignment=(pair,))
    (snippet,) = ask("غارة").snippets
    assert snippet.en == (Span("A strike on it"),)
    assert snippet.tinted


def test_without_english_there_is_nothing_to_tint(keep, ask):
    keep("غارة على المخيم")
    (snippet,) = ask("غارة").snippets
    assert (snippet.en, snippet.origin, snippet.tinted) == ((), None, False)


def test_furniture_is_never_shown(keep, ask):
    keep("قصف", (BlockKind.FURNITURE, "قصف: شارك المقال"), (BlockKind.RELATED, "قصف آخر"))
    assert [shown(snippet.ar) for snippet in ask("قصف").snippets] == ["[قصف]"]


def test_remembered_surface_words_give_what_the_analysis_gives(seed_store):
    analyzer = Analyzer(frozenset({"مدني", "دير"}))
    surfaces = Surfaces(analyzer)
    everything = frozenset({"xالتحالف"})
    for article in seed_store.articles():
        text = article.document.text + " https://example.org/a_b #دير_الزور24 3,035 people's 12:30"
        tokens = [
            (token.start, token.end, frozenset(term.key for term in token.terms)) for token in analyzer.analyze(text)
        ]
        assert surfaces.parts(text, everything) == tokens
