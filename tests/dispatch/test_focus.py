"""Who is looked at in a re-plan."""

from dispatch.focus import Focus, Focuser
from dispatch.messages import Action
from dispatch.planning import Free
from dispatch.policy import Policy
from dispatch.state import CourierRecord, OrderRecord, Step
from tests.dispatch import town
from tests.dispatch.town import T0, at


def choose(
    couriers: list[CourierRecord], waiting: list[OrderRecord], *, disturbed: tuple[int, ...] = (), policy: Policy
) -> list[Focus]:
    """Choose with every courier free now, where it is."""
    free = [Free(courier=record, at_s=T0, point=record.point) for record in couriers]
    return Focuser(town.DIRECTORY, town.TRAVEL, policy).choose(free, waiting, disturbed, now_s=T0)


def test_the_soonest_couriers_are_considered() -> None:
    """Of five couriers east of the mall, the two nearest."""
    couriers = [town.courier(f"c{blocks}", point=at(blocks, 0)) for blocks in (9, 3, 7, 1, 5)]
    order = town.allocated()
    assert choose(couriers, [order], policy=Policy(couriers_per_delivery=2)) == [Focus((1, 3), (order,))]


def test_who_is_busy_longer_is_less_near() -> None:
    """At the mall but busy for an hour, against four blocks away and idle."""
    busy, idle = town.courier("busy"), town.courier("idle", point=at(4, 0))
    busy.steps = (Step(Action.LOAD, "x", "east"), Step(Action.DROP, "x", "")) * 4
    busy.planned_end_s, busy.planned_end = T0 + 3_600, at(0, 0)
    assert choose([busy, idle], [town.allocated()], policy=Policy(couriers_per_delivery=1))[0].couriers == (1,)


def test_who_comes_to_the_site_anyway_is_near() -> None:
    """Busy for an hour, but at the mall in two minutes; the idle one needs four."""
    busy, idle = town.courier("busy", point=at(9, 0)), town.courier("idle", point=at(4, 0))
    busy.steps = (Step(Action.LOAD, "x", "mall"), Step(Action.DROP, "x", "")) * 4
    busy.planned_end_s, busy.planned_end, busy.loads_at = T0 + 3_600, at(9, 9), {"mall": T0 + 120}
    assert choose([busy, idle], [town.allocated()], policy=Policy(couriers_per_delivery=1))[0].couriers == (0,)


def test_who_lacks_a_skill_or_room_is_not_considered() -> None:
    """Ice asks for a cold box; a courier that carries 500 g cannot take a kilogram."""
    warm, cold = town.courier("warm"), town.courier("cold", skills=frozenset({"cold"}), point=at(9, 0))
    small = town.courier("small", capacity=(900, 60_000, 4))
    policy = Policy(couriers_per_delivery=3)
    assert choose([warm, cold], [town.allocated(skus=("ice",))], policy=policy)[0].couriers == (1,)
    assert choose([small, warm], [town.allocated()], policy=policy)[0].couriers == (1,)


def test_a_delivery_nobody_can_carry_makes_no_replan() -> None:
    """No courier has a cold box; the delivery says so."""
    order = town.allocated(skus=("ice",))
    assert choose([town.courier()], [order], policy=Policy()) == []
    assert order.unplanned_because == "no courier of the zone has the skills and the room for it"
    assert choose([], [town.allocated()], policy=Policy()) == []


def test_deliveries_that_share_couriers_are_planned_together() -> None:
    """Three from the mall are one re-plan."""
    couriers = [town.courier(f"c{number}") for number in range(4)]
    waiting = [town.allocated(f"o{number}") for number in range(3)]
    (focus,) = choose(couriers, waiting, policy=Policy(couriers_per_delivery=4))
    assert focus.waiting == tuple(waiting)


def test_a_replan_has_a_size() -> None:
    """At most two deliveries in hand or in wait: five make three re-plans, of which two are made in a turn."""
    couriers = [town.courier(f"c{number}") for number in range(4)]
    waiting = [town.allocated(f"o{number}") for number in range(5)]
    found = choose(couriers, waiting, policy=Policy(replan_deliveries=2, replans_per_step=2))
    assert [len(focus.waiting) for focus in found] == [2, 2]


def test_disturbed_couriers_are_looked_at_whatever_waits() -> None:
    """A courier whose drop failed joins a re-plan, or gets one of its own."""
    near, far = town.courier("near"), town.courier("far", point=at(30, 0))
    policy = Policy(couriers_per_delivery=1)
    joined = choose([near, far], [town.allocated()], disturbed=(1,), policy=policy)
    assert joined[0].couriers == (0, 1)
    own = choose([near, far], [], disturbed=(1,), policy=policy)
    assert own == [Focus((1,), ())]
    kept = choose([near, far], [town.allocated()], disturbed=(0,), policy=policy)
    assert kept[0].couriers == (0,)


def test_those_who_could_take_over_are_looked_at_with_a_disturbed_courier() -> None:
    """Its load at the mall could be taken by the nearer of two others; without a plan it is looked at alone."""
    late, near, far = town.courier("late"), town.courier("near", point=at(1, 0)), town.courier("far", point=at(9, 0))
    late.steps = (Step(Action.LOAD, "x", "mall"), Step(Action.DROP, "x", ""))
    policy = Policy(couriers_per_delivery=1)
    assert choose([late, near, far], [], disturbed=(0,), policy=policy) == [Focus((0, 1), ())]
    late.steps = (Step(Action.DROP, "x", ""),)
    assert choose([late, near, far], [], disturbed=(0,), policy=policy) == [Focus((0,), ())]


def test_disturbed_couriers_come_before_deliveries_in_wait() -> None:
    """With one re-plan a turn and no room for both."""
    disturbed, idle = town.courier("disturbed", point=at(9, 0)), town.courier("idle")
    policy = Policy(couriers_per_delivery=1, replan_couriers=1, replans_per_step=1)
    chosen = choose([disturbed, idle], [town.allocated()], disturbed=(0,), policy=policy)
    assert chosen == [Focus((0,), ())]
