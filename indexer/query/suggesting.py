"""Did you mean: for words that an archive lacks, the nearest words that it has.

Words are compared by the restricted Damerau-Levenshtein distance: a letter wrong, missing, extra, or exchanged with the
next (F. J. Damerau, "A technique for computer detection and correction of spelling errors", CACM 7, 1964; computed as
R. A. Wagner and M. J. Fischer do, JACM 21, 1974, with exchanges).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import Analyzer, Level, Script, fold, fold_latin, script
from indexer.analysis.analyzer import STOP_MARK
from indexer.analysis.letters import MARKS
from indexer.engine.interface import AnyClause, Clause
from indexer.query.compile import surface
from indexer.query.expansion import Terms
from indexer.query.plain import plain_analyzer
from indexer.query.syntax import AllOf, AnyOf, Node, Query, Word

MOST_SUGGESTIONS = 3
"""Other queries that are offered, at most."""

MOST_TRIED = 6
"""Other queries that are looked up before they are offered, at most."""

MOST_DOUBTFUL = 3
"""Words of one query that are replaced, at most."""

MOST_VOCABULARY = 150_000
"""Words of the index that typed ones are compared with, at most: the most frequent."""

LEAST_LETTERS, MOST_LETTERS = 3, 40
"""Shorter words are near to too many others, longer ones are no words."""

LEAST_FOR_TWO = 7
"""Letters of a word in which two edits are forgiven."""

_MOST_COMPARED = 4_000
_CLITICS = ("", "و", "ف")
_ARTICLES = tuple(one + two for one in _CLITICS for two in ("ال", "بال", "كال", "لل"))
_WITHOUT_MARKS = str.maketrans(dict.fromkeys(MARKS))


class Place(NamedTuple):
    """Where a doubtful word stands in a query."""

    start: int
    end: int


class Near(NamedTuple):
    """A word that may have been meant, as the corpus writes it: how many edits away, in how many articles."""

    text: str
    edits: int
    in_articles: int


class _Form(NamedTuple):
    written: str
    folded: str
    in_articles: int


def edits_between(one: str, other: str, most: int) -> int | None:
    """Return how many edits make one word the other, None where more than `most` do.

    >>> edits_between("bahgouz", "baghouz", 1), edits_between("مجزه", "مجزره", 1), edits_between("idlib", "raqqa", 2)
    (1, 1, None)
    """
    start, shorter = 0, min(len(one), len(other))
    while start < shorter and one[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    one, other = one[start : len(one) - end], other[start : len(other) - end]
    if abs(len(one) - len(other)) > most:
        return None
    if not one or not other:
        return len(one) + len(other)
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        here = [row]
        for column, opposite in enumerate(other, start=1):
            cost = min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != opposite))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == opposite:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        if min(here) > most and min(above) >= most:
            return None
        before, above = above, here
    return above[-1] if above[-1] <= most else None


def allowed_edits(word: str) -> int:
    """Return how many edits are forgiven in a word."""
    if not LEAST_LETTERS <= len(word) <= MOST_LETTERS:
        return 0
    return 2 if len(word) >= LEAST_FOR_TWO else 1


class Spelling:
    """The words of one generation of an index, by their letters. Read when first asked, then remembered.

    `names` are further words to suggest, as they are written; whether they have hits is for the caller to see.
    """

    def __init__(self, analyzer: Analyzer, terms: Terms, names: Iterable[str] = ()) -> None:
        self._analyzer = analyzer
        self._terms = terms
        self._names = tuple(names)

    def near(self, word: str) -> list[Near]:
        """Return the words that a misspelled one may stand for, the most frequent first.

        They are one edit away, or two where nothing is nearer and the word is long.

        >>> listing = lambda prefix, limit: [("xالباغوز", 5), ("xالباب", 9), ("xbaghouz", 2)]
        >>> [near.text for near in Spelling(Analyzer(), listing).near("بغوز")]
        ['الباغوز']
        >>> [near.text for near in Spelling(Analyzer(), listing).near("Bahgouz")]
        ['Baghouz']
        """
        kind = script(word)
        folded = _folded(word)
        typed = self._typed(word, folded, kind)
        for most in (1, 2):
            found: dict[str, Near] = {}
            for spelling in typed:
                if most > allowed_edits(spelling):
                    continue
                for key, edits in self._keys_near(spelling, most, arabic=kind is Script.ARABIC):
                    form = _best_form(self._table[key], folded, spelling)
                    text = form.written if kind is Script.ARABIC else _cased(form.written, word)
                    if edits and form.folded != folded and (text not in found or edits < found[text].edits):
                        found[text] = Near(text, edits, form.in_articles)
            if found:
                return sorted(found.values(), key=_nearest_first)
        return []

    def holds(self, word: str) -> bool:
        """Say whether the index has a word, whatever its accents and case."""
        return _folded(word) in self._table

    def _typed(self, word: str, folded: str, kind: Script | None) -> tuple[str, ...]:
        if kind is Script.LATIN:
            return (folded,)
        if kind is not Script.ARABIC or len(word) > 2 * MOST_LETTERS:
            return ()
        forms = self._analyzer.forms(word)
        return tuple(dict.fromkeys((folded, _bare(folded), *(forms.rests if forms else ()))))

    def _keys_near(self, typed: str, most: int, *, arabic: bool) -> Iterator[tuple[str, int]]:
        letters = self._letters[arabic]
        first, last = np.searchsorted(letters.lengths, (len(typed) - most, len(typed) + most + 1)).tolist()
        once, again = _letter_bits(typed)
        apart = np.abs(letters.lengths[first:last] - len(typed))
        bits = _ones(letters.once[first:last] ^ np.uint64(once)) + _ones(letters.again[first:last] ^ np.uint64(again))
        close = np.flatnonzero(bits <= 2 * most - apart)
        for place in close[:_MOST_COMPARED].tolist():
            edits = edits_between(typed, letters.words[first + place], most)
            if edits is not None:
                yield letters.words[first + place], edits

    @cached_property
    def _table(self) -> dict[str, list[_Form]]:
        """The forms of each folded word, Arabic ones under what follows the article too."""
        listed = self._terms(Level.EXACT.code, MOST_VOCABULARY)
        table: dict[str, list[_Form]] = {}
        for word in self._names:
            folded = _folded(word)
            if len(folded) >= LEAST_LETTERS:
                table.setdefault(folded, [_Form(word, folded, 0)])
        for key, count in listed:
            text = key[1:]
            if key[0] != Level.EXACT.code or text[:1] == STOP_MARK or not LEAST_LETTERS <= len(text) <= MOST_LETTERS:
                continue
            if text[0].isdecimal():
                continue
            folded = _folded(text)
            form = _Form(text.translate(_WITHOUT_MARKS), folded, count)
            for spelling in {folded, _bare(folded)}:
                table.setdefault(spelling, []).append(form)
        return table

    @cached_property
    def _letters(self) -> tuple["_Letters", "_Letters"]:
        """The folded words in Latin and in Arabic letters."""
        split: tuple[list[str], list[str]] = ([], [])
        for word in self._table:
            split[script(word) is Script.ARABIC].append(word)
        return _Letters(split[0]), _Letters(split[1])


class _Letters:
    """Words by length, the most frequent first, with which letters stand in each, and which again."""

    def __init__(self, frequent_first: Iterable[str]) -> None:
        self.words = sorted(frequent_first, key=len)
        bits = np.array([_letter_bits(word) for word in self.words], dtype=np.uint64).reshape(-1, 2)
        self.lengths: NDArray[Any] = np.array([len(word) for word in self.words], dtype=np.int64)
        self.once: NDArray[Any] = np.ascontiguousarray(bits[:, 0])
        self.again: NDArray[Any] = np.ascontiguousarray(bits[:, 1])


def doubtful_words(query: Query) -> tuple[Word, ...]:
    """Return the words of a query that may be doubted: not in quotes, fields or after a minus.

    >>> from indexer.query.reading import read_query
    >>> [word.text for word in doubtful_words(read_query('Bahgouz "ice factory" title:sdf (raqa OR idlb) -kobane'))]
    ['Bahgouz', 'raqa', 'idlb']
    """
    words = (word for part in query.root.parts for word in _words(part))
    return tuple(word for word in words if query.text[word.start : word.end] == word.text)


def clauses_of_words(clauses: Iterable[Clause]) -> dict[str, list[Clause]]:
    """Return the clauses that meet each word, by the word as typed."""
    found: dict[str, list[Clause]] = {}
    for clause in clauses:
        parts = clause.clauses if isinstance(clause, AnyClause) else (clause,)
        if isinstance(clause, AnyClause) and any(isinstance(part, AnyClause) for part in parts):
            for typed, inner in clauses_of_words(parts).items():
                found.setdefault(typed, []).extend(inner)
            continue
        for part in parts:
            found.setdefault(surface(part), []).append(part)
    return found


def suggest(
    query: Query,
    doubtful: Sequence[Word],
    spelling: Spelling,
    hits: Callable[[str], int],
    relaxed: Callable[[str], int] | None = None,
) -> tuple[str, ...]:
    """Return other queries, best first: the query as typed with each doubtful word replaced by a near one.

    `hits` says how many articles a query finds with all its words. One that finds nothing isn't offered; with
    `relaxed`, which says how many it finds with fewer, it is enough that each of the new words is found.
    """
    places = [place for word in doubtful for place in _places(query, word, spelling)][:MOST_DOUBTFUL]
    choices: list[list[tuple[Place, Near]]] = []
    for place in places:
        near = _findable(spelling.near(query.text[place.start : place.end]), hits)
        if near:
            choices.append([(place, each) for each in near])
    if not choices:
        return ()
    offered: list[tuple[int, bool, int, str]] = []
    for replaced in sorted(product(*choices), key=_closest_first)[:MOST_TRIED]:
        edits, fewest, _ = _closest_first(replaced)
        text = _replaced(query.text, replaced)
        together = hits(text)
        if together or (relaxed is not None and relaxed(text) and all(hits(near.text) for _, near in replaced)):
            offered.append((edits, not together, -together or fewest, text))
        if len(choices) == 1 and len(query.root.parts) == 1 and len(offered) == MOST_SUGGESTIONS:
            break
    return tuple(dict.fromkeys(text for *_, text in sorted(offered)))[:MOST_SUGGESTIONS]


def _findable(near: Sequence[Near], hits: Callable[[str], int]) -> list[Near]:
    """Return the best of near words; names that the index doesn't hold as they are must find something."""
    found = (each if each.in_articles else each._replace(in_articles=hits(each.text)) for each in near[:MOST_TRIED])
    return sorted((each for each in found if each.in_articles), key=_nearest_first)


