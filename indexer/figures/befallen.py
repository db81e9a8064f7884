"""What is said to have happened to those whom a numeral counts, when their noun doesn't say it."""

from indexer.figures.clause import Clause
from indexer.figures.counted import Counted
from indexer.figures.figure import FigureKind, Qualifier
from indexer.figures.numerals import Numeral, read_numeral
from indexer.figures.vocabulary import Happening, Shape, members, number_words, speech
from indexer.figures.words import look_up

_FARTHEST = 12  # words between what happens and the number, when only where and when stand between
_SUBJECT = 5  # words between a verb and the number, when who does it stands between
_AHEAD = 5  # words between the people and what happens to them, when they are named first
_OBJECT = 8  # words between who did it and to whom
_COUNTED = 16  # words between "the number of the dead" and the number
_LOOKED_BACK = 20
_PARENTHESIS = 16  # words of a list of parts between the people and what happens to them

_ACTIVE = (FigureKind.KILLED, FigureKind.WOUNDED, FigureKind.DETAINED)


def befallen(clause: Clause, numeral: Numeral, counted: Counted, edge: int) -> FigureKind | None:
    """Return what happened to those counted; None if nothing did. `edge`: where the count before it ends."""
    if counted.bare:
        ahead = _ahead(clause, numeral, counted)
        if ahead and not ahead[1]:
            return ahead[0]
        return _of_the_number_of(clause, numeral) or _among(clause, numeral.first)
    ahead, behind = _ahead(clause, numeral, counted), _behind(clause, numeral.first, edge)
    if behind and not (ahead and ahead[1] < 2 < behind[1]):
        return behind[0]
    if ahead:
        return ahead[0]
    return _of_the_number_of(clause, numeral) or _among(clause, numeral.first)


def is_released(clause: Clause, first: int) -> bool:
    """Say whether captives or displaced people before a numeral are said to be so no longer."""
    return any(look_up(members("released"), word) for word in clause.words[max(0, first - 4) : first])


def _among(clause: Clause, first: int) -> FigureKind | None:
    """Return the kind in `بين القتلى ثلاثة لبنانيين`."""
    for place in range(first - 1, max(0, first - _AHEAD), -1):
        noun = clause.noun(place)
        if noun and noun[0].kind and noun[1].definite and clause.plain(place - 1) == "بين":
            return noun[0].kind
    return None


def _behind(clause: Clause, first: int, edge: int) -> tuple[FigureKind, int] | None:
    """Look back from a numeral for what happened, over where and when, or over who did it; with the words between."""
    if _after_preposition(clause, first):
        return None
    for place in range(first - 1, max(edge, first - _FARTHEST - 2) - 1, -1):
        if clause.key(place) in members("barriers"):
            return None
        found = clause.happening_before(place)
        if found and (not found[0].adjacent or clause.key(place + 1) in members("causes")):
            return (found[0].kind, first - place - 1) if _reaches(clause, place, first) else None
        if does_it(clause, place):
            return _kind_at(clause, place - 1), first - place
        if clause.noun(place) and not _may_stand_between(clause, place, first):
            return None
        if clause.broken(place) and clause.plain(place) not in members("prepositions"):
            return None  # something else than where and when begins
    return None


def _kind_at(clause: Clause, place: int) -> FigureKind:
    found = clause.happening_before(place)
    return found[0].kind if found else FigureKind.CASUALTIES


def does_it(clause: Clause, place: int) -> bool:
    """Say whether one person right after a verb does it, to people counted a few words on (`قتل شخص أربعة أشخاص`)."""
    noun, verb = clause.noun(place), clause.happening_before(place - 1)
    if (
        not noun
        or not verb
        or (verb[0].verbal_noun and not verb[0].after)
        or noun[0].shape is not Shape.SINGULAR
        or clause.broken(place)
    ):
        return False
    for at in range(place + 1, min(place + _OBJECT, len(clause))):
        if clause.broken(at) or clause.joined(at) or clause.key(at) in members("prepositions"):
            return False
        numeral = read_numeral(clause.words, at)
        if numeral and not numeral.one:
            return clause.noun(numeral.last) is not None
    return False


def _after_preposition(clause: Clause, first: int) -> bool:
    word = clause.words[first]
    if word.led:
        return True
    before = clause.key(first - 1)
    if before in members("prepositions") and not word.broken:
        return before not in members("times_before")
    found = look_up(number_words(), word)
    return bool(found and found[1].led)


def _may_stand_between(clause: Clause, place: int, first: int) -> bool:
    """Say whether a noun for people between what happens and the numeral may be who does it, where, or an adjective."""
    found = clause.noun(place)
    if not found or found[0].construct:
        return False
    if not found[1].definite:
        return place >= first - 2 and clause.key(place).endswith("ون")
    before, preposed = clause.key(place - 1), clause.noun(place)
    return before in members("prepositions") or before.startswith(("ال", "وال")) or bool(preposed and preposed[1].led)


