"""Word cards: a word taken apart, through every level, with what the lexicon and the gazetteer know of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.analysis import Analyzer, Forms, Level, Script, Step, Token, script
from indexer.analysis.letters import MARKS
from indexer.gazetteer import Gazetteer, GazetteerEntry
from indexer.lexicon import LexicalReading, Lexicon
from indexer.lexicon.context import BOUNDARY, COMMA, FIGURE, Choice, best_choices, classes, shipped_affinity

MOST_READINGS = 4
"""Readings shown of a word, the likeliest; those that differ in vowels alone count as one."""

LEAST_SHARE = 0.01
"""The share of a reading that is worth showing."""

_PAUSES = frozenset(",،؛;()")
_STOPS = frozenset(".!?؟:…\n")
_FAR = 9.0


@dataclass(frozen=True, slots=True)
class WordCard:
    """A word of a text.

    `steps` lead from the written form through the levels, each with its rule. `readings` are the lexicon's, the one
    that the words beside it make likeliest first; their `weight` is the share among the readings of the word alone.
    `names` are the entries of the gazetteer that the word may name by itself or together with its neighbours.
    """

    token: Token
    steps: tuple[Step, ...]
    readings: tuple[LexicalReading, ...]
    names: tuple[GazetteerEntry, ...]


def word_cards(text: str, analyzer: Analyzer, lexicon: Lexicon | None, gazetteer: Gazetteer) -> tuple[WordCard, ...]:
    """Return a card for each word of a text, in order.

    >>> from indexer.gazetteer import load_gazetteer
    >>> (card,) = word_cards("الباغوز", Analyzer(), None, load_gazetteer())
    >>> [entry.id for entry in card.names], [str(step.level) for step in card.steps]
    (['baghouz'], ['exact', 'light', 'light'])
    """
    tokens = analyzer.analyze(text)
    readings = _readings(text, tokens, lexicon)
    named = _named(text, tokens, gazetteer)
    return tuple(
        WordCard(token, _steps(token, analyzer), found, names)
        for token, found, names in zip(tokens, readings, named, strict=True)
    )


def parts(reading: LexicalReading) -> tuple[tuple[str, str], ...]:
    """Return the letters of a word in its parts as (text, what it is); endings that are vowels alone are left out.

    والمدنيين is و, a conjunction; ال, the article; the stem مدني; ين of the plural.
    """
    whole = [(affix.text, str(affix.kind)) for affix in reading.prefixes]
    whole += [(reading.stem, "stem"), *((affix.text, str(affix.kind)) for affix in reading.suffixes)]
    bare = ((unvowelled(text), kind) for text, kind in whole)
    return tuple((text, kind) for text, kind in bare if text)


def unvowelled(word: str) -> str:
    """Return a word without its vowel marks, as it is typed to search for it.

    >>> unvowelled("مَجْزَرَة")
    'مجزرة'
    """
    return "".join(letter for letter in word if letter not in MARKS)


def _steps(token: Token, analyzer: Analyzer) -> tuple[Step, ...]:
    steps = analyzer.trace(token.text)
    forms = analyzer.forms(token.text)
    reached = {step.level for step in steps}
    more = _further(forms) if forms is not None else ()
    return (*steps, *(step for step in more if step.level not in reached))


def _further(forms: Forms) -> Iterator[Step]:
    """Yield the steps beyond the letters: headwords, the bare stem, skeletons of a name, English."""
    yield from (Step(Level.LEMMA, lemma, "headword") for lemma in forms.lemmas)
    if forms.lemmas and forms.light:
        yield Step(Level.STEM, forms.light, "stem_alone")
    skeletons = dict.fromkeys(skeleton for skeleton, _ in forms.names)
    yield from (Step(Level.NAME, skeleton, "skeleton") for skeleton in skeletons)
    if forms.glosses:
        yield Step(Level.GLOSS, ", ".join(forms.glosses), "dictionary")


def _readings(text: str, tokens: Sequence[Token], lexicon: Lexicon | None) -> list[tuple[LexicalReading, ...]]:
    if lexicon is None:
        return [()] * len(tokens)
    found = [lexicon.readings(token.text) if script(token.text) is Script.ARABIC else () for token in tokens]
    chosen = _chosen(text, tokens, lexicon) if len(tokens) > 1 else [0] * len(tokens)
    return [_distinct(readings, first) for readings, first in zip(found, chosen, strict=True)]


def _chosen(text: str, tokens: Sequence[Token], lexicon: Lexicon) -> list[int]:
    """Return for each word the number of the reading that goes best with the words beside it."""
    places: list[Sequence[Choice]] = []
    where: list[int] = []
    numbers: list[list[int]] = []
    for number, token in enumerate(tokens):
        if number:
            between = set(text[tokens[number - 1].end : token.start])
            pause = BOUNDARY if between & _STOPS else COMMA if between & _PAUSES else None
            if pause:
                places.append([(pause, pause, 0.0)])
        where.append(len(places))
        kept, candidates = _candidates(token, lexicon)
        numbers.append(kept)
        places.append(candidates)
    best = best_choices(places, shipped_affinity())
    return [kept[best[place]] if kept else 0 for place, kept in zip(where, numbers, strict=True)]


def _candidates(token: Token, lexicon: Lexicon) -> tuple[list[int], list[Choice]]:
    if script(token.text) is Script.NUMBER:
        return [], [(FIGURE, FIGURE, 0.0)]
    if script(token.text) is not Script.ARABIC:
        return [], []
    analyses = lexicon.analyses(token.text)
    top = analyses[0].weight if analyses else 0.0
    kept = [number for number, analysis in enumerate(analyses) if analysis.weight > top - _FAR]
    return kept, [(*classes(analyses[number]), analyses[number].weight - top) for number in kept]


def _distinct(readings: Sequence[LexicalReading], first: int) -> tuple[LexicalReading, ...]:
    """Return the readings that differ in more than vowels, `first` before the others, with their shares added up."""
    ordered = [readings[first], *readings[:first], *readings[first + 1 :]] if readings else []
    best: dict[tuple[str, str, tuple[str, ...]], LexicalReading] = {}
    for reading in ordered:
        key = (reading.lemma, reading.part_of_speech, reading.glosses)
        known = best.get(key)
        best[key] = reading if known is None else replace(known, weight=known.weight + reading.weight)
    kept = list(best.values())
    rest = sorted(kept[1:], key=lambda reading: -reading.weight)
    return tuple(kept[:1] + [reading for reading in rest if reading.weight >= LEAST_SHARE])[:MOST_READINGS]


def _named(text: str, tokens: Sequence[Token], gazetteer: Gazetteer) -> list[tuple[GazetteerEntry, ...]]:
    """Return for each word what it names: the name that it is part of first, then what it can name alone."""
    mentions = gazetteer.find(text)
    found = []
    for token in tokens:
        met = [mention.entry for mention in mentions if mention.start < token.end and token.start < mention.end]
        alone = (*gazetteer.by_arabic(token.text), *gazetteer.by_english(token.text))
        found.append(tuple({entry.id: entry for entry in (*met, *alone)}.values()) if not token.stop or met else ())
    return found