def _places(query: Query, word: Word, spelling: Spelling) -> Iterator[Place]:
    """Yield where the doubtful parts of a word stand: of one with a hyphen, the parts that the index lacks."""
    typed = query.text[word.start : word.end]
    tokens = [token for token in plain_analyzer().analyze(typed) if not token.stop]
    for token in tokens:
        if len(tokens) == 1 or not spelling.holds(token.text):
            yield Place(word.start + token.start, word.start + token.end)


def _replaced(text: str, replaced: Sequence[tuple[Place, Near]]) -> str:
    for place, near in sorted(replaced, reverse=True):
        text = text[: place.start] + near.text + text[place.end :]
    return text


def _closest_first(replaced: Sequence[tuple[Place, Near]]) -> tuple[int, int, list[str]]:
    near = [each for _, each in replaced]
    return sum(each.edits for each in near), -min(each.in_articles for each in near), [each.text for each in near]


def _nearest_first(near: Near) -> tuple[int, int, str]:
    return near.edits, -near.in_articles, near.text


def _words(node: Node) -> Iterator[Word]:
    match node:
        case Word():
            yield node
        case AnyOf(parts) | AllOf(parts):
            for part in parts:
                yield from _words(part)


def _best_form(forms: Sequence[_Form], folded: str, typed: str) -> _Form:
    """Return the form to show: with the article and particles that were typed, else the most frequent.

    A name of the gazetteer is shown as it is written there, for the index keeps no capitals.
    """
    before = folded.removesuffix(typed)
    if not forms[0].in_articles:
        return forms[0]._replace(in_articles=max(form.in_articles for form in forms))
    return max(forms, key=lambda form: (bool(before) and form.folded.startswith(before), form.in_articles))


