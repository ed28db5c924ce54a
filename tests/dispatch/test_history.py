"""Events are numbered, and carry their order's version and state."""

from dispatch.events import Event, EventKind
from dispatch.history import History
from tests.dispatch import town
from tests.dispatch.town import T0


def test_an_order_event_raises_the_version_and_carries_the_state() -> None:
    """The first event of a fresh record is version 2; data given is kept beside the state."""
    events: list[Event] = []
    record = town.allocated()
    History(events.append).order(EventKind.LOADED, record, at_s=T0, courier="c1", fulfilment="f")
    (event,) = events
    assert (event.number, event.version, event.zone, event.courier) == (1, 2, "north", "c1")
    assert event.data["order"] == record.snapshot()
    assert event.data["fulfilment"] == "f"


def test_an_order_without_allocation_has_no_zone() -> None:
    """A refused order belongs to none."""
    events: list[Event] = []
    record = town.allocated()
    record.allocation = None
    History(events.append).order(EventKind.ORDER_REFUSED, record, at_s=T0)
    assert events[0].zone is None


def test_numbers_count_up_over_all_kinds() -> None:
    """Orders, couriers and zones share one history."""
    events: list[Event] = []
    history = History(events.append)
    history.courier(EventKind.COURIER_ON_DUTY, town.courier(), at_s=T0)
    history.zone(EventKind.PLAN_MADE, "south", at_s=T0, cost=5)
    history.order(EventKind.LOADED, town.allocated(), at_s=T0)
    assert [event.number for event in events] == [1, 2, 3]
    assert [event.zone for event in events] == ["north", "south", "north"]
