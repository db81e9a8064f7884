"""The names that a document means, for figures: where actors begin, and which places each sentence names."""

from bisect import bisect_right
from functools import cached_property

from archive.document import TRANSLATED_KINDS, Document
from indexer.gazetteer import Kind, Mention, load_gazetteer


class Surroundings:
    """The names in a document; looked for only when first asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def _names(self) -> list[Mention]:
        return load_gazetteer().find(self.document.text)

    @cached_property
    def _actor_starts(self) -> frozenset[int]:
        return frozenset(one.start for one in self._names if one.entry.is_actor)

    def actors(self) -> frozenset[int]:
        """Return where names of actors begin in the document's text."""
        return self._actor_starts

    @cached_property
    def _places(self) -> dict[int, dict[str, None]]:
        """The places short of a country by number of the sentence, in order; a dateline names none."""
        sentences, blocks = self.document.sentences, self.document.blocks
        places: dict[int, dict[str, None]] = {}
        for mention in self._names:
            if not mention.entry.is_place or mention.entry.kind is Kind.COUNTRY:
                continue
            number = bisect_right(sentences, mention.start, key=lambda one: one.start)
            sentence = sentences[number - 1] if number else None
            if sentence and mention.start < sentence.end and blocks[sentence.block].kind in TRANSLATED_KINDS:
                places.setdefault(number, {})[mention.entry.id] = None
        return places

    @cached_property
    def _placed(self) -> list[int]:
        return list(self._places)

    def places(self, number: int, *, near: bool) -> tuple[str, ...]:
        """Return the ids of the places that a sentence names; `near`: else those of the nearest before it that does."""
        if near and number not in self._places:
            before = bisect_right(self._placed, number)
            number = self._placed[before - 1] if before else number
        return tuple(self._places.get(number, ()))
