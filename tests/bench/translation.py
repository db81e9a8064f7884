"""Measure translation against argostranslate's own loop, on an Argos-sized model with random weights.

    python tests/bench/translation.py [--rounds N] [--sentences N] [--theirs N] [--paragraphs news|four]

Both sides run the same package (6 + 6 layers, width 512, 32,000 pieces, int8) over sentences of the same kind, through
the same tokenizer, and every output is forced to one length, so that they do the same work. Theirs is
`apply_packaged_translation` with what `argostranslate.translate.translate` gives it: one call for each paragraph, one
hypothesis, beam 4, batches of 32 tokens. In `news` paragraphs are as long as in the reports that Sijill ships (nine of
ten are one sentence); with `four` each has four, which two workers share. Rounds take turns. A rate is worth what the
machine was free for, so each round is given with the processor time per sentence of the side's own process, and
with the part of a core that other programs took meanwhile; ratios are of rounds with the least of that.
"""

import argparse
import json
import os
import platform
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

PIECES = 32_000
WIDTH = 512
LAYERS = 6
OUTPUT = 30
PARAGRAPHS = {"news": (1, 1, 1, 1, 1, 2, 1, 1, 1, 1), "four": (4,)}
"""Sentences in each paragraph, in turn."""


def write_package(folder: Path) -> list[str]:
    """Write the package, and return the words that are one piece each."""
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2

    chance = random.Random(5)
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    words = sorted({"".join(chance.choices(letters, k=chance.randint(3, 7))) for _ in range(PIECES + 4000)})
    chance.shuffle(words)
    model = sentencepiece_model_pb2.ModelProto()
    model.trainer_spec.model_type = model.trainer_spec.UNIGRAM
    model.trainer_spec.vocab_size = PIECES
    model.normalizer_spec.name = "identity"
    for number, piece in enumerate(["<unk>", "<s>", "</s>", *(f"▁{word}" for word in words)][:PIECES]):
        kinds = {0: model.SentencePiece.UNKNOWN, 1: model.SentencePiece.CONTROL, 2: model.SentencePiece.CONTROL}
        model.pieces.add(piece=piece, score=-0.001 * number, type=kinds.get(number, model.SentencePiece.NORMAL))
    folder.mkdir(parents=True)
    (folder / "sentencepiece.model").write_bytes(model.SerializeToString())
    names = {"from_code": "ar", "from_name": "Arabic", "to_code": "en", "to_name": "English", "package_version": "1.0"}
    (folder / "metadata.json").write_text(json.dumps(names))
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.SerializeToString())
    write_model(folder / "model", [processor.id_to_piece(number) for number in range(PIECES)])
    return words[: PIECES - 3]


def write_model(folder: Path, vocabulary: list[str]) -> None:
    """Write a Transformer of an Argos package's size, its weights random."""
    import numpy as np
    from ctranslate2.specs import TransformerSpec

    chance = np.random.default_rng(7)

    def linear(spec: Any, inputs: int, outputs: int) -> None:
        spec.weight = chance.normal(0, inputs**-0.5, (outputs, inputs)).astype(np.float32)
        spec.bias = np.zeros(outputs, np.float32)

    def norm(spec: Any) -> None:
        spec.gamma, spec.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)

    spec = TransformerSpec.from_config(LAYERS, 8)
    for side in (spec.encoder, spec.decoder):
        embeddings = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        embeddings.weight = chance.normal(0, WIDTH**-0.5, (len(vocabulary), WIDTH)).astype(np.float32)
        norm(side.layer_norm)
        for layer in side.layer:
            norm(layer.self_attention.layer_norm)
            linear(layer.self_attention.linear[0], WIDTH, 3 * WIDTH)
            linear(layer.self_attention.linear[1], WIDTH, WIDTH)
            if hasattr(layer, "attention"):
                norm(layer.attention.layer_norm)
                for number, outputs in enumerate((WIDTH, 2 * WIDTH, WIDTH)):
                    linear(layer.attention.linear[number], WIDTH, outputs)
            norm(layer.ffn.layer_norm)
            linear(layer.ffn.linear_0, WIDTH, 4 * WIDTH)
            linear(layer.ffn.linear_1, 4 * WIDTH, WIDTH)
    linear(spec.decoder.projection, WIDTH, len(vocabulary))
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir()
    spec.save(str(folder))


class OneLength:
    """A CTranslate2 translator whose outputs all have `OUTPUT` pieces; all else is as its caller asks."""

    def __init__(self, translator: Any) -> None:
        self.translator = translator

    def translate_batch(self, *given: Any, **options: Any) -> Any:
        """Translate as asked, to one length."""
        return self.translator.translate_batch(
            *given, **options | {"min_decoding_length": OUTPUT, "max_decoding_length": OUTPUT}
        )


class Given:
    """A splitter that knows where its paragraph's sentences end."""

    def split_sentences(self, text: str) -> list[str]:
        """Return the lines."""
        return text.split("\n")


