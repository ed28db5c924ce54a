"""Expected handling times by id."""

from dispatch.directory import Directory
from dispatch.estimates import Estimates, SecondsTable
from dispatch.handling import Handling
from dispatch.hours import ALWAYS
from dispatch.model import Site, Store, Zone
from geo.areas import Radius
from geo.point import Point

NOON_UTC = 1_750_075_200
"""2025-06-16 12:00 UTC, 21:00 in Tokyo."""


def test_hours_are_those_of_the_zone() -> None:
    """A table by hour is read at the zone's clock: 21 in Tokyo, 12 in London's winter time."""
    directory = Directory(
        zones=[Zone(id="t", timezone="Asia/Tokyo", profile="bike"), Zone(id="u", timezone="UTC", profile="bike")],
        sites=[Site(id="st", point=Point(0, 0), setup_s=30), Site(id="su", point=Point(1, 1))],
        stores=[
            Store(id="a", site="st", zone="t", area=Radius(1_000), hours=ALWAYS),
            Store(id="b", site="su", zone="u", area=Radius(1_000), hours=ALWAYS),
        ],
        items=[],
        service_levels=[],
    )
    table = SecondsTable(default_s=10, by_hour={21: 100, 12: 50})
    estimates = Estimates(pick=table, pick_per_unit=SecondsTable(default_s=2), handover=table, door=table, setup=table)
    handling = Handling(directory, estimates)
    assert (handling.pick_s("a", units=3, at_s=NOON_UTC), handling.pick_s("b", units=0, at_s=NOON_UTC)) == (106, 50)
    assert (handling.handover_s("a", at_s=NOON_UTC), handling.handover_s("b", at_s=NOON_UTC)) == (100, 50)
    assert (handling.door_s("t", at_s=NOON_UTC), handling.door_s("u", at_s=NOON_UTC)) == (100, 50)
    assert handling.setup_s("st", zone="t", at_s=NOON_UTC) == 130
