"""Packages: installed from a file, listed, chosen, removed; hostile and broken ones refused with a sentence."""

import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from indexer.errors import BadPackage, NoModel
from indexer.translation.packages import (
    ArgosPackage,
    find_package,
    install_file,
    installing,
    list_installed,
    packages_folder,
    read_package,
    remove,
)

pytestmark = pytest.mark.usefixtures("offline")


def zipped(file: Path, members: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file


def repacked(tiny: Path, file: Path, changes: dict[str, bytes | str | None]) -> Path:
    """The tiny package with members changed, added or (None) left out."""
    with zipfile.ZipFile(tiny) as archive:
        members: dict[str, bytes | str | None] = {name: archive.read(name) for name in archive.namelist()}
    return zipped(file, {name: content for name, content in (members | changes).items() if content is not None})


TOP = "translate-ar_en-1_0"


def test_an_installed_package_is_listed_and_found(package: ArgosPackage, packages: Path) -> None:
    assert package.path == packages / TOP
    assert (package.source, package.target, package.version, package.model) == ("ar", "en", "1.0", TOP)
    assert [(one.name, one.problem) for one in list_installed()] == [(TOP, None)]
    assert find_package() == find_package(TOP) == find_package(str(package.path)) == package
    assert sorted(path.name for path in packages.parent.iterdir()) == ["packages"], "nothing is left beside it"


def test_what_is_installed_here_argostranslate_finds(package: ArgosPackage, argostranslate_home: Path) -> None:
    from argostranslate.package import get_installed_packages

    (theirs,) = get_installed_packages([package.path.parent])
    assert (theirs.from_code, theirs.to_code, theirs.package_version) == ("ar", "en", "1.0")


@pytest.mark.parametrize(
    "environment",
    [{}, {"ARGOS_PACKAGES_DIR": "HERE/chosen"}, {"XDG_DATA_HOME": "HERE/data"}, {"XDG_CONFIG_HOME": "HERE/config"}],
    ids=["default", "packages dir", "data home", "settings file"],
)
def test_packages_live_where_argostranslate_keeps_them(tmp_path: Path, environment: dict[str, str]) -> None:
    settings = tmp_path / "config" / "argos-translate" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"ARGOS_PACKAGES_DIR": str(tmp_path / "set")}))
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("ARGOS", "XDG"))}
    given = {name: value.replace("HERE", str(tmp_path)) for name, value in environment.items()}
    code = (
        "from indexer.translation.packages import packages_folder; from pathlib import Path; ours = packages_folder(); "
        "assert not list(Path.home().iterdir()); from argostranslate import settings; "
        "assert ours == settings.package_data_dir, (ours, settings.package_data_dir)"
    )
    (tmp_path / "home").mkdir()
    subprocess.run([sys.executable, "-c", code], env=plain | given | {"HOME": str(tmp_path / "home")}, check=True)


def test_installing_again_replaces(package: ArgosPackage, tiny: Path, tmp_path: Path) -> None:
    newer = repacked(tiny, tmp_path / "n.argosmodel", {f"{TOP}/README.md": "newer"})
    assert install_file(newer).content_hash() == package.content_hash(), "the model is the same wherever it came from"
    assert (package.path / "README.md").read_text() == "newer"
    assert len(list_installed()) == 1


def test_the_newest_version_serves(package: ArgosPackage, packages: Path) -> None:
    for version, folder in [("1.10", "b"), ("1.9", "c")]:
        shutil.copytree(package.path, packages / folder)
        metadata = json.loads((packages / folder / "metadata.json").read_text()) | {"package_version": version}
        (packages / folder / "metadata.json").write_text(json.dumps(metadata))
    assert find_package().version == "1.10"
    assert find_package("c").version == "1.9"


def test_without_a_package_the_error_says_how_to_install_one(packages: Path) -> None:
    with pytest.raises(NoModel, match=r"sijill models install ar en.*sijill models install FILE"):
        find_package()
    with pytest.raises(NoModel, match="'nosuch' is installed"):
        find_package("nosuch")
    assert not packages.exists(), "asking makes no folder"


def test_a_file_given_as_the_model_is_to_be_installed_first(packages: Path, tiny: Path) -> None:
    with pytest.raises(NoModel, match="install it first"):
        find_package(tiny)


def test_removing(package: ArgosPackage, packages: Path) -> None:
    remove(TOP)
    assert list_installed() == ()
    assert [path.name for path in packages.parent.iterdir()] == ["packages"]
    for name in (TOP, "..", "../packages", ""):
        with pytest.raises(NoModel, match="is installed"):
            remove(name)
    assert packages.is_dir()


def test_broken_packages_are_listed_with_what_is_wrong(package: ArgosPackage, packages: Path) -> None:
    (packages / "empty").mkdir()
    (packages / "stray.txt").write_text("not a folder")
    for name, metadata in {
        "nojson": "{",
        "list": "[1]",
        "deep": "[" * 100_000,
        "huge": " " * 2_000_000,
        "binary": "\x00\x01",
        "codes": '{"from_code": 3, "to_code": ["en"]}',
        "sbd": '{"type": "sbd", "from_codes": ["ar"]}',
        "incomplete": '{"from_code": "ar", "to_code": "en"}',
    }.items():
        (packages / name).mkdir()
        (packages / name / "metadata.json").write_text(metadata)
    (packages / "loop").symlink_to(packages / "loop")
    listed = {one.name: one for one in list_installed()}
    assert set(listed) == {TOP, "empty", "nojson", "list", "deep", "huge", "binary", "codes", "sbd", "incomplete"}
    assert [one.name for one in listed.values() if one.package] == [TOP]
    assert listed["empty"].problem == "the package empty has no metadata.json"
    assert all(one.problem for name, one in listed.items() if name != TOP)
    assert find_package() == package
    remove("empty")
    assert "empty" not in [one.name for one in list_installed()]


