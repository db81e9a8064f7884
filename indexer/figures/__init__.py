"""Casualty figures that a text mentions: the number, of whom, what is said to have happened, and who says so.

None of them is a fact of ours: each is what is *reported by* the sources that it carries.
"""

from indexer.figures.comparing import Conflict, Difference, Side, conflicts
from indexer.figures.figure import Figure, FigureKind, Qualifier
from indexer.figures.mentioning import mentioned_figures
from indexer.figures.vocabulary import who_codes

__all__ = [
    "Conflict",
    "Difference",
    "Figure",
    "FigureKind",
    "Qualifier",
    "Side",
    "conflicts",
    "mentioned_figures",
    "who_codes",
]
