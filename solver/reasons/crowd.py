"""Who is in the way: requests of a route without which another would fit into it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.insertion import fields as f
from solver.insertion.layout import Layout
from solver.insertion.refresh import refresh
from solver.insertion.routes import link
from solver.insertion.survey import cheapest_way
from solver.reasons.setting import Setting, stops

MOST_NAMED = 8
"""At most so many requests are named as being in the way of another."""

MOST_ALONE = 16
"""So many requests of a route are taken out one at a time before several are taken out together."""

MOST_TRIALS = 48
"""After so many trials, who may be in the way is taken to be."""


class Crowd:
    """A courier's route, with some of its requests taken out, and another that is to fit in.

    Parameters
    ----------
    settings
        The plan, as it is and before that perhaps with fewer rules, by which it is quickly told that something does not
        fit. Used as a context, this leaves it as it was.
    leader
        The row of the first way of the request that is to fit.
    elsewhere
        Requests of other routes, by leader, that are taken out in any case.
    """

    def __init__(self, settings: Sequence[Setting], leader: int, courier: int, elsewhere: Sequence[int]) -> None:
        self._settings = tuple(settings)
        self._leader = leader
        self._courier = courier
        self._elsewhere = tuple(elsewhere)
        self._layout = layout = settings[-1].layout
        self._nodes = stops(settings[-1], courier)
        tasks = [node for node in self._nodes if layout.node[node, f.STEP] == f.TASK]
        self._frozen = set(tasks[: int(layout.courier[courier, f.FROZEN])])
        self._courier_of = settings[-1].routes.courier_of.copy()
        self._trials = 0

    def __enter__(self) -> Crowd:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Put everything back."""
        for setting in self._settings:
            setting.routes.courier_of[:] = self._courier_of
            self._link(setting, self._nodes)

    def in_the_way(self) -> list[int] | None:
        """Return requests of the route, by leader, without which the other fits: one if one is enough, else few.

        Those that are worth least are tried first, bound ones last. None if it does not fit without all of them.
        """
        layout = self._layout
        tasks = [node for node in self._nodes if layout.node[node, f.STEP] == f.TASK]
        rows = sorted(
            {int(layout.node[node, f.REQUEST]) for node in tasks} - needed_by(layout, self._leader),
            key=lambda row: (int(layout.request[row, f.PRICE]), row),
        )
        free = [row for row in rows if layout.request[row, f.BOUND_TO] < 0]
        everyone = free + [row for row in rows if layout.request[row, f.BOUND_TO] >= 0]
        if self._fits([]):
            return []
        for row in free[:MOST_ALONE]:
            if self._fits([row]):
                return [row]
        for enough in (free, everyone):
            if self._fits(enough):
                few = self._few([], enough, changed=False)
                # Without a request in between, a way may take longer: then fewer may not do after all.
                return few if self._fits(few) else enough
        return None

    def _few(self, out: list[int], rows: list[int], *, changed: bool) -> list[int]:
        """Return requests among `rows` that have to be taken out besides `out`, which with all of them is enough.

        QuickXplain (Junker, "Preferred explanations and relaxations for over-constrained problems", AAAI 2004): few
        trials where few requests are in the way; from the end of the list only what is not spared by its begin.
        """
        if changed and self._trials < MOST_TRIALS and self._fits(out):
            return []
        if len(rows) == 1:
            return rows
        half = (len(rows) + 1) // 2
        later = self._few(out + rows[:half], rows[half:], changed=True)
        return self._few(out + later, rows[:half], changed=bool(later)) + later

    def _fits(self, out: Sequence[int]) -> bool:
        """Return whether the request fits without others."""
        self._trials += 1
        gone = {*out, *self._elsewhere}
        nodes = [node for node in self._nodes if self._layout.node[node, f.REQUEST] not in gone]
        nodes = _without_idle_reloads(self._layout, nodes)
        return all(self._fits_in(setting, nodes, gone) for setting in self._settings)

    def _fits_in(self, setting: Setting, nodes: Sequence[int], gone: set[int]) -> bool:
        courier_of = setting.routes.courier_of
        courier_of[:] = self._courier_of
        courier_of[list(gone)] = -1
        if any(self._layout.request[row, f.BOUND_TO] == self._courier for row in gone):
            setting = setting.under(_unbound(setting.layout, self._courier, nodes))
        self._link(setting, nodes)
        if setting.routes.route[self._courier, f.FAULT] >= 0:
            return False
        couriers = np.array([self._courier])
        return cheapest_way(setting.layout, setting.routes, setting.desk, self._leader, couriers)[2] < f.FAR

    def _link(self, setting: Setting, nodes: Sequence[int]) -> None:
        """Make the route anew of some of its stops."""
        layout, routes = setting.layout, setting.routes
        stop, route = routes.stop, routes.route[self._courier]
        start = layout.tasks + self._courier
        end = start + len(layout.courier)
        for node in self._nodes:
            stop[node, f.PREVIOUS] = -1
        stop[start, f.NEXT], stop[end, f.PREVIOUS] = end, start
        stop[end, f.FRESH] = f.LINKED
        latest = f.FAR if layout.node[end, f.SOFT] else layout.node[end, f.LAST]
        stop[end, [f.LATEST_SAME, f.LATEST_OTHER, f.RELAXED]] = latest
        route[f.FIRST_GAP] = at = start
        for node in nodes:
            if layout.wide or layout.node[node, f.STEP] == f.TASK:
                link(stop, node, at)
                at = node
            if node in self._frozen:
                route[f.FIRST_GAP] = node
        # As after a fault, nothing that was known of the route is relied upon.
        route[f.FAULT] = start
        refresh(layout, routes, self._courier)


