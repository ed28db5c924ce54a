"""Who delivers to a destination, and how long the way takes: alone and among many."""

import numpy as np

from dispatch.candidates import PairedTravel, Places, reach, way_to_the_door
from dispatch.directory import Directory
from dispatch.model import Item, Site, Zone
from dispatch.service_levels import DEFAULT_LEVELS
from geo.great_circle import GreatCircleTravel
from geo.point import Point
from geo.profiles import Profile
from tests.dispatch.market import BLOCK_M, BLOCK_S, T0, GridTravel, at, store

ZONES = (Zone(id="west", timezone="UTC", profile="bike"), Zone(id="east", timezone="UTC", profile="van"))
SITES = (Site(id="mall", point=at(2)), Site(id="corner", point=at(5)), Site(id="abroad", point=at(-4)))
STORES = (
    store("toys", site="mall", zone="west", radius_m=200),
    store("baker", site="mall", zone="west"),
    store("kiosk", site="corner", zone="east"),
    store("farm", site="abroad", zone="west", radius_m=445),
)
PLACES = Places(Directory(ZONES, SITES, STORES, [Item(sku="milk")], DEFAULT_LEVELS))
GREAT_CIRCLE = GreatCircleTravel([Profile("bike", speed_kmh=15), Profile("van", speed_kmh=30)], "UTC")


def test_stores_are_numbered_by_site_then_id() -> None:
    """Whatever order they were given in; places in a zone follow."""
    assert PLACES.store_ids == ["farm", "kiosk", "baker", "toys"]
    assert [site.id for site in PLACES.sites] == ["abroad", "corner", "mall"]
    assert PLACES.zones == ["east", "west"]
    assert PLACES.zone_number.tolist() == [1, 0, 1, 1]
    assert PLACES.place_in_zone.tolist() == [0, 0, 1, 2]
    assert PLACES.stores_of_zone("west") == ["farm", "baker", "toys"]


def test_rows_are_sites_with_a_store_in_reach() -> None:
    """The farm just reaches the origin, but not the mall; the toys reach the mall only."""
    destinations = [at(0), at(2), Point(-40.0, 100.0)]
    reached = reach(PLACES, destinations)
    assert reached.offsets.tolist() == [0, 3, 5, 5]
    assert [PLACES.sites[number].id for number in reached.site] == ["abroad", "corner", "mall", "corner", "mall"]
    assert reached.count.tolist() == [1, 1, 1, 1, 2]
    names = [PLACES.store_ids[number] for number in reached.stores]
    assert names == ["farm", "kiosk", "baker", "kiosk", "baker", "toys"]
    for number, destination in enumerate(destinations):
        alone = reach(PLACES, [destination])
        rows = slice(reached.offsets[number], reached.offsets[number + 1])
        assert alone.site.tolist() == reached.site[rows].tolist()
        assert alone.metres.tolist() == reached.metres[rows].tolist()


def test_nobody_in_reach() -> None:
    """Gives no rows, and no travel."""
    nowhere = [Point(-40.0, 100.0)]
    reached = reach(PLACES, nowhere)
    assert reached.offsets.tolist() == [0, 0]
    seconds, metres = way_to_the_door(PLACES, GridTravel(), reached, nowhere, np.array([T0]))
    assert len(seconds) == len(metres) == 0


def test_travel_by_the_profile_of_the_zone() -> None:
    """Each row by the profile of its site's zone, at the hour of its own departure; in pairs as one by one."""
    assert isinstance(GREAT_CIRCLE, PairedTravel)
    assert not isinstance(GridTravel(), PairedTravel)
    destinations, depart_s = [at(0), at(2), at(0)], np.array([T0, T0 + 5_000, T0 + 90_000])
    reached = reach(PLACES, destinations)
    seconds, metres = way_to_the_door(PLACES, GREAT_CIRCLE, reached, destinations, depart_s)
    for row, (site, destination) in enumerate(zip(reached.site, reached.destination, strict=True)):
        profile = PLACES.profiles[PLACES.profile_of_site[site]]
        alone = GREAT_CIRCLE.many_to_many(
            [PLACES.sites[site].point],
            [destinations[destination]],
            profile=profile,
            depart_s=int(depart_s[destination]),
        )
        assert (seconds[row], metres[row]) == (alone.durations_s[0, 0], alone.distances_m[0, 0])
    kiosk, baker = reached.site.tolist().index(1), reached.site.tolist().index(2)
    assert metres[kiosk] / seconds[kiosk] > 1.9 * metres[baker] / seconds[baker]


def test_travel_without_pairs() -> None:
    """A provider that knows matrices only is asked once a destination."""
    destinations = [at(0), at(5)]
    reached = reach(PLACES, destinations)
    seconds, metres = way_to_the_door(PLACES, GridTravel(), reached, destinations, np.array([T0, T0]))
    blocks = np.array([4, 5, 2, 0, 3])
    assert seconds.tolist() == (blocks * BLOCK_S).tolist()
    assert metres.tolist() == (blocks * BLOCK_M).tolist()
