"""Translation with an Argos package: its tokenizer and its CTranslate2 model, driven by the sentence.

`argostranslate` itself decodes a paragraph at a time, in batches of 32 tokens. Here sentences are gathered, sorted by
length and decoded in batches that keep every core busy; each sentence comes out as it would there, at the same beam.
"""

import os
import re
import unicodedata
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from archive.document import Note
from archive.translation import AlignedPair, Origin
from indexer.errors import BadPackage
from indexer.translation.agreement import Agreement
from indexer.translation.alignment import Side, align
from indexer.translation.clauses import split_clauses
from indexer.translation.package import ArgosPackage, read_package
from indexer.translation.translator import Draft, TranslatorInfo

_LETTER = re.compile(
    "[\N{ARABIC LETTER KASHMIRI YEH}-\N{ARABIC LETTER YEH}\N{ARABIC LETTER DOTLESS BEH}-\N{ARABIC LETTER YEH BARREE}"
    "\N{ARABIC LETTER SHEEN WITH DOT BELOW}-\N{ARABIC LETTER GHAIN WITH DOT BELOW}\ufb50-\ufdfb\ufe70-\ufefc]"
)
"""A letter of the Arabic script, presentation forms too."""

_LENGTH_PENALTY = 0.2
_LONGEST_OUTPUT = 256
"""As in `argostranslate.translate` and CTranslate2's default: the same sentence must come out the same."""

_PIECES_ON_CPU = 1024
_PIECES_ON_GPU = 32768
"""Pieces of a batch, times the beam: what a core's caches hold of the scores over the vocabulary."""

_SHORTEST = 8
"""Pieces that a part counts for at least: each takes its row of scores, however short it is."""

_PROBE = "سلام"
_MODEL_ERRORS = (RuntimeError, ValueError, OSError, MemoryError)


@dataclass(frozen=True, slots=True)
class ArgosSettings:
    """How to decode.

    `compute_type` `default` keeps what the package was saved in, int8 for Argos packages; forcing another has made
    some packages print garbage (argos-translate pull request 511). `workers` batches are decoded side by side, each on
    `threads` cores; None is one single-threaded worker per core, which measures best. `batch_pieces` bounds a batch,
    padding counted; None is 256 at beam 4 (more below, fewer above), on a graphics card 8192. `longest` is the number
    of subword pieces above which a sentence is cut into clauses. With `alignment` the words that clearly say the same
    are kept with the line.
    """

    beam_size: int = 4
    compute_type: str = "default"
    device: str = "cpu"
    workers: int | None = None
    threads: int = 1
    batch_pieces: int | None = None
    longest: int = 200
    alignment: bool = True

    @classmethod
    def from_environment(cls) -> "ArgosSettings":
        """Return the defaults, changed by `SIJILL_BEAM`, `SIJILL_DEVICE`, `SIJILL_COMPUTE_TYPE` where set."""
        defaults = cls()
        beam = os.environ.get("SIJILL_BEAM", "")
        return cls(
            beam_size=int(beam) if beam.isdecimal() and 1 <= int(beam) <= 16 else defaults.beam_size,
            compute_type=os.environ.get("SIJILL_COMPUTE_TYPE") or defaults.compute_type,
            device=os.environ.get("SIJILL_DEVICE") or defaults.device,
        )


