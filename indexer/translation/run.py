"""The run over an archive: every sentence that lacks a translation gets one, and what is done stays done."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from types import TracebackType
from typing import Self

from archive.document import Note
from archive.errors import ArchiveError
from archive.store import Store
from archive.translation import Origin, Translation
from indexer.errors import BadPackage, NoLexicon, NoModel
from indexer.translation.agreement import Agreement
from indexer.translation.aligning import align_archive
from indexer.translation.argos import ArgosSettings, ArgosTranslator
from indexer.translation.packages import find_package
from indexer.translation.translator import Draft, Translator
from indexer.translation.trust import with_doubts

WINDOW = 4096
"""Sentences gathered before they are sorted by length; bounds memory whatever the archive's size."""

SAVED_TOGETHER = 128
SECONDS_UNSAVED = 1.0
MOST_NAMED = 1000

Progress = Callable[[int, int | None], None]


class Engine(StrEnum):
    """What to translate with. `auto`: Argos where a package is installed, else glosses, else nothing."""

    AUTO = "auto"
    ARGOS = "argos"
    GLOSS = "gloss"


@dataclass(frozen=True, slots=True)
class FailedSentence:
    """A sentence that got no English in this run, and why. The next run tries it again."""

    key: str
    text: str
    reason: Note


@dataclass(frozen=True, slots=True)
class TranslateReport:
    """What a run did.

    `engine` and `model` are what served, None when nothing could. `by_engine` counts the lines each engine made (a
    sentence that Argos fails on may get a gloss). `failed` names at most a thousand of the `failures`. `remaining`
    sentences still lack a line of the engine that served. `hint` says what would serve better.
    """

    engine: str | None
    model: str | None
    translated: int = 0
    by_engine: tuple[tuple[str, int], ...] = ()
    failures: int = 0
    failed: tuple[FailedSentence, ...] = ()
    remaining: int = 0
    seconds: float = 0.0
    hint: Note | None = None


def translate_archive(
    store: Store,
    *,
    engine: str = Engine.AUTO,
    model: str | None = None,
    limit: int | None = None,
    settings: ArgosSettings | None = None,
    progress: Progress | None = None,
) -> TranslateReport:
    """Translate the sentences that lack it: all of them, or at most `limit`.

    `model` is the name of an installed Argos package or the folder of one; without it the newest for Arabic to English
    serves. Each distinct sentence is translated once, wherever it stands. Results are kept as they come: a run that is
    killed loses at most the second in hand, and the next takes up where it stopped. Raises NoModel, BadPackage or
    NoLexicon when the engine asked for by name can't serve; with `auto` the report says what is missing. The words of
    imported lines are paired first.
    """
    began = time.monotonic()
    align_archive(store)
    translator, hint = choose_translator(engine, model, settings)
    if translator is None:
        return TranslateReport(None, None, remaining=store.count_pending(Origin.GLOSS), hint=hint)
    run = _Run(store, translator, progress)
    run.translate(limit)
    by_engine = {translator.info.engine: run.translated}
    if run.failures and engine == Engine.AUTO and limit is None and translator.info.origin is Origin.MACHINE:
        by_engine |= _gloss_the_rest(store)
    return TranslateReport(
        engine=translator.info.engine,
        model=translator.info.model,
        translated=sum(by_engine.values()),
        by_engine=tuple(by_engine.items()),
        failures=run.failures,
        failed=tuple(run.failed),
        remaining=store.count_pending(translator.info.origin, translator.info.model_hash),
        seconds=time.monotonic() - began,
        hint=hint,
    )


def choose_translator(
    engine: str = Engine.AUTO, model: str | None = None, settings: ArgosSettings | None = None
) -> tuple[Translator | None, Note | None]:
    """Return what translates, and a hint (`install_model`, `broken_model`, `install_any`) when better is to be had."""
    if engine == Engine.GLOSS:
        return _gloss_translator(), None
    if engine == Engine.ARGOS or model is not None:
        return _argos_translator(model, settings), None
    if engine != Engine.AUTO:
        raise NoModel(f"there is no translation engine {engine!r}; choose one of {', '.join(Engine)}")
    try:
        return _argos_translator(None, settings), None
    except NoModel:
        hint = Note("install_model")
    except BadPackage as error:
        hint = Note("broken_model", (str(error),))
    try:
        return _gloss_translator(), hint
    except NoLexicon:
        return None, hint if hint.code == "broken_model" else Note("install_any")


def _argos_translator(model: str | None, settings: ArgosSettings | None) -> ArgosTranslator:
    from indexer.lexicon import load_lexicon

    translator = ArgosTranslator(find_package(model), settings, Agreement(load_lexicon()))
    translator.load()
    return translator


def _gloss_translator() -> Translator:
    from indexer.translation.gloss import GlossTranslator

    return GlossTranslator()


def _gloss_the_rest(store: Store) -> dict[str, int]:
    """Give a gloss to what the model failed on, where the lexicon is installed."""
    try:
        translator = _gloss_translator()
    except NoLexicon:
        return {}
    run = _Run(store, translator, None)
    run.translate(None)
    return {translator.info.engine: run.translated} if run.translated else {}


@dataclass(slots=True)
class _Run:
    store: Store
    translator: Translator
    progress: Progress | None
    translated: int = 0
    failures: int = 0
    failed: list[FailedSentence] = field(default_factory=list)

    def translate(self, limit: int | None) -> None:
        """Translate what is pending; sentences that fail don't count towards the limit, or they would block it."""
        info = self.translator.info
        lacking = self.store.count_pending(info.origin, info.model_hash)
        total = lacking if limit is None else min(limit, lacking)
        pending = self.store.pending(info.origin, info.model_hash)
        with _Saver(self.store) as saver:
            while self.translated < total and (window := list(islice(pending, min(WINDOW, total - self.translated)))):
                for key, text, draft in self._drafts(window):
                    if draft.problem:
                        self._fail(key, text, draft.problem)
                    else:
                        signed = draft.signed(info, datetime.now(UTC).isoformat(timespec="seconds"))
                        saver.add(key, with_doubts(text, signed))
                        self.translated += 1
                    if self.progress:
                        self.progress(self.translated + self.failures, total)

    def _drafts(self, window: list[tuple[str, str]]) -> Iterator[tuple[str, str, Draft]]:
        for position, draft in self.translator.translate([text for _, text in window]):
            yield *window[position], draft

    def _fail(self, key: str, text: str, reason: Note) -> None:
        self.failures += 1
        if len(self.failed) < MOST_NAMED:
            self.failed.append(FailedSentence(key, text, reason))


class _Saver:
    """Writes translations in small transactions; what is in hand is written too when the run is broken off."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._unsaved: list[tuple[str, Translation]] = []
        self._saved_at = time.monotonic()

    def add(self, key: str, translation: Translation) -> None:
        self._unsaved.append((key, translation))
        if len(self._unsaved) >= SAVED_TOGETHER or time.monotonic() - self._saved_at > SECONDS_UNSAVED:
            self._save()

    def _save(self) -> None:
        self._store.save_translations(self._unsaved)
        self._unsaved = []
        self._saved_at = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._unsaved and not isinstance(error, ArchiveError):
            self._save()
