"""What a search gives back: hits with snippets in both languages, each marked span with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from archive.document import Note, PublicationDate
from archive.sentence_id import SentenceId
from archive.translation import Origin
from indexer.analysis.token import Level
from indexer.engine.interface import Side


class MarkedBy(StrEnum):
    """Why a span is marked: its own word matches, or it is aligned with one that does."""

    MATCH = "match"
    ALIGNED = "aligned"


@dataclass(frozen=True, slots=True)
class Mark:
    """The reason a span is marked. `word` is the word of the query that it answers, as typed."""

    level: Level
    by: MarkedBy
    word: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of a sentence, marked or not; the spans of a sentence joined give its text back."""

    text: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Snippet:
    """A sentence pair of a hit. `tinted` names the sides that match only through the other: the sentence, no word.

    `reviewed_in` is the sentence of another article at which a person wrote the English of this one.
    """

    sentence: str
    ar: tuple[Span, ...]
    en: tuple[Span, ...]
    origin: Origin | None
    trust: tuple[Note, ...] = ()
    tinted: bool = False
    reviewed_in: SentenceId | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """A form in which a word of the query stands in an article: on which side, how closely it is met, how often.

    `word` is the word as typed, `surface` the form as it stands there, particles and vowel marks included.
    """

    word: str
    level: Level
    side: Side
    surface: str
    count: int


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that matches. `matched_in`: `original`, `translation`, `gloss`, `name`; `missing`: words as typed.

    `title_origin` says who made the title's English, the least trusted where its sentences differ. `why` lists every
    form that was met, the words of the query in their order, the closest form of each first.
    """

    id: str
    title: str
    title_en: str | None
    outlet: str | None
    date: PublicationDate
    score: float
    level: Level | None
    matched_in: tuple[str, ...]
    missing: tuple[str, ...]
    snippets: tuple[Snippet, ...]
    title_origin: Origin | None = None
    why: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Bucket:
    """A value of a facet, how it is shown (in English, in Arabic where that differs), and in how many hits it stands.

    `value` is what narrows a query to these hits.
    """

    value: str
    label: str
    count: int
    label_ar: str | None = None

    def named(self, language: str) -> str:
        """Return how the value is shown in a language of the interface."""
        return self.label_ar or self.label if language == "ar" else self.label


@dataclass(frozen=True, slots=True)
class ResultPage:
    """A page of hits.

    `explained` says the query back as codes with arguments; `relaxed` is the number of words that were enough, None
    when all were wanted; `undated` counts hits without a date; `suggestions` are other queries, as typed text.
    """

    query: str
    explained: tuple[Note, ...]
    relaxed: int | None
    total: int
    undated: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[Bucket, ...]]
    suggestions: tuple[str, ...] = ()
