"""Articles and result pages as JSON: the same on the web, beside each page, and in the terminal's `--json`."""

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from archive.document import Note, PublicationDate
from archive.translation import Article, Translation
from web.catalogue import LANGUAGES, has, say, say_note

if TYPE_CHECKING:
    from indexer.hit import Bucket, Hit, ResultPage, Snippet, Span
    from indexer.wordcard import WordCard

Record = dict[str, Any]

_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def as_json(record: object) -> str:
    """Return a record as JSON text: letters as they are, what could steer a terminal or reorder a line escaped.

    >>> as_json({"ar": "الباغوز", "trick": "a\\u202eb"})
    '{"ar": "الباغوز", "trick": "a\\\\u202eb"}'
    """
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(record, ensure_ascii=False))


def note_record(note: Note) -> list[str | int | float]:
    """Return a note as its code followed by its arguments."""
    return [note.code, *note.args]


def date_record(date: PublicationDate) -> Record:
    """Return a publication date."""
    return {
        "value": date.value,
        "precision": date.precision.value,
        "basis": date.basis.value if date.basis else None,
        "alternatives": list(date.alternatives),
        "note": date.note.code if date.note else None,
    }


def search_record(page: "ResultPage", language: str = LANGUAGES[0]) -> Record:
    """Return a page of results; the query is explained in words of the interface language."""
    return {
        "query": page.query,
        "explained": " ".join(say_note(language, note) for note in page.explained),
        "relaxed": None if page.relaxed is None else {"minimum": page.relaxed},
        "total": page.total,
        "undated": page.undated,
        "hits": [hit_record(hit) for hit in page.hits],
        "facets": {
            field: [{"value": b.value, "label": _label(field, b, language), "count": b.count} for b in buckets]
            for field, buckets in page.facets.items()
        },
        "suggestions": list(page.suggestions),
    }


def _label(field: str, bucket: "Bucket", language: str) -> str:
    code = f"{field}.{bucket.value}"
    return say(language, code) if has(code) else bucket.named(language)


def hit_record(hit: "Hit") -> Record:
    """Return one hit with its snippets."""
    return {
        "id": hit.id,
        "title": hit.title,
        "title_en": hit.title_en,
        "outlet": hit.outlet,
        "date": date_record(hit.date),
        "score": round(hit.score, 6),
        "level": hit.level.value if hit.level else None,
        "matched_in": list(hit.matched_in),
        "missing": list(hit.missing),
        "snippets": [_snippet(snippet) for snippet in hit.snippets],
        "why": [
            {"word": r.word, "level": r.level.value, "side": r.side.value, "surface": r.surface, "count": r.count}
            for r in hit.why
        ],
    }


def listed_record(article: Article) -> Record:
    """Return an article as the list of articles shows it."""
    return {
        "id": article.id,
        "title": article.document.title,
        "title_en": title_in_english(article),
        "outlet": article.document.outlet,
        "date": date_record(article.document.date),
    }


def cards_record(text: str, cards: "Iterable[WordCard]", *, lexicon: bool) -> Record:
    """Return the words of a text taken apart; `lexicon` says whether there was one to ask."""
    return {"text": text, "lexicon": lexicon, "words": [_card(card) for card in cards]}


def article_record(article: Article) -> Record:
    """Return an article whole: blocks, sentences with their English, date, hash."""
    document = article.document
    return {
        "id": article.id,
        "version": article.version,
        "sha256": article.sha256,
        "title": document.title,
        "title_en": title_in_english(article),
        "outlet": document.outlet,
        "url": document.url,
        "date": date_record(document.date),
        "blocks": [
            {"kind": b.kind.value, "start": b.start, "end": b.end, "text": document.block_text(b)}
            for b in document.blocks
        ],
        "sentences": [
            {
                "id": article.sentence_id(number),
                "block": sentence.block,
                "start": sentence.start,
                "end": sentence.end,
                "ar": document.sentence_text(sentence),
                **_english(translation),
            }
            for number, (sentence, translation) in enumerate(article.pairs(), start=1)
        ],
    }


def title_in_english(article: Article) -> str | None:
    """Return the English of the title's sentences; None where the title, or part of it, has none."""
    lines = [t for s, t in article.pairs() if article.document.blocks[s.block].kind == "title"]
    if not lines or None in lines:
        return None
    return " ".join(line.text for line in lines if line)


def _english(translation: Translation | None) -> Record:
    if translation is None:
        empty: Record = dict.fromkeys(("en", "origin", "engine", "model", "by", "time"))
        return empty | {"trust": [], "alignment": []}
    return {
        "en": translation.text,
        "origin": translation.origin.value,
        "engine": translation.engine,
        "model": translation.model,
        "by": translation.by,
        "time": translation.time,
        "trust": [note_record(note) for note in translation.trust],
        "alignment": [
            [pair.source_start, pair.source_end, pair.target_start, pair.target_end, pair.confidence]
            for pair in translation.alignment
        ],
    }


def _card(card: "WordCard") -> Record:
    token = card.token
    return {
        "word": token.text,
        "start": token.start,
        "end": token.end,
        "stop": token.stop,
        "terms": [{"level": term.level.value, "text": term.text} for term in token.terms],
        "steps": [
            {"level": step.level.value, "text": step.text, "rule": step.rule, "what": step.what} for step in card.steps
        ],
        "readings": [
            {
                "vocalised": reading.vocalised,
                "lemma": reading.lemma,
                "part_of_speech": reading.part_of_speech.value,
                "prefixes": [{"text": affix.text, "kind": affix.kind.value} for affix in reading.prefixes],
                "stem": reading.stem,
                "suffixes": [{"text": affix.text, "kind": affix.kind.value} for affix in reading.suffixes],
                "glosses": list(reading.glosses),
                "share": round(reading.weight, 4),
            }
            for reading in card.readings
        ],
        "names": [
            {"id": e.id, "kind": e.kind.value, "arabic": list(e.arabic), "english": list(e.english)} for e in card.names
        ],
    }


def _snippet(snippet: "Snippet") -> Record:
    return {
        "sentence": snippet.sentence,
        "ar": _spans(snippet.ar),
        "en": _spans(snippet.en),
        "origin": snippet.origin.value if snippet.origin else None,
        "trust": [note_record(note) for note in snippet.trust],
    }


def _spans(spans: Iterable["Span"]) -> list[Record]:
    return [
        {"text": s.text, "mark": None if s.mark is None else {"level": s.mark.level.value, "by": s.mark.by.value}}
        for s in spans
    ]
