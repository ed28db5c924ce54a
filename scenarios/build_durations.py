"""From the tables of a scenario to how long things take, and to what planning believes of it."""

from __future__ import annotations

from dispatch.estimates import Estimates, SecondsTable
from scenarios.build_directory import must_know
from scenarios.durations import Constant, Duration, Durations, DurationTable, Exponential, LogNormal, Sampled
from scenarios.read import Source
from scenarios.schema import ScenarioFile
from scenarios.schema_durations import (
    AnyDuration,
    ConstantTable,
    DurationWithExceptions,
    ExponentialTable,
    LogNormalTable,
)

KINDS = ("pick", "pick_per_unit", "handover", "door")


def durations_of(tables: ScenarioFile, source: Source) -> Durations:
    """Build the durations; exceptions that name no store of the scenario are noted."""
    stores = {store.id for store in tables.stores}
    built = {
        kind: _table(source, ("durations", kind), getattr(tables.durations, kind), stores, with_stores=kind != "door")
        for kind in KINDS
    }
    return Durations(**built, travel_factor_cv=tables.durations.travel_factor_cv)


def estimates_of(tables: ScenarioFile, source: Source, durations: Durations) -> Estimates:
    """Build what planning believes: means of the durations times a factor, or the tables of `estimates`."""
    stores = {store.id for store in tables.stores}
    believed = {}
    for kind in KINDS:
        given = getattr(tables.estimates, kind)
        table: DurationTable = getattr(durations, kind)
        if given is not None:
            table = _table(source, ("estimates", kind), given, stores, with_stores=kind != "door")
        believed[kind] = _means(table, factor=getattr(tables.estimates, f"{kind}_factor"))
    return Estimates(**believed)


def _table(
    source: Source, path: tuple[str | int, ...], given: DurationWithExceptions, stores: set[str], *, with_stores: bool
) -> DurationTable:
    by_store: dict[str, Duration] = {}
    by_hour: dict[int, Duration] = {}
    by_store_hour: dict[tuple[str, int], Duration] = {}
    for number, special in enumerate(given.exceptions):
        here = (*path, "exceptions", number)
        duration = _duration(special.duration)
        if not special.stores and not special.hours:
            source.wrong(here, "is for no store and no hour; give stores, hours, or both")
        if special.stores and not with_stores:
            source.wrong((*here, "stores"), "a door belongs to no store; give hours only")
        for store in special.stores:
            must_know(source, (*here, "stores"), store, stores)
            by_store_hour.update({(store, hour): duration for hour in special.hours})
        if not special.hours:
            by_store.update(dict.fromkeys(special.stores, duration))
        if not special.stores:
            by_hour.update(dict.fromkeys(special.hours, duration))
    return DurationTable(
        default=_duration(given.default), by_store=by_store, by_hour=by_hour, by_store_hour=by_store_hour
    )


def _duration(given: AnyDuration) -> Duration:
    if isinstance(given, ConstantTable):
        return Constant(given.seconds)
    if isinstance(given, LogNormalTable):
        return LogNormal(given.mean_s, given.cv)
    if isinstance(given, ExponentialTable):
        return Exponential(given.mean_s)
    return Sampled(given.values_s)


def _means(table: DurationTable, *, factor: float) -> SecondsTable:
    return SecondsTable(
        default_s=table.default.mean_s * factor,
        by_store={store: duration.mean_s * factor for store, duration in table.by_store.items()},
        by_hour={hour: duration.mean_s * factor for hour, duration in table.by_hour.items()},
        by_store_hour={key: duration.mean_s * factor for key, duration in table.by_store_hour.items()},
    )
