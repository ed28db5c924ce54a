"""Couriers, their breaks and their reloads, field by field."""

from __future__ import annotations

from solver.errors import ProblemError
from solver.problem import FOREVER_S, Break, Courier, Reload
from solver.validation.fields import check_amounts, check_not_negative, check_place, check_window, check_windows

MOST_RELOADS = 1_000
"""No courier reloads more often at one place."""


def check_courier(at: str, courier: Courier, profiles: int, places: int, dimensions: int) -> None:
    """Raise the first figure of a courier, or of a break or reload of it, that is out of bounds."""
    check_window(f"{at}/shift", courier.shift)
    if profiles and not 0 <= courier.profile < profiles:
        raise ProblemError(f"{at}/profile", f"is {courier.profile}, and there are {profiles} matrices: give 0 to n - 1")
    for name, place in (("start", courier.start), ("end", courier.end)):
        if place is not None:
            check_place(f"{at}/{name}", place, places)
    if len(courier.capacity) != dimensions:
        raise ProblemError(
            f"{at}/capacity",
            f"has {len(courier.capacity)} entries where the problem has {dimensions} dimensions: give one for each",
        )
    check_not_negative(f"{at}/capacity", courier.capacity)
    for name, figure in (
        ("fixed_cost", courier.fixed_cost),
        ("cost_per_s", courier.cost_per_s),
        ("cost_per_m", courier.cost_per_m),
        ("cost_per_service_s", courier.cost_per_service_s),
        ("overtime_s", courier.overtime_s),
        ("overtime_cost_per_s", courier.overtime_cost_per_s),
        ("max_tasks", courier.max_tasks),
        ("max_travel_s", courier.max_travel_s),
        ("max_distance_m", courier.max_distance_m),
        ("reorder_cost", courier.reorder_cost),
    ):
        if figure is not None and figure < 0:
            raise ProblemError(f"{at}/{name}", f"is {figure}: give 0 or more")
    if courier.overtime_s > FOREVER_S:
        raise ProblemError(f"{at}/overtime_s", f"is {courier.overtime_s}: give seconds up to {FOREVER_S} (FOREVER_S)")
    for number, pause in enumerate(courier.breaks):
        _check_break(f"{at}/breaks/{number}", pause, dimensions)
    for number, reload in enumerate(courier.reloads):
        _check_reload(f"{at}/reloads/{number}", reload, places)


def _check_break(at: str, pause: Break, dimensions: int) -> None:
    check_windows(at, pause.windows)
    if pause.duration_s < 0:
        raise ProblemError(f"{at}/duration_s", f"is {pause.duration_s}: give 0 or more")
    if pause.max_load:
        check_amounts(f"{at}/max_load", pause.max_load, dimensions)


def _check_reload(at: str, reload: Reload, places: int) -> None:
    check_place(f"{at}/place", reload.place, places)
    check_windows(at, reload.windows)
    for name, figure in (("service_s", reload.service_s), ("setup_s", reload.setup_s), ("times", reload.times)):
        if figure < 0:
            raise ProblemError(f"{at}/{name}", f"is {figure}: give 0 or more")
    if reload.times > MOST_RELOADS:
        raise ProblemError(f"{at}/times", f"is {reload.times}: give at most {MOST_RELOADS}")
