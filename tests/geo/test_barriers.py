import pickle
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo.barriers import MAX_RIVERS, Crossings, River
from geo.distance import between_m, degrees_of, unit_vectors
from geo.errors import BarrierError
from geo.point import Point

# A river from south to north along 25 degrees east, with one bridge far in the north.
NORTHWARD = River(((25.0, 60.0), (25.0, 60.1), (25.0, 60.3)), (Point(60.28, 25.0),))


def _sides(river: River, *places: tuple[float, float]) -> list[bool]:
    """Return the banks of (lon, lat) places."""
    lons, lats = np.array(places, dtype=np.float64).T
    return river.side_of(np.ascontiguousarray(lats), np.ascontiguousarray(lons)).tolist()


def _across(rivers: list[River], origins: list[Point], destinations: list[Point]) -> npt.NDArray[np.float64]:
    """Return metres over the bridges."""
    crossings = Crossings(rivers)
    out, back = (
        crossings.to_bridges_m(unit_vectors(*degrees), crossings.sides_of(*degrees))
        for degrees in (degrees_of(origins), degrees_of(destinations))
    )
    return crossings.across_m(out, back)


def test_the_banks_differ() -> None:
    """West is apart from east, also beyond both ends of the line."""
    west = _sides(NORTHWARD, (24.99, 60.05), (24.9, 60.2), (24.99, 59.9), (24.99, 60.5))
    east = _sides(NORTHWARD, (25.01, 60.05), (25.1, 60.2), (25.01, 59.9), (25.01, 60.5))
    assert len(set(west)) == len(set(east)) == 1
    assert west[0] != east[0]


def test_far_off_everything_is_on_one_bank() -> None:
    """The ends are drawn on for 100 km: another city is not cut in two."""
    assert _sides(NORTHWARD, (24.9, 62.5), (25.1, 62.5), (24.9, 45.0), (25.1, 45.0)) == [False] * 4


STEPS = st.lists(st.tuples(st.floats(-0.03, 0.03), st.floats(0.005, 0.03)), min_size=1, max_size=12)
PLACES = st.tuples(st.floats(24.85, 25.15), st.floats(59.9, 60.5))


@settings(deadline=None, max_examples=200)
@given(STEPS, PLACES, PLACES, st.booleans())
def test_banks_are_the_parity_of_crossings(
    steps: list[tuple[float, float]], a: tuple[float, float], b: tuple[float, float], turned: bool
) -> None:
    """Banks differ where the segment between two places crosses the drawn-on line an odd number of times."""
    line = np.cumsum([(25.0, 60.0), *steps], axis=0)
    drawn_on = np.concatenate(([line[0] + (line[0] - line[1]) * 200], line, [line[-1] + (line[-1] - line[-2]) * 200]))
    whole, segment = shapely.LineString(drawn_on), shapely.LineString([a, b])
    assume(whole.is_simple)
    # Clear of the vertices and of the line, each meeting is a crossing.
    assume(min(shapely.distance(whole, shapely.points([a, b]))) > 1e-6)
    assume(min(shapely.distance(segment, shapely.points(drawn_on))) > 1e-6)
    crossings = shapely.get_num_coordinates(whole.intersection(segment))
    side_a, side_b = _sides(River(tuple(map(tuple, (line[::-1] if turned else line).tolist()))), a, b)
    assert (side_a != side_b) == (crossings % 2 == 1)


def test_a_bend_is_no_barrier_to_those_inside() -> None:
    """A segment that crosses a bend twice ends on the bank it began on."""
    bend = River(((24.8, 60.0), (25.0, 60.0), (25.0, 60.2), (25.1, 60.2), (25.1, 60.0), (25.3, 60.0)))
    west, inside, east = _sides(bend, (24.95, 60.1), (25.05, 60.1), (25.15, 60.1))
    assert west == east != inside


def test_an_island_is_apart() -> None:
    """A line that ends where it begins parts inside from outside, and is not drawn on."""
    island = River(((25.0, 60.0), (25.1, 60.0), (25.1, 60.1), (25.0, 60.1), (25.0, 60.0)))
    assert _sides(island, (25.05, 60.05), (24.95, 60.05), (25.05, 60.5)) == [True, False, False]


def test_a_river_may_cross_the_antimeridian() -> None:
    """Longitudes go the short way round; both names of the antimeridian are one bank."""
    river = River(((179.9, -17.0), (-179.9, -17.0)))
    north = _sides(river, (179.95, -16.9), (-179.95, -16.9), (180.0, -16.9), (-180.0, -16.9))
    south = _sides(river, (179.95, -17.1), (-179.95, -17.1), (180.0, -17.1), (-180.0, -17.1))
    assert len(set(north)) == len(set(south)) == 1
    assert north[0] != south[0]


