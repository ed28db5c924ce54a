"""Orders and couriers as the solver sees them, with figures worked out by hand."""

from collections.abc import Sequence

from dispatch.messages import Action
from dispatch.objective import Objective
from dispatch.planning import Free, Translation, Translator, by_site
from dispatch.state import CourierRecord, FulfilmentStatus, Option, OrderRecord, OrderStatus, Step
from solver.problem import FOREVER_S, DelayCost, TaskRef, Window
from tests.dispatch import town
from tests.dispatch.town import T0, at


def translate(couriers: list[CourierRecord], orders: list[OrderRecord], *, now_s: int = T0) -> Translation:
    """Translate with every courier free now, where it is."""
    free = [Free(courier=record, at_s=now_s, point=record.point) for record in couriers]
    translator = Translator(
        town.DIRECTORY, town.HANDLING, town.TRAVEL, Objective(late_s=60, ready_to_door_s=3), slack_s=0
    )
    return translator.translate(free, orders, now_s=now_s)


def test_one_delivery_is_a_load_and_a_drop() -> None:
    """Ready in 5 minutes, due in an hour, given up half an hour later; parking 90 s, handing over 60 s, door 120 s."""
    problem = translate([town.courier()], [town.allocated(ready_s=T0 + 300)]).problem
    (request,) = problem.requests
    (load,), (drop,) = request.loads, request.unloads
    assert load.windows == (Window(earliest_s=300),)
    assert (load.setup_s, load.service_s, load.load) == (90, 60, (1_000, 2_000, 1))
    assert drop.windows == (Window(earliest_s=0, latest_s=3_600 + 1_800),)
    assert (drop.setup_s, drop.service_s, drop.unload) == (0, 120, (1_000, 2_000, 1))
    assert drop.delay_costs == (DelayCost(after_s=300, per_s=3), DelayCost(after_s=3_600, per_s=60))
    assert problem.matrices[0].durations_s[load.place, drop.place] == 120
    assert problem.matrices[0].distances_m[load.place, drop.place] == 600
    assert request.courier is None


def test_two_stores_of_a_mall_are_one_load() -> None:
    """Two merchants of a site hand over one after the other; the courier parks once and waits for the later."""
    record = town.allocated(stores=("m1", "m2"))
    record.fulfilments["o1:m2"].ready_s = T0 + 700
    (request,) = translate([town.courier()], [record]).problem.requests
    (load,) = request.loads
    assert (load.windows[0].earliest_s, load.service_s, load.load) == (700, 120, (2_000, 4_000, 1))


def test_a_split_is_two_loads_and_counts_as_one_delivery() -> None:
    """Goods of two sites; together they are one of the courier's four deliveries."""
    (request,) = translate([town.courier()], [town.allocated(stores=("m1", "s2"))]).problem.requests
    assert [load.load for load in request.loads] == [(1_000, 2_000, 1), (1_000, 2_000, 0)]
    assert request.unloads[0].unload == (2_000, 4_000, 1)


def with_option(stores: Sequence[str] = ("s2",)) -> OrderRecord:
    """Return an order from the mall that could be served from other stores as well."""
    record, other = town.allocated(ready_s=T0 + 300), town.allocated(stores=stores, ready_s=T0 + 700)
    record.others = [Option(allocation=other.live, fulfilments=other.fulfilments)]
    return record


def test_options_are_alternatives() -> None:
    """Loaded at the mall or in the east, each when it is ready there; one drop. What is planned is the first way."""
    record, crew = with_option(), town.courier()
    crew.steps = (Step(Action.LOAD, "o1", "mall"), Step(Action.DROP, "o1", ""))
    translation = translate([crew], [record])
    (request,) = translation.problem.requests
    assert [load.windows[0].earliest_s for load in request.loads] == [300]
    assert [[load.windows[0].earliest_s for load in loads] for loads in request.other_loads] == [[700]]
    assert [way.unloads for way in request.ways] == [request.unloads] * 2
    drop = Step(Action.DROP, "o1", "")
    assert translation.steps == (((Step(Action.LOAD, "o1", "mall"), drop), (Step(Action.LOAD, "o1", "east"), drop)),)
    assert translation.start == ((TaskRef(0, 0), TaskRef(0, 1)),)


def test_what_was_told_is_on_board() -> None:
    """A load that was told is no task any more, and binds the order; its drop has no hard end any more."""
    record = town.allocated()
    record.bound = record.fulfilments["o1:m1"].courier = "c1"
    translation = translate([town.courier("c0"), town.courier("c1")], [record])
    (request,) = translation.problem.requests
    assert request.loads == ()
    assert request.courier == 1
    assert request.unloads[0].windows[0].latest_s == FOREVER_S
    assert request.unloads[0].unload == (1_000, 2_000, 1)
    assert translation.steps == (((Step(Action.DROP, "o1", ""),),),)