def refusal(file: Path, packages: Path) -> str:
    with pytest.raises(BadPackage) as caught:
        install_file(file)
    left = [path for path in packages.parent.rglob("*") if path != file and path != packages]
    assert not left, "nothing is left behind"
    return str(caught.value)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({f"{TOP}/metadata.json": None}, "one folder with a metadata.json"),
        ({f"{TOP}/metadata.json": "{"}, "metadata.json .* can't be read"),
        ({f"{TOP}/metadata.json": '{"from_code": "en", "to_code": "es"}'}, "translates en to es, not ar to en"),
        ({f"{TOP}/metadata.json": '{"type": "sbd"}'}, "not a translation package"),
        ({f"{TOP}/metadata.json": "{}"}, "does not say which languages"),
        ({f"{TOP}/sentencepiece.model": None}, "no sentencepiece.model"),
        ({f"{TOP}/sentencepiece.model": b"nonsense"}, "sentencepiece.model .* can't be read"),
        ({f"{TOP}/model/model.bin": None}, "no model/model.bin"),
        ({f"{TOP}/model/model.bin": b""}, "can't be run"),
        ({f"{TOP}/model/model.bin": b"\x06\x00\x00\x00" * 1000}, "can't be run"),
        ({f"{TOP}/model/shared_vocabulary.json": "[]"}, "can't be run|does not work"),
        ({f"{TOP}/model/config.json": "{"}, "can't be run"),
        ({"../outside.txt": "x"}, "unsafe name"),
        ({f"{TOP}/../../outside.txt": "x"}, "unsafe name"),
        ({"/tmp/outside.txt": "x"}, "unsafe name"),
        ({f"{TOP}\\..\\outside.txt": "x"}, "unsafe name"),
        ({f"{TOP}/c:outside.txt": "x"}, "unsafe name"),
        ({"second/metadata.json": "{}"}, "one folder"),
        ({f"{TOP}/{number}": "" for number in range(3000)}, "3006 files"),
    ],
)
def test_a_bad_package_is_refused(
    tiny: Path, tmp_path: Path, packages: Path, changes: dict[str, bytes | str | None], reason: str
) -> None:
    import re

    assert re.search(reason, refusal(repacked(tiny, tmp_path / "bad.argosmodel", changes), packages))


def test_a_truncated_model_is_refused(tiny: Path, unpacked: Path, tmp_path: Path, packages: Path) -> None:
    model = (unpacked / "model" / "model.bin").read_bytes()
    file = repacked(tiny, tmp_path / "bad.argosmodel", {f"{TOP}/model/model.bin": model[: len(model) // 2]})
    assert "can't be run" in refusal(file, packages)


@pytest.mark.parametrize("content", [b"", b"PK", b"\x89PNG\r\n", b"text" * 1000])
def test_what_is_no_zip_is_refused(tmp_path: Path, packages: Path, content: bytes) -> None:
    (tmp_path / "x.argosmodel").write_bytes(content)
    assert "is not an Argos package" in refusal(tmp_path / "x.argosmodel", packages)


def test_a_damaged_zip_is_refused(tiny: Path, tmp_path: Path, packages: Path) -> None:
    content = bytearray(tiny.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 200] = bytes(200)
    (tmp_path / "x.argosmodel").write_bytes(content)
    assert "damaged" in refusal(tmp_path / "x.argosmodel", packages)


def test_what_is_no_file_is_refused(tmp_path: Path, packages: Path) -> None:
    with pytest.raises(BadPackage, match="there is no file"):
        install_file(tmp_path / "nosuch.argosmodel")
    with pytest.raises(BadPackage, match="there is no file"):
        install_file(tmp_path)


def test_a_link_in_a_package_is_refused(tmp_path: Path, packages: Path) -> None:
    link = zipfile.ZipInfo(f"{TOP}/model")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "x.argosmodel", "w") as archive:
        archive.writestr(f"{TOP}/metadata.json", "{}")
        archive.writestr(link, "/etc")
    assert "a link or a device" in refusal(tmp_path / "x.argosmodel", packages)


def test_a_zip_bomb_is_refused_by_what_it_declares(tmp_path: Path, packages: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.argosmodel", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{TOP}/metadata.json", "{}")
        archive.writestr(f"{TOP}/model/model.bin", bytes(2**20))
        archive.filelist[-1].file_size = installing.LARGEST_PACKAGE + 1
    assert "more than 2 GB" in refusal(tmp_path / "x.argosmodel", packages)


def test_a_read_only_place_gets_a_sentence(tiny: Path) -> None:
    with pytest.raises(BadPackage, match="set ARGOS_PACKAGES_DIR"):
        install_file(tiny, folder=Path("/dev/null/packages"))


def test_a_package_by_path_may_lie_anywhere(unpacked: Path, packages: Path) -> None:
    assert find_package(unpacked) == read_package(unpacked)
    assert packages_folder() == packages
