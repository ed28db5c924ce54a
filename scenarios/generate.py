"""The sample city, Plaza: `python -m scenarios.generate` writes its files, the same bytes every time.

A city that is nowhere: a river with four bridges from west to east, a border between two zones from north to south, a
mall of forty merchants at the one side of it, five stores and a warehouse round about. `docs/scenarios.md` explains
every key of its files.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from scenarios.generate_city import BULKY, DEPOT, GROCERIES, SHOPS, degrees
from scenarios.generate_toml import toml
from scenarios.read import SHIPPED
from scenarios.streams import stream

SEED = 20_250_612
"""Of the city, not of its days: those have the scenario's own seed."""

MERCHANTS = 40
OWN_SKUS = 6
TRADES = ("bakery", "sushi", "pharmacy", "books", "toys", "shoes", "phones", "flowers", "wines", "deli")

ALSO_SELLS = {
    "bakery": ("bread", "milk", "coffee", "juice"),
    "sushi": ("rice", "tea", "beer", "salmon"),
    "pharmacy": ("soap", "tissues", "nappies", "candles"),
    "books": ("coffee", "tea", "candles", "chocolate"),
    "toys": ("batteries", "crisps", "chocolate"),
    "shoes": ("soap", "batteries"),
    "phones": ("batteries",),
    "flowers": ("candles", "chocolate", "wine"),
    "wines": ("wine", "beer", "cheese", "water"),
    "deli": ("cheese", "chicken", "tomatoes", "pasta", "eggs", "butter"),
}
"""Groceries that the merchants of a trade have too."""

COLD = {"milk", "butter", "yoghurt", "cheese", "ice-cream", "salmon", "chicken"}
ADULT = {"beer", "wine"}


def files() -> Mapping[str, str]:
    """Return the content of every file of the city by its name."""
    return {
        "plaza.toml": toml(),
        "plaza-items.csv": _csv("sku,weight_g,volume_ml,price,skills", _items()),
        "plaza-stores.csv": _csv("id,zone,site,lat,lon,kind,party,radius_m,hours,pickers,capacity_orders", _stores()),
        "plaza-stock.csv": _csv("store,sku,quantity,buffer", _stock()),
    }


def _csv(head: str, rows: Sequence[Sequence[object]]) -> str:
    return "\n".join([head, *(",".join(str(field) for field in row) for row in rows)]) + "\n"


def _merchants() -> list[tuple[str, str, int]]:
    """Return id, trade and number of each merchant of the mall."""
    trades = [TRADES[number % len(TRADES)] for number in range(MERCHANTS)]
    return [(f"M{number + 1:02}-{trade}", trade, number + 1) for number, trade in enumerate(trades)]


def _own_skus(trade: str, number: int) -> list[str]:
    return [f"{trade}-{number:02}-{place + 1}" for place in range(OWN_SKUS)]


def _items() -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for sku in GROCERIES:
        rng = stream(SEED, "item", sku)
        skills = [skill for skill, skus in (("cold", COLD), ("age_check", ADULT)) if sku in skus]
        weight_g = int(rng.integers(2, 15)) * 100
        rows.append((sku, weight_g, weight_g * 2, int(rng.integers(9, 90)) * 10 + 9, " ".join(skills)))
    skill_of = {"wines": "age_check", "sushi": "cold", "pharmacy": "", "deli": ""}
    for _, trade, number in _merchants():
        for sku in _own_skus(trade, number):
            rng = stream(SEED, "item", sku)
            weight_g = int(rng.integers(1, 16)) * 100
            rows.append((sku, weight_g, weight_g * 3, int(rng.integers(4, 60)) * 100 - 1, skill_of.get(trade, "")))
    for sku in BULKY:
        rng = stream(SEED, "item", sku)
        weight_g = int(rng.integers(6, 40)) * 1_000
        rows.append((sku, weight_g, weight_g * 6, int(rng.integers(40, 400)) * 100 - 1, "van"))
    return rows


def _stores() -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [
        (name, "west", "plaza", "", "", "store", f"party-{number:02}", 6_000, "09:00-22:00", 1 + number % 2, "")
        for name, _, number in _merchants()
    ]
    rows += [
        (
            *(shop.id, shop.zone, "", *degrees(shop.x_km, shop.y_km), "store", "own", shop.radius_m),
            *("08:00-22:00", shop.pickers, 12 * shop.pickers),
        )
        for shop in SHOPS
    ]
    place = degrees(DEPOT.x_km, DEPOT.y_km)
    rows.append((DEPOT.id, "east", "", *place, "warehouse", "own", DEPOT.radius_m, "06:00-23:00", DEPOT.pickers, ""))
    return rows


def _stock() -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for name, trade, number in _merchants():
        for place, sku in enumerate(_own_skus(trade, number)):
            # The most wanted run out at some merchants before the evening is over.
            least, most = (8, 20) if place == 0 else (6, 15)
            rows.append((name, sku, int(stream(SEED, "stock", f"{name}/{sku}").integers(least, most)), 0))
        rows += [(name, sku, 8, 1) for sku in ALSO_SELLS[trade]]
    for shop in SHOPS:
        for place, sku in enumerate(GROCERIES):
            rng = stream(SEED, "stock", f"{shop.id}/{sku}")
            if rng.random() < 0.9:
                units = max(3, round(shop.units * float(rng.uniform(0.4, 1.2)) / (1 + place / 15)))
                rows.append((shop.id, sku, units, 2))
    rows += [(DEPOT.id, sku, DEPOT.units, 0) for sku in GROCERIES]
    rows += [(DEPOT.id, sku, 6, 0) for sku in BULKY]
    return rows


def write(folder: Path) -> tuple[Path, ...]:
    """Write all files of the city into a folder, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in files().items():
        paths.append(folder / name)
        paths[-1].write_text(text, encoding="utf-8", newline="\n")
    return tuple(paths)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the files where they are shipped, or into another folder."""
    parser = argparse.ArgumentParser(prog="python -m scenarios.generate", description="Write the sample city.")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="folder to write into (default: the shipped files)")
    for path in write(parser.parse_args(arguments).out):
        print(path)


if __name__ == "__main__":
    main()
