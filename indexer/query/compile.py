"""From a query as read to the request that an engine is asked."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import product

from indexer.analysis import Analyzer, Level, Script, Token, script
from indexer.engine.interface import (
    AnyClause,
    Clause,
    Field,
    FilterClause,
    PhraseClause,
    SearchRequest,
    Side,
    WeightedTerm,
    WordClause,
    Zone,
)
from indexer.errors import QueryError
from indexer.query.expansion import Terms, fuzzy_keys, prefix_keys
from indexer.query.forms import Keys, phrase_keys, word_keys
from indexer.query.lexing import readable
from indexer.query.named import filter_values
from indexer.query.syntax import (
    AllOf,
    AnyOf,
    DateRange,
    Filter,
    Fuzzy,
    Leaf,
    Node,
    Not,
    Phrase,
    Prefix,
    Query,
    Title,
    Word,
)
from indexer.query.weights import FUZZY, weight

MOST_CLAUSES = 64
"""Brackets and OR are multiplied out to at most so many clauses."""

EVERY_LEVEL = frozenset(Level)
FORBIDDING = frozenset({Level.EXACT, Level.FOLDED, Level.VARIANT, Level.LIGHT, Level.STEMMED})
"""A minus forbids a word as it is met closely, not by a guess at its meaning."""

_ARABIC_SIDES = (Side.ORIGINAL,)
_ALL_SIDES = (Side.ORIGINAL, Side.REVIEWED, Side.MACHINE, Side.GLOSS)


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where and how closely the words of a part of the query are looked for."""

    zones: tuple[Zone, ...]
    levels: AbstractSet[Level]


def compile_query(
    query: Query,
    analyzer: Analyzer,
    terms: Terms,
    *,
    levels: AbstractSet[Level] | None = None,
    names: bool = True,
    minimum: int | None = None,
) -> SearchRequest:
    """Return the request that asks an engine for a query.

    `terms` lists terms of the index (`Engine.terms`), for prefixes and near spellings. `levels` are those that may
    count (all by default; `level:` in the query narrows them further); without `names` no name of another script
    counts. `minimum` of the wanted words are enough; quotes, fields and minus hold whatever it says. Raises
    `QueryError` where brackets multiply beyond bounds.
    """
    allowed = EVERY_LEVEL if levels is None else frozenset(levels)
    if query.levels is not None:
        allowed &= query.levels
    if not names:
        allowed -= {Level.NAME}
    zones = (Zone.TITLE, Zone.TEXT, Zone.ASIDE) if query.everywhere else (Zone.TITLE, Zone.TEXT)
    compiler = _Compiler(analyzer, terms)
    scope = _Scope(zones, allowed)
    wanted: list[Clause] = []
    required: list[Clause] = []
    forbidden: list[Clause] = []
    for part in query.root.parts:
        if isinstance(part, Not):
            forbidding = replace(scope, levels=allowed & FORBIDDING)
            forbidden += [compiler.either(options) for options in _clauses(part.part, forbidding)]
            continue
        for options in _clauses(part, scope):
            (required if _binding(options) else wanted).append(compiler.either(options))
    return SearchRequest(
        _once(wanted), _once(required), _once(forbidden), minimum=minimum, complete_first=not is_question(query)
    )


