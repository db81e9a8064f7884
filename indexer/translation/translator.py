"""What every engine that gives sentences their English fulfils, and what goes in and out of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from archive.document import Note
from archive.translation import AlignedPair, Origin, Translation


@dataclass(frozen=True, slots=True)
class TranslatorInfo:
    """Who translates: kept with every line that comes out.

    `engine` is `argos` or `gloss`; `model` names what it runs on (`translate-ar_en-1_0`); `model_hash` changes
    whenever the same sentence could come out otherwise.
    """

    engine: str
    model: str | None
    model_hash: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Draft:
    """The English of one sentence as an engine gives it; with a `problem` there is none, and `text` is empty.

    `score` is the mean log-probability per token where the engine has one; `alignment` holds offsets into the
    sentence as it was given and into `text`.
    """

    text: str
    score: float | None = None
    alignment: tuple[AlignedPair, ...] = ()
    problem: Note | None = None

    def signed(self, info: TranslatorInfo, time: str) -> Translation:
        """Return the draft as a translation to keep, with who made it and when (ISO 8601, UTC)."""
        return Translation(
            text=self.text,
            origin=info.origin,
            engine=info.engine,
            time=time,
            model=info.model,
            model_hash=info.model_hash,
            score=self.score,
            alignment=self.alignment,
        )


class Translator(Protocol):
    """An engine that gives sentences their English, without a network."""

    @property
    def info(self) -> TranslatorInfo:
        """Who translates."""
        ...

    def translate(self, texts: Sequence[str]) -> Iterator[tuple[int, Draft]]:
        """Yield each text's position with its draft: each once, as they get done, in any order.

        A text that can't be translated gets a draft with a `problem`; it never stops the others.
        """
        ...


def translate_in_order(translator: Translator, texts: Sequence[str]) -> list[Draft]:
    """Return the drafts of the texts, in their order."""
    drafts = dict(translator.translate(texts))
    return [drafts[position] for position in range(len(texts))]
