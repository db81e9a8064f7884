"""A tiny real Argos package, made on the spot with the libraries' own tools, and an archive to translate."""

import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from archive.document import Block, BlockKind, Declared, Document, PublicationDate, Reading, Sentence
from archive.store import Store
from indexer.translation.packages import ArgosPackage, install_file

ARABIC = """
وصلت القافلة إلى المدينة صباح اليوم
غادر السكان البلدة قبل أسبوع
قال شهود إن الطريق مغلق منذ أمس
افتتح المركز الصحي أبوابه أمام المرضى
عاد الأطفال إلى المدرسة بعد العطلة
نقلت المصادر المحلية عن السكان أن المياه مقطوعة
بلغ عدد الواصلين 120 شخصا بينهم نساء وأطفال
أعلن المجلس المحلي عن إصلاح الجسر القديم
تجمع الأهالي في الساحة لتوزيع الخبز
سارت السيارات ببطء على الطريق الترابي
""".strip().splitlines()

ENGLISH = """
The convoy reached the city this morning
The residents left the town a week ago
Witnesses said the road has been closed since yesterday
The health centre opened its doors to patients
The children went back to school after the holiday
Local sources quoted residents as saying the water is cut off
The number of arrivals reached 120 people, among them women and children
The local council announced the repair of the old bridge
People gathered in the square for the bread to be handed out
The cars moved slowly on the dirt road
""".strip().splitlines()

METADATA = {
    "package_version": "1.0",
    "argos_version": "1.9",
    "from_code": "ar",
    "from_name": "Arabic",
    "to_code": "en",
    "to_name": "English",
    "type": "translate",
}


def train_tokenizer(vocabulary: int = 400) -> bytes:
    """Train a SentencePiece model on the sentences above."""
    import sentencepiece

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter((ARABIC + ENGLISH) * 5),
        model_writer=model,
        vocab_size=vocabulary,
        hard_vocab_limit=False,
        model_type="bpe",
        num_threads=1,
        minloglevel=2,
    )
    return model.getvalue()


def substitutions(vocabulary: list[str]) -> dict[str, str]:
    """What the tiny model writes for each piece: an English one for an Arabic one, the same for any other."""
    arabic = [piece for piece in vocabulary if not piece.replace("▁", "").isascii()]
    english = [piece for piece in vocabulary if piece.replace("▁", "").isalpha() and piece not in arabic]
    heads, tails = ([piece for piece in english if piece.startswith("▁") is head] for head in (True, False))
    written = {piece: piece for piece in vocabulary}
    for number, piece in enumerate(arabic):
        choice = heads if piece.startswith("▁") else tails
        written[piece] = choice[number % len(choice)]
    return written


def write_model(folder: Path, vocabulary: list[str]) -> None:
    """Write a CTranslate2 Transformer, int8, that puts a piece for a piece, in order.

    Half of each state is a random code of the position, half of the piece. The decoder's attention matches positions,
    copies the piece's code, and the projection reads the code of what is to be written. Every part of the real
    machinery runs, and what comes out is known beforehand.
    """
    from ctranslate2.specs import TransformerSpec

    random = np.random.default_rng(7)
    half = 64
    width = 2 * half
    positions, pieces = (random.choice([-1.0, 1.0], (size, half)).astype(np.float32) for size in (400, len(vocabulary)))
    nothing = np.zeros((half, half), np.float32)
    same = np.eye(half, dtype=np.float32)

    def linear(spec: Any, weight: Any) -> None:
        spec.weight = np.ascontiguousarray(weight, np.float32)
        spec.bias = np.zeros(len(weight), np.float32)

    def norm(spec: Any) -> None:
        spec.gamma, spec.beta = np.ones(width, np.float32), np.zeros(width, np.float32)

    def idle(layer: Any) -> None:
        norm(layer.self_attention.layer_norm)
        linear(layer.self_attention.linear[0], np.zeros((3 * width, width)))
        linear(layer.self_attention.linear[1], np.zeros((width, width)))
        norm(layer.ffn.layer_norm)
        linear(layer.ffn.linear_0, np.zeros((width, width)))
        linear(layer.ffn.linear_1, np.zeros((width, width)))

    spec = TransformerSpec.from_config(1, 1)
    for side in (spec.encoder, spec.decoder):
        side.position_encodings.encodings = np.hstack([positions, np.zeros_like(positions)])
        side.scale_embeddings = np.dtype("int8").type(0)
        norm(side.layer_norm)
        idle(side.layer[0])
    spec.encoder.embeddings[0].weight = np.hstack([np.zeros_like(pieces), pieces])
    spec.decoder.embeddings.weight = np.zeros((len(vocabulary), width), np.float32)
    attention = spec.decoder.layer[0].attention
    norm(attention.layer_norm)
    by_position = np.block([[same, nothing], [nothing, nothing]])
    by_piece = np.block([[nothing, nothing], [nothing, same]])
    linear(attention.linear[0], 4 * by_position)
    linear(attention.linear[1], np.vstack([by_position, by_piece]))
    linear(attention.linear[2], by_piece)
    written = substitutions(vocabulary)
    codes = np.zeros_like(pieces)
    for number, piece in reversed(list(enumerate(vocabulary))):
        codes[vocabulary.index(written[piece])] += pieces[number]
    linear(spec.decoder.projection, np.hstack([np.zeros_like(codes), 0.2 * codes]))
    spec.config.add_source_eos = True
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))


