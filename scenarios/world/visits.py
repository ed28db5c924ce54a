"""One visit of a courier: set up, wait for what is not ready, load, hand over, give back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from dispatch.messages import (
    Action,
    Delivered,
    DropFailed,
    Loaded,
    Report,
    ReturnAccepted,
    Visit,
    VisitTask,
)
from scenarios.world.agenda import Agenda
from scenarios.world.customers import Customers
from scenarios.world.draws import Draws
from scenarios.world.errors import WorldError
from scenarios.world.papers import Papers
from scenarios.world.records import Diary, Shift, Stop
from scenarios.world.stores import Goods, Stores


@dataclass(slots=True, kw_only=True)
class Leg:
    """The way to a visit, as it was told and as it was driven."""

    told_s: int
    set_off_s: int
    arrived_s: int
    travel_s: int
    distance_m: int


@dataclass(slots=True, kw_only=True)
class Around:
    """What a visit has to do with: the people and the papers at its place.

    `door_visits` counts the tries at each order's door.
    """

    agenda: Agenda
    draws: Draws
    papers: Papers
    stores: Stores
    customers: Customers
    diary: Diary
    report: Callable[[Report], None]
    door_visits: Counter[str] = field(default_factory=Counter)

    def leg_key(self, visit: Visit) -> str:
        """Name the chance of the way to a visit: by what is done there first, and the try, not by who drives."""
        first = visit.tasks[0]
        if first.action is not Action.DROP:
            return f"{first.action.value}:{first.id}"
        order = self.papers.delivery(first.id).order
        return f"drop:{order}#{self.door_visits[order] + 1}"


class VisitUnderWay:
    """A courier at a place, with the tasks it was told to do there.

    Set-up comes first. Then of the tasks that can be done, the first is: a courier takes what stands packed while other
    goods are still being picked. Loads that were given up lapse, and so does a drop all of whose goods were.
    """

    def __init__(
        self,
        visit: Visit,
        *,
        leg: Leg,
        setup_s: int,
        shift: Shift,
        on_board: set[str],
        around: Around,
        done: Callable[[], None],
    ) -> None:
        self._visit = visit
        self._leg: Leg | None = leg
        self._told_s = leg.told_s
        self._arrived_s = leg.arrived_s
        self._shift = shift
        self._on_board = on_board
        self._around = around
        self._done = done
        self._tasks = list(visit.tasks)
        self._idle_since_s = leg.arrived_s
        self._busy = False
        for task in visit.tasks:
            if task.action is Action.LOAD and around.stores.where(task.id) in (None, Goods.QUEUED, Goods.PICKING):
                around.stores.when_decided(task.id, self._look)
        if any(task.action is Action.DROP for task in visit.tasks):
            around.agenda.enter(self._look, at_s=visit.not_before_s)
        if setup_s and not all(self._lapsed(task) for task in self._tasks):
            self._work(setup_s, self._look)
        else:
            self._look()

    def _look(self) -> None:
        """Begin the first task that can be done now; leave when none remains."""
        if self._busy:
            return
        self._tasks = [task for task in self._tasks if not self._lapsed(task)]
        for task in self._tasks:
            if self._possible(task):
                self._tasks.remove(task)
                self._begin(task)
                return
        if not self._tasks:
            self._busy = True  # over: a late call finds nothing to do
            self._done()

    def _lapsed(self, task: VisitTask) -> bool:
        where = self._around.stores.where
        if task.action is Action.LOAD:
            return where(task.id) is Goods.STOPPED
        if task.action is Action.DROP:
            goods = self._around.papers.delivery(task.id).fulfilments
            return all(where(fulfilment.id) is Goods.STOPPED for fulfilment in goods)
        return False

    def _possible(self, task: VisitTask) -> bool:
        """Tell whether the task can be done now, later, or never: never is an error."""
        around = self._around
        if task.action is Action.DROP:
            if any(other.action is Action.LOAD for other in self._tasks[: self._tasks.index(task)]):
                return False
            for fulfilment in around.papers.delivery(task.id).fulfilments:
                if fulfilment.id not in self._on_board:
                    raise self._impossible(f"drop delivery {task.id}", f"fulfilment {fulfilment.id} is not on board")
            return around.agenda.now_s >= self._visit.not_before_s
        fulfilment = around.papers.fulfilment(task.id)
        what = f"{task.action.value} fulfilment {task.id}"
        if fulfilment.site != self._visit.site:
            raise self._impossible(what, f"it belongs to site {fulfilment.site}, not {self._visit.site}")
        if task.action is Action.RETURN:
            if task.id not in self._on_board:
                raise self._impossible(what, "it is not on board")
            return True
        goods = around.stores.where(task.id)
        if goods in (Goods.HANDED_OVER, Goods.TAKEN_BACK):
            raise self._impossible(what, f"it was {goods} before")
        return goods is Goods.PACKED

    def _impossible(self, what: str, why: str) -> WorldError:
        return WorldError(f"courier {self._visit.courier}, visit {self._visit.id}: cannot {what}: {why}")

    def _begin(self, task: VisitTask) -> None:
        around, now_s = self._around, self._around.agenda.now_s
        wait_s = now_s - self._idle_since_s
        self._shift.waiting_s += wait_s
        if task.action is Action.DROP:
            delivery = around.papers.delivery(task.id)
            around.customers.meet(delivery.order)
            around.door_visits[delivery.order] += 1
            attempt = around.door_visits[delivery.order]
            takes_s = around.draws.door_s(delivery.order, attempt=attempt, at_s=now_s)
            self._work(takes_s, partial(self._drop, task, started_s=now_s, wait_s=wait_s, attempt=attempt))
            return
        store = around.papers.fulfilment(task.id).store
        if task.action is Action.LOAD:
            around.stores.hand_over(task.id)
            takes_s = around.draws.handover_s(task.id, store=store, at_s=now_s)
        else:
            takes_s = around.draws.return_s(task.id, store=store, at_s=now_s)
        self._work(takes_s, partial(self._move_goods, task, started_s=now_s, wait_s=wait_s))

    def _work(self, takes_s: int, then: Callable[[], None]) -> None:
        """Be busy for so long, then go on with `then`."""
        agenda = self._around.agenda
        self._busy = True
        self._shift.service_s += takes_s

        def finish() -> None:
            self._busy = False
            self._idle_since_s = agenda.now_s
            then()

        agenda.enter(finish, at_s=agenda.now_s + takes_s)

    def _move_goods(self, task: VisitTask, *, started_s: int, wait_s: int) -> None:
        around, now_s, courier = self._around, self._around.agenda.now_s, self._visit.courier
        order = around.papers.fulfilment(task.id).order
        self._write(task, order=order, fulfilments=(task.id,), started_s=started_s, wait_s=wait_s)
        if task.action is Action.LOAD:
            self._on_board.add(task.id)
            around.report(Loaded(at_s=now_s, courier=courier, fulfilment=task.id))
        else:
            self._on_board.remove(task.id)
            around.stores.take_back(task.id)
            around.report(ReturnAccepted(at_s=now_s, courier=courier, fulfilment=task.id))
        self._look()

    def _drop(self, task: VisitTask, *, started_s: int, wait_s: int, attempt: int) -> None:
        around, now_s, courier = self._around, self._around.agenda.now_s, self._visit.courier
        delivery = around.papers.delivery(task.id)
        opened = around.customers.opens(delivery.order, attempt)
        goods = tuple(fulfilment.id for fulfilment in delivery.fulfilments)
        failed = "" if opened else "customer absent"
        self._write(
            task,
            order=delivery.order,
            fulfilments=goods,
            started_s=started_s,
            wait_s=wait_s,
            attempt=attempt,
            failed=failed,
        )
        if opened:
            self._on_board.difference_update(goods)
            self._shift.deliveries += 1
            around.report(Delivered(at_s=now_s, courier=courier, delivery=task.id))
        else:
            around.customers.part(delivery.order)
            around.report(DropFailed(at_s=now_s, courier=courier, delivery=task.id, reason=failed))
        self._look()

    def _write(
        self,
        task: VisitTask,
        *,
        order: str,
        fulfilments: tuple[str, ...],
        started_s: int,
        wait_s: int,
        attempt: int = 0,
        failed: str = "",
    ) -> None:
        leg, self._leg = self._leg, None
        self._around.diary.stops.append(
            Stop(
                courier=self._visit.courier,
                visit=self._visit.id,
                action=task.action,
                id=task.id,
                order=order,
                fulfilments=fulfilments,
                site=self._visit.site,
                point=self._visit.point,
                told_s=self._told_s,
                eta_s=self._visit.eta_s,
                set_off_s=leg.set_off_s if leg else self._arrived_s,
                arrived_s=self._arrived_s,
                started_s=started_s,
                done_s=self._around.agenda.now_s,
                travel_s=leg.travel_s if leg else 0,
                distance_m=leg.distance_m if leg else 0,
                wait_s=wait_s,
                attempt=attempt,
                failed=failed,
            )
        )
