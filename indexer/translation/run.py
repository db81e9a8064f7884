"""The run over an archive: every sentence that lacks a translation gets one, and what is done stays done."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
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
from indexer.translation.glossary import Glossary
from indexer.translation.packages import find_package
from indexer.translation.translator import Draft, Translator
from indexer.translation.trust import with_doubts

WINDOW = 4096
"""Sentences gathered before they are sorted by length; bounds memory whatever the archive's size."""

SAVED_TOGETHER = 128
SECONDS_UNSAVED = 1.0
MOST_NAMED = 1000
GLOSSARY = "glossary"
"""The setting of an archive that holds its glossary."""

_REVISED = "glossary_done"
"""The setting that names the model and the glossary to which all of the model's lines were brought last."""

Progress = Callable[[int, int | None], None]


class Engine(StrEnum):
    """What to translate with. `auto`: Argos where a package is installed, else glosses, else nothing."""

    AUTO = "auto"
    ARGOS = "argos"
    GLOSS = "gloss"


@dataclass(frozen=True, slots=True)
class FailedSentence:
    """A sentence that got no English in this run, and why. It is tried again when a run is asked to."""

    key: str
    text: str
    reason: Note


@dataclass(frozen=True, slots=True)
class TranslateReport:
    """What a run did.

    `engine` and `model` are what served, None when nothing could. `by_engine` counts the lines each engine made (a
    sentence that Argos fails on may get a gloss). `failed` names at most a thousand of the `failures`. `remaining`
    sentences still lack a line of the engine that served, `failed_before` of them because it failed on them in
    earlier runs. `reshaped` lines stood already and were brought to the glossary as it is now. `hint` says what would
    serve better.
    """

    engine: str | None
    model: str | None
    translated: int = 0
    by_engine: tuple[tuple[str, int], ...] = ()
    failures: int = 0
    failed: tuple[FailedSentence, ...] = ()
    remaining: int = 0
    failed_before: int = 0
    reshaped: int = 0
    seconds: float = 0.0
    hint: Note | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run is asked for beyond the sentences that lack English.

    With `retry` those that the model failed on before are tried again; with `again` all that it has translated are
    translated anew, as after a change of its settings. `glossary` holds from now on; None keeps the archive's.
    """

    retry: bool = False
    again: bool = False
    glossary: Glossary | None = None


def translate_archive(
    store: Store,
    *,
    engine: str = Engine.AUTO,
    model: str | None = None,
    limit: int | None = None,
    settings: ArgosSettings | None = None,
    asked: Asked | None = None,
    progress: Progress | None = None,
) -> TranslateReport:
    """Translate the sentences that lack it: all of them, or at most `limit`.

    `model` is the name of an installed Argos package or the folder of one; without it the newest for Arabic to English
    serves. Each distinct sentence is translated once, wherever it stands. Results are kept as they come: a run that is
    killed loses at most the second in hand, and the next takes up where it stopped. Lines are kept by sentence, model
    and the glossary's terms in the sentence: a change of a term redoes those that hold it, a change of beam nothing.
    Raises NoModel, BadPackage or NoLexicon when the engine asked for by name can't serve; with `auto` the report says
    what is missing. The words of imported lines are paired first.
    """
    began = time.monotonic()
    asked = asked or Asked()
    if asked.glossary:
        store.set_setting(GLOSSARY, asked.glossary.pack())
    align_archive(store)
    translator, hint = choose_translator(engine, model, settings)
    if translator is None:
        return TranslateReport(None, None, remaining=store.count_pending(Origin.GLOSS), hint=hint)
    info = translator.info
    if asked.retry:
        store.forget_failures(info.model_hash or "")
    run = _Run(store, translator, progress, archive_glossary(store))
    run.translate(limit)
    if limit is None:
        run.revise(again=asked.again)
    by_engine = {info.engine: run.translated}
    if run.failures and engine == Engine.AUTO and limit is None and info.origin is Origin.MACHINE:
        by_engine |= _gloss_the_rest(store)
    remaining = store.count_pending(info.origin, info.model_hash, failed=True)
    return TranslateReport(
        engine=info.engine,
        model=info.model,
        translated=sum(by_engine.values()),
        by_engine=tuple(by_engine.items()),
        failures=run.failures,
        failed=tuple(run.failed),
        remaining=remaining,
        failed_before=max(remaining - store.count_pending(info.origin, info.model_hash) - run.failures, 0),
        reshaped=run.reshaped,
        seconds=time.monotonic() - began,
        hint=hint,
    )


def archive_glossary(store: Store) -> Glossary:
    """Return the glossary that an archive was last given; the gazetteer's spellings where it was given none."""
    packed = store.setting(GLOSSARY)
    return Glossary.unpack(packed) if packed else Glossary()


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
    run = _Run(store, translator, None, Glossary(names=False))
    run.translate(None)
    return {translator.info.engine: run.translated} if run.translated else {}


