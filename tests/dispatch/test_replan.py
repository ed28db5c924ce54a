"""Re-plans of a zone: whom they concern, what they write, and when a better plan is taken."""

from collections.abc import Sequence

from dispatch.messages import Action
from dispatch.objective import Objective
from dispatch.policy import Policy
from dispatch.replan import PlanMade, Planner, Replanner, moved
from dispatch.state import CourierRecord, Duty, Option, OrderRecord, State, Step
from solver.params import SolveParams
from solver.plan import Plan
from solver.problem import Problem, Sequences, TaskRef
from solver.schedule import schedule
from solver.solve import Solver
from tests.dispatch import town
from tests.dispatch.town import T0, at


def replan(
    couriers: list[CourierRecord],
    orders: list[OrderRecord],
    *,
    planner: Planner | None = None,
    work: int = 0,
    now_s: int = T0,
    policy: Policy | None = None,
    objective: Objective | None = None,
) -> tuple[State, list[PlanMade]]:
    """Re-plan the north once."""
    replanner = Replanner(
        directory=town.DIRECTORY,
        travel=town.TRAVEL,
        handling=town.HANDLING,
        objective=objective or Objective(),
        policy=policy or Policy(),
        planner=planner or Solver(),
        work_limit=work,
    )
    state = town.state(couriers, orders)
    return state, replanner.replan(replanner.agenda("north", state, now_s=now_s), state)


class Scripted:
    """Answers with given task orders, one a call."""

    def __init__(self, *answers: Sequences) -> None:
        self.answers = list(answers)
        self.params: list[SolveParams] = []

    def solve(self, problem: Problem, params: SolveParams, *, start: Sequences | None = None) -> Plan:
        """Return the next answer."""
        del start
        self.params.append(params)
        return schedule(problem, self.answers.pop(0))


def pair(*requests: int) -> tuple[TaskRef, ...]:
    """Load and drop requests one after the other."""
    return tuple(TaskRef(request, task) for request in requests for task in (0, 1))


def test_a_delivery_in_wait_gets_a_courier_and_an_eta() -> None:
    """Two blocks away: parked already, 60 s to hand over, 120 s to drive."""
    order, crew = town.allocated(), town.courier()
    _, (made,) = replan([crew], [order])
    assert crew.steps == (Step(Action.LOAD, "o1", "mall"), Step(Action.DROP, "o1", ""))
    assert (order.planned, order.eta_s, order.first_eta_s) == ("c1", T0 + 180, T0 + 180)
    assert crew.loads_at == {"mall": T0}
    assert (crew.planned_free_s, crew.planned_end_s, crew.planned_end) == (T0, T0 + 300, at(0, 2))
    assert (made.planned, made.moved, made.left_out) == (("o1",), (), 0)


def test_nothing_to_do_is_no_replan() -> None:
    """All planned, nobody disturbed; or the only delivery was looked at a moment ago, or lies beyond the horizon."""
    assert replan([town.courier()], [])[1] == []
    just_seen = town.allocated()
    just_seen.considered_s = T0 - 10
    assert replan([town.courier()], [just_seen])[1] == []
    later = town.allocated(promise=(T0 + 9_000, T0 + 10_000))
    assert replan([town.courier()], [later])[1] == []


def test_who_is_off_duty_or_long_before_its_shift_is_not_planned_for() -> None:
    """Nor who has gone home; but who has goods on board is, whatever the hour."""
    order = town.allocated()
    off, early = town.courier("a", duty=Duty.OFF), town.courier("b", duty=Duty.BEFORE, shift=(T0 + 9_000, T0 + 9_999))
    gone = town.courier("c", shift=(T0 - 100, T0 - 1))
    assert replan([off, early, gone], [order])[1] == []
    order.bound = order.fulfilments["o1:m1"].courier = "c"
    gone.replan = True
    replan([gone], [order])
    assert gone.steps == (Step(Action.DROP, "o1", ""),)


def test_a_late_courier_has_its_plan_looked_at_again() -> None:
    """Planned to be free 200 s ago, with a delivery before it that another can fetch sooner."""
    order, late = town.allocated(), town.courier("a")
    late.steps, late.planned_free_s = (Step(Action.LOAD, "o1", "mall"), Step(Action.DROP, "o1", "")), T0 - 200
    order.planned = "a"
    assert len(replan([late], [order], policy=Policy(drift_s=120))[1]) == 1
    late.planned_free_s = T0 - 100
    assert replan([late], [order], policy=Policy(drift_s=120))[1] == []


def test_a_better_plan_is_taken_only_if_it_is_worth_its_changes() -> None:
    """The second plan moves o1 to the other courier and saves 4 blocks of driving (2,400 units and 1,200 of metres)."""
    near, far = town.courier("a", point=at(0, 1)), town.courier("b", point=at(0, 5))
    for change, taken in ((100, "a"), (100_000, "b")):
        orders = [town.allocated("o1"), town.allocated("o2")]
        planner = Scripted(((), pair(0, 1)), (pair(0, 1), ()))
        replan([near, far], orders, planner=planner, work=7, objective=Objective(change=change))
        assert {order.planned for order in orders} == {taken}
        assert [params.work_limit for params in planner.params] == [0, 7]


def test_the_plan_chooses_among_sources() -> None:
    """The courier is in the east, and so is the customer: the goods come from there, not from the mall."""
    order = town.allocated(destination=at(9, 0))
    other = town.allocated(stores=("s2",), destination=at(9, 0))
    order.others = [Option(allocation=other.live, fulfilments=other.fulfilments)]
    courier = town.courier(point=at(10, 0))
    replan([courier], [order])
    assert courier.steps == (Step(Action.LOAD, "o1", "east"), Step(Action.DROP, "o1", ""))
    assert list(courier.loads_at) == ["east"]
    assert [list(option.fulfilments) for option in order.options] == [["o1:s2"], ["o1:m1"]]
    # Planned again, it stays so.
    courier.replan = True
    replan([courier], [order])
    assert courier.steps == (Step(Action.LOAD, "o1", "east"), Step(Action.DROP, "o1", ""))
    assert list(order.fulfilments) == ["o1:s2"]


def test_moves_are_counted() -> None:
    """Planned for a, then for b: one move."""
    a, b, order, other = town.courier("a"), town.courier("b"), town.allocated("o1"), town.allocated("o2")
    order.planned, a.steps = "a", (Step(Action.LOAD, "o1", "mall"), Step(Action.DROP, "o1", ""))
    _, (made,) = replan([a, b], [order, other], planner=Scripted((pair(1), pair(0))))
    assert (made.moved, order.moves) == (("o1",), 1)


def test_a_delivery_left_out_says_why() -> None:
    """It was looked at, and is given to nobody."""
    order = town.allocated(destination=at(0, 100))
    state, (made,) = replan([town.courier()], [order])
    assert (made.left_out, order.planned, order.considered_s) == (1, None, T0)
    assert state.orders["o1"].unplanned_because


def test_moved_compares_couriers_of_requests() -> None:
    """In only one of the plans: not moved."""
    before: Sequence[tuple[TaskRef, ...]] = (pair(0, 1), pair(2))
    assert moved(tuple(before), (pair(0), pair(1))) == {1}
