"""Bringing the index up to date with what a person just changed: the articles that it touches, and no others."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from archive.store import Store
from archive.translation import sentence_key
from indexer.engine.interface import Entry
from indexer.errors import IndexBusy
from indexer.indexing import default_analyzer, entry_of, index_levels, open_engine
from indexer.mentions import mentions

MOST = 4_000
"""Articles indexed at once; the others of a change that touches more are left for `index_archive`."""

PATIENCE = 3.0
"""Seconds that another process's writing is waited for."""

_PAUSE = 0.2
_SAVED_TOGETHER = 200

Progress = Callable[[int, int | None], None]


def reindex(store: Store, change: int, *, progress: Progress | None = None) -> int:
    """Index the articles anew that an entry of the log bears on, its own first; return how many are left over.

    A correction's words are paired with those of its sentence first. Raises `NoIndex`, `StaleIndex` or `DamagedIndex`
    when there is no index that could be added to, and `IndexBusy` when another process goes on writing it.
    """
    pair_correction(store, change)
    touched = store.touched(change)
    index_articles(store, touched[:MOST], progress=progress)
    return max(len(touched) - MOST, 0)


def index_articles(store: Store, ids: Sequence[str], *, progress: Progress | None = None) -> int:
    """Index these articles anew, take out those that were withdrawn, and return how many that were. Raises as above."""
    index = open_engine(store.folder)
    try:
        known = index.known_words()
        analyzer = default_analyzer(known, index_levels(store))
        gone = [id for id in ids if store.withdrawal(id)]

        def entries() -> Iterator[Entry]:
            for done in range(0, len(ids), _SAVED_TOGETHER):
                found = []
                for article in store.articles(ids[done : done + _SAVED_TOGETHER]):
                    named = mentions(article)
                    found.append((article.id, named))
                    yield entry_of(article, analyzer, named)
                store.save_mentions(found)
                if progress is not None:
                    progress(min(done + _SAVED_TOGETHER, len(ids)), len(ids))

        until = time.monotonic() + PATIENCE
        while True:
            try:
                return index.update(entries(), gone, known=known) + len(gone)
            except IndexBusy:
                if time.monotonic() > until:
                    raise
                time.sleep(_PAUSE)
    finally:
        index.close()


def pair_correction(store: Store, change: int) -> None:
    """Pair the words of a correction with those of its sentence, where the correction stands and has no pairs yet."""
    found = store.correction(change)
    if found is None or found[1].alignment:
        return
    from indexer.lexicon import load_lexicon
    from indexer.translation.agreement import Agreement
    from indexer.translation.alignment import align_by_place

    original, line = found
    pairs = align_by_place(original, line.text, Agreement(load_lexicon()).agree)
    if pairs:
        store.save_translations([(sentence_key(original), replace(line, alignment=pairs))])
