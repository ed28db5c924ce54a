"""When and where a courier is free of all it was told."""

from dispatch.messages import Action, Visit, VisitTask
from dispatch.state import CourierRecord, Duty, FulfilmentStatus, VisitRecord
from dispatch.whereabouts import free
from geo.point import Point
from tests.dispatch import town
from tests.dispatch.town import T0, at


def visit(
    action: Action, *ids: str, point: Point, set_off_s: int = T0, not_before_s: int = 0, setup_s: int = 0
) -> Visit:
    """Return a visit of courier c1."""
    return Visit(
        id="v",
        courier="c1",
        point=point,
        site=None,
        setup_s=setup_s,
        tasks=tuple(VisitTask(action=action, id=key) for key in ids),
        set_off_s=set_off_s,
        eta_s=set_off_s,
        not_before_s=not_before_s,
    )


def free_s(courier: CourierRecord, *orders: object, now_s: int = T0) -> int:
    """Return the expected moment."""
    return free(courier, town.state([courier], list(orders)), town.HANDLING, now_s=now_s).at_s  # type: ignore[arg-type]


def test_who_was_told_nothing_is_free_now_and_here() -> None:
    """Idle at the mall."""
    found = free(town.courier(), town.state([], []), town.HANDLING, now_s=T0 + 5)
    assert (found.at_s, found.point) == (T0 + 5, at(0, 0))


def test_before_its_shift_a_courier_is_free_when_it_begins() -> None:
    """In ten minutes."""
    assert free_s(town.courier(duty=Duty.BEFORE, shift=(T0 + 600, T0 + 900))) == T0 + 600


def test_who_has_not_come_yet_is_expected_to_be_late_as_long_again() -> None:
    """Ten minutes after the shift began, in ten minutes."""
    assert free_s(town.courier(duty=Duty.BEFORE, shift=(T0 - 600, T0 + 900))) == T0 + 600


def test_a_courier_not_yet_under_way() -> None:
    """Sets off in 100 s, drives 120, parks 90, is handed 60."""
    courier, order = town.courier(), town.allocated(status=FulfilmentStatus.READY)
    told = visit(Action.LOAD, "o1:m1", point=at(0, 0), set_off_s=T0 + 100, setup_s=90)
    courier.visits.append(VisitRecord(visit=told, leg_s=120))
    assert free_s(courier, order) == T0 + 100 + 120 + 90 + 60


def test_goods_not_packed_are_waited_for() -> None:
    """Arrived, but the goods are expected in 500 s; then parking and handing over."""
    courier, order = town.courier(), town.allocated(ready_s=T0 + 500)
    told = visit(Action.LOAD, "o1:m1", point=at(0, 0), setup_s=90)
    courier.visits.append(VisitRecord(visit=told, leg_s=0, set_off_s=T0, arrived_s=T0))
    assert free_s(courier, order) == T0 + 500 + 90 + 60
    assert free_s(courier, order, now_s=T0 + 700) == T0 + 700 + 90 + 60  # overdue: any moment now


def test_goods_on_board_are_not_waited_for() -> None:
    """Loaded already: what was expected of the store does not matter."""
    courier = town.courier()
    order = town.allocated(ready_s=T0 + 500, status=FulfilmentStatus.ON_BOARD)
    told = visit(Action.LOAD, "o1:m1", point=at(0, 0))
    courier.visits.append(VisitRecord(visit=told, leg_s=0, set_off_s=T0, arrived_s=T0))
    assert free_s(courier, order, now_s=T0 + 10) == T0 + 60


def test_what_was_stopped_takes_no_time() -> None:
    """The store put it back: only the way is left."""
    courier, order = town.courier(), town.allocated(ready_s=T0 + 500, status=FulfilmentStatus.STOPPED)
    courier.visits.append(VisitRecord(visit=visit(Action.LOAD, "o1:m1", point=at(0, 0)), leg_s=50, set_off_s=T0))
    assert free_s(courier, order) == T0 + 50


def test_an_overdue_courier_arrives_any_moment() -> None:
    """Expected 300 s ago at the door: it is believed to arrive now, and needs 120 s."""
    courier = town.courier()
    courier.visits.append(VisitRecord(visit=visit(Action.DROP, "o1:d", point=at(0, 2)), leg_s=120, set_off_s=T0))
    assert free_s(courier, town.allocated(), now_s=T0 + 420) == T0 + 420 + 120


def test_visits_follow_one_another() -> None:
    """First a load (60 s, under way for 60 s), then a drop 120 s on that must not begin before 1,000 s."""
    courier, order = town.courier(), town.allocated(status=FulfilmentStatus.READY)
    courier.visits.append(VisitRecord(visit=visit(Action.LOAD, "o1:m1", point=at(0, 0)), leg_s=60, set_off_s=T0))
    drop = visit(Action.DROP, "o1:d", point=at(0, 2), not_before_s=T0 + 1_000)
    courier.visits.append(VisitRecord(visit=drop, leg_s=120))
    found = free(courier, town.state([courier], [order]), town.HANDLING, now_s=T0)
    assert (found.at_s, found.point) == (T0 + 1_000 + 120, at(0, 2))
