"""Consonant skeletons: the coarse key under which an Arabic word and its Latin spellings meet.

Vowels, long vowels and glottal stops are left out, since neither script agrees with itself on them; sounds that
spellings confuse share a symbol or are given as alternatives. A skeleton only gathers candidates;
`indexer.names.likeness` tells them apart.

The ambiguities are those described for Arabic romanisation by the ALA-LC and BGN/PCGN tables and by common press
usage: ج j/g, ق q/k/g, ث th/t/s, ذ dh/d/z, ظ z/d/dh, ض d/z/dh, French ch and ou, no p or v in Arabic.
"""

import re
from itertools import product

MAX_SKELETONS = 32
"""Alternatives kept for a word; the first are the likelier."""

MIN_SYMBOLS = 2
"""Skeletons shorter than this meet too many words to be of use."""

_ARABIC: dict[str, tuple[str, ...]] = {
    "ب": ("B",),
    "پ": ("B",),
    "ت": ("T",),
    "ط": ("T",),
    "ث": ("T", "S"),
    "ج": ("J",),
    "چ": ("C", "J"),
    "ح": ("H",),
    "خ": ("X",),
    "د": ("D",),
    "ض": ("D", "Z"),
    "ذ": ("D", "Z"),
    "ظ": ("Z", "D"),
    "ر": ("R",),
    "ز": ("Z",),
    "ژ": ("Z", "J"),
    "س": ("S",),
    "ص": ("S",),
    "ش": ("C",),
    "غ": ("G",),
    "ف": ("F",),
    "ڤ": ("F",),
    "ق": ("K",),
    "ك": ("K",),
    "گ": ("K", "G"),
    "ل": ("L",),
    "م": ("M",),
    "ن": ("N",),
    "ه": ("H",),
}

_LATIN: dict[str, tuple[str, ...]] = {
    "b": ("B",),
    "c": ("K", "S"),
    "d": ("D",),
    "f": ("F",),
    "g": ("G", "J", "K"),
    "h": ("H",),
    "j": ("J",),
    "k": ("K",),
    "l": ("L",),
    "m": ("M",),
    "n": ("N",),
    "p": ("B",),
    "q": ("K",),
    "r": ("R",),
    "s": ("S",),
    "t": ("T",),
    "v": ("F", "B", ""),
    "x": ("KS",),
    "z": ("Z",),
    "kh": ("X",),
    "gh": ("G",),
    "sh": ("C",),
    "sch": ("C",),
    "ch": ("C", "X", "K"),
    "tch": ("C",),
    "th": ("T", "TH"),
    "dh": ("D", "Z", "DH"),
    "dj": ("J",),
    "dg": ("J",),
    "ph": ("F",),
    "ck": ("K",),
}
_LONGEST_LATIN = 3
_DOUBLED = re.compile(r"(sh|kh|gh|th|dh|[b-df-hj-np-tv-z])\1")


def arabic_skeletons(word: str) -> tuple[str, ...]:
    """Return the skeletons of a folded Arabic word without article or particles, likelier first.

    Empty when the word has too few consonants to say anything.

    >>> arabic_skeletons("باغوز")
    ('BGZ',)
    >>> arabic_skeletons("رقه")
    ('RK', 'RKH')
    """
    word = word.replace("تش", "چ")
    options: list[tuple[str, ...]] = []
    for place, letter in enumerate(word):
        if place == 0 and letter in "وي":
            options.append(("W",) if letter == "و" else ("Y",))
        elif letter == "ه" and place == len(word) - 1:
            options.append(("", "H"))
        elif letter in _ARABIC:
            options.append(_ARABIC[letter])
    return _spell(options)


def latin_skeletons(word: str) -> tuple[str, ...]:
    """Return the skeletons of a Latin spelling in lower case, likelier first.

    >>> latin_skeletons("baghouz")
    ('BGZ',)
    >>> latin_skeletons("bagouz")
    ('BGZ', 'BJZ', 'BKZ')
    """
    word = _DOUBLED.sub(r"\1", word)
    options: list[tuple[str, ...]] = []
    place = 0
    while place < len(word):
        if place == 0 and word[0] in "wy":
            options.append(("W",) if word[0] == "w" else ("Y",))
            place += 1
            continue
        for length in range(_LONGEST_LATIN, 0, -1):
            unit = word[place : place + length]
            if len(unit) == length and unit in _LATIN:
                final_h = unit == "h" and place + 1 == len(word)
                options.append(("", "H") if final_h else _LATIN[unit])
                place += length
                break
        else:
            place += 1
    return _spell(options)


def _spell(options: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Write out the alternatives, at most `MAX_SKELETONS`."""
    found: dict[str, None] = {}
    for choice in product(*options):
        skeleton = "".join(choice)
        if len(skeleton) >= MIN_SYMBOLS:
            found.setdefault(skeleton)
        if len(found) >= MAX_SKELETONS:
            break
    return tuple(found)
