"""Visits: what is done at one place, in what order, and what is written down of it."""

from dispatch.messages import DropFailed
from scenarios.behaviour import Behaviour
from tests.scenarios.village import (
    DOOR,
    DROP,
    LOAD,
    MALL,
    RETURN,
    T0,
    Papers,
    at,
    courier,
    only,
    order,
    pick,
    reports_of,
    told,
    visit,
    world,
)


def test_the_diary_says_where_time_went() -> None:
    """Waiting, driving, service and idle time of the same delivery add up, and its stops say so."""
    papers, whole = Papers(), order(units=3)
    papers.write(whole, "m1")
    village = world(papers, orders=[whole], couriers=[courier(start=at(1, 0))])
    reports_of(village, [pick("o1:m1"), visit(1, MALL, (LOAD, "o1:m1"), site="mall"), visit(2, DOOR, (DROP, "o1:d"))])
    load, drop = village.diary.stops
    assert (load.arrived_s - T0, load.started_s - T0, load.wait_s, load.travel_s, load.distance_m) == (
        60,
        230,
        80,
        60,
        300,
    )
    assert (drop.set_off_s - T0, drop.arrived_s - T0, drop.done_s - T0, drop.attempt) == (260, 380, 440, 1)
    shift = village.diary.shifts["c1"]
    assert (shift.driving_s, shift.waiting_s, shift.service_s) == (180, 80, 90 + 30 + 60)
    assert (shift.distance_m, shift.visits, shift.deliveries) == (900, 2, 1)


def test_setup_is_paid_once_and_only_on_coming_from_elsewhere() -> None:
    """Two fulfilments at the mall share one set-up; a second visit to the same place pays none."""
    papers = Papers()
    papers.write(order("o1"), "m1", "m2")
    papers.write(order("o2"), "m1")
    village = world(papers, couriers=[courier(start=at(1, 0))], pickers=2)
    reports = reports_of(
        village,
        [
            pick("o1:m1"),
            pick("o1:m2"),
            pick("o2:m1"),
            visit(1, MALL, (LOAD, "o1:m1"), (LOAD, "o1:m2"), site="mall", set_off_s=T0 + 1_000),
            visit(2, MALL, (LOAD, "o2:m1"), site="mall"),
        ],
    )
    assert only(reports, "Arrived", "Loaded") == [
        ("Arrived", 1_060),
        ("Loaded", 1_060 + 90 + 30),
        ("Loaded", 1_060 + 90 + 60),
        ("Arrived", 1_210),
        ("Loaded", 1_240),
    ]


def test_what_is_packed_is_loaded_while_the_rest_is_picked() -> None:
    """The second load of a visit is done first if it is ready first."""
    papers = Papers()
    papers.write(order("o1", units=30), "m1", "m2")
    papers.write(order("o2"), "m2")
    village = world(papers, couriers=[courier()])
    reports = reports_of(
        village,
        [pick("o1:m1"), pick("o2:m2"), visit(1, MALL, (LOAD, "o1:m1"), (LOAD, "o2:m2"), site="mall")],
    )
    assert [(stop.id, stop.started_s - T0, stop.wait_s) for stop in village.diary.stops] == [
        ("o2:m2", 210, 210),
        ("o1:m1", 500, 260),
    ]
    assert only(reports, "VisitDone") == [("VisitDone", 530)]


def test_nobody_at_home_leaves_the_goods_on_board() -> None:
    """A failed drop is tried again, as a second try; then the goods are taken back, and the courier goes home."""
    papers = Papers()
    papers.write(order("o1"), "m1")
    village = world(papers, couriers=[courier(hours=(0, 1))], behaviour=Behaviour(absent=1.0))
    reports = reports_of(
        village,
        [
            pick("o1:m1"),
            visit(1, MALL, (LOAD, "o1:m1"), site="mall"),
            visit(2, DOOR, (DROP, "o1:d")),
            visit(3, DOOR, (DROP, "o1:d"), not_before_s=T0 + 5_000),
        ],
        until_s=T0 + 6_000,
    )
    assert only(reports, "DropFailed") == [("DropFailed", 420), ("DropFailed", 5_060)]
    assert [report.reason for report in reports if isinstance(report, DropFailed)] == ["customer absent"] * 2
    assert [(stop.attempt, stop.failed) for stop in village.diary.stops if stop.action is DROP] == [
        (1, "customer absent"),
        (2, "customer absent"),
    ]
    assert not only(reports, "CourierOffDuty")
    village.tell([visit(4, MALL, (RETURN, "o1:m1"), site="mall")], at_s=T0 + 6_000)
    assert told(village.advance(until_s=T0 + 9_000)) == [
        ("SetOff", 6_000),
        ("Arrived", 6_120),
        ("ReturnAccepted", 6_120 + 90 + 30),
        ("VisitDone", 6_240),
        ("CourierOffDuty", 6_240),
    ]
    assert village.next_s is None


def test_a_drop_waits_for_its_window() -> None:
    """A courier who is early at the door waits until the window opens."""
    papers = Papers()
    papers.write(order("o1"), "m1")
    village = world(papers, couriers=[courier()])
    reports = reports_of(
        village,
        [
            pick("o1:m1"),
            visit(1, MALL, (LOAD, "o1:m1"), site="mall"),
            visit(2, DOOR, (DROP, "o1:d"), not_before_s=T0 + 1_000),
        ],
    )
    assert only(reports, "Delivered") == [("Delivered", 1_060)]
    assert village.diary.stops[-1].wait_s == 1_000 - 360


def test_loading_and_dropping_at_one_place() -> None:
    """A drop at the place where its goods are loaded waits for them."""
    papers = Papers()
    papers.write(order("o1", destination=MALL), "m1")
    village = world(papers, couriers=[courier()])
    reports = reports_of(village, [pick("o1:m1"), visit(1, MALL, (LOAD, "o1:m1"), (DROP, "o1:d"), site="mall")])
    assert only(reports, "Loaded", "Delivered", "VisitDone") == [
        ("Loaded", 240),
        ("Delivered", 300),
        ("VisitDone", 300),
    ]
