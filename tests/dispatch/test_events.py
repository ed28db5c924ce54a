"""Events as JSON."""

import json

from dispatch.events import Event, EventKind


def test_json_leaves_out_what_does_not_apply() -> None:
    """No zone, no order, no data: no keys."""
    event = Event(number=1, at_s=5, kind=EventKind.COURIER_ON_DUTY, courier="c1")
    assert event.to_json() == {"number": 1, "at_s": 5, "kind": "courier.on_duty", "courier": "c1"}


def test_json_carries_data() -> None:
    """As plain values that JSON knows."""
    event = Event(number=2, at_s=5, kind=EventKind.PLAN_MADE, zone="north", data={"cost": 7})
    assert json.loads(json.dumps(event.to_json()))["data"] == {"cost": 7}
