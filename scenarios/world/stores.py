"""Picking and packing: each store's queue, and the pickers who work side by side."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import partial

from dispatch.messages import PickFinished, PickStarted, PickStopped, Report, StartPick, StopPick
from dispatch.model import Store
from scenarios.world.agenda import Agenda
from scenarios.world.draws import Draws
from scenarios.world.errors import WorldError
from scenarios.world.papers import Papers
from scenarios.world.records import Diary, Pick


class Goods(StrEnum):
    """Where a fulfilment's goods are, as its store sees them."""

    QUEUED = "queued"
    PICKING = "picking"
    PACKED = "packed"
    HANDED_OVER = "handed over"
    STOPPED = "stopped"
    TAKEN_BACK = "taken back"


class _Floor:
    """One store: who waits to be picked, and how many pickers are free."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.free = store.pickers
        self.queue: list[tuple[int, int, StartPick, int]] = []


class Stores:
    """All picking floors.

    A store picks in the order of `StartPick.not_before_s`, then of being told. A picker who has begun goes on to the
    end unless the fulfilment is stopped; then it goes back to the shelf at once and the picker is free.
    """

    def __init__(
        self,
        stores: Iterable[Store],
        *,
        agenda: Agenda,
        draws: Draws,
        papers: Papers,
        diary: Diary,
        report: Callable[[Report], None],
    ) -> None:
        self._floors = {store.id: _Floor(store) for store in stores}
        self._agenda = agenda
        self._draws = draws
        self._papers = papers
        self._diary = diary
        self._report = report
        self._goods: dict[str, Goods] = {}
        self._store_of: dict[str, str] = {}
        self._waiting: dict[str, list[Callable[[], None]]] = {}
        self._told = 0

    def where(self, fulfilment: str) -> Goods | None:
        """Return where the goods are, None where no store was told to pick them."""
        return self._goods.get(fulfilment)

    def start(self, instruction: StartPick) -> None:
        """Put a fulfilment in its store's queue."""
        floor = self._floors.get(instruction.store)
        if floor is None:
            raise WorldError(
                f"fulfilment {instruction.fulfilment} is to be picked at {instruction.store}: no such store"
            )
        if instruction.fulfilment in self._goods:
            state = self._goods[instruction.fulfilment]
            raise WorldError(f"fulfilment {instruction.fulfilment} is to be picked twice; it is {state} already")
        self._goods[instruction.fulfilment] = Goods.QUEUED
        self._store_of[instruction.fulfilment] = instruction.store
        self._told += 1
        heapq.heappush(floor.queue, (instruction.not_before_s, self._told, instruction, self._agenda.now_s))
        self._agenda.enter(partial(self._serve, floor), at_s=instruction.not_before_s)

    def stop(self, instruction: StopPick) -> None:
        """Give a fulfilment up: its goods go back to the shelf and the store says so.

        What a courier has taken is not the store's any more: then nothing happens.
        """
        fulfilment = instruction.fulfilment
        state = self._goods.get(fulfilment)
        if state in (Goods.HANDED_OVER, Goods.TAKEN_BACK):
            return
        if state is None or state is Goods.STOPPED:
            was = "never begun" if state is None else "stopped before"
            raise WorldError(f"picking of fulfilment {fulfilment} at {instruction.store} is to stop; it was {was}")
        self._goods[fulfilment] = Goods.STOPPED
        self._report(PickStopped(at_s=self._agenda.now_s, fulfilment=fulfilment))
        if state is Goods.PICKING:
            floor = self._floors[self._store_of[fulfilment]]
            floor.free += 1
            self._serve(floor)
        self._wake(fulfilment)

    def when_decided(self, fulfilment: str, action: Callable[[], None]) -> None:
        """Call `action` once, when the goods are packed or given up."""
        self._waiting.setdefault(fulfilment, []).append(action)

    def hand_over(self, fulfilment: str) -> None:
        """Give packed goods to a courier."""
        self._goods[fulfilment] = Goods.HANDED_OVER

    def take_back(self, fulfilment: str) -> None:
        """Accept goods that a courier brings back."""
        self._goods[fulfilment] = Goods.TAKEN_BACK

    def _serve(self, floor: _Floor) -> None:
        """Let free pickers begin what is due."""
        now_s = self._agenda.now_s
        while floor.free > 0 and floor.queue and floor.queue[0][0] <= now_s:
            _, _, instruction, told_s = heapq.heappop(floor.queue)
            if self._goods[instruction.fulfilment] is Goods.QUEUED:
                self._begin(floor, instruction, told_s=told_s)

    def _begin(self, floor: _Floor, instruction: StartPick, *, told_s: int) -> None:
        now_s = self._agenda.now_s
        floor.free -= 1
        fulfilment = instruction.fulfilment
        self._goods[fulfilment] = Goods.PICKING
        self._report(PickStarted(at_s=now_s, fulfilment=fulfilment))
        units = sum(part.quantity for part in self._papers.fulfilment(fulfilment).parts)
        pick_s = self._draws.pick_s(fulfilment, store=instruction.store, units=units, at_s=now_s)
        self._agenda.enter(
            partial(self._finish, floor, fulfilment, told_s=told_s, started_s=now_s), at_s=now_s + pick_s
        )

    def _finish(self, floor: _Floor, fulfilment: str, *, told_s: int, started_s: int) -> None:
        if self._goods[fulfilment] is not Goods.PICKING:
            return  # stopped meanwhile: its picker is free since then
        now_s = self._agenda.now_s
        self._goods[fulfilment] = Goods.PACKED
        floor.free += 1
        store = floor.store.id
        self._diary.picks.append(
            Pick(fulfilment=fulfilment, store=store, told_s=told_s, started_s=started_s, finished_s=now_s)
        )
        self._report(PickFinished(at_s=now_s, fulfilment=fulfilment))
        self._wake(fulfilment)
        self._serve(floor)

    def _wake(self, fulfilment: str) -> None:
        for action in self._waiting.pop(fulfilment, []):
            action()
