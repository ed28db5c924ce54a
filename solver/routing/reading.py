"""Reading a plan into an OR-Tools model ends with the first times that are found for it."""

from __future__ import annotations

from types import TracebackType
from typing import Any


class Reading:
    """A context in which a model has no more than one solution.

    Where later starts, or breaks at other stops, might save something, OR-Tools would go on and try every second.
    """

    def __init__(self) -> None:
        self._is_open = False
        self._is_found = False

    def watch(self, model: Any) -> None:
        """Limit the searches of a model that is not closed yet."""
        model.AddSearchMonitor(model.solver().CustomLimit(self._is_over))
        model.AddAtSolutionCallback(self._find)

    def __enter__(self) -> None:
        """From now on, the first solution is the last."""
        self._is_open, self._is_found = True, False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """From now on, any number of solutions is found."""
        self._is_open = False

    def _is_over(self) -> bool:
        return self._is_open and self._is_found

    def _find(self) -> None:
        self._is_found = True
