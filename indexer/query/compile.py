"""From a query as read to the request that an engine is asked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import groupby, product

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
from indexer.names.everyday import is_everyday
from indexer.query.expansion import Terms, fuzzy_keys, prefix_keys
from indexer.query.forms import Keys, phrase_keys, word_keys
from indexer.query.lexing import readable
from indexer.query.named import filter_values
from indexer.query.plain import plain_analyzer
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
from indexer.query.variants import Other, name_keys, other_names, spelling_keys
from indexer.query.weights import FUZZY, weight

MOST_CLAUSES = 64
"""Brackets and OR are multiplied out to at most so many clauses."""

SENTENCE = 4
"""So many words are a sentence, not a few keywords."""

_LEAST_ASKED = 2

EVERY_LEVEL = frozenset(Level)
FORBIDDING = frozenset({Level.EXACT, Level.FOLDED, Level.VARIANT, Level.LIGHT, Level.STEMMED})
"""A minus forbids a word as it is met closely, not by a guess at its meaning."""

_ARABIC_SIDES = (Side.ORIGINAL,)
_ALL_SIDES = (Side.ORIGINAL, Side.REVIEWED, Side.MACHINE, Side.GLOSS)
_ONE_SIDE = {Level.GLOSS: (Side.GLOSS,), Level.NAME: (Side.ORIGINAL,)}


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
    compiler = _Compiler(analyzer, terms, _named(query, analyzer), _capital(query))
    scope = _Scope(zones, allowed)
    wanted: list[Clause] = []
    required: list[Clause] = []
    forbidden: list[Clause] = []
    question = is_question(query)
    for part in _prose(query):
        if isinstance(part, Not):
            forbidding = replace(scope, levels=allowed & FORBIDDING)
            forbidden += [_Compiler(analyzer, terms).either(options) for options in _clauses(part.part, forbidding)]
            continue
        for options in _clauses(part, scope):
            quoted = question and all(isinstance(leaf, Phrase) and scope == within for leaf, within in options)
            (required if _binding(options) and not quoted else wanted).append(compiler.either(options))
    return SearchRequest(
        _once(wanted),
        _once(required),
        _once(forbidden),
        minimum=minimum,
        complete_first=not question,
    )


def _named(query: Query, analyzer: Analyzer) -> dict[Word, tuple[Other, ...]]:
    """Return the other names of what the words of a query name, words that follow each other taken together."""
    if analyzer.gazetteer is None:
        return {}
    capital, lexicon = _capital(query), analyzer.lexicon

    def everyday(word: str) -> bool:
        return word not in capital and is_everyday(word, lexicon)

    named: dict[Word, tuple[Other, ...]] = {}
    for adjacent, parts in groupby(query.root.parts, lambda part: isinstance(part, Word)):
        leaves = [leaf for part in parts for leaf in _words_in(part)]
        for words in [leaves] if adjacent else [[leaf] for leaf in leaves]:
            found = other_names(analyzer.gazetteer, [word.text for word in words], everyday)
            named |= {word: found[place] for place, word in enumerate(words) if place in found}
    return named


def _capital(query: Query) -> frozenset[str]:
    """Return the words that capitals mark as names: after the first, where words in small letters stand too."""
    words = [token.text for token in plain_analyzer().analyze(query.text) if script(token.text) is Script.LATIN]
    small = any(word.islower() and len(word) > 1 for word in words[1:])
    return frozenset(word for word in words[1:] if small and word[:1].isupper() and word[1:].islower())


def _words_in(node: Node) -> Iterator[Word]:
    match node:
        case Word():
            yield node
        case Title(part):
            yield from _words_in(part)
        case AnyOf(parts) | AllOf(parts):
            for part in parts:
                yield from _words_in(part)


def relaxation(query: Query) -> tuple[int, ...]:
    """Return how many of the wanted words are enough when no article has them all: one try after another.

    For a question, and for anything as long as a sentence, one word is enough, and the ranking decides. None where
    nothing can be left out: quotes, fields and minus are never relaxed.
    """
    wanted = _wanted(query)
    if is_question(query) or wanted >= SENTENCE:
        return (1,)
    return tuple(dict.fromkeys((wanted - wanted // 2, 1))) if wanted > 1 else ()


def is_question(query: Query) -> bool:
    """Say whether a query is a question of two content words or more: it is relaxed at once, the ranking decides.

    In a question marks quote a title or a word, as in prose: the words in them are wanted together, but not required.
    """
    return query.question and sum(_content(part) for part in query.root.parts) >= _LEAST_ASKED


def _content(node: Node) -> int:
    match node:
        case Not():
            return 0
        case Phrase(text):
            return max(sum(not token.stop for token in plain_analyzer().analyze(text)), 1)
        case _:
            return sum(not _binding(options) for options in _clauses(node, _Scope((), frozenset())))


def _prose(query: Query) -> Iterator[Node]:
    """Yield the parts of a query; in a question each phrase is followed by its words."""
    question = is_question(query)
    for part in query.root.parts:
        yield part
        if question and isinstance(part, Phrase):
            for token in plain_analyzer().analyze(part.text):
                if not token.stop:
                    yield Word(token.text, part.start, part.end)


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

    def __init__(
        self,
        analyzer: Analyzer,
        terms: Terms,
        named: Mapping[Word, tuple[Other, ...]] | None = None,
        capital: AbstractSet[str] = frozenset(),
    ) -> None:
        self.analyzer = analyzer
        self.terms = terms
        self.named = named or {}
        self.capital = capital

    def either(self, options: tuple[_Scoped, ...]) -> Clause:
        """Return the clause for options of which one is enough."""
        clauses = tuple(dict.fromkeys(self._leaf(leaf, scope) for leaf, scope in options))
        return clauses[0] if len(clauses) == 1 else AnyClause(clauses)

    def _leaf(self, leaf: Leaf, scope: _Scope) -> Clause:
        match leaf:
            case Word(text):
                return self._named(self._word(text, scope), self.named.get(leaf, ()), scope)
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
        if forms and forms.script is Script.LATIN and Level.NAME in scope.levels and self._unlisted(token.text):
            keys |= spelling_keys(token.text, self.analyzer, self.terms, named=token.text in self.capital)
        return WordClause(surface or token.text, tuple(_weighted(keys, token.text, scope)))

    def _unlisted(self, word: str) -> bool:
        """Say whether a spelling is to be compared by sound: one that the gazetteer lists has its names already."""
        return self.analyzer.gazetteer is not None and not self.analyzer.gazetteer.by_english(word)

    def _named(self, clause: Clause, others: Sequence[Other], scope: _Scope) -> Clause:
        """Return the clause of a typed word, or one for it and the other names of what it names."""
        phrases: list[Clause] = []
        terms: list[WeightedTerm] = []
        typed = surface(clause)
        for name, level in others:
            if level in scope.levels:
                words = [tuple(_weighted(keys, name, scope)) for keys in name_keys(name, level, self.analyzer)]
                if len(words) == 1:
                    terms += words[0]
                elif all(words):
                    gaps = tuple(range(len(words)))
                    phrases.append(PhraseClause(typed, tuple(WordClause(typed, each) for each in words), gaps))
        if terms and isinstance(clause, WordClause):
            clause = WordClause(clause.surface, _once_each((*clause.terms, *terms)))
        elif terms:
            phrases.append(WordClause(typed, _once_each(terms)))
        return AnyClause((clause, *dict.fromkeys(phrases))) if phrases else clause

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


def surface(clause: Clause) -> str:
    """Return a clause as it was typed."""
    if isinstance(clause, AnyClause):
        return " OR ".join(dict.fromkeys(surface(each) for each in clause.clauses))
    if isinstance(clause, FilterClause):
        return f"{clause.field}:{' '.join(clause.values) or f'{clause.low or str()}..{clause.high or str()}'}"
    return clause.surface


def _once_each(terms: Iterable[WeightedTerm]) -> tuple[WeightedTerm, ...]:
    """Return each term of a field once, as it is given first."""
    first: dict[tuple[Field, str], WeightedTerm] = {}
    for term in terms:
        first.setdefault((term.field, term.key), term)
    return tuple(first.values())


def _weighted(keys: Keys, word: str, scope: _Scope, factor: float = 1.0) -> Iterable[WeightedTerm]:
    arabic = script(word) is Script.ARABIC
    for key, met in keys.items():
        for side in _ARABIC_SIDES if arabic else _ONE_SIDE.get(met, _ALL_SIDES):
            level = Level.GLOSS if side is Side.GLOSS else met
            if level in scope.levels and met in scope.levels:
                for zone in scope.zones:
                    yield WeightedTerm(Field(side, zone), key, level, factor * weight(level, side, zone))


def _gaps(tokens: list[Token]) -> tuple[int, ...]:
    return tuple(token.position - tokens[0].position for token in tokens)
