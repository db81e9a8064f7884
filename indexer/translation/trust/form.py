"""What can be seen of a line without reading it: Arabic left in it, quotation marks gone, the model's own doubt."""

import re
from collections.abc import Iterator
from itertools import pairwise

from archive.document import Note
from archive.quotations import quotations
from indexer.translation.trust.line import Line

LOW_SCORE = -0.9
"""Mean log-probability per piece below which the model was guessing: a small model has -0.1 to -0.6 on sentences of the
kind that it was trained on and gets right, -0.85 to -1.3 on news, which it gets wrong."""

_QUOTED_WORDS = 6
"""Words of a quotation that a reader must see quoted; shorter ones are names and terms."""

_MARKS = re.compile(r"[\"“”„«»‹›]|[‘']\w|\w[.,!?][’']|&quot;|``")
_SHOWN = 60
_TWO_LETTERS = 2


def untranslated_notes(arabic: Line, english: Line) -> Iterator[Note]:
    """Yield a note with the Arabic words that stand in the English.

    >>> list(untranslated_notes(Line("في ريف دير الزور"), Line("In the ريف of Deir ez-Zor")))
    [Note(code='untranslated', args=('ريف',))]
    """
    left = [word for word in english.words if not word.latin and not word.text[0].isdecimal()]
    if any(len(word.key) >= _TWO_LETTERS for word in left):
        shown = english.text[left[0].start : left[0].end]
        for before, word in pairwise(left):
            between = english.text[before.end : word.end]
            if len(shown) + len(between) > _SHOWN:
                shown += "…"
                break
            shown += between if len(between) <= len(word.text) + _TWO_LETTERS else f" … {word.text}"
        yield Note("untranslated", (shown,))


def quotation_notes(arabic: Line, english: Line) -> Iterator[Note]:
    """Yield a note when somebody's words stand quoted in the Arabic and unmarked in the English.

    >>> [note.code for note in quotation_notes(
    ...     Line('قال: "لم يبق في البلدة أحد منذ أيام"'), Line("He said nobody was left in the town for days"))]
    ['quotes_dropped']
    """
    if _MARKS.search(english.text):
        return
    spoken = [arabic.text[start + 1 : end] for start, end in quotations(arabic.text)]
    if any(len(words.split()) >= _QUOTED_WORDS for words in spoken):
        yield Note("quotes_dropped")


def score_notes(score: float | None) -> Iterator[Note]:
    """Yield a note when the model gave its own line little credit."""
    if score is not None and score < LOW_SCORE:
        yield Note("low_score", (round(score, 2),))
