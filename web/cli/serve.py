"""`serve`: the pages."""

import errno
import logging
import socket
from pathlib import Path

import click

from archive.errors import ArchiveError
from web.cli.edge import in_archive, text

THREADS = 8


@click.command()
@click.option("--host", type=text, default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free one.")
@in_archive
def serve(folder: Path, host: str, port: int) -> None:
    """Serve the pages, on this machine alone unless another --host is named."""
    from archive.store import Store

    Store.open(folder).close()
    serve_pages(folder, listen(host, port))


def listen(host: str, port: int, *, spare: int = 0) -> socket.socket:
    """Return a socket that listens on the port, or on one of the `spare` ports after it. Raises `ArchiveError`."""
    for candidate in range(port, min(port + spare, 65535) + 1):
        try:
            return socket.create_server((host, candidate), family=_family(host), backlog=128)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise ArchiveError(f"can't listen on {host}: {error.strerror or error}; name another --host") from error
            reason = error.strerror
    raise ArchiveError(f"port {port} on {host} can't be used ({reason}); name another --port")


def serve_pages(folder: Path, listener: socket.socket) -> None:
    """Serve the archive until Ctrl-C."""
    import waitress

    from web.app import create_app

    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    app = create_app(folder)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        click.echo(f"The pages are at http://{shown}:{port}/ (stop with Ctrl-C).")
        waitress.serve(app, sockets=[listener], threads=THREADS, ident=None, _quiet=True)
    except KeyboardInterrupt:
        pass
    finally:
        app.extensions["room"].close()
        listener.close()


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


COMMANDS: tuple[click.Command, ...] = (serve,)
