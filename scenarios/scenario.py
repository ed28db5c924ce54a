"""A day, ready to be lived through: everything a scenario file says, checked, generated and in domain values."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch.directory import Directory
from dispatch.estimates import Estimates
from dispatch.model import Courier, Order
from dispatch.objective import Objective
from dispatch.policy import Policy
from geo.barriers import River
from geo.travel import TravelTimes
from scenarios.behaviour import Behaviour
from scenarios.durations import Durations


@dataclass(frozen=True, slots=True, kw_only=True)
class StockRow:
    """Units of a sku on a store's shelf when the day begins, and how many of them are kept back from sale."""

    store: str
    sku: str
    quantity: int
    buffer: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A day for `scenarios.run`.

    `orders` are in the order of `placed_s`, then id; `rejected` are orders of the input that could not even be read
    into the model (an unknown sku, a place off the map), as (row or id, reason), each of which ends refused.
    `believed` are the travel times the planner has, `true_travel` those the world moves by before the drawn factor.
    """

    name: str
    seed: int
    timezone: str
    start_s: int
    end_s: int
    directory: Directory
    couriers: tuple[Courier, ...]
    stock: tuple[StockRow, ...]
    orders: tuple[Order, ...]
    rejected: tuple[tuple[str, int, str], ...]
    believed: TravelTimes
    true_travel: TravelTimes
    estimates: Estimates
    durations: Durations
    behaviour: Behaviour
    policy: Policy
    objective: Objective
    work_limit: int
    engine: str
    rivers: tuple[River, ...] = ()
