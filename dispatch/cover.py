"""Which store gives which line: the best way in which some stores together cover an order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dispatch.candidates import Places
from dispatch.codes import Code
from dispatch.model import Line

NODES = 4_000
"""Partial covers looked at before the best found so far is taken; enough to be exact for every ordinary basket."""

Given = tuple[tuple[int, str], ...]
"""For every line, the number of the store that gives it, and which sku."""


class Option(NamedTuple):
    """A store, by number, that could give a line; `penalty` is 0 for the sku ordered, 1 for its first substitute."""

    store: int
    sku: str
    penalty: int


class Judged(NamedTuple):
    """What a complete cover is worth: whether it keeps the promise (no code), and when it would be at the door."""

    code: Code | None
    figure: int
    ready_s: int
    arrive_s: int


@dataclass(frozen=True, slots=True)
class Cover:
    """A way to cover all lines. `judged.code` is None where it keeps the promise."""

    given: Given
    stores: tuple[int, ...]
    substituted: int
    judged: Judged


def options_of(
    line: Line, stores: Sequence[int], places: Places, free: Mapping[tuple[int, str], int], *, substitutes: bool
) -> list[Option]:
    """Return who could give a line as a whole, if nothing else were taken there."""
    skus = (line.sku, *line.substitutes) if substitutes else (line.sku,)
    allowed = line.stores
    return [
        Option(store, sku, penalty)
        for penalty, sku in enumerate(skus)
        for store in stores
        if (allowed is None or places.store_ids[store] in allowed) and free.get((store, sku), 0) >= line.quantity
    ]


def best_cover(
    lines: Sequence[Line],
    options: Sequence[Sequence[Option]],
    free: Mapping[tuple[int, str], int],
    judge: Callable[[Mapping[int, int]], Judged | None],
) -> Cover | None:
    """Give every line, whole, to one store.

    A depth-first search over the lines with the bounds of the best cover so far; exact up to `NODES` partial covers.

    Parameters
    ----------
    options
        Of each line, as by `options_of`.
    free
        Units by store number and sku: lines of the same sku share them.
    judge
        Called with the units that each store gives; None says that this is no cover (a site of a split would have
        nothing to do).

    Returns
    -------
    Of the covers that keep the promise, the best: fewest substituted lines, then the substitutes named first, fewest
    stores, earliest at the door, least store numbers. If none keeps it, of the others the one that came furthest (and
    then the best). None if the lines cannot be covered.
    """
    if not all(options):
        return None
    # Lines with the least choice first: what cannot be covered is found at once.
    order = sorted(range(len(lines)), key=lambda i: (len(options[i]), i))
    left = dict(free)
    given: list[tuple[int, str] | None] = [None] * len(lines)
    units: dict[int, int] = {}
    best: Cover | None = None
    best_key: tuple[object, ...] = ()
    nodes = 0

    def visit(depth: int, substituted: int, penalty: int) -> None:
        nonlocal best, best_key, nodes
        nodes += 1
        if best is not None and best.judged.code is None and (substituted, penalty, len(units)) > best_key[1:4]:
            return
        if depth == len(order):
            judged = judge(units)
            if judged is None:
                return
            stores = tuple(sorted(units))
            failed = () if judged.code is None else (-STAGE[judged.code], judged.figure)
            placed = tuple(each for each in given if each is not None)
            key = (failed, substituted, penalty, len(stores), judged.arrive_s, stores, placed)
            if best is None or key < best_key:
                best, best_key = Cover(placed, stores, substituted, judged), key
            return
        line = lines[order[depth]]
        # Stores that give something already come first, so that a good bound is found early.
        for option in sorted(options[order[depth]], key=lambda o: (o.penalty, o.store not in units, o.store)):
            have = left[option.store, option.sku]
            if have < line.quantity:
                continue
            if nodes > NODES and (best is not None or nodes > 16 * NODES):
                return
            left[option.store, option.sku] = have - line.quantity
            before = units.get(option.store)
            units[option.store] = (before or 0) + line.quantity
            given[order[depth]] = (option.store, option.sku)
            visit(depth + 1, substituted + (option.penalty > 0), penalty + option.penalty)
            left[option.store, option.sku] = have
            if before is None:
                del units[option.store]
            else:
                units[option.store] = before

    visit(0, 0, 0)
    return best


STAGE = {code: stage for stage, code in enumerate(Code)}
"""How far a source came before it was refused."""
