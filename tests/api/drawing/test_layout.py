"""Places laid out by coordinates, or by travel times."""

from __future__ import annotations

import math

import numpy as np
import pytest

from api.drawing.layout import Spot, from_travel_times, lay_out, on_the_ground
from api.drawing.model import Ground
from solver.problem import UNREACHABLE_S


@pytest.mark.parametrize("count", [2, 5, 60, 260])
def test_places_on_a_plane_come_back(count: int) -> None:
    """Straight distances between places on a plane are kept, whichever way the picture is turned."""
    points = np.random.default_rng(count).uniform(-3000, 3000, (count, 2))
    ways = np.sqrt(((points[:, None] - points[None]) ** 2).sum(-1))
    laid = from_travel_times(np.rint(ways), range(count))
    found = np.array([laid[number] for number in range(count)])
    again = np.sqrt(((found[:, None] - found[None]) ** 2).sum(-1))
    assert np.abs(again - ways).max() < 15


def test_the_same_times_give_the_same_picture() -> None:
    """Neither mirrored nor turned."""
    ways = np.abs(np.subtract.outer(np.arange(300) ** 2 % 97, np.arange(300) ** 2 % 97)) * 10
    assert from_travel_times(ways, range(300)) == from_travel_times(ways.copy(), range(300))


def test_places_without_a_way_between_them_stay_in_sight() -> None:
    """They are half as far again apart as the longest way."""
    ways = [[0, 100, UNREACHABLE_S], [100, 0, UNREACHABLE_S], [UNREACHABLE_S, UNREACHABLE_S, 0]]
    laid = from_travel_times(ways, range(3))
    assert math.dist(laid[0], laid[1]) == pytest.approx(100, abs=1)
    assert math.dist(laid[0], laid[2]) == pytest.approx(150, abs=1)


@pytest.mark.parametrize("count", [0, 1, 3, 250])
def test_places_that_are_one(count: int) -> None:
    """No time between them: all in one point."""
    laid = from_travel_times(np.zeros((count, count)), range(count))
    assert set(laid.values()) <= {(0.0, 0.0)}
    assert len(laid) == count


def test_only_some_spots_have_coordinates() -> None:
    """The others are told by the row they share, or have no place."""
    here, there, lost = Spot(0, (16.0, 48.0)), Spot(1), Spot(2)
    ground, places = lay_out([here, there, lost], {1: (16.01, 48.0)}, None)
    assert ground is Ground.MAP
    assert set(places) == {here, there}


def test_nothing_known() -> None:
    """No ground."""
    assert lay_out([Spot(), Spot(3)], {}, None) == (Ground.NONE, {})
    assert lay_out([Spot()], {}, np.zeros((2, 2))) == (Ground.NONE, {})
    assert on_the_ground([]) == (Ground.NONE, [])
