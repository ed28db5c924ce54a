"""Tables of durations: how they spread, and where and when they differ."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from scenarios.durations import MAX_S
from scenarios.schema_base import Id, Many, Says, Share, Table

Mean = Annotated[float, Field(ge=0.0, le=MAX_S)]


class ConstantTable(Table):
    """Always the same."""

    kind: Literal["constant"]
    seconds: Annotated[int, Field(ge=0, le=MAX_S)]


class LogNormalTable(Table):
    """Skewed to the right; `cv` is standard deviation over mean."""

    kind: Literal["lognormal"]
    mean_s: Mean
    cv: Annotated[float, Field(ge=0.0, le=5.0)]


class ExponentialTable(Table):
    """Without memory."""

    kind: Literal["exponential"]
    mean_s: Mean


class SampledTable(Table):
    """One of the values, each as likely as the next."""

    kind: Literal["sampled"]
    values_s: Annotated[Many[Annotated[int, Field(ge=0, le=MAX_S)]], Field(min_length=1, max_length=100_000)]


def _constant(value: object) -> object:
    """Read a bare number as a constant."""
    return {"kind": "constant", "seconds": value} if isinstance(value, int) and not isinstance(value, bool) else value


def _default(value: object) -> object:
    """Read a bare duration as one without exceptions."""
    if isinstance(value, dict) and ("default" in value or "exceptions" in value):
        return value
    return {"default": value}


AnyDuration = Annotated[
    ConstantTable | LogNormalTable | ExponentialTable | SampledTable,
    Field(discriminator="kind"),
    BeforeValidator(_constant),
]


class ExceptionTable(Table):
    """Another duration at some stores, in some hours of the local day, or at some stores in some hours."""

    duration: AnyDuration
    stores: Many[Id] = ()
    hours: Many[Annotated[int, Field(ge=0, le=23)]] = ()


class DurationWithExceptions(Table):
    """A duration, and its exceptions."""

    default: AnyDuration
    exceptions: Many[ExceptionTable] = ()


AnyDurationTable = Annotated[
    DurationWithExceptions, BeforeValidator(_default), Says("seconds, a duration, or a table of default and exceptions")
]


def _duration(kind: str, **figures: Any) -> Any:
    return Field(default_factory=lambda: DurationWithExceptions.model_validate({"default": {"kind": kind, **figures}}))


class DurationsTable(Table):
    """The handling times of the day."""

    pick: AnyDurationTable = _duration("lognormal", mean_s=120.0, cv=0.4)
    pick_per_unit: AnyDurationTable = _duration("constant", seconds=0)
    handover: AnyDurationTable = _duration("constant", seconds=20)
    door: AnyDurationTable = _duration("lognormal", mean_s=90.0, cv=0.5)
    travel_factor_cv: Share = 0.0


Factor = Annotated[float, Field(ge=0.0, le=10.0)]


class EstimatesTable(Table):
    """What planning believes: the means of the durations, times a factor; or, where given, other figures altogether."""

    pick_factor: Factor = 1.0
    pick_per_unit_factor: Factor = 1.0
    handover_factor: Factor = 1.0
    door_factor: Factor = 1.0
    pick: AnyDurationTable | None = None
    pick_per_unit: AnyDurationTable | None = None
    handover: AnyDurationTable | None = None
    door: AnyDurationTable | None = None
