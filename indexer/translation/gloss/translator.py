"""The translator that knows words but no sentences: an English line made of glosses, labelled as such."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise

from archive.document import Note
from archive.translation import AlignedPair, Origin
from indexer.errors import NoLexicon
from indexer.gazetteer import Gazetteer, GazetteerEntry, Mention, load_gazetteer
from indexer.gazetteer import Kind as GazetteerKind
from indexer.lexicon import Lexicon, load_lexicon
from indexer.translation.gloss.line import Piece, set_line
from indexer.translation.gloss.tables import fold_word
from indexer.translation.gloss.units import Kind, Reader, Unit, cut, join_expressions
from indexer.translation.translator import Draft, TranslatorInfo

VERSION = 1
"""Grows when the rules of the line change."""

_TABLES = (
    (
        "indexer.translation.gloss",
        (
            "function_words.tsv",
            "expressions.tsv",
            "preferred.tsv",
            "english_words.tsv",
            "verb_prepositions.tsv",
            "undergone.txt",
        ),
    ),
    ("indexer.gazetteer", ("gazetteer.tsv", "cues.tsv")),
    ("indexer.lexicon", ("frequencies.tsv", "shapes.tsv", "context.tsv", "rare.tsv")),
)
_NAMED = frozenset(kind.value for kind in GazetteerKind if kind.value.startswith(("place.", "actor.person", "month")))
_MARKS = {
    "،": ",",
    "؛": ";",
    "؟": "?",
    "«": "“",
    "»": "”",
    "٪": "%",
    "۔": ".",
    "٫": ".",
    "٬": ",",
    "„": "“",
}
_CLOSING = frozenset(",.;:?!)]}”’%…")
_OPENING = frozenset("([{“‘")


@dataclass(frozen=True, slots=True)
class GlossedWord:
    """A run of Arabic words and its English; `known` is False where the English is only a romanisation.

    `start` and `end` are offsets into the sentence.
    """

    start: int
    end: int
    gloss: str
    known: bool


class GlossTranslator:
    """Gives each sentence a word-by-word English line. Never an invented sentence: origin `gloss`.

    Raises `NoLexicon` when no lexicon is given and the extra isn't installed.
    """

    def __init__(self, lexicon: Lexicon | None = None, gazetteer: Gazetteer | None = None) -> None:
        lexicon = lexicon or load_lexicon()
        if lexicon is None:
            raise NoLexicon('the lexicon is not installed; install it with `pip install "sijill[lexicon]"`')
        self._reader = Reader(lexicon)
        self._gazetteer = gazetteer or load_gazetteer()
        self._info = TranslatorInfo("gloss", "word by word", self._hash(), Origin.GLOSS)

    @property
    def info(self) -> TranslatorInfo:
        """Who translates."""
        return self._info

    def translate(self, texts: Sequence[str]) -> Iterator[tuple[int, Draft]]:
        """Yield each text's position with its line, in order. A text without a word gets a `nothing_to_translate`."""
        for position, text in enumerate(texts):
            yield position, self._draft(text)

    def gloss_words(self, text: str) -> list[GlossedWord]:
        """Return the English of each word or expression of a sentence, in the order of the Arabic."""
        english: dict[int, list[str]] = {}
        units = self._units(text)
        for piece in set_line(units):
            if piece.unit is not None and piece.text:
                english.setdefault(piece.unit.start, []).append(piece.text)
        return [
            GlossedWord(unit.start, unit.end, " ".join(english[unit.start]), _known(unit))
            for unit in units
            if unit.kind is not Kind.MARK and unit.start in english
        ]

    def _units(self, text: str) -> list[Unit]:
        units = join_expressions(cut(text), self._names(text))
        self._reader.read(units)
        return units

    def _names(self, text: str) -> dict[int, tuple[int, GazetteerEntry]]:
        """Return the names in a text by where they begin: places, and others under the name that they are listed by.

        An actor's other names are left to the words themselves, so that the line says no more than the text.
        """
        return {
            mention.start: (mention.end, mention.entry)
            for mention in self._gazetteer.find(text)
            if mention.entry.kind.value in _NAMED or _said(mention, text)
        }

    def _draft(self, text: str) -> Draft:
        line, pairs = _write(set_line(self._units(text)))
        if not any(letter.isalnum() for letter in line):
            return Draft("", problem=Note("nothing_to_translate"))
        return Draft(line, alignment=tuple(pairs))

    def _hash(self) -> str:
        digest = sha256(f"gloss {VERSION}\n".encode())
        for package, names in _TABLES:
            for name in names:
                digest.update(files(package).joinpath(name).read_bytes())
        return digest.hexdigest()[:16]


