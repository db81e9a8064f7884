"""Measure the search on a judged set, through the archive, analysis, query reading and engine of the product.

A set is a folder with `corpus.jsonl` (`id`, `title`, `text` and optionally `translation`, the whole document's
English), `queries.jsonl` (`id`, `text`) and `qrels.tsv` (query, document, relevance). The measures are computed by
`ir_measures`.
"""

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive.cleaning import compose
from archive.document import Declared, Reading
from archive.sentences import split_sentences
from archive.store import Store
from archive.translation import Article, Origin, Translation, sentence_key
from indexer.analysis.token import Level
from indexer.errors import IndexerError, QueryError
from indexer.indexing import index_archive
from indexer.search import Searcher

DEPTH = 100
"""Ranks kept for a query."""

MEASURES = ("nDCG@10", "MRR@10", "R@100")

LADDER = (Level.EXACT, Level.FOLDED, Level.VARIANT, Level.LIGHT, Level.LEMMA, Level.STEM, Level.NAME, Level.GLOSS)
"""The levels in the order in which an ablation switches them on; `stemmed` comes with `light`."""


class BadSet(IndexerError):
    """A judged set that can't be read."""


@dataclass(frozen=True, slots=True)
class Row:
    """The measures with a choice of levels."""

    levels: tuple[Level, ...]
    metrics: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a set measured: `metrics` by name (means over all judged queries), and the ablation where asked for."""

    name: str
    documents: int
    queries: int
    metrics: Mapping[str, float]
    ablation: tuple[Row, ...] = ()


Run = Mapping[str, Sequence[str]]
"""The documents found for each query, best first; none for a query that the product refuses to read."""


def evaluate(
    folder: Path,
    *,
    translations: bool = True,
    levels: frozenset[Level] | None = None,
    names: bool = True,
    ablate: bool = False,
    run_file: Path | None = None,
    progress: Callable[[int, int | None], None] | None = None,
) -> Evaluation:
    """Build an archive of the set in a temporary folder, ask it every query, and measure what it gives.

    Raises `BadSet` when a file of the set is missing or malformed, or `ir_measures` is not installed.
    """
    queries = {str(line["id"]): str(line["text"]) for line in _lines(folder / "queries.jsonl", "id", "text")}
    judged = _judgements(folder / "qrels.tsv")
    queries = {key: text for key, text in queries.items() if key in judged}
    if not queries:
        raise BadSet(f"the set {folder} has no judged query; qrels.tsv must name the ids of queries.jsonl")
    with tempfile.TemporaryDirectory() as scratch, Store.open(Path(scratch), create=True) as store:
        names_by_id = _fill(store, folder / "corpus.jsonl", translations=translations)
        index_archive(store)
        searcher = Searcher(store)
        run = _ask(searcher, queries, names_by_id, levels=levels, names=names, progress=progress)
        ablation = tuple(_ablation(searcher, queries, names_by_id, judged)) if ablate else ()
    if run_file is not None:
        write_run(run, run_file)
    return Evaluation(folder.name, len(names_by_id), len(queries), measure(run, judged), ablation)


def measure(run: Run, judged: Mapping[str, Mapping[str, int]]) -> dict[str, float]:
    """Return the measures of a run, means over all judged queries; a query that found nothing counts 0."""
    try:
        import ir_measures
    except ImportError as error:
        raise BadSet('measuring needs ir_measures; install it with: pip install "sijill[eval]"') from error
    wanted = {"nDCG@10": ir_measures.nDCG @ 10, "MRR@10": ir_measures.RR @ 10, "R@100": ir_measures.R @ 100}
    qrels = [ir_measures.Qrel(q, d, r) for q, documents in judged.items() for d, r in documents.items()]
    scored = [ir_measures.ScoredDoc(q, d, float(DEPTH - i)) for q, found in run.items() for i, d in enumerate(found)]
    values = ir_measures.calc_aggregate(list(wanted.values()), qrels, scored)
    return {name: float(values[wanted[name]]) for name in MEASURES}


def write_run(run: Run, path: Path) -> None:
    """Write a run in the TREC format: query, Q0, document, rank, score, name."""
    with path.open("w", encoding="utf-8") as file:
        for query, found in run.items():
            file.writelines(f"{query} Q0 {doc} {rank} {DEPTH + 1 - rank} sijill\n" for rank, doc in enumerate(found, 1))


def _ask(
    searcher: Searcher,
    queries: Mapping[str, str],
    names_by_id: Mapping[str, str],
    *,
    levels: frozenset[Level] | None,
    names: bool,
    progress: Callable[[int, int | None], None] | None = None,
) -> Run:
    run = {}
    for done, (key, text) in enumerate(queries.items(), 1):
        try:
            run[key] = [names_by_id[id] for id in searcher.rank(text, limit=DEPTH, levels=levels, names=names)]
        except QueryError:
            run[key] = []
        if progress is not None:
            progress(done, len(queries))
    return run


def _ablation(
    searcher: Searcher,
    queries: Mapping[str, str],
    names_by_id: Mapping[str, str],
    judged: Mapping[str, Mapping[str, int]],
) -> Iterator[Row]:
    """Switch the levels on one by one, in the order of `LADDER`."""
    on: list[Level] = []
    for level in LADDER:
        on += [level, Level.STEMMED] if level is Level.LIGHT else [level]
        run = _ask(searcher, queries, names_by_id, levels=frozenset(on), names=level.rank >= Level.NAME.rank)
        yield Row(tuple(on), measure(run, judged))


def _fill(store: Store, corpus: Path, *, translations: bool) -> dict[str, str]:
    """Put every document of the set in the store; return the set's id for each article id."""
    names_by_id = {}
    for line in _lines(corpus, "id", "text"):
        name, raw = str(line["id"]), json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass")
        declared = Declared(title=str(line.get("title") or "") or None)
        reading = Reading(f"{corpus}#{name}", raw, str(line["text"]), "utf-8", "application/jsonl", declared, True)
        outcome = store.put(reading, compose(reading), declared)
        names_by_id[outcome.id] = name
        if translations and line.get("translation"):
            article = store.article(outcome.id)
            store.save_translations(spread(article, str(line["translation"])))
    return names_by_id


