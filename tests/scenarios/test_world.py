"""The simulated world, told what to do by hand."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from dispatch.messages import (
    Action,
    CourierOffDuty,
    DropFailed,
    Instruction,
    OrderCancelled,
    OrderPlaced,
    Report,
    StartPick,
    StopPick,
)
from geo.point import Point
from geo.travel import UNREACHABLE_S, Travel
from scenarios.behaviour import Behaviour
from scenarios.durations import Constant, Durations, DurationTable, LogNormal
from scenarios.world.draws import Draws
from scenarios.world.errors import WorldError
from scenarios.world.world import World
from tests.scenarios.village import T0, GridTravel, Papers, at, courier, durations, order, pick, told, visit, world

MALL, DOOR = at(0, 0), at(0, 2)
LOAD, DROP, RETURN = Action.LOAD, Action.DROP, Action.RETURN


def reports_of(village: World, instructions: Sequence[Instruction], *, until_s: int = T0 + 86_400) -> list[Report]:
    """Tell everything at T0 and let time pass."""
    reports = village.advance(until_s=T0)
    village.tell(instructions, at_s=T0)
    return reports + village.advance(until_s=until_s)


def only(reports: Sequence[Report], *kinds: str) -> list[tuple[str, int]]:
    """Return the reports of some kinds, as `told` does."""
    return [pair for pair in told(reports) if pair[0] in kinds]


def test_a_delivery_takes_the_time_of_its_parts() -> None:
    """Pick 200 + 10 a unit; park nowhere (it starts there); handover 30; two blocks; door 60."""
    papers, whole = Papers(), order(units=3)
    papers.write(whole, "m1")
    village = world(papers, orders=[whole], couriers=[courier()])
    reports = reports_of(
        village, [pick("o1:m1"), visit(1, MALL, (LOAD, "o1:m1"), site="mall"), visit(2, DOOR, (DROP, "o1:d"))]
    )
    assert told(reports) == [
        ("OrderPlaced", 0),
        ("CourierOnDuty", 0),
        ("PickStarted", 0),
        ("SetOff", 0),
        ("Arrived", 0),
        ("PickFinished", 230),
        ("Loaded", 260),
        ("VisitDone", 260),
        ("SetOff", 260),
        ("Arrived", 380),
        ("Delivered", 440),
        ("VisitDone", 440),
        ("CourierOffDuty", 36_000),
    ]


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


@pytest.mark.parametrize(
    ("instructions", "words"),
    [
        ([visit(1, DOOR, (DROP, "o1:d"))], "visit c1.1: cannot drop delivery o1:d: fulfilment o1:m1 is not on board"),
        (
            [visit(1, MALL, (RETURN, "o1:m1"), site="mall")],
            "visit c1.1: cannot return fulfilment o1:m1: it is not on board",
        ),
        ([pick("o1:m1"), visit(1, at(10, 0), (LOAD, "o1:m1"), site="east")], "belongs to site mall, not east"),
        (
            [
                pick("o1:m1"),
                visit(1, MALL, (LOAD, "o1:m1"), site="mall"),
                visit(2, MALL, (LOAD, "o1:m1"), site="mall"),
            ],
            "courier c1, visit c1.2: cannot load fulfilment o1:m1: it was handed over before",
        ),
        ([pick("o1:m1"), pick("o1:m1")], "picked twice; it is queued already"),
        ([StartPick(fulfilment="o1:m1", store="zz", not_before_s=T0)], "no such store"),
        ([StopPick(fulfilment="o1:m1", store="m1")], "never begun"),
        ([pick("o1:m1"), *[StopPick(fulfilment="o1:m1", store="m1")] * 2], "stopped before"),
        ([visit(1, DOOR, (DROP, "o1:d"), courier_id="c9")], "no such courier"),
        ([visit(1, DOOR)], "has no tasks"),
    ],
)
def test_what_nobody_could_do_is_refused(instructions: list[Instruction], words: str) -> None:
    """An impossible instruction is an error that names who, where and what."""
    papers = Papers()
    papers.write(order("o1"), "m1")
    village = world(papers, couriers=[courier()])
    with pytest.raises(WorldError, match=words):
        reports_of(village, instructions)


def test_no_way_is_refused() -> None:
    """A courier who is told to go where no way leads is an error."""

    class Nowhere(GridTravel):
        def many_to_many(
            self, origins: Sequence[Point], destinations: Sequence[Point], *, profile: str, depart_s: int
        ) -> Travel:
            del profile, depart_s
            whole = np.full((len(origins), len(destinations)), UNREACHABLE_S, dtype=np.int32)
            return Travel(whole, whole)

    papers = Papers()
    papers.write(order("o1"), "m1")
    village = world(papers, couriers=[courier()], travel=Nowhere())
    with pytest.raises(WorldError, match="no way from"):
        reports_of(village, [visit(1, DOOR, (DROP, "o1:d"))])


def test_shifts_end_when_nothing_is_left_to_do() -> None:
    """A visit told before the end of the shift is done after it; what is on its way is waited for."""
    papers = Papers()
    papers.write(order("o1"), "m1")
    village = world(papers, couriers=[courier(hours=(0, 1))])
    village.advance(until_s=T0 + 3_595)
    village.tell([pick("o1:m1"), visit(1, MALL, (LOAD, "o1:m1"), site="mall")], at_s=T0 + 3_605)
    assert only(village.advance(until_s=T0 + 3_603), "CourierOffDuty") == []
    village.tell([visit(2, DOOR, (DROP, "o1:d"), set_off_s=T0 + 5_000)], at_s=T0 + 3_605)
    reports = village.advance(until_s=T0 + 9_000)
    assert only(reports, "Delivered", "CourierOffDuty") == [("Delivered", 5_180), ("CourierOffDuty", 5_180)]
    with pytest.raises(WorldError, match="c1, who is off duty"):
        village.tell([visit(3, DOOR, (DROP, "o1:d"))], at_s=T0 + 9_000)


def test_a_courier_who_is_ill_never_comes() -> None:
    """Illness is reported when the shift begins; what was told before lapses."""
    papers = Papers()
    papers.write(order("o1"), "m1")
    village = world(papers, couriers=[courier(hours=(1, 2))], behaviour=Behaviour(courier_ill=1.0))
    reports = reports_of(village, [visit(1, MALL, (LOAD, "o1:m1"), site="mall")])
    assert reports == [CourierOffDuty(at_s=T0 + 3_600, courier="c1", reason="ill")]
    assert village.diary.shifts["c1"].on_duty_s is None


def test_a_visit_on_its_way_to_one_who_is_ill_lapses() -> None:
    """An instruction given before the illness was known is nobody's fault."""
    papers = Papers()
    papers.write(order("o1"), "m1")
    village = world(papers, couriers=[courier(hours=(1, 2))], behaviour=Behaviour(courier_ill=1.0))
    village.tell([visit(1, MALL, (LOAD, "o1:m1"), site="mall")], at_s=T0 + 3_605)
    assert told(village.advance(until_s=T0 + 9_000)) == [("CourierOffDuty", 3_600)]


