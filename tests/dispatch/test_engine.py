"""Turns of the engine: from an order placed to instructions, with a real planner."""

from __future__ import annotations

from typing import Any

from dispatch.decision import Decision
from dispatch.engine import Engine
from dispatch.events import Event, EventKind
from dispatch.messages import (
    Action,
    Arrived,
    CourierOffDuty,
    CourierOnDuty,
    Delivered,
    DropFailed,
    Instruction,
    Loaded,
    OrderPlaced,
    PickFinished,
    PickStarted,
    Report,
    ReturnAccepted,
    SetOff,
    StartPick,
    Visit,
    VisitDone,
)
from dispatch.model import Courier, Interval, Outcome
from dispatch.objective import Objective
from dispatch.policy import Policy
from solver.solve import Solver
from tests.dispatch import town
from tests.dispatch.town import T0, at


def crew(courier_id: str, *, zone: str = "north", start: Any = None) -> Courier:
    """Return a courier on shift for ten hours."""
    return Courier(id=courier_id, zone=zone, profile="bike", shift=Interval(T0, T0 + 36_000), start=start or at(0, 0))


class Day:
    """An engine, its ledgers, and what it said."""

    def __init__(self, *couriers: Courier, **policy: Any) -> None:
        self.events: list[Event] = []
        self.decisions: list[Decision] = []
        self.ledgers = town.ledgers()
        self.solver = Solver()
        self.engine = Engine(
            directory=town.DIRECTORY,
            couriers=couriers,
            travel=town.TRAVEL,
            estimates=town.ESTIMATES,
            ledgers=self.ledgers,
            policy=Policy(**policy),
            objective=Objective(),
            planners=dict.fromkeys(town.DIRECTORY.zones, self.solver),
            work_limit=0,
            on_event=self.events.append,
            on_decision=self.decisions.append,
        )

    def step(self, seconds: int, *reports: Report) -> list[Instruction]:
        """Take a turn so many seconds after T0."""
        return self.engine.step(T0 + seconds, reports)

    def on_duty(self) -> list[Report]:
        """Return every courier's report that it is on duty, where its shift starts."""
        couriers = self.engine.state.couriers.values()
        return [CourierOnDuty(at_s=T0, courier=record.id, point=record.courier.start) for record in couriers]


def visits(instructions: list[Instruction]) -> list[Visit]:
    """Return the visits among instructions."""
    return [each for each in instructions if isinstance(each, Visit)]


def test_an_order_on_its_way() -> None:
    """Placed, picked, loaded, dropped: two visits and nothing left."""
    day = Day(crew("c1", start=at(5, 0)))
    told = day.step(0, *day.on_duty(), OrderPlaced(at_s=T0, order=town.order()))
    (pick,) = [each for each in told if isinstance(each, StartPick)]
    (load,) = visits(told)  # 300 s to drive, 300 s to pick: it must set off now
    assert [task.action for task in load.tasks] == [Action.LOAD]
    goods = pick.fulfilment
    (drop,) = visits(
        day.step(
            320,
            PickStarted(at_s=T0, fulfilment=goods),
            SetOff(at_s=T0, courier="c1", visit=load.id),
            PickFinished(at_s=T0 + 300, fulfilment=goods),
            Arrived(at_s=T0 + 310, courier="c1", visit=load.id),
            Loaded(at_s=T0 + 320, courier="c1", fulfilment=goods),
            VisitDone(at_s=T0 + 320, courier="c1", visit=load.id),
        )
    )
    assert (drop.point, drop.set_off_s, drop.eta_s) == (at(0, 2), T0 + 320, T0 + 440)
    assert not day.engine.finished
    day.step(
        600,
        SetOff(at_s=T0 + 320, courier="c1", visit=drop.id),
        Arrived(at_s=T0 + 440, courier="c1", visit=drop.id),
        Delivered(at_s=T0 + 560, courier="c1", delivery=drop.tasks[0].id),
        VisitDone(at_s=T0 + 560, courier="c1", visit=drop.id),
    )
    assert day.engine.finished
    assert day.engine.state.orders["o1"].outcome is Outcome.DELIVERED
    assert day.ledgers["north"].balance("m1", "tea", now_s=T0 + 600).delivered == 1
    assert [event.number for event in day.events] == list(range(1, len(day.events) + 1))


def test_a_report_that_cannot_be_true_keeps_no_other_from_being_heard() -> None:
    """Between two orders: both are picked, and the courier is told; the turn after has forgotten it."""
    day = Day(crew("c1"))
    nonsense = PickStarted(at_s=T0, fulfilment="nope")
    told = day.step(
        0,
        *day.on_duty(),
        OrderPlaced(at_s=T0, order=town.order("o1")),
        nonsense,
        OrderPlaced(at_s=T0, order=town.order("o2")),
    )
    assert len([each for each in told if isinstance(each, StartPick)]) == 2
    assert [refused.report for refused in day.engine.refused] == [nonsense]
    assert "nope" in day.engine.refused[0].why
    (event,) = [event for event in day.events if event.kind is EventKind.REPORT_REFUSED]
    assert event.data == {"report": "PickStarted", "why": day.engine.refused[0].why}
    day.step(5)
    assert day.engine.refused == []


