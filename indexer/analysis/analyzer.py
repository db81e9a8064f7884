"""From text to tokens: each surface word with the terms that it is indexed and asked for under."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING

from indexer.analysis import letters, light
from indexer.analysis.folding import casefold, fold, fold_latin, numbers, written
from indexer.analysis.lexical import Lexicon, Meaning, canonical_stem, english_stem
from indexer.analysis.light import Cut, LightStemmer
from indexer.analysis.token import Level, Term, Token
from indexer.analysis.tokenizer import WORD, Script, script, words

if TYPE_CHECKING:
    from indexer.gazetteer import Gazetteer

SCHEMA = 1
"""Raised whenever the same tables would give other terms."""

STOP_MARK = "_"
"""Before the text of each term of a stop word, so that a word alone never meets it; a phrase asks for both."""

JOIN = "|"
"""Between the parts of a term that joins two: a light stem and a headword, a skeleton and a word."""

ALL_LEVELS = frozenset(Level)

LEAST_NAME = 0.05
"""The share of a word's readings as a name that it needs to be looked for under Latin spellings."""

_LEAST_NISBA = 5
_LONGEST = 128
_REMEMBERED = 100_000
_REMEMBERED_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a word's way through the levels: the level reached, the form there, the rule, and what it took off.

    Rules: `written`, `case`, `marks_and_letters`, `accents`, `number`, `stop`, `article`, `particle`, `clitic` (before
    a protected name), `protected`, `tanween_written`, `tanween_known`, `suffix`, `unchanged`, `snowball`.
    """

    level: Level
    text: str
    rule: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Forms:
    """A word at each level. `rests` are what is left after each clitic, the whole folded word first.

    `lemmas` and `glosses` are what the lexicon says, likeliest first; without lemmas the word is unknown to it. `names`
    are its consonant skeletons, where it may be a name, each with the word that it is of.
    """

    script: Script
    exact: str
    folded: str
    light: str | None
    rests: tuple[str, ...]
    stop: bool
    lemmas: tuple[str, ...] = ()
    glosses: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()

    def terms(self, levels: AbstractSet[Level] = ALL_LEVELS) -> tuple[Term, ...]:
        """Return the terms that the index holds, best level first; a form that repeats a better one is left out.

        Whoever looks up a form at a level therefore looks under the better levels' letters too. A word that the lexicon
        knows has its light stem joined to each headword, so that it meets by it only words that may be the same; the
        stem alone is its term at the level `stem`.
        """
        mark = STOP_MARK if self.stop else ""
        stemmed = Level.LIGHT if self.script is Script.ARABIC else Level.STEMMED
        light = None if self.lemmas else self.light
        found: dict[str, Term] = {}
        for level, text in ((Level.EXACT, self.exact), (Level.FOLDED, self.folded), (stemmed, light)):
            if text and level in levels:
                found.setdefault(text, Term(level, mark + text))
        return (*found.values(), *(term for term in self._meant() if term.level in levels))

    def _meant(self) -> Iterator[Term]:
        """Yield the terms that come from the lexicon, and the skeletons."""
        light = self.light or ""
        for lemma in self.lemmas:
            if light == canonical_stem(lemma):
                yield Term(Level.LIGHT, lemma_key(lemma))
            else:
                yield Term(Level.LIGHT, lemma_key(lemma, light))
                yield Term(Level.LEMMA, lemma)
        if self.lemmas and light:
            yield Term(Level.STEM, light)
        for skeleton, word in self.names:
            yield Term(Level.NAME, f"{skeleton}{JOIN}{word}")
        for gloss in self.glosses:
            yield Term(Level.GLOSS, gloss)


_Part = tuple[int, int, str, tuple[Term, ...], bool]


class Analyzer:
    """Turns text into tokens, the same way for the index and for a query.

    `known` holds the folded words of the corpus (kept with the generation of the index; see `known_words`),
    `protected` further names that keep their endings (folded or not, without article). With a `gazetteer` names meet
    across scripts and under their other names. What is worked out for a distinct word is remembered.
    """

    def __init__(
        self,
        known: AbstractSet[str] = frozenset(),
        lexicon: Lexicon | None = None,
        protected: Iterable[str] = (),
        levels: AbstractSet[Level] | None = None,
        gazetteer: "Gazetteer | None" = None,
    ) -> None:
        self.known = known
        self.lexicon = lexicon
        self.gazetteer = gazetteer
        self.levels = ALL_LEVELS if levels is None else frozenset(levels)
        self._extra = frozenset(_bare_name(name) for name in protected)
        self.stemmer = LightStemmer(known, lexicon, protected_names() | self._extra)
        self._remembered: dict[str, tuple[_Part, ...]] = {}

    def analyze(self, text: str) -> list[Token]:
        """Return the words of a text, in order, with offsets into it and the terms of each.

        >>> [(token.text, token.start, token.end) for token in Analyzer().analyze("قُتلوا في #الباغوز")]
        [('قُتلوا', 0, 6), ('في', 7, 9), ('الباغوز', 11, 18)]
        """
        tokens: list[Token] = []
        append = tokens.append
        remembered = self._remembered
        position = 0
        for match in WORD.finditer(text):
            surface = match.group()
            parts = remembered.get(surface)
            if parts is None:
                parts = self._learn(surface)
            start = match.start()
            for low, high, part, terms, stop in parts:
                append(Token(part, start + low, start + high, position, terms, stop))
                position += 1
        return tokens

    def forms(self, word: str) -> Forms | None:
        """Return one word at each level; None when the text isn't exactly one word.

        >>> forms = Analyzer(frozenset({"مدني"})).forms("والمدنيِّين")
        >>> forms.folded, forms.light, forms.rests
        ('والمدنيين', 'مدن', ('والمدنيين', 'مدنيين'))
        """
        kind = script(word)
        if kind is Script.ARABIC:
            return self._arabic(word)[0]
        if kind is Script.LATIN:
            return self._latin(word)
        if kind is Script.NUMBER:
            parts = numbers(word)
            return _number(word, parts[0][2]) if len(parts) == 1 else None
        return None

    def trace(self, word: str) -> list[Step]:
        """Return a word's way through the levels, with the rule that fired at each step; [] for no word.

        >>> for step in Analyzer(frozenset({"مدني"})).trace("مدنيًا"):
        ...     print(step.level, step.text, step.rule)
        exact مدنيًا written
        folded مدنيا marks_and_letters
        light مدني tanween_written
        light مدن suffix
        """
        forms = self.forms(word)
        if forms is None:
            return []
        first = Step(Level.EXACT, forms.exact, "case" if forms.script is Script.LATIN else "written")
        steps = [first]
        if forms.folded != forms.exact:
            rule = {Script.ARABIC: "marks_and_letters", Script.LATIN: "accents", Script.NUMBER: "number"}[forms.script]
            steps.append(Step(Level.FOLDED, forms.folded, rule))
        if forms.stop:
            return [*steps, Step(Level.FOLDED, forms.folded, "stop")]
        if forms.script is Script.ARABIC:
            cuts = self.stemmer.cuts(forms.folded, forms.exact) or [Cut("unchanged", "", forms.folded)]
            steps += [Step(Level.LIGHT, cut.left[:_LONGEST], cut.rule, cut.what) for cut in cuts]
        elif forms.light and forms.light != forms.folded:
            steps.append(Step(Level.STEMMED, forms.light, "snowball"))
        return steps

    def stamp(self) -> str:
        """Return a name for this analysis: an index built under another one is stale.

        The known words are not part of it; they are kept with the index.
        """
        digest = sha256(_tables())
        digest.update("\n".join(sorted(self._extra)).encode())
        digest.update(",".join(sorted(self.levels)).encode())
        lexicon = "" if self.lexicon is None else str(getattr(self.lexicon, "stamp", type(self.lexicon).__name__))
        return f"{SCHEMA}-{digest.hexdigest()[:12]}" + (f"+{lexicon}" if lexicon else "")

    def _learn(self, surface: str) -> tuple[_Part, ...]:
        parts = tuple(self._parts(surface))
        if len(surface) <= _REMEMBERED_LENGTH:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            self._remembered[surface] = parts
        return parts

    def _parts(self, surface: str) -> Iterator[_Part]:
        if not surface[0].isdecimal():
            forms = self.forms(surface)
            if forms is not None:
                yield 0, len(surface), surface, forms.terms(self.levels), forms.stop
            return
        for start, end, plain in numbers(surface):
            part = surface[start:end]
            yield start, end, part, _number(part, plain).terms(self.levels), False

    def _arabic(self, word: str) -> tuple[Forms, list[Cut]]:
        exact = written(word)[:_LONGEST]
        folded = fold(word)[:_LONGEST]
        if is_stop(exact, folded):
            return Forms(Script.ARABIC, exact, folded, None, (folded,), True), []
        cuts = self.stemmer.cuts(folded, exact)
        clitics = [cut.left for cut in cuts if cut.rule in ("article", "particle", "clitic")]
        light = cuts[-1].left if cuts else folded
        meaning = self.meaning(exact)
        lemmas, glosses = (meaning.lemmas, meaning.glosses) if meaning else ((), ())
        rests = (folded, *clitics)
        names = self._skeletons(rests, meaning) if self.gazetteer is not None else ()
        return Forms(Script.ARABIC, exact, folded, light, rests, False, lemmas, glosses, names), cuts

    def meaning(self, word: str) -> Meaning | None:
        """Return what the lexicon says of a written word; None without a lexicon, and for a word it doesn't hold."""
        meanings = self.stemmer.meanings
        return None if meanings is None else meanings.of(word)

    def _skeletons(self, rests: Sequence[str], meaning: Meaning | None) -> tuple[tuple[str, str], ...]:
        """Return the skeletons of a word that may be a name: one that the lexicon lacks or reads as a name, or a nisba.

        Each comes with the word that it is of: where the lexicon lacks it, its first letters may be its own.
        """
        bare = rests[-1]
        if self.lexicon is None or meaning is None:
            words = tuple(dict.fromkeys((bare, *(rest for rest in rests if not rest.startswith(light.ARTICLES)))))
        elif meaning.name >= LEAST_NAME or (len(bare) >= _LEAST_NISBA and bare.endswith("ي")):
            words = (bare,)
        else:
            return ()
        from indexer.names import arabic_skeletons

        return tuple((skeleton, word) for word in words for skeleton in arabic_skeletons(word))

    def _latin(self, word: str) -> Forms:
        exact = casefold(word)[:_LONGEST]
        folded = fold_latin(exact)[:_LONGEST] or exact
        if exact in english_stops() and written(word) not in _never_stops():
            return Forms(Script.LATIN, exact, folded, None, (folded,), True)
        return Forms(Script.LATIN, exact, folded, english_stem(folded), (folded,), False)


