"""Trips and their loads, by hand."""

import pytest

from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.insertion.trips import any_free, buried, fault_of_loads, is_on
from solver.problem import Break, Reload, Request, Task
from tests.solver.on_a_line import courier, delivery, drop, refs
from tests.solver.wide_bench import Bench

pytestmark = pytest.mark.usefixtures("interpreter")

KG = {"dimensions": ("kg",)}


def van(capacity=3, **rest):
    """Return a courier that may reload once at 0 and once at 9, and takes a break with one unit on board at the most.

    It need not take it where loads are all that is asked for.
    """
    rest.setdefault("reloads", (Reload(place=0), Reload(place=9)))
    return courier(capacity=(capacity,), breaks=(Break(max_load=(1,)),), **rest)


def parcel(name, amount, **rest):
    """Return a drop of what is on board from the start of its trip."""
    return drop(name, 1, unload=(amount,), **rest)


def collection(name, amount, **rest):
    """Return a load that is taken off at the next reload, or at the end."""
    return Request(id=name, loads=(Task(place=1, load=(amount,)),), price=1, **rest)


def box(name, amount, **rest):
    """Return a load and its unload."""
    return delivery(name, 1, 2, amount=(amount,), **rest)


def laid(crew, requests, text):
    """Return a bench on which a route is laid out, and how many stops that has."""
    bench = Bench([crew], requests, **KG)
    bench.driven(text)
    return bench, len(refs(text))


def fault(crew, requests, text):
    """Return what breaks a rule of trips or loads, or ""."""
    bench, count = laid(crew, requests, text)
    return bench.name(interpreted(fault_of_loads)(bench.layout, bench.routes, 0, f.TRIAL, count))


def on_board(crew, requests, text):
    """Return what is on board at the start and on departure from each stop of a route without a fault."""
    bench, count = laid(crew, requests, text)
    assert interpreted(fault_of_loads)(bench.layout, bench.routes, 0, f.TRIAL, count) < 0
    nodes = [bench.layout.tasks, *bench.routes.track[f.TRIAL, :count]]
    return bench.routes.load[nodes, 0].tolist()


def test_each_trip_begins_with_its_own_parcels():
    """Two and one of three, then one and two."""
    requests = [parcel("a", 2), parcel("b", 1), parcel("c", 1), parcel("d", 2)]
    assert on_board(van(), requests, "0.0 1.0 reload.0 2.0 3.0") == [3, 1, 0, 3, 2, 0]


def test_parcels_that_fit_one_trip_no_more_than_another():
    """Of four units for room for three, the last one brought is at fault, at the start and after a reload."""
    requests = [parcel("a", 2), parcel("b", 2), parcel("c", 0)]
    assert fault(van(), requests, "0.0 1.0 2.0") == "1.0"
    assert fault(van(), requests, "2.0 reload.0 0.0 1.0") == "1.0"
    assert fault(van(), requests, "0.0 reload.0 1.0 2.0") == ""


def test_a_bound_parcel_is_on_board_from_the_start_to_its_stop():
    """Also through a reload, where it takes room; alone it may be too much."""
    requests = [parcel("a", 2), parcel("b", 1, courier=0), parcel("c", 5, courier=0)]
    assert on_board(van(), requests, "0.0 reload.0 1.0") == [3, 1, 1, 0]
    assert fault(van(), requests, "0.0 reload.0 2.0") == "0.0"
    assert on_board(van(), requests, "2.0 1.0 reload.0") == [6, 1, 0, 0]
    # Its unbound neighbour comes aboard when it has gone.
    assert on_board(van(), requests, "2.0 reload.0 0.0") == [5, 0, 2, 0]


def test_a_parcel_of_no_size_is_never_too_much():
    """Of two dimensions, it brings nothing in the one that is full."""
    crew = courier(capacity=(1, 1), reloads=(Reload(place=0),))
    requests = [drop("a", 1, unload=(5, 0), courier=0), drop("b", 1, unload=(0, 1)), drop("c", 1, unload=(1, 0))]
    for text, at in (("0.0 1.0", -1), ("0.0 2.0", 2), ("0.0 reload.0 2.0", -1)):
        bench = Bench([crew], requests, dimensions=("kg", "l"))
        bench.driven(text)
        assert interpreted(fault_of_loads)(bench.layout, bench.routes, 0, f.TRIAL, len(refs(text))) == at


