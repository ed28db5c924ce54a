"""The one way in which this package has functions compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Compile a function at its first call, once for this installation; it runs without the interpreter's lock.

    Without Numba's own memory management: such functions make no arrays, and call each other faster for it.
    """
    return cast(F, njit(nogil=True, cache=True, _nrt=False)(function))  # type: ignore[call-overload]
