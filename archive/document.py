"""What a document is: one text as published, cut into blocks and sentences by offsets, with its date and source.

All positions are half-open code-point offsets into `Document.text`.
"""

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a run of the page is."""

    TITLE = "title"
    LEAD = "lead"
    BODY = "body"
    QUOTE = "quote"
    EMBED = "embed"
    CAPTION = "caption"
    DATELINE = "dateline"
    DATE = "date"
    BYLINE = "byline"
    OUTLET = "outlet"
    SECTION = "section"
    RELATED = "related"
    COUNTER = "counter"
    FURNITURE = "furniture"


TEXT_KINDS = frozenset(
    {BlockKind.TITLE, BlockKind.LEAD, BlockKind.BODY, BlockKind.QUOTE, BlockKind.EMBED, BlockKind.CAPTION}
)
"""Kinds that are the report itself: translated and searched."""

ASIDE_KINDS = frozenset({BlockKind.SECTION, BlockKind.RELATED})
"""Kinds that are translated, but searched only when asked for with `in:all`."""

TRANSLATED_KINDS = TEXT_KINDS | ASIDE_KINDS


@dataclass(frozen=True, slots=True)
class Note:
    """A reason as a code with arguments; the message catalogue renders it in each interface language."""

    code: str
    args: tuple[str | int | float, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A run of the document with one kind. May be part of a line (a dateline before the first sentence)."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit of translation, marking and linking; `block` indexes `Document.blocks`."""

    block: int
    start: int
    end: int


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    NONE = "none"


class Basis(StrEnum):
    """Where a date comes from: the page's own date line, the running text, the address, or a person or sidecar."""

    PAGE = "page"
    TEXT = "text"
    URL = "url"
    SET = "set"


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """When a document was published, as far as it can be known.

    `value` is ISO 8601 cut to the precision (`2019-03-21`, `2019-03`, `2019`), None when unknown. `alternatives` are
    other readings in the same form, never including `value`. `note` says why (`ambiguous_day_month`, `inferred` …).
    """

    value: str | None = None
    precision: Precision = Precision.NONE
    basis: Basis | None = None
    alternatives: tuple[str, ...] = ()
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """What came with the text rather than in it: options, a sidecar, columns, a page's own metadata.

    `dated_by` says who declares the date: a person or sidecar (set), or the page's own metadata (page).
    """

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    date: str | None = None
    retrieved: str | None = None
    dated_by: Basis = Basis.SET


@dataclass(frozen=True, slots=True)
class Document:
    """One text as published, in one language, with its source.

    `text` is the decoded original (txt) or the text as extracted (html, jsonl, csv). The blocks, in order, cover every
    non-blank line. Blocks of the kinds that are translated have sentences, which cover all their text but the white
    space between them.
    """

    text: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    title: str
    outlet: str | None
    agency: str | None
    url: str | None
    retrieved: str | None
    date: PublicationDate

    def block_text(self, block: Block) -> str:
        """Return the text of a block, exactly as it stands."""
        return self.text[block.start : block.end]

    def sentence_text(self, sentence: Sentence) -> str:
        """Return the text of a sentence, exactly as it stands."""
        return self.text[sentence.start : sentence.end]


@dataclass(frozen=True, slots=True)
class Reading:
    """One item as a reader found it, before it is cleaned.

    `source` identifies the item for versions: the absolute path, and for an item of a jsonl or csv file `#` and its
    id. `raw` is the item's bytes as found (a jsonl line, a csv record, else the whole file). `media` is a media type.
    `paragraphs`: True when lines are paragraphs already extracted from markup (html), so that no line is furniture by
    shape alone.
    """

    source: str
    raw: bytes
    text: str
    encoding: str
    media: str
    declared: Declared
    paragraphs: bool = False
