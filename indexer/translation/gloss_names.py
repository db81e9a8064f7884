"""The names that a word-by-word line writes as English does, from the gazetteer."""

from indexer.gazetteer import GazetteerEntry, Kind, load_gazetteer
from indexer.translation.gloss.tables import fold_word

_SPELLED_ALIKE = frozenset({Kind.PERSON, Kind.AGENCY, Kind.OUTLET, Kind.MONTH})


def gloss_names() -> dict[str, str]:
    """Return folded Arabic names with the English of each.

    A place, a person or a month is the same under all its names. Whoever acts is not: what a text calls them is its
    own wording (`عصابات` before a name), so only the name that stands first in the table is taken. Names that are
    everyday words too are left to the lexicon.

    >>> gloss_names()["الباغوز"]
    'Baghouz'
    """
    entries = reversed(load_gazetteer().entries)
    return {_folded(name): entry.english[0] for entry in entries for name in _names(entry)}


def _names(entry: GazetteerEntry) -> list[str]:
    if not (entry.is_place or entry.is_actor or entry.kind in _SPELLED_ALIKE) or not entry.english:
        return []
    names = entry.arabic if entry.is_place or entry.kind in _SPELLED_ALIKE else entry.arabic[:1]
    return [name for name in names if name not in entry.guards]


def _folded(name: str) -> str:
    return " ".join(fold_word(word) for word in name.split())
