"""What goes to the terminal: text that can't steer it, marks, labels and progress."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from archive.document import PublicationDate
from archive.sentence_id import reviewed_elsewhere
from archive.translation import Origin, Translation
from web.catalogue import say

if TYPE_CHECKING:
    from indexer.hit import Span

LANGUAGE = "en"

Progress = Callable[[int, int | None], None]

_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def safe(text: str) -> str:
    r"""Return a text with what could steer a terminal or reorder its line written out.

    >>> safe("a\x1b[31mb\u202ec")
    'a\\x1b[31mb\\u202ec'
    """
    return _STEERING.sub(_written_out, text)


def marked(spans: Iterable["Span"]) -> str:
    """Return a sentence with its marked words bold on a terminal, between stars elsewhere."""
    return "".join(_mark(span) for span in spans)


def heading(text: str) -> str:
    """Return a line that stands out on a terminal."""
    return click.style(safe(text), bold=True) if sys.stdout.isatty() else safe(text)


def date_words(date: PublicationDate) -> str:
    """Return a date in words with its basis and its other readings."""
    words = say(LANGUAGE, "date.is", date.value) if date.value else say(LANGUAGE, "date.unknown")
    asides = [say(LANGUAGE, "date.or_other", other) for other in date.alternatives]
    if date.value and date.basis and date.basis != "page":
        asides.insert(0, say(LANGUAGE, f"basis.{date.basis}"))
    return safe(f"{words} ({'; '.join(asides)})" if asides else words)


def origin_words(made: Translation | None, article: str) -> str:
    """Return who made an English line of an article, and at which sentence where that is another's."""
    place = reviewed_elsewhere(made, article)
    return f"{_maker(made)} {say(LANGUAGE, 'origin.elsewhere')}: {place}" if place else _maker(made)


def _maker(made: Translation | None) -> str:
    if made is None:
        return say(LANGUAGE, "origin.none")
    if made.origin is Origin.REVIEWED and made.by:
        return safe(say(LANGUAGE, "origin.reviewed_by", made.by))
    if made.origin is Origin.MACHINE and made.model:
        return safe(say(LANGUAGE, "origin.machine_by", f"{made.engine} {made.model}"))
    return say(LANGUAGE, f"origin.{made.origin}")


def staged(stage: str, words: str) -> str:
    """Return lines under the name of a stage; as they are where there is none."""
    return f"{stage:<11}" + words.replace("\n", "\n" + " " * 11) if stage else words


@contextmanager
def progress(title: str, unit: str) -> Iterator[Progress | None]:
    """Give a callback that draws a bar on stderr, or None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    scaled = unit == "bytes"
    with tqdm(desc=title, unit=f" {unit}", unit_scale=scaled, leave=False, dynamic_ncols=True, file=sys.stderr) as bar:

        def step(done: int, total: int | None) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield step


def _mark(span: "Span") -> str:
    text = safe(span.text)
    if span.mark is None:
        return text
    return click.style(text, bold=True, underline=True) if sys.stdout.isatty() else f"*{text}*"


def _written_out(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
