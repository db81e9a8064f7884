"""`eval`: how well the search finds what people judged relevant."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.errors import IndexerError
from web.asking import read_levels
from web.cli.edge import PATH, text
from web.cli.terminal import heading, progress
from web.records import Record, as_json

if TYPE_CHECKING:
    from indexer.evaluation import Evaluation


@click.command("eval")
@click.argument("folder", metavar="DIR", type=PATH)
@click.option("--run", "run_file", type=PATH, metavar="FILE", help="Write what was found for each query (TREC format).")
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@click.option("--ablate", is_flag=True, help="Also measure with the levels switched on one by one.")
@click.option("--no-translations", is_flag=True, help="Leave the translations of the documents out.")
@click.option("--levels", type=text, metavar="NAMES", help="Levels of match that count, with commas: exact,folded.")
@click.option("--no-names", is_flag=True, help="Don’t look for names in the other script.")
def eval_(
    folder: Path,
    run_file: Path | None,
    as_data: bool,
    ablate: bool,
    no_translations: bool,
    levels: str | None,
    no_names: bool,
) -> None:
    """Measure the search on a judged set, through the whole program, in a temporary archive.

    DIR holds corpus.jsonl (id, title, text, optionally translation), queries.jsonl (id, text) and qrels.tsv (query,
    document, relevance). A query that can't be read counts as one that found nothing.
    """
    from indexer.evaluation import evaluate

    if not folder.is_dir():
        raise IndexerError(f"{folder} is no folder; a judged set holds corpus.jsonl, queries.jsonl and qrels.tsv")
    if find_spec("ir_measures") is None:
        raise IndexerError("measuring needs the extra eval; install it with `pip install 'sijill[eval]'`")
    with progress("asking", "queries") as step:
        measured = evaluate(
            folder,
            translations=not no_translations,
            levels=frozenset(read_levels(levels)) if levels else None,
            names=not no_names,
            ablate=ablate,
            run_file=run_file,
            progress=step,
        )
    click.echo(as_json(_record(measured)) if as_data else "\n".join(_lines(measured)))


def _record(measured: "Evaluation") -> Record:
    return {
        "set": measured.name,
        "documents": measured.documents,
        "queries": measured.queries,
        "metrics": {name: round(value, 6) for name, value in measured.metrics.items()},
        "ablation": [
            {
                "levels": [level.value for level in row.levels],
                "metrics": {name: round(value, 6) for name, value in row.metrics.items()},
            }
            for row in measured.ablation
        ],
    }


def _lines(measured: "Evaluation") -> list[str]:
    names = list(measured.metrics)
    lines = [heading(f"{measured.name}: {measured.documents:,} documents, {measured.queries:,} queries")]
    lines += [f"{name:<10}{value:.4f}" for name, value in measured.metrics.items()]
    if measured.ablation:
        lines += ["", f"{'levels up to':<14}" + "".join(f"{name:>10}" for name in names)]
    for row in measured.ablation:
        furthest = max(row.levels, key=lambda level: (level.value != "stemmed", level.rank))
        lines.append(f"{furthest.value:<14}" + "".join(f"{row.metrics[name]:>10.4f}" for name in names))
    return lines


COMMANDS: tuple[click.Command, ...] = (eval_,)
