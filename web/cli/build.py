"""`translate`, `index`, `build`: what is made from the originals."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.translation import Origin
from web.asking import read_levels
from web.catalogue import say, say_note
from web.cli.edge import SET_ASIDE, in_archive, text
from web.cli.terminal import LANGUAGE, progress, safe, staged

if TYPE_CHECKING:
    from archive.store import Store
    from indexer.analysis.token import Level
    from indexer.indexing import IndexReport
    from indexer.translation.glossary import Glossary
    from indexer.translation.run import Asked, TranslateReport

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
@click.option("--retry", is_flag=True, help="Try again what the model failed on before.")
@click.option("--again", is_flag=True, help="Translate anew what the model has translated, as after a change of beam.")
@click.option(
    "--glossary",
    type=text,
    metavar="FILE|names|none",
    help="Terms with the English that is wanted, from now on: lines of Arabic, tab, English (tab, other spellings|…); "
    "names: the gazetteer’s spellings alone, as before any was named; none.",
)
@in_archive
def translate(folder: Path, engine: str, limit: int | None, retry: bool, again: bool, glossary: str | None) -> None:
    """Translate the sentences that lack it. Stopped, it goes on where it stopped; nothing is translated twice."""
    from archive.store import Store
    from indexer.translation.run import Asked

    if again and limit is not None:
        raise click.UsageError("--again redoes everything and --limit only a part; give one of them")
    asked = Asked(retry, again, _glossary(glossary) if glossary else None)
    with Store.open(folder) as store:
        failures = run_translation(store, engine, limit, asked=asked)
    if failures:
        click.get_current_context().exit(SET_ASIDE)


@click.command()
@click.option("--engine", type=ENGINES, default="whoosh", show_default=True, help="What searches.")
@click.option("--rebuild", is_flag=True, help="Build it anew from the store.")
@click.option(
    "--levels",
    type=text,
    metavar="NAMES",
    help="Levels of match that the index holds from now on, with commas; all: every one. exact and folded always are.",
)
@in_archive
def index(folder: Path, engine: str, rebuild: bool, levels: str | None) -> None:
    """Bring the index up to date with the archive. Searches go on meanwhile.

    With fewer levels the index is smaller and finds less; it keeps the levels that it was last given.
    """
    from archive.store import Store

    chosen = read_levels(levels) if levels else None
    with Store.open(folder) as store:
        run_index(store, engine, rebuild, levels=chosen)


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


def run_translation(
    store: "Store",
    engine: str = "auto",
    limit: int | None = None,
    *,
    asked: "Asked | None" = None,
    stage: str = "",
) -> int:
    """Translate what lacks it, say what came of it (after the name of the stage), and return the number of failures."""
    from indexer.translation.run import translate_archive

    with progress("translating", "sentences") as step:
        report = translate_archive(store, engine=engine, limit=limit, asked=asked, progress=step)
    click.echo(staged(stage, translation_words(report, reviewed=_reviewed(store))))
    return report.failures


def run_index(
    store: "Store",
    engine: str = "whoosh",
    rebuild: bool = False,
    *,
    levels: "Iterable[Level] | None" = None,
    stage: str = "",
) -> None:
    """Bring the index up to date, and say what came of it."""
    from indexer.indexing import index_archive

    with progress("indexing", "articles") as step:
        report = index_archive(store, rebuild=rebuild, engine=engine, levels=levels, progress=step)
    click.echo(staged(stage, index_words(report)))


def translation_words(report: "TranslateReport", *, reviewed: int = 0) -> str:
    """Return what a run of translation came to, and what would serve better; `reviewed` sentences need none."""
    lines = []
    if report.engine is None:
        lines.append(f"Nothing could translate; {say(LANGUAGE, 'sentences', report.remaining)} lack English.")
    elif report.translated == 0:
        done = f"{say(LANGUAGE, 'sentences', reviewed)} reviewed; nothing" if reviewed else "Nothing"
        lines.append(f"{done} was left to translate. The translator would be {_engine(report.engine, report)}.")
    else:
        made = ", ".join(f"{count:,} with {_engine(name, report)}" for name, count in report.by_engine)
        lines.append(f"Translated {say(LANGUAGE, 'sentences', report.translated)}: {made}.")
    if report.reshaped:
        lines.append(
            f"{say(LANGUAGE, 'sentences', report.reshaped)} brought up to date with the glossary and settings."
        )
    if report.remaining and report.engine is not None:
        failed = f", {report.failed_before:,} of them failed before (--retry tries again)" * bool(report.failed_before)
        lines.append(f"{say(LANGUAGE, 'sentences', report.remaining)} remain{failed}.")
    if report.failures:
        lines.append(f"{report.failures:,} could not be translated; `sijill translate --retry` tries again:")
        lines += [f"  {safe(one.text[:60])}: {safe(say_note(LANGUAGE, one.reason))}" for one in report.failed[:10]]
    if report.hint:
        lines.append(safe(say_note(LANGUAGE, report.hint)))
    return "\n".join(lines)


def _glossary(given: str) -> "Glossary":
    from indexer.translation.glossary import Glossary

    if given in ("names", "none"):
        return Glossary(names=given == "names")
    return Glossary.read(Path(given))


def _reviewed(store: "Store") -> int:
    """Return how many distinct sentences have reviewed English."""
    translated = store.stats()["translated"]
    return int(translated[Origin.REVIEWED]) if isinstance(translated, dict) else 0


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
