"""Tables of couriers, profiles and rivers become couriers and travel times, or faults that say where."""

from pathlib import Path

import pytest

from geo.point import Point
from scenarios.errors import ContentFault
from scenarios.load import load
from tests.scenarios.corner_shop import RIDERS, SITE, START_S, corner, faults

COURIER = '[[couriers]]\nid="A"\nzone="centre"\nprofile="bike"\n'


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (COURIER + 'shifts=["09:00-10:00"]\n', "couriers[A].site: is missing; give site, or lat and lon"),
        (COURIER + 'shifts=["09:00-10:00"]\nsite="S1"\nlat=1\n', "couriers[A].site: there are lat and lon too"),
        (COURIER + 'shifts=["09:00-10:00"]\nsite="S2"\n', "couriers[A].site: S2 is not known"),
        (
            COURIER.replace('"A"', '"rider-01"') + 'shifts=["09:00-10:00"]\nsite="S1"\n' + RIDERS,
            "makes courier rider-01",
        ),
        (
            COURIER + 'shifts=["09:00-12:00", "11:59-13:00"]\nsite="S1"\n',
            "couriers[A].shifts: two of A's shifts overlap: nobody works twice at a time; part them",
        ),
        (
            COURIER
            + 'shifts=["09:00-10:00", "11:00-12:00"]\nsite="S1"\n'
            + COURIER.replace('"A"', '"A.2"')
            + 'shifts=["09:00-10:00"]\nsite="S1"\n',
            "couriers[A.2].id: makes courier A.2, who is there already; give another id",
        ),
    ],
)
def test_couriers_that_stand_nowhere_are_named(tmp_path: Path, more: str, says: str) -> None:
    """A courier has one start, and one id."""
    assert says in faults(tmp_path, more)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("[[rivers]]\nline=[[1.0, 2.0], [1.0, 2.0]]\n", "rivers[0]: river of 1 places"),
        ("[[rivers]]\nline=[[1.0, 2.0], [200.0, 2.0]]\n", "rivers[0]: river at [200.0, 2.0]"),
        (RIDERS.replace("centre", "x"), "fleets[rider].zone: x is not known"),
        (RIDERS.replace('"bike"', '"bik"'), "fleets[rider].profile: bik is not known; did you mean bike?"),
        (RIDERS.replace('["S1"]', '["S2"]'), "fleets[rider].sites: S2 is not known"),
        (RIDERS + 'end_site = "S3"\n', "fleets[rider].end_site: S3 is not known"),
    ],
)
def test_tables_of_couriers_that_lead_nowhere_are_named(tmp_path: Path, more: str, says: str) -> None:
    """References that lead nowhere, and rivers that are none."""
    assert says in faults(tmp_path, more)


def test_shifts_are_cut_to_the_day(tmp_path: Path) -> None:
    """Who began before begins with the day; who has no shift in it is not of it."""
    shifts = 'shifts=["05:00-06:00", "06:00-10:00", "12:30-15:00", "15:00-16:00", "33:00-34:00"]\nsite="S1"\n'
    day = load(corner(tmp_path, COURIER + shifts + COURIER.replace('"A"', '"B"') + 'shifts=[]\nsite="S1"\n'))
    found = {courier.id: (courier.shift.from_s - START_S, courier.shift.until_s - START_S) for courier in day.couriers}
    assert found == {"A.2": (0, 3_600), "A.3": (12_600, 21_600)}


def test_couriers_carry_what_profile_and_row_say(tmp_path: Path) -> None:
    """Capacities replace the profile's, skills add to them, fleets are dealt out to sites."""
    fleet = RIDERS.replace('["S1"]', '["S1", "mall"]') + 'capacity_deliveries = 9\nskills = ["cold"]\n'
    day = load(
        corner(tmp_path, SITE + fleet),
        overrides=['profiles.bike.skills=["age_check"]', "profiles.bike.capacity_weight_g=5"],
    )
    assert {courier.capacity for courier in day.couriers} == {(5, 60_000, 9)}
    assert {courier.skills for courier in day.couriers} == {frozenset({"cold", "age_check"})}
    assert [courier.start.lat for courier in day.couriers] == [60.17, 60.2]


def test_too_many_rivers_are_a_fault(tmp_path: Path) -> None:
    """What only all rivers together make wrong is named too."""
    rivers = "".join(f"[[rivers]]\nline=[[{n}.0, 10.0], [{n}.0, 11.0]]\n" for n in range(63))
    with pytest.raises(ContentFault, match="rivers: 63 rivers: give at most"):
        load(corner(tmp_path, rivers))


def test_rivers_are_in_the_way(tmp_path: Path) -> None:
    """A way over the river leads over its bridge."""
    river = "[[rivers]]\nline=[[24.0, 60.18], [26.0, 60.18]]\nbridges=[[25.0, 60.18]]\n"
    places = [Point(60.17, 24.94)], [Point(60.19, 24.94)]
    dry, wet = (load(corner(tmp_path, more)) for more in ("", river))
    direct, round_ = (
        int(day.believed.many_to_many(*places, profile="bike", depart_s=START_S).distances_m[0, 0])
        for day in (dry, wet)
    )
    assert round_ > 2 * direct
    assert len(wet.rivers) == 1
