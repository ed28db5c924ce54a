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
    """Delay arrivals by what travel takes longer than at best, and price that by the second."""
    by_hour = {profile: _Hours(draft, profile) for profile in draft.profiles if draft.problem.matrices[profile].later}
    if not by_hour:
        return
    model, couriers = draft.model, draft.problem.couriers
    solver = model.solver()
    # VehicleVar is -1 for what is left out.
    own_profile = [-1, *(courier.profile for courier in couriers)]
    cost_per_s = [0, *(courier.cost_per_s for courier in couriers)]
    for node in (*draft.visits, *map(draft.nodes.start, range(draft.nodes.couriers))):
        who = model.VehicleVar(node) + 1
        profile = solver.Element(own_profile, who)
        arrivals, longer = [], []
        for number, hours in by_hour.items():
            arrives, longer_s = hours.at(node, profile == number)
            arrivals.append(arrives)
            longer.append(longer_s)
        draft.arrivals[node] = solver.Sum(arrivals)
        draft.longer_s[node] = solver.Sum(longer).Var()
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
        self._least: npt.NDArray[np.int64] = np.minimum.reduce(self._legs)
        # There may be a way, but not at every hour.
        self._closed = [(leg >= UNREACHABLE_S) & draft.touches_free for leg in self._legs]

    def at(self, node: int, applies: Any) -> tuple[Any, Any]:
        """Return when a courier arrives that goes on from a node, and how much longer than at best it travels.

        Both are zero where the profile does not apply.
        """
        model = self._draft.model
        solver, following = model.solver(), model.NextVar(node)
        leaves = (self._draft.clocks[0].CumulVar(node) + int(self._draft.services_s[node])).Var()
        hours = len(self._legs)
        every, longer = [], []
        for hour, leg in enumerate(self._legs):
            arrives = solver.Max(leaves, self._from_s[hour])
            arrives += self._element(np.where(self._closed[hour], 4 * HORIZON_S, leg)[node], following)
            longer.append(self._element((leg - self._least)[node], following))
            if hour + 1 < hours:
                arrives += (leaves >= self._from_s[hour + 1]) * (4 * HORIZON_S)
            every.append(arrives.Var())
        soonest = solver.Min(every).Var()
        # Of hours from which it arrives at once, the first. No time is multiplied, and none is asked to be equal to
        # another: both would have OR-Tools keep a bit for each second.
        none_before: Any = 1
        longer_s = []
        for arrives, more in zip(every, longer, strict=True):
            longer_s.append(none_before * (arrives <= soonest) * more)
            none_before = none_before * (arrives > soonest)
        return soonest * applies, solver.Sum(longer_s) * applies

    def _element(self, seconds: npt.NDArray[np.int64], following: Any) -> Any:
        """Return the seconds on the way to the next stop; those without end are told apart, for the same reason."""
        solver = self._draft.model.solver()
        endless, rest_s = np.divmod(seconds, UNREACHABLE_S)
        told = solver.Element(rest_s.tolist(), following)
        return told + solver.Element(endless.tolist(), following) * UNREACHABLE_S if endless.any() else told
