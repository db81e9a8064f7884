"""Places and actors: which of them an article names, and which of them a person means by a name in a query."""

from collections.abc import Iterator, Sequence

from archive.document import TEXT_KINDS, BlockKind
from archive.store import Mentioned
from archive.translation import Article
from indexer.gazetteer import Gazetteer, GazetteerEntry, Kind, load_gazetteer
from indexer.gazetteer.cues import read_cues
from indexer.gazetteer.keys import read_words

FIELDS = ("place", "actor")
"""The fields of a query and the facets that the gazetteer fills."""


def mentions(article: Article) -> tuple[Mentioned, ...]:
    """Return the places and actors that the report names, and those that these lie in or belong to.

    What is named is shown, and the governorate of a place that is named; a country or region only where it is named.
    """
    gazetteer = load_gazetteer()
    named = {mention.entry.id: mention.entry for mention in gazetteer.find(_report(article))}
    found: dict[str, Mentioned] = {}
    for entry in named.values():
        if (field := field_of(entry)) is None:
            continue
        found[entry.id] = Mentioned(field, entry.id)
        for above in gazetteer.lineage(entry):
            if field_of(above) == field:
                shown = above.id in named or above.kind is Kind.GOVERNORATE
                found.setdefault(above.id, Mentioned(field, above.id, shown))
    return tuple(found.values())


def field_of(entry: GazetteerEntry) -> str | None:
    """Return the field under which an entry is found, None for what is neither place nor actor."""
    if entry.is_place:
        return "place"
    return "actor" if entry.is_actor else None


def meant(field: str, name: str) -> tuple[GazetteerEntry, ...]:
    """Return the entries that a name in a query may mean, the one that is taken first; none for an unknown name.

    Any spelling in either language is understood, an id of the gazetteer too; a word that says what it is counts.

    >>> [meant("place", name)[0].id for name in ("raqqa", "الرقة", "al-Raqqah", "محافظة الرقة")]
    ['raqqa', 'raqqa', 'raqqa', 'raqqa-governorate']
    >>> meant("actor", "قسد") == meant("actor", "SDF")
    True
    """
    gazetteer = load_gazetteer()
    name = " ".join(name.replace("_", " ").split())
    exact = gazetteer.entry(name.lower())
    found = [exact] if exact else []
    found += [*gazetteer.by_arabic(name), *gazetteer.by_english(name)]
    entries = {entry.id: entry for entry in found if field_of(entry) == field}
    asked = () if exact else _asked(name)
    return tuple(sorted(entries.values(), key=lambda entry: not _is_asked(entry, asked)))


def shown_names(entry: GazetteerEntry) -> tuple[str, str]:
    """Return the names under which an entry is shown, English and Arabic; a governorate says that it is one.

    >>> shown_names(meant("place", "raqqa-governorate")[0])
    ('Raqqa Governorate', 'محافظة الرقة')
    """
    english, arabic = entry.english[0], entry.arabic[0]
    if entry.kind is Kind.GOVERNORATE and "محافظة" not in arabic and "ريف" not in arabic:
        arabic = f"محافظة {arabic}"
    return english, arabic


def without_idle_parents(gazetteer: Gazetteer, counted: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Yield counted values but for governorates whose every article names one and the same place in them.

    Such a governorate says nothing that the place doesn't.
    """
    counts = dict(counted)
    idle = set()
    for value, count in counted:
        entry = gazetteer.entry(value)
        for above in gazetteer.lineage(entry) if entry else ():
            if above.kind is Kind.GOVERNORATE and counts.get(above.id) == count:
                idle.add(above.id)
    yield from ((value, count) for value, count in counted if value not in idle)


def _report(article: Article) -> str:
    """Return the text in which names count: the report itself, with its title."""
    document = article.document
    blocks = [block for block in document.blocks if block.kind in TEXT_KINDS]
    text = "\n".join(document.block_text(block) for block in blocks)
    if any(block.kind is BlockKind.TITLE for block in blocks):
        return text
    return f"{document.title}\n{text}"


def _asked(name: str) -> tuple[str, ...]:
    """Return the kinds that the first word of a name asks for, as `محافظة` does."""
    words = read_words(name)
    return read_cues().asked_before(words[0].key) if len(words) > 1 else ()


def _is_asked(entry: GazetteerEntry, asked: tuple[str, ...]) -> bool:
    return bool(asked) and entry.kind == asked[0]
