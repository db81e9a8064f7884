"""The English that an archive wants for its terms: names spelled one way, and the terms of a file.

A term is looked for in the Arabic, and its English in what the model wrote. Where another spelling of it stands, that
is exchanged, with its capital, its possessive and the article before it; where none stands, the line says so: nothing
is put into a sentence that the model wrote without it.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Self

from archive.document import Note
from archive.translation import AlignedPair
from indexer.errors import BadGlossary
from indexer.gazetteer import Gazetteer, GazetteerEntry, Kind, load_gazetteer
from indexer.translation.spelling import exchange, moved, same_name, spelling_key, written

LARGEST_FILE = 2**20
LONGEST_NAME = 200
_MARKED = re.compile(r"\s*\([^)]*\)$")
_ARABIC = re.compile(r"[\N{ARABIC LETTER KASHMIRI YEH}-\N{ARABIC LETTER YEH}]")


@dataclass(frozen=True, slots=True)
class Term:
    """Arabic names of one thing, the English wanted for it, and the spellings that are exchanged for that.

    `kept` are other English names of it, which may stand. A term is `asked` for when a file names it: then a line
    that gives it in no way says so.
    """

    arabic: tuple[str, ...]
    english: str
    variants: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    asked: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """Every English name."""
        return (self.english, *self.variants, *self.kept)


@dataclass(frozen=True, slots=True)
class Shaped:
    """A line after its terms: the English, its pairs where they are now, and the terms that it doesn't give."""

    text: str
    alignment: tuple[AlignedPair, ...] = ()
    notes: tuple[Note, ...] = ()


