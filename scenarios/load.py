"""From a scenario file to a day that can be lived through."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from dispatch.errors import DispatchError
from dispatch.hours import check_timezone
from dispatch.model import Order
from dispatch.objective import Objective
from dispatch.policy import Policy
from scenarios.behaviour import Behaviour
from scenarios.build_couriers import couriers_of, rivers_of, travel_of
from scenarios.build_directory import directory_of
from scenarios.build_durations import durations_of, estimates_of
from scenarios.build_stock import stock_of
from scenarios.demand import demands_of
from scenarios.errors import ScenarioError
from scenarios.instants import LocalDay
from scenarios.listed import OrderBook, enter_csv, enter_listed
from scenarios.read import Source, read
from scenarios.scenario import Scenario
from scenarios.schema import MAX_SEED, ScenarioFile

V = TypeVar("V")


def load(path_or_name: str | Path, *, overrides: Sequence[str] = (), seed: int | None = None) -> Scenario:
    """Read, check and generate a day.

    Parameters
    ----------
    path_or_name
        A TOML file, or the bare name of a shipped one (``plaza``).
    overrides
        ``key.path=value`` texts (`scenarios.overrides`), applied before anything is checked.
    seed
        Instead of the file's: 0 to 2147483647.

    Raises
    ------
    ScenarioError
        If a file cannot be read or is wrong; names file, place and what is allowed, several faults together.
    """
    tables, source = read(path_or_name, overrides=overrides)
    if seed is not None:
        if not 0 <= seed <= MAX_SEED:
            raise ScenarioError(f"seed {seed}: give 0 to {MAX_SEED}")
        tables = tables.model_copy(update={"seed": seed})
    return build(tables, source)


def build(tables: ScenarioFile, source: Source) -> Scenario:
    """Turn checked tables into domain values, and generate the orders.

    Raises
    ------
    ContentFault
        If tables contradict each other, or values are refused by the domain.
    """
    day = _day(tables, source)
    start_s = day.at_s(_clock_s(tables))
    end_s = start_s + round(tables.hours * 3600)
    directory = directory_of(tables, source)
    rivers = rivers_of(tables, source)
    believed, true_travel = travel_of(tables, source, rivers)
    couriers = couriers_of(tables, source, directory, day, start_s=start_s, end_s=end_s)
    stock = stock_of(tables, source, directory, seed=tables.seed)
    durations = durations_of(tables, source)
    estimates = estimates_of(tables, source, durations)
    behaviour = _value(source, Behaviour, "behaviour", tables.behaviour)
    policy = _value(source, Policy, "policy", tables.policy)
    objective = _value(source, Objective, "objective", tables.objective)
    demands = demands_of(tables, source, directory, stock)
    book = OrderBook(directory, day, start_s, end_s)
    source.stop_if_wrong()
    enter_listed(tables, book)
    enter_csv(tables, source, book)
    orders = dict(book.orders)
    for number, demand in enumerate(demands):
        for order in demand.orders(start_s=start_s, end_s=end_s, seed=tables.seed):
            if order.id in orders:
                source.wrong(("demand", number, "id"), f"makes order {order.id}, which is listed; give another id")
                break
            orders[order.id] = order
    source.stop_if_wrong()
    return Scenario(
        name=tables.name,
        seed=tables.seed,
        timezone=tables.timezone,
        start_s=start_s,
        end_s=end_s,
        directory=directory,
        couriers=couriers,
        stock=stock,
        orders=tuple(sorted(orders.values(), key=_time_and_id)),
        rejected=tuple(sorted(book.rejected, key=lambda row: (row[1], row[0]))),
        believed=believed,
        true_travel=true_travel,
        estimates=estimates,
        durations=durations,
        behaviour=behaviour,
        policy=policy,
        objective=objective,
        work_limit=tables.solver.work_limit,
        engine=tables.solver.engine,
        rivers=rivers,
    )


def _time_and_id(order: Order) -> tuple[int, str]:
    return order.placed_s, order.id


def _day(tables: ScenarioFile, source: Source) -> LocalDay:
    """Return the day of the start; without a right time zone nothing else can be read."""
    try:
        check_timezone("timezone", tables.timezone)
    except DispatchError as error:
        source.wrong_value((), error)
    if tables.start.tzinfo is not None:
        source.wrong(("start",), f"{tables.start.isoformat()}: give local time without offset; timezone says the rest")
    source.stop_if_wrong()
    return LocalDay(tables.start.date(), tables.timezone)


def _clock_s(tables: ScenarioFile) -> int:
    return tables.start.hour * 3600 + tables.start.minute * 60 + tables.start.second


def _value(source: Source, kind: type[V], key: str, table: Any) -> V:
    """Build a parameters dataclass of a table with the same fields; for what it refuses the defaults stand in."""
    try:
        return kind(**table.model_dump())
    except DispatchError as error:
        source.wrong_value((key,), error)
        return kind()
