"""Writing unknown Arabic words in Latin letters, the way newspapers do: no dots, no macrons."""

_CONSONANTS = {
    "ب": "b",
    "پ": "p",
    "ت": "t",
    "ث": "th",
    "ج": "j",
    "چ": "ch",
    "ح": "h",
    "خ": "kh",
    "د": "d",
    "ذ": "dh",
    "ر": "r",
    "ز": "z",
    "س": "s",
    "ش": "sh",
    "ص": "s",
    "ض": "d",
    "ط": "t",
    "ظ": "z",
    "غ": "gh",
    "ف": "f",
    "ڤ": "v",
    "ق": "q",
    "ك": "k",
    "ک": "k",
    "گ": "g",
    "ل": "l",
    "م": "m",
    "ن": "n",
    "ه": "h",
}
_ALEFS = "اأإآٱى"
_SILENT = "عءؤئ"
_VOWEL_MARKS = {"\u064e": "a", "\u064f": "u", "\u0650": "i", "\u064b": "an", "\u064c": "un", "\u064d": "in"}
_SHADDA = "\u0651"
_SUKUN = "\u0652"
_SUN = "تثدذرزسشصضطظلن"
# Consonants that may begin a word together, as names from other languages do.
_TOGETHER = frozenset(
    {
        "tr",
        "br",
        "kr",
        "fr",
        "gr",
        "dr",
        "pr",
        "kl",
        "bl",
        "fl",
        "gl",
        "pl",
        "sp",
        "st",
        "sk",
        "sl",
        "sm",
        "sn",
        "sw",
        "shr",
        "str",
    }
)


def romanise(word: str) -> str:
    """Return a Latin spelling of an Arabic word, its article set off, the first letter a capital.

    Vowels that aren't written are guessed at: this names a word for someone who can't read it, no more.

    >>> [romanise(word) for word in ("الباغوز", "كفرزيتا", "اللطمانة", "ترامب")]
    ['al-Baghuz', 'Kafrzita', 'al-Latmana', 'Tramb']
    """
    letters = word.replace("\N{ARABIC TATWEEL}", "")
    for alef in ("ا", "ٱ"):
        if letters.startswith(alef + "ل") and len(letters) > 4:
            return "al-" + _spelled(letters[2:].lstrip(_SHADDA + _SUKUN))
    return _spelled(letters)


def _spelled(letters: str) -> str:
    sounds = _sounds(letters)
    text = "".join(_with_vowels(sounds))
    return text[:1].upper() + text[1:]


def _sounds(letters: str) -> list[str]:
    """Return consonants and vowels, a vowel as its own item."""
    sounds: list[str] = []
    for place, letter in enumerate(letters):
        following = letters[place + 1 : place + 2]
        if letter in _CONSONANTS:
            sounds.append(_CONSONANTS[letter])
        elif letter in _ALEFS:
            sounds.append("a" if not (sounds and sounds[-1] == "a") else "")
        elif letter == "ة":
            sounds.append("a")
        elif letter in "وی" + "ي":
            sounds.append(_glide(letter, sounds, following))
        elif letter in _VOWEL_MARKS:
            sounds.append(_VOWEL_MARKS[letter])
        elif letter == _SHADDA and sounds and sounds[-1] not in "aiu":
            sounds.append(sounds[-1])
        elif letter in _SILENT and not sounds:
            sounds.append("" if following in _ALEFS else "a")
    return [sound for sound in sounds if sound]


def _glide(letter: str, sounds: list[str], following: str) -> str:
    consonant, vowel = ("w", "u") if letter == "و" else ("y", "i")
    if not sounds:
        return consonant if following else vowel
    if following in (*_ALEFS, "ة") and following:
        return consonant
    if sounds[-1] in ("a", "u", "i"):
        return {"a": vowel, vowel: ""}.get(sounds[-1], consonant)
    return vowel


def _with_vowels(sounds: list[str]) -> list[str]:
    """Put an `a` where consonants would stand together at the start, at the end, or three in a row."""
    out: list[str] = []
    for place, sound in enumerate(sounds):
        out.append(sound)
        if _vowel(sound) or place + 1 >= len(sounds) or _vowel(sounds[place + 1]):
            continue
        following = sounds[place + 1]
        first = place == 0
        last = place + 2 == len(sounds)
        crowded = place + 2 < len(sounds) and not _vowel(sounds[place + 2]) and sound != following
        after_consonant = len(out) > 1 and not _vowel(out[-2])
        if first and sound + following in _TOGETHER:
            continue
        if first or (last and place > 0 and after_consonant) or (crowded and after_consonant):
            out.append("a")
    return out


def _vowel(sound: str) -> bool:
    return sound[0] in "aiu"
