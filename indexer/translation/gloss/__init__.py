"""Word-by-word English from the lexicon: a line for each sentence, and a gloss for each word. Needs the extra."""

from indexer.translation.gloss.translator import GlossedWord, GlossTranslator, gloss_words

__all__ = ["GlossTranslator", "GlossedWord", "gloss_words"]