def lemma_key(lemma: str, light: str = "") -> str:
    """Return the text of the term for a headword met with its usual light stem, or with another one.

    >>> lemma_key("مَجْزَرَة"), lemma_key("مَجْزَرَة", "مجازر")
    ('|مَجْزَرَة', 'مجازر|مَجْزَرَة')
    """
    return f"{light}{JOIN}{lemma}"


def known_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the folded Arabic words of texts: what an `Analyzer` is told about its corpus.

    >>> sorted(known_words(["بدير الزور"]))
    ['الزور', 'بدير']
    """
    surfaces = {word for text in texts for _, _, word in words(text)}
    return frozenset(
        fold(word) for word in surfaces if len(word) <= _REMEMBERED_LENGTH and script(word) is Script.ARABIC
    )


def is_stop(exact: str, folded: str) -> bool:
    """Say whether an Arabic word is a function word, given as written and folded.

    >>> is_stop("على", "علي"), is_stop("علي", "علي"), is_stop("وفي", "وفي")
    (True, False, True)
    """
    as_written, as_folded = arabic_stops()
    return folded in as_folded or "".join(c for c in exact if c not in letters.MARKS) in as_written


@cache
def arabic_stops() -> tuple[frozenset[str], frozenset[str]]:
    """Return the Arabic function words matched as written, and those matched folded."""
    lines = _lines("stop_ar.txt")
    as_folded = {fold(line) for line in lines if not line.startswith("=")}
    with_particle = {particle + word for particle in "وف" for word in as_folded if len(word) > 1}
    return frozenset(line[1:] for line in lines if line.startswith("=")), frozenset(as_folded | with_particle)


@cache
def english_stops() -> frozenset[str]:
    """Return the English function words."""
    return frozenset(line for line in _lines("stop_en.txt") if not line.startswith("!"))


@cache
def protected_names() -> frozenset[str]:
    """Return the folded names that keep their endings, without article."""
    return frozenset(_bare_name(line) for line in _lines("protected.txt"))


@cache
def _never_stops() -> frozenset[str]:
    return frozenset(line[1:] for line in _lines("stop_en.txt") if line.startswith("!"))


@cache
def _tables() -> bytes:
    """Return everything that decides what terms a text gives, as bytes for hashing."""
    tables = (
        sorted(letters.WRITTEN.items()),
        sorted(letters.FOLDED.items()),
        WORD.pattern,
        light.ARTICLES,
        light.MORE_ARTICLES,
        light.PARTICLES,
        light.SUFFIXES,
        *(_lines(name) for name in ("stop_ar.txt", "stop_en.txt", "protected.txt")),
    )
    return repr(tables).encode()


def _lines(name: str) -> list[str]:
    text = resources.files("indexer.analysis").joinpath(name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _bare_name(name: str) -> str:
    folded = fold(name.strip())
    return folded[2:] if folded.startswith("ال") and len(folded) > 4 and written(name.strip())[0] == "ا" else folded


def _number(surface: str, plain: str) -> Forms:
    return Forms(Script.NUMBER, written(surface)[:_LONGEST], plain[:_LONGEST], None, (plain,), False)
