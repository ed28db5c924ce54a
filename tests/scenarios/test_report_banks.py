"""Legs between two banks go over a bridge."""

from __future__ import annotations

from typing import Any

from scenarios.page.plane import Plane
from scenarios.report.banks import Banks

PLANE = Plane(0.0, 0.0)
RIVER = {"line": [[-1.0, 0.0], [1.0, 0.0]], "bridges": [[-0.02, 0.0], [0.03, 0.0]]}
OTHER = {"line": [[-1.0, 0.02], [1.0, 0.02]], "bridges": [[0.0, 0.02]]}


def way(scenario: dict[str, Any], begin: tuple[float, float], end: tuple[float, float]) -> tuple[tuple[int, int], ...]:
    """Return the bridges of a leg between two (lat, lon)."""
    banks = Banks(scenario, PLANE)
    sides = banks.sides_of([begin, end])
    return banks.bridges_between(PLANE.place(*begin), PLANE.place(*end), *sides)


def test_the_bridge_least_out_of_the_way() -> None:
    """A leg to the other bank takes the bridge that makes it shortest; one along the river takes none."""
    assert way({"rivers": [RIVER]}, (-0.01, 0.02), (0.01, 0.02)) == (PLANE.place(0.0, 0.03),)
    assert way({"rivers": [RIVER]}, (-0.01, -0.02), (0.01, 0.0)) == (PLANE.place(0.0, -0.02),)
    assert way({"rivers": [RIVER]}, (0.01, -0.02), (0.01, 0.02)) == ()


def test_several_rivers_in_the_order_of_driving() -> None:
    """Over two rivers a leg takes a bridge of each, the nearer first."""
    rivers = {"rivers": [RIVER, OTHER]}
    northward = way(rivers, (-0.01, 0.0), (0.03, 0.0))
    assert northward == (PLANE.place(0.0, -0.02), PLANE.place(0.02, 0.0))
    assert way(rivers, (0.03, 0.0), (-0.01, 0.0)) == northward[::-1]
    assert way(rivers, (0.01, 0.0), (0.03, 0.0)) == northward[1:]


def test_what_parts_nothing_is_left_out() -> None:
    """Without rivers, or with lines that are none or have no bridge, legs stay straight."""
    wrong: list[Any] = [
        None,
        7,
        ["Danube"],
        [{"line": [[0, 0]], "bridges": []}],
        [{"line": [[-1, 0], [1, 0]], "bridges": []}],
        [{"line": [[-1, 0], [1, 0]], "bridges": [[0, 99]]}],
    ]
    for rivers in wrong:
        assert way({"rivers": rivers}, (-0.01, 0.0), (0.01, 0.0)) == ()
    assert Banks({"rivers": [RIVER]}, PLANE).sides_of([]) == []
