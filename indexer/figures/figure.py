"""What a mentioned figure is: a count of people that a text reports, with who says so. Never a fact of ours."""

from dataclasses import dataclass
from enum import StrEnum


class FigureKind(StrEnum):
    """What is reported to have happened to the people counted.

    `CASUALTIES`: killed or wounded, and the text doesn't say which (`سقوط عشرات المدنيين`, `ضحايا`, `بين قتيل وجريح`).
    `DISPLACED` includes those who fled; `DETAINED` those abducted and taken captive; `ENDANGERED` those reported as
    besieged, trapped or under attack.
    """

    KILLED = "killed"
    WOUNDED = "wounded"
    CASUALTIES = "casualties"
    MISSING = "missing"
    DISPLACED = "displaced"
    DETAINED = "detained"
    ENDANGERED = "endangered"


class Qualifier(StrEnum):
    """How the text limits a number. From `SEVERAL` on, the text has no number, only a word for its size."""

    ABOUT = "about"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    FEWER_THAN = "fewer_than"
    UP_TO = "up_to"
    SEVERAL = "several"
    DOZENS = "dozens"
    HUNDREDS = "hundreds"
    THOUSANDS = "thousands"
    TENS_OF_THOUSANDS = "tens_of_thousands"
    HUNDREDS_OF_THOUSANDS = "hundreds_of_thousands"
    MILLIONS = "millions"


@dataclass(frozen=True, slots=True)
class Figure:
    """A count of people killed, wounded, missing, displaced, detained or in danger, *as a text reports it*.

    It says that the text has this number in this sentence, not that the number is true. Whoever shows it shows
    `sources` with it.

    `sentence` counts from 1, as in a sentence's link. `start` and `end` are half-open code points into the document's
    text: the number with what limits it and what it counts (`نحو ثلاثين مدنيا`, `قتيلان`).

    `low` and `high` bound the number as the words do: both for a plain number or a range, `high` None for "at least",
    "more than" and "dozens" (`low` 20: the least the word can mean), `low` None for "up to" and "fewer than". With
    "about" both hold the number itself.

    `who` holds codes of people.tsv (`civilians`, `children`, `syrians`, `persons`), in the order of the text, empty
    where the text doesn't say; "32 others" are who was counted just before. `part_of` is the `start` of the figure that
    this one is part of (`بينهم 924 طفلا`).

    `sources` are the links of the attribution as written, the one nearest to the outlet first: (`وكالة "سانا"`,
    `مصادر محلية`) where the agency quotes local sources; empty where the outlet says it in its own voice. `denied`:
    the last of them denies it.

    `period` is the time that the sentence states for it, as written (`بين آب 2014 ومطلع آذار 2019`). `places` are ids
    of the gazetteer, short of countries: those that the sentence names, else, unless there is a period, those of the
    nearest sentence before it. `aside`: it stands in a related headline or another text that is not the report itself.
    """

    sentence: int
    start: int
    end: int
    low: int | None
    high: int | None
    qualifier: Qualifier | None
    kind: FigureKind
    who: tuple[str, ...] = ()
    part_of: int | None = None
    sources: tuple[str, ...] = ()
    denied: bool = False
    period: str | None = None
    places: tuple[str, ...] = ()
    aside: bool = False
