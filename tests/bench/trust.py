"""Measure the trust checks; `python tests/bench/trust.py` prints every figure by name, `--show NAME` its sentences.

On Argos' recorded English of FLORES sentences and on the human references: how many are flagged, by reason. On the
references with one error planted in each: how many get the right reason. Lengths were fitted on even rows, so odd rows
are what counts; both are printed. Word lists were mended by reading sentences of both. Also on the reviewed seeds, on
the tiny package, and sentence pairs per second.
"""

import argparse
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from archive.document import Note
from indexer.gazetteer import Kind, load_gazetteer
from indexer.translation.trust import SEVERITIES, check

ROOT = Path(__file__).resolve().parents[2]
NUMBER = re.compile(r"(?<![\w.,:-])\d+(?:[.,:]\d+)*(?![\w-])")
NEGATION = re.compile(r"\b(?:cannot|not|never|no(?!\.))\b|n[’']t\b")
AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|may|must|does|did)\b(?! not|n[’']t)"
)
NUMBERS = {"number_missing", "number_changed", "quantity_missing"}


class Row(NamedTuple):
    """A sentence of the recorded set: its place in the file, the Arabic, Argos' English, a person's."""

    number: int
    arabic: str
    argos: str
    reference: str


class Plant(NamedTuple):
    """An error to plant in a reference: how (None where it can't be), and the codes that are the right reason."""

    spoil: Callable[[Row], str | None]
    right: frozenset[str]
    floor: float


def read_rows(folder: Path) -> list[Row]:
    """Return the recorded sentences."""
    lines = (folder / "flores-argos-dev.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [Row(number, *line.split("\t")) for number, line in enumerate(lines)]


def without_number(row: Row) -> str | None:
    """Leave out the first number in digits."""
    return _tidy(NUMBER.sub("", row.reference, count=1)) if NUMBER.search(row.reference) else None


def with_other_number(row: Row) -> str | None:
    """Change one digit of the first number."""
    found = NUMBER.search(row.reference)
    if not found:
        return None
    place = found.start()
    digit = str((int(row.reference[place]) + 3) % 9 + 1)
    return row.reference[:place] + digit + row.reference[place + 1 :]


def without_name(row: Row) -> str | None:
    """Leave out, wherever it stands, the first name that the gazetteer finds on both sides."""
    gazetteer = load_gazetteer()
    arabic = {mention.entry.id for mention in gazetteer.find(row.arabic)}
    for mention in gazetteer.find(row.reference):
        if mention.entry.id in arabic and mention.entry.kind not in (Kind.WEAPON, Kind.UNIT):
            name = row.reference[mention.start : mention.end]
            return _tidy(row.reference.replace(name, ""))
    return None


def with_clause_again(row: Row) -> str | None:
    """Say the last clause twice; the last four words where there is but one."""
    body = row.reference.rstrip(' .!?”"')
    clause = re.split(r"[,;:] ", body)[-1]
    clause = clause if len(clause.split()) >= 3 else " ".join(body.split()[-4:])
    return f"{body}, {clause}."


def first_half(row: Row) -> str | None:
    """Cut the second half, by words."""
    words = row.reference.split()
    return " ".join(words[: len(words) // 2])


def first_half_ended(row: Row) -> str | None:
    """Cut the second half and put a full stop."""
    half = first_half(row)
    return half.rstrip(",;:") + "." if half else None


def in_arabic(row: Row) -> str | None:
    """Leave the whole in Arabic."""
    return row.arabic


def half_in_arabic(row: Row) -> str | None:
    """Leave the second half in Arabic."""
    words = row.arabic.split()
    return f"{first_half(row)} {' '.join(words[len(words) // 2 :])}"


def without_negation(row: Row) -> str | None:
    """Leave out the first negation."""
    found = NEGATION.search(row.reference)
    if not found:
        return None
    kept = "can" if found[0].lower() == "cannot" else ""
    return _tidy(row.reference[: found.start()] + kept + row.reference[found.end() :])


def with_negation(row: Row) -> str | None:
    """Put a `not` after the first auxiliary."""
    found = AUXILIARY.search(row.reference)
    return f"{row.reference[: found.end()]} not{row.reference[found.end() :]}" if found else None


PLANTS = {
    "number_dropped": Plant(without_number, frozenset(NUMBERS), 0.9),
    "number_changed": Plant(with_other_number, frozenset(("number_changed",)), 0.9),
    "name_dropped": Plant(without_name, frozenset(("name_missing",)), 0.9),
    "clause_repeated": Plant(with_clause_again, frozenset(("repeated",)), 0.9),
    "half_cut": Plant(first_half, frozenset(("too_short",)), 0.9),
    "half_cut_ended": Plant(first_half_ended, frozenset(("too_short",)), 0.9),
    "left_in_arabic": Plant(in_arabic, frozenset(("untranslated",)), 0.9),
    "half_in_arabic": Plant(half_in_arabic, frozenset(("untranslated",)), 0.9),
    "negation_dropped": Plant(without_negation, frozenset(("negation_lost",)), 0.75),
    "negation_added": Plant(with_negation, frozenset(("negation_added",)), 0.75),
}


def planted(rows: Iterable[Row], plant: Plant) -> tuple[list[tuple[Row, str]], list[tuple[Row, str]]]:
    """Return the spoiled sentences that got the right reason, and those that didn't."""
    caught, missed = [], []
    for row in rows:
        spoiled = plant.spoil(row)
        if spoiled is not None and spoiled != row.reference:
            codes = {note.code for note in check(row.arabic, spoiled)}
            (caught if codes & plant.right else missed).append((row, spoiled))
    return caught, missed


def flagged(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str, tuple[Note, ...]]]:
    """Return the pairs with reasons to doubt them."""
    return [(arabic, english, notes) for arabic, english in pairs if (notes := check(arabic, english))]


def by_reason(found: Sequence[tuple[str, str, tuple[Note, ...]]]) -> Counter[str]:
    """Return how many pairs have each reason."""
    return Counter(code for _, _, notes in found for code in {note.code for note in notes})


def measure(folder: Path) -> dict[str, float]:
    """Return the shares on the odd rows, which no threshold was chosen on: flagged, and caught of each plant."""
    odd = read_rows(folder)[1::2]
    shares = {
        "references_flagged": len(flagged((row.arabic, row.reference) for row in odd)) / len(odd),
        "argos_flagged": len(flagged((row.arabic, row.argos) for row in odd)) / len(odd),
    }
    for name, plant in PLANTS.items():
        caught, missed = planted(odd, plant)
        shares[name] = len(caught) / (len(caught) + len(missed))
    return shares


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", help="print the sentences behind a figure: references, argos, seeds, or a plant")
    parser.add_argument("--sample", type=int, default=20, help="how many of them, evenly spread")
    options = parser.parse_args()
    folder = Path(os.environ.get("SIJILL_EVAL_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        sys.exit(f"the recorded sentences are not at {folder}; set SIJILL_EVAL_DATA to where they are")
    rows = read_rows(folder)
    if options.show:
        show(rows, options.show, options.sample)
        return
    for name, pairs in _sides(rows).items():
        for half, start in (("even", 0), ("odd", 1)):
            _line(f"{name} flagged, {half} rows", flagged(pairs[start::2]), len(pairs[start::2]))
    for name, plant in PLANTS.items():
        for half, start in (("even", 0), ("odd", 1)):
            caught, missed = planted(rows[start::2], plant)
            share = len(caught) / (len(caught) + len(missed))
            _print(f"{name}, {half} rows: {share:6.1%} of {len(caught) + len(missed)} (wanted {plant.floor:.0%})")
    seeds = reviewed_seeds()
    for name, plant in PLANTS.items():
        caught, missed = planted([Row(n, arabic, "", english) for n, (arabic, english) in enumerate(seeds)], plant)
        _print(f"{name}, reviewed seeds: {len(caught)} of {len(caught) + len(missed)}")
    _line("reviewed seeds flagged", flagged(seeds), len(seeds))
    _print(f"speed: {speed(rows):,.0f} sentence pairs a second of one core")
    tiny(folder / "tiny-ar_en.argosmodel", rows)


def speed(rows: Sequence[Row]) -> float:
    """Return the sentence pairs checked in a second of one core: the best of three goes over all rows."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        for row in rows:
            check(row.arabic, row.argos)
        best = min(best, time.process_time() - began)
    return len(rows) / best


def reviewed_seeds() -> list[tuple[str, str]]:
    """Return the pairs of the reviewed seeds."""
    lines = (ROOT / "seeds" / "reviewed.jsonl").read_text(encoding="utf-8").splitlines()
    return [(pair["ar"], pair["en"]) for pair in map(json.loads, lines)]


def tiny(package: Path, rows: Sequence[Row]) -> None:
    """Print what the checks say of a small model's news: nearly every line of it is wrong."""
    if not package.exists():
        return
    import tempfile
    import zipfile

    from indexer.translation.argos import ArgosTranslator
    from indexer.translation.translator import translate_in_order

    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(package).extractall(folder)
        inside = next(Path(folder).rglob("metadata.json")).parent
        texts = ["قتل 20 مدنيا بينهم أطفال ونساء", *(arabic for arabic, _ in reviewed_seeds())]
        texts += [row.arabic for row in rows[1:200:2]]
        drafts = translate_in_order(ArgosTranslator(inside), texts)
    notes = [check(text, draft.text, score=draft.score) for text, draft in zip(texts, drafts, strict=True)]
    _print(f"tiny model flagged: {sum(map(bool, notes)) / len(notes):6.1%} of {len(notes)}")
    _print(
        "  " + ", ".join(f"{code} {count}" for code, count in Counter(n.code for found in notes for n in found).items())
    )
    scores = sorted(draft.score for draft in drafts if draft.score is not None)
    _print(f"  its scores: {scores[0]:.2f} to {scores[-1]:.2f}, half above {scores[len(scores) // 2]:.2f}")
    _print(f"  {texts[0]} → {drafts[0].text} {_said(notes[0])}")


def show(rows: Sequence[Row], name: str, count: int) -> None:
    """Print sentences behind a figure: those flagged, or of a plant those missed; then some without a flag."""
    if name in PLANTS:
        seeds = [Row(number, arabic, "", english) for number, (arabic, english) in enumerate(reviewed_seeds())]
        for row, spoiled in planted([*rows, *seeds], PLANTS[name])[1][-count:]:
            _print(f"{row.number} {_said(check(row.arabic, spoiled))}\n  {row.arabic}\n  {spoiled}")
        return
    pairs = reviewed_seeds() if name == "seeds" else _sides(rows)[name]
    with_flag = flagged(pairs)
    without = [(arabic, english, ()) for arabic, english in pairs if not check(arabic, english)]
    for title, found in (("FLAGGED", with_flag), ("NOT FLAGGED", without)):
        _print(title)
        for arabic, english, notes in found[:: max(1, len(found) // count)][:count]:
            _print(f"{_said(notes)}\n  {arabic}\n  {english}")


def _sides(rows: Sequence[Row]) -> dict[str, list[tuple[str, str]]]:
    return {
        "references": [(row.arabic, row.reference) for row in rows],
        "argos": [(row.arabic, row.argos) for row in rows],
    }


def _said(notes: Sequence[Note]) -> str:
    return "; ".join(f"{note.code} {', '.join(map(str, note.args))}".strip() for note in notes)


def _line(name: str, found: Sequence[tuple[str, str, tuple[Note, ...]]], total: int) -> None:
    reasons = by_reason(found)
    listed = ", ".join(f"{code} {reasons[code]}" for code in SEVERITIES if reasons[code])
    _print(f"{name}: {len(found) / total:6.1%} ({len(found)} of {total}): {listed}")


def _tidy(text: str) -> str:
    return re.sub(r"\s+([,.;:])", r"\1", " ".join(text.split()))


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
