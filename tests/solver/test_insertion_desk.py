"""A request laid out to be inserted."""

from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.insertion.desk import new_desk, prepare
from solver.insertion.flatten import flatten
from solver.insertion.routes import link, new_routes
from solver.problem import Request, Task
from tests.solver.on_a_line import courier, delivery, drop, problem


def laid_out(requests, number=0, *, on_route=None):
    """Return the desk with one of the requests on it, and how many slots of it are in use."""
    layout = flatten(problem([courier(capacity=(9,))], requests, dimensions=("kg",)))
    routes, desk = new_routes(layout), new_desk(layout)
    if on_route is not None:
        link(routes.stop, on_route, layout.tasks)
    interpreted(prepare)(layout, routes, desk, number)
    return desk, int(desk.shape[1]) + 1


def test_a_load_comes_before_its_unload():
    """Nothing done, loaded, unloaded: what is on board, and how long there is."""
    desk, slots = laid_out([delivery("x", 1, 2, amount=(3,), latest_s=70)])
    assert desk.shape.tolist() == [2, 2, 0]
    assert desk.task.tolist() == [0, 1]
    assert desk.step[:slots].tolist() == [[1, -1], [-1, 2], [-1, -1]]
    assert desk.extra[:slots, 0].tolist() == [0, 3, 0]
    assert desk.due[:slots].tolist() == [70, 70, f.FAR]


def test_what_is_on_board_from_the_start():
    """Of a parcel that may be left out, until it is dropped; a bound one is counted with its courier."""
    requests = [drop("x", 1, unload=(3,)), drop("y", 1, unload=(3,), courier=0)]
    desk, slots = laid_out(requests, 0)
    assert desk.extra[:slots, 0].tolist() == [3, 0]
    desk, slots = laid_out(requests, 1)
    assert desk.extra[:slots, 0].tolist() == [0, -3]
    assert desk.due[:slots].tolist() == [f.FAR, f.FAR]


def test_two_loads_go_in_either_order():
    """Unless they are alike: then the lighter goes first."""
    other = Request(id="x", loads=(Task(place=1, load=(2,)), Task(place=2, load=(1,))), unloads=(Task(place=3),))
    desk, slots = laid_out([other])
    assert desk.step[:slots].tolist() == [[1, 2, -1], [-1, 3, -1], [3, -1, -1], [-1, -1, 4], [-1, -1, -1]]
    alike = Request(id="x", loads=(Task(place=1, load=(2,)), Task(place=1, load=(1,))), unloads=(Task(place=3),))
    desk, slots = laid_out([alike])
    assert desk.step[:slots].tolist() == [[-1, 2, -1], [-1, 3, -1], [3, -1, -1], [-1, -1, 4], [-1, -1, -1]]


def test_six_loads_keep_their_order():
    """As many slots as tasks, and one."""
    desk, slots = laid_out([Request(id="x", loads=tuple(Task(place=place) for place in range(6)), price=1)])
    assert slots == 7
    assert [[t for t, done in enumerate(row) if done >= 0] for row in desk.step[:slots]] == [[n] for n in range(6)] + [
        []
    ]


def test_what_is_frozen_is_not_inserted_again():
    """The load is on the route already: only the unload is left to do."""
    desk, slots = laid_out([delivery("x", 1, 2, amount=(3,), courier=0)], on_route=0)
    assert (slots, desk.shape[0], desk.task[0]) == (2, 1, 1)
    assert desk.step[:slots, 0].tolist() == [1, -1]


def test_the_same_request_is_laid_out_once():
    """What is there already is not touched."""
    desk, _ = laid_out([drop("x", 1)])
    layout = flatten(problem([], [drop("x", 1)]))
    desk.task[0] = 99
    interpreted(prepare)(layout, new_routes(layout), desk, 0)
    assert desk.task[0] == 99
