"""Written and folded forms of a word. Folding is for search only; what a reader sees is never changed."""

import re
import unicodedata

from indexer.analysis.letters import DIGITS, FOLDED, WRITTEN

_THOUSANDS = re.compile(r"\d{1,3}(?:[,\u2009\u202f]\d{3})+(?:\.\d+)?")
_DECIMAL = re.compile(r"\d+[.,]\d+")
_SEPARATORS = re.compile(r"[.,\u066b\u066c\u2009\u202f]")
_APOSTROPHES = str.maketrans(
    "\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}\N{LEFT SINGLE QUOTATION MARK}", "'''"
)
_DROPPED_IN_LATIN = str.maketrans(dict.fromkeys("'ʿʾʻˈ`"))
_LATIN_LETTERS = str.maketrans({"ı": "i", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe"})


def written(word: str) -> str:
    """Return the written form: what was typed, its diacritics kept, however it was encoded.

    Canonical composition; presentation forms spelled out; tatweel, direction controls and joiners gone.

    >>> written("العـــُزَّل") == written("العُزَّل")
    True
    >>> written("\\N{ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM}جئ")
    'لاجئ'
    """
    return unicodedata.normalize("NFC", word.translate(WRITTEN))


def fold(word: str) -> str:
    """Return the folded form of an Arabic word: letters alone, those that writers interchange made one.

    Marks go; أ إ آ ٱ become ا, ى becomes ي, ة becomes ه, ؤ and ئ become ء (the seat of hamza changes with case:
    حلفاؤه, حلفائه); letters of Persian and Kurdish become the Arabic ones of the same shape; digits become ASCII.

    >>> fold("العُزَّل"), fold("الإرهابيّة"), fold("مدنيًا")
    ('العزل', 'الارهابيه', 'مدنيا')
    """
    return written(word).translate(FOLDED)


def casefold(word: str) -> str:
    """Return a Latin word as its `exact` term: case folded, one apostrophe, invisible characters gone.

    >>> casefold("Syria’s")
    "syria's"
    """
    return unicodedata.normalize("NFC", word.translate(WRITTEN).translate(_APOSTROPHES).casefold())


def fold_latin(word: str) -> str:
    """Return a case-folded Latin word without accents and without the signs that stand for ʿayn and hamza.

    >>> fold_latin("da'esh"), fold_latin("erdoğan"), fold_latin("syria's")
    ('daesh', 'erdogan', "syria's")
    """
    stem, possessive = (word[:-2], "'s") if word.endswith("'s") else (word, "")
    if stem.isascii():
        return stem.replace("'", "") + possessive
    decomposed = unicodedata.normalize("NFKD", stem.translate(_LATIN_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_DROPPED_IN_LATIN) + possessive


def numbers(text: str) -> list[tuple[int, int, str]]:
    """Return the numbers in a run of digits and separators, each with its offsets and one spelling.

    Groups of three are one number, one separator else is a decimal point; anything more (24.10.2017) is several.

    >>> numbers("3,035"), numbers("٣٬٠٣٥"), numbers("3.5"), numbers("٣٫٥")
    ([(0, 5, '3035')], [(0, 5, '3035')], [(0, 3, '3.5')], [(0, 3, '3.5')])
    >>> numbers("24.10.2017")
    [(0, 2, '24'), (3, 5, '10'), (6, 10, '2017')]
    """
    plain = text.translate(DIGITS)
    if plain.isdecimal():
        return [(0, len(text), plain)]
    if _THOUSANDS.fullmatch(plain):
        return [(0, len(text), re.sub(r"[,\u2009\u202f]", "", plain))]
    if _DECIMAL.fullmatch(plain):
        return [(0, len(text), plain.replace(",", "."))]
    parts, start = [], 0
    for separator in [*_SEPARATORS.finditer(text), None]:
        end = separator.start() if separator else len(text)
        if end > start:
            parts.append((start, end, plain[start:end]))
        start = separator.end() if separator else end
    return parts


def filter_value(text: str) -> str:
    """Return a metadata value as it is indexed and asked for: folded whole, white space made one.

    >>> filter_value("  سيريانيوز ") == filter_value("سيريانيوز"), filter_value("Enab  Baladi")
    (True, 'enab baladi')
    """
    return fold_latin(" ".join(fold(text).split()).casefold())