def relaxation(query: Query) -> int | None:
    """Return how many of the wanted words are enough when no article has them all; None where nothing can be left out.

    For a question one word is enough, and the ranking decides. Quotes, fields and minus are never relaxed.
    """
    wanted = _wanted(query)
    if wanted < 2:
        return None
    return 1 if is_question(query) else max(1, wanted - wanted // 2)


def is_question(query: Query) -> bool:
    """Say whether a query is a question of four content words or more: it is relaxed at once, full matches first."""
    return query.question and _wanted(query) >= 4


def _wanted(query: Query) -> int:
    scope = _Scope((), frozenset())
    return sum(
        not _binding(options)
        for part in query.root.parts
        if not isinstance(part, Not)
        for options in _clauses(part, scope)
    )


def _once(clauses: list[Clause]) -> tuple[Clause, ...]:
    return tuple(dict.fromkeys(clauses))


_Scoped = tuple[Leaf, _Scope]


def _clauses(node: Node, scope: _Scope) -> list[tuple[_Scoped, ...]]:
    """Return a part of the query multiplied out: every clause is wanted, one of the options in each is enough."""
    match node:
        case AllOf(parts):
            return [options for part in parts for options in _clauses(part, scope)]
        case AnyOf(parts):
            branches = [_clauses(part, scope) for part in parts]
            size = 1
            for branch in branches:
                size *= len(branch)
            if size > MOST_CLAUSES:
                raise QueryError(
                    f"Brackets and OR multiply to {size} combinations, and at most {MOST_CLAUSES} are tried: "
                    "leave some out.",
                    "too_complex",
                    MOST_CLAUSES,
                )
            return [tuple(leaf for options in combination for leaf in options) for combination in product(*branches)]
        case Title(part):
            return _clauses(part, replace(scope, zones=(Zone.TITLE,)))
        case Not():
            raise QueryError(
                "A minus can't stand inside brackets: put the words that are not wanted after the others.",
                "minus_in_or",
            )
        case _:
            return [((node, scope),)]


def _binding(options: tuple[_Scoped, ...]) -> bool:
    """Say whether a clause must match whatever is relaxed: it was typed in quotes, as a field, or with OR of such."""
    return all(isinstance(leaf, Phrase | Filter | DateRange) or scope.zones == (Zone.TITLE,) for leaf, scope in options)


class _Compiler:
    """Turns leaves into clauses, with one analyzer and one index."""

    def __init__(self, analyzer: Analyzer, terms: Terms) -> None:
        self.analyzer = analyzer
        self.terms = terms

    def either(self, options: tuple[_Scoped, ...]) -> Clause:
        """Return the clause for options of which one is enough."""
        clauses = tuple(dict.fromkeys(self._leaf(leaf, scope) for leaf, scope in options))
        return clauses[0] if len(clauses) == 1 else AnyClause(clauses)

    def _leaf(self, leaf: Leaf, scope: _Scope) -> Clause:
        match leaf:
            case Word(text):
                return self._word(text, scope)
            case Phrase(text):
                return self._phrase(text, scope)
            case Prefix(text):
                keys = prefix_keys(text, self.analyzer, self.terms)
                return WordClause(text + "*", tuple(_weighted(keys, text, scope)))
            case Fuzzy(text):
                keys = fuzzy_keys(text, self.terms)
                return WordClause(text + "~", tuple(_weighted(keys, text, scope, FUZZY)))
            case Filter(field, value):
                return FilterClause(field, filter_values(field, readable(value)))
            case DateRange(low, high, none=none):
                return FilterClause("day", ("none",)) if none else FilterClause("day", (), low, high)

    def _word(self, text: str, scope: _Scope) -> Clause:
        tokens = [token for token in self.analyzer.analyze(text) if not token.stop]
        if len(tokens) == 1:
            return self._token(tokens[0], scope, surface=text)
        words = tuple(self._token(token, scope) for token in tokens)
        return PhraseClause(text, words, _gaps(tokens))

    def _token(self, token: Token, scope: _Scope, surface: str | None = None) -> WordClause:
        forms = self.analyzer.forms(token.text)
        keys = word_keys(forms, self.analyzer) if forms else {}
        return WordClause(surface or token.text, tuple(_weighted(keys, token.text, scope)))

    def _phrase(self, text: str, scope: _Scope) -> Clause:
        tokens = self.analyzer.analyze(text)
        words = []
        for number, token in enumerate(tokens):
            forms = self.analyzer.forms(token.text)
            keys = phrase_keys(forms, self.analyzer, first=number == 0) if forms else {}
            words.append(WordClause(token.text, tuple(_weighted(keys, token.text, scope))))
        if len(words) == 1:
            return replace(words[0], surface=readable(text))
        return PhraseClause(readable(text), tuple(words), _gaps(tokens))


def _weighted(keys: Keys, word: str, scope: _Scope, factor: float = 1.0) -> Iterable[WeightedTerm]:
    sides = _ARABIC_SIDES if script(word) is Script.ARABIC else _ALL_SIDES
    for key, met in keys.items():
        for side in (Side.GLOSS,) if met is Level.GLOSS else sides:
            level = Level.GLOSS if side is Side.GLOSS else met
            if level in scope.levels and met in scope.levels:
                for zone in scope.zones:
                    yield WeightedTerm(Field(side, zone), key, level, factor * weight(level, side, zone))


def _gaps(tokens: list[Token]) -> tuple[int, ...]:
    return tuple(token.position - tokens[0].position for token in tokens)
