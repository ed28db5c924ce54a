"""The scenario file as a whole. `docs/scenarios.md` is its reference; `scenarios.load` reads one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields
from typing import Annotated, Any, Literal, get_type_hints

from pydantic import Field, create_model

from dispatch.objective import Objective
from dispatch.policy import Policy
from scenarios.behaviour import Behaviour
from scenarios.schema_base import Id, Many, Says, Table
from scenarios.schema_demand import DemandTable
from scenarios.schema_durations import DurationsTable, EstimatesTable
from scenarios.schema_orders import OrderTable, ServiceLevelTable
from scenarios.schema_people import CourierTable, FleetTable, ProfileTable
from scenarios.schema_places import (
    ItemTable,
    RiverTable,
    SiteTable,
    StockRuleTable,
    StockTable,
    StoreTable,
    ZoneTable,
)

MAX_SEED = 2**31 - 1


def _table_of(value: type[Any]) -> type[Table]:
    """Return a table with the fields and defaults of a frozen dataclass, which checks the bounds itself."""
    hints = get_type_hints(value)
    columns: Mapping[str, Any] = {field.name: (hints[field.name], field.default) for field in fields(value)}
    return create_model(f"{value.__name__}Table", __base__=Table, __doc__=value.__doc__, **columns)


# Made of the dataclasses, so that a new field of theirs is a key of the file by itself; type checkers do not see that.
BehaviourTable = _table_of(Behaviour)
PolicyTable = _table_of(Policy)
ObjectiveTable = _table_of(Objective)


class FilesTable(Table):
    """CSV files whose rows are read as if they stood in the file, after what stands there."""

    items: str | None = None
    stores: str | None = None
    stock: str | None = None
    couriers: str | None = None
    orders: str | None = None


class SolverTable(Table):
    """How hard to look for a plan."""

    work_limit: Annotated[int, Field(ge=0, le=MAX_SEED)] = 1
    engine: Literal["auto", "search", "ortools", "insertion"] = "auto"


class ScenarioFile(Table):
    """All tables of a scenario file."""

    name: Id
    description: str = ""
    seed: Annotated[int, Field(ge=0, le=MAX_SEED)] = 1
    timezone: str
    start: Annotated[
        dt.datetime,
        Field(ge=dt.datetime(1971, 1, 1), le=dt.datetime(2199, 12, 31)),
        Says("a local date-time from 1971 to 2199, as 2025-06-12T09:00:00"),
    ]
    hours: Annotated[float, Field(gt=0.0, le=48.0)]
    files: FilesTable = FilesTable()
    zones: Many[ZoneTable] = ()
    sites: Many[SiteTable] = ()
    stores: Many[StoreTable] = ()
    rivers: Many[RiverTable] = ()
    items: Many[ItemTable] = ()
    stock: Many[StockTable] = ()
    stock_rules: Many[StockRuleTable] = ()
    profiles: Many[ProfileTable] = ()
    couriers: Many[CourierTable] = ()
    fleets: Many[FleetTable] = ()
    service_levels: Many[ServiceLevelTable] = ()
    orders: Many[OrderTable] = ()
    demand: Many[DemandTable] = ()
    durations: DurationsTable = DurationsTable()
    estimates: EstimatesTable = EstimatesTable()
    behaviour: BehaviourTable = BehaviourTable()  # type: ignore[valid-type]
    policy: PolicyTable = PolicyTable()  # type: ignore[valid-type]
    objective: ObjectiveTable = ObjectiveTable()  # type: ignore[valid-type]
    solver: SolverTable = SolverTable()
