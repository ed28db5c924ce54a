"""Reasons and suggestions for a plan that has none yet."""

from io import StringIO

from rich.console import Console

from api.suggesting import tell_suggestions, with_suggestions
from solver.plan import Reason
from solver.problem import Window
from solver.schedule import schedule
from solver.solve import Solver
from tests.solver.on_a_line import courier, drop, problem, refs


def test_reasons_are_made_up_for():
    """Where there was no time for them. Who is in the way is told by id: 30 s of service, and 40 s there, in 50 s.

    To place 9 it is 90 s with nothing else to do, 40 s too many for the shift of 50 s, and 85 s after its window.
    """
    requests = [drop("bread", 0, service_s=30), drop("milk", 4), drop("jam", 9, price=1, windows=(Window(latest_s=5),))]
    made = problem([courier(latest_s=50)], requests)
    with Solver() as solver:
        plan = with_suggestions(made, schedule(made, (refs("0.0"),)), solver=solver, limit_s=20.0, seed=0)
    assert [item.reason for item in plan.left_out] == [Reason.CROWDED_OUT, Reason.IMPOSSIBLE]
    assert all(item.suggestion and not item.suggestion.orders for item in plan.left_out)
    console = Console(file=StringIO(), width=40)
    tell_suggestions(console, made, plan)
    first, second = console.file.getvalue().splitlines()
    assert first == (
        "milk: shift of courier c 20 s longer "
        "(crowded out by bread: courier c could serve it for 40 with nothing else to do)"
    )
    assert second.startswith("jam: no single change found in ")
    assert second.endswith(" s (impossible: courier c, the fastest, would be 2 min 5 s late with nothing else to do)")


def test_reasons_take_a_part_of_the_time():
    """Without time there are none, and no suggestions."""
    made = problem([courier()], [drop("milk", 4, windows=(Window(latest_s=5),))])
    with Solver() as solver:
        plan = with_suggestions(made, schedule(made, ((),)), solver=solver, limit_s=0.0, seed=0)
    (item,) = plan.left_out
    assert (item.reason, item.suggestion.text) == (Reason.NOT_FOUND, "no single change found in 0 s")
