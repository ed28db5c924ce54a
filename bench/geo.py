"""How fast geography answers: ``python -m bench.geo`` prints the figures and writes ``bench/results/geo.json``.

Targets: 10,000 stores, one destination in less than 100 µs; 100,000 destinations at once in less than 5 s. The stores
lie as densely as gives each destination some fifty of them in reach. Each time is the median over repetitions.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from geopy.distance import geodesic

from bench._machine import machine
from geo.areas import Polygon, Radius
from geo.barriers import River
from geo.distance import great_circle_m
from geo.great_circle import GreatCircleTravel
from geo.index import Area, ServiceAreaIndex
from geo.point import Point
from geo.profiles import Profile

STORES = 10_000
DESTINATIONS = 100_000
IN_REACH = 50
SOUTH, WEST = 60.0, 24.0
DEGREE_M = 111_195.0
Figures = dict[str, Any]

RESULTS = Path(__file__).parent / "results" / "geo.json"


def seconds_of(call: Callable[[], object], repetitions: int) -> float:
    """Return the median seconds of a call, after one that does not count."""
    call()
    times = []
    for _ in range(repetitions):
        begin = time.perf_counter()
        call()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def places(rng: np.random.Generator, count: int) -> npt.NDArray[np.float64]:
    """Draw (count, 2) lat, lon in the square where the stores are as dense as wanted."""
    side = np.sqrt(STORES / IN_REACH * np.pi) * 6_000.0 / DEGREE_M
    return np.column_stack((SOUTH + rng.uniform(0, side, count), WEST + rng.uniform(0, side, count) * 2.0))


def points(degrees: npt.NDArray[np.float64]) -> list[Point]:
    """Return the places as points."""
    return [Point(lat, lon) for lat, lon in degrees.tolist()]


def mixed_areas(stores: list[Point]) -> list[Area]:
    """Return radii of 2 to 8 km, one store in ten with a polygon of 64 corners, and three that reach everywhere."""
    angles = np.linspace(0.0, 2 * np.pi, 65)
    ring = np.column_stack((np.cos(angles) * 2.0, np.sin(angles))) * 6_000.0 / DEGREE_M
    ring[-1] = ring[0]
    areas: list[Area] = []
    for number, store in enumerate(stores):
        if number < 3:
            areas.append(Radius(1_000_000))
        elif number % 10 == 0:
            areas.append(Polygon.from_coordinates([np.add(ring, (store.lon, store.lat)).tolist()]))
        else:
            areas.append(Radius(2_000 + number % 4 * 2_000))
    return areas


def index_figures(rng: np.random.Generator) -> Figures:
    """Time the index, with equal radii and with mixed areas."""
    stores = points(places(rng, STORES))
    asked, many = points(places(rng, 2_000)), np.ascontiguousarray(places(rng, DESTINATIONS).T)
    areas_by_name: dict[str, list[Area]] = {"radius": [Radius()] * STORES, "mixed": mixed_areas(stores)}
    figures: Figures = {}
    for name, areas in areas_by_name.items():
        figures[f"{name}_build_s"] = seconds_of(partial(ServiceAreaIndex, stores, areas), 3)
        index = ServiceAreaIndex(stores, areas)
        reaches = map(index.within_reach, cycle(asked))
        figures[f"{name}_one_destination_us"] = seconds_of(partial(next, reaches), len(asked)) * 1e6
        figures[f"{name}_many_destinations_s"] = seconds_of(partial(index.within_reach_many, *many), 3)
        figures[f"{name}_in_reach_mean"] = len(index.within_reach_many(*many).positions) / DESTINATIONS
    return figures


def travel_figures(rng: np.random.Generator) -> Figures:
    """Time small and large matrices, without and with a river of four bridges."""
    line = tuple((WEST + 0.2 + 0.02 * (step % 2), SOUTH + 0.02 * step) for step in range(20))
    river = River(line, tuple(Point(lat, lon) for lon, lat in line[4::4]))
    degrees = np.column_stack((SOUTH + rng.uniform(0, 0.4, 600), WEST + rng.uniform(0, 0.4, 600)))
    square = points(degrees)
    figures: Figures = {}
    barriers_by_name: dict[str, tuple[River, ...]] = {"plain": (), "river": (river,)}
    for name, barriers in barriers_by_name.items():
        travel = GreatCircleTravel((Profile("bike", speed_kmh=15),), "Europe/Helsinki", barriers)
        small = partial(travel.many_to_many, square[:1], square[1:21], profile="bike", depart_s=0)
        large = partial(travel.matrix_of, degrees, degrees, profile="bike", depart_s=0)
        figures[f"{name}_1x20_us"] = seconds_of(small, 2_000) * 1e6
        figures[f"{name}_600x600_ms"] = seconds_of(large, 20) * 1e3
    return figures


def distance_figures(rng: np.random.Generator) -> Figures:
    """Time the great circle beside geopy's geodesic, and find the greatest relative error over all the earth."""
    count = 2_000
    lats, lons = rng.uniform(-90, 90, (2, count)), rng.uniform(-180, 180, (2, count))

    def loop() -> list[float]:
        return [
            geodesic((lat1, lon1), (lat2, lon2)).meters
            for lat1, lon1, lat2, lon2 in zip(lats[0], lons[0], lats[1], lons[1], strict=True)
        ]

    loop_s = seconds_of(loop, 3)
    great_circle_s = seconds_of(partial(great_circle_m, lats[0], lons[0], lats[1], lons[1]), 50)
    expected = np.array(loop())
    errors = np.abs(great_circle_m(lats[0], lons[0], lats[1], lons[1]) - expected) / expected
    return {
        "great_circle_ns_per_pair": great_circle_s / count * 1e9,
        "geodesic_ns_per_pair": loop_s / count * 1e9,
        "times_faster": loop_s / great_circle_s,
        "greatest_relative_error": float(errors.max()),
    }


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description="Measures how fast geography answers.")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the JSON goes")
    output = parser.parse_args().output
    rng = np.random.default_rng(1)
    result: dict[str, Figures] = {
        "machine": machine("numpy", "scipy", "shapely", "geopy"),
        "index": index_figures(rng),
        "travel": travel_figures(rng),
        "distance": distance_figures(rng),
    }
    result["targets_met"] = {
        "one destination < 100 us": result["index"]["radius_one_destination_us"] < 100.0,
        "100,000 destinations < 5 s": result["index"]["radius_many_destinations_s"] < 5.0,
        "relative error < 0.6 %": result["distance"]["greatest_relative_error"] < 0.006,
    }
    for group, figures in result.items():
        for name, figure in figures.items():
            print(f"{group:12} {name:28} {f'{figure:.4g}' if isinstance(figure, float) else figure}")
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(result, indent=2) + "\n")
    print(f"written to {output}")


if __name__ == "__main__":
    main()
