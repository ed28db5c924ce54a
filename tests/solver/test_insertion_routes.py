"""The links of routes under construction."""

import pytest

from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.insertion.flatten import flatten
from solver.insertion.routes import assign, lift, link, new_routes, unlink
from solver.problem import Request, Task
from tests.solver.on_a_line import courier, delivery, drop, problem

COURIERS = [courier("x", earliest_s=7, latest_s=90), courier("y", latest_s=80)]


def linked(requests, *nodes):
    """Return the layout and the routes of a problem, the first courier's following these nodes."""
    layout = flatten(problem(COURIERS, requests))
    routes = new_routes(layout)
    at = layout.tasks
    for node in nodes:
        interpreted(link)(routes.stop, node, at)
        at = node
    return layout, routes


def forth_and_back(layout, routes):
    """Return the nodes of the first route in order, and what the links back say."""
    start = layout.tasks
    forth, back = [start], [start + len(layout.courier)]
    while forth[-1] != start + len(layout.courier):
        forth.append(int(routes.stop[forth[-1], f.NEXT]))
    while back[-1] != start:
        back.append(int(routes.stop[back[-1], f.PREVIOUS]))
    return forth, back[::-1]


def test_new_routes_lead_from_start_to_end():
    """From the beginning of the shift to its end; nobody serves anything."""
    layout, routes = linked([drop("a", 1), delivery("b", 2, 3)])
    assert routes.stop[3:, [f.NEXT, f.PREVIOUS]].tolist() == [[5, 0], [6, 0], [0, 3], [0, 4]]
    assert routes.stop[:3, f.PREVIOUS].tolist() == [-1, -1, -1]
    assert routes.stop[3:5, f.DEPART].tolist() == [7, 0]
    assert routes.stop[5:, f.LATEST_OTHER].tolist() == [90, 80]
    assert routes.stop[:, f.AT].tolist() == layout.node[:, f.PLACE].tolist()
    assert routes.route[:, [f.COUNT, f.FAULT, f.FIRST_GAP]].tolist() == [[0, -1, 3], [0, -1, 4]]
    assert routes.courier_of.tolist() == [-1, -1]
    assert routes.way_of.tolist() == [0, 1]


@pytest.mark.parametrize(("max_travel_s", "columns"), [(None, f.TOTALS), (9, 40)])
def test_only_wide_problems_need_room_to_drive(max_travel_s, columns):
    """A column for every node: 38 tasks, a start and an end."""
    layout = flatten(problem([courier(max_travel_s=max_travel_s)], [drop(f"r{number}", 1) for number in range(38)]))
    assert new_routes(layout).track.shape == (f.TRACKS, columns)


def test_nodes_are_linked_and_unlinked():
    """Forth and back; whatever comes behind the change is to be looked at again."""
    layout, routes = linked([drop(name, 1) for name in "abc"], 2, 0, 1)
    assert forth_and_back(layout, routes) == ([3, 2, 0, 1, 5], [3, 2, 0, 1, 5])
    routes.stop[:, f.FRESH] = 0
    interpreted(unlink)(routes.stop, 0)
    assert forth_and_back(layout, routes) == ([3, 2, 1, 5], [3, 2, 1, 5])
    assert routes.stop[0, f.PREVIOUS] == -1
    assert routes.stop[:, f.FRESH].tolist() == [0, f.LINKED, 0, 0, 0, 0, 0]
    interpreted(link)(routes.stop, 0, 1)
    assert forth_and_back(layout, routes) == ([3, 2, 1, 0, 5], [3, 2, 1, 0, 5])
    assert routes.stop[:, f.FRESH].tolist() == [f.LINKED, f.LINKED, 0, 0, 0, f.LINKED, 0]


def test_a_request_is_assigned_and_lifted_in_one_of_its_ways():
    """It is named by the first, whichever it is served in."""
    x = Request(id="x", unloads=(Task(place=1),), other_unloads=((Task(place=2), Task(place=3)),), price=1)
    layout, routes = linked([drop("a", 1), x], 2, 0, 3)
    interpreted(assign)(layout, routes, 2, 1)
    assert routes.courier_of.tolist() == [-1, 1, -1]
    assert routes.way_of.tolist() == [0, 2, 2]
    interpreted(lift)(layout, routes, 1)
    assert routes.courier_of.tolist() == [-1, -1, -1]
    assert forth_and_back(layout, routes) == ([4, 0, 6], [4, 0, 6])
