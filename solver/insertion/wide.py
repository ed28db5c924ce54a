"""Which problems are wide: have their routes driven whenever anything is inserted."""

from __future__ import annotations

from solver.problem import Problem, Request, Way


def is_wide(problem: Problem) -> bool:
    """Return whether a problem has more than the quick insertions know: what they know is in `solver.insertion.insert`.

    Overtime they do know: it is a soft deadline of the end. Alternatives are rows of their own; who may serve a request
    is asked beforehand (`solver.insertion.friends`); and what costs or counts wherever it is done comes on top
    (`solver.insertion.flat`).
    """
    return (
        bool(problem.gaps)
        or any(matrix.later for matrix in problem.matrices)
        or any(
            request.max_on_board_s is not None or not _begins_alike(request, len(problem.dimensions))
            for request in problem.requests
        )
        or any(
            courier.breaks
            or courier.reloads
            or courier.last_in_first_out
            or (courier.previous and courier.reorder_cost)
            or courier.max_travel_s is not None
            or courier.max_distance_m is not None
            for courier in problem.couriers
        )
        or (any(courier.cost_per_service_s for courier in problem.couriers) and _has_setup(problem))
    )


def _begins_alike(request: Request, dimensions: int) -> bool:
    """Return whether as much of a request is on board from the start of its courier whichever way it is served.

    That matters of a bound request alone: it is on board before it is known which way that will be.
    """
    if request.courier is None or len(request.ways) == 1:
        return True
    known = {tuple(_brought(way, dimension) for dimension in range(dimensions)) for way in request.ways}
    return len(known) == 1


def _brought(way: Way, dimension: int) -> int:
    """Return how much more is taken off than is put on."""
    more = sum(task.unload[dimension] for task in way.tasks if task.unload)
    return max(0, more - sum(task.load[dimension] for task in way.tasks if task.load))


def _has_setup(problem: Problem) -> bool:
    """Return whether any task takes longer where its courier comes from another place."""
    return any(task.setup_s for request in problem.requests for way in request.ways for task in way.tasks)
