"""What the gazetteer holds: an entry, its names in both languages, and how far each name can be trusted alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self


class Kind(StrEnum):
    """What an entry is. Places and actors are told by what stands before the dot."""

    COUNTRY = "place.country"
    GOVERNORATE = "place.governorate"
    REGION = "place.region"
    CITY = "place.city"
    TOWN = "place.town"
    VILLAGE = "place.village"
    QUARTER = "place.quarter"
    RIVER = "place.river"
    WATER = "place.water"
    MOUNTAIN = "place.mountain"
    CAMP = "place.camp"
    CROSSING = "place.crossing"
    SITE = "place.site"
    STATE = "actor.state"
    MILITARY = "actor.military"
    ARMED = "actor.armed"
    COALITION = "actor.coalition"
    BODY = "actor.body"
    NGO = "actor.ngo"
    PERSON = "actor.person"
    COMMUNITY = "actor.community"
    AGENCY = "agency"
    OUTLET = "outlet"
    MONTH = "month"
    WEAPON = "weapon"
    UNIT = "unit"


class Guard(StrEnum):
    """Why running text that holds a name may not mean it.

    An everyday word looks the same (`القائم`), or a verb or adverb does (`تدمر`); the name is too little by itself
    (`هجين`); or it is an everyday word that many places are called by (`القصور`).
    """

    EVERYDAY = "~"
    VERBAL = "^"
    LOCAL = "*"
    SHARED = "~*"


_MARKS = "~^*"


@dataclass(frozen=True, slots=True)
class GazetteerEntry:
    """A thing with its names in both languages, the preferred ones first.

    `guards` names the spellings that running text doesn't always mean. `latitude` and `longitude` are decimal degrees,
    None where they are not known well; `country` is an ISO 3166 code; `parent` is the id of the place that this one
    lies in, or of what this one belongs to.
    """

    id: str
    kind: Kind
    arabic: tuple[str, ...]
    english: tuple[str, ...]
    guards: Mapping[str, Guard] = field(default_factory=dict)
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None
    parent: str | None = None
    note: str = ""

    @property
    def is_place(self) -> bool:
        """Whether this is somewhere."""
        return self.kind.startswith("place.")

    @property
    def is_actor(self) -> bool:
        """Whether this is someone who acts: a state, an armed group, a body, an organisation, a person, a people."""
        return self.kind.startswith("actor.")

    @property
    def names(self) -> tuple[str, ...]:
        """Every spelling in both languages."""
        return self.arabic + self.english

    @classmethod
    def read(cls, row: str) -> Self:
        """Read a row of the table: the columns in its order, parted by tabs; names by `|`, their marks last.

        >>> entry = GazetteerEntry.read("bab\\tplace.city\\tالباب~\\tal-Bab|Al Bab\\t36.37\\t37.52\\tSY\\t\\t")
        >>> entry.arabic, entry.english, entry.guards["الباب"]
        (('الباب',), ('al-Bab', 'Al Bab'), <Guard.EVERYDAY: '~'>)
        """
        identity, kind, arabic, english, latitude, longitude, country, parent, note = row.split("\t")
        guards: dict[str, Guard] = {}
        return cls(
            id=identity,
            kind=Kind(kind),
            arabic=_read_names(arabic, guards),
            english=_read_names(english, guards),
            guards=guards,
            latitude=float(latitude) if latitude else None,
            longitude=float(longitude) if longitude else None,
            country=country or None,
            parent=parent or None,
            note=note,
        )


def _read_names(cell: str, guards: dict[str, Guard]) -> tuple[str, ...]:
    names = cell.split("|")
    if any(mark in cell for mark in _MARKS):
        for place, name in enumerate(names):
            if mark := name[len(name.rstrip(_MARKS)) :]:
                names[place] = name.removesuffix(mark)
                guards[names[place]] = Guard(mark)
    return tuple(names)
