"""What requests would cost wherever they fit. Compiled."""

from __future__ import annotations

from solver.insertion import fields as f
from solver.insertion.compiled import compiled
from solver.insertion.insert import Desk, added_cost
from solver.insertion.layout import Ints, Layout
from solver.insertion.routes import Routes


@compiled
def survey(layout: Layout, routes: Routes, desk: Desk, requests: Ints, costs: Ints) -> None:
    """Fill `costs`, (requests, couriers), with the least added cost wherever a request fits."""
    for row in range(len(requests)):
        for courier in range(len(layout.courier)):
            if layout.eligible[requests[row], courier]:
                costs[row, courier] = added_cost(layout, routes, desk, requests[row], courier, f.FAR, True)