def test_a_late_courier_begins_late() -> None:
    """The delay is at most as long as said, and the shift still ends on time."""
    village = world(Papers(), couriers=[courier(hours=(1, 2))], behaviour=Behaviour(courier_late=1.0, late_s=600))
    came, went = told(village.advance(until_s=T0 + 9_000))
    assert came[0] == "CourierOnDuty"
    assert 3_600 <= came[1] <= 4_200
    assert went == ("CourierOffDuty", 7_200)


def test_a_shift_before_the_day_is_over_at_once() -> None:
    """A courier whose shift has ended before the day begins is off duty from its first second."""
    village = world(Papers(), couriers=[courier(hours=(-5, -1)), courier("c2", hours=(-1, 1))])
    assert [(type(r).__name__, getattr(r, "courier", "")) for r in village.advance(until_s=T0)] == [
        ("CourierOffDuty", "c1"),
        ("CourierOnDuty", "c2"),
    ]


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


def test_the_same_day_meets_every_courier() -> None:
    """A leg, a pick and a door take as long whoever drives, and whatever happens before."""
    takes = Durations(
        pick=DurationTable(default=LogNormal(200, 0.5)),
        pick_per_unit=DurationTable(default=LogNormal(10, 0.5)),
        handover=DurationTable(default=LogNormal(30, 0.5)),
        door=DurationTable(default=LogNormal(60, 0.5)),
        travel_factor_cv=0.3,
    )

    def legs(crew: str, *, first_s: int) -> list[tuple[int, ...]]:
        papers = Papers()
        papers.write(order("o1"), "m1")
        village = world(papers, couriers=[courier("c1"), courier("c2")], takes=takes)
        start = T0 + first_s
        reports_of(
            village,
            [
                pick("o1:m1", not_before_s=start),
                visit(1, MALL, (LOAD, "o1:m1"), site="mall", courier_id=crew, set_off_s=start),
                visit(2, DOOR, (DROP, "o1:d"), courier_id=crew),
            ],
        )
        return [(stop.travel_s, stop.done_s - stop.started_s) for stop in village.diary.stops]

    assert legs("c1", first_s=0) == legs("c2", first_s=900)


def test_drawn_travel_spreads_round_the_true_one() -> None:
    """The factor has mean 1 and the coefficient of variation that was asked for; without one it is exactly 1."""
    draws = Draws(seed=3, timezone="UTC", durations=durations(cv=0.2), behaviour=Behaviour())
    drawn = np.array([draws.travel_s(f"drop:o{number}#1", true_s=1_000) for number in range(4_000)])
    assert abs(drawn.mean() - 1_000) < 15
    assert abs(drawn.std() - 200) < 15
    assert draws.travel_s("drop:o1#1", true_s=0) == 0
    plain = Draws(seed=3, timezone="UTC", durations=durations(), behaviour=Behaviour())
    assert plain.travel_s("drop:o1#1", true_s=77) == 77


def test_durations_follow_store_and_local_hour() -> None:
    """A pick at a store with its own distribution, in the hour of its time zone, takes that long."""
    takes = Durations(
        pick=DurationTable(default=Constant(1), by_store_hour={("m1", 18): Constant(500)}),
        pick_per_unit=DurationTable(default=Constant(0)),
        handover=DurationTable(default=Constant(0)),
        door=DurationTable(default=Constant(1), by_hour={18: Constant(9)}),
    )
    draws = Draws(seed=1, timezone="Europe/Berlin", durations=takes, behaviour=Behaviour())
    assert draws.pick_s("f", store="m1", units=2, at_s=T0) == 500
    assert draws.pick_s("f", store="m2", units=2, at_s=T0) == 1
    assert draws.door_s("o1", attempt=1, at_s=T0) == 9
    assert draws.door_s("o1", attempt=1, at_s=T0 + 3_600) == 1