def gloss_words(text: str) -> list[GlossedWord]:
    """Return the English of each word or expression of a sentence. Raises `NoLexicon` without the extra."""
    return GlossTranslator().gloss_words(text)


def _said(mention: Mention, text: str) -> bool:
    """Whether the text names an entry as it is listed first."""
    return fold_word(mention.entry.arabic[0]) in fold_word(text[mention.start : mention.end])


def _known(unit: Unit) -> bool:
    return not (unit.kind is Kind.WORD and unit.function is None and unit.reading is None)


_CERTAIN = 0.9


def _write(pieces: Sequence[Piece]) -> tuple[str, list[AlignedPair]]:
    """Write the pieces as one line, and pair each with the Arabic that it stands for."""
    line: list[str] = []
    length = 0
    pairs: list[AlignedPair] = []
    written = _spaced(pieces)
    glued = True
    for text, piece, before, after in written:
        if before and not glued:
            line.append(" ")
            length += 1
        unit = piece.unit
        if unit is not None and unit.kind is not Kind.MARK:
            pairs.append(AlignedPair(unit.start, unit.end, length, length + len(text), round(_confidence(unit), 3)))
        line.append(text)
        length += len(text)
        glued = not after
    return "".join(line), _merged(pairs)


_ENDING = frozenset(".,،؛;:?؟!)…")
_QUOTES = frozenset('"“”„«»')
_TIGHT = frozenset("/-@#_$&+=*<>\\~^")


def _spaced(pieces: Sequence[Piece]) -> list[tuple[str, Piece, bool, bool]]:
    """Return the texts to write, and whether there is a space before and after each."""
    written: list[tuple[str, Piece, bool, bool]] = []
    inside = False
    marks = [piece for piece in pieces if piece.text]
    for place, piece in enumerate(marks):
        unit = piece.unit
        if unit is None or unit.kind is not Kind.MARK:
            written.append((piece.text, piece, True, True))
            continue
        following = marks[place + 1].unit if place + 1 < len(marks) else None
        touching = following is not None and following.start == unit.end
        if piece.text in _QUOTES:
            inside = _opens(unit, following, inside=inside)
            written.append(('"', piece, inside, not inside))
        elif piece.text in _OPENING:
            written.append((piece.text, piece, True, False))
        elif piece.text in _TIGHT:
            written.append((piece.text, piece, unit.spaced, not touching))
        else:
            text = _MARKS.get(piece.text, piece.text)
            written.append((text, piece, unit.spaced and text not in _CLOSING, True))
    return written


def _opens(unit: Unit, following: Unit | None, *, inside: bool) -> bool:
    """Whether a quotation mark opens: by its shape and the space around it, else by whether a quotation is open."""
    touching = following is not None and following.start == unit.end
    before_mark = touching and following is not None and following.kind is Kind.MARK and following.text in _ENDING
    if unit.text in "“«„":
        return unit.spaced or not inside
    if unit.text in "”»" or before_mark:
        return unit.spaced and touching and not before_mark and not inside
    if unit.spaced != touching:
        return not inside
    return unit.spaced


def _confidence(unit: Unit) -> float:
    if unit.kind is not Kind.WORD or unit.function is not None:
        return _CERTAIN
    return min(_CERTAIN, unit.share) if unit.reading is not None else 0.5


def _merged(pairs: list[AlignedPair]) -> list[AlignedPair]:
    """Join the runs of one word that stand side by side."""
    merged = pairs[:1]
    for before, pair in pairwise(pairs):
        if (pair.source_start, pair.source_end) == (before.source_start, before.source_end):
            last = merged[-1]
            merged[-1] = AlignedPair(
                last.source_start, last.source_end, last.target_start, pair.target_end, last.confidence
            )
        else:
            merged.append(pair)
    return merged
