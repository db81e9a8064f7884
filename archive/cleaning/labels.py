"""What a line is by its own words and shape, wherever it stands."""

import re
from itertools import pairwise

from archive.cleaning import vocabulary
from archive.cleaning.lines import LONGEST_LABEL, Line, core
from archive.dates import is_date_line
from archive.document import BlockKind
from archive.folding import fold

_PART = re.compile(r"\s*[|•·›»]\s*|\s+[>/]\s+|\s+[-–—]\s+")
_NUMBER = re.compile(r"\d+(?:[.,٫٬]\d+)*\s*(?:[km%+](?!\w))?")
_ROLES = re.compile(
    r"^(?:additional |more )?(?:reporting|writing|editing|compiled|edited|written)(?: and \w+)? by \w", re.IGNORECASE
)
_INITIALS = re.compile(r"[ء-ي]\.\s?[ء-ي]\.?(?:\s?[/-]\s?[ء-ي]\.\s?[ء-ي]\.?){0,3}")
_CREDITED = re.compile(r"[(\[]\s*([^()\[\]]{2,40})\s*[)\]]$")
_SIGNED = re.compile(r"^(?:by|written by|بقلم|كتب|كتبت|كتبه|كتبها|إعداد|اعداد)\s+\w")


def label_line(line: Line, *, outlet: str | None = None) -> BlockKind | None:
    """Return what a line is by its own words and shape; None where only its place can tell, as for running text."""
    if not any(letter.isalnum() and letter != "ـ" for letter in line.text):
        return BlockKind.FURNITURE
    if len(line.text) > LONGEST_LABEL:
        return None
    return label(line.text, running=line.running, outlet=outlet)


def label(text: str, *, running: bool = False, outlet: str | None = None) -> BlockKind | None:
    """Return what a line or a part of one is by its own words.

    >>> [str(label(text)) for text in ("24.10.2017 | 20:35", "1.2k مشاهدة", "بقلم: سامي كريم", "إقرأ أيضا: خبر آخر")]
    ['date', 'counter', 'byline', 'related']
    """
    bare = core(text)
    if is_date_line(text):
        return BlockKind.DATE
    if is_counter(text):
        return BlockKind.COUNTER
    if outlet is not None and bare == core(outlet):
        return BlockKind.OUTLET
    rest = vocabulary.related_rest(text, running=running)
    if rest is not None:
        return BlockKind.RELATED if rest else BlockKind.FURNITURE
    if vocabulary.is_furniture(bare) and not (running and len(bare.split()) < 5):
        return BlockKind.FURNITURE
    if is_caption(text, running=running):
        return BlockKind.CAPTION
    if is_source(text):
        return BlockKind.OUTLET
    if is_byline(text) and not running:
        return BlockKind.BYLINE
    return None


def label_parts(line: Line, *, outlet: str | None = None) -> list[tuple[BlockKind, int, int]]:
    """Return the parts of a line that is nothing but labels in a row (`سوريا | 12 آذار 2019 | سامي كريم`)."""
    if len(line.text) > LONGEST_LABEL or line.running:
        return []
    cuts = [0, *(found.end() for found in _PART.finditer(line.text) if found.start()), len(line.text)]
    pieces = [(a, b) for a, b in pairwise(cuts) if _PART.sub("", line.text[a:b]).strip()]
    if len(pieces) < 2:
        return []
    kinds = [_label_part(line.text[a:b], outlet) for a, b in pieces]
    if any(kind is None for kind in kinds) or not {BlockKind.DATE, BlockKind.SECTION, BlockKind.COUNTER} & set(kinds):
        return []
    return _joined(line, [(kind, a, b) for kind, (a, b) in zip(kinds, pieces, strict=True) if kind is not None])


def _label_part(text: str, outlet: str | None) -> BlockKind | None:
    part = _PART.sub(" ", text).strip()
    bare = core(part)
    if is_section(bare):
        return BlockKind.SECTION
    return label(part, outlet=outlet) or (BlockKind.BYLINE if is_name(part) else None)


def _joined(line: Line, parts: list[tuple[BlockKind, int, int]]) -> list[tuple[BlockKind, int, int]]:
    """Join neighbours of one kind, with no gap left; a way home before the names of sections belongs to them."""
    if {kind for kind, _, _ in parts} == {BlockKind.SECTION, BlockKind.FURNITURE}:
        return [(BlockKind.SECTION, line.start, line.end)]
    begins = [part for number, part in enumerate(parts) if number == 0 or parts[number - 1][0] is not part[0]]
    starts = [0, *(start for _, start, _ in begins[1:]), len(line.text)]
    return [
        (kind, line.start + start, line.start + len(line.text[:end].rstrip()))
        for (kind, _, _), (start, end) in zip(begins, pairwise(starts), strict=True)
    ]


