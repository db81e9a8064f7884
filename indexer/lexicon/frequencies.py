"""The figures that rank the readings of a word: how common a headword is, and the shapes that words take."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from unicodedata import normalize
from zlib import crc32

VERSION = 1
"""Grows when words are read by other rules."""
_UNSEEN_HEADWORD = 0.05
_UNSEEN_SHAPE = 1e-5
_UNSEEN_FORM = 1e-4
_RARE = -4.0
_RARE_KINDS = {"abbreviation": -4.0, "interjection": -3.0, "past-passive": -0.7}


def headword_key(sense: str) -> str:
    """Return the key of a headword in `frequencies.tsv`: a checksum, so that the file holds nothing of the lexicon.

    >>> headword_key("majozarap_1")
    'bd50e512'
    """
    return f"{crc32(sense.encode()):08x}"


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Log weights: of headwords by key, of stems by class, of prefixes and suffixes by (class, shape).

    A class is part of speech, verb form and the stem's category, which says what endings it takes.
    """

    headwords: Mapping[str, float]
    forms: Mapping[str, float]
    prefixes: Mapping[tuple[str, str], float]
    suffixes: Mapping[tuple[str, str], float]
    unseen_headword: float
    unseen_shape: float

    def headword(self, sense: str) -> float:
        """Return the log weight of a headword."""
        return self.headwords.get(headword_key(sense), self.unseen_headword)

    def shape(self, inflection: str, prefix: str, suffix: str) -> float:
        """Return the log weight of a stem of this class being used, and having these affixes."""
        unseen = self.unseen_shape
        return (
            self.forms.get(inflection, 0.0)
            + self.prefixes.get((inflection, prefix), unseen)
            + self.suffixes.get((inflection, suffix), unseen)
        )


def from_counts(
    headwords: Mapping[str, float],
    forms: Mapping[str, float],
    prefixes: Mapping[tuple[str, str], float],
    suffixes: Mapping[tuple[str, str], float],
) -> Frequencies:
    """Turn counts (`forms`: shares) into log weights; affixes weigh as shares within their class."""
    total = sum(headwords.values()) or 1.0
    return Frequencies(
        headwords={key: math.log((count + _UNSEEN_HEADWORD) / total) for key, count in headwords.items()},
        forms={kind: math.log(max(share, _UNSEEN_FORM)) for kind, share in forms.items()},
        prefixes=_shares(prefixes),
        suffixes=_shares(suffixes),
        unseen_headword=math.log(_UNSEEN_HEADWORD / total),
        unseen_shape=math.log(_UNSEEN_SHAPE),
    )


NO_FREQUENCIES = Frequencies({}, {}, {}, {}, 0.0, 0.0)
"""Every headword and shape alike: where the estimation starts."""


def _shares(counts: Mapping[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    totals: dict[str, float] = {}
    for (kind, _), count in counts.items():
        totals[kind] = totals.get(kind, 0.0) + count
    return {
        key: math.log(max(count / totals[key[0]], _UNSEEN_SHAPE)) for key, count in counts.items() if totals[key[0]]
    }


def rarity(kind: str, *names: str) -> float:
    """Return how much rarer a stem is than it looks, as a logarithm: 0, or less when one of its names is listed."""
    listed = _rare()
    figures = [listed[name, part] for name in names for part in ("", kind) if (name, part) in listed]
    return min(figures, default=0.0) + _RARE_KINDS.get(kind, 0.0)


@cache
def _rare() -> dict[tuple[str, str], float]:
    rows = ([*row, "", ""][:3] for row in table_rows("rare.tsv"))
    return {(normalize("NFC", word), kind): float(figure or _RARE) for word, figure, kind in rows}


@cache
def families() -> dict[str, str]:
    """Return the headwords that belong to another headword, from `families.tsv`."""
    return {normalize("NFC", own): normalize("NFC", head) for own, head in table_rows("families.tsv")}


@cache
def shipped_frequencies() -> Frequencies:
    """Read the tables that ship with Sijill: `frequencies.tsv` and `shapes.tsv`."""
    headwords = {key: float(count) for key, count in table_rows("frequencies.tsv")}
    forms: dict[str, float] = {}
    sides: dict[str, dict[tuple[str, str], float]] = {"prefix": {}, "suffix": {}}
    for side, kind, shape, count in table_rows("shapes.tsv"):
        if side == "form":
            forms[kind] = float(count)
        else:
            sides[side][(kind, shape)] = float(count)
    return from_counts(headwords, forms, sides["prefix"], sides["suffix"])


@cache
def figures_checksum() -> int:
    """Return a checksum of the shipped tables that decide how a word is read."""
    checksum = VERSION
    for name in ("frequencies.tsv", "shapes.tsv", "rare.tsv", "families.tsv"):
        checksum = crc32(files("indexer.lexicon").joinpath(name).read_bytes(), checksum)
    return checksum


def table_rows(name: str) -> list[list[str]]:
    """Return the rows of a table of this package, without its comments."""
    text = files("indexer.lexicon").joinpath(name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
