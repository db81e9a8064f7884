"""The names of an Arabic line that its English leaves out, as far as the gazetteer knows them."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from archive.document import Note
from archive.wordlists import read_rows
from indexer.analysis.folding import fold
from indexer.gazetteer import GazetteerEntry, Kind, Mention, load_gazetteer
from indexer.gazetteer.keys import forms, name_key, read_words
from indexer.names import likeness
from indexer.translation.trust.line import Line
from indexer.translation.trust.months import months

_HERE = "indexer.translation.trust"
_UNNAMED = frozenset((Kind.WEAPON, Kind.UNIT))
_OF_COUNTRIES = frozenset((Kind.MILITARY, Kind.STATE))
_ENDINGS = ("", "ه", "ون", "ين", "ات", "ان", "تين", "تان")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}/\d{1,2}")
_ALIKE = 0.8
_SHORTEST = 3
_WHOLE_WORD = 5
"""Letters from which a name is looked for inside words too: Syria in Syrian, Ezzor in Deirezzor."""

_STEM = 5


def name_notes(arabic: Line, english: Line) -> Iterator[Note]:
    """Yield a note for each name, with its English and Arabic, that the English doesn't give in any of its forms.

    >>> list(name_notes(Line("وصلوا من الرقة إلى الباغوز"), Line("They came from Raqqa")))
    [Note(code='name_missing', args=('Baghouz', 'الباغوز'))]
    """
    mentions = [mention for mention in load_gazetteer().find(arabic.text) if mention.entry.kind not in _UNNAMED]
    countries = list(_demonyms_in(arabic, mentions))
    if not mentions and not countries:
        return
    said = _Said(english)
    for mention in mentions:
        if not said.names(mention.entry, arabic.text[mention.start : mention.end]):
            yield Note("name_missing", (mention.entry.english[0], mention.entry.arabic[0]))
    for country, word in countries:
        if not said.names(country, word):
            yield Note("name_missing", (country.english[0], country.arabic[0]))


class _Said:
    """What an English line names, in any form."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._entries = {mention.entry.id for mention in load_gazetteer().find(line.text)}
        self._joined = "".join(line.keys)
        self._stems = {key[:_STEM] for key in line.keys}
        self._capitals = [word.key for word in line.words if word.latin and not word.text.islower()]

    def names(self, entry: GazetteerEntry, written: str) -> bool:
        """Say whether the line names an entry, or another thing of the name that stands in the Arabic."""
        alternatives = _alternatives(entry.id, written)
        if any(one.id in self._entries or self._spells(one.id) for one in alternatives):
            return True
        if entry.kind is Kind.MONTH:
            return self._gives_month(entry)
        if entry.kind in _OF_COUNTRIES and self._names_country_of(written):
            return True
        return self._sounds(written) or any(self._has_words_of(name) for name in entry.english)

    def _names_country_of(self, written: str) -> bool:
        """Say whether the country is named whose forces or government the Arabic means: American troops."""
        countries = (_country(fold(word)) for word in written.split()[1:])
        return any(country.id in self._entries or self._spells(country.id) for country in countries if country)

    def _spells(self, identity: str) -> bool:
        whole, inside = _spellings(identity)
        return not whole.isdisjoint(self._line.distinct) or any(name in self._joined for name in inside)

    def _sounds(self, written: str) -> bool:
        """Say whether the longest word that is the name's own is written out in Latin letters."""
        words = written.split()
        own = [word for word in words if len(words) == 1 or not _country(fold(word))]
        longest = max(own, key=len, default="")
        return any(_alike(longest, latin) for latin in self._capitals)

    def _has_words_of(self, name: str) -> bool:
        """Say whether the words of a name stand in another order or inflection: the army of Syria."""
        words = _stems(name)
        return len(words) > 1 and words <= self._stems

    def _gives_month(self, month: GazetteerEntry) -> bool:
        number = float(month.note.removeprefix("month "))
        if any(number in named.values for named in months(self._line)):
            return True
        return any(number in map(float, re.findall(r"\d+", date)) for date in _DATE.findall(self._line.text))


@lru_cache(maxsize=4096)
def _alternatives(identity: str, written: str) -> tuple[GazetteerEntry, ...]:
    """Return an entry with all others that the same Arabic may mean."""
    gazetteer = load_gazetteer()
    entry = gazetteer.entry(identity)
    others = gazetteer.by_arabic(written)
    return tuple({one.id: one for one in (*((entry,) if entry else ()), *others)}.values())


@lru_cache(maxsize=4096)
def _spellings(identity: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the keys that name an entry: those that are whole words, and those long enough to stand in others."""
    entry = load_gazetteer().entry(identity)
    plain = [name for name in entry.english if not (name in entry.guards and name.isupper())] if entry else []
    names = (*plain, *_english_demonyms().get(identity, ()))  # IS and US are read in capitals alone, by the gazetteer
    keys = {name_key(name) for name in names}
    return frozenset(keys), tuple(key for key in keys if len(key) >= _WHOLE_WORD)


@lru_cache(maxsize=4096)
def _stems(name: str) -> frozenset[str]:
    return frozenset(word.key[:_STEM] for word in read_words(name) if word.key not in ("al", "the", "of", "and", "in"))


@lru_cache(maxsize=65536)
def _alike(arabic: str, latin: str) -> bool:
    if len(latin) < _SHORTEST:
        return False
    folded = fold(arabic.strip("\"'“”«»()،.:"))
    names = {form.key.removeprefix("ال") for form in forms(folded)} if folded else set()
    return any(len(name) >= _SHORTEST and likeness(name, latin) >= _ALIKE for name in names)


@cache
def _english_demonyms() -> dict[str, tuple[str, ...]]:
    return {row[0]: tuple(row[1].split(",")) for row in read_rows(_HERE, "demonyms.tsv")}


@cache
def _arabic_demonyms() -> dict[str, GazetteerEntry]:
    """Return the country by each form of its adjective."""
    table = {}
    for identity, _, *adjectives in read_rows(_HERE, "demonyms.tsv"):
        country = load_gazetteer().entry(identity)
        if country is None:
            continue
        for adjective in adjectives[0].split(",") if adjectives and adjectives[0] else ():
            for ending in _ENDINGS:
                for article in ("", "ال"):
                    table[article + fold(adjective) + ending] = country
    return table


def _demonyms_in(line: Line, mentions: Iterable[Mention]) -> Iterator[tuple[GazetteerEntry, str]]:
    """Yield the countries whose adjectives stand in a line outside other names."""
    for word in line.words:
        country = None if word.latin else _country(word.key)
        if country is None or word.text.endswith("ى"):  # اليمنى is the right
            continue
        if not any(mention.start <= word.start < mention.end for mention in mentions):
            yield country, word.text


@lru_cache(maxsize=65536)
def _country(key: str) -> GazetteerEntry | None:
    if len(key) <= _SHORTEST:
        return None
    table = _arabic_demonyms()
    return next((table[form.key] for form in forms(key) if form.key in table), None)
