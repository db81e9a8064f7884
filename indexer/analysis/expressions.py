"""Expressions of several words whose English is not that of their words, found among the tokens of a text."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.folding import fold
from indexer.analysis.lexical import english_stems
from indexer.analysis.token import Token

_LEAST_AFTER_ARTICLE = 2

_Listed = tuple[tuple[str, ...], tuple[str, ...]]
"""The folded words after the first, and the stems of the English."""


class Expressions:
    """Finds the curated expressions; what is worked out for a distinct word is remembered.

    Particles and the article may stand before the first word.

    >>> analyzer = Analyzer(frozenset({"التحالف"}))
    >>> list(Expressions(analyzer).glosses(analyzer.analyze("طائرات للتحالف الدولي")))
    [(1, 'internat'), (1, 'coalit')]
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._begun: dict[str, tuple[_Listed, ...]] = {}

    def glosses(self, tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
        """Yield the English stems of the expressions in a text, each with the position of the first word."""
        for place, _, stems in self.runs(tokens):
            yield from ((tokens[place].position, stem) for stem in stems)

    def runs(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Yield the expressions in a text: the first and last word by number, and the stems of the English."""
        begun = self._begun
        for place, token in enumerate(tokens):
            listed = begun.get(token.text)
            if listed is None:
                listed = self._learn(token.text)
            if not listed or place + 1 == len(tokens):
                continue
            second = _folded(tokens[place + 1].text)
            for rest, stems in listed:
                if rest[0] != second:
                    continue
                following = tokens[place + 1 : place + 1 + len(rest)]
                if len(following) == len(rest) and all(map(_is_word, following, rest)):
                    yield place, place + len(rest), stems

    def _learn(self, surface: str) -> tuple[_Listed, ...]:
        forms = self._analyzer.forms(surface) if _may_begin(fold(surface)) else None
        bare = dict.fromkeys(_bare(rest) for rest in forms.rests) if forms else {}
        found = tuple(listed for word in bare for listed in _expressions().get(word, ()))
        if len(self._begun) >= 1 << 17:
            self._begun.clear()
        self._begun[surface] = found
        return found


@cache
def expression_stems() -> frozenset[str]:
    """Return the English stems of all expressions."""
    return frozenset(stem for listed in _expressions().values() for _, stems in listed for stem in stems)


def _may_begin(folded: str) -> bool:
    """Say whether a folded word ends in the first word of an expression, as any must that has particles before it."""
    listed = _expressions()
    return any(folded[start:] in listed for start in range(len(folded)))


def _is_word(token: Token, folded: str) -> bool:
    return _folded(token.text) == folded


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> str:
    return fold(word)


@cache
def _expressions() -> dict[str, tuple[_Listed, ...]]:
    """Return the expressions by their first word without the article."""
    from indexer.translation.gloss.tables import expression_list

    table: dict[str, list[_Listed]] = {}
    for arabic, english in expression_list():
        words = [fold(word) for word in arabic.split() if len(word) > 1]
        stems = english_stems(english)
        if len(words) > 1 and stems:
            table.setdefault(_bare(words[0]), []).append((tuple(words[1:]), stems))
    return {word: tuple(listed) for word, listed in table.items()}


def _bare(word: str) -> str:
    rest = word.removeprefix("ال")
    return rest if len(rest) >= _LEAST_AFTER_ARTICLE else word
