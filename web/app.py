"""The Flask app: a reading room over one archive."""

from pathlib import Path
from typing import Any

from flask import Flask

from web import failures, frame, layers
from web.pages import about, article, changes, concordance, record, search, takeaway, words
from web.room import Room


def create_app(folder: Path, **settings: Any) -> Flask:
    """Return the app that serves the archive in `folder`.

    Nothing is opened before the first request, and nothing is written. `settings` are Flask's own.
    """
    app = Flask("web")
    app.config.from_mapping(settings)
    app.jinja_options = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    app.url_map.strict_slashes = False
    app.extensions["room"] = Room(Path(folder))

    for family in (search, article, record, changes, about, words, concordance, takeaway):
        app.register_blueprint(family.pages)
    frame.dress(app)
    failures.answer(app)
    layers.show_layers(app)
    return app
