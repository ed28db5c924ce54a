"""What could be put in, nothing else moved."""

import dataclasses

import pytest

from solver.check import check_left_out
from solver.errors import PlanFault
from solver.problem import Break, DelayCost, Gap, Reload, Request, Task, TaskRef
from solver.schedule import schedule
from tests.solver.on_a_line import between, courier, delivery, drop, problem, refs


def fits(made, *orders):
    """Return the words of the fault: what fits where."""
    with pytest.raises(PlanFault, match="FITS") as caught:
        check_left_out(made, schedule(made, tuple(map(refs, orders))))
    return caught.value.message


def nothing_fits(made, *orders):
    """Let it look for what fits, and find nothing."""
    check_left_out(made, schedule(made, tuple(map(refs, orders))))
    return True


def test_every_way_is_tried():
    """The second has 10 s to go where the first has 90."""
    request = Request(id="r", unloads=(Task(place=9),), other_unloads=((Task(place=1),),), price=11)
    assert "serve it for 10 by 0.0/1" in fits(problem([courier()], [request]), "")
    assert nothing_fits(problem([courier()], [dataclasses.replace(request, price=10)]), "")


def test_steps_stay_where_they_are():
    """The break is at 45, before what comes in the end."""
    crew = [courier(breaks=(Break(windows=between(45, 55), duration_s=10),))]
    made = problem(crew, [drop("a", 5), drop("b", 7, price=21, windows=between(0, 80))])
    assert "serve it for 20 by break.0 0.0 1.0" in fits(made, "break.0 0.0")
    late = problem(crew, [drop("a", 5), drop("b", 7, price=21, windows=between(0, 79))])
    assert nothing_fits(late, "break.0 0.0")


def test_a_courier_without_stops_takes_its_breaks_anywhere():
    """Here after the drop: before it, there is no time."""
    crew = [courier(breaks=(Break(duration_s=10),))]
    made = problem(crew, [drop("a", 5, windows=between(0, 55))])
    assert "by 0.0 break.0" in fits(made, "")


def test_a_trip_with_room_is_found():
    """The second, of 3 kg each."""
    crew = [courier(capacity=(3,), reloads=(Reload(place=0),))]
    for amount in (2, 3):
        requests = [drop("a", 1, unload=(3,)), drop("b", 1, unload=(amount,)), drop("c", 1, unload=(1,))]
        made = problem(crew, requests, dimensions=("kg",))
        if amount == 2:
            assert "serve it for 0 by 0.0 reload.0 2.0 1.0" in fits(made, "0.0 reload.0 1.0")
        else:
            assert nothing_fits(made, "0.0 reload.0 1.0")


def test_frozen_stops_stay_first():
    """Breaks between them, too."""
    crew = [courier(frozen=refs("0.0 1.0"), breaks=(Break(),))]
    bound = [drop("a", 1, courier=0), drop("b", 2, courier=0)]
    early = drop("c", 1, windows=between(0, 15))
    assert nothing_fits(problem(crew, [*bound, early]), "0.0 break.0 1.0")
    assert "by 0.0 break.0 1.0 2.0" in fits(problem(crew, [*bound, drop("c", 1)]), "0.0 break.0 1.0")


def test_relations_are_kept():
    """Only with the one it belongs to, and not with the one it does not go with."""
    crew = [courier("a"), courier("b")]
    requests = [drop("x", 1), drop("y", 1), drop("z", 1)]
    same = problem(crew, requests, same_courier=((0, 2),))
    assert "courier 0 (a) could" in fits(same, "0.0", "1.0")
    never = problem(crew, requests, never_together=((0, 2),))
    assert "courier 1 (b) could" in fits(never, "0.0", "1.0")
    assert nothing_fits(problem(crew, requests, same_courier=((0, 2),), never_together=((0, 2),)), "0.0", "1.0")


def test_what_needs_another_does_not_fit_without_it():
    """The first fits, and then the second would."""
    gap = Gap(first=TaskRef(0, 0), second=TaskRef(1, 0))
    dear = [drop("x", 1, price=5), drop("y", 1)]
    assert nothing_fits(problem([courier()], dear, gaps=(gap,)), "")
    assert "request 1 (y)" in fits(problem([courier()], dear, gaps=(gap,)), "0.0")


def test_what_others_have_to_wait_for_is_counted():
    """The first waits for the second up to 40 or 46, at 1 a second from 20 on; the third has to start by 45."""
    first = drop("x", 1, delay_costs=(DelayCost(after_s=20, per_s=1),))
    requests = [first, drop("y", 5), drop("z", 1, windows=between(0, 45))]
    for most_s in (10, 4):
        gap = Gap(first=TaskRef(0, 0), second=TaskRef(1, 0), most_s=most_s)
        made = problem([courier("a"), courier("b")], requests, gaps=(gap,))
        if most_s == 10:
            assert "courier 1 (b) could serve it for 70 by 1.0" in fits(made, "0.0 2.0", "")
        else:
            assert nothing_fits(made, "0.0 2.0", "")


def test_time_on_board_may_be_waited_for():
    """The load in time for the unload."""
    request = dataclasses.replace(
        delivery("a", 1, 3, max_on_board_s=20), unloads=(Task(place=3, windows=between(100, 200)),)
    )
    assert "for 30 by 0.0 0.1" in fits(problem([courier()], [request]), "")
    assert nothing_fits(problem([courier()], [dataclasses.replace(request, max_on_board_s=19)]), "")
