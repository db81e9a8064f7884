"""`search`, `show`, `analyze`, `stats`: what an archive says."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.errors import DamagedIndex, NoIndex, StaleIndex
from web.asking import read_levels
from web.catalogue import say, say_note
from web.cli.edge import in_archive, text
from web.cli.terminal import LANGUAGE, date_words, heading, marked, origin_words, safe
from web.figures import record_with_figures
from web.records import as_json, cards_record, search_record, title_in_english

if TYPE_CHECKING:
    from archive.translation import Article
    from indexer.analysis import Analyzer
    from indexer.hit import Hit, ResultPage, Snippet
    from indexer.wordcard import WordCard

FORMS = 6
"""Forms of a word named as the reason of a hit."""

_json = click.option("--json", "as_data", is_flag=True, help="Print JSON.")


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, required=True, type=text)
@_json
@click.option("--limit", type=click.IntRange(0, 1000), default=10, show_default=True, help="Hits at most.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Hits to pass over.")
@click.option("--levels", type=text, metavar="NAMES", help="Levels of match that count, with commas: exact,folded.")
@click.option("--no-names", is_flag=True, help="Don’t look for names in the other script.")
@in_archive
def search(
    folder: Path, query: tuple[str, ...], as_data: bool, limit: int, offset: int, levels: str | None, no_names: bool
) -> None:
    """Search in Arabic, English or both: words, "phrases", -word, OR, prefix*, outlet:, date:, origin:, level:exact."""
    from archive.store import Store
    from indexer.search import Searcher

    chosen = read_levels(levels) if levels else None
    with Store.open(folder) as store:
        page = Searcher(store).search(" ".join(query), limit=limit, offset=offset, levels=chosen, names=not no_names)
    click.echo(as_json(search_record(page)) if as_data else "\n".join(_page(page, offset)))


@click.command()
@click.argument("id", type=text)
@click.option("--version", type=click.IntRange(min=1), help="An older version.")
@_json
@in_archive
def show(folder: Path, id: str, version: int | None, as_data: bool) -> None:
    """One article: its blocks, its sentences with their English, its date, its hash."""
    from archive.store import Store

    with Store.open(folder) as store:
        article = store.article(id, version)
        newest = version is None or version == store.versions(id)[-1][0]
    click.echo(as_json(record_with_figures(article, newest=newest)) if as_data else "\n".join(_article(article)))


@click.command()
@click.argument("words", metavar="TEXT", nargs=-1, required=True, type=text)
@_json
@in_archive
def analyze(folder: Path, words: tuple[str, ...], as_data: bool) -> None:
    """Each word of TEXT through each level, with the rule that fired; where there is an index, by its words."""
    from indexer.gazetteer import load_gazetteer
    from indexer.lexicon import load_lexicon
    from indexer.wordcard import word_cards

    whole, lexicon = " ".join(words), load_lexicon()
    cards = word_cards(whole, _analyzer(folder), lexicon, load_gazetteer())
    if as_data:
        click.echo(as_json(cards_record(whole, cards, lexicon=lexicon is not None)))
        return
    click.echo("\n".join(line for card in cards for line in _card(card)))
    if lexicon is None:
        click.echo(say(LANGUAGE, "card.no_lexicon"))


@click.command()
@_json
@in_archive
def stats(folder: Path, as_data: bool) -> None:
    """The archive in numbers."""
    from archive.store import Store

    with Store.open(folder) as store:
        numbers = store.stats()
    if as_data:
        click.echo(as_json(numbers))
        return
    for name, value in numbers.items():
        inner = value.items() if isinstance(value, dict) else [("", value)]
        said = ", ".join(f"{key} {number:,}".strip() for key, number in inner)
        click.echo(f"{say(LANGUAGE, f'stats.{name}')}: {safe(said)}")


def _card(card: "WordCard") -> list[str]:
    from indexer.wordcard import parts

    lines = [heading(card.token.text)]
    if card.readings:
        lines.append(f"  {safe(' + '.join(text for text, _ in parts(card.readings[0])))}")
    for step in card.steps:
        lines.append(f"  {step.level:<8} {safe(step.text)}  ({safe(say(LANGUAGE, f'rule.{step.rule}', step.what))})")
    for reading in card.readings:
        kind = say(LANGUAGE, f"pos.{reading.part_of_speech}")
        said = f"{reading.vocalised} < {reading.lemma}, {kind}, {reading.weight:.0%}: {'; '.join(reading.glosses)}"
        lines.append(f"  reading  {safe(said)}")
    for entry in card.names:
        names = " | ".join((*entry.english, *entry.arabic))
        lines.append(f"  {say(LANGUAGE, 'card.names'):<8} {safe(f'{entry.id} ({entry.kind}): {names}')}")
    return lines


def _analyzer(folder: Path) -> "Analyzer":
    from indexer.indexing import default_analyzer, open_engine

    engine = open_engine(folder)
    try:
        return default_analyzer(engine.known_words())
    except (NoIndex, StaleIndex, DamagedIndex):
        return default_analyzer()
    finally:
        engine.close()


def _page(page: "ResultPage", offset: int) -> list[str]:
    lines = [heading(f"{say(LANGUAGE, 'results', page.total)}: {page.query}")]
    lines += [safe(" ".join(say_note(LANGUAGE, note) for note in page.explained))] if page.explained else []
    lines += [say(LANGUAGE, "search.relaxed", page.relaxed)] if page.relaxed is not None else []
    lines += [say(LANGUAGE, "search.undated", page.undated)] if page.undated else []
    if page.suggestions:
        lines.append(f"{say(LANGUAGE, 'search.suggestions')}: {safe(' · '.join(page.suggestions))}")
    for number, hit in enumerate(page.hits, start=offset + 1):
        lines += ["", *_hit(number, hit)]
    return lines


def _hit(number: int, hit: "Hit") -> list[str]:
    lines = [heading(f"{number}. {hit.title_en or hit.title}")]
    lines += [f"   {safe(hit.title)}"] if hit.title_en else []
    about = [hit.id, safe(hit.outlet) if hit.outlet else say(LANGUAGE, "outlet.unknown"), date_words(hit.date)]
    about += [say(LANGUAGE, "hit.level", hit.level)] if hit.level else []
    about += [", ".join(say(LANGUAGE, f"matched_in.{side}") for side in hit.matched_in)] if hit.matched_in else []
    lines.append(f"   {' · '.join(about)}")
    lines += [f"   {say(LANGUAGE, 'hit.missing')} {safe(', '.join(hit.missing))}"] if hit.missing else []
    lines += [line for snippet in hit.snippets for line in _snippet(snippet)]
    return [*lines, *_why(hit)]


def _why(hit: "Hit") -> list[str]:
    """Return the reasons of a hit: for each word of the query the forms that it met, the closest first."""
    words: dict[str, list[str]] = {}
    for one in hit.why:
        level = say(LANGUAGE, f"level.{one.level}")
        words.setdefault(one.word, []).append(
            f"{one.surface} ×{one.count} ({level}, {say(LANGUAGE, f'side.{one.side}')})"
        )
    lines = []
    for word, met in words.items():
        rest = [say(LANGUAGE, "why.more", len(met) - FORMS)] if len(met) > FORMS else []
        lines.append(
            f"   {say(LANGUAGE, 'why.title')}: {safe(word)}: {safe('; '.join(met[:FORMS]))} {' '.join(rest)}".rstrip()
        )
    return ["", *lines] if lines else []


def _snippet(snippet: "Snippet") -> list[str]:
    label = say(LANGUAGE, f"origin.{snippet.origin or 'none'}")
    label += f" {say(LANGUAGE, 'origin.elsewhere')}" if snippet.reviewed_in else ""
    lines = ["", f"   {marked(snippet.ar).strip()}", f"   {marked(snippet.en).strip()}".rstrip()]
    lines += [f"   [{label}; {snippet.sentence}]"]
    return lines + [f"   ! {safe(say_note(LANGUAGE, note))}" for note in snippet.trust]


def _article(article: "Article") -> list[str]:
    document = article.document
    title_en = title_in_english(article)
    lines = [heading(title_en), heading(document.title)] if title_en else [heading(document.title)]
    outlet = safe(document.outlet) if document.outlet else say(LANGUAGE, "outlet.unknown")
    agency = [safe(say(LANGUAGE, "record.agency_is", document.agency))] if document.agency else []
    lines.append(" · ".join([outlet, *agency, date_words(document.date)]))
    lines += [safe(say_note(LANGUAGE, document.date.note))] if document.date.note else []
    lines += [f"{article.id}, version {article.version}, SHA-256 {article.sha256}"]
    pairs = list(enumerate(article.pairs(), start=1))
    for place, block in enumerate(document.blocks):
        own = [(number, pair) for number, pair in pairs if pair[0].block == place]
        lines += [""] if block.kind == "body" else ["", f"[{say(LANGUAGE, f'kind.{block.kind}')}]"]
        lines += [] if own else [safe(document.block_text(block))]
        for number, (sentence, made) in own:
            lines.append(f"{number:>3}  {safe(document.sentence_text(sentence).strip())}")
            lines += [f"     {safe(made.text)}"] if made else []
            lines.append(f"     [{origin_words(made, article.id)}]")
            lines += [f"     ! {safe(say_note(LANGUAGE, note))}" for note in (made.trust if made else ())]
    return lines


COMMANDS: tuple[click.Command, ...] = (search, show, analyze, stats)
