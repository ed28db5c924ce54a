"""From an offer that was held to the allocation that others work with: sources, fulfilments, and the one delivery."""

from __future__ import annotations

from dispatch.directory import Directory
from dispatch.model import Allocation, Delivery, Fulfilment, Interval, Load, Order, Part, Source, StoreParts
from dispatch.offers import Case, Found


def sources_of(case: Case, offer: Found) -> tuple[Source, ...]:
    """Return the sources of an offer, in the order in which a courier would collect."""
    places, columns = case.places, case.columns
    parts: dict[int, list[Part]] = {}
    if offer.cover is None:
        parts[columns.store.item(offer.legs[0])] = [Part(line.id, line.sku, line.quantity) for line in case.order.lines]
    else:
        for line, (store, sku) in zip(case.order.lines, offer.cover.given, strict=True):
            parts.setdefault(store, []).append(Part(line.id, sku, line.quantity))
    sources = []
    for row, ready_s in zip(offer.legs, offer.ready_s, strict=True):
        sources.append(
            Source(
                site=places.sites[columns.site.item(row)].id,
                zone=offer.zone,
                stores=tuple(
                    [
                        StoreParts(places.store_ids[store], tuple(parts[store]))
                        for store in case.stores_of(row)
                        if store in parts
                    ]
                ),
                travel_s=columns.travel_s.item(row),
                distance_m=columns.distance_m.item(row),
                ready_s=ready_s,
                arrive_s=offer.arrive_s,
            )
        )
    return tuple(sources)


def allocation_of(
    order: Order,
    sources: tuple[Source, ...],
    directory: Directory,
    *,
    hold: str,
    prefix: str,
    at_s: int,
    promise: Interval,
) -> Allocation:
    """Return the allocation of an order to sources.

    Parameters
    ----------
    prefix
        Of the ids of the delivery (``prefix.d``) and of its fulfilments (``prefix.f1``, ``prefix.f2``, ...).
    """
    given = [(source, each) for source in sources for each in source.stores]
    fulfilments = tuple(
        [
            Fulfilment(
                id=f"{prefix}.f{number}",
                order=order.id,
                store=each.store,
                site=source.site,
                zone=source.zone,
                parts=each.parts,
            )
            for number, (source, each) in enumerate(given, start=1)
        ]
    )
    delivery = Delivery(
        id=f"{prefix}.d",
        order=order.id,
        zone=sources[0].zone,
        destination=order.destination,
        fulfilments=fulfilments,
        promise=promise,
        late_limit_s=directory.levels[order.service_level].late_limit_s,
        load=_load(fulfilments, directory),
        skills=_skills(fulfilments, directory),
    )
    return Allocation(order=order.id, hold=hold, at_s=at_s, sources=sources, promise=promise, delivery=delivery)


def _load(fulfilments: tuple[Fulfilment, ...], directory: Directory) -> Load:
    weight_g = volume_ml = 0
    for fulfilment in fulfilments:
        for _, sku, quantity in fulfilment.parts:
            item = directory.items[sku]
            weight_g += item.weight_g * quantity
            volume_ml += item.volume_ml * quantity
    return weight_g, volume_ml, 1


def _skills(fulfilments: tuple[Fulfilment, ...], directory: Directory) -> frozenset[str]:
    skills: frozenset[str] = frozenset()
    for fulfilment in fulfilments:
        for part in fulfilment.parts:
            needed = directory.items[part.sku].skills
            if needed:
                skills |= needed
    return skills
