"""A plan as other programs tell it: who does what in which order. The times are counted here, not read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from solver.errors import PlanFault
from solver.plan import LeftOut, Plan
from solver.problem import Problem, Sequences
from solver.schedule import schedule


@dataclass(frozen=True, slots=True)
class Orders:
    """Orders of tasks, one tuple for each courier, the first ones if there are more; and who is said to be left out."""

    sequences: Sequences
    left_out: tuple[LeftOut, ...] = ()


def time_orders(problem: Problem, orders: Orders) -> Plan:
    """Return the plan that has every task as early as its order allows.

    What is neither on a route nor said to be left out is not in the plan: `solver.check` says so.

    Raises
    ------
    PlanFault
        ``COURIER_UNKNOWN`` where there are more routes than couriers.
    """
    routes, couriers = len(orders.sequences), len(problem.couriers)
    if routes > couriers:
        raise PlanFault("COURIER_UNKNOWN", f"there are {routes} routes and {couriers} couriers")
    sequences = orders.sequences + ((),) * (couriers - routes)
    told = {item.request for item in orders.left_out}
    plan = schedule(problem, sequences, left_out=orders.left_out)
    return replace(plan, left_out=tuple(item for item in plan.left_out if item.request in told))


__all__ = ["Orders", "time_orders"]
