"""Archives to index and search: made-up ones, and the seeds with their reviewed English."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from archive.adding import add
from archive.document import Basis, Block, BlockKind, Declared, Document, Precision, PublicationDate, Reading
from archive.document import Sentence as Unit
from archive.memory import read_memory
from archive.sentences import split_sentences
from archive.store import Store
from archive.translation import AlignedPair, Origin, Translation, sentence_key
from indexer.indexing import index_archive
from indexer.search import Searcher

Keep = Callable[..., str]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "archive", create=True) as opened:
        yield opened


@pytest.fixture
def keep(store: Store) -> Keep:
    """Put a made-up article: lines, the first its title; a line may be given with its kind. Returns its id."""

    def put(
        *lines: str | tuple[BlockKind, str],
        name: str = "",
        date: str | None = None,
        alternatives: tuple[str, ...] = (),
        outlet: str | None = None,
        english: Mapping[str, str] | None = None,
        origin: Origin = Origin.MACHINE,
        alignment: tuple[AlignedPair, ...] = (),
        declared_title: str | None = None,
    ) -> str:
        text, blocks, sentences, title = "", [], [], declared_title or ""
        for number, line in enumerate(lines):
            kind, content = line if isinstance(line, tuple) else (BlockKind.BODY if number else BlockKind.TITLE, line)
            blocks.append(Block(kind, len(text), len(text) + len(content)))
            sentences += [Unit(number, len(text) + start, len(text) + end) for start, end in split_sentences(content)]
            title = title or (content if kind is BlockKind.TITLE else "")
            text += content + "\n"
        known = PublicationDate(date, Precision.DAY, Basis.PAGE, alternatives) if date else PublicationDate()
        document = Document(text, tuple(blocks), tuple(sentences), title, outlet, None, None, None, known)
        reading = Reading(name or text, text.encode("utf-8", "surrogatepass"), text, "utf-8", "text/plain", Declared())
        outcome = store.put(reading, document, Declared())
        store.save_translations(
            (sentence_key(ar), Translation(en, origin, "test", "2026-01-01T00:00:00+00:00", alignment=alignment))
            for ar, en in (english or {}).items()
        )
        return outcome.id

    return put


@pytest.fixture
def searcher(store: Store) -> Searcher:
    """A searcher of the made-up articles; index them first."""
    return Searcher(store)


@pytest.fixture(scope="session")
def seed_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The five seeds with their reviewed English, indexed."""
    seeds = Path(__file__).resolve().parents[2] / "seeds"
    with Store.open(tmp_path_factory.mktemp("seeds"), create=True) as opened:
        add(opened, sorted(seeds.glob("*.txt")))
        opened.remember(read_memory(seeds / "reviewed.jsonl"))
        index_archive(opened)
        yield opened


@pytest.fixture(scope="session")
def seed_searcher(seed_store: Store) -> Searcher:
    return Searcher(seed_store)


@pytest.fixture(scope="session")
def seed_numbers(seed_store: Store) -> Mapping[str, str]:
    """The number of each seed, by its article's id."""
    return {id_: Path(seed_store.sources(id_)[0].source).name[:3] for id_ in seed_store.ids()}
