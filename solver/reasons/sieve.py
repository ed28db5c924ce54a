"""What certainly does not fit, found out quickly."""

from __future__ import annotations

import numpy as np

from solver.insertion import fields as f
from solver.insertion.insert import new_desk
from solver.insertion.layout import Ints, Layout
from solver.insertion.refresh import refresh
from solver.insertion.routes import link, new_routes
from solver.reasons.alone import fastest_s, reloads
from solver.reasons.setting import Setting, stops


def sieve(setting: Setting) -> Setting | None:
    """Return the same plan with nothing but windows, loads and travel, where all that fits fits still.

    Insertions into it are many times as quick. None if the plan knows nothing else in the first place.
    """
    if not setting.layout.wide:
        return None
    layout = _narrow(setting.layout)
    routes = new_routes(layout)
    routes.courier_of[:], routes.way_of[:] = setting.routes.courier_of, setting.routes.way_of
    for courier in range(len(layout.courier)):
        at = layout.tasks + courier
        first_gap = setting.routes.route[courier, f.FIRST_GAP]
        for node in stops(setting, courier):
            if layout.node[node, f.STEP] == f.TASK:
                link(routes.stop, node, at)
                at = node
            if node == first_gap:
                routes.route[courier, f.FIRST_GAP] = at
        refresh(layout, routes, courier)
    return Setting(layout, routes, new_desk(layout))


def only(layout: Layout, leaders: Ints, may: Ints) -> Layout:
    """Return a problem in which requests may be served by none but the couriers for which `may` has a cost."""
    eligible = layout.eligible.copy()
    for leader, costs in zip(leaders, may, strict=True):
        eligible[leader : leader + layout.request[leader, f.WAYS], costs >= f.FAR] = 0
    return layout._replace(eligible=eligible)


def _narrow(layout: Layout) -> Layout:
    """Return a problem without what only wide problems have.

    Loads count as long as nobody reloads, and a bound request has one way to be on board.
    """
    request = layout.request
    vague = reloads(layout)
    several = (request[:, f.BOUND_TO] >= 0) & (request[:, f.WAYS] > 1)
    vague[request[several, f.BOUND_TO]] = True
    capacity = layout.capacity.copy()
    capacity[vague] = f.FAR
    durations_s = fastest_s(layout).astype(np.int32)
    return Layout(*layout)._replace(durations_s=durations_s, capacity=capacity, wide=False)


__all__ = ["only", "sieve"]
