"""Routes into which requests are put on trial."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.insertion import fields as f
from solver.insertion.insert import Desk, new_desk
from solver.insertion.layout import Ints, Layout
from solver.insertion.refresh import refresh
from solver.insertion.routes import Routes, link, new_routes
from solver.insertion.survey import survey


@dataclass(frozen=True, slots=True)
class Costs:
    """What requests would add to routes: (requests, couriers), FAR where they cannot; the least of their ways."""

    table: Ints

    def possible(self, row: int) -> list[int]:
        """Return the couriers that can, cheapest first."""
        costs = self.table[row]
        order = np.argsort(costs, kind="stable")
        return [int(courier) for courier in order if costs[courier] < f.FAR]


@dataclass(frozen=True, slots=True)
class Setting:
    """A layout, routes in it, and a desk for insertions."""

    layout: Layout
    routes: Routes
    desk: Desk

    def costs(self, leaders: Ints) -> Costs:
        """Return what requests, named by the rows of their first ways, would cost on each route."""
        layout = self.layout
        counts = layout.request[leaders, f.WAYS]
        begins = np.cumsum(counts) - counts
        rows = np.repeat(leaders - begins, counts) + np.arange(counts.sum())
        table = np.empty((len(rows), len(layout.courier)), np.int64)
        survey(layout, self.routes, self.desk, rows, np.arange(len(layout.courier)), table)
        return Costs(np.minimum.reduceat(table, begins, axis=0))

    def under(self, layout: Layout) -> Setting:
        """Return the same routes under other rules that do not change what is known of them."""
        return Setting(layout, self.routes, self.desk)


def set_out(layout: Layout) -> Setting:
    """Return a setting in which couriers have nothing to do but to take their breaks."""
    routes = new_routes(layout)
    routes.track[f.TOTAL, f.OTHERS] = f.IGNORE
    for row in np.flatnonzero(layout.request[:, f.NUMBER] < 0):
        node = int(layout.request[row, f.FIRST_TASK])
        if layout.node[node, f.STEP] == f.BREAK:
            courier = int(layout.eligible[row].argmax())
            end = layout.tasks + len(layout.courier) + courier
            link(routes.stop, node, int(routes.stop[end, f.PREVIOUS]))
    for courier in range(len(layout.courier) if layout.wide else 0):
        refresh(layout, routes, courier)
    return Setting(layout, routes, new_desk(layout))


def beside_bound(setting: Setting) -> Setting:
    """Return a setting in which couriers have nothing to do but their bound requests, in the order they have them."""
    layout = setting.layout
    routes = new_routes(layout)
    routes.track[f.TOTAL, f.OTHERS] = f.IGNORE
    for courier in range(len(layout.courier)):
        at = layout.tasks + courier
        tasks = 0
        routes.route[courier, f.FIRST_GAP] = at
        for node in stops(setting, courier):
            row = layout.node[node]
            if row[f.FREE]:
                continue
            link(routes.stop, node, at)
            at = node
            if row[f.STEP] == f.TASK:
                leader = row[f.REQUEST]
                routes.courier_of[leader], routes.way_of[leader] = courier, row[f.ROW]
                tasks += 1
                if tasks == layout.courier[courier, f.FROZEN]:
                    routes.route[courier, f.FIRST_GAP] = at
        refresh(layout, routes, courier)
    return Setting(layout, routes, new_desk(layout))


def stops(setting: Setting, courier: int) -> list[int]:
    """Return the nodes of a courier's route."""
    layout, stop = setting.layout, setting.routes.stop
    end = layout.tasks + len(layout.courier) + courier
    nodes = []
    node = int(stop[layout.tasks + courier, f.NEXT])
    while node != end:
        nodes.append(node)
        node = int(stop[node, f.NEXT])
    return nodes


__all__ = ["Costs", "Setting", "beside_bound", "set_out", "stops"]
