"""What goods weigh and fill, and whether a courier can take more."""

from dispatch.loads import has_room, load_of
from dispatch.state import FulfilmentStatus
from tests.dispatch import town


def test_an_order_counts_as_one_delivery_with_its_first_goods() -> None:
    """Tea is 1 kg and 2 l, ice 500 g and half a litre."""
    record = town.allocated(stores=("m1", "s2"), skus=("tea", "ice"))
    first, second = record.fulfilments.values()
    assert load_of(town.DIRECTORY, record, [first, second]) == (3_000, 5_000, 1)
    assert load_of(town.DIRECTORY, record, [second]) == (1_500, 2_500, 0)


def test_room_counts_what_is_told_and_what_is_on_board() -> None:
    """Two deliveries fit; goods that reached their end do not count."""
    crew = town.courier(capacity=(20_000, 60_000, 2))
    record = town.allocated(status=FulfilmentStatus.ON_BOARD)
    record.bound = record.fulfilments["o1:m1"].courier = "c1"
    state = town.state([crew], [record])
    assert has_room(town.DIRECTORY, state, crew, [(1_000, 1_000, 1)])
    assert not has_room(town.DIRECTORY, state, crew, [(1_000, 1_000, 1)] * 2)
    record.fulfilments["o1:m1"].status = FulfilmentStatus.RETURNED
    assert has_room(town.DIRECTORY, state, crew, [(1_000, 1_000, 1)] * 2)
