"""Rules about couriers, gaps, and what depends on whom."""

from solver.insertion import fields as f
from solver.insertion.flatten import flatten
from solver.problem import (
    Gap,
    Request,
    Task,
    TaskRef,
)
from tests.solver.on_a_line import between, courier, delivery, drop, problem


def ways(**rest):
    """Return a request of two loads and two unloads to choose from, and one of them two tasks."""
    return Request(
        id="w",
        loads=(Task(place=1, load=(2,)),),
        other_loads=((Task(place=2, load=(1,)), Task(place=3, load=(1,))),),
        unloads=(Task(place=4, unload=(2,), windows=between(0, 90)),),
        other_unloads=((Task(place=5, unload=(2,), windows=between(0, 60)),),),
        price=7,
        **rest,
    )


def friends(layout, request):
    """Return with whom a request shares rules, and which."""
    return layout.friend[layout.friend_from[request] : layout.friend_from[request + 1]].tolist()


def test_who_shares_a_rule_about_couriers():
    """Of three alike each has two; of two apart one; a gap is noted as none. By the rows of first ways."""
    w = Request(id="w", unloads=(Task(place=1),), other_unloads=((Task(place=2),),), price=1)
    requests = [w, *(drop(name, 1) for name in "xyz")]
    gap = Gap(first=TaskRef(2, 0), second=TaskRef(3, 0))
    layout = flatten(problem([courier()], requests, same_courier=((0, 1, 3),), never_together=((2, 1),), gaps=(gap,)))
    rows = {number: int(row) for number, row in enumerate(layout.leaders)}
    assert rows == {0: 0, 1: 2, 2: 3, 3: 4}
    assert [friends(layout, row) for row in range(5)] == [
        [[2, 1], [4, 1]],
        [],
        [[0, 1], [3, 0], [4, 1]],
        [[2, 0], [4, 2]],
        [[0, 1], [2, 1], [3, 2]],
    ]
    assert flatten(problem([courier()], requests)).friend.shape == (0, 2)


def test_gaps_are_noted_at_both_ends():
    """The unload of x before y, at most 9 s; and x's load before z."""
    gaps = (
        Gap(first=TaskRef(0, 1), second=TaskRef(1, 0), least_s=5, most_s=9),
        Gap(first=TaskRef(0, 0), second=TaskRef(2, 0)),
    )
    layout = flatten(problem([courier()], [delivery("x", 1, 2), drop("y", 3), drop("z", 4)], gaps=gaps))
    own = [layout.gap[node[f.GAP_FROM] : node[f.GAP_TO]].tolist() for node in layout.node]
    assert own == [[[3, 0, f.FAR, 0]], [[2, 5, 9, 0]], [[1, 5, 9, 1]], [[0, 0, f.FAR, 1]], [], []]
    assert layout.request[:, f.GAPS].tolist() == [2, 1, 1]
    assert flatten(problem([courier()], [drop("y", 3)])).gap.shape == (0, 4)


def test_what_a_request_is_worth_to_others():
    """Prices of 1, 2, 4 and 8; in a circle each is worth them all."""
    drops = [drop(name, 1, price=1 << number) for number, name in enumerate("abcd")]

    def worth(*pairs):
        gaps = tuple(Gap(first=TaskRef(one, 0), second=TaskRef(other, 0)) for one, other in pairs)
        rows = flatten(problem([courier()], drops, gaps=gaps)).request
        return rows[:, f.WORTH].tolist(), rows[:, f.CIRCLE].tolist()

    assert worth() == ([1, 2, 4, 8], [0, 0, 0, 0])
    assert worth((3, 2), (2, 0), (3, 0)) == ([1, 2, 5, 13], [0, 0, 0, 0])
    assert worth((0, 1), (1, 0), (1, 3)) == ([11, 11, 4, 8], [1, 1, 0, 0])


def test_how_many_have_to_be_served_before():
    """The longest chain; in a circle no more than there are requests, and nobody waits for the last."""
    drops = [drop(name, 1) for name in "abcd"]

    def depths(*pairs):
        gaps = tuple(Gap(first=TaskRef(one, 0), second=TaskRef(other, 0)) for one, other in pairs)
        return flatten(problem([courier()], drops, gaps=gaps)).request[:, f.DEPTH].tolist()

    assert depths((2, 1), (1, 0), (2, 0)) == [2, 1, 0, 0]
    assert depths((3, 2), (2, 1), (1, 0)) == [3, 2, 1, 0]
    assert min(depths((0, 1), (1, 0))[:2]) > 0
    assert depths() == [0, 0, 0, 0]
