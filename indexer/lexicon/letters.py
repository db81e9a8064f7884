"""The letters of the lexicon's tables, and how spellings of one word may differ.

The tables are written in Tim Buckwalter's one-to-one ASCII transliteration (http://www.qamus.org/transliteration.htm).
"""

import re
from functools import cache

_LETTERS = {
    "'": "\N{ARABIC LETTER HAMZA}",
    "|": "\N{ARABIC LETTER ALEF WITH MADDA ABOVE}",
    ">": "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}",
    "&": "\N{ARABIC LETTER WAW WITH HAMZA ABOVE}",
    "<": "\N{ARABIC LETTER ALEF WITH HAMZA BELOW}",
    "}": "\N{ARABIC LETTER YEH WITH HAMZA ABOVE}",
    "A": "\N{ARABIC LETTER ALEF}",
    "b": "\N{ARABIC LETTER BEH}",
    "p": "\N{ARABIC LETTER TEH MARBUTA}",
    "t": "\N{ARABIC LETTER TEH}",
    "v": "\N{ARABIC LETTER THEH}",
    "j": "\N{ARABIC LETTER JEEM}",
    "H": "\N{ARABIC LETTER HAH}",
    "x": "\N{ARABIC LETTER KHAH}",
    "d": "\N{ARABIC LETTER DAL}",
    "*": "\N{ARABIC LETTER THAL}",
    "r": "\N{ARABIC LETTER REH}",
    "z": "\N{ARABIC LETTER ZAIN}",
    "s": "\N{ARABIC LETTER SEEN}",
    "$": "\N{ARABIC LETTER SHEEN}",
    "S": "\N{ARABIC LETTER SAD}",
    "D": "\N{ARABIC LETTER DAD}",
    "T": "\N{ARABIC LETTER TAH}",
    "Z": "\N{ARABIC LETTER ZAH}",
    "E": "\N{ARABIC LETTER AIN}",
    "g": "\N{ARABIC LETTER GHAIN}",
    "f": "\N{ARABIC LETTER FEH}",
    "q": "\N{ARABIC LETTER QAF}",
    "k": "\N{ARABIC LETTER KAF}",
    "l": "\N{ARABIC LETTER LAM}",
    "m": "\N{ARABIC LETTER MEEM}",
    "n": "\N{ARABIC LETTER NOON}",
    "h": "\N{ARABIC LETTER HEH}",
    "w": "\N{ARABIC LETTER WAW}",
    "Y": "\N{ARABIC LETTER ALEF MAKSURA}",
    "y": "\N{ARABIC LETTER YEH}",
    "{": "\N{ARABIC LETTER ALEF WASLA}",
}
_MARKS = {
    "F": "\N{ARABIC FATHATAN}",
    "N": "\N{ARABIC DAMMATAN}",
    "K": "\N{ARABIC KASRATAN}",
    "a": "\N{ARABIC FATHA}",
    "u": "\N{ARABIC DAMMA}",
    "i": "\N{ARABIC KASRA}",
    "~": "\N{ARABIC SHADDA}",
    "o": "\N{ARABIC SUKUN}",
    "`": "\N{ARABIC LETTER SUPERSCRIPT ALEF}",
}
_OTHER_SPELLINGS = {
    "\N{ARABIC LETTER PEH}": "b",
    "\N{ARABIC LETTER TCHEH}": "j",
    "\N{ARABIC LETTER VEH}": "f",
    "\N{ARABIC LETTER GAF}": "k",
    "\N{ARABIC LETTER KEHEH}": "k",
    "\N{ARABIC LETTER FARSI YEH}": "y",
    "\N{ARABIC LETTER HEH GOAL}": "h",
    "\N{ARABIC TATWEEL}": "",
}

MARKS = frozenset(_MARKS)
TANWEEN = frozenset("FNK")

# A wasla is an editor's mark over a plain alef; readers and texts write the alef.
_TO_ARABIC = str.maketrans(_LETTERS | _MARKS | {"{": _LETTERS["A"]})
_FROM_ARABIC = str.maketrans({value: key for key, value in (_LETTERS | _MARKS).items()} | _OTHER_SPELLINGS)
_SHADDA_FIRST = re.compile(r"~([auiFNK])")
_DROP_MARKS = str.maketrans("", "", "".join(MARKS))
_FOLDS = {"|": "A", ">": "A", "<": "A", "{": "A", "&": "w", "}": "y", "Y": "y", "p": "h"}
_FOLD = str.maketrans(_FOLDS)

