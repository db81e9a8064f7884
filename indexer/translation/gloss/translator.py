"""The translator that knows words but no sentences: an English line made of glosses, labelled as such."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise

from archive.document import Note
from archive.translation import AlignedPair, Origin
from indexer.errors import NoLexicon
from indexer.lexicon import Lexicon, load_lexicon
from indexer.translation.gloss.line import Piece, set_line
from indexer.translation.gloss.units import Kind, Reader, Unit, cut, join_expressions
from indexer.translation.translator import Draft, TranslatorInfo

VERSION = 1
"""Grows when the rules of the line change."""

_TABLES = (
    ("indexer.translation.gloss", ("function_words.tsv", "expressions.tsv", "preferred.tsv")),
    ("indexer.lexicon", ("frequencies.tsv", "shapes.tsv", "context.tsv", "rare.tsv")),
)
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

    `names` maps folded Arabic names (single spaces between words) to English. Raises `NoLexicon` when no lexicon is
    given and the extra isn't installed.
    """

    def __init__(self, lexicon: Lexicon | None = None, names: Mapping[str, str] | None = None) -> None:
        lexicon = lexicon or load_lexicon()
        if lexicon is None:
            raise NoLexicon('the lexicon is not installed; install it with `pip install "sijill[lexicon]"`')
        self._reader = Reader(lexicon)
        self._names = names or {}
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
        units = join_expressions(cut(text), self._names)
        self._reader.read(units)
        return units

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
        for name, english in sorted(self._names.items()):
            digest.update(f"{name}\t{english}\n".encode())
        return digest.hexdigest()[:16]


def gloss_words(text: str) -> list[GlossedWord]:
    """Return the English of each word or expression of a sentence. Raises `NoLexicon` without the extra."""
    return GlossTranslator().gloss_words(text)


def _known(unit: Unit) -> bool:
    return not (unit.kind is Kind.WORD and unit.function is None and unit.reading is None)


_CERTAIN = 0.9


def _write(pieces: Sequence[Piece]) -> tuple[str, list[AlignedPair]]:
    """Write the pieces as one line, and pair each with the Arabic that it stands for."""
    line: list[str] = []
    length = 0
    pairs: list[AlignedPair] = []
    open_quote = False
    written: list[tuple[str, Piece, bool]] = []
    for piece in pieces:
        text, spaced = piece.text, True
        if piece.unit is not None and piece.unit.kind is Kind.MARK:
            text = _MARKS.get(text, text)
            if text in '"“”':
                opening = text == "“" or (text == '"' and not open_quote)
                open_quote = opening
                spaced = opening
                text = '"'
                written.append((text, piece, spaced))
                continue
            spaced = text not in _CLOSING and (piece.unit.spaced or text in _OPENING)
        if text:
            written.append((text, piece, spaced))
    glued = True
    inside = False
    for text, piece, spaced in written:
        if spaced and not glued:
            line.append(" ")
            length += 1
        unit = piece.unit
        if unit is not None and unit.kind is not Kind.MARK:
            pairs.append(AlignedPair(unit.start, unit.end, length, length + len(text), round(_confidence(unit), 3)))
        line.append(text)
        length += len(text)
        if text == '"':
            inside = not inside
            glued = inside
        else:
            glued = text in _OPENING or (unit is not None and unit.kind is Kind.MARK and text in "/-@#_" and not spaced)
    return "".join(line), _merged(pairs)


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
