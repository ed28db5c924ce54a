"""Estimates: which mean applies."""

import pytest

from dispatch.errors import ModelError
from dispatch.estimates import Estimates, SecondsTable

NINE_S, TEN_S = 9 * 3600, 10 * 3600


def test_the_most_special_applies() -> None:
    """Store and hour, then store, then hour, then the default; zero is a figure too."""
    table = SecondsTable(
        default_s=100, by_store={"a": 200}, by_hour={9: 300}, by_store_hour={("a", 10): 0.0, ("b", 9): 400}
    )
    assert [table.of(store, hour) for store, hour in [("a", 10), ("a", 9), ("b", 9), ("c", 9), ("c", 8)]] == [
        0.0,
        200,
        400,
        300,
        100,
    ]
    assert table.of(None, 9) == 300
    assert table.names() == {"a", "b"}


def test_estimates_round_to_whole_seconds() -> None:
    """Base plus units, by the local hour."""
    estimates = Estimates(
        pick=SecondsTable(default_s=100.4, by_hour={10: 50}),
        pick_per_unit=SecondsTable(default_s=10.05, by_store={"quick": 1}),
        handover=SecondsTable(default_s=59.5),
        door=SecondsTable(default_s=120, by_hour={12: 200}),
        setup=SecondsTable(by_store={"mall": 90}),
    )
    assert estimates.pick_s("slow", NINE_S, 2, "UTC") == 121  # 100.4 + 20.1 rounded half up
    assert estimates.pick_s("quick", TEN_S, 2, "UTC") == 52
    assert estimates.handover_s("slow", NINE_S, "UTC") == 60
    assert estimates.door_s(TEN_S, "UTC") == 120
    assert estimates.door_s(TEN_S, "Europe/Helsinki") == 200
    assert estimates.setup_s("mall", NINE_S, "UTC") == 90
    assert estimates.setup_s("corner", NINE_S, "UTC") == 0


@pytest.mark.parametrize(
    "fields",
    [{"default_s": -1}, {"by_store": {"a": float("nan")}}, {"by_hour": {24: 1}}, {"by_store_hour": {("a", -1): 1}}],
)
def test_senseless_figures_are_refused(fields: dict[str, object]) -> None:
    """Below zero, no number, no hour."""
    with pytest.raises(ModelError, match="estimates"):
        SecondsTable(**fields)  # type: ignore[arg-type]