@dataclass(frozen=True)
class Round:
    """What one side did in a round: sentences per second, milliseconds of processor per sentence, load of others."""

    rate: float
    processor: float
    others: float


def clocked(work: Callable[[], object], count: int) -> Round:
    """Run some work on `count` sentences, and return what it took."""
    busy, processor, began = busy_seconds(), time.process_time(), time.perf_counter()
    work()
    took, own = time.perf_counter() - began, time.process_time() - processor
    return Round(count / took, 1000 * own / count, max(0.0, busy_seconds() - busy - own) / took)


def busy_seconds() -> float:
    """Return the seconds that all cores have worked so far; 0 where the system doesn't say."""
    try:
        fields = Path("/proc/stat").read_text().splitlines()[0].split()[1:9]
    except OSError:
        return 0.0
    ticks = [int(field) for field in fields]
    return (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")


def theirs(package: Path, sentences: list[str], paragraphs: Sequence[int], inter: int, intra: int) -> Round:
    """Measure argostranslate's loop with a setting of its threads."""
    import ctranslate2
    from argostranslate.package import Package
    from argostranslate.translate import apply_packaged_translation

    model = OneLength(
        ctranslate2.Translator(str(package / "model"), device="cpu", inter_threads=inter, intra_threads=intra)
    )
    loaded, splitter = Package(package), Given()
    apply_packaged_translation(loaded, sentences[0], model, splitter, 1)

    def work() -> None:
        left, lengths = sentences, cycle(paragraphs)
        while left:
            length = next(lengths)
            apply_packaged_translation(loaded, "\n".join(left[:length]), model, splitter, 1)
            left = left[length:]

    return clocked(work, len(sentences))


def ours(package: Path, sentences: list[str], beam: int, pieces: int | None = None) -> Round:
    """Measure our translator."""
    from indexer.translation.argos import ArgosSettings, ArgosTranslator

    translator = ArgosTranslator(package, ArgosSettings(beam_size=beam, batch_pieces=pieces))
    translator.load()
    translator.__dict__["_model"] = OneLength(translator._model)
    list(translator.translate(sentences[:1]))
    return clocked(lambda: list(translator.translate(sentences)), len(sentences))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="how often each side takes its turn")
    parser.add_argument("--sentences", type=int, default=240, help="sentences for ours in each round")
    parser.add_argument("--theirs", type=int, default=12, help="sentences for theirs in each round")
    parser.add_argument("--paragraphs", choices=PARAGRAPHS, default="news", help="how long theirs are")
    parser.add_argument("--pieces", type=int, nargs="*", default=[None], help="batch sizes of ours to try")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        os.environ |= dict.fromkeys(("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), place)
        package = Path(place) / "package"
        words = write_package(package)
        chance = random.Random(3)
        sentences = [" ".join(chance.choices(words, k=chance.randint(10, 44))) for _ in range(options.sentences)]
        few, lengths = sentences[: options.theirs], PARAGRAPHS[options.paragraphs]
        sides: dict[str, Callable[[], Round]] = {
            "theirs, its default threads": partial(theirs, package, few, lengths, 1, 0),
            "theirs, 1 worker of 1 thread": partial(theirs, package, few, lengths, 1, 1),
            "theirs, 1 worker of 2 threads": partial(theirs, package, few, lengths, 1, 2),
            "theirs, 2 workers of 1 thread": partial(theirs, package, few, lengths, 2, 1),
        }
        for pieces in options.pieces:
            for beam in (4, 2):
                sides[f"ours, beam {beam}" + f", {pieces} pieces" * bool(pieces)] = partial(
                    ours, package, sentences, beam, pieces
                )
        rounds: dict[str, list[Round]] = {name: [] for name in sides}
        for _ in range(options.rounds):
            for name, measure in sides.items():
                rounds[name].append(measure())
    report(rounds)


def report(rounds: dict[str, list[Round]]) -> None:
    """Print the rates of each side, and ours over theirs, the rounds that were least disturbed compared."""
    calm = {name: min(done, key=lambda one: one.others).rate for name, done in rounds.items()}
    default = calm["theirs, its default threads"]
    tuned = max(rate for name, rate in calm.items() if name.startswith("theirs"))
    lines = [
        f"{platform.processor() or platform.machine()}, {len(os.sched_getaffinity(0))} cores; {OUTPUT} pieces written",
        f"{'':34}{'sentences/s: least, median, most, calmest':>44}{'ms':>7}{'others':>8}{'x default':>11}{'x best':>8}",
    ]
    for name, done in rounds.items():
        rates = sorted(one.rate for one in done)
        figures = "".join(f"{rate:11.1f}" for rate in (rates[0], statistics.median(rates), rates[-1], calm[name]))
        ratios = f"{calm[name] / default:11.1f}{calm[name] / tuned:8.1f}" if name.startswith("ours") else ""
        processor = min(one.processor for one in done)
        lines.append(f"{name:34}{figures}{processor:7.0f}{min(one.others for one in done):8.2f}{ratios}")
    lines.append(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
