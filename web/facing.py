"""An article set as facing pages: passages of sentence pairs, and the page furniture folded where it stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from archive.document import TEXT_KINDS, Block, BlockKind
from archive.sentence_id import reviewed_elsewhere
from archive.translation import Article, Translation
from indexer.hit import Span

Sides = tuple[Sequence[Span], Sequence[Span]]
"""A sentence as marked spans: the Arabic, the English."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence pair. `full`: its label is said in full, because the line shown before it was made otherwise."""

    number: int
    id: str
    ar: Sequence[Span]
    en: Sequence[Span]
    made: Translation | None
    full: bool
    hit: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the report. `lead_in` is the dateline that stands before its first sentence on the same line."""

    kind: BlockKind
    lead_in: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class FoldedBlock:
    """A block that is not the report itself, with the English of its sentences where they are translated."""

    kind: BlockKind
    text: str
    lines: tuple[Line, ...]


@dataclass(slots=True)
class Fold:
    """Page furniture in a row, as it stands between two passages."""

    blocks: list[FoldedBlock] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many lines it hides."""
        return sum(max(1, sum(1 for line in b.text.splitlines() if line.strip())) for b in self.blocks)

    @property
    def hit(self) -> bool:
        """Whether a word of the query is marked in it, so that it stands open."""
        return any(line.hit for block in self.blocks for line in block.lines)


def facing_pages(article: Article, marked: Mapping[int, Sides] | None = None) -> list[Passage | Fold]:
    """Return the whole article in order, nothing left out; `marked` gives the spans of sentences by number from 1."""
    lines = _lines(article, marked or {})
    parts: list[Passage | Fold] = []
    lead_in: Block | None = None
    for index, block in enumerate(article.document.blocks):
        own = tuple(lines.get(index, ()))
        if block.kind is BlockKind.DATELINE and _leads_in(article, index):
            lead_in = block
        elif block.kind in TEXT_KINDS and own:
            parts.append(Passage(block.kind, article.document.block_text(lead_in) if lead_in else "", own))
            lead_in = None
        else:
            if not parts or not isinstance(parts[-1], Fold):
                parts.append(Fold())
            fold = parts[-1]
            assert isinstance(fold, Fold)
            fold.blocks.append(FoldedBlock(block.kind, article.document.block_text(block), own))
    return parts


def makers(article: Article) -> list[tuple[Translation | None, int]]:
    """Return who made the English of the report, with the number of sentences, most first."""
    found: dict[tuple[object, ...], tuple[Translation | None, int]] = {}
    for sentence, made in article.pairs():
        if article.document.blocks[sentence.block].kind in TEXT_KINDS:
            key = _maker(made, article.id)
            found[key] = (found.get(key, (made, 0))[0], found.get(key, (made, 0))[1] + 1)
    return sorted(found.values(), key=lambda pair: -pair[1])


def _lines(article: Article, marked: Mapping[int, Sides]) -> dict[int, list[Line]]:
    lines: dict[int, list[Line]] = {}
    before: dict[bool, tuple[object, ...]] = {}
    for number, (sentence, made) in enumerate(article.pairs(), start=1):
        text = article.document.sentence_text(sentence)
        ar, en = marked.get(number) or ((Span(text),), (Span(made.text),) if made else ())
        hit = any(span.mark for span in (*ar, *en))
        shown = article.document.blocks[sentence.block].kind in TEXT_KINDS
        maker = _maker(made, article.id)
        line = Line(number, article.sentence_id(number), ar, en, made, maker != before.get(shown), hit)
        lines.setdefault(sentence.block, []).append(line)
        before[shown] = maker
    return lines


def _leads_in(article: Article, index: int) -> bool:
    blocks = article.document.blocks
    if index + 1 >= len(blocks) or blocks[index + 1].kind not in TEXT_KINDS:
        return False
    return "\n" not in article.document.text[blocks[index].start : blocks[index + 1].start].strip("\n")


def _maker(made: Translation | None, article: str) -> tuple[object, ...]:
    return (made.origin, made.engine, made.model, made.by, reviewed_elsewhere(made, article)) if made else ()


def marked_numbers(parts: Sequence[Passage | Fold]) -> Iterator[int]:
    """Give the numbers of the sentences in which a word of the query is marked."""
    for part in parts:
        groups = [part.lines] if isinstance(part, Passage) else [block.lines for block in part.blocks]
        yield from (line.number for group in groups for line in group if line.hit)
