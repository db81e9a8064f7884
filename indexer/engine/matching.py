"""Answering a request from postings as number arrays: which articles match, how well, at which level, on which side.

Works on any cut of an index that gives its postings as arrays; knows nothing of how they are kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from indexer.analysis.token import Level
from indexer.engine.arrayfile import Array
from indexer.engine.interface import (
    AnyClause,
    Clause,
    Field,
    FilterClause,
    Match,
    PhraseClause,
    SearchRequest,
    Side,
    WeightedTerm,
    WordClause,
    Zone,
)
from indexer.engine.ranking import RANKING, Ranking

LEVELS = tuple(Level)
SIDES = tuple(Side)
NO_LEVEL = len(LEVELS)

_SIDE_BIT = {side: 1 << place for place, side in enumerate(SIDES)}
_SIDE_SETS = tuple(
    frozenset(side for place, side in enumerate(SIDES) if bits >> place & 1) for bits in range(1 << len(SIDES))
)
_SHIFT = 32

CLOSE = Level.LEMMA
"""The levels up to this one are the word itself in some form; looser ones are guesses at it."""

_Grade = tuple[float, int]
"""A term's weight and the rank of its level."""

_Stand = tuple[Field, Array, Array]
"""Where a clause stands in a field: places in ascending order, and the weight of each."""


class Occurrences(NamedTuple):
    """A term's documents in ascending order, its frequency in each, and all positions in that order."""

    docs: Array
    freqs: Array
    positions: Array


class Cut(Protocol):
    """What matching needs of an index: one committed generation, articles numbered from 0."""

    @property
    def ids(self) -> Sequence[str]:
        """The articles' ids."""
        ...

    @property
    def live(self) -> Array:
        """Which articles aren't deleted."""
        ...

    @property
    def order(self) -> Array:
        """Each article's place when sorted by id."""
        ...

    def occurrences(self, field: Field, key: str) -> Occurrences | None:
        """Return where a term stands, None where nowhere."""
        ...

    def relative_length(self, field: Field) -> Array:
        """Return each article's length in a field, divided by the mean of those that have the field."""
        ...

    def with_value(self, name: str, value: str) -> Array:
        """Return the articles with a metadata value."""
        ...

    def with_value_between(self, name: str, low: str | None, high: str | None) -> Array:
        """Return the articles with a metadata value in a range, both ends included."""
        ...


@dataclass(slots=True)
class Found:
    """A clause's answer for each article: matches or not, score, best level (its rank) and sides (as bits)."""

    mask: Array
    score: Array
    level: Array
    sides: Array


class Answer(NamedTuple):
    """All matching articles, best first, as parallel arrays; `missing` is a bit for each wanted clause that lacks."""

    docs: Array
    scores: Array
    levels: Array
    sides: Array
    missing: Array


def answer(cut: Cut, request: SearchRequest, ranking: Ranking = RANKING) -> Answer:
    """Return every article that matches, by score, then by id; those with all wanted clauses first unless asked not."""
    seek = _Seeker(cut, ranking)
    wanted = [seek.clause(clause) for clause in request.wanted]
    required = [seek.clause(clause) for clause in request.required]
    mask = cut.live.copy()
    for found in required:
        mask &= found.mask
    for clause in request.forbidden:
        mask &= ~seek.clause(clause).mask
    met = np.zeros(len(mask), dtype=np.int32)
    for found in wanted:
        met += found.mask
    minimum = len(wanted) if request.minimum is None else min(request.minimum, len(wanted))
    mask &= met >= minimum
    docs = np.flatnonzero(mask)
    scoring = wanted + [
        found for clause, found in zip(request.required, required, strict=True) if clause not in request.wanted
    ]
    scores = np.zeros(len(docs), dtype=np.float32)
    levels = np.full(len(docs), NO_LEVEL, dtype=np.uint8)
    sides = np.zeros(len(docs), dtype=np.uint8)
    for found in scoring:
        scores += found.score[docs]
        np.minimum(levels, found.level[docs], out=levels)
        sides |= found.sides[docs]
    missing = np.zeros(len(docs), dtype=object if len(wanted) > 62 else np.int64)
    for place, found in enumerate(wanted):
        missing |= (~found.mask[docs]).astype(missing.dtype) << place
    lacking = (met[docs] < len(wanted)) & request.complete_first
    scores += seek.closeness(docs, lacking, scores, request.wanted)
    best = np.lexsort((cut.order[docs], -scores, lacking))
    return Answer(docs[best], scores[best], levels[best], sides[best], missing[best])


