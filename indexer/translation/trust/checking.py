"""The check of a line against its source."""

from itertools import chain

from archive.document import Note
from indexer.translation.trust.form import quotation_notes, score_notes, untranslated_notes
from indexer.translation.trust.length import length_notes
from indexer.translation.trust.line import Line
from indexer.translation.trust.names import name_notes
from indexer.translation.trust.negation import negation_notes
from indexer.translation.trust.numbers import number_notes
from indexer.translation.trust.repetition import repetition_notes
from indexer.translation.trust.severity import in_order
from indexer.translation.trust.weekdays import weekday_notes

LONGEST = 20_000
"""Letters of a side that are read; a sentence beyond is judged by its beginning."""

MOST_NOTES = 8
_CHECKS = (
    untranslated_notes,
    negation_notes,
    number_notes,
    name_notes,
    weekday_notes,
    length_notes,
    repetition_notes,
    quotation_notes,
)


def check(ar: str, en: str, *, score: float | None = None) -> tuple[Note, ...]:
    """Return the reasons to doubt the English of an Arabic sentence, most severe first; none is no proof of truth.

    The codes are those of `SEVERITIES`; numbers, names and words that they are about come as arguments. `score` is the
    model's mean log-probability per piece. Reads at most `LONGEST` letters of each side, in linear time.

    >>> check("قتل 20 مدنيا بينهم أطفال ونساء", "He was murdered with his children and children.")
    (Note(code='number_missing', args=(20,)), Note(code='repeated', args=('children and children',)))
    >>> check("قُتل ٢٠ مدنيًا بينهم أطفال ونساء.", "Twenty civilians were killed, women and children among them.")
    ()
    """
    arabic, english = Line(_readable(ar)), Line(_readable(en))
    if not any(not word.latin and not word.text[0].isdecimal() for word in arabic.words):
        return in_order(score_notes(score))
    found = chain.from_iterable(one(arabic, english) for one in _CHECKS)
    return in_order(chain(found, score_notes(score)))[:MOST_NOTES]


def _readable(text: str) -> str:
    return text[:LONGEST].encode("utf-8", "replace").decode("utf-8").replace("\x00", " ")
