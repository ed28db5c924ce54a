"""The world as a whole, told what to do by hand."""

import pytest

from dispatch.messages import Instruction, StartPick, StopPick
from scenarios.world.errors import WorldError
from tests.scenarios.village import (
    DOOR,
    DROP,
    LOAD,
    MALL,
    RETURN,
    T0,
    Papers,
    at,
    courier,
    order,
    pick,
    reports_of,
    told,
    visit,
    world,
)


def test_a_delivery_takes_the_time_of_its_parts() -> None:
    """Pick 200 + 10 a unit; park nowhere (it starts there); handover 30; two blocks; door 60."""
    papers, whole = Papers(), order(units=3)
    papers.write(whole, "m1")
    village = world(papers, orders=[whole], couriers=[courier()])
    reports = reports_of(
        village, [pick("o1:m1"), visit(1, MALL, (LOAD, "o1:m1"), site="mall"), visit(2, DOOR, (DROP, "o1:d"))]
    )
    assert told(reports) == [
        ("OrderPlaced", 0),
        ("CourierOnDuty", 0),
        ("PickStarted", 0),
        ("SetOff", 0),
        ("Arrived", 0),
        ("PickFinished", 230),
        ("Loaded", 260),
        ("VisitDone", 260),
        ("SetOff", 260),
        ("Arrived", 380),
        ("Delivered", 440),
        ("VisitDone", 440),
        ("CourierOffDuty", 36_000),
    ]


@pytest.mark.parametrize(
    ("instructions", "words"),
    [
        ([visit(1, DOOR, (DROP, "o1:d"))], "visit c1.1: cannot drop delivery o1:d: fulfilment o1:m1 is not on board"),
        (
            [visit(1, MALL, (RETURN, "o1:m1"), site="mall")],
            "visit c1.1: cannot return fulfilment o1:m1: it is not on board",
        ),
        ([pick("o1:m1"), visit(1, at(10, 0), (LOAD, "o1:m1"), site="east")], "belongs to site mall, not east"),
        (
            [
                pick("o1:m1"),
                visit(1, MALL, (LOAD, "o1:m1"), site="mall"),
                visit(2, MALL, (LOAD, "o1:m1"), site="mall"),
            ],
            "courier c1, visit c1.2: cannot load fulfilment o1:m1: it was handed over before",
        ),
        ([pick("o1:m1"), pick("o1:m1")], "picked twice; it is queued already"),
        ([StartPick(fulfilment="o1:m1", store="zz", not_before_s=T0)], "no such store"),
        ([StopPick(fulfilment="o1:m1", store="m1")], "never begun"),
        ([pick("o1:m1"), *[StopPick(fulfilment="o1:m1", store="m1")] * 2], "stopped before"),
        ([visit(1, DOOR, (DROP, "o1:d"), courier_id="c9")], "no such courier"),
        ([visit(1, DOOR)], "has no tasks"),
    ],
)
def test_what_nobody_could_do_is_refused(instructions: list[Instruction], words: str) -> None:
    """An impossible instruction is an error that names who, where and what."""
    papers = Papers()
    papers.write(order("o1"), "m1")
    village = world(papers, couriers=[courier()])
    with pytest.raises(WorldError, match=words):
        reports_of(village, instructions)