@dataclass(slots=True)
class _Run:
    store: Store
    translator: Translator
    progress: Progress | None
    glossary: Glossary
    translated: int = 0
    reshaped: int = 0
    failures: int = 0
    failed: list[FailedSentence] = field(default_factory=list)

    def translate(self, limit: int | None) -> None:
        """Translate what is pending; sentences that fail don't count towards the limit, or they would block it."""
        info = self.translator.info
        lacking = self.store.count_pending(info.origin, info.model_hash)
        total = lacking if limit is None else min(limit, lacking)
        pending = self.store.pending(info.origin, info.model_hash)
        with _Saver(self.store, info.model_hash) as saver:
            while self.translated < total and (window := list(islice(pending, min(WINDOW, total - self.translated)))):
                for key, text, draft in self._drafts(window):
                    if self._keep(saver, key, text, draft):
                        self.translated += 1
                    if self.progress:
                        self.progress(self.translated + self.failures, total)

    def revise(self, *, again: bool = False) -> None:
        """Bring the lines that stand to the glossary as it is now: those that hold a term that changed; all, `again`.

        A line that no term has shaped yet is shaped as it stands, others are translated anew.
        """
        info = self.translator.info
        done = f"{info.model_hash} {self.glossary.stamp}"
        if info.origin is not Origin.MACHINE or not (again or self.store.setting(_REVISED) != done):
            return
        stale = self._stale(again)
        with _Saver(self.store, info.model_hash) as saver:
            while window := list(islice(stale, WINDOW)):
                anew = []
                for key, text, made in window:
                    if made.glossary or again:
                        anew.append((key, text))
                    else:
                        saver.add(key, self._shaped(text, made))
                        self.reshaped += 1
                for key, text, draft in self._drafts(anew):
                    self.reshaped += self._keep(saver, key, text, draft)
        self.store.set_setting(_REVISED, done)

    def _stale(self, again: bool) -> Iterator[tuple[str, str, Translation]]:
        for line in self.store.machine_lines(self.translator.info.model_hash or ""):
            if again or self.glossary.plan(line.text).version != line.translation.glossary:
                yield line

    def _keep(self, saver: "_Saver", key: str, text: str, draft: Draft) -> bool:
        """Keep what has come of a sentence, and tell whether that was English."""
        if draft.problem:
            saver.add_failure(key, draft.problem)
            self.failures += 1
            if len(self.failed) < MOST_NAMED:
                self.failed.append(FailedSentence(key, text, draft.problem))
            return False
        signed = draft.signed(self.translator.info, datetime.now(UTC).isoformat(timespec="seconds"))
        saver.add(key, self._shaped(text, signed))
        return True

    def _shaped(self, text: str, line: Translation) -> Translation:
        """Return a machine's line in the wanted spellings, with the reasons to doubt it; others as they are."""
        if line.origin is not Origin.MACHINE:
            return line
        plan = self.glossary.plan(text)
        shaped = plan.shape(line.text, line.alignment)
        line = replace(line, text=shaped.text, alignment=shaped.alignment, trust=shaped.notes, glossary=plan.version)
        return with_doubts(text, line)

    def _drafts(self, window: list[tuple[str, str]]) -> Iterator[tuple[str, str, Draft]]:
        for position, draft in self.translator.translate([text for _, text in window]):
            yield *window[position], draft


class _Saver:
    """Writes what has come in small transactions; what is in hand is written too when the run is broken off."""

    def __init__(self, store: Store, model_hash: str | None) -> None:
        self._store = store
        self._model_hash = model_hash or ""
        self._unsaved: list[tuple[str, Translation]] = []
        self._failed: list[tuple[str, Note]] = []
        self._saved_at = time.monotonic()

    def add(self, key: str, translation: Translation) -> None:
        self._unsaved.append((key, translation))
        self._save_in_time()

    def add_failure(self, key: str, reason: Note) -> None:
        self._failed.append((key, reason))
        self._save_in_time()

    def _save_in_time(self) -> None:
        waiting = len(self._unsaved) + len(self._failed)
        if waiting >= SAVED_TOGETHER or time.monotonic() - self._saved_at > SECONDS_UNSAVED:
            self._save()

    def _save(self) -> None:
        if self._unsaved:
            self._store.save_translations(self._unsaved)
        if self._failed:
            self._store.record_failures(self._model_hash, self._failed)
        self._unsaved, self._failed = [], []
        self._saved_at = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not isinstance(error, ArchiveError):
            self._save()