def write_package(folder: Path, **metadata: object) -> None:
    """Write an unpacked package into a folder."""
    import sentencepiece

    tokenizer = train_tokenizer()
    folder.mkdir(parents=True)
    (folder / "sentencepiece.model").write_bytes(tokenizer)
    processor = sentencepiece.SentencePieceProcessor(model_proto=tokenizer)
    write_model(folder / "model", [processor.id_to_piece(number) for number in range(processor.get_piece_size())])
    (folder / "metadata.json").write_text(json.dumps(METADATA | metadata), encoding="utf-8")


def zip_folder(folder: Path, file: Path) -> Path:
    """Zip an unpacked package as an .argosmodel file."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder.parent))
    return file


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny package as a folder."""
    folder = tmp_path_factory.mktemp("made") / "translate-ar_en-1_0"
    write_package(folder)
    return folder


@pytest.fixture(scope="session")
def tiny(unpacked: Path) -> Path:
    """The tiny package as an .argosmodel file."""
    return zip_folder(unpacked, unpacked.parent / "translate-ar_en-1_0.argosmodel")


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where packages live, empty."""
    folder = tmp_path / "packages"
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(folder))
    return folder


@pytest.fixture
def package(packages: Path, tiny: Path) -> ArgosPackage:
    """The tiny package, installed from its file as a user would."""
    return install_file(tiny)


@pytest.fixture
def expected(unpacked: Path) -> Callable[[str], str]:
    """What the tiny package makes of a text that fits into one piece of work."""
    import sentencepiece

    processor = sentencepiece.SentencePieceProcessor(model_file=str(unpacked / "sentencepiece.model"))
    written = substitutions([processor.id_to_piece(number) for number in range(processor.get_piece_size())])
    return lambda text: str(
        processor.decode([written.get(piece, piece) for piece in processor.encode(text, out_type=str)])
    )


_forbidding = False


def _forbid(event: str, arguments: tuple[object, ...]) -> None:
    if _forbidding and event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        raise PermissionError(f"the network was used: {event} {arguments!r}")


sys.addaudithook(_forbid)


@pytest.fixture
def offline() -> Iterator[None]:
    """No connection leaves this process, not even a name is looked up."""
    global _forbidding
    _forbidding = True
    yield
    _forbidding = False


@pytest.fixture(scope="session")
def argostranslate_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where `argostranslate` makes its folders when a test imports it."""
    home = tmp_path_factory.mktemp("argos-home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(home))
        import argostranslate.settings

        assert argostranslate.settings.data_dir.is_relative_to(home)
        yield home


def add_article(store: Store, name: str, sentences: list[str]) -> str:
    """Add an article whose body has one sentence on each line, and return its id."""
    text = "\n".join(sentences)
    ends = list(accumulate((len(sentence) + 1 for sentence in sentences), initial=0))
    document = Document(
        text=text,
        blocks=(Block(BlockKind.BODY, 0, len(text)),),
        sentences=tuple(Sentence(0, start, end - 1) for start, end in pairwise(ends)),
        title=sentences[0],
        outlet=None,
        agency=None,
        url=None,
        retrieved=None,
        date=PublicationDate(),
    )
    reading = Reading(f"/made/{name}", text.encode(), text, "utf-8", "text/plain", Declared())
    return store.put(reading, document).id


@pytest.fixture(name="add_article")
def adding() -> Callable[[Store, str, list[str]], str]:
    """What adds an article to a store: (store, name, sentences) → id."""
    return add_article


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An archive of two articles that share a sentence."""
    with Store.open(tmp_path / "archive", create=True) as opened:
        add_article(opened, "one", ARABIC[:6])
        add_article(opened, "two", ARABIC[5:8])
        yield opened
