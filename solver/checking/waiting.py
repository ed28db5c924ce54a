"""The earliest starts that keep every time on board and every gap: over one route, or over all of them together.

Each rule says how long after one start another may come at the earliest. A work-list raises starts until all rules hold
(Bellman and Ford's algorithm, on routes with windows): what it finds first is the earliest that there is.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from solver.checking.timing import Chain, target_of
from solver.problem import FOREVER_S, Problem, TaskRef

Spot = tuple[int, int]
"""A stop: the position of its chain among those looked at, and its own on that."""


class Lag(NamedTuple):
    """`later` starts at least `least_s` after `earlier` starts; `code` and `text` say what it is for."""

    later: Spot
    earlier: Spot
    least_s: int
    code: str
    text: str


def lags_on_board(problem: Problem, chains: Sequence[Chain]) -> Iterator[Lag]:
    """Yield what the times on board of requests that may be left out ask for: loads wait for unloads."""
    for row, chain in enumerate(chains):
        own: dict[int, list[int]] = {}
        for position, ref in enumerate(chain.refs):
            if not ref.is_step:
                request = problem.requests[ref.request]
                if request.max_on_board_s is not None and request.courier is None:
                    own.setdefault(ref.request, []).append(position)
        for number, positions in own.items():
            most_s = problem.requests[number].max_on_board_s or 0
            text = f"request {number} ({problem.requests[number].id}) is on board for more than {most_s} s"
            loads = len(problem.way(chain.refs[positions[0]]).loads)
            for load in (position for position in positions if chain.refs[position].task < loads):
                least_s = -most_s - chain.duration_s(load)
                for unload in (position for position in positions if chain.refs[position].task >= loads):
                    yield Lag((row, load), (row, unload), least_s, "ON_BOARD_TOO_LONG", text)


def lags_of_gaps(problem: Problem, chains: Sequence[Chain]) -> Iterator[Lag]:
    """Yield what the gaps between tasks that are planned ask for."""
    spots: dict[TaskRef, Spot] = {
        ref: (row, position) for row, chain in enumerate(chains) for position, ref in enumerate(chain.refs)
    }
    for number, gap in enumerate(problem.gaps):
        if gap.first not in spots or gap.second not in spots:
            continue
        first, second = spots[gap.first], spots[gap.second]
        service_s = chains[first[0]].duration_s(first[1])
        text = f"{gap.second} does not start {gap.least_s} to {gap.most_s} s after {gap.first} (gap {number})"
        yield Lag(second, first, service_s + gap.least_s, "GAP_BROKEN", text)
        if gap.most_s is not None:
            yield Lag(first, second, -service_s - gap.most_s, "GAP_BROKEN", text)


def settle(problem: Problem, chains: Sequence[Chain], lags: Sequence[Lag]) -> Lag | None:
    """Let stops wait until all lags hold; if they cannot, let nothing wait and return one that is broken then.

    They cannot, either, if a task that may be left out would miss its last window for having waited.
    """
    if all(_holds(chains, lag) for lag in lags):
        return None
    at_once = [[moments.start_s for moments in chain.moments] for chain in chains]
    if _raise_all(problem, chains, lags) and not _too_late(problem, chains, at_once):
        return None
    for chain in chains:
        chain.reset()
    return next(lag for lag in lags if not _holds(chains, lag))


def _raise_all(problem: Problem, chains: Sequence[Chain], lags: Sequence[Lag]) -> bool:
    asking: dict[Spot, list[int]] = {}
    for number, lag in enumerate(lags):
        asking.setdefault(lag.earlier, []).append(number)
    pending = deque(range(len(lags)))
    patience = _Patience(problem, chains, len(lags))
    while pending:
        lag = lags[pending.popleft()]
        if _holds(chains, lag):
            continue
        row, position = lag.later
        until_s = _start_s(chains, lag.earlier) + lag.least_s
        if until_s > chains[row].last_s(position) or patience.over(until_s):
            return False
        for raised in chains[row].wait(position, until_s):
            pending.extend(number for number in asking.get((row, raised), ()) if number not in pending)
    return True


class _Patience:
    """Tells when starts are raised for ever.

    While no stop moves on to another window and travel does not change, a lag is raised at most once for each of the
    others. Where travel depends on the hour, a round of waiting may come to an end at some later hour only, but not
    after the last moment at which anything changes.
    """

    def __init__(self, problem: Problem, chains: Sequence[Chain], lags: int) -> None:
        matrices = [problem.matrices[problem.couriers[chain.number].profile] for chain in chains]
        windows = [target_of(problem, chain.number, ref).windows for chain in chains for ref in chain.refs]
        changes = sum(len(several) - 1 for several in windows)
        self._round = lags * (lags + 1)
        self._left = self._round
        self._last_change_s = -1
        if any(matrix.later for matrix in matrices):
            moments = [later.from_s for matrix in matrices for later in matrix.later]
            for several in windows:
                for window in several:
                    moments += [window.earliest_s, window.latest_s]
            self._last_change_s = max(moment for moment in moments if moment < FOREVER_S)
        else:
            self._left *= changes + 1

    def over(self, until_s: int) -> bool:
        """Count one more start that is raised, to a moment, and return whether that is one too many."""
        self._left = self._round if until_s <= self._last_change_s else self._left - 1
        return self._left < 0


def _too_late(problem: Problem, chains: Sequence[Chain], at_once: Sequence[Sequence[int]]) -> bool:
    return any(
        moments.late_s
        and moments.start_s > start_s
        and not ref.is_step
        and problem.requests[ref.request].courier is None
        for chain, starts_s in zip(chains, at_once, strict=True)
        for ref, moments, start_s in zip(chain.refs, chain.moments, starts_s, strict=True)
    )


def _start_s(chains: Sequence[Chain], spot: Spot) -> int:
    return chains[spot[0]].moments[spot[1]].start_s


def _holds(chains: Sequence[Chain], lag: Lag) -> bool:
    return _start_s(chains, lag.later) >= _start_s(chains, lag.earlier) + lag.least_s