def test_what_is_collected_is_taken_off_at_the_next_reload():
    """Two and two of three go one after the other."""
    requests = [collection("a", 2), collection("b", 2)]
    assert fault(van(), requests, "0.0 1.0") == "1.0"
    assert on_board(van(), requests, "0.0 reload.0 1.0") == [0, 2, 0, 2]


def test_what_is_under_way_stays_on_board_through_a_reload():
    """Two of three: the parcel of two finds no room beside it."""
    requests = [box("a", 2), parcel("b", 2), parcel("c", 1)]
    assert on_board(van(), requests, "0.0 reload.0 2.0 0.1") == [0, 2, 3, 2, 0]
    assert fault(van(), requests, "0.0 reload.0 1.0 0.1") == "1.0"
    assert on_board(van(), requests, "0.0 0.1 reload.0 1.0") == [0, 2, 0, 2, 0]


def test_a_request_that_is_partly_on_board():
    """Three of four from the start, and one is loaded; after a reload in between all of them are there."""
    request = Request(id="p", loads=(Task(place=1, load=(1,)),), unloads=(Task(place=2, unload=(4,)),), courier=0)
    assert on_board(van(4), [request], "0.0 0.1") == [3, 4, 0]
    assert on_board(van(4), [request], "0.0 reload.0 0.1") == [3, 4, 4, 0]
    assert on_board(van(4), [request], "reload.0 0.0 0.1") == [3, 3, 4, 0]


def test_a_request_that_leaves_something_behind():
    """Two of three loaded are unloaded; the third stays until a reload that comes after everything."""
    request = Request(id="p", loads=(Task(place=1, load=(3,)),), unloads=(Task(place=2, unload=(2,)),), price=1)
    assert on_board(van(), [request], "0.0 0.1 reload.0") == [0, 3, 1, 0]
    assert on_board(van(), [request], "0.0 reload.0 0.1 reload.1") == [0, 3, 3, 1, 0]


def test_a_load_needs_room_an_unload_does_not():
    """Beside five bound units in a van of three nothing is loaded, and what is there is taken off."""
    requests = [parcel("a", 5, courier=0), box("b", 1), box("c", 1)]
    assert fault(van(), requests, "1.0 0.0 1.1") == "1.0"
    assert on_board(van(), requests, "0.0 1.0 2.0 1.1 2.1") == [5, 0, 1, 2, 1, 0]


def test_what_is_put_on_for_a_trip_is_taken_off_in_that_trip():
    """Two unloads of a free request without loads; in the last trip they cannot be apart."""
    split = Request(id="s", unloads=(Task(place=1), Task(place=2, unload=(2,))), price=1)
    assert fault(van(), [split], "0.0 reload.0 0.1") == "0.0"
    assert fault(van(), [split], "0.0 0.1 reload.0") == ""
    assert fault(van(), [split], "reload.0 0.1 0.0") == ""
    assert fault(van(), [split], "reload.0 0.0 reload.1 0.1") == "0.0"


def test_bound_goods_may_be_taken_off_in_several_trips():
    """They are on board from the start."""
    split = Request(id="s", unloads=(Task(place=1), Task(place=2, unload=(2,))), courier=0)
    assert on_board(van(), [split], "0.0 reload.0 0.1") == [2, 2, 2, 0]


@pytest.mark.parametrize(
    ("text", "where"), [("0.0 break.0 0.1", "break.0"), ("break.0 0.0 0.1", ""), ("0.0 0.1 break.0", "")]
)
def test_a_break_with_too_much_on_board(text, where):
    """Two units where one is the most; with bound requests alone it does not matter."""
    assert fault(van(), [box("a", 2)], text) == where
    assert fault(van(), [box("a", 2, courier=0)], text) == ""
    assert fault(van(), [box("a", 1)], text) == ""


def test_a_break_with_anything_on_board():
    """Where no most is said, also in one dimension of several."""
    crew = courier(capacity=(9, 9), breaks=(Break(),))
    bench = Bench([crew], [drop("a", 1, unload=(9, 9))], dimensions=("kg", "l"))
    assert bench.driven("break.0 0.0").cost == 10


def lifo(requests, text, capacity=99):
    """Return what lies beneath others and is taken off all the same, or ""."""
    return fault(van(capacity, last_in_first_out=True), requests, text)


def test_what_was_put_on_last_is_taken_off_first():
    """One within the other, or one after the other."""
    requests = [box("a", 1), box("b", 1)]
    assert lifo(requests, "0.0 1.0 1.1 0.1") == ""
    assert lifo(requests, "0.0 0.1 1.0 1.1") == ""
    assert lifo(requests, "0.0 1.0 0.1 1.1") == "0.1"
    assert fault(van(99), requests, "0.0 1.0 0.1 1.1") == ""


