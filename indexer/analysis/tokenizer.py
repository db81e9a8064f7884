"""Where words begin and end. The text is never changed: every offset is into it as it stands."""

import re
from collections.abc import Iterator
from enum import Enum

from indexer.analysis.letters import ARABIC_LETTERS, ARABIC_RANGES, INVISIBLE, MARKS, TATWEEL


class Script(Enum):
    """What a run of text is made of."""

    ARABIC = "arabic"
    NUMBER = "number"
    LATIN = "latin"


def _characters(characters: frozenset[str]) -> str:
    return "".join(f"\\u{ord(c):04x}" for c in sorted(characters))


_UNSEEN = f"[{_characters(INVISIBLE)}]"
_ARABIC = (
    f"{TATWEEL}*[{ARABIC_LETTERS}]"
    f"(?:[{ARABIC_LETTERS}{_characters(MARKS)}{TATWEEL}]+|{_UNSEEN}+(?=[{ARABIC_LETTERS}{_characters(MARKS)}{TATWEEL}]))*"
)
_NUMBER = r"\d+(?:[.,\u066b\u066c\u2009\u202f]\d+)*"
_LETTER = rf"[^\W\d_{ARABIC_RANGES}]"
_REST = rf"[^\W_{ARABIC_RANGES}]|[\u0300-\u036f\u0591-\u05c7]"
_LATIN = rf"{_LETTER}(?:{_REST}|['’ʼ‘](?={_LETTER})|{_UNSEEN}+(?=[^\W_{ARABIC_RANGES}]))*"

WORD = re.compile(f"({_ARABIC})|({_NUMBER})|({_LATIN})")
"""A word: Arabic letters with their marks, a number with its separators, or a word in another script."""

_SCRIPTS = (None, Script.ARABIC, Script.NUMBER, Script.LATIN)


def script(word: str) -> Script | None:
    """Return what a word is made of, or None when it isn't one word.

    >>> script("العُزَّل"), script("3,035"), script("Syria's"), script("؟")
    (<Script.ARABIC: 'arabic'>, <Script.NUMBER: 'number'>, <Script.LATIN: 'latin'>, None)
    """
    match = WORD.fullmatch(word)
    return _SCRIPTS[match.lastindex or 0] if match else None


def words(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each word with its offsets.

    A vocalised word is one word; hyphens, underscores, `#` and `@` part words; an apostrophe between letters doesn't.

    >>> [word for _, _, word in words("المدنيين العُزَّل في #دير_الزور24، al-Baghuz; 3,035 people's")]
    ['المدنيين', 'العُزَّل', 'في', 'دير', 'الزور', '24', 'al', 'Baghuz', '3,035', "people's"]
    """
    for match in WORD.finditer(text):
        yield match.start(), match.end(), match.group()
