"""The edge of the command line: the group, the options that all commands share, and errors turned into a sentence.

Exit status: 0 done, 1 error, 2 misuse, 3 done but something was set aside.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from archive.errors import ArchiveError
from indexer.errors import IndexerError
from web.cli.terminal import safe

DEFAULT_ARCHIVE = Path("sijill-archive")

ERROR, SET_ASIDE = 1, 3

_F = TypeVar("_F", bound=Callable[..., Any])


def text(value: str) -> str:
    """Return an argument as text, read as UTF-8 whatever the locale says; other bytes become replacement characters."""
    with suppress(UnicodeEncodeError):
        return os.fsencode(value).decode("utf-8", "replace")
    return value


PATH = click.Path(path_type=Path)


class Sentence(click.ClickException):
    """An error as one sentence on stderr, exit status 1."""

    def show(self, file: Any = None) -> None:
        """Write the sentence."""
        click.echo(f"sijill: {safe(self.message)}", file=file, err=file is None)


class Edge(click.Group):
    """The top of the command tree: what goes wrong below comes out as a sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _leave_quietly()
        except (ArchiveError, IndexerError) as error:
            raise Sentence(str(error)) from error
        except OSError as error:
            raise Sentence(_of_the_system(error)) from error
        except KeyboardInterrupt:
            raise Sentence("stopped; what was finished is kept, and the same command goes on from there") from None
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if os.environ.get("SIJILL_TRACEBACK"):
                raise
            raise Sentence(_unforeseen(error)) from error


@click.group(cls=Edge, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--archive",
    type=PATH,
    envvar="SIJILL_ARCHIVE",
    metavar="DIR",
    help=f"The folder of the archive; also SIJILL_ARCHIVE. [default: {DEFAULT_ARCHIVE}]",
)
@click.version_option(package_name="sijill", message="sijill %(version)s")
def sijill(archive: Path | None) -> None:
    """A searchable bilingual archive for Arabic reporting.

    Begin with `sijill demo`, or with texts of your own: `sijill add FOLDER`, `sijill build`, `sijill serve`.
    """


def in_archive(command: _F) -> _F:
    """Give a command the option `--archive`, also after its name, and hand it the folder as first argument."""

    @click.option("--archive", type=PATH, metavar="DIR", help="The folder of the archive.")
    @wraps(command)
    def run(*args: Any, archive: Path | None, **options: Any) -> Any:
        return command(archive or archive_folder(), *args, **options)

    return run  # type: ignore[return-value]


def archive_folder() -> Path:
    """Return the folder named before the command or in the environment, else the default."""
    root = click.get_current_context().find_root()
    return root.params.get("archive") or DEFAULT_ARCHIVE


def _of_the_system(error: OSError) -> str:
    where = f": {error.filename}" if error.filename else ""
    return f"the system refused ({error.strerror or error}){where}; check the space and the permissions there"


def _unforeseen(error: Exception) -> str:
    return (
        f"this failed in a way that nobody foresaw ({type(error).__name__}: {error}); what was finished is kept. "
        "Set SIJILL_TRACEBACK=1 and run it again to see where, and please report it"
    )


def _leave_quietly() -> NoReturn:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)
