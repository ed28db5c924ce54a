"""Every chance of a day comes from a stream of its own."""

import numpy as np

from scenarios.behaviour import Behaviour
from scenarios.durations import Constant, Durations, DurationTable, LogNormal
from scenarios.world.draws import Draws
from tests.scenarios.village import (
    DOOR,
    DROP,
    LOAD,
    MALL,
    T0,
    Papers,
    courier,
    durations,
    order,
    pick,
    reports_of,
    visit,
    world,
)


def test_the_same_day_meets_every_courier() -> None:
    """A leg, a pick and a door take as long whoever drives, and whatever happens before."""
    takes = Durations(
        pick=DurationTable(default=LogNormal(200, 0.5)),
        pick_per_unit=DurationTable(default=LogNormal(10, 0.5)),
        handover=DurationTable(default=LogNormal(30, 0.5)),
        door=DurationTable(default=LogNormal(60, 0.5)),
        travel_factor_cv=0.3,
    )

    def legs(crew: str, *, first_s: int) -> list[tuple[int, ...]]:
        papers = Papers()
        papers.write(order("o1"), "m1")
        village = world(papers, couriers=[courier("c1"), courier("c2")], takes=takes)
        start = T0 + first_s
        reports_of(
            village,
            [
                pick("o1:m1", not_before_s=start),
                visit(1, MALL, (LOAD, "o1:m1"), site="mall", courier_id=crew, set_off_s=start),
                visit(2, DOOR, (DROP, "o1:d"), courier_id=crew),
            ],
        )
        return [(stop.travel_s, stop.done_s - stop.started_s) for stop in village.diary.stops]

    assert legs("c1", first_s=0) == legs("c2", first_s=900)


def test_drawn_travel_spreads_round_the_true_one() -> None:
    """The factor has mean 1 and the coefficient of variation that was asked for; without one it is exactly 1."""
    draws = Draws(seed=3, timezone="UTC", durations=durations(cv=0.2), behaviour=Behaviour())
    drawn = np.array([draws.travel_s(f"drop:o{number}#1", true_s=1_000) for number in range(4_000)])
    assert abs(drawn.mean() - 1_000) < 15
    assert abs(drawn.std() - 200) < 15
    assert draws.travel_s("drop:o1#1", true_s=0) == 0
    plain = Draws(seed=3, timezone="UTC", durations=durations(), behaviour=Behaviour())
    assert plain.travel_s("drop:o1#1", true_s=77) == 77


def test_durations_follow_store_and_local_hour() -> None:
    """A pick at a store with its own distribution, in the hour of its time zone, takes that long."""
    takes = Durations(
        pick=DurationTable(default=Constant(1), by_store_hour={("m1", 18): Constant(500)}),
        pick_per_unit=DurationTable(default=Constant(0)),
        handover=DurationTable(default=Constant(0)),
        door=DurationTable(default=Constant(1), by_hour={18: Constant(9)}),
    )
    draws = Draws(seed=1, timezone="Europe/Berlin", durations=takes, behaviour=Behaviour())
    assert draws.pick_s("f", store="m1", units=2, at_s=T0) == 500
    assert draws.pick_s("f", store="m2", units=2, at_s=T0) == 1
    assert draws.door_s("o1", attempt=1, at_s=T0) == 9
    assert draws.door_s("o1", attempt=1, at_s=T0 + 3_600) == 1
