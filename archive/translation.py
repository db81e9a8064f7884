"""What a translation is: the English of one sentence, and where it comes from."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from archive.document import Document, Note, Sentence


class Origin(StrEnum):
    """Who made an English line. In the order of trust: reviewed wins over machine over gloss."""

    REVIEWED = "reviewed"
    MACHINE = "machine"
    GLOSS = "gloss"


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """A run of the original and a run of the English that say the same; offsets into each sentence's own text."""

    source_start: int
    source_end: int
    target_start: int
    target_end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Translation:
    """The English of one sentence.

    `engine` and `model` name what made it (`argos`, `translate-ar_en-1_0`), `model_hash` its content; `by` is the
    person for reviewed lines; `time` is ISO 8601 in UTC; `source` says where it was imported from; `score` is the
    model's mean log-probability per token where it gives one. `glossary` is the version of the terms that shaped a
    machine's line, empty where none did, None where it isn't asked: saved so, it stays what it was.
    """

    text: str
    origin: Origin
    engine: str
    time: str
    model: str | None = None
    model_hash: str | None = None
    by: str | None = None
    source: str | None = None
    score: float | None = None
    trust: tuple[Note, ...] = ()
    alignment: tuple[AlignedPair, ...] = ()
    glossary: str | None = None


def sentence_key(text: str) -> str:
    """Return the key under which the translations of a sentence are kept: SHA-256 of its text, white space folded."""
    return sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Article:
    """A document with its translations: what a reader opens and the index receives.

    `translations` runs parallel to `document.sentences`; None where a sentence has no English yet. `revision` grows
    with every change that a search could see (a version, metadata, a translation).
    """

    id: str
    version: int
    revision: int
    sha256: str
    encoding: str
    media: str
    added: str
    document: Document
    translations: tuple[Translation | None, ...]

    def sentence_id(self, number: int) -> str:
        """Return the stable link of a sentence, `ID.version.number`; numbers start at 1."""
        return f"{self.id}.{self.version}.{number}"

    def pairs(self) -> list[tuple[Sentence, Translation | None]]:
        """Return each sentence with its English, in order."""
        return list(zip(self.document.sentences, self.translations, strict=True))
