"""Words that say what the name beside them is: `city`, `newspaper`, `ناحية`."""

from functools import cache
from typing import NamedTuple

from archive.wordlists import read_rows
from indexer.gazetteer.keys import forms, name_key


class Cues(NamedTuple):
    """The kinds that a word asks for before or after a name, and the prepositions that no verb follows."""

    before: dict[str, tuple[str, ...]]
    after: dict[str, tuple[str, ...]]
    prepositions: frozenset[str]

    def asked_before(self, key: str) -> tuple[str, ...]:
        """Return the kinds that a word before a name asks for, the one meant first; particles don't count.

        >>> read_cues().asked_before("وبحي")
        ('place.quarter',)
        """
        return next((cue for form in forms(key) if (cue := self.before.get(form.key))), ())


@cache
def read_cues() -> Cues:
    """Return the cues that come with Sijill."""
    before: dict[str, tuple[str, ...]] = {}
    after: dict[str, tuple[str, ...]] = {}
    prepositions = set()
    for side, word, *kinds in read_rows("indexer.gazetteer", "cues.tsv"):
        key = name_key(word)
        if side == "preposition":
            prepositions.add(key)
        else:
            (before if side == "before" else after)[key] = tuple(kinds[0].split())
    return Cues(before, after, frozenset(prepositions))
