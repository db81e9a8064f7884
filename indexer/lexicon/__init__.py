"""The Arabic lexicon: readings of a word with their parts, headwords and English. Needs the extra `lexicon`."""

from indexer.lexicon.lexicon import INDEXED_SHARE, Lexicon, load_lexicon
from indexer.lexicon.reading import Affix, AffixKind, LexicalReading, PartOfSpeech, Tense

__all__ = [
    "INDEXED_SHARE",
    "Affix",
    "AffixKind",
    "LexicalReading",
    "Lexicon",
    "PartOfSpeech",
    "Tense",
    "load_lexicon",
]
