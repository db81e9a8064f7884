"""Other names of what a query names, and Arabic words that a Latin spelling may stand for."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

from indexer.analysis import Analyzer, Level, Script, Term, script
from indexer.analysis.analyzer import JOIN
from indexer.gazetteer import Gazetteer, GazetteerEntry, Kind
from indexer.gazetteer.keys import bare_spellings, name_key, read_words
from indexer.names import latin_skeletons
from indexer.names.everyday import is_everyday
from indexer.names.index import Candidate, NameIndex, best_matches, normalise_spelling
from indexer.query.expansion import Terms
from indexer.query.forms import Keys, phrase_keys, word_keys

MOST_WORDS = 5
"""Words of a query that are read as one name, at most."""

MOST_SOUNDED = 2
"""Words of a query that are compared by sound as one name, at most."""

LEAST_ALIKE = 0.92
"""How well a spelling that isn't listed must fit a name of the gazetteer to be taken for it."""

_AS_LIKELY = 0.02

MOST_NAMES = 16
"""Other names that one name is looked for under, at most."""

MOST_CANDIDATES = 200
"""Words of the index with one skeleton that are compared with a spelling, the most frequent."""

LEAST_SPELLING = 3
"""Letters of a Latin spelling below which it is looked up in the gazetteer alone."""


_COMMON_NOUNS = frozenset({Kind.WEAPON, Kind.UNIT})
"""Entries that gather words for a kind of thing: its English, but no other names of each other."""


class Other(NamedTuple):
    """Another name of what is typed, and the level at which it is met."""

    name: str
    level: Level


def other_names(
    gazetteer: Gazetteer, words: Sequence[str], everyday: Callable[[str], bool] = str.islower
) -> dict[int, tuple[Other, ...]]:
    """Return the other names of what runs of words name, for each word of a run; the longest run counts.

    A Latin spelling that isn't listed is compared with the Arabic names by sound, unless one of its words is everyday.

    >>> from indexer.gazetteer import load_gazetteer
    >>> found = other_names(load_gazetteer(), ["Deir", "ez-Zor"])
    >>> found[0] == found[1], Other("دير الزور", Level.NAME) in found[0]
    (True, True)
    >>> other_names(load_gazetteer(), ["سورية"])[0][0]
    Other(name='سوريا', level=<Level.VARIANT: 'variant'>)
    """
    found: dict[int, tuple[Other, ...]] = {}
    first = 0
    while first < len(words):
        for count in range(min(MOST_WORDS, len(words) - first), 0, -1):
            typed = words[first : first + count]
            others = tuple(dict.fromkeys(_others(gazetteer, " ".join(typed))))[:MOST_NAMES]
            if not others and count <= MOST_SOUNDED and not any(everyday(word) for word in typed):
                others = _sounding(gazetteer, " ".join(typed))
            if others:
                found.update(dict.fromkeys(range(first, first + count), others))
                first += count - 1
                break
        first += 1
    return found


def _others(gazetteer: Gazetteer, typed: str) -> Iterator[Other]:
    arabic = script(typed.split()[0]) is Script.ARABIC
    for entry in gazetteer.by_arabic(typed) if arabic else gazetteer.by_english(typed):
        if not _is_plain(entry, typed, arabic=arabic):
            continue
        common = entry.kind in _COMMON_NOUNS
        for name in () if arabic else entry.arabic:
            yield Other(name, Level.GLOSS if common else Level.NAME)
        if common:
            continue
        for name in entry.arabic if arabic else entry.english:
            if name not in entry.guards and not _holds(name, typed):
                yield Other(name, Level.VARIANT)


def _sounding(gazetteer: Gazetteer, typed: str) -> tuple[Other, ...]:
    """Return the Arabic names of the gazetteer that a Latin spelling sounds like."""
    plain = normalise_spelling(typed)
    if script(typed.split()[0]) is Script.ARABIC or len(plain) < LEAST_SPELLING:
        return ()
    index, names = _by_sound(gazetteer)
    matches = [match for match in index.lookup(plain) if match.likeness >= LEAST_ALIKE]
    best = [match.word for match in matches if match.likeness >= matches[0].likeness - _AS_LIKELY]
    return tuple(Other(name, Level.NAME) for word in best for name in names[word])[:MOST_NAMES]


