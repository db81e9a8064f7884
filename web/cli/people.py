"""`correct`, `describe`, `withdraw`, `undo`: what people say of articles, each under a name, each to be taken back."""

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.errors import IndexBusy, IndexerError, NoIndex
from web.catalogue import say
from web.cli.edge import SET_ASIDE, in_archive, text
from web.cli.terminal import LANGUAGE, progress, safe
from web.records import as_json

if TYPE_CHECKING:
    from archive.store import Store

_by = click.option("--by", required=True, type=text, metavar="NAME", help="Who says so.")
_json = click.option("--json", "as_data", is_flag=True, help="Print the number of the log’s entry as JSON.")
_WORDS = {"ignore_unknown_options": True}


@click.command(context_settings=_WORDS)
@click.argument("sentence_id", type=text)
@click.argument("english", metavar="TEXT", type=text)
@_by
@click.option("--here-only", is_flag=True, help="Not for the same sentence in other articles.")
@_json
@in_archive
def correct(folder: Path, sentence_id: str, english: str, by: str, here_only: bool, as_data: bool) -> None:
    """Set the English of a sentence (ID.version.number) to TEXT.

    What a machine or another person wrote stays below it. Where the same sentence stands in other articles it serves
    too, and says there where it was reviewed.
    """
    from archive.sentence_id import read_sentence_id

    place = read_sentence_id(sentence_id)

    def told(store: "Store", entry: int) -> str:
        others = len(store.touched(entry)) - 1
        words = f"Sentence {safe(str(place))} is reviewed by {safe(' '.join(by.split()))}; "
        words += "what was there before is kept."
        if others:
            where = say(LANGUAGE, "results", others)
            words += f" The same sentence stands in {where} more, where it is labelled as reviewed in this one."
        return words

    _change(folder, lambda store: store.correct(place, english, by, here_only=here_only), told, as_data)


@click.command(context_settings=_WORDS)
@click.argument("id", type=text)
@click.argument("field", type=text)
@click.argument("value", type=text)
@_by
@_json
@in_archive
def describe(folder: Path, id: str, field: str, value: str, by: str, as_data: bool) -> None:
    """Set a FIELD of article ID: title, outlet, url, date or retrieved. The original stays as it is."""

    def told(store: "Store", entry: int) -> str:
        return f"{safe(id)}: {safe(field)} is now “{safe(value.strip())}”."

    _change(folder, lambda store: store.describe(id, field, value, by), told, as_data)


@click.command()
@click.argument("id", type=text)
@click.option("--reason", required=True, type=text, help="Why; readers of its address see this.")
@_by
@_json
@in_archive
def withdraw(folder: Path, id: str, reason: str, by: str, as_data: bool) -> None:
    """Withdraw article ID: no search, page or export has it any more.

    The original bytes stay on disk, in the folder `originals`; their hash, the reason and the log are kept.
    """

    def told(store: "Store", entry: int) -> str:
        found = store.withdrawal(id)
        kept = [str(store.originals.path(digest)) for digest in found.hashes] if found else []
        words = f"{safe(id)} is withdrawn. Its bytes stay on disk: {safe(', '.join(kept))}"
        others = store.sharing(id)
        if others:
            words += f"\nThe same bytes are still shown, now or as an older version, in {', '.join(others)}."
        return words

    _change(folder, lambda store: store.withdraw(id, reason, by), told, as_data)


@click.command()
@click.argument("log_id", type=click.IntRange(min=1))
@click.option("--by", type=text, metavar="NAME", help="Who takes it back.  [default: the name of your account]")
@_json
@in_archive
def undo(folder: Path, log_id: int, by: str | None, as_data: bool) -> None:
    """Take back entry LOG_ID of the log: a correction, a withdrawal, a field that was set, or an undoing."""
    person = _account() if by is None else by

    def told(store: "Store", entry: int) -> str:
        return f"Entry {log_id} is taken back; the log says so in entry {entry}."

    _change(folder, lambda store: store.undo(log_id, person), told, as_data)


def _change(folder: Path, make: "Callable[[Store], int]", told: "Callable[[Store, int], str]", as_data: bool) -> None:
    """Make a change, bring the index up to date with it, and say what came of both."""
    from archive.store import Store

    with Store.open(folder) as store:
        entry = make(store)
        left, missing = _reindex(store, entry)
        if as_data:
            done = missing is None and not left
            click.echo(as_json({"entry": entry, "articles": store.touched(entry), "indexed": done}))
        else:
            click.echo(told(store, entry))
            click.echo(_known(left, missing))
            click.echo(f"Take it back with `sijill undo {entry} --by NAME`.")
    if left or (missing is not None and not isinstance(missing, NoIndex)):
        click.get_current_context().exit(SET_ASIDE)


def _reindex(store: "Store", entry: int) -> tuple[int, IndexerError | None]:
    """Bring the index up to date with a change; return how many articles it still lacks, or why it lacks all."""
    from indexer.reindexing import reindex

    try:
        with progress("indexing", "articles") as step:
            return reindex(store, entry, progress=step), None
    except IndexerError as error:
        return 0, error


def _known(left: int, missing: IndexerError | None) -> str:
    """Return whether searches know of a change, and what to do when they don't."""
    if isinstance(missing, IndexBusy):
        return "Searches don’t know it yet: another process is writing the index. When it is done, run `sijill index`."
    if missing is not None:
        return f"Searches don’t know it yet: {safe(str(missing))}."
    if left:
        return f"Searches know it, but for {say(LANGUAGE, 'results', left)} with the same sentence: run `sijill index`."
    return "Searches know it."


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise click.UsageError("name yourself with --by; this account has no name") from None


COMMANDS: tuple[click.Command, ...] = (correct, describe, withdraw, undo)
"""The commands, in the order in which they are listed."""
