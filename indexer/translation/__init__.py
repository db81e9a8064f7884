"""Translations: engines that give a sentence its English, the packages they run on, and the run over an archive."""
