"""`demo`: the five seed texts, from file to page."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.errors import ArchiveError
from web.cli.build import run_index, run_translation
from web.cli.collect import report_words
from web.cli.edge import PATH, archive_folder
from web.cli.terminal import progress, safe, staged

if TYPE_CHECKING:
    from archive.store import Store

REVIEWED = "reviewed.jsonl"

SPARE_PORTS = 20
"""Ports tried after the one that is taken."""


@click.command()
@click.option("--dir", "folder", type=PATH, metavar="DIR", help="Where the archive is made. [default: --archive]")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The next free one serves."
)
@click.option("--no-serve", is_flag=True, help="Stop before serving.")
@click.option("--install-model", is_flag=True, help="First fetch the Argos package for Arabic to English (network).")
@click.option("--archive", type=PATH, metavar="DIR", help="The same as --dir.")
def demo(folder: Path | None, port: int, no_serve: bool, install_model: bool, archive: Path | None) -> None:
    """Make an archive of the five seed texts, and serve it on this machine."""
    from archive.store import Store

    where = folder or archive or archive_folder()
    if install_model:
        _install()
    began = time.monotonic()
    with Store.open(where, create=True) as store:
        _refuse_others(store, where)
        _add_seeds(store)
        _remember_reviewed(store)
        run_translation(store, stage="translate")
        run_index(store, stage="index")
    click.echo(f"The archive in {safe(str(where))} is ready after {time.monotonic() - began:.1f} s.")
    if no_serve:
        click.echo(
            f"See it with `sijill --archive {safe(str(where))} serve`, or search it: `… search 'civilians Baghouz'`."
        )
        return
    from web.cli.serve import listen, serve_pages

    serve_pages(where, listen("127.0.0.1", port, spare=SPARE_PORTS))


def _install() -> None:
    from indexer.translation.packages import install_pair

    with progress("downloading", "bytes") as step:
        package = install_pair("ar", "en", progress=step)
    click.echo(staged("model", f"Installed {safe(package.name)}."))


def _add_seeds(store: "Store") -> None:
    from archive.adding import add

    with _seed_files() as paths, progress("reading", "texts") as step:
        report = add(store, paths, progress=step)
    click.echo(staged("add", report_words(report)))


def _remember_reviewed(store: "Store") -> None:
    from archive.memory import read_memory

    source = files("seeds").joinpath(REVIEWED)
    if not source.is_file():
        click.echo(staged("memory", "No reviewed translations came with this installation."))
        return
    with as_file(source) as path:
        report = store.remember(read_memory(path))
    click.echo(
        staged("memory", f"{report.imported:,} reviewed translations imported, {report.unchanged:,} were there.")
    )


def _refuse_others(store: "Store", where: Path) -> None:
    """Keep the demonstration out of an archive of someone's own."""
    with _seed_files() as paths:
        seeds = {sha256(path.read_bytes()).hexdigest()[:10] for path in paths}
    ids = store.ids()
    if ids and not any(id[:10] in seeds for id in ids):
        raise ArchiveError(f"{where} holds an archive of other texts; name another folder with --dir")


@contextmanager
def _seed_files() -> Iterator[list[Path]]:
    with ExitStack() as stack:
        texts = sorted((item for item in files("seeds").iterdir() if item.name.endswith(".txt")), key=lambda i: i.name)
        yield [stack.enter_context(as_file(item)) for item in texts]


COMMANDS: tuple[click.Command, ...] = (demo,)