class Glossary:
    """Terms that shape machine lines: those given, and with `names` the gazetteer's spellings of names.

    The gazetteer's are spellings alone: whoever is called by two names keeps the one that the line gives.
    """

    def __init__(self, terms: Sequence[Term] = (), *, names: bool = True) -> None:
        self.terms = tuple(terms)
        self.names = names

    @classmethod
    def read(cls, file: Path) -> Self:
        """Read a file of terms: Arabic, a tab, the English wanted, and if need be a tab and other spellings of it.

        Several names stand with `|` between them; `#` begins a comment. The gazetteer's spellings hold for the names
        that the file doesn't give. Raises BadGlossary.
        """
        try:
            if file.stat().st_size > LARGEST_FILE:
                raise BadGlossary(f"the glossary {file} has more than {LARGEST_FILE // 2**20} MB; no list of terms has")
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except OSError as error:
            raise BadGlossary(f"the glossary {file} can't be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise BadGlossary(f"the glossary {file} is not UTF-8 text; save it as UTF-8") from error
        rows = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
        return cls([_read_term(line, f"line {number} of the glossary {file}") for number, line in rows])

    @classmethod
    def unpack(cls, packed: str) -> Self:
        """Return the glossary that `pack` packed."""
        names, rows = json.loads(packed)
        return cls([_term(tuple(arabic), english, tuple(variants)) for arabic, english, variants in rows], names=names)

    def pack(self) -> str:
        """Return the glossary as JSON.

        >>> Glossary((Term(("الدفاع المدني",), "Civil Defence", ("Civil Defense",)),), names=False).pack()
        '[false,[[["الدفاع المدني"],"Civil Defence",["Civil Defense"]]]]'
        """
        return _compact([self.names, [_row(term) for term in self.terms]])

    @cached_property
    def stamp(self) -> str:
        """The version of all terms together: it changes when any line might come out otherwise."""
        entries = load_gazetteer().entries if self.names else ()
        return _version([self.pack(), [_row(term) for entry in entries if (term := _spelled(entry.id))]])

    def plan(self, arabic: str) -> "Plan":
        """Return the terms that a sentence names, those given before the gazetteer's.

        >>> plan = Glossary().plan("وصلوا إلى ضواحي دير الزور")
        >>> plan.shape("They reached Dayr az-Zawr's outskirts.").text
        "They reached Deir ez-Zor's outskirts."
        """
        found: dict[Term, None] = {}
        spans: list[tuple[int, int]] = []
        for start, end, entry in self._given.find(arabic) if self._given else ():
            found[self.terms[int(entry.id)]] = None
            spans.append((start, end))
        for start, end, entry in load_gazetteer().find(arabic) if self.names else ():
            term = _spelled(entry.id)
            if term and not any(start < other_end and other_start < end for other_start, other_end in spans):
                found[term] = None
        return Plan(tuple(found))

    @cached_property
    def _given(self) -> Gazetteer | None:
        entries = (
            GazetteerEntry(str(number), Kind.WEAPON, term.arabic, (term.english,))
            for number, term in enumerate(self.terms)
        )
        return Gazetteer(tuple(entries)) if self.terms else None


@dataclass(frozen=True, slots=True)
class Plan:
    """The terms of one sentence."""

    terms: tuple[Term, ...]

    @property
    def version(self) -> str:
        """The version of the terms that this sentence's line may be shaped by; empty where there are none."""
        rows = sorted(_row(term) for term in self.terms if term.asked or term.variants)
        return _version(rows) if rows else ""

    def shape(self, english: str, alignment: Iterable[AlignedPair] = ()) -> Shaped:
        """Return a line with the wanted spellings, and a `glossary_unmet` for each term that is asked for in vain."""
        if not self.terms:
            return Shaped(english, tuple(alignment))
        names = [name for term in self.terms for name in term.names]
        changes, met = exchange(english, self._wanted(), names)
        notes = (
            Note("glossary_unmet", (term.arabic[0], term.english))
            for term in self.terms
            if term.asked and met.isdisjoint(map(spelling_key, term.names))
        )
        return Shaped(written(english, changes), tuple(moved(pair, changes) for pair in alignment), tuple(notes))

    def _wanted(self) -> dict[str, str | None]:
        """Return the spelling to write for each that may be met; None where terms want different ones."""
        wanted: dict[str, str | None] = {}
        for term in self.terms:
            for name in term.names:
                spelling = None if name in term.kept else term.english
                key = spelling_key(name)
                wanted[key] = spelling if wanted.setdefault(key, spelling) == spelling else None
        return wanted


def _read_term(line: str, where: str) -> Term:
    cells = [[name for part in cell.split("|") if (name := " ".join(part.split()))] for cell in line.split("\t")]
    if len(cells) not in (2, 3) or not cells[0] or len(cells[1]) != 1:
        raise BadGlossary(f"{where} is not Arabic, tab, the English wanted (tab, other spellings): {line!r}")
    if not all(_ARABIC.search(name) for name in cells[0]):
        raise BadGlossary(f"{where} does not begin with Arabic: {line!r}")
    if max(len(name) for names in cells for name in names) > LONGEST_NAME:
        raise BadGlossary(f"{where} holds a name of more than {LONGEST_NAME} letters")
    return _term(tuple(cells[0]), cells[1][0], tuple(cells[2]) if len(cells) == 3 else ())


def _term(arabic: tuple[str, ...], english: str, variants: tuple[str, ...]) -> Term:
    """Return a term with the other spellings that the gazetteer knows of it; other names of the thing may stand."""
    known = [name for one in arabic for entry in load_gazetteer().by_arabic(one) for name in entry.english]
    listed = {spelling_key(name) for name in (english, *variants)}
    others = [name for name in dict.fromkeys(known) if spelling_key(name) not in listed]
    spellings, kept = _parted(arabic, english, others)
    return Term(arabic, english, (*variants, *spellings), kept)


def _parted(arabic: Sequence[str], wanted: str, others: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the spellings of a wanted name, and the other names of the thing."""
    keys = {spelling_key(name) for name in others if same_name(arabic, wanted, name)}
    spellings = tuple(name for name in others if spelling_key(name) in keys)
    return spellings, tuple(name for name in others if spelling_key(name) not in keys)


@lru_cache(8192)
def _spelled(identity: str) -> Term | None:
    """Return a name of the gazetteer as a term: its spellings are exchanged, other names of the thing may stand."""
    entry = load_gazetteer().entry(identity)
    if entry is None or not (entry.is_place or entry.is_actor):
        return None
    wanted = _MARKED.sub("", entry.english[0])
    whole = [name for name in entry.english[1:] if wanted.startswith(f"{name} ")]
    wanted = max(whole, key=len, default=wanted) if entry.is_place else wanted  # Homs of Homs Governorate
    others = [name for name in entry.english if spelling_key(name) != spelling_key(wanted)]
    variants, kept = _parted(entry.arabic, wanted, others)
    return Term(entry.arabic, wanted, variants, kept, asked=False) if variants else None


def _row(term: Term) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    return (term.arabic, term.english, term.variants)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _version(value: object) -> str:
    return sha256(_compact(value).encode()).hexdigest()[:16]
