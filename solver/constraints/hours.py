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
        choices, longer = [], []
        for hour, leg in enumerate(self._legs):
            arrives = solver.Max(leaves, self._from_s[hour]) + solver.Element(leg[node].tolist(), following)
            closed = self._closed[hour][node]
            if closed.any():
                arrives += solver.Element(closed.astype(int).tolist(), following) * (4 * HORIZON_S)
            longer.append(solver.Element((leg - self._least)[node].tolist(), following))
            if hour + 1 < hours:
                arrives += (leaves >= self._from_s[hour + 1]) * (4 * HORIZON_S)
            # Of hours from which it arrives at once, the first.
            choices.append((arrives * hours + hour).Var())
        choice = solver.Min(choices).Var()
        longer_s = solver.Sum([(choice == one) * more for one, more in zip(choices, longer, strict=True)]) * applies
        return (choice // hours) * applies, longer_s