def matches(cut: Cut, found: Answer, first: int, last: int, wanted: int) -> tuple[Match, ...]:
    """Return some of an answer's articles as matches; `wanted` is the number of wanted clauses."""
    ids = cut.ids
    lacking: dict[int, tuple[int, ...]] = {0: ()}
    for bits in set(found.missing[first:last].tolist()):
        lacking[bits] = tuple(place for place in range(wanted) if bits >> place & 1)
    return tuple(
        Match(ids[doc], score, LEVELS[level] if level < NO_LEVEL else None, _SIDE_SETS[sides], lacking[missing])
        for doc, score, level, sides, missing in zip(
            *(part[first:last].tolist() for part in found),
            strict=True,
        )
    )


class _Seeker:
    """Answers the clauses of one request; equal clauses once."""

    def __init__(self, cut: Cut, ranking: Ranking) -> None:
        self._cut, self._ranking = cut, ranking
        self._size = len(cut.live)
        self._count = int(cut.live.sum())
        self._known: dict[Clause, Found] = {}
        self._rare: dict[Clause, float] = {}
        self._stand: dict[Clause, list[_Stand]] = defaultdict(list)

    def clause(self, clause: Clause) -> Found:
        found = self._known.get(clause)
        if found is None:
            found = self._known[clause] = self._seek(clause)
            self._rare[clause] = _rarity(int(found.mask.sum()), self._count)
        return found

    def _seek(self, clause: Clause) -> Found:
        match clause:
            case WordClause():
                return self._word(clause)
            case PhraseClause():
                return self._phrase(clause)
            case AnyClause():
                return self._any(clause)
            case FilterClause():
                return self._filter(clause)

    def _word(self, clause: WordClause) -> Found:
        blank = self._blank()
        parts = []
        for side, terms in _by_side(clause.terms).items():
            docs, amounts, grades = self._amounts(clause, terms)
            if not len(docs):
                continue
            blank.mask[docs] = True
            blank.sides[docs] |= _SIDE_BIT[side]
            ranks = np.where(amounts > 0, np.array([rank for _, rank in grades]), NO_LEVEL).min(axis=1)
            blank.level[docs] = np.minimum(blank.level[docs], ranks)
            parts.append((docs, self._gains(amounts, grades)))
        return self._scored(blank, parts)

    def _gains(self, amounts: Array, grades: Sequence[_Grade]) -> Array:
        """Return what a word counts in each document, given how much of it stands there, grade by grade.

        The close levels are one count, each occurrence by its weight; the loose ones add, in layers, their weight of
        what they add to the saturated count.
        """
        weights = np.array([weight for weight, _ in grades])
        close = np.array([rank <= CLOSE.rank for _, rank in grades])
        loose = ~close
        met = amounts[:, close] @ weights[close]
        counts = np.concatenate([met[:, np.newaxis], amounts[:, loose]], axis=1)
        filled = _saturated(np.cumsum(counts, axis=1), self._ranking.saturation)
        gained: Array = filled[:, 0] + np.diff(filled, axis=1) @ weights[loose]
        return gained

    def _amounts(self, clause: WordClause, terms: Sequence[WeightedTerm]) -> tuple[Array, Array, list[_Grade]]:
        """Return the documents of a word on one side, and how much of it stands in each, grade by grade, best first.

        An occurrence counts once, at its best grade, for its zone's weight over the length of its field.
        """
        grades = _grades(terms)
        stands = [(field, *self._places(terms, field, grades)) for field in sorted({term.field for term in terms})]
        weights = np.array([weight for weight, _ in grades])
        self._stand[clause] += [(field, places, weights[graded]) for field, places, graded in stands if len(places)]
        docs = self._documents(places >> _SHIFT for _, places, _ in stands)
        amounts = np.zeros((len(docs), len(grades)))
        slots = np.zeros(self._size, dtype=np.int64)
        slots[docs] = np.arange(len(docs))
        for field, places, graded in stands:
            if len(places):
                cells = slots[places >> _SHIFT] * len(grades) + graded
                counts = np.bincount(cells, minlength=amounts.size).reshape(amounts.shape)
                amounts += counts * self._scale(field, docs)[:, np.newaxis]
        return docs, amounts, grades

    def _places(self, terms: Sequence[WeightedTerm], field: Field, grades: Sequence[_Grade]) -> tuple[Array, Array]:
        """Return every place of a word in a field (document and position in one number), ascending, and its grade.

        A place that several terms share is returned once, with its best grade.
        """
        numbered = {grade: number for number, grade in enumerate(grades)}
        bits = len(grades).bit_length()
        parts = []
        for term in terms:
            found = self._cut.occurrences(field, term.key) if term.field == field else None
            if found is not None:
                places = (np.repeat(found.docs.astype(np.int64), found.freqs) << _SHIFT) | found.positions
                parts.append(places << bits | numbered[_grade(term)])
        if not parts:
            return _NOWHERE
        if len(parts) == 1:
            return parts[0] >> bits, parts[0] & (1 << bits) - 1
        every = np.sort(np.concatenate(parts))
        places = every >> bits
        first = np.concatenate([[True], places[1:] != places[:-1]])
        return places[first], every[first] & (1 << bits) - 1

    def _scale(self, field: Field, docs: Array) -> Array:
        """Return what one occurrence in a field counts in each document: its zone's weight over its length."""
        length = self._ranking.length[field.zone]
        scale: Array = self._ranking.zones[field.zone] / (1 - length + length * self._cut.relative_length(field)[docs])
        return scale

    def _phrase(self, clause: PhraseClause) -> Found:
        blank = self._blank()
        parts = []
        for field in _common_fields(clause):
            places, weights, ranks = self._stands(clause, field)
            if not len(places):
                continue
            docs, first, counts = np.unique(places >> _SHIFT, return_index=True, return_counts=True)
            blank.mask[docs] = True
            blank.sides[docs] |= _SIDE_BIT[field.side]
            blank.level[docs] = np.minimum(blank.level[docs], np.minimum.reduceat(ranks, first))
            filled = _saturated(counts * self._scale(field, docs), self._ranking.saturation)
            parts.append((docs, np.maximum.reduceat(weights, first) * filled))
            self._stand[clause].append((field, places, weights))
        return self._scored(blank, parts)

    def closeness(self, docs: Array, lacking: Array, scores: Array, wanted: Sequence[Clause]) -> Array:
        """Return what the best articles gain by having the wanted clauses close together.

        That is the rarity and closeness of level of the clauses met in the best run of words of one field.
        """
        ranking = self._ranking
        gains = np.zeros(len(docs), dtype=np.float32)
        if len(wanted) < 2 or not len(docs):
            return gains
        best = np.lexsort((-scores, lacking))[: ranking.close_articles]
        among = np.zeros(self._size, dtype=bool)
        among[docs[best]] = True
        run = np.zeros(self._size)
        by_field: dict[Field, list[tuple[Array, Array]]] = defaultdict(list)
        for clause in dict.fromkeys(wanted):
            for field, parts in _by_field(self._standing(clause)).items():
                places, weights = parts
                chosen = among[places >> _SHIFT]
                if field.zone is not Zone.TITLE and chosen.any():
                    by_field[field].append((places[chosen], self._rare[clause] * np.sqrt(weights[chosen])))
        for stands in by_field.values():
            if len(stands) > 1:
                starts = np.unique(np.concatenate([places for places, _ in stands]))
                together = sum(_within(starts, places, worth, ranking.close) for places, worth in stands)
                np.maximum.at(run, starts >> _SHIFT, together)
        gains[best] = ranking.closeness * run[docs[best]]
        return gains

    def _standing(self, clause: Clause) -> list[_Stand]:
        if isinstance(clause, AnyClause):
            return [stand for each in clause.clauses for stand in self._standing(each)]
        return self._stand.get(clause, [])

    def _stands(self, clause: PhraseClause, field: Field) -> tuple[Array, Array, Array]:
        """Return where a phrase begins in a field, and its weight and level there: those of the word met worst."""
        words = []
        for word in clause.words:
            grades = _grades(word.terms)
            places, graded = self._places(word.terms, field, grades)
            words.append((places, graded, np.array(grades)))
        common = words[0][0] - clause.gaps[0]
        for (places, _, _), gap in zip(words[1:], clause.gaps[1:], strict=True):
            common = np.intersect1d(common, places - gap, assume_unique=True)
        weights, ranks = np.ones(len(common)), np.zeros(len(common), dtype=np.uint8)
        for (places, graded, grades_), gap in zip(words, clause.gaps, strict=True):
            met = grades_[graded[np.searchsorted(places, common + gap)]]
            weights = np.minimum(weights, met[:, 0])
            ranks = np.maximum(ranks, met[:, 1].astype(np.uint8))
        return common, weights, ranks

    def _any(self, clause: AnyClause) -> Found:
        blank = self._blank()
        total = np.zeros(self._size, dtype=np.float32)
        for found in map(self.clause, clause.clauses):
            blank.mask |= found.mask
            blank.sides |= found.sides
            np.minimum(blank.level, found.level, out=blank.level)
            np.maximum(blank.score, found.score, out=blank.score)
            total += found.score
        blank.score += self._ranking.other_choices * (total - blank.score)
        return blank

    def _filter(self, clause: FilterClause) -> Found:
        blank = self._blank()
        if clause.low is not None or clause.high is not None:
            blank.mask[self._cut.with_value_between(clause.field, clause.low, clause.high)] = True
        for value in clause.values:
            blank.mask[self._cut.with_value(clause.field, value)] = True
        blank.mask &= self._cut.live
        return blank

    def _blank(self) -> Found:
        return Found(
            mask=np.zeros(self._size, dtype=bool),
            score=np.zeros(self._size, dtype=np.float32),
            level=np.full(self._size, NO_LEVEL, dtype=np.uint8),
            sides=np.zeros(self._size, dtype=np.uint8),
        )

    def _documents(self, parts: Iterable[Array]) -> Array:
        mask = np.zeros(self._size, dtype=bool)
        for part in parts:
            mask[part] = True
        return np.flatnonzero(mask)

    def _scored(self, found: Found, parts: Iterable[tuple[Array, Array]]) -> Found:
        """Put the score together: the best side, a little of the others, times the rarity of the word."""
        found.mask &= self._cut.live
        total = np.zeros(self._size, dtype=np.float32)
        for docs, part in parts:
            total[docs] += part
            found.score[docs] = np.maximum(found.score[docs], part)
        found.score += self._ranking.other_sides * (total - found.score)
        found.score *= _rarity(int(found.mask.sum()), self._count)
        return found


