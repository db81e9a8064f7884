"""`translate`, `index`, `build`: what is made from the originals."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.catalogue import say, say_note
from web.cli.edge import SET_ASIDE, in_archive
from web.cli.terminal import LANGUAGE, progress, safe, staged

if TYPE_CHECKING:
    from archive.store import Store
    from indexer.indexing import IndexReport
    from indexer.translation.run import TranslateReport

ENGINES = click.Choice(["whoosh", "native", "opensearch"])
TRANSLATORS = click.Choice(["auto", "argos", "gloss"])

_translator = click.option(
    "--engine",
    type=TRANSLATORS,
    default="auto",
    show_default=True,
    help="auto: the installed Argos package, else word by word.",
)


@click.command()
@_translator
@click.option("--limit", type=click.IntRange(min=1), help="Sentences at most.")
@in_archive
def translate(folder: Path, engine: str, limit: int | None) -> None:
    """Translate the sentences that lack it. Stopped, it goes on where it stopped; nothing is translated twice."""
    from archive.store import Store

    with Store.open(folder) as store:
        failures = run_translation(store, engine, limit)
    if failures:
        click.get_current_context().exit(SET_ASIDE)


@click.command()
@click.option("--engine", type=ENGINES, default="whoosh", show_default=True, help="What searches.")
@click.option("--rebuild", is_flag=True, help="Build it anew from the store.")
@in_archive
def index(folder: Path, engine: str, rebuild: bool) -> None:
    """Bring the index up to date with the archive. Searches go on meanwhile."""
    from archive.store import Store

    with Store.open(folder) as store:
        run_index(store, engine, rebuild)


@click.command()
@_translator
@in_archive
def build(folder: Path, engine: str) -> None:
    """Translate and index."""
    from archive.store import Store

    with Store.open(folder) as store:
        failures = run_translation(store, engine)
        run_index(store)
    if failures:
        click.get_current_context().exit(SET_ASIDE)


def run_translation(store: "Store", engine: str = "auto", limit: int | None = None, *, stage: str = "") -> int:
    """Translate what lacks it, say what came of it (after the name of the stage), and return the number of failures."""
    from indexer.translation.run import translate_archive

    with progress("translating", "sentences") as step:
        report = translate_archive(store, engine=engine, limit=limit, progress=step)
    click.echo(staged(stage, translation_words(report)))
    return report.failures


def run_index(store: "Store", engine: str = "whoosh", rebuild: bool = False, *, stage: str = "") -> None:
    """Bring the index up to date, and say what came of it."""
    from indexer.indexing import index_archive

    with progress("indexing", "articles") as step:
        report = index_archive(store, rebuild=rebuild, engine=engine, progress=step)
    click.echo(staged(stage, index_words(report)))


def translation_words(report: "TranslateReport") -> str:
    """Return what a run of translation came to, and what would serve better."""
    lines = []
    if report.engine is None:
        lines.append(f"Nothing could translate; {say(LANGUAGE, 'sentences', report.remaining)} lack English.")
    elif report.translated == 0:
        lines.append(f"Nothing was left to translate; the translator is {_engine(report.engine, report)}.")
    else:
        made = ", ".join(f"{count:,} with {_engine(name, report)}" for name, count in report.by_engine)
        lines.append(f"Translated {say(LANGUAGE, 'sentences', report.translated)}: {made}.")
    if report.remaining and report.engine is not None:
        lines.append(f"{say(LANGUAGE, 'sentences', report.remaining)} remain.")
    if report.failures:
        lines.append(f"{report.failures:,} could not be translated; the next run tries again:")
        lines += [f"  {safe(one.text[:60])}: {safe(say_note(LANGUAGE, one.reason))}" for one in report.failed[:10]]
    if report.hint:
        lines.append(safe(say_note(LANGUAGE, report.hint)))
    return "\n".join(lines)


def _engine(name: str, report: "TranslateReport") -> str:
    words = say(LANGUAGE, f"engine.{name}")
    return f"{words} {safe(report.model)}" if report.model and name == "argos" else words


def index_words(report: "IndexReport") -> str:
    """Return what a run of indexing came to."""
    indexed = f"Indexed {say(LANGUAGE, 'results', report.indexed)}"
    gone = f", took out {report.deleted:,}" if report.deleted else ""
    unchanged = f", {report.unchanged:,} up to date before" if report.unchanged else ""
    why = f" Built anew: {say(LANGUAGE, f'rebuilt.{report.rebuilt}')}." if report.rebuilt else ""
    return f"{indexed}{gone}{unchanged}.{why}"


COMMANDS: tuple[click.Command, ...] = (translate, index, build)
