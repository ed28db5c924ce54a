"""What the formats of pickup and delivery with time windows share: numbered nodes, in pairs, around one depot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from solver.errors import ProblemError
from solver.formats.lines import Line, Word, in_lines
from solver.formats.orders import Orders
from solver.formats.prices import few_couriers_first, most_travel_s
from solver.formats.route_lists import read_route_lists, write_route_lists
from solver.plan import Plan
from solver.problem import Courier, IntMatrix, Matrix, Problem, Request, Task, TaskRef, Window

NODE = ("demand", "open", "close", "service", "pickup", "delivery")


@dataclass(frozen=True, slots=True, eq=False)
class PdptwProblem:
    """A problem of pickups and deliveries, and how its text names things.

    Attributes
    ----------
    nodes
        Per request: the numbers of its pickup and of its delivery.
    """

    problem: Problem
    nodes: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A row of the text. Of `pickup` and `delivery`, the one that is not 0 names the other half of the pair."""

    line: Line
    demand: int
    window: Window
    service_s: int
    pickup: int
    delivery: int

    @classmethod
    def read(cls, line: Line, row: dict[str, Word], scale: int) -> Node:
        """Return the node of a row that has the columns of `NODE`."""
        window = Window(earliest_s=row["open"].time(scale), latest_s=row["close"].time(scale, up=False))
        if window.earliest_s > window.latest_s:
            raise row["close"].refuse(f"and open is {row['open'].text}: give a window that ends after it begins")
        return cls(
            line=line,
            demand=row["demand"].whole(least=-(2**31)),
            window=window,
            service_s=row["service"].time(scale),
            pickup=row["pickup"].whole(),
            delivery=row["delivery"].whole(),
        )


def make_pdptw(
    nodes: Sequence[Node],
    durations_s: IntMatrix,
    distances_m: IntMatrix,
    *,
    capacity: int,
    most_couriers: int,
    scale: int,
) -> PdptwProblem:
    """Return the problem of `nodes`, of which the first is the depot: all served, fewest couriers, least travel.

    Parameters
    ----------
    scale
        How many seconds are one unit of time in the text.

    Raises
    ------
    ProblemError
        Naming the line of a node without its other half, or a node that is neither pickup nor delivery.
    """
    depot = nodes[0]
    if depot.demand or depot.service_s or depot.pickup or depot.delivery:
        raise depot.line.refuse("the first node is the depot, and has a demand, service, pickup or delivery: give 0")
    pairs = tuple((number, _other_half(nodes, number)) for number, node in enumerate(nodes) if number and node.delivery)
    for number, node in enumerate(nodes):
        if number and not node.delivery:
            _other_half(nodes, number)
    couriers = min(len(pairs), most_couriers)
    travel_s = most_travel_s(durations_s, tasks=2 * len(pairs), couriers=couriers, shift=depot.window)
    fixed_cost, price = few_couriers_first(travel_s, couriers)
    try:
        problem = Problem(
            matrices=(Matrix(durations_s=durations_s, distances_m=distances_m),),
            couriers=tuple(
                Courier(
                    id=str(number + 1), shift=depot.window, start=0, end=0, capacity=(capacity,), fixed_cost=fixed_cost
                )
                for number in range(couriers)
            ),
            requests=tuple(_request(nodes, pickup, delivery, price) for pickup, delivery in pairs),
            dimensions=("units",),
            time_scale=scale,
        )
    except ProblemError as error:
        raise in_lines(error, [nodes[pickup].line for pickup, _ in pairs]) from error
    return PdptwProblem(problem=problem, nodes=pairs)


def write_pdptw_plan(given: PdptwProblem, plan: Plan, *, name: str = "") -> str:
    """Return a plan as the text in which solutions of these problems are exchanged (SINTEF, Sartori and Buriol).

    Requests left out have no place in it.
    """
    head = f"Instance name : {name}\nAuthors : Doorstep\nDate :\nReference :\nSolution\n"
    routes = [[given.nodes[stop.task.request][stop.task.task] for stop in route.stops] for route in plan.routes]
    return head + write_route_lists(routes, "Route {} : ")


def read_pdptw_plan(given: PdptwProblem, text: str) -> Orders:
    """Return the orders of tasks in a solution text.

    Raises
    ------
    ProblemError
        Naming a line that is no route.
    PlanFault
        ``TASK_UNKNOWN`` where a node does not exist.
    """
    tasks = {node: TaskRef(number, task) for number, pair in enumerate(given.nodes) for task, node in enumerate(pair)}
    return read_route_lists(text).orders(tasks)


def _other_half(nodes: Sequence[Node], number: int) -> int:
    """Return the delivery of a pickup, or the pickup of a delivery, after making sure that they are a pair."""
    node = nodes[number]
    if bool(node.pickup) == bool(node.delivery):
        both = "both a pickup and a delivery" if node.pickup else "neither a pickup nor a delivery"
        raise node.line.refuse(f"node {number} names {both}: give the one that is its other half, and 0")
    kind, other_kind = ("delivery", "pickup") if node.pickup else ("pickup", "delivery")
    other = node.pickup or node.delivery
    if other >= len(nodes):
        raise node.line.refuse(
            f"node {number} has its {other_kind} at node {other}, and the last node is {len(nodes) - 1}: "
            "the text may be cut off; give all of it"
        )
    half = nodes[other]
    if (half.delivery if node.pickup else half.pickup) != number:
        raise node.line.refuse(
            f"node {number} has its {other_kind} at node {other}, which line {half.line.number} does not give as the "
            f"{other_kind} of {number}: give each pickup its own delivery"
        )
    if (node.demand < 0) if kind == "pickup" else (node.demand > 0):
        raise node.line.refuse(
            f"node {number} is a {kind} with demand {node.demand}: give + to pickups, - to deliveries"
        )
    if node.demand != -half.demand:
        raise node.line.refuse(
            f"node {number} has demand {node.demand}, and its {other_kind} in line {half.line.number} {half.demand}: "
            "give the same with the other sign"
        )
    return other


def _request(nodes: Sequence[Node], pickup: int, delivery: int, price: int) -> Request:
    load, drop = nodes[pickup], nodes[delivery]
    return Request(
        id=f"{pickup}-{delivery}",
        loads=(Task(place=pickup, windows=(load.window,), service_s=load.service_s, load=(load.demand,)),),
        unloads=(Task(place=delivery, windows=(drop.window,), service_s=drop.service_s, unload=(load.demand,)),),
        price=price,
    )


__all__ = ["NODE", "Node", "PdptwProblem", "make_pdptw", "read_pdptw_plan", "write_pdptw_plan"]
