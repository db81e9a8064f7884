"""Names of places, actors, outlets, months and weapons in Arabic and English, and where running text means them."""

from indexer.gazetteer.entry import GazetteerEntry, Guard, Kind
from indexer.gazetteer.gazetteer import Gazetteer, Mention, load_gazetteer

__all__ = ["Gazetteer", "GazetteerEntry", "Guard", "Kind", "Mention", "load_gazetteer"]
