"""The command line: `doorstep COMMAND`."""

from __future__ import annotations

import sys
from importlib.metadata import version as installed_version

import typer

from api.commands.check import check
from api.commands.draw import draw
from api.commands.explain import explain
from api.commands.import_data import app as importers
from api.commands.plan import plan
from api.commands.simulate import simulate
from api.commands.warm_up import warm_up

app = typer.Typer(
    name="doorstep",
    help="Last-mile delivery dispatch: every order to its nearest store, every courier on time.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("simulate")(simulate)
app.command("plan")(plan)
app.command("check")(check)
app.command("draw")(draw)
app.command("explain")(explain)
app.add_typer(importers, name="import")
app.command("warm-up")(warm_up)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"doorstep {installed_version('doorstep')}")
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Take the options that stand before a command."""


def main() -> None:
    """Run the command line."""
    try:
        app()
    except BrokenPipeError:  # the reader of our output has gone: nothing is wrong
        sys.exit(0)
