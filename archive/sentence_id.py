"""The stable link of a sentence, `ID.version.number`: how it is written, and how it is read back."""

import re
from dataclasses import dataclass

from archive.errors import NoSuchArticle
from archive.translation import Origin, Translation

_WRITTEN = re.compile(r"([^.\s]{1,80})\.([0-9]{1,9})\.([0-9]{1,9})", re.ASCII)
_OF_AN_ARTICLE = re.compile(r"[0-9a-f]{10,64}(~[0-9]+)?")


@dataclass(frozen=True, slots=True)
class SentenceId:
    """A sentence of a version of an article; its number counts from 1."""

    article: str
    version: int
    number: int

    def __str__(self) -> str:
        return f"{self.article}.{self.version}.{self.number}"


def read_sentence_id(written: str) -> SentenceId:
    """Return the sentence that a link names. Raises `NoSuchArticle` when this is no such link.

    >>> read_sentence_id("0123456789.1.12").number
    12
    """
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        raise NoSuchArticle(f"“{written[:60]}” is no sentence; a sentence is written ID.version.number")
    return SentenceId(found[1], int(found[2]), int(found[3]))


def reviewed_elsewhere(translation: Translation | None, article: str) -> SentenceId | None:
    """Return the sentence at which a person wrote this line, where that is in another article than this one.

    None for a line that was made here, that no person made, or that came from a memory without such a link.
    """
    if translation is None or translation.origin is not Origin.REVIEWED or not translation.source:
        return None
    found = _WRITTEN.fullmatch(translation.source)
    if found is None or found[1] == article or not _OF_AN_ARTICLE.fullmatch(found[1]):
        return None
    return SentenceId(found[1], int(found[2]), int(found[3]))
