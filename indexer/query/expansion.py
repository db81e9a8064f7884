"""Words of the index that begin so, or are one letter off. Both are bounded."""

from collections.abc import Callable, Sequence

from indexer.analysis import Analyzer, Level, Term
from indexer.analysis.analyzer import STOP_MARK
from indexer.query.forms import Keys, folded_form, with_clitics

Terms = Callable[[str, int], Sequence[tuple[str, int]]]
"""`Engine.terms`: up to so many terms that begin with a prefix, with their article counts, most first."""

MOST_EXPANSIONS = 200
"""A prefix stands for at most so many terms, the most frequent."""

_MOST_LOOKED_AT = 4_000
_LETTERS = (Level.EXACT, Level.FOLDED)


def prefix_keys(text: str, analyzer: Analyzer, terms: Terms) -> Keys:
    """Return the terms of words that begin with the text, for Arabic after the article and particles too.

    >>> vocabulary = [("xمدنيون", 5), ("xوالمدنيين", 3), ("xدمشق", 9)]
    >>> listing = lambda prefix, limit: [pair for pair in vocabulary if pair[0].startswith(prefix)][:limit]
    >>> prefix_keys("مدني", Analyzer(), listing)
    {'xمدنيون': <Level.FOLDED: 'folded'>, 'xوالمدنيين': <Level.LIGHT: 'light'>}
    """
    start = folded_form(text)
    counted = [(count, key, Level.FOLDED) for key, count in _listing(start, terms)]
    if "\N{ARABIC LETTER HAMZA}" <= start[0] <= "\N{ARABIC LETTER YEH}":
        for attached in with_clitics(start, analyzer, articles=True):
            counted += [(count, key, Level.LIGHT) for key, count in _listing(attached, terms)]
    counted.sort(key=lambda entry: -entry[0])
    keys: Keys = {}
    for _, key, level in counted[:MOST_EXPANSIONS]:
        keys.setdefault(key, level)
    return keys


def fuzzy_keys(text: str, terms: Terms) -> Keys:
    """Return the terms one letter off the text (wrong, missing, extra, or two exchanged); the first is right.

    >>> vocabulary = [("xbaghouz", 5), ("xbaghuz", 3), ("xbaghdad", 9)]
    >>> sorted(fuzzy_keys("Baghuz", lambda prefix, limit: [p for p in vocabulary if p[0].startswith(prefix)]))
    ['xbaghouz', 'xbaghuz']
    """
    word = folded_form(text)
    keys: Keys = {}
    for letter in _LETTERS:
        for key, _ in terms(Term(letter, word[0]).key, _MOST_LOOKED_AT):
            if within_one(word, key[1:]):
                keys[key] = Level.FOLDED if key[1:] == word else Level.VARIANT
    return dict(list(keys.items())[:MOST_EXPANSIONS])


def within_one(one: str, other: str) -> bool:
    """Say whether one edit at most makes one word the other; exchanging two neighbours is one.

    >>> within_one("الباغوز", "الباغور"), within_one("raqqa", "raqa"), within_one("raqqa", "rqaqa")
    (True, True, True)
    """
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    if len(one) == len(other):
        return one[1:] == other[1:] or (one[:2] == other[1::-1] and one[2:] == other[2:])
    return one[1:] == other or other[1:] == one


def _listing(start: str, terms: Terms) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for letter in _LETTERS:
        found += terms(Term(letter, start).key, MOST_EXPANSIONS)
    return [(key, count) for key, count in found if key[1:2] != STOP_MARK]
