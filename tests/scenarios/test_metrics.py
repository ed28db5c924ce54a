"""The figures of a day, against hand."""

import pytest

from dispatch.model import Interval, Outcome
from dispatch.objective import Objective
from scenarios.metrics import flatten, measure
from scenarios.run_rows import CourierRow, OrderRow

WEIGHTS = Objective(
    left_out=1_000_000, late_s=100, ready_to_door_s=1, courier_s=10, courier_m=2, overtime_s=1_000, change=7
)


def row(name: str, *, outcome: Outcome = Outcome.DELIVERED, door_s: int | None = None, **fields: object) -> OrderRow:
    """Return an order placed at 0, promised for 100 to 1,000, packed at 300, told to c1."""
    whole: dict[str, object] = {
        "service_level": "express",
        "placed_s": 0,
        "ended_s": 2_000,
        "zone": "north",
        "sites": 1,
        "promise": Interval(100, 1_000),
        "ready_s": 300,
        "courier": "c1",
    }
    return OrderRow(order=name, outcome=outcome, door_s=door_s, **(whole | fields))  # type: ignore[arg-type]


def refused(name: str, reason: str) -> OrderRow:
    """Return an order that no source took."""
    return OrderRow(order=name, service_level="express", placed_s=0, outcome=Outcome.REFUSED, ended_s=0, reason=reason)


def crew(name: str, **fields: int | None) -> CourierRow:
    """Return a courier on duty from 0 to 10,000, who drove 3,000 s and 9,000 m, waited 500 s and served 1,000 s."""
    whole: dict[str, int | None] = {
        "on_duty_s": 0,
        "off_duty_s": 10_000,
        "deliveries": 5,
        "visits": 8,
        "distance_m": 9_000,
        "driving_s": 3_000,
        "waiting_s": 500,
        "service_s": 1_000,
        "overtime_s": 0,
        "cost": 48_000,
    }
    return CourierRow(
        courier=name,
        zone="north",
        profile="bike",
        shift=Interval(0, 10_000),
        start_lat=0.0,
        start_lon=0.0,
        off_reason="shift over",
        **(whole | fields),  # type: ignore[arg-type]
    )


ORDERS = (
    row("on time", door_s=1_000, moves=2),
    row("late", door_s=1_400, sites=2),
    row("absent", outcome=Outcome.FAILED, reason="CUSTOMER_ABSENT"),
    row("nobody free", outcome=Outcome.FAILED, reason="NO_COURIER_IN_TIME", courier="", moves=1),
    row("unpaid", outcome=Outcome.FAILED, reason="HOLD_EXPIRED", courier=""),
    row("cancelled", outcome=Outcome.CANCELLED, reason="CUSTOMER_CANCELLED", courier=""),
    refused("far", "NO_STORE_IN_REACH"),
    refused("empty", "NO_STOCK"),
    refused("empty too", "NO_STOCK"),
)
FIGURES = measure(ORDERS, [crew("c1", overtime_s=3), crew("c2")], WEIGHTS, levels=["express", "same_day"])


def test_orders_are_counted_by_end_and_reason() -> None:
    """The four ends add up, and each reason stands under its end."""
    assert FIGURES["orders"] == {
        "total": 9,
        "allocated": 6,
        "split": 1,
        "delivered": 2,
        "refused": 3,
        "failed": 3,
        "cancelled": 1,
        "by_reason": {
            "refused": {"NO_STOCK": 2, "NO_STORE_IN_REACH": 1},
            "failed": {"CUSTOMER_ABSENT": 1, "HOLD_EXPIRED": 1, "NO_COURIER_IN_TIME": 1},
            "cancelled": {"CUSTOMER_CANCELLED": 1},
        },
    }
    assert FIGURES["unallocated"] == {"total": 3, "by_reason": {"NO_STOCK": 2, "NO_STORE_IN_REACH": 1}}
    assert FIGURES["unassigned"]["by_reason"] == {"CUSTOMER_CANCELLED": 1, "HOLD_EXPIRED": 1, "NO_COURIER_IN_TIME": 1}


def test_shares_on_time_have_their_own_wholes() -> None:
    """One of the four that were owed, one of the two delivered."""
    assert FIGURES["on_time"] == {"count": 1, "share": 0.25, "share_of_delivered": 0.5}


def test_times_are_over_delivered_orders() -> None:
    """Lateness 0 and 400, click to door 1,000 and 1,400, ready to door 700 and 1,100."""
    late = FIGURES["lateness_s"]
    assert (late["mean"], late["p50"], late["max"], late["p90"]) == (200, 200, 400, pytest.approx(360))
    assert FIGURES["click_to_door_s"]["mean"] == 1_200
    assert FIGURES["ready_to_door_s"]["p50"] == 900


def test_levels_and_zones_have_the_same_figures() -> None:
    """A level without orders is listed and empty; orders that nobody took have the zone "-"."""
    assert FIGURES["service_levels"]["express"]["orders"] == 9
    empty = FIGURES["service_levels"]["same_day"]
    assert (empty["orders"], empty["on_time"]["share"], empty["lateness_s"]["p90"]) == (0, None, None)
    assert {name: zone["orders"] for name, zone in FIGURES["zones"].items()} == {"-": 3, "north": 6}


def test_couriers_and_cost_add_up() -> None:
    """Time on duty is driving, waiting, service and the idle rest."""
    couriers = FIGURES["couriers"]
    assert couriers["duty_s"] == 20_000
    assert couriers["idle_s"] == 20_000 - 6_000 - 1_000 - 2_000
    assert (couriers["use"], couriers["deliveries_per_hour"]) == (0.4, 1.8)
    assert FIGURES["cost"] == {"total": 96_000, "per_delivery": 48_000}


def test_objective_is_scored_term_by_term() -> None:
    """What customers gave up counts nowhere; the rest as the weights say."""
    assert FIGURES["objective"] == {
        "left_out": 2 * 1_000_000,
        "late": 400 * 100,
        "ready_to_door": 700 + 1_100,
        "courier_s": 6_000 * 10,
        "courier_m": 18_000 * 2,
        "overtime": 3 * 1_000,
        "change": 3 * 7,
        "total": 2_000_000 + 40_000 + 1_800 + 60_000 + 36_000 + 3_000 + 21,
    }
    assert FIGURES["churn"] == {"moves": 3, "moved_orders": 2, "moves_per_delivery": 1.5}


def test_an_empty_day_has_figures() -> None:
    """No orders and no couriers: counts are 0, shares and times None."""
    figures = flatten(measure([], [], WEIGHTS, levels=[]))
    assert figures["orders.total"] == 0
    assert figures["on_time.share"] is None
    assert figures["couriers.use"] is None
    assert figures["objective.total"] == 0


def test_a_courier_who_never_came_was_not_used() -> None:
    """Without time on duty there is no use, and no idle time."""
    absent = crew("c1", on_duty_s=None, off_duty_s=5, driving_s=0, waiting_s=0, service_s=0)
    assert (absent.duty_s, absent.idle_s, absent.use) == (0, 0, 0.0)
