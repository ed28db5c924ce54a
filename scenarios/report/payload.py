"""What the page's script draws, as one object of JSON: columns instead of rows, indices instead of names.

Times are seconds after `base_s`, places metres on the map's plane, and -1 stands for none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from scenarios.page.plane import Place, Plane, plane_of, view_of
from scenarios.report.activities import NAMES, Segment, segments_of, stops_by_courier
from scenarios.report.banks import Banks
from scenarios.report.decisions import stories_of
from scenarios.report.files import RunFiles
from scenarios.report.ground import areas_of, rivers_of, sites_of
from scenarios.report.reasons import sentence_of
from scenarios.report.rows import CourierRow, OrderRow, State, StopRow
from scenarios.report.series import Span, click_to_door_of, flow_of, lateness_of, load_of, on_time_of

NONE = -1
_ACTIONS = ("load", "drop", "return")
_STATES = tuple(State)


def payload_of(run: RunFiles, span: Span, *, levels: Sequence[str], zones: Sequence[str]) -> dict[str, Any]:
    """Return the object that the page carries."""
    plane = _plane(run)
    rows = stops_by_courier(run.stops)
    segments = {courier: segments_of(run.stops, own) for courier, own in rows.items()}
    sites = sites_of(run.stores, plane)
    starts = [plane.place(courier.start_lat, courier.start_lon) for courier in run.couriers]
    doors = [plane.place(o.lat, o.lon) if o.lat is not None and o.lon is not None else None for o in run.orders]
    return {
        "base_s": span.from_s,
        "until_s": span.until_s - span.from_s,
        "offset_s": span.offset_s,
        "levels": list(levels),
        "zones": list(zones),
        "activities": list(NAMES),
        "plane": {"lat": plane.lat, "lon": plane.lon},
        "view": view_of([site.place for site in sites] + starts, [door for door in doors if door is not None]),
        "rivers": [asdict(river) for river in rivers_of(run.scenario, plane)],
        "areas": [
            asdict(area) | {"zone": _index(zones, area.zone)} for area in areas_of(run.stores, run.scenario, plane)
        ],
        "sites": [asdict(site) | {"zone": _index(zones, site.zone)} for site in sites],
        "stores": {
            "id": [store.store for store in run.stores],
            "site": [store.site for store in run.stores],
            "zone": [_index(zones, store.zone) for store in run.stores],
            "kind": [store.kind for store in run.stores],
            "orders": [store.orders for store in run.stores],
            "units": [store.units for store in run.stores],
            "sold_out": [store.refused_out_of_stock for store in run.stores],
            "pick_mean_s": [NONE if store.pick_mean_s is None else round(store.pick_mean_s) for store in run.stores],
            "radius_m": [NONE if store.radius_m is None else store.radius_m for store in run.stores],
        },
        "orders": _orders(run, span, doors, levels=levels, zones=zones),
        "couriers": _couriers(run.couriers, span, starts, zones=zones),
        "stops": _stops(run, span, plane, rows, segments, starts),
        "charts": _charts(run, span, segments, levels=levels),
    }


def _plane(run: RunFiles) -> Plane:
    places = [(store.lat, store.lon) for store in run.stores]
    places = places or [(courier.start_lat, courier.start_lon) for courier in run.couriers]
    return plane_of(places or [(o.lat, o.lon) for o in run.orders if o.lat is not None and o.lon is not None])


def _orders(
    run: RunFiles, span: Span, doors: Sequence[Place | None], *, levels: Sequence[str], zones: Sequence[str]
) -> dict[str, Any]:
    store_at = {store.store: index for index, store in enumerate(run.stores)}
    courier_at = {courier.courier: index for index, courier in enumerate(run.couriers)}
    reasons = sorted({order.reason for order in run.orders if order.reason})
    reason_at = {reason: index for index, reason in enumerate(reasons)}
    stories = _stories(run)
    level_at = {level: index for index, level in enumerate(levels)}
    zone_at = {zone: index for index, zone in enumerate(zones)}

    def times(read: Callable[[OrderRow], int | None]) -> list[int]:
        return [NONE if (time := read(order)) is None else time - span.from_s for order in run.orders]

    return {
        "reasons": [[reason, sentence_of(reason)] for reason in reasons],
        "id": [order.order for order in run.orders],
        "zone": [zone_at.get(order.zone, NONE) for order in run.orders],
        "level": [level_at[order.service_level] for order in run.orders],
        "state": [_STATES.index(order.state) for order in run.orders],
        "reason": [reason_at.get(order.reason, NONE) for order in run.orders],
        "courier": [courier_at.get(order.courier, NONE) for order in run.orders],
        "stores": [[store_at[name] for name in order.stores if name in store_at] for order in run.orders],
        "x": [NONE if door is None else door[0] for door in doors],
        "y": [NONE if door is None else door[1] for door in doors],
        "placeless": [index for index, door in enumerate(doors) if door is None],
        "lines": [order.lines for order in run.orders],
        "units": [order.units for order in run.orders],
        "attempts": [order.attempts for order in run.orders],
        "moves": [order.moves for order in run.orders],
        "distance_m": [NONE if order.distance_m is None else order.distance_m for order in run.orders],
        "late_s": [order.late_s for order in run.orders],
        "placed": times(lambda order: order.placed_s),
        "from": times(lambda order: order.promise_from_s),
        "until": times(lambda order: order.promise_until_s),
        "ready": times(lambda order: order.ready_s),
        "door": times(lambda order: order.door_s),
        "ended": times(lambda order: order.ended_s),
        "story": {index: stories[order.order] for index, order in enumerate(run.orders) if order.order in stories},
    }


def _stories(run: RunFiles) -> Mapping[str, tuple[str, ...]]:
    """Return the decisions about orders in trouble, in words."""
    wanted = {order.order for order in run.orders if order.state is not State.ON_TIME}
    timezone = run.result.get("timezone")
    path = run.directory / "decisions.ndjson.gz"
    return stories_of(path, wanted, timezone=timezone if isinstance(timezone, str) else "UTC")


def _couriers(
    couriers: Sequence[CourierRow], span: Span, starts: Sequence[Place], *, zones: Sequence[str]
) -> dict[str, Any]:
    def times(read: Callable[[CourierRow], int | None]) -> list[int]:
        return [NONE if (time := read(courier)) is None else time - span.from_s for courier in couriers]

    return {
        "id": [courier.courier for courier in couriers],
        "zone": [_index(zones, courier.zone) for courier in couriers],
        "profile": [courier.profile for courier in couriers],
        "on": times(lambda courier: courier.on_duty_s),
        "off": times(lambda courier: courier.off_duty_s),
        "x": [start[0] for start in starts],
        "y": [start[1] for start in starts],
        "deliveries": [courier.deliveries for courier in couriers],
        "distance_m": [courier.distance_m for courier in couriers],
        "driving_s": [courier.driving_s for courier in couriers],
        "waiting_s": [courier.waiting_s for courier in couriers],
        "service_s": [courier.service_s for courier in couriers],
        "idle_s": [courier.idle_s for courier in couriers],
        "use": [round(courier.use or 0.0, 4) for courier in couriers],
    }


def _stops(
    run: RunFiles,
    span: Span,
    plane: Plane,
    rows: Mapping[str, tuple[int, ...]],
    segments: Mapping[str, tuple[Segment, ...]],
    starts: Sequence[Place],
) -> list[dict[str, Any]]:
    """Return one object a courier, its stops in the order of time.

    Segments are kind, from, until, stop, and so on; `via` has the bridges (x, y, and so on) of the legs that cross one.
    """
    order_at = {order.order: index for index, order in enumerate(run.orders)}
    banks = Banks(run.scenario, plane)
    sides = banks.sides_of([(stop.lat, stop.lon) for stop in run.stops])
    start_sides = banks.sides_of([(courier.start_lat, courier.start_lon) for courier in run.couriers])
    whole = []
    for courier, start, side in zip(run.couriers, starts, start_sides, strict=True):
        own = rows.get(courier.courier, ())
        listed = [run.stops[row] for row in own]
        at = {row: index for index, row in enumerate(own)}
        places = [plane.place(stop.lat, stop.lon) for stop in listed]
        own_sides = [side, *(sides[row] for row in own)]
        legs = zip([start, *places], places, own_sides, own_sides[1:], strict=False)
        bridges = [banks.bridges_between(*leg) for leg in legs]
        whole.append(
            {
                "action": [_ACTIONS.index(stop.action) if stop.action in _ACTIONS else 1 for stop in listed],
                "order": [order_at.get(stop.order, NONE) for stop in listed],
                "site": [stop.site for stop in listed],
                "failed": {index: stop.failed for index, stop in enumerate(listed) if stop.failed},
                "x": [place[0] for place in places],
                "y": [place[1] for place in places],
                "via": {index: _flat(taken) for index, taken in enumerate(bridges) if taken},
                "eta": [NONE if stop.eta_s is None else stop.eta_s - span.from_s for stop in listed],
                "arrived": [stop.arrived_s - span.from_s for stop in listed],
                "done": [stop.done_s - span.from_s for stop in listed],
                "set_off": [_set_off_s(stop) - span.from_s for stop in listed],
                "segments": _flat(
                    (segment.kind, segment.from_s - span.from_s, segment.until_s - span.from_s, at[segment.stop])
                    for segment in segments.get(courier.courier, ())
                ),
            }
        )
    return whole


def _charts(
    run: RunFiles, span: Span, segments: Mapping[str, tuple[Segment, ...]], *, levels: Sequence[str]
) -> dict[str, Any]:
    def since(chart: Any) -> dict[str, Any]:
        return asdict(chart) | {"at_s": [at_s - span.from_s for at_s in chart.at_s]}

    return {
        "flow": since(flow_of(run.orders, span)),
        "load": since(load_of(run.orders, run.couriers, segments.values(), span)),
        "on_time": since(on_time_of(run.orders, span)),
        "click_to_door": [asdict(histogram) for histogram in click_to_door_of(run.orders, levels)],
        "lateness": [asdict(curve) for curve in lateness_of(run.orders, levels)],
    }


def _set_off_s(stop: StopRow) -> int:
    return stop.arrived_s - stop.travel_s if stop.set_off_s is None else stop.set_off_s


def _flat(rows: Iterable[tuple[int, ...]]) -> list[int]:
    return [value for row in rows for value in row]


def _index(names: Sequence[str], name: str) -> int:
    return names.index(name) if name in names else NONE
