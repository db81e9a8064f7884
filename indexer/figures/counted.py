"""What a numeral counts: the noun behind it, who they are besides, and what the noun says happened to them."""

from dataclasses import dataclass, replace

from indexer.figures.clause import Clause
from indexer.figures.figure import FigureKind
from indexer.figures.numerals import Numeral, limit_after, read_numeral
from indexer.figures.vocabulary import Noun, Shape, members, noun_phrases, number_words
from indexer.figures.words import Found, look_up

_ADJECTIVES = 3
_SHORTEST_PLURAL = 6


@dataclass(frozen=True, slots=True)
class Counted:
    """What a numeral counts: up to which word it reaches, who they are, what their noun says happened to them.

    `weak`: the noun's kind counts only if nothing else is said to have happened. `bare`: there is no noun. `among`:
    they are some of those just counted (`عشرة منهم`).
    """

    last: int
    who: tuple[str, ...] = ()
    kind: FigureKind | None = None
    weak: bool = False
    bare: bool = False
    among: bool = False


def read_counted(clause: Clause, numeral: Numeral) -> Counted | None:
    """Return what stands behind a numeral as what it counts; None if it counts something else."""
    place = numeral.last
    if place < len(clause) and not clause.broken(place):
        key, word = clause.key(place), clause.words[place]
        if key == "من":
            return _of(clause, numeral)
        if key in members("cases") and (noun := clause.noun(place + 1)) and not clause.key(place + 2).startswith("بال"):
            return read_noun(clause, noun, place + 2)
        if key in members("of_them") and not word.joined and read_numeral(clause.words, place + 1) is None:
            noun = None if clause.broken(place + 1) else clause.noun(place + 1)
            said = noun and not (noun[1].definite or noun[1].joined or noun[1].led or noun[0].kind)
            return Counted(place + 1 + bool(said), noun[0].who if noun and said else (), bare=True, among=True)
        if phrase := _phrase(clause, place):
            return phrase
        noun = clause.noun(place)
        if noun and not (noun[1].joined or noun[1].led or word.joined or word.led):
            return read_noun(clause, noun, place + 1, one=numeral.one)
        adjacent = clause.adjacent(numeral.first)
        if numeral.one:  # مقتل أحد قادتها
            return Counted(place, bare=True) if adjacent not in (None, FigureKind.CASUALTIES) else None
        if adjacent and _is_of_people(clause, numeral.first) and key not in members("units") and not word.joined:
            return Counted(place + (key not in members("prepositions")), bare=key in members("prepositions"))
        if (key in members("cases") and adjacent) or (_is_human_plural(clause, place) and not word.joined):
            return Counted(place + 1)
    return Counted(place, bare=True) if _may_stand_alone(clause, numeral) else None


def _of(clause: Clause, numeral: Numeral) -> Counted | None:
    """Read `خمسة من عناصر`, `ثلاثة آلاف من المدنيين`; an unknown noun too where what happened is said right before."""
    place = numeral.last + 1 + (clause.key(numeral.last + 1) == "بين")
    noun = clause.noun(place) or clause.possessed(place)
    if noun and not noun[1].joined:
        counted = read_noun(clause, noun, place + 1)
        return replace(counted, weak=counted.weak or noun[1].definite)
    return Counted(numeral.last, bare=True)


def _phrase(clause: Clause, place: int) -> Counted | None:
    found = look_up(noun_phrases(), clause.words[place])
    if not found or found[1].joined or clause.broken(place + 1):
        return None
    return next((Counted(place + 2, noun.who) for second, noun in found[0] if clause.key(place + 1) == second), None)


def _is_of_people(clause: Clause, first: int) -> bool:
    """Say whether what happened right before a numeral happens to people alone (`اعتقال 500 درويش`)."""
    return look_up(members("people_only"), clause.words[first - 1]) is not None


def _is_human_plural(clause: Clause, place: int) -> bool:
    """Say whether an unknown word has the plural that only people have (`ثلاثة حلاقين`)."""
    key = clause.key(place)
    if len(key) < _SHORTEST_PLURAL or not key.endswith(("ين", "ون")) or key.startswith("ال") or key.endswith("تين"):
        return False
    return look_up(number_words(), clause.words[place]) is None


def _may_stand_alone(clause: Clause, numeral: Numeral) -> bool:
    """Say whether what follows a numeral lets it stand without what it counts."""
    if numeral.one:
        return False
    digits = clause.key(numeral.value_from).isdigit()
    if numeral.low == numeral.high and numeral.qualifier is None and digits and 1900 <= (numeral.low or 0) <= 2100:
        return False  # a year
    place = numeral.last
    key = clause.key(place)
    if clause.broken(place) or clause.words[place].joined or key in members("prepositions"):
        return True
    return bool(
        limit_after(clause.words, place) or clause.either_way(place) or clause.happening(place) or key[0] in "وفبل"
    )


def read_noun(clause: Clause, found: tuple[Noun, Found], last: int, *, one: bool = False) -> Counted:
    """Add what follows a noun: who they are besides (`قتيلا مدنيا`, `قتلى من الأطفال`), or a second noun by و."""
    noun, form = found
    who, kind, weak = list(noun.who), noun.kind, noun.weak
    for _ in range(_ADJECTIVES):
        more = clause.noun(last)
        if not more or clause.broken(last) or _starts_clause(clause, last):
            break
        extra, shape = more
        if shape.joined or clause.words[last].joined:
            if one or not _is_companion(noun, form, extra, shape):
                break
            kind = FigureKind.CASUALTIES if extra.kind is not kind else kind
        elif shape.led or shape.definite != form.definite:
            break
        elif extra.kind and kind is None:
            kind, weak = extra.kind, extra.weak
        who += [code for code in extra.who if code not in who]
        last += 1
    end = last
    if kind and not who and (behind := _who_behind(clause, last)):
        who, last = behind
    if both := clause.either_way(last):
        kind, weak, end = FigureKind.CASUALTIES, False, both
    return Counted(end, tuple(who), kind, weak)


def _starts_clause(clause: Clause, place: int) -> bool:
    found = clause.happening(place)
    return bool(found and not found[0].verbal_noun and found[0].after and clause.noun(place) is None)


def _is_companion(noun: Noun, form: Found, extra: Noun, shape: Found) -> bool:
    """Say whether a noun joined by و is counted with the first (`القتلى والجرحى`, `قتيلا وجريحا`)."""
    if shape.led or shape.definite != form.definite or extra.shape is not noun.shape:
        return False
    return (extra.kind is None) == (noun.kind is None) and (form.definite or noun.shape is Shape.SINGULAR)


def _who_behind(clause: Clause, place: int) -> tuple[list[str], int] | None:
    """Read `من المدنيين`, `في صفوف المدنيين`, `بين المدنيين`, `لطفل` behind the dead or wounded."""
    if clause.broken(place):
        return None
    after = place + 1 + (clause.key(place + 1) in ("صفوف", "بين"))
    if clause.key(place) in ("من", "بين", "لدي") or (clause.key(place) == "في" and after > place + 1):
        found = clause.noun(after)
        if found and found[0].shape is not Shape.SINGULAR and found[0].who and not clause.broken(after):
            return list(found[0].who), after + 1
    found = clause.noun(place)
    return (list(found[0].who), place + 1) if found and found[1].led and found[0].who else None
