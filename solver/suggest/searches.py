"""Smaller changes than an insertion needs: a search may move what is served already."""

from __future__ import annotations

from dataclasses import replace

from solver.errors import ProblemError
from solver.params import SolveParams
from solver.problem import Problem, Sequences
from solver.schedule import schedule
from solver.solve import Solver
from solver.suggest.apply import apply
from solver.suggest.budget import SEARCH, Budget
from solver.suggest.confirm import confirmed, served_by
from solver.suggest.insertions import SECONDS, most_s, rounded_up
from solver.suggestion import Kind, Suggestion
from solver.validation.sums import LARGEST_SUM

SEARCH_S = 0.5
"""No search takes longer."""

LEAST_SEARCH_S = 0.05
"""In less, a search finds nothing."""

CLOSE = 8
"""Where the least change is known to one part in so many, it is small enough."""

LARGER = (Kind.MORE_ROOM, Kind.MORE_TASKS, Kind.LONGER_DISTANCE, Kind.ONE_MORE_COURIER)
"""Kinds in place of which another due time is looked for."""


class Searches:
    """Looks for smaller changes that serve one request.

    Parameters
    ----------
    orders
        The plan that each search begins with.
    """

    def __init__(
        self, problem: Problem, orders: Sequences, number: int, *, budget: Budget, solver: Solver, seed: int
    ) -> None:
        self._problem = problem
        self._orders = orders
        self._number = number
        self._budget = budget
        self._solver = solver
        self._seed = seed

    def improved(self, found: Suggestion | None) -> Suggestion | None:
        """Return a smaller change than the one that was found, or the same."""
        unchanged = Suggestion(request=self._number, kind=Kind.LONGER_SEARCH, text="")
        priced = self._at_its_price(unchanged)
        if priced and (found is None or priced.kind is Kind.LONGER_SEARCH or found.price > priced.price):
            return priced
        if found is None or found.kind in LARGER:
            found = self._works(replace(unchanged, kind=Kind.LATER, more_s=most_s(self._problem))) or found
        return self._shorter(found) if found and found.kind in SECONDS else found

    def _at_its_price(self, unchanged: Suggestion) -> Suggestion | None:
        """Return the price at which it is served as the problem is: perhaps the one that it has."""
        orders = self._all_served(unchanged)
        if orders is None:
            return None
        before, after = schedule(self._problem, self._orders), schedule(self._problem, orders)
        own = self._problem.requests[self._number].price
        price = after.cost.total - before.cost.total + own + 1
        told = replace(unchanged, kind=Kind.HIGHER_PRICE, price=price) if price > own else unchanged
        return self._confirmed(replace(told, orders=orders))

    def _shorter(self, found: Suggestion) -> Suggestion:
        """Return the same kind of change with fewer seconds, if that will do."""
        few = 0
        while found.more_s - few > max(1, found.more_s // CLOSE) and not self._over:
            middle = rounded_up(self._problem, (few + found.more_s) // 2)
            if middle == found.more_s:
                break
            if better := self._works(replace(found, more_s=middle)):
                found = better
            else:
                few = middle
        return found

    def _works(self, suggestion: Suggestion) -> Suggestion | None:
        """Return a suggestion with orders that confirm it, if a search finds such."""
        orders = self._all_served(suggestion)
        return None if orders is None else self._confirmed(replace(suggestion, orders=orders))

    def _confirmed(self, suggestion: Suggestion) -> Suggestion | None:
        return suggestion if confirmed(self._problem, self._orders, suggestion) else None

    @property
    def _over(self) -> bool:
        return self._budget.share_over or (self._budget.timed and self._budget.left_s < LEAST_SEARCH_S)

    def _all_served(self, suggestion: Suggestion) -> Sequences | None:
        """Return orders for the changed problem in which the request is served, and all that were, if any are found."""
        if self._over:
            return None
        wanted = served_by(self._orders) | {self._number}
        try:
            changed = apply(self._problem, suggestion)
            # None of them is left out for the sake of what it costs.
            price = LARGEST_SUM // 16 // len(changed.requests)
            requests = tuple(
                replace(request, price=price if number in wanted else 0)
                for number, request in enumerate(changed.requests)
            )
            forced = replace(changed, requests=requests)
        except ProblemError:
            return None
        self._budget.spend(SEARCH)
        plan = self._solver.solve(forced, self._params(), start=self._orders)
        orders = plan.sequences(len(changed.couriers))
        return orders if served_by(orders) >= wanted else None

    def _params(self) -> SolveParams:
        if self._budget.timed:
            return SolveParams(time_limit_s=max(LEAST_SEARCH_S, min(SEARCH_S, self._budget.left_s)), seed=self._seed)
        return SolveParams(work_limit=1, seed=self._seed)


__all__ = ["Searches"]
