"""Customers: they order, some do not pay, some change their minds, and some are not at home."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from dispatch.messages import OrderCancelled, OrderPlaced, Report
from dispatch.model import Order
from scenarios.world.agenda import Agenda
from scenarios.world.draws import Draws


class Customers:
    """The people behind the orders. An order placed before the day begins is known as it begins."""

    def __init__(
        self, orders: Iterable[Order], *, agenda: Agenda, draws: Draws, report: Callable[[Report], None]
    ) -> None:
        self._agenda = agenda
        self._draws = draws
        self._report = report
        self._met: set[str] = set()
        self.to_come = 0
        for order in orders:
            self.to_come += 1
            agenda.enter(partial(self._place, order), at_s=order.placed_s)

    def opens(self, order: str, attempt: int) -> bool:
        """Tell whether somebody opens at this attempt, counted from 1."""
        return not self._draws.absent(order, attempt)

    def meet(self, order: str) -> None:
        """A courier is at the door: nobody cancels an order that is being handed over, or has been."""
        self._met.add(order)

    def part(self, order: str) -> None:
        """The courier has left without handing the order over."""
        self._met.discard(order)

    def _place(self, order: Order) -> None:
        self.to_come -= 1
        now_s = self._agenda.now_s
        self._report(OrderPlaced(at_s=now_s, order=order, confirmed=self._draws.confirmed(order.id)))
        after_s = self._draws.cancelled_after_s(order.id)
        if after_s is not None:
            self._agenda.enter(partial(self._cancel, order.id), at_s=now_s + after_s)

    def _cancel(self, order: str) -> None:
        if order in self._met:
            return
        self._report(OrderCancelled(at_s=self._agenda.now_s, order=order))
