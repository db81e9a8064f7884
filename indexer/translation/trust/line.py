"""A line of either language as the checks read it: its words, each with its key."""

from functools import cached_property

from indexer.gazetteer.keys import Word, read_words


class Line:
    """A text with its words: Arabic keys are folded, Latin ones in small letters without apostrophes and `'s`.

    >>> Line("لم يُقتل 20 مدنيًا").keys, Line("They weren't Syria's").keys
    (['لم', 'يقتل', '20', 'مدنيا'], ['they', 'werent', 'syria'])
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[Word] = read_words(text)
        self.keys = [word.key for word in self.words]

    @cached_property
    def distinct(self) -> frozenset[str]:
        """The keys, each once."""
        return frozenset(self.keys)

    def gap(self, first: int) -> str:
        """Return what stands between a word and the next."""
        return self.text[self.words[first].end : self.words[first + 1].start]

    def hang_together(self, first: int) -> bool:
        """Say whether nothing but white space or a hyphen parts a word from the next."""
        return first < len(self.words) - 1 and self.gap(first).strip("- \t\u00a0") == ""
