"""Figures and tables of the report say what `result.json` says."""

from __future__ import annotations

from typing import Any

import pytest

from dispatch.codes import OrderCode
from scenarios.page import units
from scenarios.report.figures import Figures, cards_of, levels_of, zones_of
from scenarios.report.reasons import SENTENCES, code_of, sentence_of
from scenarios.report.tables import group_table, objective_table, reason_table
from tests.scenarios.test_report_series import courier, order

RESULT: dict[str, Any] = {
    "orders": {
        "total": 200,
        "allocated": 190,
        "delivered": 180,
        "refused": 10,
        "failed": 6,
        "cancelled": 4,
        "by_reason": {
            "refused": {"NO_STOCK": 7, "BAD_PLACE: lat = 99": 1, "BAD_PLACE: lon = 200": 2},
            "failed": {"CUSTOMER_ABSENT": 6},
            "cancelled": {"CUSTOMER_CANCELLED": 4},
        },
    },
    "on_time": {"count": 171, "share": 171 / 186, "share_of_delivered": 0.95},
    "lateness_s": {"p50": 0.0, "p90": 0.0, "p99": 754.4},
    "click_to_door_s": {"mean": 1_500.0, "p90": 2_700.0},
    "couriers": {
        "total": 12,
        "came": 11,
        "use": 0.6543,
        "deliveries_per_hour": 2.345,
        "duty_s": 288_000,
        "distance_m": 812_345,
    },
    "cost": {"total": 900_000, "per_delivery": 5_000.0},
    "objective": {"total": 1_000, "left_out": 600, "late": 400, "ready_to_door": 0},
    "service_levels": {
        "slow": {"orders": 20, "delivered": 20, "on_time": {"share": 1.0}},
        "quick": {"orders": 180, "delivered": 160, "on_time": {"share": 0.9}, "lateness_s": {"p90": 60.0}},
        "odd": None,
    },
    "zones": {"-": {"orders": 10, "refused": 10, "on_time": {"share": None}}, "north": {"orders": 190}},
}


def test_every_card() -> None:
    """Cards show the figures with units, and in proportion."""
    cards = {card.label: (card.value, card.note) for card in cards_of(Figures(RESULT))}
    assert cards == {
        "Orders": ("200", "190 promised"),
        "Delivered": ("180", "90.0 % of orders"),
        "On time": ("91.9 %", "95.0 % of delivered"),
        "Lateness p90": ("0 s", "p99 13 min"),
        "Click to door": ("25 min", "mean; p90 45 min"),
        "Refused": ("10", "5.0 % of orders"),
        "Failed": ("6", "3.0 % of orders"),
        "Cancelled": ("4", "2.0 % of orders"),
        "Courier use": ("65.4 %", "11 of 12 couriers came"),
        "Deliveries per hour": ("2.3", "80.0 h on duty"),
        "Distance driven": ("812 km", "4.5 km per delivery"),
        "Objective": ("1,000", "driving 900,000, 5,000 per delivery"),
    }
    assert all(card.hint for card in cards_of(Figures(RESULT)))


def test_cards_of_nothing() -> None:
    """Where there is no figure, there is a dash, not a zero and no crash."""
    for result in ({}, {"orders": {"total": 0, "delivered": 0}, "couriers": {"distance_m": 0}, "on_time": None}):
        values = [card.value for card in cards_of(Figures(result))]
        assert set(values) <= {units.NONE, "0", "0.0 km"}
        assert units.NONE in values


def test_figures_by_key() -> None:
    """Numbers, texts and objects are asked for by dotted keys; what is of another kind is none."""
    figures = Figures({"a": {"b": 1, "t": "x", "yes": True}, "n": None})
    assert (figures.value("a.b"), figures.value("a.t"), figures.value("a.yes"), figures.value("n.b")) == (
        1,
        None,
        None,
        None,
    )
    assert (figures.text("a.t"), figures.text("a.b"), figures.text("q")) == ("x", "", "")
    assert (dict(figures.under("a")), dict(figures.under("n"))) == ({"b": 1, "t": "x", "yes": True}, {})


