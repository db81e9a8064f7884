"""Cleaning: telling the report from what its page put around it. Rules go by shape, place and lists of words."""

from archive.cleaning.composing import compose, find_blocks

__all__ = ["compose", "find_blocks"]
