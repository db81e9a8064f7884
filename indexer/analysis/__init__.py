"""What a word is: tokens with offsets, and the terms of each at every level."""

from indexer.analysis.analyzer import Analyzer, Forms, Step, known_words
from indexer.analysis.folding import casefold, filter_value, fold, fold_latin, written
from indexer.analysis.lexical import Lexicon
from indexer.analysis.light import light_stem
from indexer.analysis.token import Level, Term, Token
from indexer.analysis.tokenizer import Script, script, words

__all__ = [
    "Analyzer",
    "Forms",
    "Level",
    "Lexicon",
    "Script",
    "Step",
    "Term",
    "Token",
    "casefold",
    "filter_value",
    "fold",
    "fold_latin",
    "known_words",
    "light_stem",
    "script",
    "words",
    "written",
]
