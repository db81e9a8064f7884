"""Under which key a name is kept, whatever its spacing, and what a surface word may be once its particles are gone."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from indexer.analysis.folding import casefold, fold, fold_latin
from indexer.analysis.tokenizer import WORD

ARTICLES = ("al", "el", "ar", "as", "ash", "at", "ad", "an", "az", "the")
"""Latin spellings of the article, and the English one."""

_CONJUNCTIONS = "وف"
_PREPOSITIONS = "بكل"
_LATIN = 3


class Word(NamedTuple):
    """A surface word with its offsets and its key: folded letters, a Latin word without its possessive."""

    start: int
    end: int
    text: str
    key: str
    latin: bool


class Form(NamedTuple):
    """What a surface word may be without particles. `particle` is the preposition that was taken off, if any."""

    key: str
    conjunction: bool = False
    particle: str = ""


@lru_cache(maxsize=65536)
def _key(text: str, latin: bool) -> str:
    if not latin:
        return fold(text)
    return fold_latin(casefold(text)).removesuffix("'s")


def read_words(text: str) -> list[Word]:
    """Return the words of a text with their keys.

    >>> [word.key for word in read_words("Syria's al-Bāb، الرقّة")]
    ['syria', 'al', 'bab', 'الرقه']
    """
    found = []
    for match in WORD.finditer(text):
        latin = match.lastindex == _LATIN
        found.append(Word(match.start(), match.end(), match[0], _key(match[0], latin), latin))
    return found


def name_key(name: str) -> str:
    """Return the key of a name: its words' keys without anything between them.

    >>> name_key("Deir ez-Zor") == name_key("deir Ezzor"), name_key("دير الزور")
    (True, 'ديرالزور')
    """
    return "".join(word.key for word in read_words(name))


@lru_cache(maxsize=65536)
def forms(key: str) -> tuple[Form, ...]:
    """Return what a folded Arabic word may be without conjunction and preposition, itself first.

    >>> [form.key for form in forms("وبالرقه")]
    ['وبالرقه', 'بالرقه', 'الرقه']
    >>> [form.key for form in forms("للاذقيه")]
    ['للاذقيه', 'الاذقيه', 'اللاذقيه', 'لاذقيه']
    """
    found = [Form(key), *_without_preposition(key, False)]
    if key[:1] in _CONJUNCTIONS and len(key) > 2:
        found += [Form(key[1:], True), *_without_preposition(key[1:], True)]
    return tuple({form.key: form for form in reversed(found)}[key] for key in dict.fromkeys(f.key for f in found))


def _without_preposition(key: str, conjunction: bool) -> Iterator[Form]:
    if len(key) < 3 or key[0] not in _PREPOSITIONS:
        return
    if key.startswith("لل"):
        yield Form("ال" + key[2:], conjunction, "ل")
        yield Form("ال" + key[1:], conjunction, "ل")
    yield Form(key[1:], conjunction, key[0])


def bare_spellings(words: Sequence[Word]) -> Iterator[str]:
    """Yield the keys under which a name may be listed, the name as it stands first, then with and without article.

    >>> list(bare_spellings(read_words("al-Hol"))), list(bare_spellings(read_words("الهول")))
    (['alhol', 'hol'], ['الهول', 'هول'])
    """
    if not words:
        return
    rest = "".join(word.key for word in words[1:])
    if words[0].latin:
        yield words[0].key + rest
        if rest and words[0].key in ARTICLES:
            yield rest
        else:
            yield "al" + words[0].key + rest
        return
    for form in forms(words[0].key):
        yield form.key + rest
    for form in forms(words[0].key):
        bare = form.key.removeprefix("ال")
        yield (bare if bare != form.key else "ال" + form.key) + rest
