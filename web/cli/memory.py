"""`memory`: translations that come from, or go to, somewhere else."""

from pathlib import Path

import click

from web.cli.edge import PATH, SET_ASIDE, in_archive
from web.cli.terminal import safe


@click.group()
def memory() -> None:
    """Translation memories: TMX, or JSONL with ar, en, origin, by, time, source on each line."""


@memory.command("import")
@click.argument("file", type=PATH)
@in_archive
def import_(folder: Path, file: Path) -> None:
    """Bring in the translations of FILE; they serve wherever the same sentence stands, now or later."""
    from archive.memory import read_memory
    from archive.store import Store
    from indexer.translation.trust import check

    with Store.open(folder) as store:
        report = store.remember(read_memory(file), check)
    click.echo(f"{report.imported:,} imported, {report.matched:,} of them stand in an article.")
    if report.unchanged:
        click.echo(f"{report.unchanged:,} were there before.")
    for line in report.bad:
        click.echo(f"left out: line {line.number}: {safe(line.reason)}")
    if report.imported:
        click.echo("Run `sijill index` so that searches know them.")
    if report.bad:
        click.get_current_context().exit(SET_ASIDE)


@memory.command("export")
@click.argument("file", type=PATH)
@in_archive
def export(folder: Path, file: Path) -> None:
    """Write every translation of the archive to FILE, whose name ends in .jsonl or .tmx."""
    from archive.memory import write_memory
    from archive.store import Store

    with Store.open(folder) as store:
        count = write_memory(store.memory(), file)
    click.echo(f"{count:,} translations written to {safe(str(file))}.")


COMMANDS: tuple[click.Command, ...] = (memory,)
