"""The audit finds what is wrong: a good run is spoilt in one place, and the audit says where."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dispatch.ledger.protocol import Balance
from dispatch.messages import Action
from dispatch.model import Outcome
from dispatch.policy import Policy
from scenarios.audit import audit
from scenarios.behaviour import Behaviour
from scenarios.run import RunResult, run
from scenarios.watch import imbalance
from scenarios.world.records import Drive, Stop
from tests.scenarios.village import T0, at, courier, order, scenario


@pytest.fixture
def good() -> RunResult:
    """Return a day of one courier: o1 is delivered, nobody opens for o2."""
    day = scenario(
        orders=[order("o1"), order("o2", placed_s=T0 + 4_000, destination=at(3, 0))],
        couriers=[courier(), courier("c2", hours=(8, 9))],
        behaviour=Behaviour(absent=0.5),
        seed=SEED,
    )
    result = run(day)
    assert audit(result).faults == []
    return result


def _seed() -> int:
    """Return a seed by which o1's customer is at home, and o2's never is."""
    from scenarios.streams import uniform

    def absent(seed: int, entity: str) -> bool:
        return uniform(seed, "absent", entity) < 0.5

    return next(
        seed for seed in range(1_000) if not absent(seed, "o1#1") and absent(seed, "o2#1") and absent(seed, "o2#2")
    )


SEED = _seed()


def change_stop(result: RunResult, action: Action, change: Callable[[Stop], Stop], *, number: int = 0) -> None:
    """Change the first (or another) stop of a kind."""
    stops = result.diary.stops
    index = [index for index, stop in enumerate(stops) if stop.action is action][number]
    stops[index] = change(stops[index])


def change_drive(result: RunResult, number: int, change: Callable[[Drive], Drive]) -> None:
    """Change a drive."""
    result.diary.drives[number] = change(result.diary.drives[number])


def _ends_twice(result: RunResult) -> None:
    result.watch.ends["o1"] += 1


def _ends_never(result: RunResult) -> None:
    del result.watch.ends["o2"]


def _never_ordered(result: RunResult) -> None:
    result.watch.ends["o9"] = 1


def _failed_after_all(result: RunResult) -> None:
    result.state.orders["o1"].outcome = Outcome.FAILED


def _handed_over_twice(result: RunResult) -> None:
    change_stop(result, Action.DROP, lambda stop: replace(stop, failed=""), number=1)


def _drop_without_load(result: RunResult) -> None:
    del result.diary.stops[0]


def _load_twice(result: RunResult) -> None:
    result.diary.stops.insert(1, result.diary.stops[0])


def _load_before_packed(result: RunResult) -> None:
    result.diary.picks[0] = replace(result.diary.picks[0], finished_s=T0 + 900)


def _goes_home_loaded(result: RunResult) -> None:
    del result.diary.stops[-1]


def _wrong_site(result: RunResult) -> None:
    change_stop(result, Action.LOAD, lambda stop: replace(stop, site="east"))


def _too_heavy(result: RunResult) -> None:
    crews = [replace(crew, capacity=(10, 10, 0)) for crew in result.scenario.couriers]
    object.__setattr__(result.scenario, "couriers", tuple(crews))


def _two_places_at_once(result: RunResult) -> None:
    change_drive(result, 1, lambda drive: replace(drive, set_off_s=T0, arrived_s=drive.arrived_s))


def _leaps(result: RunResult) -> None:
    change_drive(result, 1, lambda drive: replace(drive, arrived_s=drive.set_off_s + 10))


def _begins_elsewhere(result: RunResult) -> None:
    change_drive(result, 1, lambda drive: replace(drive, origin=at(1, 1)))


def _works_elsewhere(result: RunResult) -> None:
    change_stop(result, Action.DROP, lambda stop: replace(stop, point=at(1, 1)))


def _overlaps(result: RunResult) -> None:
    change_stop(result, Action.DROP, lambda stop: replace(stop, started_s=stop.arrived_s - 1))


def _was_never_driven_to(result: RunResult) -> None:
    change_stop(result, Action.DROP, lambda stop: replace(stop, visit="c1.99"))


def _works_before_shift(result: RunResult) -> None:
    result.diary.shifts["c1"].on_duty_s = T0 - 1


def _works_after_going_home(result: RunResult) -> None:
    result.diary.shifts["c1"].off_duty_s = T0 + 100


def _never_goes_home(result: RunResult) -> None:
    result.diary.shifts["c1"].off_duty_s = None


def _works_without_coming(result: RunResult) -> None:
    result.diary.shifts["c1"].on_duty_s = None


def _busier_than_possible(result: RunResult) -> None:
    result.diary.shifts["c1"].service_s += 100_000


def _picked_before_told(result: RunResult) -> None:
    result.diary.picks[0] = replace(result.diary.picks[0], told_s=T0)


def _two_hands_of_one_picker(result: RunResult) -> None:
    result.diary.picks.append(replace(result.diary.picks[0]))


def _told_before_known(result: RunResult) -> None:
    change_stop(result, Action.LOAD, lambda stop: replace(stop, told_s=T0))


def _tried_too_soon(result: RunResult) -> None:
    change_stop(result, Action.DROP, lambda stop: replace(stop, done_s=stop.done_s + 600), number=1)


def _tried_too_often(result: RunResult) -> None:
    object.__setattr__(result.scenario, "policy", replace(Policy(), attempts=1))


def spoil_balance(result: RunResult, **changes: int) -> None:
    """Change the balance of tea at m1."""
    rows = [
        (store, sku, replace(balance, **changes) if (store, sku) == ("m1", "tea") else balance)
        for store, sku, balance in result.balances
    ]
    object.__setattr__(result, "balances", tuple(rows))


def _units_vanish(result: RunResult) -> None:
    spoil_balance(result, on_hand=3)


def _units_under_way(result: RunResult) -> None:
    spoil_balance(result, allocated=2)


def _units_delivered_to_nobody(result: RunResult) -> None:
    spoil_balance(result, on_hand=98, delivered=2)


def _books_lost(result: RunResult) -> None:
    object.__setattr__(result, "balances", result.balances[1:])


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_ends_twice, "order o1 ended 2 times"),
        (_ends_never, "order o2 ended 0 times"),
        (_never_ordered, "order o9 ended 1 times"),
        (_failed_after_all, "order o1 is failed, handed over 1 times"),
        (_handed_over_twice, "order o2 is failed, handed over 1 times"),
        (_drop_without_load, "not everything is on board"),
        (_load_twice, "was loaded 2 times"),
        (_load_before_packed, f"packed only at {T0 + 900}"),
        (_goes_home_loaded, "courier c1 goes home with"),
        (_wrong_site, "goods of another site"),
        (_too_heavy, "carries (1000, 2000, 1), more than (10, 10, 0)"),
        (_two_places_at_once, "begins before"),
        (_leaps, "takes less than 120 s"),
        (_begins_elsewhere, "does not begin at"),
        (_works_elsewhere, "is not at"),
        (_overlaps, "is not at"),
        (_was_never_driven_to, "was at ['c1.99'] without having gone there"),
        (_works_before_shift, "before its shift"),
        (_works_after_going_home, "and goes home at"),
        (_never_goes_home, "never went home"),
        (_works_without_coming, "never came, and yet worked"),
        (_busier_than_possible, "of its time on duty"),
        (_picked_before_told, "known at"),
        (_two_hands_of_one_picker, "store m1: 2 picks at once, 1 pickers"),
        (_told_before_known, "told before"),
        (_tried_too_soon, "is try 2, not before"),
        (_tried_too_often, "is try 2"),
        (_units_vanish, "tea at m1: 100 received"),
        (_units_under_way, "tea at m1: 2 units still under way"),
        (_units_delivered_to_nobody, "(100, 2) received and delivered, not (100, 1)"),
        (_books_lost, "lost from the books"),
    ],
)
def test_each_fault_is_found(good: RunResult, spoil: Callable[[RunResult], None], words: str) -> None:
    """One thing is spoilt, and a fault names it."""
    spoil(good)
    faults = audit(good).faults
    assert any(words in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("balance", "words"),
    [
        (Balance(on_hand=5, received=5), ""),
        (Balance(on_hand=5, buffer=3, held=1, allocated=1, received=5), ""),
        (Balance(on_hand=5, buffer=3, held=2, allocated=1, received=5), "oversold: 3 spoken for of 5, 3 kept back"),
        (Balance(on_hand=5, buffer=9, received=5), ""),
        (Balance(on_hand=-1, picked=1, received=0), "on_hand is -1"),
        (Balance(on_hand=5, picked=1, received=5), "5 received, 6 there"),
    ],
)
def test_balances(balance: Balance, words: str) -> None:
    """Units are conserved, none is spoken for twice, and none below zero."""
    assert imbalance(balance) == words
