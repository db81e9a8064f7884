"""An article as a reference: what a person or a reference manager needs to find the same text again."""

import re

from archive.document import PublicationDate
from archive.translation import Article
from web.frame import script, visible
from web.records import Record, title_in_english

_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_CHARSETS = {
    "utf-8": "utf-8",
    "ascii": "utf-8",
    "utf-16-le": "utf-16le",
    "utf-16-be": "utf-16be",
    "utf-16": "utf-16",
    "cp1256": "windows-1256",
    "cp1252": "windows-1252",
    "iso8859-6": "iso-8859-6",
    "mac-arabic": "x-mac-arabic",
}
"""Names of encodings as browsers know them, where they know them."""


def csl_record(article: Article, address: str) -> Record:
    """Return an article in CSL JSON, which reference managers read; `address` is its link in this archive.

    The archive's own facts stand where the format has room for them: `archive_location` is the record and its version,
    `note` the hash of the original, the title in English with who made it, and where the date comes from.
    """
    document = article.document
    return {
        "id": f"{article.id}.{article.version}",
        "type": "article-newspaper",
        "title": visible(document.title),
        "container-title": visible(document.outlet or ""),
        "language": script(document.title) or "ar",
        "URL": visible(document.url or address),
        "archive": "Sijill",
        "archive_location": address,
        "note": visible(_note(article)),
    } | _dates(document.date, document.retrieved)


def charset(encoding: str) -> str | None:
    """Return the name by which browsers know an encoding, None for one that they don't know.

    >>> charset("cp1256"), charset("UTF-8"), charset("utf-7")
    ('windows-1256', 'utf-8', None)
    """
    name = encoding.lower().replace("_", "-").removesuffix("-sig")
    return _CHARSETS.get(name) or (name if name in _CHARSETS.values() else None)


def _note(article: Article) -> str:
    english, made = title_in_english(article), article.document.date
    says = [f"SHA-256 of the original: {article.sha256}"]
    if english:
        says.append(f"English title ({_maker(article)}): {english}")
    if made.value and made.basis:
        says.append(f"Date: {made.value} ({made.basis})")
    says += [f"Date could also be {other}" for other in made.alternatives]
    return "; ".join(says)


def _maker(article: Article) -> str:
    from indexer.search import title_origin

    return str(title_origin(article))


def _dates(date: PublicationDate, retrieved: str | None) -> Record:
    found = {"issued": _parts(date.value), "accessed": _parts((retrieved or "")[:10])}
    return {name: {"date-parts": [parts]} for name, parts in found.items() if parts}


def _parts(value: str | None) -> list[int]:
    match = _DAY.fullmatch(value or "")
    return [int(part) for part in match.groups() if part] if match else []
