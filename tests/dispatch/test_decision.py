"""Decisions are stored, read back and put into words."""

import json
import pickle

import pytest

from dispatch.codes import Code, OrderCode
from dispatch.decision import Decision, Need, Ranked, Refusal
from dispatch.errors import ModelError
from dispatch.explanation import Clock as Words
from dispatch.explanation import duration, explain, headlines, order_words, refusal_words, why
from dispatch.hours import OpeningHours
from dispatch.ledger.protocol import Shortfall
from dispatch.model import BucketCapacity, Interval
from dispatch.scoring import EarliestFirst
from dispatch.seen import Seen
from tests.dispatch.market import T0, Market, at, line, order, row, store


def served(**market: object) -> Decision:
    """Return a decision with an alternative and a refusal."""
    stock = {"a": {"milk": 1}, "b": {"milk": 5}, "c": {"milk": 5}}
    return row("a", "b", "c", stock=stock, **market).allocator.allocate(order(line("milk", 2)), now_s=T0)


@pytest.mark.parametrize(
    "decision",
    [
        served(),
        served(scoring=EarliestFirst()),
        row("a", stock={"a": {"milk": 1}}).allocator.allocate(order(line("milk", 2)), now_s=T0),
        row("a", stock={"a": {"milk": 1}}).allocator.allocate(order(line("milc")), now_s=T0),
        row("a", stock={"a": {"milk": 9}}).allocator.allocate(order(line("milk"), to=at(500)), now_s=T0),
        Decision(order="o", at_s=1, level="x", directory="d", travel="t"),
        Decision(
            order="o",
            at_s=1,
            level="x",
            directory="d",
            travel="t",
            promise=Interval(1, 2),
            needs=(Need("milk", 2),),
            in_reach=70,
            seen=Seen(sources=("a",), travel_s=(1,), distance_m=(2,), letters="T", figures=(5,), stock=((9,),)),
            beyond=((Code.CLOSED, 6),),
            offers=(Ranked(("a", "b"), (0, 2, 1, 2), 9),),
            term_names=("substituted", "sites", "travel_s", "distance_m"),
            sold_out=((Shortfall("a", "milk", 1), Shortfall("b", "", 1)),),
            code=OrderCode.NO_STOCK,
            figures={"reason": "sold out meanwhile"},
        ),
    ],
)
def test_the_stored_form_is_read_back(decision: Decision) -> None:
    """Equal in all but the allocation, as one line that is the same again; and as a pickle."""
    text = decision.to_json()
    again = Decision.from_json(text)
    assert again == decision
    assert again.to_json() == text
    assert "\n" not in text
    assert again.allocation is None
    assert again.ranked == decision.ranked
    assert again.refusals == decision.refusals
    assert pickle.loads(pickle.dumps(decision)) == decision
    assert hash(again.seen) == hash(decision.seen)


def test_the_stored_form_is_small_and_says_nothing_of_the_place() -> None:
    """A full decision has less than 4 KB; where the customer lives is not in it."""
    names = [f"store-{number:04}" for number in range(80)]
    skus = {f"sku-{number}": 9 for number in range(3)}
    market = Market(
        {name: at(number / 8 + 0.5) for number, name in enumerate(names)},
        [store(name) for name in names],
        dict.fromkeys(names, skus),
    )
    wanted = order(*(line(sku) for sku in skus), to=at(0.1234, 0.4321))
    text = market.allocator.allocate(wanted, now_s=T0).to_json()
    assert len(text) <= 4_096
    assert "0.000123" not in text
    assert "lat" not in json.loads(text)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"v":2}', "null", served().to_json()[:-9], '{"v":1,"o":"x"}'])
def test_other_texts_are_refused(text: str) -> None:
    """Cut off, of another form, or no JSON at all."""
    with pytest.raises(ModelError, match="decision"):
        Decision.from_json(text)


def test_offers_that_are_just_the_sources_not_refused() -> None:
    """Are ranked by the columns."""
    decision = served()
    assert decision.offers is None
    assert decision.ranked == (
        Ranked(("b",), (0, 1, 120, 200), T0 + 480),
        Ranked(("c",), (0, 1, 180, 300), T0 + 540),
    )
    assert decision.seen.arrive_s == (0, T0 + 480, T0 + 540)
    assert repr(decision.seen) == "Seen(sources=('a', 'b', 'c'), letters='O..')"


