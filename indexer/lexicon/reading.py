"""What the lexicon says about a word: its readings, each with its parts."""

from dataclasses import dataclass
from enum import StrEnum


class PartOfSpeech(StrEnum):
    """What kind of word a reading is."""

    NOUN = "noun"
    NAME = "name"
    ADJECTIVE = "adjective"
    ADVERB = "adverb"
    NUMBER = "number"
    VERB = "verb"
    PRONOUN = "pronoun"
    DEMONSTRATIVE = "demonstrative"
    RELATIVE = "relative"
    PREPOSITION = "preposition"
    CONJUNCTION = "conjunction"
    PARTICLE = "particle"
    INTERJECTION = "interjection"
    ABBREVIATION = "abbreviation"


class Tense(StrEnum):
    """The form of a verb."""

    PAST = "past"
    PRESENT = "present"
    IMPERATIVE = "imperative"


class AffixKind(StrEnum):
    """What a prefix or suffix adds to the stem."""

    CONJUNCTION = "conjunction"
    PREPOSITION = "preposition"
    ARTICLE = "article"
    FUTURE = "future"
    PURPOSE = "purpose"
    EMPHASIS = "emphasis"
    SUBJECT = "subject"
    FEMININE = "feminine"
    DUAL = "dual"
    PLURAL = "plural"
    ACCUSATIVE = "accusative"
    POSSESSIVE = "possessive"
    OBJECT = "object"
    PRONOUN = "pronoun"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Affix:
    """One part before or after the stem.

    `text` is its vocalised spelling. `person` names the person, gender and number of pronouns and subjects (`3ms`,
    `3p`, `1s`), and the gender of duals and plurals (`m`, `f`); empty elsewhere. `bound` marks a dual or plural
    ending that lost its ن because a noun follows.
    """

    text: str
    kind: AffixKind
    person: str = ""
    bound: bool = False


@dataclass(frozen=True, slots=True)
class LexicalReading:
    """One way to read a word.

    `vocalised` is the whole word with its vowels (case endings left out), `lemma` the vocalised headword (a verb's is
    its third person past, so that no noun shares it), `sense` the lexicon's own name of the headword, which tells
    homographs apart. `weight` is the share of this reading among all readings of the word (they sum to 1).
    """

    vocalised: str
    lemma: str
    sense: str
    part_of_speech: PartOfSpeech
    prefixes: tuple[Affix, ...]
    stem: str
    suffixes: tuple[Affix, ...]
    glosses: tuple[str, ...]
    weight: float
    tense: Tense | None = None
    passive: bool = False

    def has(self, kind: AffixKind) -> bool:
        """Say whether the word carries an affix of this kind."""
        return any(affix.kind is kind for affix in (*self.prefixes, *self.suffixes))

    def affix(self, kind: AffixKind) -> Affix | None:
        """Return the affix of this kind, if the word carries one."""
        return next((affix for affix in (*self.prefixes, *self.suffixes) if affix.kind is kind), None)
