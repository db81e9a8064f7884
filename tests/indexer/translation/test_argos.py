"""Translation with a package: as argostranslate would, whatever the batch; long, empty and broken text survive it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.translation import Origin
from indexer.errors import BadPackage
from indexer.translation.argos import ArgosSettings, ArgosTranslator
from indexer.translation.packages import ArgosPackage, find_package, install_file
from indexer.translation.translator import translate_in_order

pytestmark = pytest.mark.usefixtures("offline")

SENTENCES = [
    "وصلت القافلة إلى المدينة",
    "غادر السكان البلدة قبل أسبوع، وعاد بعضهم أمس",
    "بلغ عدد الواصلين 120 شخصا",
    "ماء",
    "سارت السيارات ببطء (على الطريق الترابي) نحو «الساحة»",
    "وُزِّع الخُبز على الأهالي",
]


class WholeSentence:
    """A splitter, as argostranslate wants one, that leaves one sentence whole."""

    def split_sentences(self, text: str) -> list[str]:
        return [text]


def as_argostranslate_does(package: Path, texts: list[str]) -> list[str]:
    import ctranslate2
    from argostranslate.package import Package
    from argostranslate.translate import apply_packaged_translation

    theirs = Package(package)
    model = ctranslate2.Translator(str(package / "model"), device="cpu", inter_threads=1, intra_threads=1)
    return [apply_packaged_translation(theirs, text, model, WholeSentence(), 1)[0].value for text in texts]


def test_each_sentence_comes_out_as_its_own(package: ArgosPackage, expected: Callable[[str], str]) -> None:
    texts = SENTENCES * 40
    drafts = translate_in_order(ArgosTranslator(package), texts)
    assert [draft.text for draft in drafts] == [expected(text) for text in texts]
    assert all(draft.score is not None and -1 < draft.score < 0 for draft in drafts)
    assert len({draft.text for draft in drafts}) == len(SENTENCES)


def test_device_compute_type_and_beam_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("DEVICE", "cuda"), ("COMPUTE_TYPE", "int8_float16"), ("BEAM", "2")):
        monkeypatch.setenv(f"SIJILL_{name}", value)
    settings = ArgosSettings.from_environment()
    assert (settings.device, settings.compute_type, settings.beam_size) == ("cuda", "int8_float16", 2)
    monkeypatch.setenv("SIJILL_BEAM", "many")
    assert ArgosSettings.from_environment().beam_size == 4


def test_who_translates_is_named(package: ArgosPackage, tmp_path: Path, unpacked: Path) -> None:
    info = ArgosTranslator(package).info
    assert (info.engine, info.model, info.origin) == ("argos", "translate-ar_en-1_0", Origin.MACHINE)
    changed = shutil.copytree(unpacked, tmp_path / "changed")
    assert ArgosTranslator(changed).info.model_hash == info.model_hash
    (changed / "model" / "config.json").write_text("{}")
    assert ArgosTranslator(changed).info.model_hash != info.model_hash


@pytest.mark.parametrize("prefix", ["", "▁the"])
def test_the_text_is_argostranslates(unpacked: Path, tmp_path: Path, prefix: str, argostranslate_home: Path) -> None:
    folder = shutil.copytree(unpacked, tmp_path / "package")
    metadata = json.loads((folder / "metadata.json").read_text()) | {"target_prefix": prefix}
    (folder / "metadata.json").write_text(json.dumps(metadata))
    drafts = translate_in_order(ArgosTranslator(folder, ArgosSettings(batch_pieces=60, workers=2)), SENTENCES)
    assert [draft.text for draft in drafts] == as_argostranslate_does(folder, SENTENCES)


def test_with_a_trained_model_the_text_is_argostranslates(
    measuring_data: Path, packages: Path, argostranslate_home: Path
) -> None:
    package = install_file(measuring_data / "tiny-ar_en.argosmodel")
    lines = (measuring_data / "flores-argos-dev.tsv").read_text(encoding="utf-8").splitlines()[1:]
    texts = [line.split("\t")[0] for line in lines[::25]] + ["ذهب الولد إلى المدرسة."]
    drafts = translate_in_order(ArgosTranslator(package), texts)
    assert [draft.text for draft in drafts] == as_argostranslate_does(package.path, texts)
    assert drafts[-1].text == "The boy went to school."


def test_a_bpe_package_is_argostranslates_too(unpacked: Path, tmp_path: Path, argostranslate_home: Path) -> None:
    folder = shutil.copytree(unpacked, tmp_path / "package")
    (folder / "sentencepiece.model").unlink()
    (folder / "bpe.model").write_text("#version: 0.2\nا ل\nال م\nو ص\n", encoding="utf-8")
    drafts = translate_in_order(ArgosTranslator(folder), SENTENCES)
    assert [draft.text for draft in drafts] == as_argostranslate_does(folder, SENTENCES)


def test_a_sentence_too_long_for_the_model_is_cut_at_its_clauses_and_joined(
    package: ArgosPackage, expected: Callable[[str], str]
) -> None:
    clause = "وصلت القافلة إلى المدينة،"
    settings = ArgosSettings(longest=30)
    (draft,) = translate_in_order(ArgosTranslator(package, settings), [" ".join([clause] * 200)])
    assert draft.problem is None
    assert draft.text.count(expected(clause)) == 200
    (draft,) = translate_in_order(ArgosTranslator(package, settings), ["ب" * 5000])
    assert draft.text, "even without a border to cut at"


def test_a_text_without_arabic_letters_is_copied(package: ArgosPackage) -> None:
    texts = ["March 20, 2019", "٢٠١٩/٣/١٢", "— 4 / 0 / 0 —", "@Reporter_1 #Raqqa", " Reuters "]
    drafts = translate_in_order(ArgosTranslator(package), texts)
    assert [draft.text for draft in drafts] == [
        "March 20, 2019",
        "2019/3/12",
        "— 4 / 0 / 0 —",
        "@Reporter_1 #Raqqa",
        "Reuters",
    ]


def test_what_can_not_be_translated_says_so_and_stops_nothing(
    package: ArgosPackage, expected: Callable[[str], str]
) -> None:
    texts = ["", " \n", "وصلت \ud800 القافلة", SENTENCES[0], "\u202bماء\u202c", "م\x00اء", "ء" * 5_000]
    drafts = translate_in_order(ArgosTranslator(package), texts)
    assert [draft.problem.code if draft.problem else None for draft in drafts[:4]] == [
        "nothing_to_translate",
        "nothing_to_translate",
        "not_text",
        None,
    ]
    assert drafts[3].text == expected(SENTENCES[0])
    assert all(draft.text for draft in drafts[4:])


def test_a_sentence_that_breaks_the_model_does_not_take_its_batch_with_it(
    package: ArgosPackage, expected: Callable[[str], str]
) -> None:
    beyond = " ".join(["القافلة"] * 500)
    settings = ArgosSettings(longest=10_000, batch_pieces=10**9, workers=1)
    first, broken, last = translate_in_order(ArgosTranslator(package, settings), [SENTENCES[0], beyond, SENTENCES[1]])
    assert broken.problem is not None
    assert broken.problem.code == "translation_failed"
    assert "position" in str(broken.problem.args[0])
    assert (first.text, last.text) == (expected(SENTENCES[0]), expected(SENTENCES[1]))


def test_a_setting_that_the_machine_lacks_gets_a_sentence(package: ArgosPackage) -> None:
    for settings in (ArgosSettings(compute_type="int9"), ArgosSettings(device="abacus")):
        with pytest.raises(BadPackage, match=r"can't be run on \w+ with compute type"):
            ArgosTranslator(package, settings).load()


def test_the_environment_sets_how_to_decode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIJILL_BEAM", "2")
    monkeypatch.setenv("SIJILL_COMPUTE_TYPE", "float32")
    settings = ArgosSettings.from_environment()
    assert (settings.beam_size, settings.compute_type, settings.device) == (2, "float32", "cpu")
    monkeypatch.setenv("SIJILL_BEAM", "many")
    assert ArgosSettings.from_environment().beam_size == 4


def test_a_home_that_can_not_be_written_does_not_matter(unpacked: Path, tmp_path: Path) -> None:
    shutil.copytree(unpacked, tmp_path / "translate-ar_en-1_0")
    code = (
        "from indexer.translation.argos import ArgosTranslator; from indexer.translation.packages import find_package; "
        "print(next(ArgosTranslator(find_package()).translate(['ماء']))[1].text)"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ARGOS", "XDG"))}
    environment |= {"HOME": "/dev/null", "ARGOS_PACKAGES_DIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()


def test_nothing_heavy_is_imported_before_the_first_sentence(package: ArgosPackage) -> None:
    code = (
        "import sys; from indexer.translation.argos import ArgosTranslator; from indexer.translation import run; "
        "from indexer.translation.packages import find_package; ArgosTranslator(find_package()).info; "
        "assert not {'argostranslate', 'ctranslate2', 'sentencepiece', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert find_package() == package
