"""Measure the analysis of text and the reading of queries, with every level, the lexicon and the gazetteer.

    python tests/bench/analysis.py [--runs N] [--articles N] [--archive FOLDER]

Texts are the seeds, many times over, and real articles where they are at hand (../shared/data or SIJILL_EVAL_DATA).
Cold: each distinct word for the first time, in a new process that has read the lexicon and the gazetteer and looked
nothing up. Steady: the texts again, in the same process, every word remembered. Queries are read and compiled against
an index, of the articles (else of the seeds) in a temporary folder, or of an archive that is given: the first time in a
new process, and again. Each run is a process of its own; medians of the runs are printed, with the least and most.
"""

import argparse
import gzip
import json
import multiprocessing
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

from archive.adding import add
from archive.store import Store
from indexer.analysis import known_words
from indexer.analysis.tokenizer import words
from indexer.indexing import default_analyzer, index_archive, open_engine
from indexer.lexicon import load_lexicon
from indexer.query import compile_query, read_query

R = TypeVar("R")

ROOT = Path(__file__).resolve().parents[2]
SEEDS_REPEATED = 40
LEAST_RUNS = 5
WARM_UP = "والكلمات words 2017"
"""Has the tables read that are first read with a word; of no concern to the texts."""

QUERIES = (
    "المدنيين",
    "أسعار المحروقات",
    '"مجلس الأمن" قرار',
    "انتخاب* -تونس",
    "ما هي نتائج المفاوضات بين الحكومة والنقابات؟",
    "(وزير OR رئيس) الصحة",
    "drought in the north",
    "Deir ez-Zor hospital",
    "elect*",
    "Baghuz~ level:exact",
)


@dataclass(frozen=True, slots=True)
class Analysed:
    """One run over texts: words, distinct words, and seconds to learn these and to go through those again."""

    tokens: int
    distinct: int
    cold: float
    steady: float


def analyse(texts: Sequence[str]) -> Analysed:
    """Analyse texts, in a process that has analysed nothing."""
    analyzer = default_analyzer(known_words(texts))
    analyzer.analyze(WARM_UP)
    distinct = list(dict.fromkeys(word for text in texts for _, _, word in words(text)))
    began = perf_counter()
    for word in distinct:
        analyzer.analyze(word)
    learnt = perf_counter()
    for text in texts:
        analyzer.analyze(text)
    began_again = perf_counter()
    tokens = sum(len(analyzer.analyze(text)) for text in texts)
    return Analysed(tokens, len(distinct), learnt - began, perf_counter() - began_again)


def expand(archive: Path) -> list[tuple[float, float]]:
    """Return, for each query, the milliseconds to read and compile it the first time and again."""
    engine = open_engine(archive)
    analyzer = default_analyzer(engine.known_words())

    def milliseconds(query: str) -> float:
        began = perf_counter()
        compile_query(read_query(query), analyzer, engine.terms)
        return (perf_counter() - began) * 1000

    compile_query(read_query(WARM_UP), analyzer, engine.terms)
    first = [milliseconds(query) for query in QUERIES]
    again = [statistics.median(milliseconds(query) for _ in range(LEAST_RUNS)) for query in QUERIES]
    engine.close()
    return list(zip(first, again, strict=True))


def runs(times: int, work: Callable[..., R], *given: Any) -> list[R]:
    """Return what a function gives in each of so many new processes, one after the other."""
    found = []
    for _ in range(times):
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            found.append(pool.submit(work, *given).result())
    return found


def seed_texts() -> list[str]:
    """Return the seeds."""
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]


def article_lines(most: int) -> list[str]:
    """Return so many real articles as lines of JSON; none where they are not at hand."""
    source = Path(os.environ.get("SIJILL_EVAL_DATA", ROOT.parent / "shared" / "data")) / "articles-ant.jsonl.gz"
    if not source.is_file():
        say(f"the articles for measuring are not at {source}; set SIJILL_EVAL_DATA to their folder for more figures")
        return []
    with gzip.open(source, "rt", encoding="utf-8") as file:
        return list(islice(file, most))


def article_text(line: str) -> str:
    """Return the title and the text of an article."""
    told = json.loads(line)
    return f"{told.get('title') or ''}\n{told.get('text') or ''}"


def build(folder: Path, lines: Sequence[str]) -> None:
    """Make an indexed archive of the articles, of the seeds where there are none."""
    source = ROOT / "seeds"
    if lines:
        source = folder / "articles.jsonl"
        source.write_text("".join(lines), encoding="utf-8")
    paths = [source] if lines else sorted(source.glob("*.txt"))
    with Store.open(folder / "archive", create=True) as store:
        add(store, paths)
        report = index_archive(store)
    say(f"an index of {report.total:,} articles in {report.seconds:.0f} s")


def show_texts(name: str, found: Sequence[Analysed]) -> None:
    """Print the speeds over texts."""
    one = found[0]
    say(f"{name}: {one.tokens:,} words, {one.distinct:,} distinct")
    _speeds("  cold, distinct words/s", [run.distinct / run.cold for run in found])
    _speeds("  steady, words/s", [run.tokens / run.steady for run in found])


def show_queries(found: Sequence[Sequence[tuple[float, float]]]) -> None:
    """Print the times of the queries, and of the middle one."""
    say("\nmilliseconds to read and expand a query\n   first   again  query")
    taken = [[statistics.median(side) for side in zip(*times, strict=True)] for times in zip(*found, strict=True)]
    for query, (first, again) in zip(QUERIES, taken, strict=True):
        say(f"{first:8.2f}{again:8.2f}  {query}")
    first, again = (statistics.median(times) for times in zip(*taken, strict=True))
    say(f"{first:8.2f}{again:8.2f}  (median of the queries)")


def _speeds(name: str, speeds: Sequence[float]) -> None:
    say(f"{name}: {statistics.median(speeds):,.0f} ({min(speeds):,.0f} to {max(speeds):,.0f})")


def say(text: str) -> None:
    """Show a figure."""
    print(text, flush=True)  # noqa: T201


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=LEAST_RUNS, help=f"at least {LEAST_RUNS}, which is the default")
    parser.add_argument("--articles", type=int, default=2000, help="real articles to take (2,000)")
    parser.add_argument("--archive", type=Path, help="an indexed archive to expand queries over; it is only read")
    options = parser.parse_args()
    if load_lexicon() is None:
        sys.exit('the lexicon is not installed: pip install "sijill[lexicon]"')
    times = max(options.runs, LEAST_RUNS)
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    say(f"Python {platform.python_version()}, {os.cpu_count()} cores{load}; medians of {times} runs, least and most")
    lines = article_lines(options.articles)
    show_texts(f"seeds, {SEEDS_REPEATED} times", runs(times, analyse, seed_texts() * SEEDS_REPEATED))
    if lines:
        show_texts(f"{len(lines):,} articles", runs(times, analyse, [article_text(line) for line in lines]))
    with tempfile.TemporaryDirectory() as folder:
        archive = options.archive
        if archive is None:
            build(Path(folder), lines)
            archive = Path(folder) / "archive"
        show_queries(runs(times, expand, archive))


if __name__ == "__main__":
    main()
