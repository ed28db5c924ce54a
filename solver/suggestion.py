"""The smallest change to a problem that was found with which a request that was left out is served."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from solver.problem import Sequences


class Kind(StrEnum):
    """What is to be changed."""

    NONE = "none"
    """No single change was found."""
    LONGER_SEARCH = "longer_search"
    """Nothing: there is a plan that serves it as well, and costs less."""
    LATER = "later"
    """The last window of each of its tasks, as far as it ends, ends `more_s` later."""
    LONGER_ON_BOARD = "longer_on_board"
    """It may be on board `more_s` longer."""
    LONGER_SHIFT = "longer_shift"
    """The shift of `courier` ends `more_s` later."""
    LONGER_TRAVEL = "longer_travel"
    """`courier` may travel `more_s` longer."""
    LONGER_DISTANCE = "longer_distance"
    """`courier` may travel `more_m` further."""
    MORE_TASKS = "more_tasks"
    """`courier` may do `more_tasks` more."""
    MORE_ROOM = "more_room"
    """`courier` has room for `units` more, per dimension."""
    MORE_SKILLS = "more_skills"
    """`courier` has `skills` in addition."""
    HIGHER_PRICE = "higher_price"
    """Leaving it out costs `price`."""
    ONE_MORE_COURIER = "one_more_courier"
    """There is another one like `courier`, who has no bound requests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A change with which a request is served, and all those that were served before.

    `text` says it for people. The figures belong to kinds, as `Kind` says. `orders` are the tasks per courier of a plan
    of the changed problem (`solver.suggest.apply`) that the checker accepted; they are not written to files.
    """

    request: int
    kind: Kind
    text: str
    courier: int | None = None
    more_s: int = 0
    more_m: int = 0
    more_tasks: int = 0
    units: tuple[int, ...] = ()
    skills: frozenset[str] = frozenset()
    price: int = 0
    orders: Sequences = ()


__all__ = ["Kind", "Suggestion"]