def test_the_nearer_side_of_the_border_serves() -> None:
    """Eight blocks south of the mall the mall (north) is nearer; twelve blocks south it is the store in the south."""
    day = Day(crew("c1"), crew("c2", zone="south", start=at(0, -20)))
    day.step(
        0,
        *day.on_duty(),
        OrderPlaced(at_s=T0, order=town.order("o1", destination=at(0, -8))),
        OrderPlaced(at_s=T0, order=town.order("o2", destination=at(0, -12))),
    )
    zones = {order.id: order.live.delivery.zone for order in day.engine.state.orders.values()}
    assert zones == {"o1": "north", "o2": "south"}
    planned = {order.id: order.bound or order.planned for order in day.engine.state.orders.values()}
    assert planned == {"o1": "c1", "o2": "c2"}


def test_orders_of_one_site_are_fetched_together() -> None:
    """Two orders in one turn, one courier, one visit with two loads."""
    day = Day(crew("c1"))
    told = day.step(
        0,
        *day.on_duty(),
        OrderPlaced(at_s=T0, order=town.order("o1")),
        OrderPlaced(at_s=T0, order=town.order("o2", destination=at(0, 3))),
    )
    later = visits(told) or visits(day.step(300))
    assert [len(visit.tasks) for visit in later] == [2]


def test_a_failed_drop_is_retried_and_then_brought_back() -> None:
    """Two tries, then the store gets its goods again."""
    day = Day(crew("c1"), attempts=2, retry_after_s=100)
    told = day.step(0, *day.on_duty(), OrderPlaced(at_s=T0, order=town.order()))
    (goods,) = [each.fulfilment for each in told if isinstance(each, StartPick)]
    (load,) = visits(told) or visits(day.step(260))

    def go(seconds: int, visit: Visit, *reports: Report) -> list[Visit]:
        return visits(
            day.step(
                seconds,
                SetOff(at_s=T0 + seconds, courier="c1", visit=visit.id),
                Arrived(at_s=T0 + seconds, courier="c1", visit=visit.id),
                *reports,
                VisitDone(at_s=T0 + seconds, courier="c1", visit=visit.id),
            )
        )

    day.step(270, PickStarted(at_s=T0 + 5, fulfilment=goods), PickFinished(at_s=T0 + 270, fulfilment=goods))
    (drop,) = go(400, load, Loaded(at_s=T0 + 400, courier="c1", fulfilment=goods))
    delivery = drop.tasks[0].id
    again = go(600, drop, DropFailed(at_s=T0 + 600, courier="c1", delivery=delivery))
    (again_visit,) = again or visits(day.step(690))
    assert again_visit.not_before_s == T0 + 700
    (back,) = go(720, again_visit, DropFailed(at_s=T0 + 720, courier="c1", delivery=delivery))
    assert (back.site, [task.action for task in back.tasks]) == ("mall", [Action.RETURN])
    assert day.engine.state.orders["o1"].outcome is Outcome.FAILED
    go(900, back, ReturnAccepted(at_s=T0 + 900, courier="c1", fulfilment=goods))
    assert day.engine.finished
    assert day.ledgers["north"].available("m1", "tea", now_s=T0 + 900) == 100


def test_when_a_courier_does_not_come_another_takes_over() -> None:
    """c1 is nearer, but ill: its deliveries go to c2 at the next turn."""
    day = Day(crew("c1"), crew("c2", start=at(30, 0)))
    day.step(0, OrderPlaced(at_s=T0, order=town.order()))
    order = day.engine.state.orders["o1"]
    assert order.planned == "c1"
    day.step(20, CourierOffDuty(at_s=T0 + 20, courier="c1", reason="ill"))
    assert (order.bound or order.planned) == "c2"


def test_goods_that_come_from_elsewhere_are_fetched_there() -> None:
    """A slot in two hours, planned from the mall; its hold is gone when the choice is due, so the east is to pick."""
    day = Day(crew("c1"), sources_held=2)
    later = town.order(service_level="slot", slot=Interval(T0 + 7_200, T0 + 10_800))
    day.step(0, *day.on_duty(), OrderPlaced(at_s=T0, order=later))
    day.step(4_400)
    order = day.engine.state.orders["o1"]
    assert [step.site for step in day.engine.state.couriers["c1"].steps] == ["mall", ""]
    day.ledgers["north"].release(order.live.hold, now_s=T0 + 4_401)
    pick, load = day.step(4_475)
    assert isinstance(pick, StartPick)
    assert isinstance(load, Visit)
    assert (pick.store, load.site) == ("s2", "east")


def test_an_empty_engine_is_finished() -> None:
    """No order, no courier."""
    day = Day()
    assert day.engine.finished
    assert day.step(0) == []
    assert day.events == []


def test_orders_without_couriers_wait_and_are_given_up() -> None:
    """Planned by nobody, failed after the late limit; then the goods must be put back."""
    day = Day()
    day.step(0, OrderPlaced(at_s=T0, order=town.order()))
    day.step(7_300)
    assert day.engine.state.orders["o1"].reason == "NO_COURIER_IN_TIME"
    assert EventKind.ORDER_FAILED in [event.kind for event in day.events]
