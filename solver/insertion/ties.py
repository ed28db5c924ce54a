"""What requests have to do with each other: rules about couriers, gaps, and what depends on whom."""

from __future__ import annotations

import numpy as np

from solver.insertion import fields as f
from solver.insertion.layout import Ints
from solver.insertion.rows import table
from solver.nodes import number_nodes
from solver.problem import Problem


def friends(problem: Problem, requests: Ints) -> tuple[Ints, Ints]:
    """Return, from which row to which, with whom each request shares a rule about couriers."""
    leader = {int(row[f.NUMBER]): int(row[f.LEADER]) for row in requests if row[f.NUMBER] >= 0}
    pairs: list[tuple[int, int, int]] = []
    met = [(gap.first.request, gap.second.request) for gap in problem.gaps]
    for alike, sets in ((1, problem.same_courier), (0, problem.never_together), (2, met)):
        for members in sets:
            pairs += [(leader[a], leader[b], alike) for a in members for b in members if a != b]
    pairs.sort()
    begins = np.searchsorted([pair[0] for pair in pairs], np.arange(len(requests) + 1))
    return begins.astype(np.int64), table([pair[1:] for pair in pairs], 2)


def gaps(problem: Problem, nodes: Ints, requests: Ints) -> Ints:
    """Return the gaps of each task with any, and note in the rows of tasks and requests where and how many they are."""
    numbering = number_nodes(problem)
    rows: dict[int, list[tuple[int, ...]]] = {}
    for gap in problem.gaps:
        first, second = numbering.of(gap.first), numbering.of(gap.second)
        most_s = f.FAR if gap.most_s is None else gap.most_s
        rows.setdefault(first, []).append((second, gap.least_s, most_s, 0))
        rows.setdefault(second, []).append((first, gap.least_s, most_s, 1))
    found: list[tuple[int, ...]] = []
    for node, own in sorted(rows.items()):
        nodes[node, f.GAP_FROM], nodes[node, f.GAP_TO] = len(found), len(found) + len(own)
        requests[nodes[node, f.ROW], f.GAPS] += len(own)
        found += own
    # Of requests that wait for each other in a circle, none comes first.
    leader = {int(row[f.NUMBER]): int(row[f.LEADER]) for row in requests if row[f.NUMBER] >= 0}
    for _ in range(len(problem.requests) if problem.gaps else 0):
        before = requests[:, f.DEPTH].copy()
        for gap in problem.gaps:
            first, second = leader[gap.first.request], leader[gap.second.request]
            requests[second, f.DEPTH] = max(requests[second, f.DEPTH], requests[first, f.DEPTH] + 1)
        if (before == requests[:, f.DEPTH]).all():
            break
    _note_worth(problem, requests, leader)
    return table(found, 4)


def _note_worth(problem: Problem, requests: Ints, leader: dict[int, int]) -> None:
    """Note what depends on each request that is first in a gap, from one gap to the next."""
    requests[:, f.WORTH] = requests[:, f.PRICE]
    seconds: dict[int, set[int]] = {}
    for gap in problem.gaps:
        seconds.setdefault(leader[gap.first.request], set()).add(leader[gap.second.request])
    for first in seconds:
        reached: set[int] = set()
        new = {first}
        while new := {second for row in new for second in seconds.get(row, ())} - reached:
            reached |= new
        requests[first, f.CIRCLE] = first in reached
        requests[first, f.WORTH] += sum(int(requests[row, f.PRICE]) for row in reached - {first})
