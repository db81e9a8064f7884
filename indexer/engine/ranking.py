"""Every figure of the ranking in one place.

The model is BM25F over the words of the query. An article's score is the sum over the words; a word's score is its
rarity times how much of it stands in the article:

- Within one side (original, reviewed, machine, gloss) the occurrences in its zones are added, each divided by the
  length of its field, the title's counting more (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple
  weighted fields", 2004).
- An occurrence counts once, at its best level, by that level's weight. The loose levels (stem, name, gloss) come on top
  as layers: each adds its weight times what it adds to the saturated count, so that a word met only loosely, however
  often, never reaches one met as such.
- The sides say the same thing, so the best side counts and the others add a little.
- The best articles gain by having the words close together: the rarity of the words met in the best run of fifteen.

Measured (MRR@10 on belebele-dev-ar, arcd-train, xquad-ar): close levels as layers .931, .802, .916; as one count .941,
.821, .931; with closeness .962, .825, .931. A bonus for adjacent words alone changed nothing (±.003).
"""

from dataclasses import dataclass, field

from indexer.engine.interface import Zone


@dataclass(frozen=True, slots=True)
class Ranking:
    """`saturation` is BM25's k1, `length` its b for each zone; `zones` are the weights of the zones.

    `closeness` is what words within `close` words of each other add; it is looked at in the best `close_articles`.

    Measured on xquad-ar, arcd-train and belebele-dev-ar: k1 from 0.6 to 1.2 moves MRR@10 by less than .01, b from 0.4
    to 0.75 raises it on all three (.774 to .791 on arcd-train). A title is short, so its words count much by its length
    alone: weights above 1 lower MRR@10 on all three. Other sides at .3 rather than .1: .895 to .901 on
    belebele-dev-en with its translation.
    """

    saturation: float = 0.9
    length: dict[Zone, float] = field(default_factory=lambda: {Zone.TITLE: 0.3, Zone.TEXT: 0.75, Zone.ASIDE: 0.75})
    zones: dict[Zone, float] = field(default_factory=lambda: {Zone.TITLE: 1.05, Zone.TEXT: 1.0, Zone.ASIDE: 0.5})
    other_sides: float = 0.3
    other_choices: float = 0.3
    closeness: float = 0.5
    close: int = 16
    close_articles: int = 100


RANKING = Ranking()
