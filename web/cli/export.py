"""`export`: an archive as a file for other programs."""

from pathlib import Path

import click

from archive.errors import ArchiveError
from web.catalogue import say
from web.cli.edge import PATH, in_archive
from web.cli.terminal import LANGUAGE, progress, safe

FORMS = ("csv", "jsonl", "tmx")


@click.command()
@click.argument("file", type=PATH)
@click.option("--format", "form", type=click.Choice(FORMS), help="What to write. [default: as FILE’s name ends]")
@in_archive
def export(folder: Path, file: Path, form: str | None) -> None:
    """Write the archive to FILE: every article that is shown, with its English, who made it, and the hashes.

    csv: a row for each sentence. jsonl: an article a line, with its whole text. tmx: the sentence pairs.
    """
    from archive.store import Store
    from web.exports import Form
    from web.exports import export as export_to

    chosen = form or file.suffix.lower().removeprefix(".")
    if chosen not in FORMS:
        raise click.UsageError(
            f"the name {safe(file.name)!r} doesn't say what to write; add --format csv, jsonl or tmx"
        )
    if not file.name or file.is_dir():
        raise ArchiveError(f"{file} is a folder; name a file to write")
    with Store.open(folder) as store, progress("writing", "articles") as step:
        done = export_to(store, file, Form(chosen), step)
    what = f"{say(LANGUAGE, 'results', done.articles)}, {say(LANGUAGE, 'sentences', done.lines)}"
    click.echo(f"{what} written to {safe(str(file))}.")


COMMANDS: tuple[click.Command, ...] = (export,)
"""The commands of this family."""
