"""The instant-delivery data of Dieter: stores, customers, and the seconds between them.

A file has lines ``KEY : VALUE``, then a WAREHOUSE_SECTION (id, longitude, latitude, pickers, couriers), a
CLIENT_SECTION (id, longitude, latitude), an EDGE_WEIGHT_SECTION (a row a client, a column a store, travel seconds), and
EOF. Where coordinates are steps of a grid, GRID_SW_COORDINATES (longitude, latitude), STEPSIZE_LON and STEPSIZE_LAT
place it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from geo.distance import EARTH_RADIUS_M
from scenarios.errors import ImportFault, ScenarioError

_SECTIONS = ("WAREHOUSE_SECTION", "CLIENT_SECTION", "EDGE_WEIGHT_SECTION", "EOF")
_FRESH = "is the file complete? Fetch it again"
_MAX_S = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Where the steps of a grid lie: its south-west corner and the size of a step, in degrees."""

    west: float
    south: float
    step_lon: float
    step_lat: float

    @classmethod
    def read(cls, corner: str, *, step_m: float) -> Grid:
        """Return a grid of square steps from its south-west corner as ``LAT,LON``.

        Raises
        ------
        ScenarioError
            If that is no place that leaves room for a grid, or a step of no size.
        """
        try:
            lat, lon = (float(text) for text in corner.split(","))
        except ValueError:
            lat = lon = math.nan
        if not (abs(lat) <= 80.0 and abs(lon) <= 170.0):
            raise ScenarioError(f"--grid-sw {corner}: give LAT,LON in degrees, such as 41.8,-87.8")
        if not 0.1 <= step_m <= 10_000.0:
            raise ScenarioError(f"--grid-step-m {step_m:g}: give 0.1 to 10000 metres")
        degree_m = math.radians(EARTH_RADIUS_M)
        narrow = math.cos(math.radians(lat))
        return cls(west=lon, south=lat, step_lon=step_m / (degree_m * narrow), step_lat=step_m / degree_m)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class InstantDelivery:
    """A file's content: (stores, 2) and (clients, 2) degrees as lat, lon; (clients, stores) seconds."""

    name: str
    pick_mean_s: int
    door_mean_s: int
    stores: npt.NDArray[np.float64]
    pickers: tuple[int, ...]
    couriers: tuple[int, ...]
    clients: npt.NDArray[np.float64]
    travel_s: npt.NDArray[np.int32]


class _Lines:
    """The file, line by line, with its place for errors."""

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            self._lines = file.read_bytes().decode("ascii").splitlines()
        except UnicodeDecodeError as error:
            raise ImportFault(f"{file}: byte {error.start} is no plain text; give a file such as zip.txt") from None
        except OSError as error:
            raise ScenarioError(f"{file}: cannot be read: {error.strerror}; give a file such as zip.txt") from None
        self.at = 0

    def next(self, wanted: str) -> str:
        """Return the next line."""
        if self.at >= len(self._lines):
            raise ImportFault(f"{self.file}: ends after line {self.at}, where {wanted} should stand; {_FRESH}")
        self.at += 1
        return self._lines[self.at - 1].strip()

    def wrong(self, message: str) -> ImportFault:
        """Return an error about the line read last."""
        return ImportFault(f"{self.file} line {self.at}: {message}")


def parse(file: Path, *, grid: Grid | None = None) -> InstantDelivery:
    """Read a file.

    Parameters
    ----------
    grid
        Where the grid lies, for a file whose coordinates are steps of one and that does not say where.

    Raises
    ------
    ImportFault
        If the file is cut off or of another form; names the line, and what to do.
    ScenarioError
        If it cannot be read.
    """
    lines = _Lines(file)
    header = _header(lines)
    clients_wanted, stores_wanted = (_count(lines, header, f"NUMBER_{what}") for what in ("CLIENTS", "WAREHOUSES"))
    stores, pickers, couriers = [], [], []
    for _ in range(stores_wanted):
        fields = _fields(lines, "a warehouse", "id, longitude, latitude, pickers, couriers", 5)
        stores.append((fields[1], fields[2]))
        pickers.append(_positive(lines, "pickers", fields[3]))
        couriers.append(_positive(lines, "couriers", fields[4]))
    first_store = lines.at - stores_wanted + 1
    _expect(lines, "CLIENT_SECTION")
    clients = [_fields(lines, "a client", "id, longitude, latitude", 3)[1:] for _ in range(clients_wanted)]
    first_client = lines.at - clients_wanted + 1
    _expect(lines, "EDGE_WEIGHT_SECTION")
    travel_s = np.empty((clients_wanted, stores_wanted), dtype=np.int32)
    for client in range(clients_wanted):
        row = _fields(lines, f"travel from client {client}", "a number of seconds for each warehouse", stores_wanted)
        if any(not 0 <= value <= _MAX_S for value in row):
            raise lines.wrong(f"travel must take 0 to {_MAX_S} seconds; {_FRESH}")
        travel_s[client] = row
    _expect(lines, "EOF")
    placed = _header_grid(lines, header) or grid
    return InstantDelivery(
        name=header.get("NAME", file.stem),
        pick_mean_s=_mean(lines, header, "MEAN_COMMISSION_TIME"),
        door_mean_s=_mean(lines, header, "MEAN_SERVICE_AT_CLIENT_TIME"),
        stores=_degrees(file, stores, first_store, placed),
        pickers=tuple(pickers),
        couriers=tuple(couriers),
        clients=_degrees(file, clients, first_client, placed),
        travel_s=travel_s,
    )


