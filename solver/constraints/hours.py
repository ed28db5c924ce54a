"""Travel that depends on the hour: a courier sets off at the moment from which it arrives soonest.

The clocks, and the costs of legs, know the least that a leg ever takes; what it takes more is added here. Where breaks
interrupt it, what is left goes on after them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from solver.problem import UNREACHABLE_S, Matrix
from solver.routing.draft import HORIZON_S, Draft


def add_hours(draft: Draft) -> None:
    """Delay arrivals by what travel takes longer than at best, and price that by the second.

    How much longer it is, `solver.routing.settle` says, from the times. Said by constraints it would work the other way
    too: where a plan may cost no more than so much, OR-Tools would look for an hour of shorter ways second by second.
    """
    by_hour = {profile: _Hours(draft, profile) for profile in draft.profiles if draft.problem.matrices[profile].later}
    if not by_hour:
        return
    model, couriers = draft.model, draft.problem.couriers
    solver = model.solver()
    # VehicleVar is -1 for what is left out.
    own_profile = [-1, *(courier.profile for courier in couriers)]
    cost_per_s = [0, *(courier.cost_per_s for courier in couriers)]
    most_s = max(hours.most_longer_s for hours in by_hour.values())
    for node in (*draft.visits, *map(draft.nodes.start, range(draft.nodes.couriers))):
        who = model.VehicleVar(node) + 1
        profile = solver.Element(own_profile, who)
        draft.arrivals[node] = solver.Sum([hours.at(node) * (profile == number) for number, hours in by_hour.items()])
        draft.longer_s[node] = solver.IntVar(0, most_s, f"longer {node}")
        if any(cost_per_s):
            draft.surcharges.setdefault(node, []).append(draft.longer_s[node] * solver.Element(cost_per_s, who))


class _Hours:
    """Travel of one profile."""

    def __init__(self, draft: Draft, profile: int) -> None:
        self._draft = draft
        matrix: Matrix = draft.problem.matrices[profile]
        self._from_s = [0, *(later.from_s for later in matrix.later)]
        self._legs = [draft.from_node_to_node(matrix.durations_s)]
        self._legs += [draft.from_node_to_node(later.durations_s) for later in matrix.later]
        # There may be a way, but not at every hour.
        self._closed = [(leg >= UNREACHABLE_S) & draft.touches_free for leg in self._legs]

    @property
    def most_longer_s(self) -> int:
        """How much longer than at best a leg takes at most."""
        return int((np.maximum.reduce(self._legs) - np.minimum.reduce(self._legs)).max())

    def at(self, node: int) -> Any:
        """Return when a courier arrives that goes on from a node."""
        model = self._draft.model
        solver, following = model.solver(), model.NextVar(node)
        leaves = (self._draft.clocks[0].CumulVar(node) + int(self._draft.services_s[node])).Var()
        hours = len(self._legs)
        every = []
        for hour, leg in enumerate(self._legs):
            arrives = solver.Max(leaves, self._from_s[hour])
            arrives += self._element(np.where(self._closed[hour], 4 * HORIZON_S, leg)[node], following)
            if hour + 1 < hours:
                arrives += (leaves >= self._from_s[hour + 1]) * (4 * HORIZON_S)
            every.append(arrives.Var())
        return solver.Min(every).Var()

    def _element(self, seconds: npt.NDArray[np.int64], following: Any) -> Any:
        """Return the seconds on the way to the next stop; those without end are told apart.

        OR-Tools might otherwise keep a bit for each second.
        """
        solver = self._draft.model.solver()
        endless, rest_s = np.divmod(seconds, UNREACHABLE_S)
        told = solver.Element(rest_s.tolist(), following)
        return told + solver.Element(endless.tolist(), following) * UNREACHABLE_S if endless.any() else told
