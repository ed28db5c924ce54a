"""A scenario file made of the instant-delivery data: its stores, its customers, and couriers as fast as its ways."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from geo.distance import great_circle_m
from scenarios.errors import ScenarioError
from scenarios.importers.instant_delivery import InstantDelivery
from solver.words import told_count

DETOUR_FACTOR = 1.3
"""Metres on the street per metre of great circle: the data has seconds only, and this is usual for cities."""

MARK = "# Made by `doorstep import instant-delivery`"
"""How an imported scenario begins."""

START = "2025-06-12T12:00:00"
_OVERTIME_H = 1.0
"""Couriers stay so long after the last order comes in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the day is to be like, beside the data.

    Raises
    ------
    ScenarioError
        If a figure is out of its bounds; names the option.
    """

    orders_per_hour: float
    couriers_per_store: int | None = None
    hours: float = 4.0
    seed: int = 1
    promise_minutes: int = 30
    skus: int = 1
    timezone: str = "America/Chicago"

    def __post_init__(self) -> None:
        """Check every bound."""
        bounds = {
            "orders_per_hour": (0.0, 100_000.0),
            "couriers_per_store": (0, 1_000),
            "hours": (0.1, 12.0 - _OVERTIME_H),
            "seed": (0, 2**31 - 1),
            "promise_minutes": (1, 1_440),
            "skus": (1, 1_000),
        }
        for name, (least, most) in bounds.items():
            value = getattr(self, name)
            if value is not None and not least <= value <= most:
                raise ScenarioError(f"--{name.replace('_', '-')} {value:g}: give {least:g} to {most:g}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well one speed explains the seconds of the data, on the way from each client to the store nearest in time."""

    speed_kmh: float
    mean_s: float
    mean_error_s: float


def fit(data: InstantDelivery) -> Fit:
    """Find the speed at which great circles with a detour take as long, on the mean, as the data says.

    The ways from each client to the store that is nearest in time count: those are driven. On long ways the data is
    faster than on short ones, so a speed that fits all ways would make the driven ones too short.
    """
    nearest = data.travel_s.argmin(axis=1)
    stores = data.stores[nearest]
    metres = great_circle_m(data.clients[:, 0], data.clients[:, 1], stores[:, 0], stores[:, 1]) * DETOUR_FACTOR
    seconds = data.travel_s[np.arange(len(nearest)), nearest]
    if not seconds.any() or not metres.any():
        raise ScenarioError("all clients are at their nearest store: no speed can be told from that")
    metres_per_s = float(metres.sum() / seconds.sum())
    errors = np.abs(metres / metres_per_s - seconds)
    return Fit(speed_kmh=round(metres_per_s * 3.6, 3), mean_s=float(seconds.mean()), mean_error_s=float(errors.mean()))


def write(data: InstantDelivery, wishes: Wishes, out: Path) -> tuple[Path, ...]:
    """Write the scenario file and, beside it, a CSV of the stores and one of the clients; return their paths.

    Raises
    ------
    ScenarioError
        If a file cannot be written, or would replace a scenario that was not imported.
    """
    out = out if out.suffix == ".toml" else out.with_name(f"{out.name}.toml")
    stores, clients = (out.with_name(f"{out.stem}-{what}.csv") for what in ("stores", "clients"))
    _refuse_others(out)
    texts = {
        out: _toml(data, wishes, fit(data), stores=stores.name, clients=clients.name),
        stores: _stores(data),
        clients: "lat,lon\n" + "".join(f"{lat:.6f},{lon:.6f}\n" for lat, lon in data.clients.tolist()),
    }
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ScenarioError(f"{error.filename}: cannot be written: {error.strerror}; give another --out") from None
    return tuple(texts)


def _refuse_others(out: Path) -> None:
    """Refuse to replace anything but an import."""
    try:
        with out.open(encoding="utf-8", errors="replace") as file:
            if not file.readline().startswith(MARK):
                raise ScenarioError(f"{out} is there and was not imported: it will not be replaced; give another --out")
    except FileNotFoundError:
        return
    except OSError as error:
        raise ScenarioError(f"{out}: cannot be written: {error.strerror}; give another --out") from None


def _stores(data: InstantDelivery) -> str:
    rows = ["id,zone,lat,lon,pickers"]
    for number, ((lat, lon), pickers) in enumerate(zip(data.stores.tolist(), data.pickers, strict=True)):
        rows.append(f"S{number},city,{lat:.6f},{lon:.6f},{pickers}")
    return "\n".join(rows) + "\n"


def _toml(data: InstantDelivery, wishes: Wishes, found: Fit, *, stores: str, clients: str) -> str:
    name = re.sub(r"[^A-Za-z0-9._:-]", "-", data.name)[:64] or "import"
    minutes = wishes.promise_minutes
    level = f"express_{minutes}"
    counts = [wishes.couriers_per_store if wishes.couriers_per_store is not None else n for n in data.couriers]
    begin_h = int(START[11:13])
    end_min = round((begin_h + wishes.hours + _OVERTIME_H) * 60)
    fleets = "".join(
        f'''
[[fleets]]
id = "S{number}-courier"
zone = "city"
profile = "courier"
count = {count}
sites = ["S{number}"]
shifts = ["{begin_h}:00-{end_min // 60 % 24:02}:{end_min % 60:02}"]
'''
        for number, count in enumerate(counts)
    )
    skus = [f"sku-{number + 1:03}" for number in range(wishes.skus)]
    items = "".join(f'\n[[items]]\nsku = "{sku}"\nprice = 1000\n' for sku in skus)
    basket = (
        "lines = {1 = 1}\nunits = {1 = 1}" if wishes.skus == 1 else "lines = {1 = 5, 2 = 3, 3 = 2}\nunits = {1 = 1}"
    )
    counted = f"{told_count(len(data.stores), 'store')}, {told_count(len(data.clients), 'client')}"
    return f'''{MARK} of {name}: {counted}.
name = "{name}"
seed = {wishes.seed}
timezone = "{wishes.timezone}"
start = {START}
hours = {wishes.hours:g}

[files]
stores = "{stores}"

[[zones]]
id = "city"
profile = "courier"

# From each client to the nearest store the data takes {found.mean_s:.0f} s on the mean; great circles at this speed and
# detour take as long on the mean, and differ from the data by {found.mean_error_s:.0f} s on the mean.
[[profiles]]
id = "courier"
speed_kmh = {found.speed_kmh}
detour_factor = {DETOUR_FACTOR}
{fleets}{items}
[[stock_rules]]
quantity = 1000000

[[service_levels]]
id = "{level}"
kind = "within"
within_s = {minutes * 60}

[[demand]]
id = "client"
orders_per_hour = {wishes.orders_per_hour:g}
service_levels = {{{level} = 1}}

[demand.places]
kind = "points"
csv = "{clients}"

[demand.basket]
{basket}

[durations]
pick = {{kind = "exponential", mean_s = {data.pick_mean_s}}}
pick_per_unit = 0
handover = 0
door = {{kind = "exponential", mean_s = {data.door_mean_s}}}
'''
