"""Whether a line is too short or too long for its source, as far as lengths alone can say.

The logarithm of the ratio of characters is close to normal, its mean and variance by the length of the Arabic; fitted
on human translations (even rows of FLORES-200 dev).
"""

from collections.abc import Iterator
from math import log, sqrt

from archive.document import Note
from indexer.translation.trust.line import Line

EXPECTED, BY_LENGTH = 0.914, -0.169
"""Mean: so much, and so much for each unit of the logarithm of the Arabic's characters."""

VARIANCE, BY_SHORTNESS, BY_ITS_SQUARE = 0.0047, 1.6, 20.0
"""Variance: so much, so much over the Arabic's characters, and (titles, for which none were there to fit on) over their
square."""

LONGEST_FITTED = 150
"""Characters beyond which a sentence counts as one of so many: few that long were there to fit on."""

SHORT_FROM, LONG_FROM = -2.7, 4.5
"""Standard deviations from which a line is too short, and too long."""

UNENDED = -2.2
"""Standard deviations from which it is too short where it stops without the mark that ends the Arabic."""

_ENDS = tuple(".!?؟…۔")
_CLOSING = "\"'”’»)] \u200e\u200f"


def length_notes(arabic: Line, english: Line) -> Iterator[Note]:
    """Yield a note when the English is much shorter or longer than such a sentence comes out.

    >>> arabic = Line("وقالت المصادر إن الطائرات استهدفت سيارات تقل مدنيين فارين من المنطقة مساء أمس.")
    >>> [note.code for note in length_notes(arabic, Line("The sources said."))]
    ['too_short']
    """
    source, target = _length(arabic.text), _length(english.text)
    fitted = min(source, LONGEST_FITTED)
    expected = EXPECTED + BY_LENGTH * log(fitted)
    off = (log(max(target, 1) / source) - expected) / sqrt(VARIANCE + BY_SHORTNESS / fitted + BY_ITS_SQUARE / fitted**2)
    cut = _is_ended(arabic.text) and not _is_ended(english.text)
    if off < (UNENDED if cut else SHORT_FROM):
        yield Note("too_short")
    elif off > LONG_FROM:
        yield Note("too_long")


def _length(text: str) -> int:
    return len(" ".join(text.split()))


def _is_ended(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(_ENDS)
