"""Who says so: the chain of sources that a sentence gives for what it tells, link by link as written."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from archive.dates.pattern import weekdays
from archive.folding import fold
from indexer.figures.naming import Naming
from indexer.figures.vocabulary import members, sourcing, speech
from indexer.figures.words import Found, Word, cores, look_up

_LONGEST_SUBJECT = 9  # words of a subject before its verb, and between `أن` and the verb under it
_LONGEST_LABEL = 5
_LONGEST_PHRASE = 3
_MOST_LINKS = 5  # above the last; no sentence that means it has more
_SPEECH = 14  # words within which a clause of speech begins


@dataclass(frozen=True, slots=True)
class Frame:
    """A stretch of a sentence under a chain of sources: from a word on, or all around it (`بحسب`, behind or before)."""

    place: int
    end: int
    sources: tuple[str, ...]
    denied: bool = False
    around: bool = False


class Attribution:
    """The frames of one sentence.

    `carried`: the chain of the sentence before, which `وأضاف` goes on with. `quoted`: the sentence begins within a
    quotation of theirs. `actors`: where names of actors begin in the text.
    """

    def __init__(
        self,
        text: str,
        words: Sequence[Word],
        carried: tuple[str, ...],
        actors: Callable[[], Collection[int]] = frozenset,
        *,
        quoted: bool = False,
    ) -> None:
        self.words, self.carried = words, carried
        self.names = Naming(text, words, actors)
        self._spoken: list[Frame] = []
        self._around: list[Frame] = []
        if quoted and carried:
            self._spoken.append(Frame(0, 0, carried))
        self._read()

    @property
    def speaks(self) -> bool:
        """Whether the sentence itself says who speaks."""
        return any(frame.end for frame in self._spoken[:2])

    @property
    def last_speaker(self) -> tuple[str, ...]:
        """The chain that the next sentence may go on with; empty if there is none."""
        if self._spoken:
            return self._spoken[-1].sources
        return self._around[0].sources if len(self._around) == 1 else ()

    def chain(self, place: int) -> tuple[tuple[str, ...], bool]:
        """Return the sources of what stands at a word, the outermost first, and whether the last of them denies it."""
        before = bisect_right(self._spoken, place, key=_place)
        spoken = self._spoken[before - 1] if before else None
        sources = spoken.sources if spoken else ()
        if beside := self._beside(place, spoken.place if spoken else -1):
            sources += tuple(one for one in beside.sources if one not in sources)
        return sources, bool(spoken and spoken.denied)

    def _beside(self, place: int, since: int) -> Frame | None:
        """Return the frame of `بحسب` that covers a word: the next behind it unless someone else speaks, else before."""
        following = bisect_right(self._around, place, key=_place)
        if following < len(self._around):
            behind = self._around[following]
            speaker = bisect_right(self._spoken, place, key=_place)
            if speaker == len(self._spoken) or self._spoken[speaker].place > behind.place:
                return behind
        before = self._around[following - 1] if following else None
        return before if before and before.place > since else None

    def _read(self) -> None:
        place = self._read_label()
        while place < len(self.words):
            frame = self._verb_at(place) or self._phrase_at(place) or self._affirmed_at(place)
            if frame:
                (self._around if frame.around else self._spoken).append(frame)
            place = max(place + 1, frame.end if frame else 0)

    def _read_label(self) -> int:
        """Read `المرصد: مقتل ...`; return where the rest begins."""
        place = next((at for at in range(1, min(_LONGEST_LABEL + 1, len(self.words))) if self.words[at].broken), 0)
        if not place or ":" not in self.words[place].gap:
            return 0
        if not look_up(members("source_heads"), self.words[0]) or any(map(self._is_no_label, self.words[:place])):
            return 0
        self._spoken.append(Frame(place, place, (self.names.written(0, place),)))
        return place

    def _is_no_label(self, word: Word) -> bool:
        if self.names.ends_name(word) or self.names.is_event(word) or word.key[0].isdigit():
            return True
        return word.key in members("prepositions") or look_up(speech(), word) is not None

    # Verbs of saying

    def _verb_at(self, place: int) -> Frame | None:
        found = look_up(speech(), self.words[place])
        if not found or found[1].led or found[1].definite:
            return None
        how, form = found
        before = self.names.key(place - 1)
        if before in members("as") or (before == "ما" and self.names.key(place - 2) in members("according")):
            return self._as_said(place)
        opens = self._opens(place, form)
        if not opens and before not in members("before_verbs") and not self._follows_day(place):
            return self._subject_first(place, how)
        end, subject = self.names.name(place + 1, accuse=how == "accuse")
        if how == "shared" and not (subject and self._sounds_like_speech(end)):
            return None
        if before in members("relative") and self.names.key(end) not in members("that"):
            return None
        if how == "add" and self.names.key(end) == "الي":
            return None  # one thing added to another
        if not subject:
            return self._without_subject(place, how, opens=opens)
        if told := self._told(place + 1, end):
            return Frame(place, end, told, how == "deny")
        joined = form.joined or self.words[place].joined
        nested = not joined and (before == "قد" or before not in members("before_verbs"))
        return self._with_links(place, end, subject, denied=how == "deny", nested=nested)

    def _opens(self, place: int, form: Found) -> bool:
        word = self.words[place]
        return place == 0 or word.broken or word.joined or form.joined or self.names.opens_quote(place)

    def _follows_day(self, place: int) -> bool:
        """Say whether only a day stands before a verb (`والخميس حملت`)."""
        if place > 2:
            return False
        return any(one.core in weekdays() or one.core in members("times") for one in cores(self.names.key(place - 1)))

    def _without_subject(self, place: int, how: str, *, opens: bool) -> Frame | None:
        """Go on with who spoke before (`وأضاف أن`), unless the subject stands before the verb."""
        if self.names.key(place - 1) in members("were"):
            return None
        if preposed := self._subject_first(place, how):
            return preposed
        sources = self._current() if opens and (place == 0 or self._spoken) else ()
        return Frame(place, place + 1, sources, how == "deny") if sources else None

    def _as_said(self, place: int) -> Frame | None:
        """Read `كما قال فلان`: of what stands around it, or of what follows if `أن` does."""
        end, subject = self.names.name(place + 1 + (self.names.key(place + 1) in members("thereby")))
        if not subject:
            return None
        around = self.names.key(end) not in members("that")
        return Frame(place, end, self._told(place + 1, end) or (subject,), around=around)

    def _told(self, start: int, end: int) -> tuple[str, ...]:
        """Read an outlet that was told, and who told it: `لوكالة فرانس برس مصدر أمني`."""
        if self.names.key(start) not in members("told"):
            return ()
        for place in range(start + 1, end):
            if look_up(members("source_heads"), self.words[place]):
                return self.names.written(start, place).removeprefix("ل"), self.names.written(place, end)
        return ()

    def _current(self) -> tuple[str, ...]:
        return self._spoken[-1].sources if self._spoken else self.carried

    def _with_links(self, place: int, end: int, subject: str, *, denied: bool, nested: bool) -> Frame:
        """Return the frame of a verb: under who spoke before, with its subject, who was told, who is quoted."""
        links = [*(self._above(place) if nested else ()), subject]
        if self.names.key(end) in members("told"):
            after, outlet = self.names.name(end)
            links.insert(len(links) - 1, outlet.removeprefix("ل"))
            end = after
        if self.names.key(end) == "عن" and look_up(members("quoting"), self.words[place]):
            after, origin = self.names.name(end + 1)
            end, links = (after, [*links, origin]) if origin else (end, links)
        return Frame(place, end, tuple(links), denied)

    def _above(self, place: int) -> tuple[str, ...]:
        """Return the chain of the speaker in whose words a verb without و stands."""
        above = self._spoken[-1] if self._spoken else None
        if above is None or (self._around and self._around[-1].place > above.place):
            return ()
        near = place - above.end <= _LONGEST_SUBJECT or self.names.key(place - 1) in members("that")
        return above.sources[:_MOST_LINKS] if near else ()

    def _subject_first(self, place: int, how: str) -> Frame | None:
        """Read `المرصد السوري يعلن مقتل`, `وكانت الشبكة قالت`, `إن وزارة الصحة أعلنت`."""
        if how == "shared":
            return None
        start = place
        while start > 0 and place - start < _LONGEST_SUBJECT and not self.words[start].broken:
            if self._opens_report(start - 1):
                break
            start -= 1
        opened = start == 0 or self.words[start].broken or self._opens_report(start - 1)
        if not opened or start == place or start < self._read_up_to():
            return None
        end, subject = self.names.name(start)
        if end != place or self.names.key(start).startswith(("بال", "لل")):
            return None
        if look_up(speech(), self.words[start]) or self.names.is_event(self.words[start]):
            return None
        nested = self.names.key(start - 1) in members("that")
        subject = subject.removeprefix("لكن ").removeprefix("ولكن ")
        return self._with_links(start, place + 1, subject, denied=how == "deny", nested=nested)

    def _read_up_to(self) -> int:
        return max((frames[-1].end for frames in (self._spoken, self._around) if frames), default=0)

    def _opens_report(self, place: int) -> bool:
        return self.names.key(place) in members("that") or self.names.key(place) in members("were")

    def _sounds_like_speech(self, end: int) -> bool:
        """Say whether what follows a subject is what it says: `أن`, a colon, what it published, or what happened."""
        key = self.names.key(end)
        if end >= len(self.words) or key in members("that") or key in members("published"):
            return end < len(self.words)
        word = self.words[end]
        if ":" in word.gap or self.names.is_event(word):
            return True
        return (word.broken or key in members("somewhere")) and any(
            other.key in members("that") or self.names.is_event(other) for other in self.words[end : end + _SPEECH]
        )

    def _affirmed_at(self, place: int) -> Frame | None:
        """Read `مؤكدا`, `مشيرا إلى`: who spoke goes on, and denies no more."""
        sources = self._current() if self.names.key(place) in members("affirming") else ()
        return Frame(place, place + 1, sources) if sources else None

    # Phrases

    def _phrase_at(self, place: int) -> Frame | None:
        key = self.names.key(place)
        for first in (key, key[1:] if key[0] in "وف" else key):
            if sourcing().get((first,)) == "rumour":
                return self._rumour(place)
            for length in range(_LONGEST_PHRASE, 0, -1):
                phrase = (first, *(word.key for word in self.words[place + 1 : place + length]))
                if sourcing().get(phrase) == "around":
                    return self._source_after(place + length, place)
            if (first, "ل") in sourcing() and self.names.key(place + 1).startswith("ل"):
                return self._source_after(place + 1, place, led=True)
        return None

    def _source_after(self, name: int, place: int, *, led: bool = False) -> Frame | None:
        """Read the source behind `بحسب`, `وفق ما أكده`; `led`: its first word carries ل."""
        if name >= len(self.words) or self.words[name].broken:
            return None
        if self.names.key(name - 1) in members("what"):
            if look_up(speech(), self.words[name]):
                return None  # the verb is read on its own
            name += self.names.key(name)[:-1] in speech() and name + 1 < len(self.words)  # وفق ما أكده مراسل
        end, source = self.names.name(name)
        if led:
            source = "ال" + source[2:] if source.startswith("لل") else source.removeprefix("ل")
        return Frame(place, end, (source,), around=True) if source else None

    def _rumour(self, place: int) -> Frame | None:
        """Read `أنباء عن`, `تقارير تفيد`: nobody is named, and the text says so."""
        if self.names.key(place + 1) not in members("rumours_of") or self.names.key(place - 1) in members("no_rumour"):
            return None
        return Frame(place, place + 2, (*self._above(place), self.names.written(place, place + 1).removeprefix("و")))


def leaves_quotation_open(text: str, *, opened: bool) -> bool:
    """Say whether a sentence ends within a quotation, given whether it began in one.

    >>> leaves_quotation_open('قال: "نعم. ', opened=False)
    True
    """
    for mark in fold(text):
        if mark in "“«„":
            opened = True
        elif mark in "”»":
            opened = False
        elif mark == '"':
            opened = not opened
    return opened


def _place(frame: Frame) -> int:
    return frame.place
