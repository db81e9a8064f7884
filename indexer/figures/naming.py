"""The names of sources as a sentence writes them: where one ends, and what stands around it."""

from collections.abc import Callable, Collection, Sequence

from archive.quotations import QUOTES
from indexer.figures.vocabulary import happenings, members, number_words, speech
from indexer.figures.words import Word, look_up

_LONGEST_NAME = 14
_LONGEST_APPOSITION = 4
_QUOTED = frozenset(QUOTES) | {"'", "’", "‘"}
_COMMAS = frozenset("،,")


class Naming:
    """The names of sources in one sentence.

    `actors`: where names of actors begin in the text, asked for only where a name can't be told otherwise.
    """

    def __init__(self, text: str, words: Sequence[Word], actors: Callable[[], Collection[int]]) -> None:
        self.text, self.words, self.actors = text, words, actors

    def name(self, place: int, *, accuse: bool = False) -> tuple[int, str]:
        """Return where the name of a source that begins at a word ends, and the name as written; empty if none does."""
        start, end = place, place
        limit = min(len(self.words), start + _LONGEST_NAME)
        while end < limit and (not self._ends_here(start, end) or self._goes_on_within(start, end)):
            end += 1
        if end == start:
            return start, ""
        if accuse:
            end = self._before_object(start, end)
        name = self.written(start, end)
        stop = self._apposition(start, end)
        if stop > end:
            name, end = self.written(start, stop), stop
        return end, name

    def _ends_here(self, start: int, place: int) -> bool:
        word = self.words[place]
        if place > start and word.broken:
            return True
        if place == start and word.broken and not self._is_quoted_name(place):
            return True
        if word.key == "من" and self.key(place + 1) in members("sides"):
            return True
        if self.ends_name(word) or self.is_event(word) or (place > start and word.key in members("told")):
            return True
        if word.key[0].isdigit() or look_up(number_words(), word):
            return True
        if place > start and (found := look_up(speech(), word)) and found[0] != "shared" and not found[1].led:
            return not found[1].definite
        return self.opens_quote(place) and not self._is_quoted_name(place)

    def _goes_on_within(self, start: int, place: int) -> bool:
        """Say whether `في` goes on with a name that is only a rank so far (`مصدر في الشرطة`, not `في تصريح`)."""
        if self.key(place) != "في" or place != start + 1 or self.words[place].broken or place + 1 >= len(self.words):
            return False
        return self.words[start].key in members("source_heads") and not (
            self.key(start).startswith("ال")
            or self.key(place + 1) in members("statements")
            or self._ends_here(start, place + 1)
        )

    def ends_name(self, word: Word) -> bool:
        """Say whether a word can't be part of a name."""
        key = word.key
        return key in members("source_ends") or (key[0] in "وف" and key[1:] in members("source_ends") and len(key) > 3)

    def is_event(self, word: Word) -> bool:
        """Say whether a word begins what is told (`مقتل`)."""
        found = look_up(happenings(), word)
        return bool(found and not found[1].definite and found[0].before)

    def opens_quote(self, place: int) -> bool:
        """Say whether a quotation mark stands right before a word."""
        return place < len(self.words) and self.words[place].gap[-1:] in _QUOTED

    def _is_quoted_name(self, place: int) -> bool:
        """Say whether a quotation that opens at a word closes within a few: a name, not what is said."""
        if not self.opens_quote(place):
            return True
        if ":" in self.words[place].gap:
            return False
        start = self.words[place].start
        reach = self.words[min(place + 3, len(self.words) - 1)].end + 2
        return any(mark in self.text[start:reach] for mark in _QUOTED)

    def _apposition(self, start: int, end: int) -> int:
        """Return the end of a name with who it is between commas (`الأمين العام للاتحاد، فلان، عبر`)."""
        if end >= len(self.words) or not self.words[end].broken or not self._after_comma(end):
            return end
        if self.opens_quote(end) or end - start < 2:
            return end
        for stop in range(end + 1, min(end + _LONGEST_APPOSITION, len(self.words) - 1) + 1):
            word = self.words[stop - 1]
            if self.ends_name(word) or self.is_event(word) or look_up(speech(), word) or word.key[0].isdigit():
                return end
            if self.words[stop].broken:
                return stop if self._after_comma(stop) and not self._opens_joined(end) else end
        return end

    def _after_comma(self, place: int) -> bool:
        return not _COMMAS.isdisjoint(self.words[place].gap)

    def _opens_joined(self, place: int) -> bool:
        return self.words[place].joined or self.words[place].key[0] in "وف"

    def _before_object(self, start: int, end: int) -> int:
        """Cut off whom the source accuses: the next name without و, or a definite noun after an indefinite plural."""
        indefinite = self.words[start].key.endswith(("ون", "ات"))
        for place in range(start + 1, end):
            word = self.words[place]
            if self._opens_joined(place):
                continue
            if (indefinite and word.key.startswith("ال")) or word.start in self.actors() or self._is_second(place):
                return place
        return end

    def _is_second(self, place: int) -> bool:
        """Say whether a definite word after another can't be its adjective, to judge by its ending."""
        key = self.key(place)
        if not key.startswith("ال") or not self.key(place - 1).startswith(("ال", "وال")):
            return False
        return not key.endswith(("ي", "ه", "ين", "ون")) and key not in members("titles")

    def written(self, start: int, end: int) -> str:
        """Return the words as written, without the marks around them; those of quotations inside stay in pairs."""
        begin, stop = self.words[start].start, self.words[end - 1].end
        written = " ".join(self.text[begin:stop].split())
        for opening, closing in (("(", ")"), ("[", "]")):
            if written.count(opening) > written.count(closing):
                written += closing
        if written.count('"') % 2:
            written = written + '"' if self.text[stop : stop + 1] == '"' else written.replace('"', "")
        if written.count("“") > written.count("”"):
            written += self.text[stop : stop + 1] if self.text[stop : stop + 1] in ("”", "“") else "”"
        if written.count("«") > written.count("»"):
            written += "»"
        return written

    def key(self, place: int) -> str:
        """Return the folded form of a word; empty beyond either end."""
        return self.words[place].key if 0 <= place < len(self.words) else ""
