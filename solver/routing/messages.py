"""What the solver's process and its child say to each other."""

from __future__ import annotations

from dataclasses import dataclass

from solver.insertion.layout import Rows
from solver.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Search from `rows`. Another message while the search runs ends it.

    Attributes
    ----------
    number
        Stands in every answer: an answer to an earlier question may still be on its way.
    problem
        None for that of the last `Ask`, whose model is then used again.
    work, seconds
        Either limit may be None.
    """

    number: int
    problem: Problem | None
    rows: Rows
    work: int | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """The child has imported what it needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Better:
    """A plan better than all before. Some are left unsaid if they come thick and fast; never the last."""

    number: int
    rows: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The search has ended. `steps` made; None if the model does not have the plan to start from as a solution."""

    number: int
    steps: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The search broke off with an error."""

    number: int
    text: str
