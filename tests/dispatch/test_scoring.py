"""What makes an offer the best."""

import pytest

from dispatch.scoring import EarliestFirst, NearestFirst, Offer
from tests.dispatch.market import T0, Market, at, line, order, row, store


def offer(**fields: object) -> Offer:
    """Return an offer with some fields changed."""
    whole = {"substituted": 0, "sites": ("a",), "stores": ("a",), "travel_s": 60, "distance_m": 100}
    return Offer(**{**whole, "ready_s": 300, "arrive_s": 420, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "worse",
    [
        offer(substituted=1, travel_s=1),
        offer(sites=("a", "b"), travel_s=1),
        offer(travel_s=61, distance_m=1),
        offer(distance_m=101),
    ],
)
def test_nearest_first(worse: Offer) -> None:
    """Fewer substitutes, then fewer sites, then travel time, then distance."""
    scoring = NearestFirst()
    assert scoring.terms(offer()) < scoring.terms(worse)
    assert len(scoring.names) == len(scoring.terms(worse))


def test_earliest_first() -> None:
    """After substitutes and sites the arrival counts, and the way only where arrivals are equal."""
    scoring = EarliestFirst()
    assert scoring.terms(offer()) < scoring.terms(offer(arrive_s=421, travel_s=1))
    assert scoring.terms(offer()) < scoring.terms(offer(travel_s=61))
    assert scoring.terms(offer()) < scoring.terms(offer(sites=("a", "b"), arrive_s=1))
    assert len(scoring.names) == len(scoring.terms(offer()))


def test_scoring_decides_between_near_and_early() -> None:
    """The near store has two orders waiting: the default goes there all the same, the other goes round."""
    stock = {"near": {"milk": 9}, "far": {"milk": 9}}
    for scoring, expected in [(NearestFirst(), "near"), (EarliestFirst(), "far")]:
        market = row("near", "far", stock=stock, scoring=scoring)
        decision = market.allocator.allocate(order(line("milk")), now_s=T0, queued=lambda s: 2 if s == "near" else 0)
        assert decision.sources[0].site == expected
        assert decision.ranked[0].stores == (expected,)
        assert decision.term_names == scoring.names
        assert decision.ranked[0].terms == scoring.terms(
            Offer(
                0,
                (expected,),
                (expected,),
                decision.sources[0].travel_s,
                decision.sources[0].distance_m,
                decision.sources[0].ready_s,
                decision.sources[0].arrive_s,
            )
        )


def test_ties_go_to_the_lesser_id() -> None:
    """Equal in travel and distance: the id decides, whatever the order in which stores were given."""
    for names in (("b", "a"), ("a", "b")):
        sites = {name: at(3 if name == "a" else -3) for name in names}
        market = Market(sites, [store(name) for name in names], {"a": {"milk": 1}, "b": {"milk": 1}})
        assert market.allocator.allocate(order(line("milk")), now_s=T0).sources[0].site == "a"
