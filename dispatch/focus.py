"""Which couriers and deliveries a re-plan looks at.

A zone's whole plan is never made anew: a delivery in wait concerns the few couriers who could be at its store first,
and what these have before them. So the work of a turn grows with what has happened since the last, and not with the
size of the zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from dispatch.directory import Directory
from dispatch.messages import Action
from dispatch.planning import Free
from dispatch.policy import Policy
from dispatch.state import OrderRecord
from geo.travel import TravelTimes

STEP_S = 120
"""What each planned step of a courier counts for, as seconds, where the choice of couriers to consider asks who is
soonest."""


@dataclass(frozen=True, slots=True)
class Focus:
    """One re-plan: these couriers, with all that they have before them, and these deliveries in wait."""

    couriers: tuple[int, ...]
    waiting: tuple[OrderRecord, ...]


@dataclass(slots=True)
class _Group:
    """A re-plan in the making; `in_hand` deliveries are in its couriers' plans."""

    couriers: set[int] = field(default_factory=set)
    waiting: list[OrderRecord] = field(default_factory=list)
    in_hand: int = 0


class Focuser:
    """Chooses the re-plans of a turn."""

    def __init__(self, directory: Directory, travel: TravelTimes, policy: Policy) -> None:
        self._directory = directory
        self._travel = travel
        self._policy = policy

    def choose(
        self, free: Sequence[Free], waiting: Sequence[OrderRecord], disturbed: Iterable[int], *, now_s: int
    ) -> list[Focus]:
        """Return the re-plans, in the order in which to make them.

        Parameters
        ----------
        free
            The zone's couriers that may be planned for.
        waiting
            Deliveries without a courier, the most urgent first.
        disturbed
            Positions in `free` of couriers whose plan has to be looked at whatever waits, and first: with others who
            could take over what they have yet to load.
        """
        in_hand = [len({step.order for step in record.courier.steps}) for record in free]
        groups: list[_Group] = []
        for courier, others in self._company(free, disturbed, now_s=now_s):
            if not any(courier in group.couriers for group in groups):
                self._join(groups, {courier, *others}, None, in_hand)
        for order, couriers in zip(waiting, self._nearest(free, waiting, now_s=now_s), strict=True):
            if couriers:
                self._join(groups, set(couriers), order, in_hand)
        return [Focus(tuple(sorted(group.couriers)), tuple(group.waiting)) for group in groups]

    def _join(
        self, groups: list[_Group], couriers: set[int], order: OrderRecord | None, in_hand: Sequence[int]
    ) -> None:
        """Put a delivery and its couriers into the group that shares most couriers with it and has room.

        If there is none, they make a new one, unless there are as many as a turn may have: then they are left to a
        later turn.
        """
        best, shared = None, -1
        for group in groups:
            common = len(group.couriers & couriers)
            if common <= shared or len(group.couriers) + len(couriers) - common > self._policy.replan_couriers:
                continue
            more = sum(in_hand[courier] for courier in couriers - group.couriers)
            if len(group.waiting) + 1 + group.in_hand + more <= self._policy.replan_deliveries:
                best, shared = group, common
        if best is None:
            if len(groups) == self._policy.replans_per_step:
                return
            best = _Group()
            groups.append(best)
        best.in_hand += sum(in_hand[courier] for courier in couriers - best.couriers)
        best.couriers |= couriers
        if order is not None:
            best.waiting.append(order)

    def _company(
        self, free: Sequence[Free], disturbed: Iterable[int], *, now_s: int
    ) -> list[tuple[int, Sequence[int]]]:
        """Return, with each disturbed courier, those who could soonest be where it has yet to load."""
        found: list[tuple[int, Sequence[int]]] = []
        for courier in disturbed:
            steps = free[courier].courier.steps
            sites = sorted({step.site for step in steps if step.action is Action.LOAD})
            others: list[int] = []
            if sites:
                soonest = self._soonest(free, sites, now_s=now_s).min(axis=1)
                soonest[courier] = np.iinfo(np.int64).max
                others = np.argsort(soonest, kind="stable")[: self._policy.couriers_per_delivery].tolist()
            found.append((courier, [other for other in others if other != courier]))
        return found

    def _nearest(self, free: Sequence[Free], waiting: Sequence[OrderRecord], *, now_s: int) -> list[list[int]]:
        """Return, for each delivery in wait, the couriers that could soonest be at its first store, soonest first."""
        if not free or not waiting:
            return [[] for _ in waiting]
        sites = sorted({order.to_load[0].fulfilment.site for order in waiting})
        column = {site: index for index, site in enumerate(sites)}
        soonest = self._soonest(free, sites, now_s=now_s)
        chosen = []
        for order in waiting:
            score = soonest[:, column[order.to_load[0].fulfilment.site]]
            skills = order.live.delivery.skills
            load = order.live.delivery.load
            able = [
                index
                for index in np.argsort(score, kind="stable")
                if skills <= free[index].courier.courier.skills
                and all(part <= room for part, room in zip(load, free[index].courier.courier.capacity, strict=True))
            ]
            if not able:
                order.unplanned_because = "no courier of the zone has the skills and the room for it"
            chosen.append([int(index) for index in able[: self._policy.couriers_per_delivery]])
        return chosen

    def _soonest(self, free: Sequence[Free], sites: Sequence[str], *, now_s: int) -> npt.NDArray[np.int64]:
        """Return seconds until each courier could load at each site: before its plan, within it, or after it;
        (couriers, sites)."""
        points = [self._directory.sites[site].point for site in sites]
        soonest = np.zeros((len(free), len(sites)), dtype=np.int64)
        for profile in sorted({record.courier.courier.profile for record in free}):
            rows = [index for index, record in enumerate(free) if record.courier.courier.profile == profile]
            now = [free[index].point for index in rows]
            later = [free[index].courier.planned_end or free[index].point for index in rows]
            travel = self._travel.many_to_many(now + later, points, profile=profile, depart_s=now_s).durations_s
            for place, index in enumerate(rows):
                courier = free[index].courier
                first = free[index].at_s + travel[place].astype(np.int64) + STEP_S * len(courier.steps)
                if courier.steps:
                    last = max(courier.planned_end_s, free[index].at_s) + travel[len(rows) + place].astype(np.int64)
                    first = np.minimum(first, last)
                    for site, at_s in courier.loads_at.items():
                        if site in sites:
                            where = sites.index(site)
                            first[where] = min(int(first[where]), max(at_s, now_s))
                soonest[index] = first - now_s
        return soonest
