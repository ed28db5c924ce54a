"""Customers: who order, do not pay, and change their minds in time."""

from collections import Counter

from dispatch.messages import OrderCancelled, OrderPlaced
from scenarios.behaviour import Behaviour
from tests.scenarios.village import (
    DOOR,
    DROP,
    LOAD,
    MALL,
    T0,
    Papers,
    courier,
    only,
    order,
    pick,
    reports_of,
    visit,
    world,
)


def test_customers_cancel_within_their_time() -> None:
    """Each cancels once, not later than said; unpaid orders are told as such."""
    orders = [order(f"o{number}", placed_s=T0 + number) for number in range(50)]
    village = world(Papers(), orders=orders, behaviour=Behaviour(cancelled=0.5, cancel_after_s=100, unconfirmed=0.5))
    assert village.orders_to_come == 50
    reports = village.advance(until_s=T0 + 1_000)
    assert village.orders_to_come == 0
    placed = {r.order.id: r for r in reports if isinstance(r, OrderPlaced)}
    cancelled = [r for r in reports if isinstance(r, OrderCancelled)]
    assert 10 < len(cancelled) < 40
    assert max(Counter(r.order for r in cancelled).values()) == 1
    assert all(0 <= r.at_s - placed[r.order].at_s <= 100 for r in cancelled)
    assert 10 < sum(r.confirmed for r in placed.values()) < 40


def test_nobody_cancels_at_the_door() -> None:
    """Once the courier is at the door, or has handed over, it is too late; between two tries it is not."""
    papers, whole = Papers(), order("o1")
    papers.write(whole, "m1")
    instructions = [pick("o1:m1"), visit(1, MALL, (LOAD, "o1:m1"), site="mall"), visit(2, DOOR, (DROP, "o1:d"))]
    for seed in range(30):
        village = world(
            papers,
            orders=[whole],
            couriers=[courier()],
            behaviour=Behaviour(cancelled=1.0, cancel_after_s=2_000, absent=0.3),
            seed=seed,
        )
        reports = reports_of(village, instructions)
        cancelled = [r.at_s - T0 for r in reports if isinstance(r, OrderCancelled)]
        failed = bool(only(reports, "DropFailed"))
        assert all(at_s < 360 or (failed and at_s >= 420) for at_s in cancelled)


def test_orders_from_before_the_day_are_known_as_it_begins() -> None:
    """An order placed earlier is reported at the first second, with its own time in it."""
    village = world(Papers(), orders=[order("o1", placed_s=T0 - 500)])
    (report,) = village.advance(until_s=T0)
    assert isinstance(report, OrderPlaced)
    assert (report.at_s, report.order.placed_s) == (T0, T0 - 500)
