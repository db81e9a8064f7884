"""The gazetteer: one curated table of names in both languages, read once, looked up by name or met in running text."""

from collections.abc import Iterable
from functools import cache, cached_property
from hashlib import sha256
from importlib.resources import files

from indexer.analysis.tokenizer import words
from indexer.gazetteer.cues import read_cues
from indexer.gazetteer.entry import GazetteerEntry
from indexer.gazetteer.finding import Finder, Mention
from indexer.gazetteer.keys import bare_spellings, name_key, read_words

__all__ = ["Gazetteer", "Mention", "load_gazetteer"]


class Gazetteer:
    """Entries, in the order of the table."""

    def __init__(self, entries: tuple[GazetteerEntry, ...]) -> None:
        self.entries = entries
        self._by_id = {entry.id: entry for entry in entries}

    def entry(self, identity: str) -> GazetteerEntry | None:
        """Return the entry with this id, or None."""
        return self._by_id.get(identity)

    @cached_property
    def stamp(self) -> str:
        """A name for the names it holds: it changes when a text would be read as naming something else."""
        return sha256(repr(self.entries).encode("utf-8", "surrogatepass")).hexdigest()[:12]

    @cached_property
    def places(self) -> tuple[GazetteerEntry, ...]:
        """Every place."""
        return tuple(entry for entry in self.entries if entry.is_place)

    @cached_property
    def actors(self) -> tuple[GazetteerEntry, ...]:
        """Everyone who acts."""
        return tuple(entry for entry in self.entries if entry.is_actor)

    @cached_property
    def english_words(self) -> tuple[str, ...]:
        """The words of the English names of places and actors, as they are written, each once."""
        named = (name for entry in (*self.places, *self.actors) for name in entry.english)
        return tuple(dict.fromkeys(word for name in named for _, _, word in words(name)))

    def lineage(self, entry: GazetteerEntry) -> tuple[GazetteerEntry, ...]:
        """Return what an entry lies in or belongs to, the nearest first.

        >>> gazetteer = load_gazetteer()
        >>> [place.id for place in gazetteer.lineage(gazetteer.entry("baghouz-fawqani"))]
        ['baghouz', 'deir-ez-zor-governorate', 'syria']
        """
        chain: list[GazetteerEntry] = []
        while (parent := self._by_id.get(entry.parent or "")) is not None and parent not in chain:
            chain.append(parent)
            entry = parent
        return tuple(chain)

    def by_arabic(self, name: str) -> tuple[GazetteerEntry, ...]:
        """Return the entries with this Arabic name; spelling is folded, article and particles may be there or not.

        A word that says what it is may stand before it (`مدينة الرقة`).

        >>> [entry.id for entry in load_gazetteer().by_arabic("بالباغوز")]
        ['baghouz']
        """
        return self._look_up(name, self._arabic)

    def by_english(self, name: str) -> tuple[GazetteerEntry, ...]:
        """Return the entries with this English name; case, hyphens, spaces, apostrophes and the article don't count.

        >>> [entry.id for entry in load_gazetteer().by_english("deir ezzor")]
        ['deir-ez-zor', 'deir-ez-zor-governorate']
        """
        return self._look_up(name, self._english)

    def find(self, text: str) -> list[Mention]:
        """Return the names that a text means, in order, never overlapping; offsets are of the whole surface words.

        The longest name counts. A name that is also an everyday word counts only beside a word that says what it is,
        or where the text names the same thing plainly; a name of several things is settled by the word beside it
        (a governorate, a city), else by what else the text names, else by the order of the table.

        >>> [(m.start, m.end, m.entry.english[0]) for m in load_gazetteer().find("في بلدة الباغوز بريف دير الزور")]
        [(8, 15, 'Baghouz'), (21, 30, 'Deir ez-Zor Governorate')]
        """
        return self._finder.find(text)

    def _look_up(self, name: str, table: dict[str, tuple[GazetteerEntry, ...]]) -> tuple[GazetteerEntry, ...]:
        words = read_words(name)
        for spelling in bare_spellings(words):
            if found := table.get(spelling):
                return found
        if len(words) > 1 and read_cues().asked_before(words[0].key):
            return self._look_up(name[words[0].end :], table)
        return ()

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.entries, self.lineage)

    @cached_property
    def _arabic(self) -> dict[str, tuple[GazetteerEntry, ...]]:
        return _table((name, entry) for entry in self.entries for name in entry.arabic)

    @cached_property
    def _english(self) -> dict[str, tuple[GazetteerEntry, ...]]:
        return _table((name, entry) for entry in self.entries for name in entry.english)


def _table(names: Iterable[tuple[str, GazetteerEntry]]) -> dict[str, tuple[GazetteerEntry, ...]]:
    table: dict[str, dict[str, GazetteerEntry]] = {}
    for name, entry in names:
        table.setdefault(name_key(name), {})[entry.id] = entry
    return {key: tuple(entries.values()) for key, entries in table.items()}


@cache
def load_gazetteer() -> Gazetteer:
    """Return the gazetteer that comes with Sijill, read at the first call."""
    lines = (files("indexer.gazetteer") / "gazetteer.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line and not line.startswith("#")]
    return Gazetteer(tuple(GazetteerEntry.read(row) for row in rows[1:]))
