"""Adding files and folders to an archive: read, clean, keep; what stands is told only once it stands."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from archive.cleaning import compose
from archive.declaring import NOTHING, merge
from archive.document import Declared, Reading
from archive.readers import SetAside, files_of, given_of, read_given, source_name, source_stands
from archive.store import Change, Outcome, Store

BATCH_ITEMS = 500
"""Items that are committed together at most."""

BATCH_SECONDS = 1.0
"""Seconds after which what is done is committed, so that a killed run loses little."""

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class AddReport:
    """What an addition came to.

    Ids of articles that are new, that have a new version, that a copy was found of, that an option or sidecar said
    something new of, and that were withdrawn and stay so; how many items were unchanged; what was set aside and why.
    """

    added: tuple[str, ...] = ()
    new_versions: tuple[str, ...] = ()
    unchanged: int = 0
    copies: tuple[str, ...] = ()
    redescribed: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    withdrawn: tuple[str, ...] = ()


@dataclass(slots=True)
class _Tally:
    """What is done so far; grows as items are kept."""

    by_change: dict[Change, list[str]] = field(default_factory=lambda: {change: [] for change in Change})
    set_aside: list[SetAside] = field(default_factory=list)
    done: int = 0

    def report(self) -> AddReport:
        return AddReport(
            added=tuple(self.by_change[Change.ADDED]),
            new_versions=tuple(self.by_change[Change.NEW_VERSION]),
            unchanged=len(self.by_change[Change.UNCHANGED]),
            copies=tuple(self.by_change[Change.COPY]),
            redescribed=tuple(self.by_change[Change.REDESCRIBED]),
            set_aside=tuple(self.set_aside),
            withdrawn=tuple(self.by_change[Change.WITHDRAWN]),
        )


def add(
    store: Store, paths: Iterable[Path], declared: Declared = NOTHING, progress: Progress | None = None
) -> AddReport:
    """Add files, and folders with all that is in them, and return what it came to.

    Adding the same again changes nothing. A run that was killed is finished by running it again: what `progress` was
    told of is committed. Raises `ArchiveBusy` when another process is adding.
    """
    tally = _Tally()
    with store.exclusively():
        items = _items(paths, declared)
        for batch in _batches(store, items, tally):
            if progress:
                progress(batch, None)
    return tally.report()


def _batches(store: Store, items: "Iterator[_Found]", tally: _Tally) -> Iterator[int]:
    """Keep items in batches, each of one transaction, and give the number of items kept after each."""
    more = True
    while more:
        started, before = time.monotonic(), tally.done
        with store.batch():
            while more and tally.done - before < BATCH_ITEMS and time.monotonic() - started < BATCH_SECONDS:
                found = next(items, None)
                more = found is not None
                if found is not None:
                    _keep(store, found, tally)
        yield tally.done


@dataclass(frozen=True, slots=True)
class _Found:
    """An item, and what was given beside it; or, at the end of a file, which files were read and what stands aside."""

    item: Reading | SetAside | None
    given: Declared = NOTHING
    read: tuple[str, ...] = ()
    aside: frozenset[str] = frozenset()


def _items(paths: Iterable[Path], options: Declared) -> Iterator[_Found]:
    for path in paths:
        for file in files_of(path):
            if isinstance(file, SetAside):
                yield _Found(file)
            else:
                yield from _items_of(file, options)


def _items_of(file: Path, options: Declared) -> Iterator[_Found]:
    given, wrong = given_of(file, options)
    aside = set()
    for item in chain([wrong] if wrong else [], read_given(file, given)):
        if isinstance(item, SetAside):
            aside.add(item.source)
        yield _Found(item, given)
    read = (source_name(file), source_name(file.with_suffix(".json")))
    yield _Found(None, read=read, aside=frozenset(aside))


def _keep(store: Store, found: _Found, tally: _Tally) -> None:
    if found.item is None:
        store.forget_aside(found.read, except_for=found.aside)
    elif isinstance(found.item, SetAside):
        store.set_aside(found.item.source, found.item.code, found.item.args, found.item.message)
        tally.set_aside.append(found.item)
        tally.done += 1
    else:
        outcome = _put(store, found.item, found.given)
        tally.by_change[outcome.change].append(outcome.id)
        tally.done += 1


def _put(store: Store, reading: Reading, given: Declared) -> Outcome:
    """Clean an item and put it, with what was given of it now and before."""
    if held := store.recall(reading, given):
        return held
    known = merge(given, store.given_at(reading.source))
    whole = replace(reading, declared=merge(known, reading.declared)) if known != given else reading
    return store.put(whole, compose(whole), given, stands=source_stands)
