"""The stored answer to "why this source, and why not the others".

JSON form, one object, keys short because a busy day keeps many. Columns of `s` are parallel, in rank order:

=====  ===========================================================================================================
``v``  1, the version of this form
``o``  order; ``a`` decided at (Unix seconds); ``l`` service level; ``h`` hold
``p``  promise: [from, until], or null
``n``  needs: [[sku, units], ...]
``c``  sources in reach
``s``  the first 64 of them: ``i`` name, ``t`` travel seconds, ``d`` metres, ``c`` one letter each (`LETTERS`),
       ``h`` per need the units that the source could give (-1: no store there is allowed),
       ``f`` [[row, figure of its code], ...], ``w`` seconds from ``a`` to the door, of the rows that were not refused
``b``  refusals beyond those: {code: count}
``r``  offers in rank order: [[stores], [terms], arrival]; null: they are the rows of ``s`` that were not refused
``m``  what the terms of offers are called
``k``  number of the offer taken, or null
``x``  what each offer before it was short of: [[[store, sku, missing], ...], ...]
``g``  sources taken: [site, zone, travel, metres, ready, arrival, [[store, [[line, sku, units], ...]], ...]]
``e``  [code, figures] of a refused order, or null
``w``  [version of the directory, version of the travel times]
=====  ===========================================================================================================
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from dispatch.codes import Code, Figures, OrderCode
from dispatch.errors import ModelError
from dispatch.ledger.protocol import Shortfall
from dispatch.model import Allocation, Interval, Part, Source, StoreParts
from dispatch.seen import Seen

SEEN = 64
"""Sources in reach that a decision speaks of one by one; of the rest it counts the codes."""

OFFERS = 16
"""Offers that a decision keeps."""

LETTERS: Mapping[str, Code | None] = {
    ".": None,
    "U": Code.UNREACHABLE,
    "N": Code.STORE_NOT_ALLOWED,
    "C": Code.CLOSED,
    "P": Code.PARTIAL,
    "O": Code.OUT_OF_STOCK,
    "F": Code.AT_CAPACITY,
    "K": Code.PAST_CUT_OFF,
    "T": Code.TOO_SLOW,
}

LETTER_OF = {code: letter for letter, code in LETTERS.items()}

_FIGURE_NAME: Mapping[Code, str] = {
    Code.CLOSED: "opens_s",
    Code.PARTIAL: "lines",
    Code.OUT_OF_STOCK: "missing",
    Code.AT_CAPACITY: "limit",
    Code.PAST_CUT_OFF: "late_s",
    Code.TOO_SLOW: "late_s",
}

_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


class Need(NamedTuple):
    """Units of a sku that the order asks for, its lines together."""

    sku: str
    quantity: int


class Refusal(NamedTuple):
    """Why a source did not serve. `source` is as of `Seen`.

    Figures by code: CLOSED ``opens_s`` (0: never); PARTIAL ``lines`` (that it covers); OUT_OF_STOCK and
    SOLD_OUT_MEANWHILE each short sku with the units missing; AT_CAPACITY ``limit``; PAST_CUT_OFF and TOO_SLOW
    ``late_s``.
    """

    source: str
    code: Code
    figures: Figures


class Ranked(NamedTuple):
    """An offer that could serve the order: its cost terms, and when it would have been at the door."""

    stores: tuple[str, ...]
    terms: tuple[int, ...]
    arrive_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided on an order, and everything it was decided on. Says nothing of where the customer lives.

    Attributes
    ----------
    needs
        What was asked for, by sku.
    in_reach
        Sources in reach, also those that `seen` does not list.
    offers
        The offers in rank order, up to 16; None where they are the sources seen and not refused. `ranked` gives both.
    taken
        Number of the offer that was held; None for a refused order.
    sold_out
        What each offer before the one taken was short of when it was to be held.
    sources
        Of the offer taken, with the parts that each store gives (a substitute's sku differs from its line's).
    code, figures
        Why the order was refused; None and nothing if it was not.
    allocation
        What was held, for who goes on with the order; not part of the stored form, nor of a comparison.
    also, others
        Numbers of further offers that were held, each by itself, for a plan to choose among; and what was held.
    """

    order: str
    at_s: int
    level: str
    directory: str
    travel: str
    hold: str = ""
    promise: Interval | None = None
    needs: tuple[Need, ...] = ()
    in_reach: int = 0
    seen: Seen = field(default_factory=Seen)
    beyond: tuple[tuple[Code, int], ...] = ()
    offers: tuple[Ranked, ...] | None = ()
    term_names: tuple[str, ...] = ()
    taken: int | None = None
    sold_out: tuple[tuple[Shortfall, ...], ...] = ()
    sources: tuple[Source, ...] = ()
    code: OrderCode | None = None
    figures: Figures = field(default_factory=dict)
    allocation: Allocation | None = field(default=None, compare=False, repr=False)
    also: tuple[int, ...] = ()
    others: tuple[Allocation, ...] = field(default=(), compare=False, repr=False)

    @property
    def ranked(self) -> tuple[Ranked, ...]:
        """The offers in rank order, up to 16 of them, with `term_names` for their terms."""
        if self.offers is not None:
            return self.offers
        seen = self.seen
        rows = [row for row, letter in enumerate(seen.letters) if letter == "."][:OFFERS]
        sources, travel_s, distance_m, arrive_s = seen.sources, seen.travel_s, seen.distance_m, seen.arrive_s
        return tuple([Ranked((sources[r],), (0, 1, travel_s[r], distance_m[r]), arrive_s[r]) for r in rows])

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Why each source that was seen and did not serve was refused, in rank order, then those sold out meanwhile."""
        stock = self.seen.stock
        found = [
            Refusal(source, code, self._figures_of(row, code, stock))
            for row, (source, letter) in enumerate(zip(self.seen.sources, self.seen.letters, strict=True))
            if (code := LETTERS[letter]) is not None
        ]
        for offer, short in zip(self.ranked, self.sold_out, strict=False):
            missing: dict[str, int | str] = {each.sku or "places": each.missing for each in short}
            found.append(Refusal("+".join(offer.stores), Code.SOLD_OUT_MEANWHILE, missing))
        return tuple(found)

    def to_json(self) -> str:
        """Return the stored form: one line, the same for equal decisions."""
        seen = self.seen
        return _encode(
            {
                "v": 1,
                "o": self.order,
                "a": self.at_s,
                "l": self.level,
                "h": self.hold,
                "p": self.promise,
                "n": self.needs,
                "c": self.in_reach,
                "s": {
                    "i": seen.sources,
                    "t": seen.travel_s,
                    "d": seen.distance_m,
                    "c": seen.letters,
                    "h": seen.stock,
                    "f": sorted(seen.figure_of.items()),
                    "w": [at_s - self.at_s for at_s in seen.arrive_s if at_s],
                },
                "b": dict(self.beyond),
                "r": self.offers,
                "m": self.term_names,
                "k": self.taken,
                "x": self.sold_out,
                "g": [
                    (s.site, s.zone, s.travel_s, s.distance_m, s.ready_s, s.arrive_s, s.stores) for s in self.sources
                ],
                "e": None if self.code is None else (self.code, dict(self.figures)),
                "w": (self.directory, self.travel),
                **({"y": self.also} if self.also else {}),
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Decision:
        """Read the stored form; the allocation is not part of it.

        Raises
        ------
        ModelError
            If it is not the stored form of a decision.
        """
        try:
            return _read(json.loads(text))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, StopIteration, RuntimeError) as error:
            raise ModelError("decision", f"not a stored decision ({error}): {text[:60]!r}") from error

    def _figures_of(self, row: int, code: Code, stock: Sequence[Sequence[int]]) -> Figures:
        figure = self.seen.figure_of.get(row, 0)
        if code is Code.OUT_OF_STOCK:
            missing: dict[str, int | str] = {}
            for need, units in zip(self.needs, stock, strict=True):
                if 0 <= units[row] < need.quantity:
                    missing[need.sku] = need.quantity - units[row]
            return missing or ({"missing": figure} if figure else {})
        name = _FIGURE_NAME.get(code)
        return {} if name is None else {name: figure}


def _read(data: Any) -> Decision:
    if data["v"] != 1:
        raise ModelError("decision", f"form {data['v']!r} is not known: this program reads form 1")
    code, figures = data["e"] or (None, {})
    directory, travel = data["w"]
    return Decision(
        order=data["o"],
        at_s=data["a"],
        level=data["l"],
        hold=data["h"],
        promise=None if data["p"] is None else Interval(*data["p"]),
        needs=tuple(Need(*need) for need in data["n"]),
        in_reach=data["c"],
        seen=_seen(data["s"], at_s=data["a"]),
        beyond=tuple((Code(key), count) for key, count in data["b"].items()),
        offers=None
        if data["r"] is None
        else tuple(Ranked(tuple(stores), tuple(terms), arrive_s) for stores, terms, arrive_s in data["r"]),
        term_names=tuple(data["m"]),
        taken=data["k"],
        sold_out=tuple(tuple(Shortfall(*each) for each in short) for short in data["x"]),
        sources=tuple(_source(each) for each in data["g"]),
        code=None if code is None else OrderCode(code),
        figures=figures,
        also=tuple(data.get("y", ())),
        directory=directory,
        travel=travel,
    )


def _seen(data: Any, *, at_s: int) -> Seen:
    after_s = iter(data["w"])
    letters: str = data["c"]
    return Seen(
        sources=tuple(data["i"]),
        travel_s=tuple(data["t"]),
        distance_m=tuple(data["d"]),
        letters=letters,
        figures=dict(data["f"]),
        stock=tuple(tuple(units) for units in data["h"]),
        arrive_s=tuple(at_s + next(after_s) if letter == "." else 0 for letter in letters) if data["w"] else (),
    )


def _source(data: Any) -> Source:
    site, zone, travel_s, distance_m, ready_s, arrive_s, stores = data
    return Source(
        site=site,
        zone=zone,
        stores=tuple(StoreParts(store, tuple(Part(*part) for part in parts)) for store, parts in stores),
        travel_s=travel_s,
        distance_m=distance_m,
        ready_s=ready_s,
        arrive_s=arrive_s,
    )
