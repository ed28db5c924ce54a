"""Variants on the same days: what is compared, and what is written about it."""

import csv
import json
from pathlib import Path

import pytest

from scenarios import compare as compare_module
from scenarios.compare import Comparison, Variant, compare, numbers, parse_variant
from scenarios.compare_outputs import COLUMNS, write_comparison
from scenarios.errors import ScenarioError
from scenarios.statistics import estimate

BASE, SLOW = Variant("as written"), Variant("slow", ("policy.step_s=60",))


@pytest.fixture
def lived(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[str, ...], int]]:
    """Make a day a sum: each seed has its luck, and being slow costs 10, once 13; return the days lived through."""
    days: list[tuple[str, tuple[str, ...], int]] = []

    def run_day(scenario: str, overrides: tuple[str, ...], seed: int) -> dict[str, float | None]:
        days.append((scenario, overrides, seed))
        loss = 0.0 if not overrides else 13.0 if seed == 3 else 10.0
        return {"late": 100.0 * seed + loss, "odd": None if seed == 2 else 1.0}

    monkeypatch.setattr(compare_module, "run_day", run_day)
    return days


def compared() -> Comparison:
    """Compare both on three days."""
    return compare("plaza", [BASE, SLOW], seeds=[1, 2, 3], jobs=1)


@pytest.mark.usefixtures("lived")
def test_differences_are_paired() -> None:
    """The luck of the days cancels out: a difference of 11 is certain where the means overlap by far."""
    late, odd = compared().lines
    assert late.metric == "late"
    assert late.means["as written"].mean == 200
    assert late.differences["slow"] == estimate([10.0, 10.0, 13.0])
    assert late.differences["slow"].decided
    assert late.means["slow"].low is not None
    assert late.means["slow"].low < 200
    assert odd.differences["slow"].days == 2
    assert not odd.differences["slow"].decided


def test_every_variant_lives_through_every_day(lived: list[tuple[str, tuple[str, ...], int]]) -> None:
    """Days are in the order of seeds, then variants, and are announced as they are done."""
    seen: list[tuple[str, int]] = []
    found = compare(
        "plaza", [BASE, SLOW], seeds=[5, 6], jobs=1, day_done=lambda day: seen.append((day.variant, day.seed))
    )
    assert seen == [(day.variant, day.seed) for day in found.days]
    assert seen == [("as written", 5), ("slow", 5), ("as written", 6), ("slow", 6)]
    assert lived[1] == ("plaza", ("policy.step_s=60",), 5)


@pytest.mark.usefixtures("lived")
def test_names_must_differ() -> None:
    """Two variants of one name cannot be told apart."""
    with pytest.raises(ScenarioError, match="'slow' is there twice"):
        compare("plaza", [BASE, SLOW, SLOW], seeds=[1], jobs=1)


@pytest.mark.usefixtures("lived")
def test_a_comparison_is_written(tmp_path: Path) -> None:
    """Both files have every metric; the CSV has a row a variant, with differences for all but the first."""
    write_comparison(tmp_path, "plaza", compared())
    whole = json.loads((tmp_path / "compare.json").read_text())
    assert whole["seeds"] == [1, 2, 3]
    assert whole["variants"][1] == {"name": "slow", "set": ["policy.step_s=60"]}
    assert whole["metrics"]["late"]["differences"]["slow"]["mean"] == 11
    assert whole["days"][3] == {"variant": "slow", "seed": 2, "figures": {"late": 210.0, "odd": None}}
    with (tmp_path / "compare.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["metric"], row["variant"], row["difference"], row["decided"]) for row in rows] == [
        ("late", "as written", "", ""),
        ("late", "slow", "11.0", "1"),
        ("odd", "as written", "", ""),
        ("odd", "slow", "0.0", "0"),
    ]


@pytest.mark.parametrize(
    ("text", "overrides"),
    [
        ("slow: policy.step_s=60", ("policy.step_s=60",)),
        ("two:a.b=1,c=2", ("a.b=1", "c=2")),
        ("list: stores[0].skills=[1, 2], x=3", ("stores[0].skills=[1, 2]", "x=3")),
        ('text: name="a, b", y = 4', ('name="a, b"', "y = 4")),
        (
            "tables: stores.S1.parts=[{a=1, b=[2, 3]}, {c=4, d=5}], x=3",
            ("stores.S1.parts=[{a=1, b=[2, 3]}, {c=4, d=5}]", "x=3"),
        ),
        ("""quoted: a="1, b=\\"2, c=]", d='[, e=', f=6""", ("""a="1, b=\\"2, c=]\"""", "d='[, e='", "f=6")),
        ("bare: name=Ann's, at Bob's, x=1, [a.b].c=2", ("name=Ann's, at Bob's", "x=1, [a.b].c=2")),
        ("open: a=[1, b=2", ("a=[1, b=2",)),
    ],
)
def test_variants_are_read(text: str, overrides: tuple[str, ...]) -> None:
    """A comma parts two changes only where a key and = follow, and not within brackets or quotes."""
    assert parse_variant(text).overrides == overrides


@pytest.mark.parametrize("text", ["slow", "slow:", ": a=1", "slow: a", "a=1"])
def test_what_is_no_variant_is_refused(text: str) -> None:
    """A name, a colon and at least one change are needed."""
    with pytest.raises(ScenarioError, match="give a name and what it changes"):
        parse_variant(text)


def test_only_numbers_are_compared() -> None:
    """Texts and lists are left out, and so is what says nothing about the day."""
    figures = {"a": {"b": 1, "c": None, "d": "x", "e": [1]}, "seed": 4, "audit": {"faults": 0}, "work": {"steps": 3}}
    assert numbers(figures) == {"a.b": 1, "a.c": None}
