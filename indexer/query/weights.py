"""How much a match counts: by level, by side, by zone. One table, so that evidence changes one place.

A weight of a term is the product of the three. A word met only by gloss or name never outweighs the same word met in
the text: the weight of those levels times the best zone stays below that of a light match in the running text.
"""

from indexer.analysis import Level
from indexer.engine.interface import Side, Zone

LEVEL: dict[Level, float] = {
    Level.EXACT: 1.0,
    Level.FOLDED: 0.95,
    Level.VARIANT: 0.8,
    Level.LIGHT: 0.5,
    Level.STEMMED: 0.55,
    Level.LEMMA: 0.45,
    Level.STEM: 0.3,
    Level.NAME: 0.3,
    Level.GLOSS: 0.3,
}
"""Measured so far: light between .4 and .6 is best on three sets of Arabic questions, stemmed below .6 on English."""

SIDE: dict[Side, float] = {Side.ORIGINAL: 1.0, Side.REVIEWED: 0.95, Side.MACHINE: 0.85, Side.GLOSS: 1.0}
"""A gloss side is weighed by its level."""

ZONE: dict[Zone, float] = {Zone.TITLE: 1.0, Zone.TEXT: 1.0, Zone.ASIDE: 0.3}

FUZZY = 0.5
"""What one wrong letter leaves of a word's weight."""


def weight(level: Level, side: Side, zone: Zone) -> float:
    """Return what a match at this level, on this side, in this zone counts, 0 to 1.

    >>> weight(Level.EXACT, Side.ORIGINAL, Zone.TITLE)
    1.0
    """
    return LEVEL[level] * SIDE[side] * ZONE[zone]
