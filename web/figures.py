"""The figures that an article mentions, as a page and the JSON show them: with who says so, never as facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.translation import Article
from web.catalogue import say
from web.records import Record, article_record

if TYPE_CHECKING:
    from indexer.figures import Figure


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure with its words in the interface language, how it is written, and how the one it is part of is."""

    figure: "Figure"
    said: str
    written: str
    whole: str | None


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """Figures of one article that differ, side by side: `difference` says in what."""

    difference: str
    sides: tuple[ShownFigure, ...]


@dataclass(frozen=True, slots=True)
class ShownFigures:
    """The figures that an article mentions, in the order of its text, and those that differ from each other."""

    mentioned: tuple[ShownFigure, ...]
    differences: tuple[ShownDifference, ...]


def figures_of(article: Article, language: str) -> ShownFigures:
    """Return the figures that an article mentions, without those of related headlines."""
    from indexer.figures import conflicts

    figures = _figures(article)
    text = article.document.text
    written = {figure.start: text[figure.start : figure.end] for figure in figures}
    shown = {
        figure: ShownFigure(
            figure,
            in_words(figure, language),
            text[figure.start : figure.end],
            None if figure.part_of is None else written.get(figure.part_of),
        )
        for figure in figures
    }
    differences = (
        ShownDifference(one.difference.value, tuple(shown[side.figure] for side in one.sides))
        for one in conflicts({article.id: figures})
    )
    return ShownFigures(tuple(shown[figure] for figure in figures), tuple(differences))


def record_with_figures(article: Article, *, newest: bool) -> Record:
    """Return an article with the figures that it mentions; an older version has None there: none were looked for."""
    return article_record(article) | {"figures": figure_records(article) if newest else None}


def figure_records(article: Article) -> list[Record]:
    """Return the figures that an article mentions, without those of related headlines, for its JSON."""
    return [
        {
            "sentence": figure.sentence,
            "start": figure.start,
            "end": figure.end,
            "low": figure.low,
            "high": figure.high,
            "qualifier": figure.qualifier.value if figure.qualifier else None,
            "kind": figure.kind.value,
            "who": list(figure.who),
            "sources": list(figure.sources),
            "denied": figure.denied,
            "period": figure.period,
            "part_of": figure.part_of,
        }
        for figure in _figures(article)
    ]


def in_words(figure: "Figure", language: str) -> str:
    """Return a figure in words, as the text limits it.

    >>> from indexer.figures import Figure, FigureKind, Qualifier
    >>> in_words(Figure(2, 0, 9, 28, None, Qualifier.AT_LEAST, FigureKind.KILLED, ("civilians",)), "en")
    'at least 28 civilians reported killed'
    >>> in_words(Figure(2, 0, 9, 20, None, Qualifier.DOZENS, FigureKind.WOUNDED), "ar")
    'أفيد بإصابة العشرات'
    """
    low, high = figure.low, figure.high
    if low is not None and high is not None and low != high:
        number = say(language, "figures.range", low, high)
    else:
        number = f"{low if low is not None else high or 0:,}"
    form = "#one" if number == "1" else ""
    comma = say(language, "ui.comma") + " "
    who = comma.join(say(language, f"figures.who.{code}{form}") for code in figure.who)
    limit = figure.qualifier.value if figure.qualifier else "exact"
    return say(language, f"figures.kind.{figure.kind.value}", say(language, f"figures.amount.{limit}", number, who))


def _figures(article: Article) -> "Sequence[Figure]":
    from indexer.figures import mentioned_figures

    return [figure for figure in mentioned_figures(article) if not figure.aside]