def _folded(word: str) -> str:
    return fold_latin(fold(word).casefold())


def _bare(folded: str) -> str:
    """Return a folded word without its article and what is joined to the article.

    >>> _bare("والباغوز"), _bare("للسوسه"), _bare("الم")
    ('باغوز', 'سوسه', 'الم')
    """
    for article in _ARTICLES:
        if folded.startswith(article) and len(folded) - len(article) >= LEAST_LETTERS:
            return folded[len(article) :]
    return folded


def _cased(word: str, typed: str) -> str:
    """Return a word of the index in the case that was typed; one with capitals of its own keeps them."""
    if len(typed) > 1 and typed.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if typed[:1].isupper() else word


def _letter_bits(word: str) -> tuple[int, int]:
    """Return which letters stand in a word, and which stand in it twice or more, as bits.

    An edit takes away one letter and puts in another at most, so that it changes two bits at most.
    """
    once = again = 0
    for letter in word:
        bit = 1 << (ord(letter) & 63)
        again |= once & bit
        once |= bit
    return once, again


def _ones(bits: NDArray[Any]) -> NDArray[Any]:
    """Return how many bits are set in each number; numpy counts them itself from 2.0 on."""
    count = getattr(np, "bitwise_count", None)
    if count is not None:
        return np.asarray(count(bits), dtype=np.int64)
    bits = bits - ((bits >> np.uint64(1)) & np.uint64(0x5555555555555555))
    bits = (bits & np.uint64(0x3333333333333333)) + ((bits >> np.uint64(2)) & np.uint64(0x3333333333333333))
    bits = (bits + (bits >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return ((bits * np.uint64(0x0101010101010101)) >> np.uint64(56)).astype(np.int64)
