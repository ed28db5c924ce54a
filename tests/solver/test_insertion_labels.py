"""Which of two ways is worth keeping."""

import numpy as np

from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.insertion.labels import is_beaten, make_place

TASK = f.LABEL_TASKS
"""The column of the task done last, of labels with one task done."""


def labels(*rows):
    """Return labels of (cost, time, slot, task), and two rows of room."""
    table = np.zeros((len(rows) + 2, f.LABEL_TASKS + 2), np.int64)
    for row, (cost, time, slot, task) in enumerate(rows):
        table[row, [f.LABEL_COST, f.LABEL_TIME, f.LABEL_SLOT, TASK]] = cost, time, slot, task
    return table


def kept(table, ways):
    """Return cost and time of the first labels."""
    return table[:ways, [f.LABEL_COST, f.LABEL_TIME]].tolist()


def test_beaten_in_both_cost_and_time():
    """A tie beats; a way that is better in one of them is not beaten."""
    table = labels((10, 50, 1, 7))
    beaten = [
        interpreted(is_beaten)(table, 0, 1, 1, TASK, 7, cost, time)
        for cost, time in ((10, 50), (11, 50), (10, 51), (9, 99), (99, 49))
    ]
    assert beaten == [True, True, True, False, False]


def test_beaten_by_its_like_only():
    """With the same tasks done, ending with the same, among the rows in question."""
    table = labels((1, 1, 1, 7), (1, 1, 2, 8), (1, 1, 1, 8))
    assert not interpreted(is_beaten)(table, 0, 2, 1, TASK, 8, 5, 5)
    assert interpreted(is_beaten)(table, 0, 3, 1, TASK, 8, 5, 5)


def test_a_new_way_that_is_no_better_finds_no_place():
    """A tie is no better."""
    for cost, time in ((10, 50), (12, 50), (10, 60)):
        assert interpreted(make_place)(labels((10, 50, 1, 0)), 1, 1, cost, time) == -1


def test_a_new_way_takes_the_place_of_those_that_are_no_better():
    """Both that it beats go; one with other tasks done, and one that is quicker, stay."""
    table = labels((10, 50, 1, 0), (5, 5, 2, 0), (20, 60, 1, 0), (30, 1, 1, 0))
    left = interpreted(make_place)(table, 4, 1, 8, 40)
    assert sorted(kept(table, left)) == [[5, 5], [30, 1]]
