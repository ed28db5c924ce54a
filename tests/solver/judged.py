"""What the judge says of orders by hand."""

from __future__ import annotations

import pytest

from solver.check import check
from solver.errors import PlanFault
from solver.plan import Plan
from solver.problem import Problem
from solver.schedule import schedule
from tests.solver.on_a_line import refs


def fault(of: Problem, plan: Plan) -> str:
    """Return the code of the first fault of a plan that has one."""
    with pytest.raises(PlanFault) as caught:
        check(of, plan)
    return caught.value.code


def fault_of(of: Problem, *orders: str) -> str:
    """Return the code of the first fault of orders that break a rule, all their figures being right."""
    return fault(of, schedule(of, tuple(map(refs, orders))))


def passes(of: Problem, *orders: str) -> bool:
    """Let the judge look at orders that break no rule."""
    check(of, schedule(of, tuple(map(refs, orders))))
    return True