@cache
def _by_sound(gazetteer: Gazetteer) -> tuple[NameIndex, dict[str, tuple[str, ...]]]:
    """Return the Arabic names of places and actors by sound, spelled as one word, and the names so spelled."""
    names: dict[str, dict[str, None]] = {}
    for entry in gazetteer.entries:
        if entry.is_place or entry.is_actor:
            for name in entry.arabic:
                names.setdefault(_joined(name), {})[name] = None
    return NameIndex(Candidate(word, 1, 1.0) for word in names), {word: tuple(found) for word, found in names.items()}


def _joined(name: str) -> str:
    """Return a name as one word, as spellings that join its words sound: no article, no silent letter within.

    >>> _joined("القرة داغي")
    'قرداغي'
    """
    *words, last = (word.key for word in read_words(name))
    return "".join([*(word.removesuffix("ه") for word in words), last]).removeprefix("ال")


def _holds(name: str, typed: str) -> bool:
    """Say whether a name holds what was typed, which therefore meets it by itself."""
    words = [word.key for word in read_words(name)]
    return any(word.key in words or name_key(typed) == name_key(name) for word in read_words(typed))


def _is_plain(entry: GazetteerEntry, typed: str, *, arabic: bool) -> bool:
    """Say whether a name typed alone means the entry: no everyday word in Arabic, no acronym in small letters."""
    spelled = set(bare_spellings(read_words(typed)))
    guarded = [name for name in entry.guards if name_key(name) in spelled]
    if arabic:
        return not guarded
    return typed.isupper() or not any(name.isupper() for name in guarded)


def name_keys(name: str, level: Level, analyzer: Analyzer) -> list[Keys]:
    """Return for each word of a name the terms that meet it, all at one level; remembered with the analyzer."""
    known = _KEYS.setdefault(analyzer, {})
    if (name, level) not in known:
        known[name, level] = _name_keys(name, level, analyzer)
    return known[name, level]


_KEYS: WeakKeyDictionary[Analyzer, dict[tuple[str, Level], list[Keys]]] = WeakKeyDictionary()
"""The gazetteer's names are few, so that every name asked for can be kept as long as its analyzer."""


def _name_keys(name: str, level: Level, analyzer: Analyzer) -> list[Keys]:
    tokens = analyzer.analyze(name)
    found: list[Keys] = []
    for number, token in enumerate(tokens):
        forms = analyzer.forms(token.text)
        if forms is None:
            found.append({})
        elif len(tokens) > 1:
            found.append(dict.fromkeys(phrase_keys(forms, analyzer, first=number == 0), level))
        else:
            closest = Level.LIGHT if forms.script is Script.ARABIC else Level.FOLDED
            keys = word_keys(forms, analyzer)
            found.append({key: level for key, met in keys.items() if met.rank <= closest.rank})
    return found


def spelling_keys(spelling: str, analyzer: Analyzer, terms: Terms, *, named: bool = False) -> Keys:
    """Return the terms of Arabic words of the index that a Latin spelling may stand for, by sound.

    None for an everyday English word, which is met by its meaning, unless it is written as a name is (`named`).
    """
    plain = normalise_spelling(spelling)
    if len(plain) < LEAST_SPELLING or (not named and is_everyday(spelling, analyzer.lexicon)):
        return {}
    candidates: dict[str, Candidate] = {}
    keys: dict[str, list[str]] = {}
    for skeleton in latin_skeletons(plain):
        for key, count in terms(Term(Level.NAME, skeleton + JOIN).key, MOST_CANDIDATES):
            word = key.partition(JOIN)[2]
            candidates[word] = Candidate(word, count, _likely_name(word, analyzer))
            keys.setdefault(word, []).append(key)
    return {key: Level.NAME for match in best_matches(candidates.values(), plain) for key in keys[match.word]}


def _likely_name(word: str, analyzer: Analyzer) -> float:
    """Return how likely a word is a name: one that the lexicon lacks surely, a nisba (القذافي) as likely as not."""
    meaning = analyzer.meaning(word)
    if meaning is None:
        return 1.0
    return max(meaning.name, 0.5 if word.endswith("ي") else 0.0)
