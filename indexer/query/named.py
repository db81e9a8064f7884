"""Fields whose values are names: a place, an actor or an outlet may be asked for in any spelling of either language."""

from difflib import get_close_matches
from functools import cache

from archive.document import Note
from indexer.analysis import filter_value
from indexer.errors import QueryError
from indexer.gazetteer import GazetteerEntry, Kind, load_gazetteer
from indexer.gazetteer.keys import name_key
from indexer.mentions import FIELDS, field_of, meant, shown_names

_OUTLETS = (Kind.OUTLET, Kind.AGENCY)
_NEAREST = 3


def filter_values(field: str, value: str) -> tuple[str, ...]:
    """Return the values of the index that a field of a query asks for; any of them is enough.

    A place or an actor is its id in the gazetteer, an outlet each of its names. Raises `QueryError` (`unknown_place`,
    `unknown_actor`) for a name that the gazetteer lacks.

    >>> filter_values("place", "دير الزور"), filter_values("place", "Dayr az-Zawr")
    (('deir-ez-zor',), ('deir-ez-zor',))
    >>> "عنب بلدي" in filter_values("outlet", "Enab Baladi")
    True
    """
    if field in FIELDS:
        return (_entry(field, value).id,)
    if field == "outlet":
        gazetteer = load_gazetteer()
        entries = (entry for entry in (*gazetteer.by_arabic(value), *gazetteer.by_english(value)))
        names = [name for entry in entries if entry.kind in _OUTLETS for name in entry.names]
        return tuple(dict.fromkeys(filter_value(name) for name in (value, *names)))
    return (filter_value(value),)


def named_note(field: str, value: str) -> tuple[Note, ...]:
    """Return what a field of a query was read as: for a place or an actor its names, and how to ask for its namesakes.

    >>> named_note("actor", "قسد")
    (Note(code='named', args=('actor', 'Syrian Democratic Forces', 'قوات سوريا الديمقراطية')),)
    """
    if field not in FIELDS:
        return (Note("field", (field, value)),)
    entry, *others = meant(field, value) or (None,)
    if entry is None:
        return (Note("field", (field, value)),)
    notes = [Note("named", (field, *shown_names(entry)))]
    if others and entry.id != value:
        notes.append(Note("namesake", (shown_names(others[0])[0], f"{field}:{others[0].id}")))
    return tuple(notes)


def _entry(field: str, value: str) -> GazetteerEntry:
    found = meant(field, value)
    if found:
        return found[0]
    nearest = ", ".join(_nearest(field, value))
    near = f"The nearest is {nearest}. " if nearest else ""
    raise QueryError(
        f"The gazetteer knows no {field} called {value}. {near}To search for the word itself, leave out {field}: .",
        f"unknown_{field}",
        value,
        nearest,
    )


def _nearest(field: str, value: str) -> list[str]:
    keys = _keys(field)
    found = (keys[key] for key in get_close_matches(name_key(value)[:40], list(keys), _NEAREST, 0.75))
    return list(dict.fromkeys(found))


@cache
def _keys(field: str) -> dict[str, str]:
    return {
        name_key(name): name for entry in load_gazetteer().entries if field_of(entry) == field for name in entry.names
    }
