"""Turning what a reader found into a document: lines, their kinds, blocks, sentences, title, source and date."""

from archive.cleaning.datelines import dateline_length, parts_of
from archive.cleaning.embeds import mark_embeds
from archive.cleaning.labels import is_agency, is_outlet, is_related_heading, label_line, label_parts, source_names
from archive.cleaning.layout import find_title, mark_comments, mark_header, mark_menus, mark_related, mark_tail
from archive.cleaning.lines import Line, read_lines
from archive.dates import publication_date
from archive.document import TRANSLATED_KINDS, Block, BlockKind, Declared, Document, Reading, Sentence
from archive.quotations import quotations
from archive.sentences import split_sentences

_LONGEST_TITLE = 120


def compose(reading: Reading) -> Document:
    """Cut a reading into blocks and sentences, and tell its title, outlet, agency and date.

    Nothing is deleted: the blocks, in order, cover every line that isn't blank. Blocks of the kinds that are
    translated are cut into sentences.
    """
    text, declared = reading.text, reading.declared
    blocks = tuple(find_blocks(text, declared, paragraphs=reading.paragraphs))
    sentences = tuple(
        Sentence(number, block.start + start, block.start + end)
        for number, block in enumerate(blocks)
        if block.kind in TRANSLATED_KINDS
        for start, end in split_sentences(text[block.start : block.end])
    )
    return Document(
        text=text,
        blocks=blocks,
        sentences=sentences,
        title=_title(text, declared, blocks, sentences),
        outlet=declared.outlet or _outlet(text, blocks),
        agency=_agency(text, blocks),
        url=declared.url,
        retrieved=declared.retrieved,
        date=publication_date(text, blocks, declared),
    )


def find_blocks(text: str, declared: Declared, *, paragraphs: bool = False) -> list[Block]:
    """Return the blocks of a text, in order; `paragraphs` where markup has already told paragraphs from furniture."""
    lines = read_lines(text)
    headings = _label_lines(lines, declared)
    mark_embeds(lines)
    if paragraphs:
        find_title(lines, declared.title)
    else:
        mark_menus(lines)
        title = find_title(lines, declared.title)
        mark_comments(lines, title or 0)
        start = mark_header(lines, title) if title is not None else 0
        mark_related(lines, headings)
        mark_tail(lines, start)
    return [block for line in _mark_body(lines) for block in _blocks_of(line)]


def _label_lines(lines: list[Line], declared: Declared) -> set[int]:
    """Mark what lines say they are; return the numbers of the headings over links to other reports."""
    headings = set()
    for number, line in enumerate(lines):
        line.kind = label_line(line, outlet=declared.outlet)
        if line.kind is None:
            line.parts = label_parts(line, outlet=declared.outlet)
            line.kind = line.parts[0][0] if line.parts else None
        if line.kind is BlockKind.FURNITURE and is_related_heading(line):
            headings.add(number)
    return headings


def _mark_body(lines: list[Line]) -> list[Line]:
    first = True
    for line in lines:
        if line.kind is not None:
            continue
        line.kind = BlockKind.QUOTE if _is_quotation(line.text) else BlockKind.BODY
        cut = dateline_length(line.text, first=first)
        if cut:
            middle = line.start + cut
            while middle < line.end and line.text[middle - line.start].isspace():
                middle += 1
            line.parts = [(BlockKind.DATELINE, line.start, line.start + cut), (line.kind, middle, line.end)]
        first = False
    return lines


def _blocks_of(line: Line) -> list[Block]:
    assert line.kind is not None
    if line.parts:
        return [Block(kind, start, end) for kind, start, end in line.parts]
    return [Block(line.kind, line.start, line.end)]


def _is_quotation(text: str) -> bool:
    """Say whether a whole line is one quotation."""
    if len(text.split()) < 4 or len(text) > 5000:
        return False
    pairs = quotations(text)
    return len(pairs) == 1 and pairs[0][0] == 0 and not any(letter.isalnum() for letter in text[pairs[0][1] :])


def _title(text: str, declared: Declared, blocks: tuple[Block, ...], sentences: tuple[Sentence, ...]) -> str:
    """Return the declared title, else the title block, else how the first sentence begins."""
    if declared.title and declared.title.strip():
        return " ".join(declared.title.split())
    for block in blocks:
        if block.kind is BlockKind.TITLE:
            return text[block.start : block.end]
    if not sentences:
        return text[blocks[0].start : min(blocks[0].end, blocks[0].start + _LONGEST_TITLE)].strip() if blocks else ""
    first = text[sentences[0].start : sentences[0].end]
    if len(first) <= _LONGEST_TITLE:
        return first
    return first[:_LONGEST_TITLE].rsplit(None, 1)[0].rstrip("،,;؛:") + "…"


def _outlet(text: str, blocks: tuple[Block, ...]) -> str | None:
    """Return the outlet that a line of its own names; agencies only where no outlet is named."""
    for block in blocks:
        if block.kind is BlockKind.OUTLET:
            for name in source_names(text[block.start : block.end]):
                if is_outlet(name) or not is_agency(name):
                    return name
    return None


def _agency(text: str, blocks: tuple[Block, ...]) -> str | None:
    """Return the agency that a dateline or a line of its own credits."""
    for block in blocks:
        part = text[block.start : block.end]
        names = parts_of(part) if block.kind is BlockKind.DATELINE else []
        if block.kind is BlockKind.OUTLET:
            names = [name for name in source_names(part) if not is_outlet(name)]
        for name in names:
            if is_agency(name):
                return name
    return None
