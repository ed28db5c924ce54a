"""A search by ruin and recreate over one problem."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from solver.insertion import fields as f
from solver.insertion.flatten import flatten
from solver.insertion.insert import new_desk
from solver.insertion.layout import Ints, Layout, Rows
from solver.insertion.routes import new_routes
from solver.problem import BREAK, Problem
from solver.search.anneal import anneal
from solver.search.catalogue import NEXT_LEVEL, NOTING, Catalogue, new_catalogue, take_over
from solver.search.heat import heat
from solver.search.listing import Listed, list_all
from solver.search.recreate import fill
from solver.search.yard import AT_LEAST, BEST, CURRENT, INELIGIBLE, VERSION, adopt, lay, new_yard

AVERAGE = 8
"""Requests taken out in a round, on average."""

FILL = 10
"""Requests that are inserted between two looks at the clock."""

LOOK_S = 0.02
"""How long a search goes on between two looks at the clock."""

STEP = 50_000
"""Most costs found with a limit of work before a search can be stopped: some tenths of a second."""

COSTS_PER_S, WIDE_COSTS_PER_S = 300_000, 30_000
"""About how many costs of insertion are found in a second, until that is measured."""


class Reinsertion:
    """Improves a plan, task nodes per courier (`solver.nodes`), as often as it is told to.

    Raises
    ------
    ValueError
        If the plan to start from breaks a rule.
    """

    def __init__(self, problem: Problem, rows: Rows, *, seed: int) -> None:
        self._layout = flatten(problem)
        self._routes = new_routes(self._layout)
        self._scratch = new_routes(self._layout)
        self._desk = new_desk(self._layout)
        self._found = np.zeros(1, np.int64)
        self._breaks = _breaks(self._layout)
        if lay(self._layout, self._routes, self._flat(rows)) < 0:
            raise ValueError("the plan to start from breaks a rule")
        frozen = {int(self._layout.leaders[ref.request]) for courier in problem.couriers for ref in courier.frozen}
        self._yard = new_yard(self._layout, self._routes, frozen=sorted(frozen), seed=seed)
        self._catalogue = new_catalogue(self._layout, sorted(frozen))
        self.listed = Listed.NONE
        """How far the listing of all routes went."""
        self._leg_cost = self._mean_leg_cost()
        self._pace = float(WIDE_COSTS_PER_S if self._layout.wide else COSTS_PER_S)

    @property
    def cost(self) -> int:
        """Cost of the best plan."""
        return int(self._yard.state[BEST])

    @property
    def found(self) -> int:
        """Costs of insertion found so far: what the work is counted in."""
        return int(self._found[0])

    @property
    def pace(self) -> float:
        """About how many costs of insertion it finds in a second."""
        return self._pace

    def fill(self, *, stop_s: float) -> None:
        """Insert what is left out, the most urgent first, until `time.monotonic` is `stop_s`.

        Quicker than insertion by regret, and a worse plan: for what there was no time to insert that way.
        """
        leaders = self._layout.leaders
        order = leaders[np.lexsort((self._layout.request[leaders, f.DUE], self._layout.request[leaders, f.DEPTH]))]
        left = order[self._routes.courier_of[order] < 0]
        for first in range(0, len(left), FILL):
            if time.monotonic() >= stop_s:
                return
            fill(self._layout, self._routes, self._desk, self._yard, left[first : first + FILL], self._found)

    def run(self, budget: int, *, hot: float, cold: float) -> None:
        """Search until `budget` more costs are found, the temperature falling from `hot` to `cold` mean legs."""
        anneal(
            self._layout,
            self._routes,
            self._desk,
            self._yard,
            self._catalogue,
            budget,
            AVERAGE,
            hot * self._leg_cost,
            cold * self._leg_cost,
            self._found,
        )

    def cool(self, share: int, *, hot: float, times: int, end: float = 1.0) -> Iterator[None]:
        """Search step by step until a part of a share of costs is found, `end`, cooling down so often in all of it."""
        length = -(-share // times)
        while (left := int(share * end) - self.found) > 0:
            begun = self.found % length
            step = min(STEP, left, length - begun)
            self.run(step, hot=heat(hot, begun / length), cold=heat(hot, (begun + step) / length))
            yield

    @property
    def catalogue(self) -> Catalogue:
        """The routes it knows; without room for any if the problem is not of a size or kind for that."""
        return self._catalogue

    def list_routes(
        self, others: Sequence[Catalogue], *, part: int, room: int, over: Callable[[], bool], meet: Callable[[], bool]
    ) -> None:
        """List all routes, together with other searches of the same problem that do so at the same time.

        If only some are, the search notes the routes that it comes by from then on. See `listed`.

        Parameters
        ----------
        others
            Their catalogues.
        part
            The how manyth of them all it is: each tries other sets.
        room
            How many routes may be listed.
        over
            Says whether to stop.
        meet
            Waits for the others and says whether to go on: the same to all.
        """
        lay(self._layout, self._scratch, self._yard.best)
        self.listed = list_all(
            self._layout,
            self._scratch,
            self._desk,
            self._yard,
            self._catalogue,
            self._found,
            others=others,
            part=part,
            room=room,
            over=over,
            meet=meet,
        )
        self._catalogue.state[NOTING] = self.listed is Listed.SOME
        # The costs of insertion known now are about other routes than those of the plan.
        self._yard.known[:, :, VERSION] = np.where(self._layout.eligible == 1, AT_LEAST + 1, INELIGIBLE)

    def learn(self, other: Catalogue) -> None:
        """Take over what another search has noted since both have listed routes together."""
        take_over(self._catalogue, other, int(other.state[NEXT_LEVEL]))

    @property
    def couriers(self) -> int:
        """Number of couriers."""
        return len(self._layout.courier)

    @property
    def prices(self) -> Ints:
        """Prices of requests by their bits in the catalogue."""
        prices: Ints = self._layout.request[self._catalogue.request, f.PRICE]
        return prices

    def left_out(self, rows: Rows) -> int:
        """Return the prices of all that a plan leaves out."""
        nodes = np.array([node for row in rows for node in row], np.int64)
        left = np.setdiff1d(self._layout.leaders, self._layout.node[nodes, f.REQUEST])
        return int(self._layout.request[left, f.PRICE].sum())

    @property
    def leg_cost(self) -> float:
        """What a leg of the plan it began with costs on average: the scale of temperatures."""
        return self._leg_cost

    def run_until(self, stop_s: float, *, heat: float) -> None:
        """Search for about `LOOK_S`, or until `time.monotonic` is `stop_s`, at one temperature in mean legs."""
        begin_s, found = time.monotonic(), self.found
        self.run(max(20, int(self._pace * min(LOOK_S, stop_s - begin_s))), hot=heat, cold=heat)
        # How many costs a second finds changes with the plan, and with what else the machine does.
        self._pace = 0.5 * self._pace + 0.5 * (self.found - found) / max(time.monotonic() - begin_s, 1e-4)

    def price(self, rows: Rows) -> int | None:
        """Return the exact cost of a plan, or None if it breaks a rule."""
        cost = int(lay(self._layout, self._scratch, self._flat(rows)))
        return None if cost < 0 else cost

    def go_to(self, rows: Rows) -> None:
        """Go on from a plan that breaks no rule, if it is better than the best."""
        if (cost := self.price(rows)) is not None and cost < self.cost:
            lay(self._layout, self._routes, self._flat(rows))
            adopt(self._layout, self._routes, self._yard)

    def go_to_best(self) -> None:
        """Go on from the best plan."""
        if self._yard.state[CURRENT] != self._yard.state[BEST]:
            lay(self._layout, self._routes, self._yard.best)
            adopt(self._layout, self._routes, self._yard)

    def _mean_leg_cost(self) -> float:
        """Return what a leg of the plan costs on average: the scale of temperatures."""
        tasks, couriers = self._layout.tasks, len(self._layout.courier)
        used = np.flatnonzero(self._routes.route[:, f.COUNT] > 0)
        on_route = np.flatnonzero(self._routes.stop[:tasks, f.PREVIOUS] >= 0)
        nodes = np.concatenate((on_route, tasks + couriers + used))
        return max(1.0, float(self._routes.stop[nodes, f.LEG_COST].mean())) if len(on_route) else 1.0

    def best(self) -> Rows:
        """Return the best plan."""
        rows: Rows = [[]]
        for node in self._yard.best.tolist():
            if node < 0:
                rows.append([])
            else:
                rows[-1].append(node)
            if len(rows) > len(self._layout.courier):
                break
        return rows[:-1]

    def _flat(self, rows: Rows) -> Ints:
        """Return a plan as `Yard.best` has it. Who has nothing to do has its breaks, where they hurt nobody."""
        whole = (row or self._breaks[courier] for courier, row in enumerate(rows))
        return np.array([node for row in whole for node in (*row, -1)], np.int64)


def _breaks(layout: Layout) -> Rows:
    """Return the nodes of each courier's breaks."""
    rows: Rows = [[] for _ in layout.courier]
    for request in layout.request[layout.request[:, f.NUMBER] == BREAK]:
        rows[request[f.BOUND_TO]].append(int(request[f.FIRST_TASK]))
    return rows
