"""Solutions as lists of node numbers: ``Route 1 : 5 9 4`` (SINTEF), ``Route #1: 5 9 4`` and ``Cost 27`` (CVRPLIB)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from solver.errors import PlanFault, ProblemError
from solver.formats.lines import Line, Lines, Word
from solver.formats.orders import Orders
from solver.problem import TaskRef

ROUTE = re.compile(r"\s*route\s*#?\s*(\d+)\s*:(.*)", re.IGNORECASE | re.ASCII)
COST = re.compile(r"\s*cost\s*:?\s+(\S+)\s*", re.IGNORECASE | re.ASCII)
HEAD = ("instance name", "authors", "author", "date", "reference", "solution")


@dataclass(frozen=True, slots=True)
class RouteLists:
    """Node numbers route by route, and the cost that the text gives, if it does."""

    routes: tuple[tuple[int, ...], ...]
    cost: Fraction | None = None

    def orders(self, tasks: Mapping[int, TaskRef]) -> Orders:
        """Return the orders of tasks, given the task at each node.

        Raises
        ------
        PlanFault
            ``TASK_UNKNOWN``, with route and node.
        """
        for number, route in enumerate(self.routes, 1):
            for node in route:
                if node not in tasks:
                    raise PlanFault("TASK_UNKNOWN", f"route {number} visits {node}, and there is no such node to serve")
        # The couriers of these problems are all alike: a route without stops is nobody's.
        return Orders(tuple(tuple(tasks[node] for node in route) for route in self.routes if route))


def read_route_lists(text: str) -> RouteLists:
    """Return the routes of a solution text.

    Raises
    ------
    ProblemError
        Naming a line that is neither a route nor a line that solutions have, or a text without any route.
    """
    lines = Lines(text)
    routes: list[tuple[int, ...]] = []
    cost = None
    while lines.peek() is not None:
        line = lines.take("a route")
        if match := ROUTE.fullmatch(line.text):
            if int(match[1]) != len(routes) + 1:
                raise line.refuse(f"is route {match[1]}, where route {len(routes) + 1} must come: give all of them")
            routes.append(tuple(Word(line, word, "a node").whole() for word in match[2].split()))
        elif match := COST.fullmatch(line.text):
            cost = Word(line, match[1], "the cost").number()
        elif not _is_head(line) or routes:
            raise line.refuse(f"is {line.text.strip()[:60]!r}: give routes, as 'Route 1 : 5 9 4' or 'Route #1: 5 9 4'")
    if not routes:
        raise ProblemError("line 1", "there is no route in this text: give lines as 'Route 1 : 5 9 4'")
    return RouteLists(tuple(routes), cost)


def write_route_lists(routes: Sequence[Sequence[int]], head: str) -> str:
    """Return a line for each route, of which `head` is the beginning, with ``{}`` for its number."""
    return "".join(f"{head.format(number)}{' '.join(map(str, route))}\n" for number, route in enumerate(routes, 1))


def _is_head(line: Line) -> bool:
    return line.text.partition(":")[0].strip().lower() in HEAD


__all__ = ["RouteLists", "read_route_lists", "write_route_lists"]