def _reaches(clause: Clause, place: int, first: int) -> bool:
    """Say whether what happens at `place` may happen to those counted at `first`."""
    gap = first - place - 1
    if not gap or _is_circumstance(clause.key(place + 1)):
        return True
    if gap > _SUBJECT or any(clause.broken(at) for at in range(place + 1, first + 1)):
        return False
    return not any(clause.key(at) in members("prepositions") for at in range(place + 3, first))


def _is_circumstance(key: str) -> bool:
    return key in members("prepositions") or key in members("fillers") or (len(key) > 3 and key[0] in "بل")


def _ahead(clause: Clause, numeral: Numeral, counted: Counted) -> tuple[FigureKind, int] | None:
    """Look ahead from those counted for what happens to them (`600 مدني قتلوا`); with the words between."""
    single = numeral.low == numeral.high == 1
    start = _over_parts(clause, counted.last)
    for place in range(start, min(len(clause), start + _AHEAD + 1)):
        word = clause.words[place]
        if word.broken and (place > start or start == counted.last):
            return None
        if word.joined or word.key.startswith("محاول"):
            return None
        if found := clause.happening(place):
            happening, form = found
            if form.joined:
                return None
            agrees = single or not happening.before or word.key.endswith(("وا", "ن", "ت"))
            if happening.after and agrees:
                if _takes_object(clause, place, happening):
                    return None
                clause.told_ahead = place
                lost = happening.kind is FigureKind.MISSING and clause.key(place + 1) in members("lives")
                return FigureKind.KILLED if lost else happening.kind, place - start
        if word.key[0].isdigit() or clause.noun(place):
            return None
    return None


def _over_parts(clause: Clause, place: int) -> int:
    """Return the end of `بينهم 41 طفلا و29 امرأة` where it stands at a word, between commas or not; else the word."""
    if clause.key(place) not in members("parts"):
        return place
    between = clause.broken(place)
    for at in range(place + 1, min(place + _PARENTHESIS, len(clause))):
        found = clause.happening(at)
        if clause.words[at].broken and not clause.joined(at):
            return at if between else place
        if not between and found and found[0].after and not found[1].joined:
            return at
    return place


def _takes_object(clause: Clause, place: int, happening: Happening) -> bool:
    """Say whether a verb has an object behind it, so that those before it did it (`ثلاثة مسلحين قتلوا شرطيا`)."""
    after = place + 1
    if happening.kind not in _ACTIVE or not happening.before or clause.broken(after):
        return False
    noun = clause.noun(after)
    return read_numeral(clause.words, after) is not None or (noun is not None and not noun[1].joined)


def _of_the_number_of(clause: Clause, numeral: Numeral) -> FigureKind | None:
    """Return the kind in `عدد القتلى ... إلى 43`, `حصيلة الضحايا بلغت`, `عددهم تجاوز`."""
    first = numeral.first
    reached = numeral.qualifier in (Qualifier.MORE_THAN, Qualifier.ABOUT)
    kind: FigureKind | None = None
    for place in range(first - 1, max(0, first - _COUNTED) - 1, -1):
        noun, happening = clause.noun(place), clause.happening(place)
        reached = reached or clause.plain(place) in members("reaches") or (place == first - 1 and bool(noun))
        if noun and noun[0].kind and (noun[1].definite or not noun[0].weak):
            kind = noun[0].kind
        elif happening and happening[0].after:
            kind = kind or happening[0].kind
        if found := look_up(members("counts"), clause.words[place]):
            if not reached:
                return None
            return _nearest_kind(clause, place) if found[1].core in members("their_counts") else kind
        if clause.broken(place) and clause.key(place) not in members("prepositions") and kind is None:
            return None
    return None


def _nearest_kind(clause: Clause, place: int) -> FigureKind | None:
    for at in range(place - 1, max(-1, place - _LOOKED_BACK), -1):
        noun = clause.noun(at)
        if noun and noun[0].kind:
            return noun[0].kind
    return None


def goes_on_with(clause: Clause, end: int, first: int, remark: int) -> bool:
    """Say whether a numeral at `first` goes on by و with the count that ends at `end`, at most a remark between."""
    if not 0 <= first - end <= remark or not clause.joined(first):
        return False
    for place in range(end, first):
        if clause.happening(place) or clause.key(place) in speech() or clause.key(place) in members("barriers"):
            return False
        if clause.words[place].broken and clause.key(place) not in members("prepositions"):
            return False
    return True