def test_a_half_loaded_split_has_one_load_left() -> None:
    """Goods of the first site on board, the second still to fetch, by the same courier."""
    record = town.allocated(stores=("m1", "s2"))
    record.bound = record.fulfilments["o1:m1"].courier = "c1"
    (request,) = translate([town.courier()], [record]).problem.requests
    assert [load.load for load in request.loads] == [(1_000, 2_000, 0)]
    assert request.unloads[0].unload == (2_000, 4_000, 1)
    assert request.courier == 0


def test_a_failed_drop_is_retried_not_before_its_time() -> None:
    """Ten minutes after the first try at the earliest."""
    record = town.allocated(status=FulfilmentStatus.ON_BOARD)
    record.bound = record.fulfilments["o1:m1"].courier = "c1"
    record.retry_from_s = T0 + 600
    (request,) = translate([town.courier()], [record]).problem.requests
    assert request.unloads[0].windows[0].earliest_s == 600


def test_goods_nobody_wants_go_back_to_their_sites() -> None:
    """An order that failed with goods of two sites on board is two unloads; told returns are done."""
    record = town.allocated(stores=("m1", "s2"), status=FulfilmentStatus.ON_BOARD)
    record.status, record.bound = OrderStatus.ENDED, "c1"
    for goods in record.fulfilments.values():
        goods.courier = "c1"
    translation = translate([town.courier()], [record])
    (request,) = translation.problem.requests
    assert request.loads == ()
    assert [task.unload for task in request.unloads] == [(1_000, 2_000, 1), (1_000, 2_000, 0)]
    assert [task.setup_s for task in request.unloads] == [90, 0]
    assert translation.steps == (((Step(Action.RETURN, "o1", "mall"), Step(Action.RETURN, "o1", "east")),),)
    record.fulfilments["o1:m1"].told_return = True
    (request,) = translate([town.courier()], [record]).problem.requests
    assert [task.unload for task in request.unloads] == [(1_000, 2_000, 0)]


def test_a_courier_starts_when_and_where_it_is_free() -> None:
    """Free in 200 s at the east store; its shift ends in an hour."""
    record = town.courier(shift=(T0, T0 + 3_600))
    translator = Translator(town.DIRECTORY, town.HANDLING, town.TRAVEL, Objective(), slack_s=0)
    translation = translator.translate([Free(courier=record, at_s=T0 + 200, point=at(10, 0))], [], now_s=T0)
    (crew,) = translation.problem.couriers
    assert crew.shift == Window(earliest_s=200, latest_s=3_600)
    assert translation.points[crew.start or 0] == at(10, 0)


def test_a_courier_past_its_shift_still_has_a_window() -> None:
    """It may only bring to an end what it has: the window is a moment, and what comes later is overtime."""
    record = town.courier(shift=(T0, T0 + 3_600))
    translator = Translator(town.DIRECTORY, town.HANDLING, town.TRAVEL, Objective(), slack_s=0)
    translation = translator.translate([Free(courier=record, at_s=T0 + 4_000, point=at(0, 0))], [], now_s=T0 + 3_900)
    assert translation.problem.couriers[0].shift == Window(earliest_s=100, latest_s=100)


def test_the_present_plan_is_the_start() -> None:
    """Steps that are still to do become the start; those done or told are left out."""
    record, gone = town.allocated("o1"), Step(Action.DROP, "gone", "")
    crew = town.courier()
    crew.steps = (gone, Step(Action.LOAD, "o1", "mall"), Step(Action.DROP, "o1", ""))
    assert translate([crew], [record]).start == ((TaskRef(0, 0), TaskRef(0, 1)),)


def test_places_are_shared() -> None:
    """A courier at the mall and two orders from it are one place, so that parking is paid once."""
    translation = translate([town.courier()], [town.allocated("o1"), town.allocated("o2")])
    assert len(translation.points) == 2
    assert translation.problem.couriers[0].start == translation.problem.requests[1].loads[0].place


def test_by_site_groups_in_order() -> None:
    """The first site is the one whose goods count as the delivery."""
    groups = by_site(town.allocated(stores=("s2", "m1", "m2")).fulfilments.values())
    assert {site: len(records) for site, records in groups.items()} == {"east": 1, "mall": 2}


def test_lateness_counts_from_before_the_promise_ends() -> None:
    """With 240 s of slack, the soft deadline of a promise of an hour is at 3,360 s; the hard end stays."""
    translator = Translator(town.DIRECTORY, town.HANDLING, town.TRAVEL, Objective(late_s=60), slack_s=240)
    free = [Free(courier=town.courier(), at_s=T0, point=at(0, 0))]
    (request,) = translator.translate(free, [town.allocated()], now_s=T0).problem.requests
    assert request.unloads[0].delay_costs[-1] == DelayCost(after_s=3_360, per_s=60)
    assert request.unloads[0].windows[0].latest_s == 5_400
