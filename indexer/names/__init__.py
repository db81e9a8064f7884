"""Names across scripts: which Arabic words a Latin spelling may stand for."""

from indexer.names.index import Candidate, NameIndex, NameMatch
from indexer.names.likeness import likeness
from indexer.names.skeleton import arabic_skeletons, latin_skeletons

__all__ = ["Candidate", "NameIndex", "NameMatch", "arabic_skeletons", "latin_skeletons", "likeness"]