class ArgosTranslator:
    """Translates with an Argos package; the model is loaded when the first sentence comes.

    Raises BadPackage where the package can't be run. A sentence without an Arabic letter (a date, a name in Latin
    letters) is not put through the model, which would invent something: it is copied, its digits in European form.
    """

    def __init__(
        self,
        package: ArgosPackage | Path,
        settings: ArgosSettings | None = None,
        agreement: Agreement | None = None,
    ) -> None:
        self.package = package if isinstance(package, ArgosPackage) else read_package(package)
        self.settings = settings or ArgosSettings.from_environment()
        self.agreement = agreement or Agreement()

    @cached_property
    def info(self) -> TranslatorInfo:
        """Who translates; the hash is of the package's content, whatever the settings."""
        return TranslatorInfo("argos", self.package.model, self.package.content_hash(), Origin.MACHINE)

    def load(self) -> None:
        """Load the model now; raises BadPackage when it can't be run."""
        _ = self._tokenizer, self._model

    def translate(self, texts: Sequence[str]) -> Iterator[tuple[int, Draft]]:
        """Yield each text's position with its draft, the longest first; see `Translator.translate`.

        All texts given are gathered before the first is decoded, so memory grows with them.
        """
        parts: list[_Part] = []
        for position, text in enumerate(texts):
            draft = _without_model(text)
            if draft:
                yield position, draft
            else:
                parts += self._cut(_Sentence(position, text))
        for part, result in self._decode(parts):
            part.sentence.results[part.number] = result
            if len(part.sentence.results) == len(part.sentence.spans):
                yield part.sentence.position, part.sentence.draft()

    def _cut(self, sentence: "_Sentence") -> Iterator["_Part"]:
        """Give the parts of a sentence that are decoded each by itself: one, unless it is too long."""

        def fits(text: str) -> bool:
            return len(self._tokenizer.encode(text)) <= self.settings.longest

        text = sentence.text
        sentence.spans = [(0, len(text))] if fits(text) else split_clauses(text, fits)
        for number, (start, end) in enumerate(sentence.spans):
            yield _Part(sentence, number, text[start:end], self._tokenizer.encode(text[start:end]))

    def _decode(self, parts: list["_Part"]) -> Iterator[tuple["_Part", "_Result"]]:
        """Decode in batches of like length, a few in flight at a time, and give each part as its batch lands."""
        room = _PIECES_ON_GPU if self._on_gpu else _PIECES_ON_CPU
        most = self.settings.batch_pieces or room // self.settings.beam_size
        fair = sum(len(part.pieces) for part in parts) // (2 * self._workers)
        flying: deque[tuple[list[_Part], list[Any]]] = deque()
        for batch in _batches(parts, min(most, max(fair, 1))):
            flying.append((batch, self._submit(batch)))
            if len(flying) > self._workers:
                yield from self._land(*flying.popleft())
        while flying:
            yield from self._land(*flying.popleft())

    def _submit(self, batch: list["_Part"]) -> list[Any]:
        prefix = self.package.target_prefix
        futures: list[Any] = self._model.translate_batch(
            [part.pieces for part in batch],
            target_prefix=[[prefix]] * len(batch) if prefix else None,
            beam_size=self.settings.beam_size,
            length_penalty=_LENGTH_PENALTY,
            max_decoding_length=_LONGEST_OUTPUT,
            replace_unknowns=True,
            return_scores=True,
            return_attention=self.settings.alignment,
            asynchronous=True,
        )
        return futures

    def _land(self, batch: list["_Part"], futures: list[Any]) -> Iterator[tuple["_Part", "_Result"]]:
        for part, future in zip(batch, futures, strict=True):
            try:
                yield part, self._result(part, future.result())
            except _MODEL_ERRORS as error:
                yield part, self._alone(part) if len(batch) > 1 else _Result("", None, str(error))

    def _alone(self, part: "_Part") -> "_Result":
        """Decode by itself a part whose batch failed, so that one sentence does not take the others with it."""
        try:
            return self._result(part, self._submit([part])[0].result())
        except _MODEL_ERRORS as error:
            return _Result("", None, str(error))

    def _result(self, part: "_Part", decoded: Any) -> "_Result":
        """Read a hypothesis as `argostranslate.translate.apply_packaged_translation` does."""
        pieces = decoded.hypotheses[0]
        text = str(self._tokenizer.decode(pieces))
        text = text.removeprefix(self.package.target_prefix).removeprefix(" ")
        length = len(pieces) + 1
        score = decoded.scores[0] * length**_LENGTH_PENALTY / length
        return _Result(text, score, alignment=self._alignment(part, pieces, text, decoded.attention))

    def _alignment(self, part: "_Part", pieces: list[str], text: str, attention: Any) -> tuple[AlignedPair, ...]:
        """Return the pairs of a part, where its tokenizer can say which letters each piece stands for."""
        processor = getattr(self._tokenizer, "lazy_processor", lambda: None)()
        if not attention or processor is None or self.package.target_prefix:
            return ()
        source = _surfaces(processor.encode, part.text)
        target = _surfaces(processor.decode, pieces)
        if not source or not target or len(source) != len(part.pieces):
            return ()
        source[:1] = [part.text[: len(part.text) - len(part.text.lstrip())] + source[0]]  # it leaves out the margins
        source[-1:] = [source[-1] + part.text[len(part.text.rstrip()) :]]
        written = [surface.replace("▁", " ").replace("_", " ") for surface in target]
        if written[0].startswith(" ") and not text.startswith(" "):
            written[0] = written[0][1:]
        return align(Side(part.text, source), Side(text, written), attention[0], self.agreement.agree)

    @property
    def _on_gpu(self) -> bool:
        return self.settings.device.startswith("cuda")

    @cached_property
    def _workers(self) -> int:
        if self.settings.workers:
            return self.settings.workers
        return 1 if self._on_gpu else max(1, _cores() // max(1, self.settings.threads))

    @cached_property
    def _tokenizer(self) -> "_Tokenizer":
        from argostranslate.tokenizer import BPETokenizer, SentencePieceTokenizer

        file = self.package.tokenizer
        if file.name == "bpe.model":
            tokenizer: _Tokenizer = BPETokenizer(file, self.package.source, self.package.target)
        else:
            tokenizer = SentencePieceTokenizer(file)
        try:
            tokenizer.encode(_PROBE)
        except (*_MODEL_ERRORS, LookupError) as error:
            raise BadPackage(f"the {file.name} of the package {self.package.name} can't be read") from error
        return tokenizer

    @cached_property
    def _model(self) -> Any:
        import ctranslate2

        try:
            return ctranslate2.Translator(
                str(self.package.model_folder),
                device=self.settings.device,
                compute_type=self.settings.compute_type,
                inter_threads=self._workers,
                intra_threads=self.settings.threads,
            )
        except _MODEL_ERRORS as error:
            raise BadPackage(
                f"the model of the package {self.package.name} can't be run on {self.settings.device} "
                f"with compute type {self.settings.compute_type}: {error}"
            ) from error


def try_package(package: ArgosPackage) -> None:
    """Load the package and translate one word; raises BadPackage when that fails."""
    settings = ArgosSettings(device="cpu", beam_size=1, workers=1)
    _, draft = next(ArgosTranslator(package, settings).translate([_PROBE]))
    if draft.problem and draft.problem.code == "translation_failed":
        raise BadPackage(f"the model of the package {package.name} does not work: {draft.problem.args[0]}")


class _Tokenizer(Protocol):
    def encode(self, sentence: str) -> list[str]: ...

    def decode(self, tokens: list[str]) -> str: ...


@dataclass(frozen=True, slots=True)
class _Result:
    text: str
    score: float | None
    failure: str | None = None
    alignment: tuple[AlignedPair, ...] = ()


@dataclass(slots=True)
class _Sentence:
    """A text on its way: the spans that it is decoded in, and what has come of them."""

    position: int
    text: str
    spans: list[tuple[int, int]] = field(default_factory=list)
    results: dict[int, _Result] = field(default_factory=dict)

    def draft(self) -> Draft:
        results = [self.results[number] for number in range(len(self.spans))]
        failure = next((result.failure for result in results if result.failure), None)
        if failure:
            return Draft("", problem=Note("translation_failed", (failure,)))
        text, alignment = results[0].text, results[0].alignment
        if len(results) > 1:
            text, alignment = _joined(results, self.spans)
        if not text.strip():
            return Draft("", problem=Note("translation_empty"))
        scores = [result.score for result in results if result.score is not None]
        return Draft(text, sum(scores) / len(scores) if scores else None, alignment)


@dataclass(frozen=True, slots=True)
class _Part:
    sentence: _Sentence
    number: int
    text: str
    pieces: list[str]


def _joined(results: list[_Result], spans: list[tuple[int, int]]) -> tuple[str, tuple[AlignedPair, ...]]:
    """Return the parts' English as one, and their pairs where they are in the whole."""
    text = ""
    pairs: list[AlignedPair] = []
    for result, (start, _) in zip(results, spans, strict=True):
        part = result.text.strip()
        text += " " if text and part else ""
        shift = len(text) - (len(result.text) - len(result.text.lstrip()))
        pairs += (
            AlignedPair(
                pair.source_start + start,
                pair.source_end + start,
                pair.target_start + shift,
                pair.target_end + shift,
                pair.confidence,
            )
            for pair in result.alignment
        )
        text += part
    return text, tuple(pairs)


def _surfaces(cut: Callable[..., Any], given: str | list[str]) -> list[str] | None:
    """Return what each piece stands for in the text that SentencePiece encodes or decodes; None if it can't say."""
    try:
        cut_text = cut(given, return_type="proto")
    except TypeError:
        cut_text = cut(given, out_type="immutable_proto")  # before SentencePiece 0.2.2
    except ImportError:
        return None
    return [piece.surface for piece in cut_text.pieces]


def _batches(parts: list[_Part], most: int) -> Iterator[list[_Part]]:
    """Cut the parts into batches of like length, longest first, of at most `most` pieces with their padding.

    Longest first, so that no core is left with the longest batch at the end.
    """
    batch: list[_Part] = []
    for part in sorted(parts, key=lambda part: -len(part.pieces)):
        if batch and (len(batch) + 1) * max(len(batch[0].pieces), _SHORTEST) > most:
            yield batch
            batch = []
        batch.append(part)
    if batch:
        yield batch


def _without_model(text: str) -> Draft | None:
    """Return the draft of a text that the model must not see; None for all others."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return Draft("", problem=Note("not_text"))
    if _LETTER.search(text):
        return None
    copied = "".join(str(unicodedata.decimal(letter, letter)) for letter in text).strip()
    return Draft(copied) if copied else Draft("", problem=Note("nothing_to_translate"))


def _cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