def _header(lines: _Lines) -> dict[str, str]:
    header: dict[str, str] = {}
    while True:
        line = lines.next("WAREHOUSE_SECTION")
        if line == _SECTIONS[0]:
            return header
        key, colon, value = line.partition(":")
        if not colon:
            raise lines.wrong(f"{line[:40]!r} is no KEY : VALUE and no WAREHOUSE_SECTION; give a file such as zip.txt")
        header[key.strip()] = value.strip()


def _count(lines: _Lines, header: dict[str, str], key: str) -> int:
    text = header.get(key, "")
    if not text.isdecimal() or not 1 <= int(text) <= 1_000_000:
        raise ImportFault(f"{lines.file}: {key} is {text or 'missing'}; it must say how many there are, 1 to 1000000")
    return int(text)


def _mean(lines: _Lines, header: dict[str, str], key: str) -> int:
    text = header.get(key, "")
    if not text.isdecimal() or int(text) > _MAX_S:
        raise ImportFault(f"{lines.file}: {key} is {text or 'missing'}; it must give seconds, 0 to {_MAX_S}")
    return int(text)


def _fields(lines: _Lines, what: str, form: str, count: int) -> list[float]:
    line = lines.next(what)
    fields = line.split()
    if line in _SECTIONS:
        raise lines.wrong(f"{line} begins where {what} should stand; the counts at the top do not agree with it")
    try:
        values = [float(field) for field in fields]
    except ValueError:
        values = []
    if len(values) != count or not all(map(math.isfinite, values)):
        raise lines.wrong(f"{line[:60]!r} should be {what}: {form}, {count} numbers; {_FRESH}")
    return values


def _positive(lines: _Lines, what: str, value: float) -> int:
    if value != int(value) or not 1 <= value <= 10_000:
        raise lines.wrong(f"{value:g} {what}: should be a whole number from 1 to 10000")
    return int(value)


def _expect(lines: _Lines, section: str) -> None:
    line = lines.next(section)
    if line != section:
        raise lines.wrong(f"{line[:60]!r} stands where {section} should; the counts at the top do not agree with it")


def _header_grid(lines: _Lines, header: dict[str, str]) -> Grid | None:
    """Return the grid of the header, or None if it has none."""
    if "GRID_SW_COORDINATES" not in header:
        return None
    try:
        west, south = (float(text) for text in header["GRID_SW_COORDINATES"].split())
        steps = {key: float(header[f"STEPSIZE_{key}"]) for key in ("LON", "LAT")}
    except (KeyError, ValueError):
        form = "GRID_SW_COORDINATES : LON LAT needs STEPSIZE_LON and STEPSIZE_LAT beside it, all numbers"
        raise ImportFault(f"{lines.file}: {form}; {_FRESH}") from None
    return Grid(west=west, south=south, step_lon=steps["LON"], step_lat=steps["LAT"])


def _degrees(
    file: Path, places: Sequence[Sequence[float]], first_line: int, grid: Grid | None
) -> npt.NDArray[np.float64]:
    """Return (n, 2) lat, lon: of degrees as they are, of steps of a grid by its corner."""
    found = np.asarray(places, dtype=np.float64)[:, ::-1]
    if grid is not None and not _lies_in(found, grid):
        found = np.array((grid.south, grid.west)) + found * np.array((grid.step_lat, grid.step_lon))
    wrong = ~(np.abs(found) <= (90.0, 180.0)).all(axis=1)
    if wrong.any():
        at = int(np.argmax(wrong))
        raise ImportFault(
            f"{file} line {first_line + at}: ({places[at][0]:g}, {places[at][1]:g}) is no longitude and latitude. If "
            "these are steps of a grid, the file does not say where it lies: give --grid-sw LAT,LON and --grid-step-m"
        )
    return np.round(found, 6)


def _lies_in(found: npt.NDArray[np.float64], grid: Grid) -> bool:
    """Tell whether places are degrees already: within 1,000 steps of the grid's corner, to the north-east."""
    away = (found - np.array((grid.south, grid.west))) / np.array((grid.step_lat, grid.step_lon))
    return bool(((away >= -1.0) & (away <= 1_000.0)).all())
