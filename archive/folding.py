"""Folding for comparing with word lists: two spellings of one word come out the same. Never shown, never stored."""

import re

_LETTERS = str.maketrans("أإآٱىئؤةکھی٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ااااييوهكهي" + "0123456789" * 2)
_DROPPED = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


def fold(text: str) -> str:
    """Return the text without marks, tatweel and bidi controls, with letters and digits that vary made one.

    >>> fold("نيسان/أبريل ٢٠١٩")
    'نيسان/ابريل 2019'
    """
    return _DROPPED.sub("", text).translate(_LETTERS).casefold()


def fold_with_offsets(text: str) -> tuple[str, list[int] | range]:
    """Return the folded text, with where each of its characters (and its end) stands in the text itself."""
    if not _DROPPED.search(text) and len(folded := fold(text)) == len(text):
        return folded, range(len(text) + 1)
    kept = [(piece, position) for position, letter in enumerate(text) for piece in fold(letter)]
    return "".join(piece for piece, _ in kept), [*(position for _, position in kept), len(text)]