def needed_by(layout: Layout, leader: int) -> set[int]:
    """Return the requests, by leader, that have to be served for another to be: the firsts of its gaps, and theirs."""
    needed: set[int] = set()
    waiting = [leader]
    while waiting:
        row = layout.request[waiting.pop()]
        first = row[f.FIRST_TASK]
        for task in layout.node[first : first + row[f.TASKS]]:
            for gap in layout.gap[task[f.GAP_FROM] : task[f.GAP_TO]]:
                other = int(layout.node[gap[f.ACROSS], f.REQUEST])
                if gap[f.IS_SECOND] and other not in needed:
                    needed.add(other)
                    waiting.append(other)
    return needed


def _without_idle_reloads(layout: Layout, nodes: Sequence[int]) -> list[int]:
    """Return stops without the reloads that no task comes before, or between them and the next, or after."""
    kept: list[int] = []
    reload, tasks = -1, 0
    for node in nodes:
        step = layout.node[node, f.STEP]
        if step == f.RELOAD:
            reload = node if tasks else -1
            continue
        if step == f.TASK:
            if reload >= 0:
                kept.append(reload)
            reload, tasks = -1, tasks + 1
        kept.append(node)
    return kept


def _unbound(layout: Layout, courier: int, nodes: Sequence[int]) -> Layout:
    """Return a problem in which a courier has no bound requests but those among some stops."""
    tasks = (n for n in nodes if layout.node[n, f.STEP] == f.TASK)
    bound = {int(layout.node[n, f.ROW]) for n in tasks if not layout.node[n, f.FREE]}
    if bound:
        node = layout.node
    else:
        node = layout.node.copy()
        own = layout.eligible[:, courier] & (layout.request[:, f.NUMBER] < 0)
        node[layout.request[own == 1, f.FIRST_TASK], f.SOFT] = 0
        node[layout.tasks + len(layout.courier) + courier, f.SOFT] = 0
    initial = layout.bound_initial.copy()
    initial[courier] = layout.initial[sorted(bound)].sum(axis=0)
    return layout._replace(node=node, bound_initial=initial)


__all__ = ["MOST_NAMED", "Crowd", "needed_by"]
