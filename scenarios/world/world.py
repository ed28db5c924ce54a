"""The simulated world: customers, stores and couriers on one calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from dispatch.messages import Instruction, Report, StartPick, StopPick
from dispatch.model import Courier, Order, Site, Store
from geo.travel import TravelTimes
from scenarios.world.agenda import Agenda
from scenarios.world.couriers import Couriers
from scenarios.world.customers import Customers
from scenarios.world.draws import Draws
from scenarios.world.papers import Papers
from scenarios.world.records import Diary
from scenarios.world.stores import Stores
from scenarios.world.visits import Around


class World:
    """What happens outside the engine.

    It is a function of its draws, its clock and the instructions it is told: `advance` lets time pass and returns what
    was reported, `tell` hands over instructions that take effect later.

    Parameters
    ----------
    travel
        The travel times the world moves by, before the drawn factor.
    papers
        Where the world looks up what an id in an instruction stands for.
    start_s
        When the day begins. What was due earlier happens then.
    """

    def __init__(
        self,
        *,
        start_s: int,
        orders: Iterable[Order],
        couriers: Iterable[Courier],
        stores: Iterable[Store],
        sites: Iterable[Site],
        travel: TravelTimes,
        draws: Draws,
        papers: Papers,
    ) -> None:
        self.diary = Diary()
        self._agenda = Agenda(start_s=start_s)
        self._reports: list[Report] = []
        self._stores = Stores(
            stores, agenda=self._agenda, draws=draws, papers=papers, diary=self.diary, report=self._reports.append
        )
        self._customers = Customers(orders, agenda=self._agenda, draws=draws, report=self._reports.append)
        around = Around(
            agenda=self._agenda,
            draws=draws,
            papers=papers,
            stores=self._stores,
            customers=self._customers,
            diary=self.diary,
            report=self._reports.append,
        )
        setup_s = {site.id: site.setup_s for site in sites}
        self._couriers = Couriers(couriers, travel=travel, setup_s=setup_s, around=around)

    @property
    def next_s(self) -> int | None:
        """Return when something happens next, None where nothing will unless somebody is told something."""
        return self._agenda.next_s

    @property
    def orders_to_come(self) -> int:
        """Return how many orders are not placed yet."""
        return self._customers.to_come

    def advance(self, *, until_s: int) -> list[Report]:
        """Let everything up to and including `until_s` happen, and return its reports in order."""
        self._agenda.run(until_s=until_s)
        reports = list(self._reports)
        self._reports.clear()
        return reports

    def tell(self, instructions: Sequence[Instruction], *, at_s: int) -> None:
        """Hand over instructions that take effect at `at_s`.

        Raises
        ------
        WorldError
            Now, or when it comes to it, if nobody could carry one out.
        """
        for instruction in instructions:
            if isinstance(instruction, StartPick):
                self._agenda.enter(partial(self._stores.start, instruction), at_s=at_s)
            elif isinstance(instruction, StopPick):
                self._agenda.enter(partial(self._stores.stop, instruction), at_s=at_s)
            else:
                self._couriers.announce(instruction)
                self._agenda.enter(partial(self._couriers.tell, instruction), at_s=at_s)
