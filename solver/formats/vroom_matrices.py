"""The places of VROOM's input, and the travel between them: given, or asked of a source of travel times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from solver.formats.pointer import At
from solver.formats.table import read_table
from solver.formats.vroom_fields import LARGEST, MATRIX
from solver.problem import UNREACHABLE_S, IntMatrix, Matrix

DEFAULT_PROFILE = "car"

NORMAL = 100
"""What VROOM multiplies durations by, in hundredths, at a speed factor of 1."""

LARGEST_FACTOR = 5.0
"""No vehicle is so many times faster than its profile."""

Coordinates = tuple[float, float]
"""Longitude and latitude."""


class Travel(Protocol):
    """Where travel between coordinates is asked for that no matrix gives. `profiles` are the names that it knows."""

    @property
    def profiles(self) -> Sequence[str]:
        """The names of the ways to travel that it knows."""
        ...

    def matrix(self, profile: str, coordinates: Sequence[Coordinates]) -> Matrix:
        """Return travel between places."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """What is given for a profile: (n, n) durations, and perhaps distances and costs."""

    durations: IntMatrix
    distances: IntMatrix | None = None
    costs: IntMatrix | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Used:
    """A matrix of the problem, and the distances to tell, if there are any.

    With a table of costs the problem has these for distances: they are what each way costs.
    """

    matrix: Matrix
    distances: IntMatrix | None


def weight_of(at: At | None) -> int:
    """Return what durations are multiplied by at a speed factor, in hundredths and rounded as VROOM does."""
    factor = 1.0 if at is None else at.number()
    if at is not None and not 0 < factor <= LARGEST_FACTOR:
        raise at.refuse(f"is {at.value}: give more than 0, at most {LARGEST_FACTOR:g}")
    weight = int(1 / factor * NORMAL + 0.5)
    if at is not None and weight > NORMAL**2:
        raise at.refuse(f"is {at.value}: give {1 / NORMAL} or more")
    return weight


class Matrices:
    """Numbers places and pairs of profile and speed while the input is read; then makes the matrices of these.

    With matrices given, places are their rows and columns. Without, they are the coordinates, each once.
    """

    def __init__(self, top: dict[str, At], travel: Travel | None) -> None:
        self._travel = travel
        self._tables, self._at = _given(top)
        self._rows = len(next(iter(self._tables.values())).durations) if self._tables else None
        self._numbers: dict[Coordinates, int] = {}
        self._coordinates: dict[int, Coordinates] = {}
        self._mentions: dict[int, At] = {}
        self._used: list[tuple[str, int]] = [(profile, NORMAL) for profile in self._tables]

    @property
    def index_name(self) -> str:
        """What a field that names a place ends in."""
        return "" if self._rows is None else "_index"

    def place(self, fields: dict[str, At], name: str) -> int | None:
        """Return the place at ``name`` or ``name_index``; None if neither is given."""
        index = fields.get(f"{name}_index")
        coordinates = _coordinates(fields[name]) if name in fields else None
        if self._rows is None:
            if coordinates is None:
                if index is not None:
                    raise index.refuse(f"is a row of matrices that are not given: give {name}, or matrices")
                return None
            if index is not None:  # of no consequence, as in VROOM, but not just anything
                index.integer(most=LARGEST)
            number = self._numbers.setdefault(coordinates, len(self._numbers))
            self._mentions.setdefault(number, fields[name])
        else:
            if index is None:
                if name in fields:
                    raise fields[name].refuse(f"has no row in the matrices: give {name}_index too")
                return None
            number = index.integer(most=self._rows - 1)
            self._mentions.setdefault(number, index)
        if coordinates is not None:
            self._coordinates.setdefault(number, coordinates)
        return number

    def use(self, at: At, profile: str, weight: int) -> int:
        """Return the number of the matrix that a vehicle travels by; `at` is the vehicle's."""
        if profile not in self._tables and (self._travel is None or profile not in self._travel.profiles):
            known = "" if self._travel is None else f", or ask for one of {', '.join(self._travel.profiles)}"
            raise at.refuse(f"asks for profile {profile!r}: give it a matrix in /matrices{known}")
        pair = (profile, weight)
        if pair not in self._used:
            self._used.append(pair)
        return self._used.index(pair)

    def has_distances(self, profile: str) -> bool:
        """Tell whether there are distances for a profile."""
        return profile not in self._tables or self._tables[profile].distances is not None

    def has_costs(self, profile: str) -> bool:
        """Tell whether there is a table of costs for a profile."""
        return profile in self._tables and self._tables[profile].costs is not None

    def made(self) -> list[Used]:
        """Return the matrices that `use` has numbered. No place is numbered after."""
        asked = {profile for profile, _ in self._used if profile not in self._tables}
        tables = self._tables | {profile: self._ask(profile) for profile in sorted(asked)}
        found = []
        for profile, weight in self._used:
            table = tables[profile]
            distances = table.costs if table.costs is not None else table.distances
            durations = self._weighted(profile, table.durations, weight)
            nothing = np.zeros_like(durations) if distances is None else distances
            found.append(Used(Matrix(durations_s=durations, distances_m=nothing), table.distances))
        return found

    def _weighted(self, profile: str, durations: IntMatrix, weight: int) -> IntMatrix:
        """Return durations at another speed, fractions of a second rounded up; no way stays no way."""
        if weight == NORMAL:
            return durations
        exact = durations.astype(np.int64) * weight
        slower: IntMatrix = -(-exact // NORMAL)
        slower[durations >= UNREACHABLE_S] = UNREACHABLE_S
        too_long = (slower >= UNREACHABLE_S) & (durations < UNREACHABLE_S)
        if too_long.any():
            row, column = np.argwhere(too_long)[0]
            at = At(int(durations[row, column]), f"{self._at.get(profile, '')}/{row}/{column}")
            raise at.refuse(f"is {at.value}, and {slower[row, column]} by a speed_factor: give less")
        return slower.astype(np.int32)

    def _ask(self, profile: str) -> Table:
        """Return travel between the coordinates of the places; there is no way to places that nobody goes to."""
        assert self._travel is not None  # `use` has asked
        numbers = sorted(self._mentions)
        for number in numbers:
            at = self._mentions[number]
            if number not in self._coordinates:
                raise at.refuse(
                    f"has no coordinates, and profile {profile!r} has no matrix: give [longitude, latitude] too"
                )
            lon, lat = self._coordinates[number]
            if not (abs(lon) <= 180 and abs(lat) <= 90):
                raise at.refuse(f"lies at [{lon:g}, {lat:g}]: give [longitude, latitude] in degrees")
        matrix = self._travel.matrix(profile, [self._coordinates[number] for number in numbers])
        if self._rows is None:
            return Table(matrix.durations_s, matrix.distances_m)
        durations = np.full((self._rows, self._rows), UNREACHABLE_S, dtype=np.int32)
        distances = np.zeros_like(durations)
        np.fill_diagonal(durations, 0)
        durations[np.ix_(numbers, numbers)] = matrix.durations_s
        distances[np.ix_(numbers, numbers)] = matrix.distances_m
        return Table(durations, distances)


def _given(top: dict[str, At]) -> tuple[dict[str, Table], dict[str, str]]:
    """Return the tables of each profile, and where its durations stand."""
    if "matrix" in top:
        if "matrices" in top:
            raise top["matrix"].refuse("and /matrices are both given: give matrices")
        return {DEFAULT_PROFILE: Table(read_table(top["matrix"]))}, {DEFAULT_PROFILE: top["matrix"].place}
    if "matrices" not in top:
        return {}, {}
    at = top["matrices"]
    profiles = at.object(known=tuple(at.value)) if isinstance(at.value, dict) else {}
    if not profiles:
        raise at.refuse("has no profile: give an object with a matrix for each profile of a vehicle")
    tables: dict[str, Table] = {}
    places = {}
    for profile, own in profiles.items():
        fields = own.object(known=MATRIX, required=("durations",))
        read = {name: read_table(fields[name]) for name in MATRIX if name in fields}
        rows = len(next(iter(tables.values())).durations) if tables else len(read["durations"])
        for name, table in read.items():
            if len(table) != rows:
                raise fields[name].refuse(f"has {len(table)} places where the first matrix has {rows}")
        tables[profile] = Table(read["durations"], read.get("distances"), read.get("costs"))
        places[profile] = fields["durations"].place
    return tables, places


def _coordinates(at: At) -> Coordinates:
    for item in (pair := at.items(length=2)):
        if isinstance(item.value, bool) or not isinstance(item.value, int | float):
            raise item.refuse("is no coordinate: give [longitude, latitude]")
    return pair[0].number(), pair[1].number()