def test_repeated_places_of_a_line_do_no_harm() -> None:
    """A digitised line may name a place twice in a row, at its ends too."""
    twice = River(tuple(place for place in NORTHWARD.line for _ in range(2)), NORTHWARD.bridges)
    assert _sides(twice, (24.9, 59.9), (25.1, 59.9)) == _sides(NORTHWARD, (24.9, 59.9), (25.1, 59.9))


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ((), "river of 0 places"),
        (((25.0, 60.0), (25.0, 60.0)), "river of 1 places: give a line of at least two different"),
        (((25.0, 60.0), (25.0, 91.0)), r"river at \[25\.0, 91\.0\]: lat = 91\.0"),
        (((25.0, 60.0), (float("nan"), 60.0)), "lon = nan"),
        (((25.0, 60.0), (25.2, 60.0), (25.1, 60.1), (25.1, 59.9)), "crosses itself or its drawn-on ends"),
        (((25.0, 60.0), (24.9, 60.2), (25.2, 60.2), (25.1, 60.0)), "crosses itself or its drawn-on ends"),
        (((25.0, 60.0), (25.1, 60.0), (25.0, 60.0)), "crosses itself"),
    ],
)
def test_refuses_what_parts_nothing(line: tuple[tuple[float, float], ...], named: str) -> None:
    """Too short, off the earth, with loops, or with ends that lead into each other."""
    with pytest.raises(BarrierError, match=named):
        River(line)


def test_the_way_across_leads_over_the_nearest_bridge() -> None:
    """The least sum of both legs counts, not the bridge nearest to one end."""
    bridges = (Point(60.0, 25.0), Point(60.25, 25.0))
    river = River(NORTHWARD.line, bridges)
    west, east = Point(60.05, 24.99), [Point(60.05, 25.01), Point(60.24, 25.01), Point(60.14, 25.01)]
    metres = _across([river], [west], east)
    expected = [min(between_m(west, bridge) + between_m(bridge, place) for bridge in bridges) for place in east]
    assert metres[0].tolist() == expected


def test_without_a_bridge_there_is_no_way() -> None:
    """Infinitely far, and no error."""
    assert _across([River(NORTHWARD.line)], [Point(60.1, 24.9)], [Point(60.1, 25.1)]).tolist() == [[np.inf]]


def test_two_rivers_take_two_bridges() -> None:
    """Between parallel rivers one goes from bridge to bridge; who is over one river takes that one's bridge only."""
    first = River(((25.0, 60.0), (25.0, 60.3)), (Point(60.28, 25.0),))
    second = River(((25.1, 60.0), (25.1, 60.3)), (Point(60.02, 25.1), Point(60.5, 25.1)))
    west, middle, east = Point(60.1, 24.9), Point(60.1, 25.05), Point(60.1, 25.2)
    metres = _across([first, second], [west, middle], [middle, east])
    a, b = first.bridges[0], second.bridges[0]
    assert metres[0, 0] == pytest.approx(between_m(west, a) + between_m(a, middle))
    assert metres[0, 1] == pytest.approx(between_m(west, a) + between_m(a, b) + between_m(b, east))
    assert metres[1, 1] == pytest.approx(between_m(middle, b) + between_m(b, east))


def test_a_bridge_on_the_far_side_of_another_river_is_out_of_reach() -> None:
    """Where the only bridge of one river lies beyond a second, which has none, there is no way."""
    first = River(((25.0, 60.0), (25.0, 60.3)), (Point(60.28, 25.0),))
    lid = River(((24.8, 60.2), (25.2, 60.2)))
    assert _across([first, lid], [Point(60.1, 24.9)], [Point(60.1, 25.1)])[0, 0] == np.inf
    opened = River(lid.line, (Point(60.2, 24.95), Point(60.2, 25.05)))
    way = [Point(60.1, 24.9), *opened.bridges[:1], *first.bridges, *opened.bridges[1:], Point(60.1, 25.1)]
    expected = sum(between_m(a, b) for a, b in pairwise(way))
    assert _across([first, opened], way[:1], way[-1:])[0, 0] == pytest.approx(expected)


def test_rivers_survive_a_change_of_process() -> None:
    """A pickled copy answers as the original does."""
    crossings = Crossings([NORTHWARD])
    copy = pickle.loads(pickle.dumps(crossings))
    degrees = degrees_of([Point(60.1, 24.9), Point(60.1, 25.1)])
    assert copy.rivers == crossings.rivers
    assert copy.sides_of(*degrees).tolist() == crossings.sides_of(*degrees).tolist()


def test_refuses_more_rivers_than_it_can_tell_apart() -> None:
    """The number and the bound are named."""
    with pytest.raises(BarrierError, match="63 rivers: give at most 62"):
        Crossings([NORTHWARD] * (MAX_RIVERS + 1))
