"""VROOM's JSON: its input as a `Problem`, a `Plan` as its output.

The format is that of VROOM 1.15's ``docs/API.md``. Every field of the input is honoured, or refused with its place, for
a plan that ignores one would be taken for a plan that keeps it; ``docs/formats.md`` has the list.

What VROOM leaves open or does in another way:

* Leaving out a task of priority p costs ``(1 + p) * k``, where k is larger than the cost of any set of routes: as many
  priority-weighted tasks as possible come first, then the costs. k is at least 10,000 of VROOM's units.
* Every vehicle sets off at the beginning of its time window, and waits where it is early.
* A vehicle without a start pays no set-up at its first task. It may be without an end too.
* A job may not pick up and deliver in the same dimension of its amounts.
* At a speed factor, each way takes a whole number of seconds, rounded up, where VROOM counts hundredths.
* Breaks are taken in the order of their first windows, as in VROOM. Their time is no task time, and costs nothing;
  VROOM's search counts so too, but not the costs that it writes.
* ``unassigned`` tasks also have a ``reason`` and its ``detail``; costs in the detail are in VROOM's units.
"""

from __future__ import annotations

from solver.formats.vroom_input import VroomProblem, read_vroom
from solver.formats.vroom_matrices import Travel
from solver.formats.vroom_output import vroom_error, write_vroom
from solver.formats.vroom_plan import read_vroom_plan

__all__ = ["Travel", "VroomProblem", "read_vroom", "read_vroom_plan", "vroom_error", "write_vroom"]
