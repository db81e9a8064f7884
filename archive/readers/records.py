"""Records: what the lines of a jsonl file and the rows of a csv file have in common.

A record has `text` and may have `id`, `title`, `outlet`, `url`, `date`, `retrieved`. Its own bytes (the line or the
record, without the line feed) are the original; its document is the title, an empty line, and the text.
"""

from collections.abc import Mapping
from hashlib import sha256

from archive.declaring import FIELDS, declare, merge
from archive.document import Declared, Reading
from archive.errors import UnreadableInput
from archive.readers.encoding import mend
from archive.readers.plain import check_text

LONGEST_NAME = 200
"""Letters of a record's id that stand in its source; a longer one is hashed."""


class Names:
    """The ids met in a file, so that no two records share one."""

    def __init__(self) -> None:
        self._met: set[bytes] = set()

    def take(self, name: str) -> None:
        """Take a name. Raises `UnreadableInput` (`duplicate_id`) when it was taken before."""
        digest = sha256(name.encode()).digest()[:16]
        if digest in self._met:
            raise UnreadableInput(f"an earlier record of the file has the id {name!r} too", "duplicate_id", name)
        self._met.add(digest)


def record_name(fields: Mapping[str, str], raw: bytes) -> str:
    """Return what tells a record from the others of its file: its id, else its address, else its bytes."""
    name = fields.get("id") or fields.get("url") or sha256(raw).hexdigest()[:16]
    return name if len(name) <= LONGEST_NAME else sha256(name.encode()).hexdigest()[:32]


def record_reading(
    file: str, raw: bytes, fields: Mapping[str, str], *, encoding: str, media: str, declared: Declared
) -> Reading:
    """Return the reading of a record. Raises `UnreadableInput` when it has no text."""
    text = fields.get("text", "")
    if not text.strip():
        raise UnreadableInput("it has no text", "no_text")
    check_text(text)
    own = declare(fields)
    return Reading(
        source=f"{file}#{record_name(fields, raw)}",
        raw=raw,
        text=with_title(own.title, text),
        encoding=encoding,
        media=media,
        declared=merge(declared, own),
    )


def with_title(title: str | None, text: str) -> str:
    """Put a title above a text, unless it stands there.

    >>> with_title("عنوان", "عنوان\\nنص")
    'عنوان\\nنص'
    """
    first = text.lstrip().split("\n", 1)[0]
    return text if not title or title == " ".join(first.split()) else f"{title}\n\n{text}"


def clean_fields(record: Mapping[str, object]) -> dict[str, str]:
    """Return the fields of a record that are known, as text: numbers written out, what is no value left out.

    `source` stands for a missing `outlet`, as some collections have it.
    """
    known = {name: clean(record.get(name)) for name in ("id", *FIELDS)}
    source = clean(record.get("source"))
    if not known["outlet"] and "://" not in source:
        known["outlet"] = source
    text = record.get("text")
    known["text"] = mend(text) if isinstance(text, str) else ""
    return {name: value for name, value in known.items() if value}


def clean(value: object) -> str:
    """Return a value as text on one line."""
    if isinstance(value, str):
        return " ".join(mend(value).split())
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
