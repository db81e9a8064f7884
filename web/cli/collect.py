"""`add`, `log`: what goes into an archive, and what was done to it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from web.cli import people
from web.cli.edge import PATH, SET_ASIDE, in_archive, text
from web.cli.terminal import progress, safe
from web.records import as_json

if TYPE_CHECKING:
    from archive.adding import AddReport


@click.command()
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option("--outlet", type=text, help="Who published these texts.")
@click.option("--url", type=text, help="Where they were published.")
@click.option("--date", type=text, help="When they were published: 2019-03-21, 2019-03 or 2019.")
@click.option("--retrieved", type=text, help="When they were fetched.")
@click.option("--json", "as_data", is_flag=True, help="Print the report as JSON.")
@in_archive
def add(
    folder: Path,
    paths: tuple[Path, ...],
    outlet: str | None,
    url: str | None,
    date: str | None,
    retrieved: str | None,
    as_data: bool,
) -> None:
    """Read files or folders into the archive: txt, html, jsonl, csv.

    A file NAME.json beside NAME.txt, or columns of the same names, give outlet, url, date and retrieved. What can't be
    read is set aside with its reason, and the rest goes on. Adding the same files again changes nothing.
    """
    from archive.adding import add as add_to
    from archive.document import Declared
    from archive.store import Store

    declared = Declared(outlet=outlet, url=url, date=date, retrieved=retrieved)
    with Store.open(folder, create=True) as store, progress("reading", "items") as step:
        report = add_to(store, paths, declared, progress=step)
    click.echo(as_json(report_record(report)) if as_data else report_words(report))
    if report.set_aside:
        click.get_current_context().exit(SET_ASIDE)


@click.command()
@click.argument("id", type=text, required=False)
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="Entries at most.")
@click.option("--json", "as_data", is_flag=True, help="Print the entries as JSON.")
@in_archive
def log(folder: Path, id: str | None, limit: int, as_data: bool) -> None:
    """What was done, newest first: in the archive, or to article ID."""
    from dataclasses import asdict

    from archive.store import Store

    with Store.open(folder) as store:
        entries = store.log(id, limit=limit)
    if as_data:
        click.echo(as_json([asdict(entry) for entry in entries]))
        return
    for entry in entries:
        said = f"{entry.field} = {entry.value}" if entry.field else entry.value
        words = (str(entry.number), entry.time, entry.action, entry.id, said, entry.by and f"by {entry.by}")
        click.echo(safe("  ".join(word for word in words if word)) + ("  (taken back)" if entry.undone else ""))


def report_words(report: "AddReport") -> str:
    """Return what an addition came to, in lines."""
    counts = (
        (len(report.added), "added"),
        (len(report.new_versions), "new versions"),
        (report.unchanged, "unchanged"),
        (len(report.redescribed), "described anew"),
        (len(report.copies), "copies of what is there"),
        (len(report.withdrawn), "withdrawn before"),
        (len(report.set_aside), "set aside"),
    )
    told = [f"{count:,} {name}" for place, (count, name) in enumerate(counts) if count or place < 3]
    lines = [", ".join(told) + "."]
    lines += [
        f"withdrawn before, and not shown: {id}; `sijill log {id}` says why and what to undo" for id in report.withdrawn
    ]
    lines += [f"set aside: {safe(item.message)}" for item in report.set_aside]
    return "\n".join(lines)


def report_record(report: "AddReport") -> dict[str, Any]:
    """Return what an addition came to, for JSON."""
    return {
        "added": list(report.added),
        "new_versions": list(report.new_versions),
        "unchanged": report.unchanged,
        "redescribed": list(report.redescribed),
        "copies": list(report.copies),
        "withdrawn": list(report.withdrawn),
        "set_aside": [
            {"source": item.source, "code": item.code, "args": list(item.args), "message": item.message}
            for item in report.set_aside
        ],
    }


COMMANDS: tuple[click.Command, ...] = (add, *people.COMMANDS, log)