def spread(article: Article, english: str) -> list[tuple[str, Translation]]:
    """Lay a whole document's English along its sentences, each English sentence where its middle falls.

    The English is unaligned; which sentence holds it matters for display only, not for which article is found.
    """
    document = article.document
    sentences = document.sentences
    if not sentences:
        return []
    pieces: dict[int, list[str]] = {}
    for start, end in split_sentences(english):
        middle = (start + end) / 2 / len(english) * sentences[-1].end
        number = next((i for i, sentence in enumerate(sentences) if sentence.end >= middle), len(sentences) - 1)
        pieces.setdefault(number, []).append(english[start:end])
    time = datetime.now(UTC).isoformat(timespec="seconds")
    return [
        (
            sentence_key(document.sentence_text(sentences[number])),
            Translation(" ".join(parts), Origin.MACHINE, "imported", time, source="corpus"),
        )
        for number, parts in pieces.items()
    ]


def _judgements(path: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    try:
        rows = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSet(f"{path} can't be read: {error}") from error
    for number, row in enumerate(rows, 1):
        parts = row.split("\t")
        if len(parts) == 4:
            parts = [parts[0], parts[2], parts[3]]
        if len(parts) != 3 or not parts[2].strip().lstrip("-").isdigit():
            if number == 1:
                continue
            raise BadSet(f"line {number} of {path} is not: query, document, relevance, with tabs between")
        judged.setdefault(parts[0], {})[parts[1]] = int(parts[2])
    return judged


def _lines(path: Path, *required: str) -> Iterator[dict[str, object]]:
    """Give each line of a JSONL file as a dictionary that has the required keys."""
    try:
        with path.open(encoding="utf-8") as file:
            for number, text in enumerate(file, 1):
                if text.strip():
                    yield _line(path, number, text, required)
    except (OSError, UnicodeDecodeError) as error:
        raise BadSet(f"{path} can't be read: {error}") from error


def _line(path: Path, number: int, text: str, required: tuple[str, ...]) -> dict[str, object]:
    try:
        line = json.loads(text)
    except ValueError as error:
        raise BadSet(f"line {number} of {path} is not JSON: {error}") from error
    if not isinstance(line, dict) or any(key not in line for key in required):
        raise BadSet(f"line {number} of {path} lacks {' or '.join(required)}")
    return line