@pytest.mark.parametrize(("bound", "where"), [((None, 0), "0.1"), ((0, None), "0.1"), ((0, 0), "")])
def test_two_bound_requests_may_be_in_each_other_s_way(bound, where):
    """One of them may not."""
    requests = [box(name, 1, courier=courier) for name, courier in zip("ab", bound, strict=True)]
    assert lifo(requests, "0.0 1.0 0.1 1.1") == where


def test_the_amount_does_not_matter():
    """Goods of no size lie above others as well."""
    assert lifo([box("a", 1), box("b", 0)], "0.0 1.0 0.1 1.1") == "0.1"


def test_what_is_never_taken_off_is_in_the_way_for_good():
    """Until the next reload, after which all that is aboard is beneath."""
    requests = [box("a", 1), collection("b", 1)]
    assert lifo(requests, "0.0 1.0 0.1") == "0.1"
    assert lifo(requests, "0.0 1.0 reload.0 0.1") == ""
    assert lifo(requests, "1.0 0.0 0.1") == ""


def test_what_was_there_from_the_start_is_beneath_all():
    """And in any order among itself."""
    requests = [parcel("a", 1), parcel("b", 1), box("c", 1)]
    assert lifo(requests, "1.0 2.0 2.1 0.0") == ""
    assert lifo(requests, "1.0 2.0 0.0 2.1") == "0.0"
    assert lifo(requests, "1.0 2.0 reload.0 0.0 2.1") == ""


def test_after_a_reload_all_that_is_aboard_is_in_any_order():
    """But beneath what is loaded then."""
    requests = [box("a", 1), box("b", 1), box("c", 1)]
    assert lifo(requests, "0.0 1.0 reload.0 0.1 1.1") == ""
    assert lifo(requests, "0.0 1.0 reload.0 2.0 0.1 2.1 1.1") == "0.1"


def test_the_last_load_of_a_request_counts_for_it_any_load_for_others():
    """On top of its second load there is nothing; on top of a with one load is b with its second."""
    two = Request(id="b", loads=(Task(place=1), Task(place=1)), unloads=(Task(place=2),), price=1)
    requests = [box("a", 1), two]
    assert lifo(requests, "1.0 0.0 1.1 1.2 0.1") == ""
    assert lifo(requests, "1.0 0.0 0.1 1.1 1.2") == ""
    assert lifo(requests, "1.0 0.0 1.1 0.1 1.2") == "0.1"


def test_all_unloads_of_what_is_on_top_must_be_done():
    """One of two is not enough."""
    two = Request(id="b", loads=(Task(place=1),), unloads=(Task(place=2), Task(place=3)), price=1)
    requests = [box("a", 1), two]
    assert lifo(requests, "0.0 1.0 1.1 0.1 1.2") == "0.1"
    assert lifo(requests, "0.0 1.0 1.1 1.2 0.1") == ""


def test_a_load_lies_beneath_nothing():
    """Only what is taken off can."""
    bench, _ = laid(van(99, last_in_first_out=True), [box("a", 1), box("b", 1)], "0.0 1.0 0.1 1.1")
    found = [interpreted(buried)(bench.layout, bench.routes, f.TRIAL, 0, position) for position in range(4)]
    assert found == [False, False, True, False]


def test_where_a_node_is():
    """Among the positions asked for, in the order driven last; not where another order has another."""
    bench, _ = laid(van(), [parcel("a", 1), parcel("b", 1)], "1.0 reload.0 0.0")
    track = bench.routes.track
    found = [
        interpreted(is_on)(bench.routes, f.TRIAL, 0, 3, bench.node(word))
        for word in ("0.0", "1.0", "reload.0", "reload.1")
    ]
    assert found == [2, 0, 1, -1]
    assert interpreted(is_on)(bench.routes, f.TRIAL, 1, 2, bench.node("0.0")) == -1
    track[f.TRIAL, 2] = bench.node("reload.1")
    assert interpreted(is_on)(bench.routes, f.TRIAL, 0, 3, bench.node("0.0")) == -1


@pytest.mark.parametrize(("text", "free"), [("", False), ("0.0 reload.0", False), ("0.0 1.0", True)])
def test_whether_any_request_may_be_left_out(text, free):
    """A reload may, but it is none."""
    bench, count = laid(van(), [parcel("a", 1, courier=0), parcel("b", 1)], text)
    assert interpreted(any_free)(bench.layout, bench.routes, f.TRIAL, count) == free