def test_a_decision_in_words() -> None:
    """What was asked and promised, who serves it and why, the next best, and who does not."""
    text = explain(served(), "Europe/Helsinki")
    for words in (
        "order o1, two_hour, decided 2025-06-15 18:06:40+03:00 (Europe/Helsinki)",
        "asked for: 2 x milk",
        "promised: 18:06:40 to 20:06:40",
        "served by: b at site b, zone z: 2 x milk; 2 min, 200 m to the door; packed by 18:11:40",
        "at the door from: 18:14:40, 1 h 52 min before the promise ends",
        "why: least travel_s: 120, the next best (c) has 180",
        " *  1. b: 0, 1, 120, 200; 18:14:40",
        "a: OUT_OF_STOCK: 1 of milk missing",
        "3 sources in reach",
    ):
        assert words in text


def test_a_refusal_in_words() -> None:
    """The order's own, then each source's; what lies further away is counted."""
    refused = row("a", stock={"a": {"milk": 1}}).allocator.allocate(order(line("milk", 3)), now_s=T0)
    assert "refused: NO_STOCK: 2 of milk missing" in explain(refused)
    counted = Decision(
        order="o", at_s=1, level="x", directory="d", travel="t", beyond=((Code.CLOSED, 6),), code=OrderCode.ALL_CLOSED
    )
    assert "further away: 6 x CLOSED" in explain(counted)
    assert why(counted) == "nothing was held"


def test_why_one_offer_was_taken() -> None:
    """Alone; equal to the next; after others sold out."""
    alone = row("a", stock={"a": {"milk": 1}}).allocator.allocate(order(line("milk")), now_s=T0)
    assert why(alone) == "no other source could serve it"
    names = ("substituted",)
    equal = Decision(
        order="o",
        at_s=1,
        level="x",
        directory="d",
        travel="t",
        offers=(Ranked(("z",), (0,), 9), Ranked(("a",), (0,), 9), Ranked(("b",), (0,), 9)),
        term_names=names,
        taken=1,
    )
    assert why(equal) == (
        "what ranked before it was sold out meanwhile (1); equal to b in all terms; the lesser id is first"
    )


@pytest.mark.parametrize("code", list(Code))
def test_every_code_of_a_source_has_words(code: Code) -> None:
    """With figures and without."""
    assert refusal_words(Refusal("a", code, {}))
    figures = {"opens_s": T0, "lines": 2, "missing": 3, "limit": 4, "late_s": 75}
    assert refusal_words(Refusal("a", code, figures))


@pytest.mark.parametrize("code", list(OrderCode))
def test_every_code_of_an_order_has_words(code: OrderCode) -> None:
    """With figures and without."""
    for figures in ({}, {"reason": "so", "late_s": 75, "sku": "milc", "hint": "; did you mean 'milk'?"}):
        decision = Decision(order="o", at_s=1, level="x", directory="d", travel="t", code=code, figures=figures)
        assert order_words(decision, Words("UTC"))
        assert str(code) in headlines(decision)[-1]


def test_words_of_times() -> None:
    """Hours, minutes and seconds; closed stores say when they open."""
    assert [duration(s) for s in (0, 59, 60, 3_661, -75)] == ["0 s", "59 s", "1 min", "1 h 1 min 1 s", "-1 min 15 s"]
    hours = OpeningHours.parse("16:00-18:00")
    market = Market(
        {"a": at(1), "b": at(2)},
        [store("a", hours=hours), store("b", capacity=BucketCapacity(orders=0))],
        {
            "a": {"milk": 1},
            "b": {"milk": 1},
        },
    )
    text = explain(market.allocator.allocate(order(line("milk"), level="express_30"), now_s=T0))
    assert "a: CLOSED: closed, opens at 16:00:00" in text
    assert "b: AT_CAPACITY: its time bucket is full (0 orders)" in text


def test_words_of_one() -> None:
    """An order, a unit, a source in reach."""
    assert refusal_words(Refusal("a", Code.AT_CAPACITY, {"limit": 1})) == "its time bucket is full (1 order)"
    assert refusal_words(Refusal("a", Code.OUT_OF_STOCK, {"missing": 1})) == "1 unit is missing"
    assert refusal_words(Refusal("a", Code.OUT_OF_STOCK, {"missing": 2_000})) == "2,000 units are missing"
    alone = row("a", stock={"a": {"milk": 1}}).allocator.allocate(order(line("milk")), now_s=T0)
    assert "\n1 source in reach; " in explain(alone)
