"""How well a Latin spelling fits an Arabic word, letter by letter.

An edit distance with costs by sound: each Arabic letter may be written by certain Latin letters, short vowels are
free to appear in Latin alone, a long vowel wants some vowel, anything else costs. A weighted form of the alignment in
Freeman, Condon and Ackerman, "Cross linguistic name matching in English and Arabic", 2006.
"""

from functools import lru_cache

_A = {"a": 0.0, "aa": 0.0, "e": 0.1, "ae": 0.1, "i": 0.3, "o": 0.35, "u": 0.35, "": 0.45}
_W = {
    "w": 0.0, "ou": 0.0, "oo": 0.0, "u": 0.0, "o": 0.05, "uw": 0.05, "aw": 0.05, "au": 0.05, "ow": 0.05, "v": 0.25,
    "uu": 0.05, "oe": 0.2, "eu": 0.2, "": 0.5,
}  # fmt: skip
_Y = {
    "y": 0.0, "i": 0.0, "ee": 0.0, "e": 0.1, "ei": 0.05, "ai": 0.05, "ay": 0.05, "ey": 0.05, "iy": 0.05, "ie": 0.1,
    "ii": 0.05, "ea": 0.15, "": 0.5,
}  # fmt: skip
_AYN = {"": 0.0, "a": 0.05, "aa": 0.05, "e": 0.1, "i": 0.1, "u": 0.15, "o": 0.15}

SPELLINGS: dict[str, dict[str, float]] = {
    "ا": _A,
    "و": _W,
    "ي": _Y,
    "ع": _AYN,
    "ء": {"": 0.0, "i": 0.05, "e": 0.05, "a": 0.1, "u": 0.1},
    "ئ": {"": 0.1, "i": 0.0, "e": 0.0, "ie": 0.05, "y": 0.2},
    "ؤ": {"": 0.1, "u": 0.0, "o": 0.0},
    "ب": {"b": 0.0, "p": 0.05, "v": 0.5},
    "پ": {"p": 0.0, "b": 0.2},
    "ت": {"t": 0.0},
    "ط": {"t": 0.0},
    "ث": {"th": 0.0, "t": 0.2, "s": 0.25},
    "ج": {"j": 0.0, "g": 0.1, "dj": 0.0, "dg": 0.1, "zh": 0.3, "y": 0.6},
    "چ": {"ch": 0.0, "tch": 0.0, "c": 0.1, "tsch": 0.05, "j": 0.2},
    "ح": {"h": 0.0, "7": 0.1},
    "خ": {"kh": 0.0, "ch": 0.2, "k": 0.5, "h": 0.5},
    "د": {"d": 0.0},
    "ذ": {"dh": 0.0, "th": 0.15, "d": 0.25, "z": 0.25},
    "ر": {"r": 0.0},
    "ز": {"z": 0.0},
    "ژ": {"zh": 0.0, "j": 0.1, "z": 0.2},
    "س": {"s": 0.0, "c": 0.15, "ss": 0.0},
    "ش": {"sh": 0.0, "ch": 0.05, "sch": 0.1},
    "ص": {"s": 0.0, "ss": 0.0},
    "ض": {"d": 0.0, "dh": 0.0, "z": 0.3},
    "ظ": {"z": 0.1, "dh": 0.0, "d": 0.25, "th": 0.3},
    "غ": {"gh": 0.0, "g": 0.1, "r": 0.8},
    "ف": {"f": 0.0, "v": 0.1, "ph": 0.05},
    "ڤ": {"v": 0.0, "f": 0.2},
    "ق": {"q": 0.0, "k": 0.1, "g": 0.25, "c": 0.3, "kk": 0.1},
    "ك": {"k": 0.0, "c": 0.1, "ck": 0.05, "q": 0.3, "g": 0.35, "kk": 0.0},
    "گ": {"g": 0.0, "k": 0.2},
    "ل": {"l": 0.0},
    "م": {"m": 0.0},
    "ن": {"n": 0.0},
    "ه": {"h": 0.0},
}
_FINAL_H = {"a": 0.0, "ah": 0.0, "e": 0.1, "eh": 0.05, "h": 0.2, "at": 0.15, "et": 0.2, "i": 0.4, "": 0.25}
_FINAL_Y = {**_Y, "a": 0.05, "ah": 0.15, "aa": 0.1}
_FIRST_ALEF = {**_A, "e": 0.05, "i": 0.05, "o": 0.1, "u": 0.1, "": 0.5}
_FIRST_AYN = {**_AYN, "": 0.5}
_SHORT_VOWEL = 0.06
_STRAY_VOWEL = 0.3
_DOUBLED = 0.05
_STRAY_CONSONANT = 1.2
_STRAY_H = 0.5
_LONGEST_UNIT = 4
_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=65_536)
def likeness(arabic: str, latin: str) -> float:
    """Return how well a Latin spelling in lower case fits a folded Arabic word without its article: 0 to 1.

    >>> round(likeness("باغوز", "baghouz"), 2) > round(likeness("باغوز", "bghez"), 2) > 0.5
    True
    >>> likeness("رقه", "raqqa") > 0.95
    True
    """
    if not arabic or not latin:
        return 0.0
    arabic = arabic.replace("تش", "چ")
    return max(0.0, 1.0 - _distance(arabic, latin) / (0.5 * (len(arabic) + len(latin))) * 1.6)


def _distance(arabic: str, latin: str) -> float:
    """Return the least cost of writing `arabic` as `latin`; both are read from the left, row by row."""
    row = [0.0]
    for column in range(len(latin)):
        row.append(row[column] + _insertion(latin, column, first=True))
    for place, letter in enumerate(arabic):
        row = _next_row(row, latin, _spellings(letter, first=place == 0, last=place == len(arabic) - 1))
    return row[-1]


def _spellings(letter: str, *, first: bool, last: bool) -> dict[str, float]:
    """Return how a letter may be written in its place."""
    if first and letter in "اع":
        return _FIRST_ALEF if letter == "ا" else _FIRST_AYN
    if last and letter in "هي":
        return _FINAL_H if letter == "ه" else _FINAL_Y
    return SPELLINGS.get(letter, {})


def _next_row(row: list[float], latin: str, spellings: dict[str, float]) -> list[float]:
    following: list[float] = []
    skip = spellings.get("", _STRAY_CONSONANT)
    for column in range(len(latin) + 1):
        best = row[column] + skip
        for length in range(1, min(_LONGEST_UNIT, column) + 1):
            cost = spellings.get(latin[column - length : column])
            if cost is not None and row[column - length] + cost < best:
                best = row[column - length] + cost
        if column:
            best = min(best, following[column - 1] + _insertion(latin, column - 1, first=False))
        following.append(best)
    return following


def _insertion(latin: str, place: int, *, first: bool) -> float:
    """Return the cost of a Latin letter that no Arabic letter stands for."""
    letter = latin[place]
    if letter in _VOWELS:
        before_vowel = place and latin[place - 1] in _VOWELS
        return _STRAY_VOWEL if first or before_vowel else _SHORT_VOWEL
    if place and latin[place - 1] == letter:
        return _DOUBLED
    return _STRAY_H if letter == "h" else _STRAY_CONSONANT
