"""What is declared of a text rather than read in it: which fields, and whose word counts first."""

from collections.abc import Mapping

from archive.document import Declared

FIELDS = ("title", "outlet", "url", "date", "retrieved")
"""The fields that options, sidecars, columns, a page's own metadata and people can fill."""

NOTHING = Declared()
"""What is declared where nobody said anything."""


def declare(said: Mapping[str, str]) -> Declared:
    """Return what a mapping of fields says; empty and unknown fields say nothing."""
    title, outlet, url, date, retrieved = (said.get(name) or None for name in FIELDS)
    return Declared(title, outlet, url, date, retrieved)


def merge(first: Declared, second: Declared) -> Declared:
    """Return what `first` says, and where it says nothing, what `second` says.

    >>> merge(Declared(outlet="سانا"), Declared(outlet="رويترز", date="2019")).date
    '2019'
    """
    return Declared(
        first.title if first.title is not None else second.title,
        first.outlet if first.outlet is not None else second.outlet,
        first.url if first.url is not None else second.url,
        first.date if first.date is not None else second.date,
        first.retrieved if first.retrieved is not None else second.retrieved,
        dated_by=(first if first.date is not None else second).dated_by,
    )
