"""How fast articles are indexed and queries answered, on real articles; prints figures, asserts nothing but sense.

Run by name: `python -m pytest tests/bench/bench_index.py -s`; SIJILL_BENCH_ARTICLES sets how many (5,000).
"""

import gzip
import json
import os
import resource
import statistics
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

import pytest

from archive.document import Basis, Block, BlockKind, Declared, Document, Precision, PublicationDate, Reading, Sentence
from archive.sentences import split_sentences
from archive.store import Store
from indexer.indexing import INDEX, default_analyzer, entry_of, index_archive, open_engine
from indexer.search import Searcher

QUERIES = [
    "تونس",
    "الرئيس التونسي",
    "غارة جوية",
    "مجلس النواب الحكومة",
    "قوات الأمن",
    "مدن*",
    "وزير OR رئيس",
    '"مجلس الأمن"',
    "قتل مدنيين في سوريا",
    "ما هي أسباب ارتفاع الأسعار في تونس؟",
    "المنتخب الوطني -تونس",
    "صحيفة الجزائر",
    "سوريا~",
    "level:exact الاقتصاد",
    '"رئيس الحكومة" الميزانية',
]


def say(text: str) -> None:
    """Show a figure."""
    print(text)  # noqa: T201


def articles(path: Path, most: int) -> Iterator[tuple[str, str, str, str]]:
    """Yield (id, title, text, outlet) of articles that have both title and text."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        found = 0
        for number, line in enumerate(file):
            told = json.loads(line)
            if told.get("title") and told.get("text"):
                yield f"{number}", told["title"], told["text"], told.get("source") or ""
                found += 1
                if found == most:
                    return


def document(title: str, text: str, outlet: str, number: int) -> Document:
    """Return an article as a document, each line a block, with a made-up day."""
    whole = f"{title}\n{text}"
    blocks, sentences, at = [], [], 0
    for line in whole.split("\n"):
        if line.strip():
            blocks.append(Block(BlockKind.BODY if blocks else BlockKind.TITLE, at, at + len(line)))
            sentences += [Sentence(len(blocks) - 1, at + s, at + e) for s, e in split_sentences(line)]
        at += len(line) + 1
    date = PublicationDate(f"20{10 + number % 9}-0{1 + number % 9}-1{number % 9}", Precision.DAY, Basis.PAGE)
    return Document(whole, tuple(blocks), tuple(sentences), title, outlet, None, None, None, date)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An archive of real articles."""
    data = Path(os.environ.get("SIJILL_EVAL_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
    source = data / "articles-ant.jsonl.gz"
    if not source.is_file():
        pytest.skip(f"the articles for measuring are not at {source}; set SIJILL_EVAL_DATA to their folder")
    most = int(os.environ.get("SIJILL_BENCH_ARTICLES", "5000"))
    began = perf_counter()
    with Store.open(tmp_path_factory.mktemp("bench"), create=True) as opened:
        with opened.batch():
            for number, (name, title, text, outlet) in enumerate(articles(source, most)):
                made = document(title, text, outlet, number)
                reading = Reading(name, made.text.encode(), made.text, "utf-8", "text/plain", Declared())
                opened.put(reading, made, Declared())
        say(f"\nput {most:,} articles in {perf_counter() - began:.1f} s")
        yield opened


@pytest.fixture(scope="module")
def searcher(store: Store) -> Searcher:
    """A searcher over them, indexed."""
    report = index_archive(store)
    folder = store.folder / INDEX
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"indexed {report.indexed:,} in {report.seconds:.1f} s: {report.indexed / report.seconds:,.0f} articles/s")
    say(f"index {size / 1e6:.1f} MB, memory at most {memory:.0f} MB")
    return Searcher(store)


def milliseconds(run: Callable[[], object], times: int = 5) -> float:
    """Return the median time of a call."""
    taken = []
    for _ in range(times):
        began = perf_counter()
        run()
        taken.append((perf_counter() - began) * 1000)
    return statistics.median(taken)


def test_ready_entries(store: Store, tmp_path: Path) -> None:
    """The engine alone: entries made beforehand."""
    analyzer = default_analyzer()
    began = perf_counter()
    entries = [entry_of(article, analyzer) for article in store.articles()]
    made = perf_counter() - began
    began = perf_counter()
    open_engine(tmp_path).update(entries, known=frozenset())
    taken = perf_counter() - began
    say(f"\nanalysis {len(entries) / made:,.0f} articles/s; engine alone {len(entries) / taken:,.0f} articles/s")
    assert entries


def test_queries(searcher: Searcher) -> None:
    """Each query, found only, and with all that a page shows."""
    say("\n  rank    page    hits  query")
    for query in QUERIES:
        searcher.search(query)
        rank, page = milliseconds(lambda q=query: searcher.rank(q)), milliseconds(lambda q=query: searcher.search(q))
        say(f"{rank:6.1f}  {page:6.1f}  {searcher.search(query).total:6,}  {query}")


def test_opening(store: Store, searcher: Searcher) -> None:
    """From nothing open to the first page."""
    taken = milliseconds(lambda: Searcher(store).search("تونس"), times=3)
    say(f"\nopen and search: {taken:.0f} ms")


def test_small_update(store: Store, searcher: Searcher) -> None:
    """One article changed in a large archive."""
    first = store.ids()[0]

    def change(number: int) -> float:
        store.describe(first, "outlet", f"outlet {number}", "bench")
        return index_archive(store).seconds

    say(f"\none article changed: {statistics.median(change(number) for number in range(5)) * 1000:.0f} ms")


def test_eight_clients(searcher: Searcher) -> None:
    """200 searches by 8 threads of one process."""
    waiting = iter(QUERIES * 14)
    lock, taken = threading.Lock(), []

    def ask() -> None:
        while True:
            with lock:
                query = next(waiting, None)
            if query is None:
                return
            began = perf_counter()
            searcher.search(query)
            taken.append((perf_counter() - began) * 1000)

    began = perf_counter()
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken.sort()
    say(
        f"\n{len(taken)} searches by 8 threads: {len(taken) / (perf_counter() - began):.0f}/s, "
        f"median {taken[len(taken) // 2]:.0f} ms, p95 {taken[int(len(taken) * 0.95)]:.0f} ms"
    )
