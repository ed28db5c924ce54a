"""What records say of themselves."""

import pytest

from dispatch.ledger.protocol import Demand
from dispatch.model import Outcome
from dispatch.state import FulfilmentStatus, OrderRecord, OrderStatus
from tests.dispatch import town
from tests.dispatch.town import T0


def test_an_order_is_ready_when_its_last_goods_are() -> None:
    """Two stores, the later decides."""
    record = town.allocated(stores=("m1", "s2"), ready_s=T0 + 10)
    record.fulfilments["o1:s2"].ready_s = T0 + 99
    assert record.ready_s == T0 + 99


def test_goods_are_open_until_each_has_an_end() -> None:
    """Handed over, stopped or returned."""
    record = town.allocated(stores=("m1", "s2"))
    record.fulfilments["o1:m1"].status = FulfilmentStatus.STOPPED
    assert record.goods_open
    record.fulfilments["o1:s2"].status = FulfilmentStatus.RETURNED
    assert not record.goods_open


def test_what_is_to_load_and_to_return() -> None:
    """To load: what nobody was told to. To return: what is on board of an order that is over, untold."""
    record = town.allocated(stores=("m1", "s2"))
    record.fulfilments["o1:m1"].courier = "c1"
    assert [goods.fulfilment.id for goods in record.to_load] == ["o1:s2"]
    record.fulfilments["o1:m1"].status = FulfilmentStatus.ON_BOARD
    assert record.to_return == ()
    record.status = OrderStatus.ENDED
    assert [goods.fulfilment.id for goods in record.to_return] == ["o1:m1"]
    record.fulfilments["o1:m1"].told_return = True
    assert record.to_return == ()


def test_an_order_is_given_up_after_its_late_limit() -> None:
    """Promise until an hour, half an hour of lateness."""
    assert town.allocated().give_up_s == T0 + 3_600 + 1_800


def test_the_snapshot_is_the_whole_state() -> None:
    """Promise, outcome and where the goods are."""
    record = town.allocated(ready_s=T0 + 5)
    record.status, record.outcome, record.reason = OrderStatus.ENDED, Outcome.FAILED, "X"
    snapshot = record.snapshot()
    assert (snapshot["status"], snapshot["outcome"], snapshot["reason"]) == ("ended", "failed", "X")
    assert snapshot["promise"] == [T0, T0 + 3_600]
    assert snapshot["fulfilments"] == {"o1:m1": ["m1", "told", T0 + 5]}
    assert "courier" not in snapshot


def test_an_order_without_allocation_says_so() -> None:
    """Asking for its promise is a fault of the caller."""
    with pytest.raises(LookupError, match="o1 has no allocation"):
        OrderRecord(order=town.order()).promise  # noqa: B018 - the property is what is tested


def test_demands_and_couriers_of_a_zone() -> None:
    """What a fulfilment takes; who works where."""
    record = town.allocated(skus=("tea", "ice"))
    assert record.fulfilments["o1:m1"].demands == (Demand("m1", "tea", 1), Demand("m1", "ice", 1))
    state = town.state([town.courier("a"), town.courier("b", zone="south")], [record])
    assert [courier.id for courier in state.zone_couriers("south")] == ["b"]
    assert state.fulfilment("o1:m1")[0] is record
