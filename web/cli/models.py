"""`models`: the Argos packages that translate. Only `install ar en` and `list --available` use the network."""

from pathlib import Path

import click

from web.cli.edge import text
from web.cli.terminal import progress, safe
from web.records import Record, as_json


@click.group()
def models() -> None:
    """Translation models: Argos packages, installed by name (with a network) or from a file (without)."""


@models.command("list")
@click.option("--available", is_flag=True, help="What Argos Translate’s index offers; uses the network.")
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
def list_(available: bool, as_data: bool) -> None:
    """The installed packages, and what is wrong with those that can't be used."""
    from indexer.translation.packages import list_available, list_installed, packages_folder

    if available:
        offers = list_available(source="ar", target="en")
        records: list[Record] = [
            {"name": o.name, "from": o.source, "to": o.target, "version": o.version} for o in offers
        ]
        _print(records, as_data, "The index offers no package for Arabic to English.")
        return
    records = [
        {
            "name": one.name,
            "from": one.package and one.package.source,
            "to": one.package and one.package.target,
            "version": one.package and one.package.version,
            "problem": one.problem,
            "path": str(one.path),
        }
        for one in list_installed()
    ]
    nothing = (
        f"No package is installed in {packages_folder()}. Install one: `sijill models install ar en` (network), or "
        "`sijill models install FILE`."
    )
    _print(records, as_data, nothing)


@models.command()
@click.argument("what", nargs=-1, required=True, type=text)
def install(what: tuple[str, ...]) -> None:
    """Install FILE (.argosmodel), or the newest package for two languages: ar en."""
    from indexer.translation.packages import install_file, install_pair

    if len(what) == 1 and (Path(what[0]).exists() or not _is_language(what[0])):
        package = install_file(Path(what[0]))
    elif len(what) == 2 and all(map(_is_language, what)):
        with progress("downloading", "bytes") as step:
            package = install_pair(what[0], what[1], progress=step)
    else:
        raise click.UsageError("name one .argosmodel file, or two languages: `sijill models install ar en`")
    click.echo(f"Installed {safe(package.name)}. Run `sijill build` to translate with it.")


@models.command()
@click.argument("name", type=text)
def remove(name: str) -> None:
    """Remove the package NAME; the lines that it translated stay."""
    from indexer.translation.packages import remove as remove_package

    remove_package(name)
    click.echo(f"Removed {safe(name)}. The lines that it translated stay.")


def _print(records: list[Record], as_data: bool, nothing: str) -> None:
    if as_data:
        click.echo(as_json(records))
    elif not records:
        click.echo(safe(nothing))
    for record in [] if as_data else records:
        pair = f"{record['from']} to {record['to']}, {record['version']}"
        click.echo(safe(f"{record['name']}: {record.get('problem') or pair}"))


def _is_language(word: str) -> bool:
    return word.isalpha() and word.isascii() and len(word) in (2, 3)


COMMANDS: tuple[click.Command, ...] = (models,)
