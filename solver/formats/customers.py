"""What VRPLIB's and Solomon's problems share: customers around one depot, whose goods are on board from the start."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from solver.errors import PlanFault, ProblemError
from solver.formats.lines import Line, in_lines
from solver.formats.orders import Orders
from solver.formats.prices import few_couriers_first, most_travel_s
from solver.formats.route_lists import read_route_lists, write_route_lists
from solver.plan import Plan
from solver.problem import Courier, IntMatrix, Matrix, Problem, Request, Task, TaskRef, Window
from solver.schedule import schedule


@dataclass(frozen=True, slots=True, eq=False)
class VrplibProblem:
    """A problem of drops around a depot, and how its text names things.

    Attributes
    ----------
    customers
        Per request: its number in a solution, which counts customers from 1.
    """

    problem: Problem
    customers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A place to drop at; the first of them is the depot, whose window is the shift of every courier."""

    line: Line
    demand: int = 0
    window: Window = Window()  # noqa: RUF009 - a frozen value
    service_s: int = 0


def make_customers(
    places: Sequence[Customer],
    durations_s: IntMatrix,
    *,
    capacity: int,
    most_couriers: int,
    scale: int,
    few_first: bool,
) -> VrplibProblem:
    """Return the problem of `places`: all served, then (if `few_first`) fewest couriers, then least travel.

    Parameters
    ----------
    scale
        How many seconds are one unit of time, and of distance, in the text.

    Raises
    ------
    ProblemError
        Naming the line of a depot that wants something itself.
    """
    depot, customers = places[0], tuple(range(1, len(places)))
    if depot.demand or depot.service_s:
        raise depot.line.refuse("is the depot, and has a demand or a service time: give 0")
    couriers = min(len(customers), most_couriers)
    travel_s = most_travel_s(durations_s, tasks=len(customers), couriers=couriers, shift=depot.window)
    fixed_cost, price = few_couriers_first(travel_s, couriers)
    if not few_first:
        fixed_cost, price = 0, travel_s
    try:
        problem = Problem(
            matrices=(Matrix(durations_s=durations_s, distances_m=durations_s),),
            couriers=tuple(
                Courier(
                    id=str(number + 1), shift=depot.window, start=0, end=0, capacity=(capacity,), fixed_cost=fixed_cost
                )
                for number in range(couriers)
            ),
            requests=tuple(_request(number, places[number], price) for number in customers),
            dimensions=("units",),
            time_scale=scale,
        )
    except ProblemError as error:
        raise in_lines(error, [places[number].line for number in customers]) from error
    return VrplibProblem(problem=problem, customers=customers)


def write_vrplib(given: VrplibProblem, plan: Plan) -> str:
    """Return a plan as CVRPLIB's solution text. Requests left out have no place in it."""
    routes = [[given.customers[stop.task.request] for stop in route.stops] for route in plan.routes]
    return f"{write_route_lists(routes, 'Route #{}: ')}Cost {_in_units(given.problem, plan.cost.travel)}\n"


def read_vrplib_plan(given: VrplibProblem, text: str) -> Orders:
    """Return the orders of tasks in a solution text.

    Raises
    ------
    ProblemError
        Naming a line that is no route.
    PlanFault
        ``TASK_UNKNOWN`` where a customer does not exist; ``COST_WRONG`` where the text gives a whole number as its
        cost, distances are whole numbers, and the routes make another. A cost that is not whole was counted in
        unrounded distances, and is not compared.
    """
    lists = read_route_lists(text)
    orders = lists.orders({customer: TaskRef(number, 0) for number, customer in enumerate(given.customers)})
    problem = given.problem
    if lists.cost is not None and lists.cost.denominator == problem.time_scale == 1:
        sequences = orders.sequences + ((),) * (len(problem.couriers) - len(orders.sequences))
        if len(sequences) == len(problem.couriers):
            travel = schedule(problem, sequences).cost.travel
            if travel != lists.cost:
                raise PlanFault("COST_WRONG", f"the plan says {lists.cost}, its routes make {travel}")
    return orders


def _in_units(problem: Problem, travel: int) -> str:
    """Return a cost of travel, of which a second costs 1, in the units of the text."""
    scale = problem.time_scale or 1
    return str(travel) if scale == 1 else f"{travel / scale:.{round(math.log10(scale))}f}"


def _request(number: int, customer: Customer, price: int) -> Request:
    drop = Task(place=number, windows=(customer.window,), service_s=customer.service_s, unload=(customer.demand,))
    return Request(id=str(number), unloads=(drop,), price=price)


__all__ = ["Customer", "VrplibProblem", "make_customers", "read_vrplib_plan", "write_vrplib"]
