"""From a run to the rows of its tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from dispatch.messages import Action
from dispatch.model import Outcome
from dispatch.state import OrderRecord
from geo.areas import Radius
from scenarios.run import RunResult
from scenarios.run_rows import CourierRow, OrderRow, StoreRow
from scenarios.statistics import mean
from scenarios.world.records import Stop


def order_rows(result: RunResult) -> tuple[OrderRow, ...]:
    """Return one row an order, in the order of placing, then id; those that could not be read are refused."""
    drops = {stop.order: stop for stop in result.diary.stops if stop.action is Action.DROP and not stop.failed}
    picked_s = {pick.fulfilment: pick.finished_s for pick in result.diary.picks}
    rows = [
        _order_row(result, result.state.orders[order.id], drops.get(order.id), picked_s)
        for order in result.scenario.orders
    ]
    rows += _unread_rows(result)
    return tuple(sorted(rows, key=lambda row: (row.placed_s, row.order)))


def _unread_rows(result: RunResult) -> Iterator[OrderRow]:
    """Return the rows of orders that could not be read. One whose id was there before gets a number after it."""
    times = Counter(order.id for order in result.scenario.orders)
    for name, placed_s, why in result.scenario.rejected:
        times[name] += 1
        code, _, detail = why.partition(":")
        yield OrderRow(
            order=name if times[name] == 1 else f"{name}#{times[name]}",
            service_level="",
            placed_s=placed_s,
            outcome=Outcome.REFUSED,
            ended_s=placed_s,
            reason=code,
            detail=detail.strip(),
        )


def _order_row(result: RunResult, record: OrderRecord, drop: Stop | None, picked_s: dict[str, int]) -> OrderRow:
    order, allocation = record.order, record.allocation
    if record.outcome is None or record.ended_s is None:
        raise LookupError(f"order {order.id} has not ended")
    row = OrderRow(
        order=order.id,
        service_level=order.service_level,
        placed_s=order.placed_s,
        outcome=record.outcome,
        ended_s=record.ended_s,
        reason=record.reason,
        detail=record.unplanned_because if record.outcome is Outcome.FAILED else "",
        lat=order.destination.lat,
        lon=order.destination.lon,
        lines=len(order.lines),
        units=sum(line.quantity for line in order.lines),
    )
    if allocation is None:
        return row
    goods = allocation.delivery.fulfilments
    ready = [picked_s.get(fulfilment.id) for fulfilment in goods]
    packed = [at_s for at_s in ready if at_s is not None]
    return replace(
        row,
        zone=allocation.delivery.zone,
        sites=len({fulfilment.site for fulfilment in goods}),
        stores=tuple(fulfilment.store for fulfilment in goods),
        promise=allocation.promise,
        ready_s=max(packed) if len(packed) == len(goods) else None,
        door_s=drop.started_s if drop else None,
        delivered_s=drop.done_s if drop else None,
        courier=result.watch.couriers.get(order.id, ""),
        distance_m=allocation.sources[0].distance_m,
        travel_s=allocation.sources[0].travel_s,
        attempts=record.attempts,
        moves=record.moves,
    )


def courier_rows(result: RunResult) -> tuple[CourierRow, ...]:
    """Return one row a courier, by id."""
    objective = result.scenario.objective
    rows = []
    for shift in result.diary.shifts.values():
        courier = shift.courier
        over_s = (shift.off_duty_s or 0) - courier.shift.until_s
        rows.append(
            CourierRow(
                courier=courier.id,
                zone=courier.zone,
                profile=courier.profile,
                shift=courier.shift,
                start_lat=courier.start.lat,
                start_lon=courier.start.lon,
                on_duty_s=shift.on_duty_s,
                off_duty_s=shift.off_duty_s,
                off_reason=shift.off_reason,
                deliveries=shift.deliveries,
                visits=shift.visits,
                distance_m=shift.distance_m,
                driving_s=shift.driving_s,
                waiting_s=shift.waiting_s,
                service_s=shift.service_s,
                overtime_s=max(0, over_s) if shift.on_duty_s is not None else 0,
                cost=objective.courier_s * shift.driving_s + objective.courier_m * shift.distance_m,
            )
        )
    return tuple(sorted(rows, key=lambda row: row.courier))


def store_rows(result: RunResult) -> tuple[StoreRow, ...]:
    """Return one row a store, by id."""
    directory = result.scenario.directory
    orders: Counter[str] = Counter()
    units: Counter[str] = Counter()
    for record in result.state.orders.values():
        for goods in record.fulfilments.values():
            orders[goods.fulfilment.store] += 1
            units[goods.fulfilment.store] += goods.units
    picks: dict[str, list[int]] = defaultdict(list)
    for pick in result.diary.picks:
        picks[pick.store].append(pick.finished_s - pick.started_s)
    return tuple(
        StoreRow(
            store=store.id,
            site=store.site,
            zone=store.zone,
            kind=store.kind.value,
            lat=directory.sites[store.site].point.lat,
            lon=directory.sites[store.site].point.lon,
            radius_m=store.area.metres if isinstance(store.area, Radius) else None,
            orders=orders[store.id],
            units=units[store.id],
            refused_out_of_stock=result.watch.short_of[store.id],
            picks=len(picks[store.id]),
            pick_mean_s=mean(picks[store.id]),
        )
        for _, store in sorted(directory.stores.items())
    )
