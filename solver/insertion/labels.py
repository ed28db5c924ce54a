"""Labels, the ways to have part of a request done: which of them are worth keeping. Compiled."""

from __future__ import annotations

from solver.insertion import fields as f
from solver.insertion.compiled import compiled
from solver.insertion.layout import Ints


@compiled
def copy(source: Ints, target: Ints, columns: int) -> None:
    """Copy the first columns of a label."""
    for column in range(columns):
        target[column] = source[column]


@compiled
def is_beaten(label: Ints, first: int, last: int, slot: int, column: int, task: int, cost: int, time: int) -> bool:
    """Return whether a label among rows `first` to `last` - 1 ends with the same task and is no worse."""
    beaten = False
    for row in range(first, last):
        other = label[row]
        alike = other[f.LABEL_SLOT] == slot and other[column] == task
        beaten = beaten or (alike and other[f.LABEL_COST] <= cost and other[f.LABEL_TIME] <= time)
    return beaten


@compiled
def make_place(label: Ints, ways: int, slot: int, cost: int, time: int) -> int:
    """Drop those of the first `ways` labels that are no better, and return how many are left; -1 if one is no worse."""
    row = 0
    while row < ways:
        other = label[row]
        if other[f.LABEL_SLOT] == slot:
            if other[f.LABEL_COST] <= cost and other[f.LABEL_TIME] <= time:
                return -1
            if other[f.LABEL_COST] >= cost and other[f.LABEL_TIME] >= time:
                ways -= 1
                copy(label[ways], other, len(other))
                continue
        row += 1
    return ways
