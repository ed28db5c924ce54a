"""Where one request is laid out to be inserted: its tasks, the orders they may come in, and room to work in."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from solver.insertion import fields as f
from solver.insertion.compiled import compiled
from solver.insertion.layout import Ints, Layout
from solver.insertion.routes import Routes

LABELS = 4096
"""Most labels at a node. Only requests of several loads in routes of hundreds of stops could need more."""


class Desk(NamedTuple):
    """Room to work in, for one thread.

    Attributes
    ----------
    task
        (tasks of a request,): nodes that are to be inserted.
    step, extra, due
        (slots, tasks), (slots, dimensions), (slots,): for each set of tasks done (a *slot*), the slot after each
        further task, or -1 where it may not be next; what is on board; when the first remaining window closes.
    shape
        Tasks to insert, the slot where all are done, and the request that all this is about.
    label
        (LABELS, `fields.LABEL_TASKS` + 2 tasks): see `fields`.
    gap
        (tasks, 4): travel seconds to each task in the present gap and from there on, and the costs of both.
    answer
        (tasks, 2): the best insertion: nodes in order, each with the route node that it follows.
    order, gaps, detour, trial
        (tasks,), (tasks,), (nodes, 3 + 2 tasks), (LABELS, 3): room for insertions that are tried
        (`solver.insertion.anywhere`).
    """

    task: Ints
    step: Ints
    extra: Ints
    due: Ints
    shape: Ints
    label: Ints
    gap: Ints
    answer: Ints
    order: Ints
    gaps: Ints
    detour: Ints
    trial: Ints


def new_desk(layout: Layout) -> Desk:
    """Return a desk that is large enough for every request."""
    tasks = int(layout.request[:, f.TASKS].max(initial=1))
    return Desk(
        task=np.zeros(tasks, np.int64),
        step=np.zeros((layout.slots, tasks), np.int64),
        extra=np.zeros((layout.slots, layout.net.shape[1]), np.int64),
        due=np.zeros(layout.slots, np.int64),
        shape=np.array([0, 0, -1], np.int64),
        label=np.zeros((LABELS, f.LABEL_TASKS + 2 * tasks), np.int64),
        answer=np.zeros((tasks, 2), np.int64),
        gap=np.zeros((tasks, 4), np.int64),
        order=np.zeros(tasks, np.int64),
        gaps=np.zeros(tasks, np.int64),
        detour=np.zeros((len(layout.node) if layout.wide else 1, 3 + 2 * tasks), np.int64),
        trial=np.zeros((LABELS if layout.wide else 1, 3), np.int64),
    )


@compiled
def prepare(layout: Layout, routes: Routes, desk: Desk, request: int) -> None:
    """Lay out on the desk which tasks of a request are to be inserted, and in which orders, if it is not there yet."""
    if desk.shape[2] == request:
        return
    desk.shape[2] = request
    row = layout.request[request]
    first = row[f.FIRST_TASK]
    tasks = loads = 0
    for number in range(row[f.TASKS]):
        if routes.stop[first + number, f.PREVIOUS] >= 0:
            continue  # It is among the frozen stops, the only tasks on a route before their request is inserted.
        desk.task[tasks] = first + number
        tasks += 1
        loads += number < row[f.LOADS]
    unloads = tasks - loads
    in_order = max(loads, unloads) > f.ORDERED
    half = (1 << loads) - 1
    slots = tasks + 1 if in_order else half + (1 << unloads)
    desk.shape[0], desk.shape[1] = tasks, slots - 1
    dimensions = desk.extra.shape[1]
    for slot in range(slots):
        desk.due[slot] = f.FAR
        bound = row[f.BOUND_TO] >= 0
        for d in range(dimensions):
            desk.extra[slot, d] = 0 if bound else layout.initial[request, d]
        for t in range(tasks):
            node = desk.task[t]
            if in_order:
                done = t < slot
                after = slot + 1 if t == slot else -1
            elif t < loads:
                done = slot >= half or (slot >> t) & 1 == 1
                after = -1 if done else slot | (1 << t)
            else:
                done = slot > half and ((slot - half) >> (t - loads)) & 1 == 1
                after = half + ((slot - half) | (1 << (t - loads))) if slot >= half and not done else -1
            if done:
                for d in range(dimensions):
                    desk.extra[slot, d] += layout.net[node, d]
            elif not layout.node[node, f.SOFT]:
                desk.due[slot] = min(desk.due[slot], layout.node[node, f.LAST])
            desk.step[slot, t] = after
    # Of two tasks that differ in their amounts alone, one goes first without loss.
    for t in range(0 if in_order else tasks):
        twin = layout.node[desk.task[t], f.TWIN]
        for u in range(tasks):
            if desk.task[u] == twin:
                for slot in range(slots):
                    if desk.step[slot, u] >= 0:
                        desk.step[slot, t] = -1
