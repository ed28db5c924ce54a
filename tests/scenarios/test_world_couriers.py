"""Couriers: shifts, those who are ill or late, and ways that there are none."""

from collections.abc import Sequence

import numpy as np
import pytest

from dispatch.messages import CourierOffDuty
from geo.point import Point
from geo.travel import UNREACHABLE_S, Travel
from scenarios.behaviour import Behaviour
from scenarios.world.errors import WorldError
from tests.scenarios.village import (
    DOOR,
    DROP,
    LOAD,
    MALL,
    T0,
    GridTravel,
    Papers,
    courier,
    only,
    order,
    pick,
    reports_of,
    told,
    visit,
    world,
)


def test_no_way_is_refused() -> None:
    """A courier who is told to go where no way leads is an error."""

    class Nowhere(GridTravel):
        def many_to_many(
            self, origins: Sequence[Point], destinations: Sequence[Point], *, profile: str, depart_s: int
        ) -> Travel:
            del profile, depart_s
            whole = np.full((len(origins), len(destinations)), UNREACHABLE_S, dtype=np.int32)
            return Travel(whole, whole)

    papers = Papers()
    papers.write(order("o1"), "m1")
    village = world(papers, couriers=[courier()], travel=Nowhere())
    with pytest.raises(WorldError, match="no way from"):
        reports_of(village, [visit(1, DOOR, (DROP, "o1:d"))])


def test_shifts_end_when_nothing_is_left_to_do() -> None:
    """A visit told before the end of the shift is done after it; what is on its way is waited for."""
    papers = Papers()
    papers.write(order("o1"), "m1")
    village = world(papers, couriers=[courier(hours=(0, 1))])
    village.advance(until_s=T0 + 3_595)
    village.tell([pick("o1:m1"), visit(1, MALL, (LOAD, "o1:m1"), site="mall")], at_s=T0 + 3_605)
    assert only(village.advance(until_s=T0 + 3_603), "CourierOffDuty") == []
    village.tell([visit(2, DOOR, (DROP, "o1:d"), set_off_s=T0 + 5_000)], at_s=T0 + 3_605)
    reports = village.advance(until_s=T0 + 9_000)
    assert only(reports, "Delivered", "CourierOffDuty") == [("Delivered", 5_180), ("CourierOffDuty", 5_180)]
    with pytest.raises(WorldError, match="c1, who is off duty"):
        village.tell([visit(3, DOOR, (DROP, "o1:d"))], at_s=T0 + 9_000)


def test_a_courier_who_is_ill_never_comes() -> None:
    """Illness is reported when the shift begins; what was told before lapses."""
    papers = Papers()
    papers.write(order("o1"), "m1")
    village = world(papers, couriers=[courier(hours=(1, 2))], behaviour=Behaviour(courier_ill=1.0))
    reports = reports_of(village, [visit(1, MALL, (LOAD, "o1:m1"), site="mall")])
    assert reports == [CourierOffDuty(at_s=T0 + 3_600, courier="c1", reason="ill")]
    assert village.diary.shifts["c1"].on_duty_s is None


def test_a_visit_on_its_way_to_one_who_is_ill_lapses() -> None:
    """An instruction given before the illness was known is nobody's fault."""
    papers = Papers()
    papers.write(order("o1"), "m1")
    village = world(papers, couriers=[courier(hours=(1, 2))], behaviour=Behaviour(courier_ill=1.0))
    village.tell([visit(1, MALL, (LOAD, "o1:m1"), site="mall")], at_s=T0 + 3_605)
    assert told(village.advance(until_s=T0 + 9_000)) == [("CourierOffDuty", 3_600)]


def test_a_late_courier_begins_late() -> None:
    """The delay is at most as long as said, and the shift still ends on time."""
    village = world(Papers(), couriers=[courier(hours=(1, 2))], behaviour=Behaviour(courier_late=1.0, late_s=600))
    came, went = told(village.advance(until_s=T0 + 9_000))
    assert came[0] == "CourierOnDuty"
    assert 3_600 <= came[1] <= 4_200
    assert went == ("CourierOffDuty", 7_200)


def test_a_shift_before_the_day_is_over_at_once() -> None:
    """A courier whose shift has ended before the day begins is off duty from its first second."""
    village = world(Papers(), couriers=[courier(hours=(-5, -1)), courier("c2", hours=(-1, 1))])
    assert [(type(r).__name__, getattr(r, "courier", "")) for r in village.advance(until_s=T0)] == [
        ("CourierOffDuty", "c1"),
        ("CourierOnDuty", "c2"),
    ]
