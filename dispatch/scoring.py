"""Which of the sources that can serve an order is best."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Offer(NamedTuple):
    """A complete way to serve an order, as scoring sees it.

    `substituted` lines get another item than was ordered. `travel_s` and `distance_m` lead from the first site, over
    the others of a split, to the door. `stores` are those that give something, sorted.
    """

    substituted: int
    sites: tuple[str, ...]
    stores: tuple[str, ...]
    travel_s: int
    distance_m: int
    ready_s: int
    arrive_s: int


class Scoring(Protocol):
    """Ranks offers: the least `terms` first, ties by the ids of sites, then stores.

    Offers with fewer substituted lines, then with fewer sites, are looked for first: a scoring ranks what was found, so
    it cannot prefer a split where one source does.

    Attributes
    ----------
    names
        What the terms are called, in their order.
    nearest_first
        Whether offers of one site without substitutes come out in the order of travel time, distance, id of the site.
        Where so, only as many offers as are needed are ranked.
    """

    @property
    def names(self) -> tuple[str, ...]:
        """What the terms are called."""
        ...

    @property
    def nearest_first(self) -> bool:
        """Whether single sources come out in the order of travel time, distance, id."""
        ...

    def terms(self, offer: Offer) -> tuple[int, ...]:
        """Return the cost terms of an offer: the least tuple is best."""
        ...


class NearestFirst:
    """The default: ordered items before substitutes, one site before several, then travel time, distance, id."""

    names = ("substituted", "sites", "travel_s", "distance_m")
    nearest_first = True

    def terms(self, offer: Offer) -> tuple[int, ...]:
        """Return substituted lines, sites, seconds and metres."""
        return offer.substituted, len(offer.sites), offer.travel_s, offer.distance_m


class EarliestFirst:
    """Ordered items before substitutes, one site before several, then the earliest arrival at the door.

    Prefers a store a little further away that picks at once to a near one with a queue.
    """

    names = ("substituted", "sites", "arrive_s", "travel_s", "distance_m")
    nearest_first = False

    def terms(self, offer: Offer) -> tuple[int, ...]:
        """Return substituted lines, sites, arrival, seconds and metres."""
        return offer.substituted, len(offer.sites), offer.arrive_s, offer.travel_s, offer.distance_m
