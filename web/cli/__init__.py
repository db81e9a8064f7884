"""The `sijill` command. One file per family of commands; what each needs is imported when it runs."""

import sys

from web.cli import build, collect, demo, export, find, measure, memory, models, serve
from web.cli.edge import sijill

__all__ = ["main", "sijill"]

for family in (collect, build, find, measure, models, memory, export, serve, demo):
    for command in family.COMMANDS:
        sijill.add_command(command)


def main() -> None:
    """Run the command line; text goes out as UTF-8 whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sijill(prog_name="sijill")
