"""The schema: every wrong key and value is named with what is allowed, and every key is documented."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from dispatch.objective import Objective
from dispatch.policy import Policy
from scenarios.behaviour import Behaviour
from scenarios.schema import ScenarioFile
from scenarios.schema_allowed import Slot, keys_of
from scenarios.schema_base import Table, clock_s, shift_s
from scenarios.schema_errors import faults_of, hint, place_of, show
from tests.scenarios.corner_shop import CORNER, RIDERS, SHOP

DOCS = Path(__file__).parents[2] / "docs" / "scenarios.md"


def faults(more: str) -> list[str]:
    """Return the faults of the corner shop with more in its file."""
    data = tomllib.loads(CORNER + more)
    with pytest.raises(ValidationError) as caught:
        ScenarioFile.model_validate(data)
    return [str(fault) for _, fault in faults_of(caught.value, schema=ScenarioFile, data=data)]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("[solver]\nwork_limt = 3", "solver.work_limt: unknown key; did you mean work_limit?"),
        ("[policy]\nstp_s = 3", "policy.stp_s: unknown key; did you mean step_s?"),
        ("[zzz]\nx = 3", "zzz: unknown key; give one of name, description, "),
        ("[solver]\nwork_limit = 1.5", "solver.work_limit: 1.5: give a whole number from 0 to 2147483647"),
        ("[solver]\nwork_limit = true", "solver.work_limit: true: give a whole number"),
        ("[policy]\nstep_s = '20'", 'policy.step_s: "20": give a whole number'),
        ("[behaviour]\nabsent = nan", "behaviour.absent: NaN: give a number"),
        ("[[sites]]\nid = 'A'\nlat = 91\nlon = inf", "sites[A].lat: 91: give a number from -90 to 90"),
        ("[[sites]]\nid = 'A B'\nlat = 9\nlon = 9", 'sites[A B].id: "A B": give an id: 1 to 64 of'),
        ("[[sites]]\nlat = 9\nlon = 9", "sites[0].id: is missing; give an id"),
        ("[[items]]\nsku = 'x'\nskills = 'cold'", 'items[x].skills: "cold": give a list of an id'),
        ("[[rivers]]\nline = [[1.0, 2.0]]", "give a list of at least 2: [lon, lat]"),
        ("[[rivers]]\nline = [[1.0, 2.0], [3.0]]", "rivers[0].line[1]: [3.0]: give [lon, lat]"),
        ("[[orders]]\nid = 'O'\nplaced = 5", "orders[O].placed: 5: give a time as 09:30 or a date-time"),
        ("[[orders]]\nid = 'O'\nlines = 1", "orders[O].lines: 1: give a list of a table of sku, quantity"),
        (
            "[[orders]]\nid = 'O'\nlines = [{sku='x', quantity='2'}]",
            'orders[O].lines[x].quantity: "2": give a whole number',
        ),
        ("[[orders]]\nid = 'O'\nsplit_allowed = 1", "orders[O].split_allowed: 1: give true or false"),
        ("[[fleets]]\nid = 'f'\nshifts = ['9-10']", 'fleets[f].shifts[0]: "9-10": give two times as 09:30-17:00'),
        (
            "[[stock_rules]]\nquantity = [1]",
            "stock_rules[1].quantity: [1]: give a whole number from 0 to 1000000, or [least",
        ),
        (
            "[[service_levels]]\nid = 'x'\nkind = 'soon'",
            'service_levels[x].kind: "soon": give "within", "slot" or "same_day"',
        ),
        (
            "[[service_levels]]\nid = 'x'\nkind = 'slot'\ncut_off = 25",
            "service_levels[x].cut_off: 25: give a time from 00:00",
        ),
        (
            "[[service_levels]]\nid = 'x'\nkind = 'slot'\nhours = '9-8'",
            "service_levels[x].hours: \"9-8\": '9': give a time",
        ),
        (
            "[durations]\npick = {kind = 'gamma'}",
            'durations.pick.default: kind = "gamma" is unknown; give a table with kind = ',
        ),
        ("[durations]\npick = {mean_s = 3}", "durations.pick.default: kind is missing; give a table with kind = "),
        (
            "[durations]\npick = {kind = 'lognormal', mean_s = 3, cw = 1}",
            "durations.pick.default.cw: unknown key; give one of kind, mean_s, cv",
        ),
        (
            "[durations]\ndoor = {kind = 'sampled', values_s = []}",
            "values_s: []: give a list of at least 1: a whole number",
        ),
        ("[durations]\ndoor = -1", "durations.door.default.seconds: -1: give a whole number from 0 to 86400"),
        (
            "[[demand]]\nid = 'd'\nplaces = {kind = 'box'}",
            "demand[d].places.south: is missing; give a number from -90 to 90",
        ),
        ("[[demand]]\nid = 'd'\nplaces = 5", 'demand[d].places: 5: give a table with kind = "around_sites", "box", '),
        (
            "[[demand]]\nid = 'd'\n[demand.basket]\nlines = {0 = 1}",
            'demand[d].basket.lines.0: "0": give whole numbers from 1 to 99',
        ),
        (
            "[[demand]]\nid = 'd'\norders_per_hour = [1]",
            "orders_per_hour: [1]: give a number from 0 to 100000, or a list of 24",
        ),
        ("[files]\nstores = 3", "files.stores: 3: give a text in quotes"),
    ],
)
def test_a_wrong_key_or_value_is_named_with_what_is_allowed(more: str, says: str) -> None:
    """Place, value and what to write instead stand in one line."""
    found = faults(more)
    assert any(says in fault for fault in found), found


def test_many_faults_are_found_at_once() -> None:
    """One wrong key does not hide another."""
    found = faults("[solver]\nwork = 1\n[policy]\nstp_s = 1\nstep_s = 'x'\n[[zones]]\nid = 'b'\n")
    assert len(found) == 4


def test_numbers_lists_and_times_have_short_forms() -> None:
    """A number for a range, for all hours, or for a constant; times with and without quotes."""
    more = """
    [[demand]]
    id = "shop"
    orders_per_hour = 6
    service_levels = {express_30 = 1}
    places = {kind = "around_sites", radius_m = 2000}
    [[orders]]
    id = "O"
    placed = 09:30:00
    lat = nan
    lon = 1
    service_level = "x"
    lines = []
    [durations]
    pick = 60
    door = {kind = "constant", seconds = 5}
    handover = {default = 3, exceptions = [{hours = [1], duration = 4}]}
    [[service_levels]]
    id = "x"
    kind = "same_day"
    until = 21:00:00
    """
    read = ScenarioFile.model_validate(tomllib.loads(CORNER + more))
    assert read.stock_rules[0].quantity == (100, 100)
    assert read.demand[0].orders_per_hour == (6,) * 24
    assert read.orders[0].placed == "09:30:00"
    assert read.service_levels[0].until == "21:00"
    assert read.durations.pick.default.model_dump() == {"kind": "constant", "seconds": 60}
    assert read.durations.handover.exceptions[0].duration.model_dump() == {"kind": "constant", "seconds": 4}


def test_parameter_tables_follow_the_dataclasses() -> None:
    """Policy, objective and behaviour have the fields and defaults that the code has."""
    read = ScenarioFile.model_validate(tomllib.loads(CORNER))
    for table, value in ((read.policy, Policy()), (read.objective, Objective()), (read.behaviour, Behaviour())):
        assert type(value)(**table.model_dump()) == value  # type: ignore[attr-defined]


def test_clock_times_and_shifts_are_seconds() -> None:
    """A shift that ends before it begins ends on the next day."""
    assert clock_s("09:30") == 34_200
    assert clock_s("26:00:01") == 93_601
    assert shift_s("09:00-17:00") == (32_400, 61_200)
    assert shift_s("22:00-02:00") == (79_200, 93_600)
    assert shift_s("22:00-26:00") == (79_200, 93_600)


def test_hints_name_the_nearest_or_what_there_is() -> None:
    """A word like none gets the list, a long list its beginning."""
    assert hint("mlk", ["milk", "beer"]) == "did you mean milk?"
    assert hint("zzz", ["milk", "beer"]) == "give one of milk, beer"
    assert hint("zzz", []) == "there are none"
    assert hint("zzz", [f"sku-{n}" for n in range(25)]).endswith("sku-19 (5 more)")


def test_places_and_values_are_shown_as_in_the_file() -> None:
    """Elements are called by id or sku where they have one, values are cut where they are long."""
    data = {"a": [{"id": "x", "b": [{"sku": "y"}, {}]}, 5]}
    assert place_of(("a", 0, "b", 0, "c"), data) == "a[x].b[y].c"
    assert place_of(("a", 0, "b", 1), data) == "a[x].b[1]"
    assert place_of(("a", 1, "b"), data) == "a[1].b"
    assert place_of(("a", 7), data) == "a[7]"
    assert show({1, 2}) == "{1, 2}"
    assert show("x" * 100) == '"' + "x" * 56 + "..."


def test_slots_of_the_schema_know_their_words() -> None:
    """What the schema cannot follow is said in general words; bounds in one direction alone too."""
    assert Slot.of(Any).says() == "a list"
    assert Slot.of(dict[str, int]).says() == "a list"
    assert Slot.of(int).step("x") is None
    assert Slot.of(int | str | None).annotation == int | str
    assert keys_of(Slot.of(int)) == ()


def tables(model: type[Table], seen: set[type[Table]]) -> Iterator[type[Table]]:
    """Yield all tables of the schema."""
    if model in seen:
        return
    seen.add(model)
    yield model
    queue: list[Any] = [field.annotation for field in model.model_fields.values()]
    for annotation in queue:
        queue += get_args(annotation)
        if isinstance(annotation, type) and issubclass(annotation, Table):
            yield from tables(annotation, seen)


def documented() -> dict[tuple[str, ...], dict[str, str]]:
    """Return the keys of each table of keys in the reference, in order, with what stands there as the default."""
    text = DOCS.read_text(encoding="utf-8")
    blocks = re.findall(r"\| key \| default \| what it says \|\n\|---\|---\|---\|\n((?:\|.*\n)+)", text)
    rows = [dict(re.findall(r"^\| `(\w+)` \| (.*?) ?\| ", block, re.MULTILINE)) for block in blocks]
    return {tuple(row): row for row in rows}


def test_every_key_is_documented_and_nothing_else() -> None:
    """Each table of the schema has its table of keys in docs/scenarios.md, with exactly its keys, in its order."""
    schema = {tuple(table.model_fields) for table in tables(ScenarioFile, set())}
    assert schema - set(documented()) == set()
    assert set(documented()) - schema == set()


def test_every_documented_default_is_the_default() -> None:
    """Figures and texts are those of the schema; empty is left out, tables are described further down."""
    for table in tables(ScenarioFile, set()):
        for key, field in table.model_fields.items():
            says = documented()[tuple(table.model_fields)][key].strip("`")
            value = field.get_default(call_default_factory=True)
            if field.is_required():
                assert says == "required", key
            elif value is None:
                assert says == "", key
            elif isinstance(value, tuple) and len(value) == 24:
                assert says == f"24 × {value[0]:g}", key  # noqa: RUF001 - the sign of multiplication
            elif isinstance(value, Table):
                default = getattr(value, "default", None)
                assert says == "see below" or tomllib.loads(f"x = {says}")["x"] == default.model_dump(), key  # type: ignore[union-attr]
            else:
                assert tomllib.loads(f"x = {says}")["x"] == (list(value) if isinstance(value, tuple) else value), key


def test_the_documented_example_is_a_scenario() -> None:
    """What the reference shows first can be copied."""
    example = re.findall(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)[0]
    assert ScenarioFile.model_validate(tomllib.loads(example)).name == "corner"
    assert ScenarioFile.model_validate(tomllib.loads(CORNER + RIDERS + SHOP)).fleets[0].count == 2
