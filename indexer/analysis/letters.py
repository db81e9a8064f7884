"""Tables of letters, compiled once for `str.translate`: what a written form drops, and what folding makes one.

PyArabic's constants name the marks and digits where it has them; letters that it lacks (Persian, Kurdish, Urdu and
Maghrebi letters, presentation forms, Quranic signs, direction controls) are named here.
"""

import unicodedata

from pyarabic import araby

TASHKEEL = frozenset(araby.TASHKEEL)
"""The eight marks of Arabic vowelling."""

TANWEEN_FATH = araby.FATHATAN

MARKS = (
    TASHKEEL
    | frozenset(chr(code) for code in range(0x0610, 0x061B))  # honorifics, small high signs
    | frozenset(chr(code) for code in range(0x0653, 0x0660))  # madda, hamza above and below, other vowels
    | frozenset(chr(code) for code in range(0x06D6, 0x06DD))  # Quranic signs of recitation
    | frozenset(chr(code) for code in range(0x06DF, 0x06E9))  # with the small waw and yeh
    | frozenset(chr(code) for code in range(0x06EA, 0x06EE))
    | frozenset(chr(code) for code in range(0x0897, 0x08A0))
    | frozenset(chr(code) for code in range(0x08CA, 0x0900))
    | {araby.MINI_ALEF}
) - {"\N{ARABIC END OF AYAH}"}
"""Signs on or beside a letter that folding drops. A combining hamza has joined its letter before that."""

INVISIBLE = frozenset(
    [
        "\N{SOFT HYPHEN}",
        "\N{COMBINING GRAPHEME JOINER}",
        "\N{ARABIC LETTER MARK}",
        "\N{ZERO WIDTH SPACE}",
        "\N{ZERO WIDTH NON-JOINER}",
        "\N{ZERO WIDTH JOINER}",
        "\N{LEFT-TO-RIGHT MARK}",
        "\N{RIGHT-TO-LEFT MARK}",
        "\N{WORD JOINER}",
        "\N{ZERO WIDTH NO-BREAK SPACE}",
    ]
    + [chr(code) for code in range(0x202A, 0x202F)]  # embeddings and overrides
    + [chr(code) for code in range(0x2066, 0x206A)]  # isolates
    + [chr(code) for code in range(0xFE00, 0xFE10)]  # variation selectors
)
"""Characters without a glyph that may stand inside a word: direction controls, joiners, selectors."""

TATWEEL = araby.TATWEEL


def _presentation_forms() -> dict[str, str]:
    """Return what each presentation form stands for; signs that stand for several words keep themselves.

    >>> _presentation_forms()["\\N{ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM}"]
    'لا'
    """
    forms = {}
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        plain = unicodedata.normalize("NFKC", chr(code)).strip()
        if plain != chr(code) and " " not in plain and unicodedata.category(chr(code)) == "Lo":
            forms[chr(code)] = plain
    return forms


WRITTEN: dict[int, str | None] = str.maketrans(_presentation_forms() | dict.fromkeys(INVISIBLE | {TATWEEL}))
"""From characters to the written form: presentation forms spelled out, tatweel and invisible characters gone."""

_SAME_LETTER = {
    "\N{ARABIC LETTER ALEF}": "آأإٱٲٳٵ",
    "\N{ARABIC LETTER YEH}": "ىیۍێېےۓٸ",
    "\N{ARABIC LETTER HEH}": "ةھہۀۂۃەۿ",
    "\N{ARABIC LETTER HAMZA}": "ؤئٴ",
    "\N{ARABIC LETTER WAW}": "ٶٷۄۅۆۇۈۉۊۋۏ",
    "\N{ARABIC LETTER KAF}": "کڪګڬڭڮگڰڱڲڳڴ",
    "\N{ARABIC LETTER BEH}": "پٻٮ",
    "\N{ARABIC LETTER TEH}": "ٹټٺٽ",
    "\N{ARABIC LETTER JEEM}": "چڄڃڇ",
    "\N{ARABIC LETTER HAH}": "ځڂ",
    "\N{ARABIC LETTER DAL}": "ڈډڊڋڌڍ",
    "\N{ARABIC LETTER REH}": "ڑڒړڔڕږۯ",
    "\N{ARABIC LETTER ZAIN}": "ژڗڙ",
    "\N{ARABIC LETTER SEEN}": "ښڛ",
    "\N{ARABIC LETTER FEH}": "ڡڢڣڤڥڦ",
    "\N{ARABIC LETTER QAF}": "ڧڨٯ",
    "\N{ARABIC LETTER LAM}": "ڵڶڷڸ",
    "\N{ARABIC LETTER NOON}": "ںڻڼڽ",
}
"""Letters that writers put for one another: hamza forms and the seat of hamza (which changes with case: حلفاؤه,
حلفائه), final yeh and ta marbuta, and letters of other languages by the letter of the same shape."""

DIGITS = str.maketrans(
    "".join(chr(zero + n) for zero in (0x0660, 0x06F0, 0xFF10) for n in range(10))
    + "\N{ARABIC DECIMAL SEPARATOR}\N{ARABIC THOUSANDS SEPARATOR}",
    "0123456789" * 3 + ".,",
)
"""Arabic-Indic, Persian and full-width digits and separators, to those of ASCII."""

FOLDED: dict[int, str | None] = (
    str.maketrans({other: letter for letter, others in _SAME_LETTER.items() for other in others})
    | str.maketrans(dict.fromkeys(MARKS))
    | dict(DIGITS.items())
)
"""From a written form to the folded one."""

ARABIC_RANGES = "\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefe"
"""The blocks of the Arabic script, as in a character class."""

ARABIC_LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u0870-\u0887\u0889-\u088e\u08a0-\u08c9\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc"
)
"""The letters of the Arabic script, as in a character class."""
