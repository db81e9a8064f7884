"""The curated tables of this package: function words, expressions, preferred English."""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple
from unicodedata import normalize

_MARKS = re.compile(r"[\u0640\u064b-\u0652\u0670]")
_FIRST_ALEF = re.compile("^([وفبل]?)[أإٱ]")
_FOLDS = str.maketrans("أإآٱىةؤئ", "ااااي" + "هوي")


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """Return a word with its marks off and the spellings that writers confuse made one.

    >>> fold_word("الإنسانيّة")
    'الانسانيه'
    """
    return _MARKS.sub("", word).translate(_FOLDS)


@lru_cache(maxsize=1 << 16)
def function_key(word: str) -> str:
    """Return a word as function words are listed: marks and the hamza of a first alef don't count, ى is ي.

    >>> function_key("إلى"), function_key("آليّة")
    ('الي', 'آلية')
    """
    return _FIRST_ALEF.sub("\\1ا", _MARKS.sub("", word)).replace("ى", "ي")


class Effect(NamedTuple):
    """The English of a function word and what it does to its neighbours."""

    english: str
    effect: str
    verb_too: bool = False


@dataclass(slots=True)
class Branch:
    """A place in the tree of expressions: what may follow, and the English when one ends here.

    `particle` is the English of the ل that must begin the next word, for expressions such as "وفقا ل".
    """

    following: dict[str, "Branch"] = field(default_factory=dict)
    english: str | None = None
    particle: str = ""


PRONOUNS = {
    "ه": "it",
    "ها": "it",
    "هم": "them",
    "هن": "them",
    "هما": "both of them",
    "ك": "you",
    "كم": "you",
    "نا": "us",
    "ي": "me",
}
_ATTACHED = {"ب": "with", "ل": "to", "ك": "as"}


@cache
def function_words() -> dict[str, Effect]:
    """Return the function words by their key, prepositions and quantities with pronoun endings among them."""
    listed: dict[str, Effect] = {}
    for row in _rows("function_words.tsv"):
        word, english, effect, also = [*row, "", ""][:4]
        listed.setdefault(function_key(word), Effect(english, effect, also == "verb"))
    found = dict(listed)
    for word, (english, effect, _) in listed.items():
        if effect in ("preposition", "noun"):
            found.update(_with_pronouns(word, english, effect, listed))
    for letter, english in _ATTACHED.items():
        for ending, pronoun in PRONOUNS.items():
            found.setdefault(letter + ending, Effect(f"{english} {pronoun}", ""))
    return found


def _with_pronouns(word: str, english: str, effect: str, listed: dict[str, Effect]) -> dict[str, Effect]:
    if effect == "noun" and not english.endswith(" of"):
        english = "itself" if english == "the same" else english + " of"
    forms: dict[str, Effect] = {}
    for ending, pronoun in PRONOUNS.items():
        if word + ending in listed:
            continue
        together = english if english == "itself" else f"{english} {pronoun}"
        forms[word + ending] = Effect(together, "")
    return forms


@cache
def expressions() -> Branch:
    """Return the tree of expressions by folded words."""
    root = Branch()
    for arabic, english in _rows("expressions.tsv"):
        branch = root
        words = arabic.split()
        governing = words[-1] == "ل"
        for word in words[:-1] if governing else words:
            branch = branch.following.setdefault(fold_word(word), Branch())
        if governing and branch.english is None:
            english, _, branch.particle = english.rpartition(" ")
        branch.english = branch.english or english
    return root


@cache
def preferred_english() -> dict[str, str]:
    """Return the English that news prefers, by vocalised headword."""
    return {normalize("NFC", headword): english for headword, english in _rows("preferred.tsv")}


@cache
def undergone() -> frozenset[str]:
    """Return the headwords of verbs whose subject, in news, is mostly who it was done to."""
    return frozenset(normalize("NFC", row[0]) for row in _rows("undergone.txt"))


@cache
def verb_prepositions() -> dict[tuple[str, str], str]:
    """Return what a particle says after a verb, by the English verb and the letter; empty for nothing."""
    return {
        (verb, letter): "" if english == "-" else english for verb, letter, english in _rows("verb_prepositions.tsv")
    }


@cache
def english_words(class_: str) -> frozenset[str]:
    """Return the English words of one class: `uncountable` or `place`."""
    return frozenset(word for word, listed in _rows("english_words.tsv") if listed == class_)


@cache
def expression_list() -> tuple[tuple[str, str], ...]:
    """Return every expression with its English, as listed."""
    return tuple((arabic, english) for arabic, english in _rows("expressions.tsv"))


def _rows(name: str) -> list[list[str]]:
    text = files("indexer.translation.gloss").joinpath(name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
