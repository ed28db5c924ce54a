"""VROOM's JSON: its input as a `Problem`, a `Plan` as its output.

The format is that of VROOM 1.14's ``docs/API.md``. Honoured of the input: ``jobs``, ``shipments``, ``vehicles`` and
``matrices`` (``durations``, ``distances``) with the fields listed in `solver.formats.vroom_input`; any other field is
refused with its place, for a plan that ignores one would be taken for a plan that keeps it.

What VROOM leaves open or does in another way:

* Leaving out a task of priority p costs ``(1 + p) * k``, where k is larger than the cost of any set of routes: as many
  priority-weighted tasks as possible come first, then the seconds of travel. k is at least 10,000.
* Every vehicle sets off at the beginning of its time window, and waits where it is early.
* A vehicle without a start pays no set-up at its first task.
* A job may not pick up and deliver in the same dimension of its amounts.
* ``unassigned`` tasks also have a ``reason`` and its ``detail``.
"""

from __future__ import annotations

from solver.formats.vroom_input import VroomProblem, read_vroom
from solver.formats.vroom_output import write_vroom
from solver.formats.vroom_plan import read_vroom_plan

__all__ = ["VroomProblem", "read_vroom", "read_vroom_plan", "write_vroom"]
