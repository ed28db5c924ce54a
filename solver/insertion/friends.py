"""Who may serve a request, given who serves those that share a rule about couriers with it. Compiled."""

from __future__ import annotations

from solver.insertion import fields as f
from solver.insertion.compiled import compiled
from solver.insertion.layout import Layout
from solver.insertion.routes import Routes


@compiled
def may_serve(layout: Layout, routes: Routes, row: int, courier: int) -> bool:
    """Return whether the rules of same couriers and of never together let a courier serve a request."""
    leader = layout.request[row, f.LEADER]
    for number in range(layout.friend_from[leader], layout.friend_from[leader + 1]):
        other, alike = routes.courier_of[layout.friend[number, f.OTHER]], layout.friend[number, f.ALIKE]
        if other >= 0 and alike < 2 and (other == courier) != (alike == 1):
            both_bound = layout.request[leader, f.BOUND_TO] >= 0
            both_bound = both_bound and layout.request[layout.friend[number, f.OTHER], f.BOUND_TO] >= 0
            if not both_bound:
                return False
    return True
