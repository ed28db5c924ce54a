"""The one way in which functions of this package are compiled.

Numba keeps what it has compiled beside each source file, and takes it for good as long as that file is unchanged. But
compiled code contains the functions it calls, which may be those of another file: so at import, whatever is older than
the newest source that it may contain is thrown away, to be compiled again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from numba import njit
from numba.core import types
from numba.extending import overload

F = TypeVar("F", bound=Callable[..., object])

OPTIONS: Final[dict[str, Any]] = {"nogil": True, "cache": True, "_nrt": False, "no_cfunc_wrapper": True}
"""Without Numba's own memory management, `_nrt`: counting references to the dozens of arrays passed along took nine
tenths of the time. No compiled function of this project makes an array. Nor is any called from C."""

FOLDERS = ("insertion", "search")
"""Folders of this package whose compiled functions call each other."""


def compiled(function: F) -> F:
    """Compile a function at its first call, once for this installation; it runs without the interpreter's lock.

    Numba would compile it anew for every constant that it is given, even for one that type inference only supposes on
    its way: here a constant is a number like any other, which saves a quarter of the time.
    """
    dispatcher = njit(**OPTIONS)(function)
    if dispatcher is function:  # NUMBA_DISABLE_JIT is set
        return function
    compile_for = dispatcher.compile
    dispatcher.compile = lambda signature: compile_for(tuple(map(types.unliteral, signature)))
    return cast(F, dispatcher)


def only_wide(otherwise: object) -> Callable[[F], F]:
    """Compile a function for wide problems alone (`solver.insertion.layout.WideLayout`, its first argument).

    What calls it is compiled once for these and once for others, for which the call is but `otherwise`: it is never
    made there, and compiling takes half the time.
    """
    return _for_layouts(wide=True, otherwise=otherwise)


def never_wide(otherwise: object) -> Callable[[F], F]:
    """Compile a function for problems alone that are not wide: see `only_wide`."""
    return _for_layouts(wide=False, otherwise=otherwise)


def _for_layouts(*, wide: bool, otherwise: object) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        work = compiled(function)
        if work is function:
            return function

        @wraps(function)
        def call(*arguments: Any) -> Any:
            return work(*arguments)

        # Where what is compiled keeps what it was made of: for `interpreted`.
        call.py_func = function  # type: ignore[attr-defined]
        options: Any = {name: value for name, value in OPTIONS.items() if name != "cache"}

        @overload(call, jit_options=options, strict=False)
        def choose(layout: Any, *rest: Any) -> Any:  # noqa: ARG001 - Numba asks by the types of all arguments
            if (layout.instance_class.__name__ == "WideLayout") == wide:
                return lambda layout, *rest: work(layout, *rest)
            return lambda layout, *rest: otherwise  # noqa: ARG005 - it stands for a function that takes them

        return cast(F, call)

    return decorate


def inlined(function: F) -> F:
    """Compile a function into each function that calls it: for small ones called millions of times with many arrays."""
    return cast(F, njit(inline="always", **OPTIONS)(function))


def interpreted(function: F) -> F:
    """Return a compiled function as the interpreter runs it.

    What it calls is compiled still. Where it is called but a few times, that saves compiling it for Python, and all
    that it calls along with it, once more.
    """
    return cast(F, getattr(function, "py_func", function))


def forget_stale(package: Path) -> int:
    """Remove what was compiled before the newest source under `package`, and return how many files that were.

    Where the folder is read-only, Numba keeps its files elsewhere and nothing is removed.
    """
    sources = [package / "problem.py"]
    for folder in FOLDERS:
        sources += (package / folder).glob("*.py")
    newest_ns = max(source.stat().st_mtime_ns for source in sources)
    removed = 0
    for folder in FOLDERS:
        for kept in sorted((package / folder / "__pycache__").glob("*.nb[ic]")):
            try:
                if kept.stat().st_mtime_ns < newest_ns:
                    kept.unlink()
                    removed += 1
            except OSError:
                # Another process was quicker, or the folder is read-only.
                continue
    return removed


forget_stale(Path(__file__).resolve().parent.parent)
