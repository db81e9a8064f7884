"""Other spellings are offered on the page, in the data and on the command line."""

from pathlib import Path

from click.testing import CliRunner
from flask.testing import FlaskClient

from web.cli import sijill


def test_the_page_links_to_the_other_spelling(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "البغوز"}).text
    assert 'class="suggestions"' in page
    assert "الباغوز</" in page
    assert client.get("/search.json", query_string={"q": "Bahgouz"}).json["suggestions"][0] == "Baghouz"
    assert 'class="suggestions"' not in client.get("/search", query_string={"q": "الباغوز"}).text


def test_the_command_line_prints_the_other_spelling(seed_archive: Path) -> None:
    result = CliRunner().invoke(sijill, ["--archive", str(seed_archive), "search", "civillians"])
    assert "civilians" in result.stdout.replace("civillians", ""), result.output
