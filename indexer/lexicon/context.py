"""Choosing among the readings of a word by the words beside it.

Each reading begins and ends as some class of word (a preposition before, a definite noun after …). How much likelier
or less likely one class follows another than by chance was estimated together with the frequencies.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from indexer.lexicon.frequencies import table_rows
from indexer.lexicon.lexicon import Analysis, headword
from indexer.lexicon.reading import Affix, AffixKind, PartOfSpeech, Tense

BOUNDARY = "^"
"""The class of the start and end of a sentence."""
COMMA = ","
"""The class of a pause within a sentence."""
FIGURE = "#"
"""The class of a number in digits."""
UNKNOWN = "?"
"""The class of a word that the lexicon doesn't hold, and of words in other scripts."""

_NOMINAL = {
    PartOfSpeech.NOUN: "n",
    PartOfSpeech.ADJECTIVE: "a",
    PartOfSpeech.NAME: "m",
    PartOfSpeech.NUMBER: "n",
}
_OPEN = {
    PartOfSpeech.ADVERB: "adverb",
    PartOfSpeech.INTERJECTION: "interjection",
    PartOfSpeech.ABBREVIATION: "abbreviation",
}


def classes(analysis: Analysis) -> tuple[str, str]:
    """Return the class that a reading shows to the word before it and the one it shows to the word after it."""
    core = _core(analysis)
    before = core
    kinds = [affix.kind for affix in analysis.prefix.affixes]
    if AffixKind.PREPOSITION in kinds:
        before = "p-" + core[:1]
    if AffixKind.CONJUNCTION in kinds:
        before = "&" + before
    return before, core


def _core(analysis: Analysis) -> str:
    stem = analysis.stem
    letter = _NOMINAL.get(stem.part_of_speech)
    if letter:
        return letter + _number(analysis.suffix.affixes) + _state(analysis)
    if stem.tense is not None:
        return _verb(analysis, stem.tense)
    return _OPEN.get(stem.part_of_speech) or headword(stem)


def _number(suffixes: Sequence[Affix]) -> str:
    for affix in suffixes:
        if affix.kind is AffixKind.DUAL:
            return "2"
        if affix.kind is AffixKind.PLURAL:
            return "f" if affix.person == "f" else "p"
        if affix.kind is AffixKind.FEMININE:
            return "f"
    return "m"


def _state(analysis: Analysis) -> str:
    if any(affix.kind is AffixKind.ARTICLE for affix in analysis.prefix.affixes):
        return "d"
    for affix in analysis.suffix.affixes:
        if affix.kind is AffixKind.POSSESSIVE:
            return "s"
        if affix.kind is AffixKind.ACCUSATIVE:
            return "x"
        if affix.bound:
            return "b"
    return "i"


def _verb(analysis: Analysis, tense: Tense) -> str:
    affixes = (*analysis.prefix.affixes, *analysis.suffix.affixes)
    if any(affix.kind is AffixKind.FUTURE for affix in affixes):
        return "v-future"
    if any(affix.kind is AffixKind.PURPOSE for affix in affixes):
        return "v-purpose"
    person = next((affix.person for affix in affixes if affix.kind is AffixKind.SUBJECT and affix.person), "3ms")
    voice = "-passive" if analysis.stem.passive else ""
    return f"v{person[:1]}-{tense}{voice}"


Affinity = Mapping[str, Mapping[str, float]]
"""By the class of the word before, then that of the word after: log of how much oftener than by chance they meet."""


@cache
def shipped_affinity() -> Affinity:
    """Read the table that ships with Sijill: `context.tsv`."""
    table: dict[str, dict[str, float]] = {}
    for before, after, figure in table_rows("context.tsv"):
        table.setdefault(before, {})[after] = float(figure) / 100
    return table


Choice = tuple[str, str, float]
"""A candidate for one place: its class to the left, its class to the right, its log weight."""


def best_choices(places: Sequence[Sequence[Choice]], affinity: Affinity) -> list[int]:
    """Return for each place the number of the candidate on the best path through a sentence (Viterbi).

    A place with no candidates counts as an unknown word, and gets 0.
    """
    empty: Mapping[str, float] = {}
    scores = [0.0]
    follows: list[Mapping[str, float]] = [affinity.get(BOUNDARY, empty)]
    traces: list[list[int]] = []
    for candidates in places:
        trace: list[int] = []
        reached: list[float] = []
        for left, _, weight in candidates or ((UNKNOWN, UNKNOWN, 0.0),):
            best, origin = max(
                (score + follow.get(left, 0.0), -place)
                for place, (score, follow) in enumerate(zip(scores, follows, strict=True))
            )
            reached.append(best + weight)
            trace.append(-origin)
        traces.append(trace)
        scores = reached
        follows = [affinity.get(right, empty) for _, right, _ in candidates or ((UNKNOWN, UNKNOWN, 0.0),)]
    _, place = max(
        (
            (score + follow.get(BOUNDARY, 0.0), -place)
            for place, (score, follow) in enumerate(zip(scores, follows, strict=True))
        ),
    )
    chosen: list[int] = []
    place = -place
    for trace in reversed(traces):
        chosen.append(place)
        place = trace[place]
    return chosen[::-1]
