"""The lists of words that pages put around reports, and the questions asked of them."""

import re
from functools import cache

from archive.cleaning.lines import core
from archive.folding import fold
from archive.wordlists import read_words

_PACKAGE = "archive.cleaning"
_LONGEST_PHRASE = 6  # words
_INVITING = frozenset(fold("اقرأ أقرأ شاهد شاهدوا انظر طالع تابع قد ربما للمزيد see read also").split())


@cache
def _whole(name: str) -> frozenset[str]:
    return frozenset(core(entry) for entry in read_words(_PACKAGE, name) if not entry.endswith("*"))


@cache
def _beginnings(name: str) -> dict[str, tuple[str, ...]]:
    """Return the beginnings of known lines by their first word."""
    entries = [core(entry.rstrip("* ")) for entry in read_words(_PACKAGE, name) if entry.endswith("*")]
    words = {entry.split()[0] for entry in entries}
    return {word: tuple(entry for entry in entries if entry.split()[0] == word) for word in words}


def is_listed(name: str, label: str) -> bool:
    """Say whether a line's core is an entry of a list."""
    return label in _whole(name)


def is_furniture(label: str) -> bool:
    """Say whether a line's core is page furniture: an entry, several entries in a row, or the start of a known line.

    >>> [is_furniture(core(line)) for line in ("مشاركة :", "فيسبوك تويتر طباعة", "تابعنا على غوغل نيوز", "شارك الوزير")]
    [True, True, True, False]
    """
    if not label:
        return False
    if label in _whole("furniture.txt") or _begins(label):
        return True
    words = re.sub(r"[|>»•·/,،:;+\-–]", " ", label).split()
    return 1 < len(words) <= 14 and _made_of(words, _whole("furniture.txt") | {str(n) for n in range(10)})


def is_menu(label: str) -> bool:
    """Say whether a line is a row of three or more names of sections and other furniture.

    >>> is_menu(core("الرئيسية | سياسة | اقتصاد | رياضة")), is_menu(core("سياسة"))
    (True, False)
    """
    words = re.sub(r"[|>»•·/,،\-–]", " ", label).split()
    return 3 <= len(words) <= 40 and _made_of(words, _whole("sections.txt") | _whole("furniture.txt"), at_least=3)


def is_row_of(name: str, words: str) -> bool:
    """Say whether the words are entries of a list in a row."""
    return _made_of(words.split(), _whole(name), at_least=1)


def _begins(label: str) -> bool:
    starts = _beginnings("furniture.txt").get(re.split(r"[\s:،,]", label, maxsplit=1)[0], ())
    return any(label.startswith(start) and not label[len(start) :][:1].isalnum() for start in starts)


def _made_of(words: list[str], phrases: frozenset[str] | set[str], at_least: int = 2) -> bool:
    """Say whether the words are entries in a row, taking the longest entry each time."""
    place = found = 0
    while place < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - place), 0, -1):
            if " ".join(words[place : place + length]) in phrases:
                place, found = place + length, found + 1
                break
        else:
            return False
    return found >= at_least


def related_rest(text: str, *, running: bool) -> str | None:
    """Return what follows the words that lead to another report; empty where they stand alone, None where none do.

    Only words that invite (اقرأ أيضا) may do without a colon or dash, and not before a running sentence; a single word
    (شاهد) never may.

    >>> related_rest("إقرأ أيضا:سوريا تدين", running=False), related_rest("شاهد الناس", running=False)
    ('سوريا تدين', None)
    """
    folded = re.sub(r"^[^\w]+", "", re.sub(r"\s+", " ", fold(text)))
    if core(text) in _whole("related.txt"):
        return ""
    for words in range(_LONGEST_PHRASE, 0, -1):
        lead = re.match(rf"\w+(?:['’]\w)?(?: \w+(?:['’]\w)?){{{words - 1}}}", folded)
        if lead is None or lead.group() not in _whole("related.txt"):
            continue
        rest = folded[lead.end() :]
        parted = re.match(r"\s?[.…]{0,3}\s?[:：|\-–—←»>]+\s?", rest)
        if parted is not None and not (words == 1 and running):
            return rest[parted.end() :]
        if (
            words > 1
            and not running
            and lead.group().split()[0] in _INVITING
            and rest.startswith(" ")
            and rest[1:2] not in ("و", "")
        ):
            return rest.strip()
    return None


def begins_with_phrase(name: str, text: str) -> bool:
    """Say whether a line begins with an entry of two or more words, whatever follows."""
    words = core(text[:120]).split()
    return any(" ".join(words[:length]) in _whole(name) for length in (2, 3, 4) if len(words) > length)


def leads_with(name: str, text: str) -> bool:
    """Say whether a line begins with an entry of a list and a colon, bracket or bar after it.

    >>> leads_with("captions.txt", "صورة أرشيفية: سوق المدينة"), leads_with("captions.txt", "صورة قاتمة للوضع")
    (True, False)
    """
    folded = re.sub(r"^[^\w]+", "", re.sub(r"\s+", " ", fold(text[:80])))
    lead = re.match(r"([^:/|(\-–—]{1,40}?)\s?[:/|(\-–—]", folded)
    return lead is not None and lead.group(1).strip() in _whole(name)
