"""Couriers: they come, drive where they are told, and go home."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from dispatch.messages import Arrived, CourierOffDuty, CourierOnDuty, SetOff, Visit, VisitDone
from dispatch.model import Courier
from geo.point import Point
from geo.travel import UNREACHABLE_S, TravelTimes
from scenarios.world.errors import WorldError
from scenarios.world.records import Drive, Shift
from scenarios.world.visits import Around, Leg, VisitUnderWay


@dataclass(slots=True)
class _Crew:
    """A courier as it moves.

    `coming` counts the visits on their way to it; `leaving` says that it is about to set off, or on a visit.
    """

    shift: Shift
    place: Point
    queue: deque[tuple[Visit, int]] = field(default_factory=deque)
    on_board: set[str] = field(default_factory=set)
    coming: int = 0
    leaving: bool = False
    on_duty: bool = False
    over: bool = False


class Couriers:
    """All couriers.

    A courier follows its visits in the order told: it sets off at `Visit.set_off_s`, or when the visit before is done,
    whichever is later. It goes home when its shift is over, nothing is on board, and no visit was told to it or is on
    its way to it. The way home counts nothing. One who comes late does its visits late; one who is ill is reported when
    its shift begins, and what it was told before lapses.
    """

    def __init__(
        self, couriers: Iterable[Courier], *, travel: TravelTimes, setup_s: Mapping[str, int], around: Around
    ) -> None:
        self._travel = travel
        self._setup_s = setup_s
        self._around = around
        self._crews: dict[str, _Crew] = {}
        for courier in couriers:
            crew = _Crew(shift=Shift(courier), place=courier.start)
            around.diary.shifts[courier.id] = crew.shift
            self._crews[courier.id] = crew
            self._await(crew)

    def announce(self, visit: Visit) -> None:
        """A visit is on its way to its courier, who does not go home before it has come."""
        crew = self._crews.get(visit.courier)
        if crew is None:
            raise WorldError(f"visit {visit.id} is told to courier {visit.courier}: no such courier")
        if crew.over:
            raise WorldError(f"visit {visit.id} is told to courier {visit.courier}, who is off duty")
        if not visit.tasks:
            raise WorldError(f"visit {visit.id} of courier {visit.courier} has no tasks")
        crew.coming += 1

    def tell(self, visit: Visit) -> None:
        """The visit has come: the courier does it after the others it was told."""
        crew = self._crews[visit.courier]
        crew.coming -= 1
        if not crew.over:
            crew.queue.append((visit, self._around.agenda.now_s))
            self._next(crew)

    def _await(self, crew: _Crew) -> None:
        """Let the shift begin at its hour, or late, or not at all."""
        agenda, draws, courier = self._around.agenda, self._around.draws, crew.shift.courier
        if courier.shift.until_s <= agenda.now_s or draws.ill(courier.id):
            reason = "ill" if draws.ill(courier.id) else "shift over"
            agenda.enter(partial(self._go, crew, reason), at_s=courier.shift.from_s)
            return
        from_s = courier.shift.from_s + draws.late_s(courier.id)
        agenda.enter(partial(self._come, crew), at_s=from_s)
        agenda.enter(partial(self._next, crew), at_s=courier.shift.until_s)

    def _come(self, crew: _Crew) -> None:
        now_s = self._around.agenda.now_s
        crew.on_duty = True
        crew.shift.on_duty_s = now_s
        courier = crew.shift.courier
        self._around.report(CourierOnDuty(at_s=now_s, courier=courier.id, point=courier.start))
        self._next(crew)

    def _go(self, crew: _Crew, reason: str) -> None:
        now_s = self._around.agenda.now_s
        crew.over, crew.on_duty = True, False
        crew.queue.clear()
        crew.shift.off_duty_s = now_s
        crew.shift.off_reason = reason
        self._around.report(CourierOffDuty(at_s=now_s, courier=crew.shift.courier.id, reason=reason))

    def _next(self, crew: _Crew) -> None:
        """Set off for the next visit in time, or go home."""
        if not crew.on_duty or crew.leaving:
            return
        agenda = self._around.agenda
        if crew.queue:
            crew.leaving = True
            agenda.enter(partial(self._set_off, crew), at_s=crew.queue[0][0].set_off_s)
        elif not crew.coming and not crew.on_board and agenda.now_s >= crew.shift.courier.shift.until_s:
            self._go(crew, "shift over")

    def _set_off(self, crew: _Crew) -> None:
        around, (visit, told_s) = self._around, crew.queue.popleft()
        now_s = around.agenda.now_s
        around.report(SetOff(at_s=now_s, courier=visit.courier, visit=visit.id))
        true_s, distance_m = self._way(crew, visit)
        travel_s = around.draws.travel_s(around.leg_key(visit), true_s=true_s)
        leg = Leg(told_s=told_s, set_off_s=now_s, arrived_s=now_s + travel_s, travel_s=travel_s, distance_m=distance_m)
        around.agenda.enter(partial(self._arrive, crew, visit, leg), at_s=leg.arrived_s)

    def _way(self, crew: _Crew, visit: Visit) -> tuple[int, int]:
        """Return seconds and metres of the true way to a visit."""
        if visit.point == crew.place:
            return 0, 0
        travel = self._travel.many_to_many(
            [crew.place],
            [visit.point],
            profile=crew.shift.courier.profile,
            depart_s=self._around.agenda.now_s,
        )
        true_s = int(travel.durations_s[0, 0])
        if true_s >= UNREACHABLE_S:
            raise WorldError(f"courier {visit.courier}, visit {visit.id}: no way from {crew.place} to {visit.point}")
        return true_s, int(travel.distances_m[0, 0])

    def _arrive(self, crew: _Crew, visit: Visit, leg: Leg) -> None:
        around, shift = self._around, crew.shift
        shift.driving_s += leg.travel_s
        shift.distance_m += leg.distance_m
        shift.visits += 1
        setup_s = self._setup_s.get(visit.site, 0) if visit.site is not None and visit.point != crew.place else 0
        around.diary.drives.append(
            Drive(
                courier=visit.courier,
                visit=visit.id,
                origin=crew.place,
                destination=visit.point,
                set_off_s=leg.set_off_s,
                arrived_s=leg.arrived_s,
                distance_m=leg.distance_m,
            )
        )
        crew.place = visit.point
        around.report(Arrived(at_s=leg.arrived_s, courier=visit.courier, visit=visit.id))
        VisitUnderWay(
            visit,
            leg=leg,
            setup_s=setup_s,
            shift=shift,
            on_board=crew.on_board,
            around=around,
            done=partial(self._leave, crew, visit),
        )

    def _leave(self, crew: _Crew, visit: Visit) -> None:
        self._around.report(VisitDone(at_s=self._around.agenda.now_s, courier=visit.courier, visit=visit.id))
        crew.leaving = False
        self._next(crew)