FOLD_BYTES = bytes.maketrans("".join(_FOLDS).encode(), "".join(_FOLDS.values()).encode())
"""The fold as a table for `bytes.translate`, for whole files at once."""


def to_arabic(text: str) -> str:
    """Return transliterated text in Arabic letters, its marks in Unicode's canonical order.

    >>> to_arabic("majozarap")
    'مَجْزَرَة'
    """
    return _SHADDA_FIRST.sub(r"\1~", text).translate(_TO_ARABIC)


def from_arabic(text: str) -> str:
    """Return Arabic text in the tables' transliteration; letters of other alphabets come back unchanged.

    >>> from_arabic("مدنيًا")
    'mdnyFA'
    """
    return text.translate(_FROM_ARABIC)


def without_marks(text: str) -> str:
    """Return transliterated text without its vowels and other marks."""
    return text.translate(_DROP_MARKS)


def fold(letters: str) -> str:
    """Return transliterated letters with the spellings that writers confuse made one, letter for letter.

    >>> fold(">nqrp")
    'Anqrh'
    """
    return letters.translate(_FOLD)


# What a departure from the lexicon's spelling costs, as a logarithm: (written, expected). Bare alef for hamza is how
# half the press writes; hamza in a wrong place is a mistake; ه for ة and ى for ي are habits of some regions.
_COSTS = {
    ("A", ">"): -1.5,
    ("A", "<"): -1.5,
    ("A", "|"): -1.5,
    ("A", "{"): 0.0,
    (">", "<"): -4.0,
    ("<", ">"): -4.0,
    (">", "A"): -4.5,
    ("<", "A"): -4.5,
    (">", "{"): -4.0,
    ("<", "{"): -3.0,
    ("h", "p"): -2.5,
    ("p", "h"): -7.0,
    ("Y", "y"): -2.5,
    ("y", "Y"): -4.5,
    ("w", "&"): -4.0,
    ("y", "}"): -4.0,
}
_OTHER_COST = -6.0


@cache
def _cost(written: str, expected: str) -> float:
    return 0.0 if written == expected else _COSTS.get((written, expected), _OTHER_COST)


def spelling_cost(written: str, expected: str) -> float:
    """Return how unlikely it is that `expected` was written as `written`, as a logarithm (0 when they are the same).

    Both are transliterated letters of equal fold.
    """
    if written == expected:
        return 0.0
    return sum(_cost(one, other) for one, other in zip(written, expected, strict=True))


def vowels_agree(written: str, expected: str) -> bool:
    """Say whether the marks given in a word agree with a vocalised spelling, both transliterated.

    A mark that isn't given agrees with everything, and so do the vowel of the last letter (its case ending, which
    the lexicon leaves out) and a sukun. Letters are taken to correspond one to one.

    >>> vowels_agree("qutlwA", "qutiluwA"), vowels_agree("qatlwA", "qutiluwA")
    (True, False)
    """
    given, known = _syllables(written), _syllables(expected)
    if len(given) != len(known):
        return True
    last = len(given) - 1
    article = without_marks(expected).find("Al")
    after_article = {0, last} | ({article + 2} if 0 <= article <= 2 else set())
    for place, (marks, expected_marks) in enumerate(zip(given, known, strict=True)):
        if "~" in marks and "~" not in expected_marks and place not in after_article:
            return False
        vowel = next((mark for mark in marks if mark in "aui"), "")
        expected_vowel = next((mark for mark in expected_marks if mark in "aui"), "")
        if place < last and vowel and expected_vowel and vowel != expected_vowel:
            return False
        if place < last and vowel and "o" in expected_marks:
            return False
    return True


def _syllables(text: str) -> list[str]:
    marks: list[str] = []
    for letter in text:
        if letter not in MARKS:
            marks.append("")
        elif marks:
            marks[-1] += letter
    return marks
