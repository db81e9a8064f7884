"""What every page has: its language, its words, its links, its headers, and how foreign text is kept inert."""

import re

from flask import Flask, Response, g, request, url_for
from jinja2.ext import Extension
from markupsafe import Markup, escape

from archive.document import Note
from archive.translation import Article, Translation
from web.asking import Choice
from web.catalogue import LANGUAGES, Argument, fill, has, say
from web.catalogue.dates import date_in_words
from web.records import title_in_english

DIRECTIONS = {"en": "ltr", "ar": "rtl"}

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

KEPT = ("q", "page", "levels", "names", "view", "version", "sort", "by")
"""What the switch of language keeps of an address."""

_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_FOREIGN = {
    "ar": re.compile(r"[@#]?[A-Za-z](?:[\w\x20@#.,:;/?&=%+'’()-]*[A-Za-z0-9_/])?", re.ASCII),
    "en": re.compile(r"#?[\u0620-\u065f\u066e-\u06ef](?:[\u0620-\u06ef\s0-9،؛_]*[\u0620-\u065f\u066e-\u06ef])?"),
}
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff]")


class Flush(Extension):
    """Reads templates without their indentation, so that pages stay light."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source of a template with its lines set flush."""
        return _INDENT.sub("", source)


def dress(app: Flask) -> None:
    """Give the app's templates their words and filters, and its responses their headers."""
    app.jinja_env.finalize = _inert
    app.jinja_env.add_extension(Flush)
    app.jinja_env.filters.update(run=run, in_words=in_words, inline=inline, tongue=_tongue)
    app.jinja_env.globals.update(
        t=words,
        plain=lambda code, *args: say(interface_language(), code, *args),
        date_words=lambda value: date_in_words(interface_language(), value),
        has_mark=lambda spans: any(span.mark for span in spans),
        facet_label=_facet_label,
        english_title=title_in_english,
        title_origin=_title_origin,
        title_line=_title_line,
        safe_address=lambda address: address.lower().startswith(("http://", "https://")),
    )
    app.context_processor(_words)
    app.url_defaults(_keep_language)
    app.after_request(_headers)


def interface_language() -> str:
    """Return the language of the interface: as asked in the address, else as the browser prefers."""
    if "language" not in g:
        asked = request.args.get("ui", "")
        accepted = (name.lower().partition("-")[0] for name in request.accept_languages.values())
        preferred = next((name for name in accepted if name in LANGUAGES), LANGUAGES[0])
        g.language = asked if asked in LANGUAGES else preferred
    language: str = g.language
    return language


def words(code: str, *args: Argument) -> Markup:
    """Return a message for a page; each argument, and each member of a list with commas, is an isolated run."""
    language = interface_language()
    comma = escape(say(language, "ui.comma") + " ")
    parts = fill(language, code, args, lambda arg: comma.join(map(run, arg.split(", "))))
    return Markup(parts)  # noqa: S704 (the messages are ours, and `run` escapes what fills them)


def run(text: object) -> Markup:
    """Return a piece of text for use inside other text: isolated, with its language and direction."""
    shown = visible(str(text))
    language = script(shown)
    if language is None:
        return Markup("<bdi>{}</bdi>").format(shown)
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(language, DIRECTIONS[language], shown)


def script(text: str) -> str | None:
    """Return the language that the script of a text suggests: `ar`, `en`, or None where it has no letters.

    >>> script("قسد 2019"), script("Baghouz"), script("2019")
    ('ar', 'en', None)
    """
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    if not arabic and not latin:
        return None
    return "ar" if arabic >= latin else "en"


def inline(text: str, language: str) -> Markup:
    """Return running text in one language, with the runs of the other script in it isolated.

    >>> inline("كتب @Ali_Q: نعم", "ar")
    Markup('كتب <bdi lang="en" dir="ltr">@Ali_Q</bdi>: نعم')
    """
    pieces, at = [], 0
    for match in _FOREIGN[language].finditer(text):
        pieces += [escape(visible(text[at : match.start()])), run(match[0])]
        at = match.end()
    return Markup("").join([*pieces, escape(visible(text[at:]))])


def visible(text: str) -> str:
    """Return a text with the characters that could corrupt or reorder a page made visible and harmless.

    >>> visible("a\\x00b\\u202ec")
    'a\\u2400b⟨U+202E⟩c'
    """
    return _CONTROLS.sub(_picture, text)


def in_words(note: Note) -> Markup:
    """Return a note as a sentence for a page."""
    return words(f"note.{note.code}", *note.args)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else f"⟨U+{code:04X}⟩"


def _inert(value: object) -> object:
    return value if isinstance(value, Markup) or not isinstance(value, str) else visible(value)


def _words() -> dict[str, object]:
    language = interface_language()
    other = next(name for name in LANGUAGES if name != language)
    return {
        "language": language,
        "direction": DIRECTIONS[language],
        "other": other,
        "other_direction": DIRECTIONS[other],
        "other_address": _same_page(other),
        "kept_language": request.args.get("ui", "") in LANGUAGES,
    }


def _tongue(text: str) -> Markup:
    """Return the attributes that say a line's language and direction, by its script."""
    language = script(text)
    return (
        Markup('dir="auto"')
        if language is None
        else Markup('lang="{}" dir="{}"').format(language, DIRECTIONS[language])
    )


def _title_origin(article: Article) -> str | None:
    from indexer.search import title_origin

    return title_origin(article)


def _title_line(article: Article) -> Translation | None:
    """Return a line of the title that was made in the least trusted way, None where there is no English title."""
    made = _title_origin(article)
    lines = (t for s, t in article.pairs() if t and article.document.blocks[s.block].kind == "title")
    return next((line for line in lines if line.origin == made), None)


def _facet_label(field: str, choice: Choice) -> Markup:
    return words(f"{field}.{choice.value}") if has(f"{field}.{choice.value}") else run(choice.label)


def _same_page(language: str) -> str:
    arguments = {name: request.args[name] for name in KEPT if name in request.args}
    if request.endpoint is None or request.method not in ("GET", "HEAD") or request.path.endswith(".json"):
        return url_for("search.start", ui=language)
    return url_for(request.endpoint, **(request.view_args or {}) | arguments | {"ui": language})


def _keep_language(endpoint: str, values: dict[str, object]) -> None:
    if endpoint != "static" and "ui" not in values and request and request.args.get("ui") in LANGUAGES:
        values["ui"] = request.args["ui"]


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.vary.add("Accept-Language")
    return response
