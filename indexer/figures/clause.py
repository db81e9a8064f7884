"""A sentence as the rules for figures look at it: its words, with the nouns for people and what happens to them."""

from collections.abc import Sequence

from indexer.figures.figure import FigureKind
from indexer.figures.vocabulary import Happening, Noun, Shape, happenings, members, nouns
from indexer.figures.words import Found, Word, look_up

_PRONOUNS = ("هم", "ها", "ه")


class Clause:
    """The words of a sentence, each looked up once. Beyond either end, words are empty: rules need no guards."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self._nouns = [look_up(nouns(), word) for word in words]
        self._happenings = [_happening(word) for word in words]
        self.told_ahead = -1

    def __len__(self) -> int:
        return len(self.words)

    def key(self, place: int) -> str:
        """Return the folded form of a word."""
        return self.words[place].key if 0 <= place < len(self.words) else ""

    def plain(self, place: int) -> str:
        """Return the folded form of a word without a و or ف before it."""
        key = self.key(place)
        return key[1:] if len(key) > 3 and key[0] in "وف" else key

    def broken(self, place: int) -> bool:
        """Say whether a mark that parts clauses stands before a word; the end of the sentence is one."""
        return not 0 <= place < len(self.words) or self.words[place].broken

    def noun(self, place: int) -> tuple[Noun, Found] | None:
        """Return the noun for people that a word is."""
        return self._nouns[place] if 0 <= place < len(self.words) else None

    def possessed(self, place: int) -> tuple[Noun, Found] | None:
        """Return the noun for people that a word is with a pronoun on it (`عناصره`, `مقاتليها`)."""
        core = next((self.key(place).removesuffix(end) for end in _PRONOUNS if self.key(place).endswith(end)), "")
        noun = nouns().get(core)
        return (noun, Found(core, False, False, True)) if noun and noun.shape is Shape.PLURAL else None

    def happening(self, place: int) -> tuple[Happening, Found] | None:
        """Return what a word says to happen to people."""
        return self._happenings[place] if 0 <= place < len(self.words) else None

    def happening_before(self, place: int) -> tuple[Happening, Found] | None:
        """Return what a word says to happen to the people that come after it."""
        found = self.happening(place)
        if found is None or not found[0].before:
            return None
        if found[1].core in members("victims") and self.key(place - 1) not in members("went"):
            return None
        if found[1].core in members("execution") and place and look_up(members("sentences"), self.words[place - 1]):
            return None  # sentenced, not put to death
        before = place - 1 - (self.key(place - 1) == "في")
        if before >= 0 and look_up(members("attempts"), self.words[before]):
            return None
        return found

    def joined(self, place: int) -> bool:
        """Say whether a word is, or may be, joined to what stands before it by و."""
        if not 0 <= place < len(self.words):
            return False
        word = self.words[place]
        return word.joined or (word.key[0] == "و" and word.key not in members("ones") and len(word.key) > 2)

    def either_way(self, place: int) -> int | None:
        """Return the end of `بين قتيل وجريح` where it begins at a word."""
        place += self.key(place) == "ما"
        if self.key(place) not in ("بين", "مابين"):
            return None
        one, other = self.noun(place + 1), self.noun(place + 2)
        if one and other and one[0].kind and other[0].kind and (other[1].joined or self.words[place + 2].joined):
            return place + 3
        return None

    def adjacent(self, first: int) -> FigureKind | None:
        """Return what happened by the word right before a number; both of two that و joins (`مقتل وإصابة`)."""
        if self.key(first - 1) == "علي" and (kind := self._done_to(first - 2)):
            return kind
        place = first - 1
        while place >= max(0, first - 3) and self.key(place) in members("fillers"):
            if self.key(place) in members("parts") and not self.happening_before(place - 1):
                return None
            place -= 1
        found = self.happening_before(place)
        if not found or any(self.words[at].broken for at in range(place + 1, min(first + 1, len(self.words)))):
            return None
        kind, form = found[0].kind, found[1]
        before = self.happening_before(place - 1)
        both = before and (form.joined or self.words[place].joined) and not self.words[place].broken
        if both and before and before[0].kind is not kind and place - 1 != self.told_ahead:
            return FigureKind.CASUALTIES
        return kind

    def _done_to(self, place: int) -> FigureKind | None:
        """Return what is done by `القضاء على`, `القبض على`."""
        if place < 0:
            return None
        if look_up(members("killing_on"), self.words[place]):
            return FigureKind.KILLED
        return FigureKind.DETAINED if look_up(members("seizing_on"), self.words[place]) else None


def _happening(word: Word) -> tuple[Happening, Found] | None:
    found = look_up(happenings(), word)
    if found is None or found[0].verbal_noun or not (found[1].led or found[1].definite) or word.key in happenings():
        return found
    return found if found[1].core[0] in "يت" and not found[1].definite else None  # ليقتل
