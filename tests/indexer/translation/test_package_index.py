"""The package index: what it offers, download with its checksum, and sentences where it can't be had."""

import hashlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from indexer.errors import BadPackage, NoModel
from indexer.translation.packages import install_pair, list_available, list_installed

SERVED = {"from_code": "ar", "from_name": "Arabic", "to_code": "en", "to_name": "English", "type": "translate"}


class Index:
    """A package index on this machine, and the files that it links to."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self.address = address

    def offer(self, file: Path | None = None, *, links: list[object] | None = None, **entry: object) -> None:
        """Put a package on offer, above what is there."""
        if file:
            (self.folder / file.name).write_bytes(file.read_bytes())
            links = [f"{self.address}/{file.name}"]
        index = self.folder / "index.json"
        listed = json.loads(index.read_text()) if index.exists() else []
        index.write_text(json.dumps([SERVED | {"package_version": "1.0", "links": links} | entry, *listed]))


class Quiet(SimpleHTTPRequestHandler):
    """A file server that logs nothing, and breaks off files named so."""

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""

    def copyfile(self, source: object, outputfile: object) -> None:
        """Send half of a file whose name asks for it."""
        if "broken-off" in self.path:
            outputfile.write(b"PK half a file")  # type: ignore[attr-defined]
            return
        super().copyfile(source, outputfile)  # type: ignore[type-var]


@pytest.fixture
def index(tmp_path: Path, argostranslate_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    """An index that argostranslate is set to use."""
    import argostranslate.settings

    folder = tmp_path / "served"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *given: Quiet(*given, directory=str(folder)))
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(argostranslate.settings, "remote_package_index", f"{address}/index.json")
    yield Index(folder, address)
    server.shutdown()
    server.server_close()


def test_a_pair_is_downloaded_checked_and_installed(index: Index, tiny: Path, packages: Path) -> None:
    index.offer(tiny, sha256=hashlib.sha256(tiny.read_bytes()).hexdigest())
    index.offer(links=["https://nowhere.invalid/x"], to_code="fr")
    seen: list[tuple[int, int | None]] = []
    package = install_pair("ar", "en", progress=lambda done, total: seen.append((done, total)))
    assert package.path == packages / "translate-ar_en-1_0"
    assert seen[-1] == (tiny.stat().st_size, tiny.stat().st_size)
    assert [path.name for path in packages.iterdir()] == ["translate-ar_en-1_0"]


def test_the_newest_version_is_chosen(index: Index, tiny: Path, packages: Path) -> None:
    index.offer(links=["https://nowhere.invalid/x"], package_version="0.9")
    index.offer(tiny)
    index.offer(links=["https://nowhere.invalid/x"], package_version="0.10")
    assert [offer.version for offer in list_available(source="ar")] == ["0.10", "1.0", "0.9"]
    assert install_pair("ar", "en").version == "1.0"


def test_what_is_no_offer_is_passed_over(index: Index) -> None:
    index.offer(links=["https://nowhere.invalid/x"], sha256="0" * 64)
    index.offer(links=None)
    index.offer(links=[3, None], from_code=7)
    index.offer(links=[], type="sbd")
    index.offer(links=["https://nowhere.invalid/x"], package_version="../../x")
    listed = json.loads((index.folder / "index.json").read_text())
    (index.folder / "index.json").write_text(json.dumps([*listed, 5, "x", None, []]))
    (offer,) = list_available()
    assert (offer.name, offer.sha256) == ("translate-ar_en-1_0", "0" * 64)


def test_another_checksum_is_refused(index: Index, tiny: Path, packages: Path) -> None:
    index.offer(tiny, sha256="0" * 64)
    with pytest.raises(BadPackage, match="its checksum is not the index's"):
        install_pair("ar", "en")
    assert list_installed() == ()


def test_another_link_is_tried(index: Index, tiny: Path, packages: Path) -> None:
    (index.folder / "good.argosmodel").write_bytes(tiny.read_bytes())
    (index.folder / "broken-off.argosmodel").write_bytes(tiny.read_bytes())
    names = ["absent.argosmodel", "broken-off.argosmodel", "good.argosmodel"]
    index.offer(links=["ipfs://x", "file:///etc/passwd", *(f"{index.address}/{name}" for name in names)])
    assert install_pair("ar", "en").version == "1.0"


def test_a_link_that_can_not_be_trusted_is_not_followed(index: Index, packages: Path) -> None:
    index.offer(links=["http://packages.invalid/x.argosmodel", "file:///etc/passwd"])
    with pytest.raises(BadPackage, match="no link that can be trusted"):
        install_pair("ar", "en")


def test_a_pair_that_is_not_offered(index: Index, packages: Path) -> None:
    index.offer(links=[], to_code="fr")
    with pytest.raises(NoModel, match="offers no translation package for ar to en"):
        install_pair("ar", "en")


@pytest.mark.parametrize("content", ["{}", "nonsense", "[" * 100_000, None])
def test_an_index_that_can_not_be_read(index: Index, content: str | None) -> None:
    if content is not None:
        (index.folder / "index.json").write_text(content)
    with pytest.raises(NoModel, match="the package index http://127"):
        list_available()


def test_without_a_network_the_error_says_how_to_do_without(
    argostranslate_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import argostranslate.settings

    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    monkeypatch.setattr(argostranslate.settings, "remote_package_index", f"http://127.0.0.1:{port}/index.json")
    with pytest.raises(NoModel, match=r"can't be read .* install from a file: `sijill models install FILE`"):
        list_available()


def test_a_home_that_can_not_be_written_gets_a_sentence() -> None:
    code = "from indexer.translation.packages import list_available; list_available()"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ARGOS", "XDG"))}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment | {"HOME": "/dev/null"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "set XDG_DATA_HOME, XDG_CONFIG_HOME and XDG_CACHE_HOME to folders" in done.stderr.splitlines()[-1]
