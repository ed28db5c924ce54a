"""VROOM's output JSON as its ``docs/API.md`` (version 1.15) describes it: every field, and nothing else.

Beside it stand only the ``reason`` and ``detail`` that Doorstep adds to what is unassigned.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictFloat, StrictInt, StrictStr

Whole = Annotated[StrictInt, Field(ge=0)]
Coordinates = tuple[StrictFloat | StrictInt, StrictFloat | StrictInt]


class Part(BaseModel):
    """An object without unknown members."""

    model_config = ConfigDict(extra="forbid")


class Violation(Part):
    """A rule that is not kept."""

    cause: Literal[
        "delay",
        "lead_time",
        "load",
        "max_tasks",
        "skills",
        "precedence",
        "missing_break",
        "max_travel_time",
        "max_distance",
        "max_load",
    ]
    duration: Whole | None = None


class Sums(Part):
    """What the summary and each route have."""

    cost: Whole
    setup: Whole
    service: Whole
    duration: Whole
    waiting_time: Whole
    priority: Whole
    violations: list[Violation]
    delivery: list[Whole] | None = None
    amount: list[Whole] | None = None
    pickup: list[Whole] | None = None
    distance: Whole | None = None


class ComputingTimes(Part):
    """In milliseconds."""

    loading: Whole
    solving: Whole
    routing: Whole


class Summary(Sums):
    """Of all routes."""

    routes: Whole
    unassigned: Whole
    computing_times: ComputingTimes


class Step(Part):
    """A start, a task, a break or an end."""

    type: Literal["start", "job", "pickup", "delivery", "break", "end"]
    arrival: Whole
    duration: Whole
    setup: Whole
    service: Whole
    waiting_time: Whole
    violations: list[Violation]
    description: StrictStr | None = None
    location: Coordinates | None = None
    location_index: Whole | None = None
    id: Whole | None = None
    job: Whole | None = None
    load: list[Whole] | None = None
    distance: Whole | None = None


class Route(Sums):
    """What a vehicle does."""

    vehicle: Whole
    steps: list[Step]
    description: StrictStr | None = None


class Unassigned(Part):
    """A task that is left out."""

    id: Whole
    type: Literal["job", "pickup", "delivery"]
    description: StrictStr | None = None
    location: Coordinates | None = None
    location_index: Whole | None = None
    reason: StrictStr
    detail: StrictStr | None = None


class Output(Part):
    """The whole."""

    code: Literal[0]
    summary: Summary
    unassigned: list[Unassigned]
    routes: list[Route]


class Error(Part):
    """What there is in place of a plan."""

    code: Literal[1, 2, 3]
    error: StrictStr


def judge(told: object) -> Output:
    """Return an output that is what the description says, and adds up.

    Raises
    ------
    pydantic.ValidationError
        Where a field is missing, unknown or of another type.
    """
    output = Output.model_validate(told)
    summary = output.summary
    assert (summary.routes, summary.unassigned) == (len(output.routes), len(output.unassigned))
    for name in ("cost", "setup", "service", "duration", "waiting_time", "priority"):
        assert getattr(summary, name) == sum(getattr(route, name) for route in output.routes)
    for route in output.routes:
        steps = route.steps
        assert [steps[0].type, steps[-1].type] == ["start", "end"]
        assert not {step.type for step in steps[1:-1]} & {"start", "end"}
        assert all((step.id is None) == (step.type in ("start", "end")) for step in steps)
        assert steps[-1].duration == route.duration
        assert steps[-1].distance == route.distance
        for name in ("setup", "service", "waiting_time"):
            assert getattr(route, name) == sum(getattr(step, name) for step in steps)
        for before, step in pairwise(steps):
            left_s = before.arrival + before.waiting_time + before.setup + before.service
            assert step.arrival - left_s == step.duration - before.duration >= 0
    return output
