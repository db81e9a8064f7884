"""Reading the numerals of a sentence: digits, words, both together, ranges, words for a size, and what limits them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from indexer.figures.figure import Qualifier
from indexer.figures.vocabulary import NumberWord, members, number_words, qualifiers
from indexer.figures.words import Found, Word, look_up

_PLAIN = re.compile(r"\d{1,9}")
_GROUPED = re.compile(r"\d{1,3}(?:[.,٬]\d{3}){1,2}")
_DECIMAL = re.compile(r"\d{1,6}[.,٫]\d{1,2}")
_SPAN = re.compile(r"(\d{1,9})[-\N{EN DASH}](\d{1,9})")
_LARGEST = 2_000_000_000
_LOOKED_BACK = 10
_LONGEST = 12
_SIZES = {
    20: (Qualifier.DOZENS, Qualifier.TENS_OF_THOUSANDS),
    200: (Qualifier.HUNDREDS, Qualifier.HUNDREDS_OF_THOUSANDS),
}
_LEAST_PLURAL = 2
_SEVERAL = (3, 9)


class Numeral(NamedTuple):
    """A number in a sentence: the words `first` up to `last` (not included), its bounds, and what limits it.

    `value_from`: the first word of the number itself, after what limits it. `one`: it is `أحد`, which a plural follows.
    """

    first: int
    last: int
    low: int | None
    high: int | None
    qualifier: Qualifier | None
    value_from: int
    one: bool = False


class _Value(NamedTuple):
    last: int
    low: int
    high: int | None
    qualifier: Qualifier | None = None
    one: bool = False


def read_numeral(words: Sequence[Word], place: int) -> Numeral | None:
    """Return the numeral whose number begins at a word, with what limits it, or None."""
    value = _read_range(words, place) if place < len(words) else None
    if value is None:
        return None
    first, qualifier = place, value.qualifier
    if between := _between(words, place, value):
        first, value = between
    if limit := _limit_before(words, first):
        first, qualifier = limit
    last = value.last
    low, high = _bounds(value, qualifier)
    if first and words[first - 1].key in ("ما", "من") and value.low != value.high and not limit:
        first -= 1
    return Numeral(first, last, low, high, qualifier, place, value.one)


def _bounds(value: _Value, qualifier: Qualifier | None) -> tuple[int | None, int | None]:
    if qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
        return value.low, None
    if qualifier in (Qualifier.UP_TO, Qualifier.FEWER_THAN):
        return None, value.low if value.high is None else value.high
    return value.low, value.high


def limited(numeral: Numeral, qualifier: Qualifier) -> tuple[int | None, int | None]:
    """Return the bounds of a numeral under a limit that stands behind it (`على الأقل`)."""
    low = numeral.low if numeral.low is not None else numeral.high
    return _bounds(_Value(numeral.last, low or 0, numeral.high), qualifier)


def _limit_before(words: Sequence[Word], first: int) -> tuple[int, Qualifier] | None:
    for length in (4, 3, 2, 1):
        if first < length or any(word.broken for word in words[first - length + 1 : first + 1]):
            continue
        keys = [word.key for word in words[first - length : first]]
        for opening in ((keys[0],), (keys[0][1:],) if keys[0][0] in "وف" else ()):
            if opening and (qualifier := qualifiers("before").get((*opening, *keys[1:]))):
                return first - length, qualifier
    return None


def limit_after(words: Sequence[Word], last: int) -> tuple[int, Qualifier] | None:
    """Return where a limit that stands at a word ends, and what it says."""
    for length in (3, 2, 1):
        keys = tuple(word.key for word in words[last : last + length])
        if len(keys) == length and (qualifier := qualifiers("after").get(keys)):
            return last + length, qualifier
    return None


def _between(words: Sequence[Word], place: int, value: _Value) -> tuple[int, _Value] | None:
    """Read `بين 20 و25`, from the place of its first number."""
    if not place or words[place - 1].key not in ("بين", "مابين") or value.low != value.high:
        return None
    if value.last >= len(words) or not _is_joined(words[value.last]):
        return None
    second = _read_value(words, value.last)
    if second is None or second.high is None or second.low <= value.low:
        return None
    return place - 1, _Value(second.last, value.low, second.low)


def _read_range(words: Sequence[Word], place: int) -> _Value | None:
    first = _read_value(words, place)
    if first is None or first.high is None or first.low != first.high or first.last + 1 >= len(words):
        return first
    link = words[first.last]
    if link.key not in members("ranges") or link.broken or words[first.last + 1].broken:
        return first
    if _is_change(words, place):
        return None
    second = _read_value(words, first.last + 1)
    if second is None or second.low <= first.low or second.low != second.high:
        return first
    scale = second.low // int(words[first.last + 1].key) if words[first.last + 1].key.isdigit() and second.low else 1
    if scale >= 1000 and first.low < 1000:
        return _Value(second.last, first.low * scale, second.low)
    return _Value(second.last, first.low, second.low)


def _is_change(words: Sequence[Word], place: int) -> bool:
    """Say whether a number is what another has grown from (`رفع عدد القتلى من 12 إلى 19`)."""
    if not place or words[place - 1].key != "من":
        return False
    return any(look_up(members("changes"), word) for word in words[max(0, place - _LOOKED_BACK) : place])


def _read_value(words: Sequence[Word], place: int) -> _Value | None:
    if place >= len(words):
        return None
    if words[place].key[0].isdigit():
        return _read_digits(words, place)
    return _read_words(words, place)


def _read_digits(words: Sequence[Word], place: int) -> _Value | None:
    key = words[place].key
    if span := _SPAN.fullmatch(key):
        low, high = int(span[1]), int(span[2])
        return _scaled(words, place + 1, low, high) if low < high else None
    if _GROUPED.fullmatch(key):
        return _scaled(words, place + 1, *[int(re.sub(r"\D", "", key))] * 2)
    if _PLAIN.fullmatch(key):
        last, value = place + 1, int(key)
        while last < len(words) and value < 10**6 and words[last].gap in (" ", "\u00a0") and words[last].key == "000":
            last, value = last + 1, value * 1000
        return _scaled(words, last, value, value)
    if _DECIMAL.fullmatch(key):
        whole, part = re.split(r"\D", key)
        scale = _scale(words, place + 1)
        if scale:
            value = int(whole) * scale + int(part) * scale // 10 ** len(part)
            return _Value(place + 2, value, value)
    return None


def _scaled(words: Sequence[Word], place: int, low: int, high: int) -> _Value | None:
    """Multiply digits by the scale that follows (`350 ألف`), and add what follows that (`3 آلاف و500`)."""
    last = place
    if scale := _scale(words, place):
        low, high, last = low * scale, high * scale, place + 1
        if low == high and (rest := _rest(words, last, scale)):
            last, low, high = rest.last, low + rest.low, high + rest.low
    return _Value(last, low, high) if high <= _LARGEST else None


def _scale(words: Sequence[Word], place: int) -> int:
    if place >= len(words) or words[place].broken or _is_joined(words[place]):
        return 0
    found = _number(words[place])
    return found[0].value if found and found[0].role == "scale" else 0


def _rest(words: Sequence[Word], place: int, scale: int) -> _Value | None:
    if place >= len(words) or words[place].broken or not _is_joined(words[place]):
        return None
    rest = _read_value(words, place)
    return rest if rest and rest.high == rest.low < scale else None


def _number(word: Word) -> tuple[NumberWord, Found] | None:
    return look_up(number_words(), word)


def _is_joined(word: Word) -> bool:
    if word.joined:
        return True
    found = _number(word)
    return bool(found and found[1].joined)


def _read_words(words: Sequence[Word], place: int) -> _Value | None:
    found = _number(words[place])
    if found is None:
        return None
    entry, form = found
    if form.definite and entry.role == "unit":
        return None  # الاثنين, السبت: a day more often than two
    if entry.role == "one":
        if place + 1 < len(words) and words[place + 1].key in ("عشر", "عشره"):
            return _sum(words, place + 2, 11)
        if (total := _sum(words, place + 1, 1, "unit")) and total.low > 1:
            return total  # إحدى وعشرون
        return None if form.definite else _Value(place + 1, 1, 1, one=True)
    if entry.role in ("vague", "several"):
        return _size(words, place, entry)
    if entry.role == "fraction":
        scale = _scale_after(words, place + 1)
        return _Value(place + 2, scale // entry.value, scale // entry.value) if scale and not form.definite else None
    if entry.role == "scale" and form.core in ("الاف", "ملايين"):
        if entry.value == 1000:
            return _Value(place + 1, _LEAST_PLURAL * 1000, None, Qualifier.THOUSANDS)
        return _Value(place + 1, _LEAST_PLURAL * entry.value, None, Qualifier.MILLIONS)
    return _sum(words, place + 1, entry.value, entry.role)


def _scale_after(words: Sequence[Word], place: int) -> int:
    found = _number(words[place]) if place < len(words) and not words[place].broken else None
    return found[0].value if found and found[0].role == "scale" and not found[1].joined else 0


def _size(words: Sequence[Word], place: int, entry: NumberWord) -> _Value:
    """Read `عشرات`, `مئات الآلاف`, `بضعة`, `بضع مئات`."""
    after = _number(words[place + 1]) if place + 1 < len(words) and not words[place + 1].broken else None
    if after and after[1].joined:
        after = None
    if entry.role == "several":
        if after and after[0].role in ("vague", "scale"):
            return _read_words(words, place + 1) or _Value(place + 1, *_SEVERAL, Qualifier.SEVERAL)
        return _Value(place + 1, *_SEVERAL, Qualifier.SEVERAL)
    few, many = _SIZES[entry.value]
    if after and after[0].role == "scale" and after[0].value == 1000:
        return _Value(place + 2, entry.value * 1000, None, many)
    return _Value(place + 1, entry.value, None, few)


def _sum(words: Sequence[Word], place: int, value: int, role: str = "teen") -> _Value | None:
    """Add up the words of a numeral from its second word on (`مئة وخمسة وعشرين`, `ثلاثة آلاف ومئتين`)."""
    total, current, least = 0, value, _least(value, role)
    if role in ("scale", "scales"):
        total, current = value, 0
    limit = place + _LONGEST
    while place < min(len(words), limit) and not words[place].broken:
        word = words[place]
        if word.key.isdigit() and word.joined and not current and _PLAIN.fullmatch(word.key) and int(word.key) < least:
            total, place = total + int(word.key), place + 1
            break
        found = _number(word)
        if found is None:
            break
        entry, form = found
        joined = form.joined or word.joined
        if form.led:
            break
        if not joined and entry.value == 10 and role == "unit" and current < 10:
            current, least, role = current + 10, 1, "teen"
        elif not joined and entry.role == "hundred" and role == "unit" and 3 <= current <= 9:
            current, least, role = current * 100, 100, "hundred"
        elif not joined and entry.role == "scale" and (current or not total):
            total, current, least, role = total + (current or 1) * entry.value, 0, entry.value, "scale"
        elif joined and entry.role == "fraction" and least == 10**6 and (scale := _scale_after(words, place + 1)):
            total, place, least = total + scale // entry.value, place + 1, 1
        elif joined and entry.role in ("unit", "ten", "hundred", "hundreds") and _adds(entry, role, current, least):
            current, least, role = current + entry.value, _least(entry.value, entry.role), entry.role
            if entry.role == "ten" and current % 100 > entry.value % 100:
                least = 1
        elif joined and entry.role in ("scale", "scales") and entry.value < least and not current:
            total, least, role = total + entry.value, entry.value, "scale"
        else:
            break
        place += 1
    total += current
    return _Value(place, total, total) if 0 < total <= _LARGEST else None


def _least(value: int, role: str) -> int:
    """Return below what the next part of a numeral must stay."""
    if role in ("hundred", "hundreds"):
        return 100
    return value if role in ("scale", "scales") else 1


def _adds(entry: NumberWord, role: str, current: int, least: int) -> bool:
    if role == "unit" and entry.role == "ten":
        return current % 100 < 10  # خمسة وعشرون
    return entry.value < least
