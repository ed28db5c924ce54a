"""Stores: pickers side by side, and picks that are stopped."""

import pytest

from dispatch.messages import StopPick
from tests.scenarios.village import (
    DOOR,
    DROP,
    LOAD,
    MALL,
    RETURN,
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


def test_pickers_work_side_by_side_in_order_of_due_time() -> None:
    """Two pickers take what is due; what may begin later waits, and does not block what may begin."""
    papers = Papers()
    for name in ("o1", "o2", "o3", "o4"):
        papers.write(order(name), "m1")
    village = world(papers, pickers=2)
    reports = reports_of(village, [pick("o1:m1", not_before_s=T0 + 100), pick("o2:m1"), pick("o3:m1"), pick("o4:m1")])
    assert [(r.fulfilment, r.at_s - T0) for r in reports if type(r).__name__ == "PickStarted"] == [
        ("o2:m1", 0),
        ("o3:m1", 0),
        ("o4:m1", 210),
        ("o1:m1", 210),
    ]


@pytest.mark.parametrize(
    ("stopped_at_s", "kinds"), [(50, []), (150, ["PickStarted"]), (350, ["PickStarted", "PickFinished"])]
)
def test_a_stopped_pick_goes_back_to_the_shelf(stopped_at_s: int, kinds: list[str]) -> None:
    """Queued, half picked or packed: the store answers, the picker is free, and a courier who waits for it leaves."""
    papers = Papers()
    papers.write(order("o1"), "m1")
    papers.write(order("o2"), "m1")
    village = world(papers, couriers=[courier()])
    reports = reports_of(
        village,
        [
            pick("o1:m1", not_before_s=T0 + 100),
            visit(1, MALL, (LOAD, "o1:m1"), site="mall", set_off_s=T0 + 400),
            pick("o2:m1", not_before_s=T0 + 110),
        ],
        until_s=T0 + stopped_at_s,
    )
    village.tell([StopPick(fulfilment="o1:m1", store="m1")], at_s=T0 + stopped_at_s)
    reports += village.advance(until_s=T0 + 4_000)
    of_first = [type(report).__name__ for report in reports if getattr(report, "fulfilment", "") == "o1:m1"]
    assert of_first == [*kinds, "PickStopped"]
    begun = {50: 110, 150: 150, 350: 310}[stopped_at_s]
    assert [r.at_s - T0 for r in reports if getattr(r, "fulfilment", "") == "o2:m1"] == [begun, begun + 210]
    assert only(reports, "Arrived", "VisitDone") == [("Arrived", 400), ("VisitDone", 400)]


def test_a_courier_who_waits_leaves_when_the_goods_are_given_up() -> None:
    """The visit ends with the stop, not before; the drop of goods that were all given up lapses, too."""
    papers = Papers()
    papers.write(order("o1", units=50), "m1")
    village = world(papers, couriers=[courier()])
    village.advance(until_s=T0)
    tasks = [visit(1, MALL, (LOAD, "o1:m1"), site="mall"), visit(2, DOOR, (DROP, "o1:d"))]
    village.tell([pick("o1:m1"), *tasks, StopPick(fulfilment="o1:m1", store="m1")], at_s=T0 + 300)
    reports = village.advance(until_s=T0 + 4_000)
    assert only(reports, "Arrived", "VisitDone", "PickStopped", "Loaded", "Delivered") == [
        ("PickStopped", 300),
        ("Arrived", 300),
        ("VisitDone", 300),
        ("Arrived", 420),
        ("VisitDone", 420),
    ]
    assert village.diary.stops == []
    assert [drive.distance_m for drive in village.diary.drives] == [0, 600]


def test_a_stop_that_comes_after_loading_changes_nothing() -> None:
    """From the moment when the handover begins, the goods are the courier's."""
    papers = Papers()
    papers.write(order("o1"), "m1")
    village = world(papers, couriers=[courier()])
    village.advance(until_s=T0)
    village.tell([pick("o1:m1"), visit(1, MALL, (LOAD, "o1:m1"), site="mall")], at_s=T0)
    village.tell([StopPick(fulfilment="o1:m1", store="m1")], at_s=T0 + 220)
    village.tell([visit(2, MALL, (RETURN, "o1:m1"), site="mall")], at_s=T0 + 500)
    reports = village.advance(until_s=T0 + 520)
    village.tell([StopPick(fulfilment="o1:m1", store="m1")], at_s=T0 + 600)
    reports += village.advance(until_s=T0 + 4_000)
    assert only(reports, "PickStopped", "Loaded", "ReturnAccepted") == [("Loaded", 240), ("ReturnAccepted", 530)]