def test_groups_stand_in_the_order_asked_for() -> None:
    """Service levels come the quickest first, those not asked for at the end; what is not known is a dash."""
    table = group_table(Figures(RESULT), "service_levels", ("quick", "slow", "unused"), caption="c", column="Level")
    assert [row[0] for row in table.rows] == ["quick", "slow", "odd"]
    assert table.rows[0][:6] == ("quick", "180", "160", "90.0 %", units.NONE, "1 min")
    assert all(len(row) == len(table.head) == len(table.numeric) for row in table.rows)
    zones = group_table(Figures(RESULT), "zones", ("north",), caption="c", column="Zone")
    assert [(row[0], row[1]) for row in zones.rows] == [("north", "190"), ("no store took it", "10")]


def test_reasons_with_figures_are_counted_by_code() -> None:
    """Reasons come by outcome, the most frequent first; ones that differ in figures only are counted together."""
    rows = reason_table(Figures(RESULT)).rows
    assert [(row[0], row[2], row[3], row[4]) for row in rows] == [
        ("Refused", "NO_STOCK", "7", "3.5 %"),
        ("Refused", "BAD_PLACE", "3", "1.5 %"),
        ("Failed", "CUSTOMER_ABSENT", "6", "3.0 %"),
        ("Cancelled", "CUSTOMER_CANCELLED", "4", "2.0 %"),
    ]


def test_the_terms_of_the_objective() -> None:
    """Each term stands with its share; those that are not there with a dash."""
    rows = {row[0]: row[2:] for row in objective_table(Figures(RESULT)).rows}
    assert rows["Not delivered"] == ("600", "60.0 %")
    assert rows["Ready to door"] == ("0", "0.0 %")
    assert rows["Overtime"] == (units.NONE, units.NONE)


def test_every_code_of_a_refusal_has_a_sentence() -> None:
    """All codes by which dispatching refuses an order are put into words."""
    assert {code.value for code in OrderCode} <= set(SENTENCES)


def test_sentences() -> None:
    """A code is read out if it has no sentence; figures after a colon are kept."""
    assert sentence_of("") == ""
    assert sentence_of("NO_STOCK") == "No store in reach has all of it in stock"
    assert sentence_of("GOBLIN_ATE_IT") == "Goblin ate it"
    assert sentence_of("BAD_PLACE: lat = 99: no") == "Its place is none on earth: lat = 99: no"
    assert code_of("BAD_PLACE: lat = 99") == "BAD_PLACE"


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (units.whole(1234567), "1,234,567"),
        (units.whole(None), units.NONE),
        (units.decimal(2.26), "2.3"),
        (units.decimal(None), units.NONE),
        (units.percent(0.97345), "97.3 %"),
        (units.share(1, 0), units.NONE),
        (units.share(None, 3), units.NONE),
        (units.minutes(None), units.NONE),
        (units.minutes(59.4), "59 s"),
        (units.minutes(61), "1 min 1 s"),
        (units.minutes(120), "2 min"),
        (units.minutes(3_540), "59 min"),
        (units.minutes(7_200), "2 h 00 min"),
        (units.kilometres(None), units.NONE),
        (units.kilometres(12_345), "12.3 km"),
        (units.kilometres(1_234_567), "1,235 km"),
        (units.hours(None), units.NONE),
        (units.hours(5_400), "1.5 h"),
        (units.hours(720_000), "200 h"),
    ],
)
def test_units(shown: str, text: str) -> None:
    """Numbers have units and no more digits than mean something."""
    assert shown == text


def test_levels_and_zones() -> None:
    """Levels are sorted by how quick their promise is, those that never promised last; zones by name."""
    orders = [
        order(0, 100, service_level="b", promise_until_s=7_200),
        order(0, 100, service_level="a", promise_until_s=9_000),
        order(0, 100, service_level="c", promise_until_s=1_800, zone=""),
        order(0, service_level="never", zone="y"),
    ]
    assert levels_of(orders) == ("c", "b", "a", "never")
    assert zones_of(orders, [courier(None, None)]) == ("y", "z")
