"""Taking an archive away: every article that is shown, with its English and its hashes, as CSV, JSON lines or TMX.

- `csv`: one row per sentence, for spreadsheets: UTF-8 with a byte order mark, every cell in quotes. A cell that a
  spreadsheet would take for a formula begins with an apostrophe.
- `jsonl`: one article per line, whole, as `sijill show --json` gives it, with its text.
- `tmx`: the sentence pairs as they are shown, for translators' tools; each names its sentence and its original.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TextIO

from archive.errors import ArchiveError
from archive.memory import MemoryLine
from archive.memory.tmx import write_units
from archive.store import Store
from archive.translation import Article, Translation
from web.catalogue import say_note
from web.records import Record, article_record, as_json

Progress = Callable[[int, int | None], None]

COLUMNS = (
    *("sentence", "article", "version", "sha256", "title", "outlet", "agency", "url", "retrieved", "added"),
    *("date", "date_precision", "date_basis", "kind", "ar", "en", "origin", "engine", "model", "by", "time"),
    *("source", "trust"),
)
"""The columns of the CSV form."""

_FORMULA = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_UNREADABLE = re.compile(r"[\x00\ud800-\udfff]")


class Form(StrEnum):
    """The forms that an archive can be taken away in."""

    CSV = "csv"
    JSONL = "jsonl"
    TMX = "tmx"


@dataclass(slots=True)
class Exported:
    """How much was written; `lines` are sentences, in TMX those that have English."""

    articles: int = 0
    lines: int = 0


def export(store: Store, path: Path, form: Form, progress: Progress | None = None) -> Exported:
    """Write the archive to a file, which is complete under its name or as it was before. Raises `ArchiveError`."""
    done = Exported()
    articles = _counted(store, done, progress)
    with _whole(path) as file:
        _WRITERS[form](articles, file, done)
    return done


def cell(value: object) -> str:
    """Return a value as a cell that no spreadsheet runs as a formula.

    >>> cell("=1+1"), cell(" -2"), cell("قصف"), cell(None)
    ("'=1+1", "' -2", 'قصف', '')
    """
    text = "" if value is None else _UNREADABLE.sub("\N{REPLACEMENT CHARACTER}", str(value))
    return f"'{text}" if _FORMULA.match(text) else text


def full_record(article: Article) -> Record:
    """Return an article as JSON shows it, with its whole text and where each reviewed line came from."""
    document = article.document
    record = article_record(article)
    for sentence, made in zip(record["sentences"], article.translations, strict=True):
        sentence["source"] = made.source if made else None
    about = {
        "agency": document.agency,
        "retrieved": document.retrieved,
        "added": article.added,
        "encoding": article.encoding,
        "media": article.media,
        "text_sha256": sha256(document.text.encode()).hexdigest(),
        "text": document.text,
    }
    return record | about


def _counted(store: Store, done: Exported, progress: Progress | None) -> Iterator[Article]:
    total = len(store.revisions())
    for article in store.articles():
        yield article
        done.articles += 1
        if progress is not None:
            progress(done.articles, total)


def _write_csv(articles: Iterable[Article], file: TextIO, done: Exported) -> None:
    file.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    rows = csv.writer(file, quoting=csv.QUOTE_ALL)
    rows.writerow(COLUMNS)
    for article in articles:
        for row in rows_of(article):
            rows.writerow(map(cell, row))
            done.lines += 1


def rows_of(article: Article) -> Iterator[tuple[object, ...]]:
    """Yield a row of `COLUMNS` for each sentence of an article, in order; its values are yet to be made cells."""
    document, date = article.document, article.document.date
    about = (article.id, article.version, article.sha256, document.title, document.outlet, document.agency)
    when = (document.url, document.retrieved, article.added, date.value, date.precision, date.basis)
    for number, (sentence, made) in enumerate(article.pairs(), start=1):
        kind, text = document.blocks[sentence.block].kind, document.sentence_text(sentence)
        yield article.sentence_id(number), *about, *when, kind, text, *_english(made)


def _english(made: Translation | None) -> tuple[object, ...]:
    if made is None:
        return (None,) * 8
    doubts = " ".join(say_note("en", note) for note in made.trust)
    return made.text, made.origin, made.engine, made.model, made.by, made.time, made.source, doubts


def _write_jsonl(articles: Iterable[Article], file: TextIO, done: Exported) -> None:
    for article in articles:
        file.write(as_json(full_record(article)) + "\n")
        done.lines += len(article.document.sentences)


def _write_tmx(articles: Iterable[Article], file: TextIO, done: Exported) -> None:
    done.lines = write_units((unit for article in articles for unit in units_of(article)), file)


def units_of(article: Article) -> Iterator[tuple[MemoryLine, dict[str, str]]]:
    """Yield the sentences of an article that have English as lines of a memory, each with its link and the hash."""
    for number, (sentence, made) in enumerate(article.pairs(), start=1):
        if made is not None:
            text = " ".join(article.document.sentence_text(sentence).split())
            by = made.by or made.model or made.engine
            line = MemoryLine(text, made.text, made.origin, by, made.time, made.source)
            yield line, {"x-sentence": article.sentence_id(number), "x-sha256": article.sha256}


_WRITERS: dict[Form, Callable[[Iterable[Article], TextIO, Exported], None]] = {
    Form.CSV: _write_csv,
    Form.JSONL: _write_jsonl,
    Form.TMX: _write_tmx,
}


@contextmanager
def _whole(path: Path) -> Iterator[TextIO]:
    """Give a file to write to, which takes the name when it is complete."""
    passing = path.with_name(f".{path.name}.part")
    try:
        with passing.open("w", encoding="utf-8", newline="") as file:
            yield file
        passing.replace(path)
    except OSError as error:
        raise ArchiveError(f"{path} can't be written ({error.strerror or error}); name another file") from error
    finally:
        passing.unlink(missing_ok=True)
