"""VROOM's costs as whole cost units, and back.

VROOM charges travel by the hour and by the kilometre, and adds up fractions. Cost units here are whole, so that all
costs are counted in parts of VROOM's: as few to one as make every cost a whole number, 18,000 at most.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from solver.problem import FOREVER_S, UNREACHABLE_S, Courier, Matrix, Request

PER_HOUR = 3_600
"""VROOM's default: a second of travel costs 1."""

PARTS = 18_000
"""Parts of VROOM's unit that make whole numbers of costs by the second and by the metre."""

_S_IN_PARTS, _M_IN_PARTS = PARTS // 3_600, PARTS // 1_000

LEAST_PRICE = 10_000
"""Price of a task left out, in VROOM's units, for every 1 of 1 + priority; higher where routes could cost more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleCosts:
    """What a vehicle costs, in VROOM's units. `by_table` is set where a table of costs says what each way costs."""

    fixed: int = 0
    per_hour: int = PER_HOUR
    per_task_hour: int = 0
    per_km: int = 0
    by_table: bool = False

    def put_on(self, courier: Courier) -> Courier:
        """Return a courier with these costs, in parts."""
        if self.by_table:
            return replace(
                courier,
                fixed_cost=self.fixed * PARTS,
                cost_per_s=0,
                cost_per_m=PARTS,
                cost_per_service_s=self.per_task_hour * _S_IN_PARTS,
            )
        return replace(
            courier,
            fixed_cost=self.fixed * PARTS,
            cost_per_s=self.per_hour * _S_IN_PARTS,
            cost_per_m=self.per_km * _M_IN_PARTS,
            cost_per_service_s=self.per_task_hour * _S_IN_PARTS,
        )

    def of_route(self, *, travel_s: int, distance_m: int, task_s: int) -> int:
        """Return what a route costs, rounded as VROOM does: travel to the nearest whole, task time down.

        With a table of costs, `distance_m` is what its ways cost.
        """
        if self.by_table:
            travel = distance_m
        else:
            parts = travel_s * self.per_hour * _S_IN_PARTS + distance_m * self.per_km * _M_IN_PARTS
            travel = (2 * parts + PARTS) // (2 * PARTS)
        return self.fixed + travel + task_s * self.per_task_hour // 3_600


def in_few_parts(couriers: Sequence[Courier]) -> tuple[int, tuple[Courier, ...]]:
    """Return how few cost units can be one of VROOM's, and couriers whose costs are in these."""
    rates = [rate for c in couriers for rate in (c.cost_per_s, c.cost_per_m, c.cost_per_service_s)]
    divisor = math.gcd(PARTS, *rates)
    return PARTS // divisor, tuple(
        replace(
            courier,
            fixed_cost=courier.fixed_cost // divisor,
            cost_per_s=courier.cost_per_s // divisor,
            cost_per_m=courier.cost_per_m // divisor,
            cost_per_service_s=courier.cost_per_service_s // divisor,
        )
        for courier in couriers
    )


def price_of_leaving_out(
    couriers: Sequence[Courier], requests: Iterable[Request], matrices: Sequence[Matrix], *, unit: int
) -> int:
    """Return more than any routes can cost: each task and each end is reached by one way, of the dearest at most."""
    tasks = [task for request in requests for task in request.tasks]
    used = {courier.profile for courier in couriers}
    to_s = {number: _dearest_ways(matrices[number], by_distance=False) for number in used}
    to_m = {number: _dearest_ways(matrices[number], by_distance=True) for number in used}
    rates = {(c.profile, c.cost_per_s, c.cost_per_m) for c in couriers}
    travel = sum(max((per_s * to_s[n][task.place] for n, per_s, _ in rates), default=0) for task in tasks)
    travel += sum(c.cost_per_s * to_s[c.profile][c.end] for c in couriers if c.end is not None)
    if all(courier.shift.latest_s < FOREVER_S for courier in couriers):
        travel = min(travel, sum(c.cost_per_s * (c.shift.latest_s - c.shift.earliest_s) for c in couriers))
    distance = sum(max((per_m * to_m[n][task.place] for n, _, per_m in rates), default=0) for task in tasks)
    distance += sum(c.cost_per_m * to_m[c.profile][c.end] for c in couriers if c.end is not None)
    per_service_s = max((courier.cost_per_service_s for courier in couriers), default=0)
    service = per_service_s * sum(task.setup_s + task.service_s for task in tasks)
    fixed = sum(courier.fixed_cost for courier in couriers)
    return max(LEAST_PRICE * unit, travel + distance + service + fixed + 1)


def _dearest_ways(matrix: Matrix, *, by_distance: bool) -> list[int]:
    """Return the most that a way to each place takes, of those that there are."""
    table = matrix.distances_m if by_distance else matrix.durations_s
    most: list[int] = table.max(axis=0, where=matrix.durations_s < UNREACHABLE_S, initial=0).tolist()
    return most


__all__ = ["LEAST_PRICE", "PER_HOUR", "VehicleCosts", "in_few_parts", "price_of_leaving_out"]
