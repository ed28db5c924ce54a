"""When couriers are told their next visit."""

from collections.abc import Callable

from dispatch.commitment import Committer, head
from dispatch.messages import Action, Visit, VisitTask
from dispatch.policy import Policy
from dispatch.state import CourierRecord, Duty, FulfilmentStatus, Option, OrderRecord, OrderStatus, Step, VisitRecord
from tests.dispatch import town
from tests.dispatch.town import T0, at

POLICY = Policy(step_s=20, decision_delay_s=5, margin_s=30, margin_share=0.1, commit_ahead_s=45)


def commit(
    courier: CourierRecord,
    *orders: OrderRecord,
    now_s: int = T0,
    policy: Policy = POLICY,
    choose: Callable[[OrderRecord], None] = lambda order: order.others.clear(),
) -> list[Visit]:
    """Commit for one courier."""
    committer = Committer(town.DIRECTORY, town.TRAVEL, town.HANDLING, policy)
    return committer.commit(town.state([courier], list(orders)), choose, now_s=now_s)


def planned(*orders: OrderRecord, blocks: int = 5) -> CourierRecord:
    """Return a courier so many blocks from the mall who is to load these orders, then drop them."""
    courier = town.courier(point=at(blocks, 0))
    courier.steps = tuple(
        Step(Action.LOAD, order.id, goods.fulfilment.site)
        for order in orders
        for goods in list(order.fulfilments.values())[:1]
    ) + tuple(Step(Action.DROP, order.id, "") for order in orders)
    return courier


def test_a_courier_is_told_when_it_must_set_off() -> None:
    """Goods in 1,000 s, 300 s of travel, 60 s of margin: at 640; the turn and the delay make it 25 s earlier."""
    order = town.allocated(ready_s=T0 + 1_000)
    courier = planned(order)
    assert commit(courier, order, now_s=T0 + 614) == []
    (visit,) = commit(courier, order, now_s=T0 + 615)
    assert (visit.set_off_s, visit.eta_s, visit.setup_s, visit.site) == (T0 + 640, T0 + 940, 90, "mall")
    assert visit.tasks == (VisitTask(action=Action.LOAD, id="o1:m1"),)


def test_what_was_told_is_bound() -> None:
    """The order is bound, its goods know their courier, and the step has left the plan."""
    order = town.allocated()
    courier = planned(order)
    commit(courier, order)
    assert (order.bound, order.fulfilments["o1:m1"].courier, order.told_drop) == ("c1", "c1", False)
    assert courier.steps == (Step(Action.DROP, "o1", ""),)
    assert courier.visits[0].leg_s == 300


def test_goods_of_one_site_are_one_visit() -> None:
    """Two orders at the mall, one of them from two merchants: one visit with three loads, when the last is ready."""
    first, second = town.allocated("o1", stores=("m1", "m2"), ready_s=T0 + 50), town.allocated("o2", ready_s=T0 + 9)
    (visit,) = commit(planned(first, second), first, second)
    assert [task.id for task in visit.tasks] == ["o1:m1", "o1:m2", "o2:m1"]


def test_a_drop_waits_for_the_promise_to_begin() -> None:
    """A slot that begins in an hour: told 120 s of travel and 42 s of margin before, less the turn."""
    order = town.allocated(promise=(T0 + 3_600, T0 + 7_200), status=FulfilmentStatus.ON_BOARD)
    courier = town.courier()
    courier.steps = (Step(Action.DROP, "o1", ""),)
    order.bound = "c1"
    assert commit(courier, order, now_s=T0 + 3_600 - 163 - 25) == []
    (visit,) = commit(courier, order, now_s=T0 + 3_600 - 162 - 25)
    assert (visit.not_before_s, visit.tasks[0].id, visit.site) == (T0 + 3_600, "o1:d", None)
    assert order.told_drop


def test_a_return_is_told_at_once() -> None:
    """Nothing to wait for."""
    order = town.allocated(status=FulfilmentStatus.ON_BOARD)
    order.status, order.bound = OrderStatus.ENDED, "c1"
    courier = town.courier(point=at(5, 0))
    courier.steps = (Step(Action.RETURN, "o1", "mall"),)
    (visit,) = commit(courier, order)
    assert visit.tasks == (VisitTask(action=Action.RETURN, id="o1:m1"),)
    assert order.fulfilments["o1:m1"].told_return


def test_who_stands_at_the_site_need_not_park() -> None:
    """No set-up time."""
    order = town.allocated()
    (visit,) = commit(planned(order, blocks=0), order)
    assert visit.setup_s == 0


