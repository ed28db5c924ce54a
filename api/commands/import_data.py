"""`doorstep import`: scenario files made of published data sets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

BAD_INPUT = 2
"""Exit status where a file or an option is wrong."""

app = typer.Typer(help="Make a scenario of a published data set.", no_args_is_help=True)


@app.callback()
def formats() -> None:
    """Make a scenario of a published data set."""


@app.command("instant-delivery")
def instant_delivery(
    file: Annotated[Path, typer.Argument(help="A file of the data set, such as zip.txt.")],
    orders_per_hour: Annotated[float, typer.Option(help="Orders an hour, at random, over all clients alike.")],
    out: Annotated[Path, typer.Option(help="The scenario file to write; its CSV files go beside it.")],
    couriers_per_store: Annotated[
        int | None, typer.Option(help="Couriers a store; as many as the file says if not given.")
    ] = None,
    hours: Annotated[float, typer.Option(help="How long orders come in; couriers stay an hour longer.")] = 4.0,
    seed: Annotated[int, typer.Option(help="Seed of the scenario.")] = 1,
    promise_minutes: Annotated[int, typer.Option(help="Minutes from order to door that are promised.")] = 30,
    skus: Annotated[int, typer.Option(help="How many skus every store has.")] = 1,
    timezone: Annotated[str, typer.Option(help="Time zone of the stores.")] = "America/Chicago",
    grid_sw: Annotated[
        str | None,
        typer.Option(metavar="LAT,LON", help="South-west corner, where coordinates are steps of a grid."),
    ] = None,
    grid_step_m: Annotated[float, typer.Option(help="Metres of a grid step, with --grid-sw.")] = 50.0,
) -> None:
    """Stores, customers and travel of the instant-delivery data: orders at random, couriers at the stores."""
    from rich.console import Console

    from scenarios.errors import ScenarioError
    from scenarios.importers.instant_day import Wishes, write
    from scenarios.importers.instant_delivery import Grid, parse
    from solver.words import told_count

    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    try:
        wishes = Wishes(
            orders_per_hour=orders_per_hour,
            couriers_per_store=couriers_per_store,
            hours=hours,
            seed=seed,
            promise_minutes=promise_minutes,
            skus=skus,
            timezone=timezone,
        )
        grid = None if grid_sw is None else Grid.read(grid_sw, step_m=grid_step_m)
        with console.status(f"reading {file} …"):
            data = parse(file, grid=grid)
            paths = write(data, wishes, out)
    except ScenarioError as error:
        console.print(f"doorstep: {error}")
        raise typer.Exit(BAD_INPUT) from None
    counted = f"{told_count(len(data.stores), 'store')}, {told_count(len(data.clients), 'client')}"
    console.print(f"{counted}; wrote {', '.join(map(str, paths))}")
    console.print(f"now: doorstep simulate {paths[0]}")
