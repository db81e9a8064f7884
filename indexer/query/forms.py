"""Every form under which a word of a query may stand in the index, each with the level that it means."""

from indexer.analysis import Analyzer, Forms, Level, Script, Term, fold
from indexer.analysis.analyzer import STOP_MARK, is_stop, lemma_key
from indexer.analysis.lexical import canonical_stem, english_stems
from indexer.analysis.light import ARTICLES, MORE_ARTICLES, PARTICLES, VERBAL

Keys = dict[str, Level]
"""Terms of the index (as `Term.key`), each with the best level that it stands for."""

_LEAST_AFTER_PARTICLE = 3
_TWO = (Level.EXACT, Level.FOLDED)
_THREE = (Level.EXACT, Level.FOLDED, Level.LIGHT)


def word_keys(forms: Forms, analyzer: Analyzer) -> Keys:
    """Return the terms that meet a word standing alone in a query.

    The index leaves out a form that repeats a better one (`Forms.terms`), so each form is looked up under the letters
    of the better levels too, wherever a word of that very form would have it as its own.

    >>> analyzer = Analyzer(frozenset({"دير"}))
    >>> keys = word_keys(analyzer.forms("دير"), analyzer)
    >>> keys["xدير"], keys["lدير"], keys["xبدير"]
    (<Level.EXACT: 'exact'>, <Level.LIGHT: 'light'>, <Level.LIGHT: 'light'>)
    """
    keys: Keys = {Term(Level.EXACT, forms.exact).key: Level.EXACT}
    _add(keys, _TWO, forms.folded, Level.FOLDED)
    if forms.script is Script.LATIN and forms.light:
        keys.setdefault(Term(Level.STEMMED, forms.light).key, Level.STEMMED)
        for stem in dict.fromkeys((forms.light, *english_stems(forms.folded))):
            keys.setdefault(Term(Level.GLOSS, stem).key, Level.GLOSS)
        again = analyzer.forms(forms.light)
        if again is not None and again.light == forms.light:
            _add(keys, _TWO, forms.light, Level.STEMMED)
    if forms.script is Script.ARABIC and forms.light:
        _add_lemmas(keys, forms, forms.light)
        _add_light(keys, forms, forms.light, analyzer)
    return keys


def _add_lemmas(keys: Keys, forms: Forms, light: str) -> None:
    """Add the terms of words that the lexicon knows: of one stem and headword, of one headword, of one stem.

    An unknown word meets them by its stem alone, for nothing speaks against it.
    """
    for lemma in forms.lemmas:
        usual = light == canonical_stem(lemma)
        keys[Term(Level.LIGHT, lemma_key(lemma, light)).key] = Level.LIGHT
        keys.setdefault(Term(Level.LIGHT, lemma_key(lemma)).key, Level.LIGHT if usual else Level.LEMMA)
        keys.setdefault(Term(Level.LEMMA, lemma).key, Level.LEMMA)
    keys[Term(Level.STEM, light).key] = Level.STEM if forms.lemmas else Level.LIGHT


def phrase_keys(forms: Forms, analyzer: Analyzer, *, first: bool) -> Keys:
    """Return the terms that meet a word inside quotes: spelling folded, no stemming.

    Before the first word the article and attached particles are allowed; inside a phrase stop words count.

    >>> analyzer = Analyzer()
    >>> keys = phrase_keys(analyzer.forms("التحالف"), analyzer, first=True)
    >>> keys["xللتحالف"], keys["xوالتحالف"], "xتحالف" in keys
    (<Level.LIGHT: 'light'>, <Level.LIGHT: 'light'>, False)
    """
    keys: Keys = {}
    for mark in ("", STOP_MARK):
        keys.setdefault(Term(Level.EXACT, mark + forms.exact).key, Level.EXACT)
        _add(keys, _TWO, mark + forms.folded, Level.FOLDED)
    if first and forms.script is Script.ARABIC:
        for word in with_clitics(forms.folded, analyzer, articles=True):
            _add(keys, _TWO, word, Level.LIGHT)
    return keys


def with_clitics(word: str, analyzer: Analyzer, *, articles: bool) -> list[str]:
    """Return a folded word with each particle that may be attached to it, with `articles` the article too.

    Left out are function words, and words that the corpus shows to begin with their own letter (كتاب isn't ك + تاب
    where الكتاب is written).

    >>> with_clitics("التحالف", Analyzer(), articles=True)[-4:]
    ['كالتحالف', 'وللتحالف', 'فللتحالف', 'للتحالف']
    """
    found = []
    if word.startswith("ال"):
        found += [clitic + word for clitic in ("وب", "وك", "فب", "فك", "و", "ف", "ب", "ك")]
        found += [clitic + word[1:] for clitic in ("ول", "فل", "ل")]
    elif len(word) >= _LEAST_AFTER_PARTICLE:
        verbal = word[0] in VERBAL
        found += [clitic + word for clitic in PARTICLES if verbal or clitic[-1] != "س"]
        if articles:
            found += [clitic + word for clitic in (*MORE_ARTICLES, *ARTICLES)]
    may_hold = analyzer.stemmer.may_hold
    return [candidate for candidate in found if not is_stop(candidate, candidate) and may_hold(candidate, word)]


def _add_light(keys: Keys, forms: Forms, light: str, analyzer: Analyzer) -> None:
    """Add the terms of words that the lexicon doesn't know, and of words whose stem is their written or folded form.

    Where the lexicon knows both words and gives them no headword in common, they meet by the stem alone.
    """
    for rest in forms.rests:
        stripped = analyzer.forms(rest)
        level = _borne_out(forms, stripped)
        _add(keys, _THREE, rest, level)
        if stripped is not None and stripped.light and level is Level.LIGHT:
            keys.setdefault(Term(Level.LIGHT, stripped.light).key, Level.LIGHT)
    keys.setdefault(Term(Level.LIGHT, light).key, Level.LIGHT)
    again = analyzer.forms(light)
    if again is not None and again.light == light:
        _add(keys, _TWO, light, _borne_out(forms, again))
    if forms.lemmas:
        return
    for word in (*with_clitics(forms.folded, analyzer, articles=False), *_with_tanween(forms.folded, analyzer)):
        _add(keys, _TWO, word, Level.LIGHT)


def _borne_out(forms: Forms, other: Forms | None) -> Level:
    """Return the level at which a word of one stem with another is met."""
    if other is None or not forms.lemmas or not other.lemmas or not set(forms.lemmas).isdisjoint(other.lemmas):
        return Level.LIGHT
    return Level.STEM


def _with_tanween(word: str, analyzer: Analyzer) -> list[str]:
    """Return a word with the alef of tanween, where the corpus didn't know the word and so kept the alef on."""
    stemmer, whole = analyzer.stemmer, word + "ا"
    if len(word) < _LEAST_AFTER_PARTICLE or word[-1] in "اه" or stemmer.attests(word):
        return []
    return [] if whole in stemmer.protected or stemmer.stands_alone(whole) else [whole]


def _add(keys: Keys, letters: tuple[Level, ...], text: str, level: Level) -> None:
    for letter in letters:
        keys.setdefault(Term(letter, text).key, level)


def folded_form(word: str) -> str:
    """Return the form by which prefixes and near spellings are compared: folded, cases too."""
    return fold(word).casefold()