def is_related_heading(line: Line) -> bool:
    """Say whether a line is a heading over links to other reports."""
    return vocabulary.related_rest(line.text, running=False) == ""


def is_section(bare: str) -> bool:
    """Say whether a line's core names a section."""
    parts = re.split(r" and | & |[،,] ?| و(?=\w)", bare)
    return vocabulary.is_listed("sections.txt", bare) or all(vocabulary.is_listed("sections.txt", p) for p in parts)


def is_counter(text: str) -> bool:
    """Say whether a line is numbers alone, or numbers with what they count.

    >>> [is_counter(line) for line in ("• 4", "عدد القراءات: 1,530", "5 min read", "ثلاث دقائق", "3 قتلى")]
    [True, True, True, False, False]
    """
    bare = fold(text)
    if len(bare) > 80 or not any(letter.isdigit() for letter in bare):
        return False
    rest = re.sub(r"[^\w\s]+", " ", _NUMBER.sub(" ", bare))
    words = " ".join(rest.split())
    return not words or vocabulary.is_row_of("counters.txt", words)


def is_byline(text: str) -> bool:
    """Say whether a line says who wrote: a known word with a colon, or a known word and a name.

    >>> [is_byline(line) for line in ("بقلم سامي كريم", "By Sam Karim", "كتب الوزير رسالة إلى المجلس", "By Monday")]
    [True, True, False, False]
    """
    words = text.split()
    if (_ROLES.match(text) and len(words) <= 40) or _INITIALS.fullmatch(text):
        return True
    if not 2 <= len(words) <= 10 or text.rstrip().endswith((".", ":")):
        return False
    if vocabulary.leads_with("bylines.txt", text):
        return len(words) <= 8
    folded = fold(text)
    if not _SIGNED.match(folded) or len(words) > 5:
        return False
    if folded.startswith(("by ", "written by ")):
        names = [word for word in words if word.lower() not in ("by", "written", "and")]
        return len(names) > 1 and not any(word[0].islower() for word in names)
    return folded.startswith("بقلم ") or is_name(" ".join(words[1:]))


def is_name(text: str) -> bool:
    """Say whether a short line is a person's name, by its first word.

    >>> is_name("سامي كريم"), is_name("الخارجية السورية")
    (True, False)
    """
    words = text.split()
    titles = {"د.", "أ.", "م.", "أ.د."}
    named = words[1:] if words and words[0] in titles else words
    return 2 <= len(named) <= 4 and vocabulary.is_listed("names.txt", core(named[0])) and not text.endswith((".", ":"))


def is_source(text: str) -> bool:
    """Say whether a line credits an outlet or agencies, bare, in brackets or after المصدر.

    >>> [is_source(line) for line in ("سيريانيوز", "(رويترز)", "المصدر: سانا + وكالات", "سانا قالت ذلك")]
    [True, True, True, False]
    """
    return bool(source_names(text))


def source_names(text: str) -> list[str]:
    """Return the outlets and agencies that a line credits, as written; none if it holds anything else."""
    marked = re.match(r"\W*(?:المصدر|المصادر|مصدر|نقلا عن|source|sources|via)\s*[:/|\-–]\s*", text, re.IGNORECASE)
    rest = text[marked.end() :] if marked else text
    names = [
        name.strip(" \t\u00a0()[]{}-–—.:،,/|•\u200e\u200f*+")
        for name in re.split(r"\s*[+/|،,&]\s*|\s+-\s+|\s+و(?=\w)", rest)
    ]
    names = [name for name in names if name]
    if marked and len(rest.split()) <= 5 and not rest.endswith("."):
        return names
    if len(text.split()) > 8 or not names or not all(is_outlet(name) or is_agency(name) for name in names):
        return []
    return names


def is_outlet(name: str) -> bool:
    """Say whether a name is a known outlet's."""
    return vocabulary.is_listed("outlets.txt", core(name))


def is_agency(name: str) -> bool:
    """Say whether a name is a known news agency's."""
    return vocabulary.is_listed("agencies.txt", core(name))


def is_caption(text: str, *, running: bool) -> bool:
    """Say whether a line says that it stands under a picture: a known word and a colon before it, a credit after it.

    >>> is_caption("صورة: سوق المدينة", running=False), is_caption("سوق المدينة القديم (أرشيف)", running=False)
    (True, True)
    """
    if len(text.split()) > 35:
        return False
    credit = _CREDITED.search(text)
    if credit is not None and credit.start() > 0 and not running and len(text.split()) > 2:
        name = credit.group(1)
        if is_agency(name) or vocabulary.is_listed("credits.txt", core(name)):
            return True
    named = vocabulary.begins_with_phrase("captions.txt", text) and not running
    return named or vocabulary.leads_with("captions.txt", text)