def test_a_busy_courier_is_told_shortly_before_it_is_free() -> None:
    """A drop that ends in 120 s: told the next visit 45 s before, to set off when it is free."""
    first, second = town.allocated("o1", status=FulfilmentStatus.ON_BOARD), town.allocated("o2")
    courier = planned(second, blocks=0)
    visit = Visit(
        id="v",
        courier="c1",
        point=at(0, 2),
        site=None,
        setup_s=0,
        tasks=(VisitTask(action=Action.DROP, id="o1:d"),),
        set_off_s=T0,
        eta_s=T0,
        not_before_s=0,
    )
    courier.visits.append(VisitRecord(visit=visit, leg_s=0, set_off_s=T0, arrived_s=T0))
    assert commit(courier, first, second, now_s=T0 + 74) == []
    (told,) = commit(courier, first, second, now_s=T0 + 75)
    assert (told.set_off_s, told.eta_s) == (T0 + 120, T0 + 240)
    assert commit(courier, first, second, now_s=T0 + 75) == []  # two visits told: no third


def test_a_full_courier_is_told_to_load_only_when_its_drop_is_done() -> None:
    """The drop may fail, and its goods stay on board: with room for one delivery, the next load waits for the
    report."""
    first, second = town.allocated("o1", status=FulfilmentStatus.ON_BOARD), town.allocated("o2")
    first.bound = first.fulfilments["o1:m1"].courier = "c1"
    visit = Visit(
        id="v",
        courier="c1",
        point=at(0, 2),
        site=None,
        setup_s=0,
        tasks=(VisitTask(action=Action.DROP, id="o1:d"),),
        set_off_s=T0,
        eta_s=T0,
        not_before_s=0,
    )
    for room, told in ((1, 0), (2, 1)):
        courier = town.courier(capacity=(20_000, 60_000, room))
        courier.steps = (Step(Action.LOAD, "o2", "mall"), Step(Action.DROP, "o2", ""))
        courier.visits.append(VisitRecord(visit=visit, leg_s=0, set_off_s=T0, arrived_s=T0))
        assert len(commit(courier, first, second, now_s=T0 + 100)) == told


def test_goods_of_a_failed_drop_take_room_until_the_plan_is_made_anew() -> None:
    """The plan of before the failure would load what does not fit any more."""
    first, second = town.allocated("o1", status=FulfilmentStatus.ON_BOARD), town.allocated("o2")
    first.bound = first.fulfilments["o1:m1"].courier = "c1"
    courier = town.courier(capacity=(20_000, 60_000, 1))
    courier.steps = (Step(Action.LOAD, "o2", "mall"), Step(Action.DROP, "o2", ""))
    assert commit(courier, first, second) == []


def test_who_is_not_on_duty_is_told_nothing() -> None:
    """Before the shift, and after it."""
    order = town.allocated()
    for duty in (Duty.BEFORE, Duty.OFF):
        courier = planned(order)
        courier.duty = duty
        assert commit(courier, order) == []


def test_head_of_a_plan() -> None:
    """Loads at the same site belong together, returns to it too; a drop stands alone."""
    load, other = Step(Action.LOAD, "a", "mall"), Step(Action.LOAD, "b", "east")
    back, drop = Step(Action.RETURN, "c", "mall"), Step(Action.DROP, "a", "")
    assert head((load, back, other)) == (load, back)
    assert head((drop, drop)) == (drop,)
    assert head((load,)) == (load,)


def with_option(order_id: str = "o1", *, ready_s: int = T0) -> OrderRecord:
    """Return an order from the mall that could be served from the east as well."""
    order, other = town.allocated(order_id, ready_s=ready_s), town.allocated(order_id, stores=("s2",), ready_s=ready_s)
    order.others = [Option(allocation=other.live, fulfilments=other.fulfilments)]
    return order


def test_sources_are_decided_on_before_a_courier_is_told() -> None:
    """Not before that: the choice stays open as long as nobody has to set off."""
    order = with_option(ready_s=T0 + 1_000)
    assert commit(planned(order), order, now_s=T0 + 614) == []
    assert len(order.options) == 2
    (visit,) = commit(planned(order), order, now_s=T0 + 615)
    assert visit.site == "mall"
    assert len(order.options) == 1


def test_nobody_is_sent_where_the_goods_are_not() -> None:
    """The hold of the first order's source had run out, so it has left the plan; the second's choice stays open."""
    first, second = with_option("o1"), with_option("o2")
    courier = planned(first, second)

    def choose(order: OrderRecord) -> None:
        order.prefer(1)
        order.others.clear()
        courier.steps = tuple(step for step in courier.steps if step.order != order.id)

    assert commit(courier, first, second, choose=choose) == []
    assert courier.visits == []
    assert [len(order.options) for order in (first, second)] == [1, 2]


def test_nobody_is_sent_for_an_order_that_has_just_failed() -> None:
    """No hold stood any more, and nothing is left of the plan."""
    order = with_option()
    courier = planned(order)

    def choose(order: OrderRecord) -> None:
        order.status = OrderStatus.ENDED
        courier.steps = ()

    assert commit(courier, order, choose=choose) == []
    assert courier.visits == []


def test_who_is_to_be_planned_anew_is_told_all_the_same() -> None:
    """Another order was cancelled after the end of the shift, when no more plans are made for this courier."""
    order = town.allocated()
    courier = planned(order)
    courier.replan = True
    assert len(commit(courier, order)) == 1
