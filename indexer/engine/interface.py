"""The interface that every engine fulfils, and what goes in and out of it.

An engine holds, for each entry, terms with positions in named fields, and filter values. It knows no language: terms
come ready from `indexer.analysis`, their weights from the request.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol

from indexer.analysis.token import Level


class Side(StrEnum):
    """Which text of an article a term comes from."""

    ORIGINAL = "original"
    REVIEWED = "reviewed"
    MACHINE = "machine"
    GLOSS = "gloss"


class Zone(StrEnum):
    """Where in an article a term stands. `aside` (sections, related links) is searched only with `in:all`."""

    TITLE = "title"
    TEXT = "text"
    ASIDE = "aside"


class Field(NamedTuple):
    """A field of the index: one side of one zone."""

    side: Side
    zone: Zone

    @property
    def key(self) -> str:
        """The field's name in an index.

        >>> Field(Side.ORIGINAL, Zone.TITLE).key
        'original_title'
        """
        return f"{self.side}_{self.zone}"


SENTENCE_GAP = 16
"""Positions left empty between two sentences, so that no phrase crosses from one to the next."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article ready to be indexed.

    `postings` maps a field to its terms (as `Term.key`) and each term to its positions in ascending order; `lengths`
    maps a field to its number of words; `filters` maps a metadata field (`outlet`, `place`, `actor`, `day`, `origin`)
    to its values, matched whole. `revision` is the article's, so that an index knows what it lacks.
    """

    id: str
    revision: int
    postings: Mapping[Field, Mapping[str, Sequence[int]]]
    lengths: Mapping[Field, int]
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)


class WeightedTerm(NamedTuple):
    """A term to look up in a field, the level it stands for, and its weight in the score (0 to 1)."""

    field: Field
    key: str
    level: Level
    weight: float


@dataclass(frozen=True, slots=True)
class WordClause:
    """One word of the query in every form that may meet it; it counts once per occurrence, at its best level.

    `surface` is the word as typed, by which a hit names it when it is missing.
    """

    surface: str
    terms: tuple[WeightedTerm, ...]


@dataclass(frozen=True, slots=True)
class PhraseClause:
    """Words adjacent and in order within one field. `gaps[i]` is the distance from word 0 to word i."""

    surface: str
    words: tuple[WordClause, ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnyClause:
    """At least one of the clauses."""

    clauses: tuple["Clause", ...]


@dataclass(frozen=True, slots=True)
class FilterClause:
    """A metadata value, matched whole; for `day`, any value from `low` to `high` (ISO dates, compared as text).

    Give either `values` (any of them) or `low` and `high`.
    """

    field: str
    values: tuple[str, ...] = ()
    low: str | None = None
    high: str | None = None


Clause = WordClause | PhraseClause | AnyClause | FilterClause


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What an engine is asked for.

    `wanted`: words and phrases that score; all must match unless `minimum` says how many are enough. `required`
    clauses must match whatever `minimum` says (phrases typed in quotes, fields); `forbidden` must not match.
    With `complete_first` articles that have every wanted clause stand before those that lack one, whatever they score.
    `explain_limit` caps the matches listed with level and origin.
    """

    wanted: tuple[Clause, ...]
    required: tuple[Clause, ...] = ()
    forbidden: tuple[Clause, ...] = ()
    minimum: int | None = None
    offset: int = 0
    limit: int = 10
    explain_limit: int = 10_000
    complete_first: bool = True


class Match(NamedTuple):
    """One matching article: its id, score, best level met, the sides it was met on, and the wanted clauses it lacks.

    `missing` holds indexes into `SearchRequest.wanted`.
    """

    id: str
    score: float
    level: Level | None
    sides: frozenset[Side]
    missing: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchPage:
    """A page of matches best first, the number of all matches, and all matches up to the request's cap."""

    matches: tuple[Match, ...]
    total: int
    everything: tuple[Match, ...]
    capped: bool
    generation: str


class Engine(Protocol):
    """An index that can be built and searched.

    Opening never writes. Each call of a reading method sees one committed generation, the newest at that moment.
    """

    def revisions(self) -> Mapping[str, int]:
        """Return the indexed articles with the revision that is indexed."""
        ...

    def update(
        self, entries: Iterable[Entry], delete: Iterable[str] = (), *, known: frozenset[str], rebuild: bool = False
    ) -> int:
        """Write entries (replacing those with the same id) and deletions as a new generation, and swap it in.

        `known` is kept with the generation for `known_words`. With `rebuild` the new generation holds only `entries`.
        Returns the number of entries written. Raises `IndexBusy` when another process is writing.
        """
        ...

    def search(self, request: SearchRequest) -> MatchPage:
        """Return the articles that match. Raises `NoIndex`, `StaleIndex` or `DamagedIndex`."""
        ...

    def terms(self, prefix: str, limit: int) -> Sequence[tuple[str, int]]:
        """Return up to `limit` terms (`Term.key`) that begin with `prefix`, with their article counts, most first."""
        ...

    def known_words(self) -> frozenset[str]:
        """Return the folded words that the generation's analysis counted as known."""
        ...

    def close(self) -> None:
        """Release files."""
        ...
