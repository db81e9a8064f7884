"""Cleaning the English of the lexicon's entries."""

import re
from functools import lru_cache

_NOTE = re.compile(r"\s*[(\[{][^)\]}]*[)\]}]?\s*")


@lru_cache(maxsize=1 << 16)
def clean_glosses(raw: str) -> tuple[str, ...]:
    """Return the English of an entry as plain words, in the lexicon's order.

    `;` and `/` separate words, notes in brackets are taken off, `+` joins a word and what is attached to it.

    >>> clean_glosses("massacres;slaughters")
    ('massacres', 'slaughters')
    >>> clean_glosses("closing;shutting (door)")
    ('closing', 'shutting')
    >>> clean_glosses("on/above + him [masc.sg.]")
    ('on him', 'above him')
    """
    found: dict[str, None] = {}
    for part in re.split(r";(?![^(]*\))", raw):
        for gloss in _alternatives(_NOTE.sub(" ", part)):
            if gloss:
                found[gloss] = None
    return tuple(found)


def _alternatives(part: str) -> list[str]:
    """Spell out the slashes of one part: of the first word that has them, the rest keeps its first choice."""
    words = part.replace("+", " ").replace("?", " ").replace("!", " ").replace("#", " ").split()
    slashed = next((place for place, word in enumerate(words) if "/" in word.strip("/")), None)
    if slashed is None:
        return [" ".join(words).strip(" ,.-/")]
    plain = [word.split("/")[0] if "/" in word.strip("/") else word for word in words]
    return [
        " ".join([*plain[:slashed], choice, *plain[slashed + 1 :]]).strip(" ,.-/")
        for choice in words[slashed].split("/")
        if choice
    ]