_NOWHERE: tuple[Array, Array] = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))


def _grade(term: WeightedTerm) -> _Grade:
    return term.weight, term.level.rank


def _grades(terms: Iterable[WeightedTerm]) -> list[_Grade]:
    """Return the distinct weights and levels of terms, best first."""
    return sorted({_grade(term) for term in terms}, key=lambda grade: (-grade[0], grade[1]))


def _by_side(terms: Iterable[WeightedTerm]) -> dict[Side, list[WeightedTerm]]:
    sides: dict[Side, list[WeightedTerm]] = defaultdict(list)
    for term in terms:
        sides[term.field.side].append(term)
    return sides


def _by_field(stands: Iterable[_Stand]) -> dict[Field, tuple[Array, Array]]:
    """Put what stands in one field together, in ascending order."""
    each: dict[Field, list[tuple[Array, Array]]] = defaultdict(list)
    for field, places, weights in stands:
        each[field].append((places, weights))
    found = {}
    for field, parts in each.items():
        places = np.concatenate([places for places, _ in parts])
        order = np.argsort(places, kind="stable")
        found[field] = places[order], np.concatenate([weights for _, weights in parts])[order]
    return found


def _within(starts: Array, places: Array, worth: Array, run: int) -> Array:
    """Return for each start the worth of the next place, 0 where it is a run of words away or more."""
    following = np.searchsorted(places, starts)
    there = following < len(places)
    following[~there] = 0
    near: Array = np.where(there & (places[following] - starts < run), worth[following], 0.0)
    return near


def _saturated(count: Array, saturation: float) -> Array:
    filled: Array = count * (saturation + 1) / (count + saturation)
    return filled


def _rarity(having: int, count: int) -> float:
    return float(np.log1p((count - having + 0.5) / (having + 0.5)))


def _common_fields(clause: PhraseClause) -> list[Field]:
    """Return the fields in which every word of a phrase has a term, in a fixed order."""
    each = [{term.field for term in word.terms} for word in clause.words]
    return sorted(set.intersection(*each)) if each else []
