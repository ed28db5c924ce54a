"""Reading: from files and changes to checked tables, with every fault named by its place."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.point import Point
from scenarios.errors import ContentFault, ScenarioError, SyntaxFault
from scenarios.load import load
from scenarios.read import SHIPPED, find
from scenarios.scenario import StockRow
from tests.scenarios.corner_shop import CORNER, RIDERS, corner


def test_changes_come_before_checks(tmp_path: Path) -> None:
    """A change may set what the file lacks or has wrong, and faults in it name it."""
    path = corner(tmp_path, RIDERS)
    day = load(path, overrides=["stores.S1.pickers=3", "policy.step_s=7", "fleets.*.count=1"])
    assert day.directory.stores["S1"].pickers == 3
    assert day.policy.step_s == 7
    assert len(day.couriers) == 1
    with pytest.raises(ContentFault, match=r"--set policy\.stp_s=7: policy\.stp_s: unknown key; did you mean step_s"):
        load(path, overrides=["policy.stp_s=7"])
    with pytest.raises(ContentFault, match=r"--set policy\.step_s=0: policy\.step_s: 0: give 1 to"):
        load(path, overrides=["policy.step_s=0"])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"name = \xff", "byte 7 is no UTF-8"),
        (CORNER.encode()[:70], "no TOML: "),
        (b'name = "x"\n[[zones', "line 2"),
        (b'name = "x"\nitems = [[1, 2],\n', "(line 2); was the file cut off?"),
        (b"a = 1\na = 2\n", "line 2"),
        (b"x = " + b"[" * 5_000, "nested too deep"),
    ],
)
def test_what_is_no_toml_is_an_error_with_its_line(tmp_path: Path, content: bytes, says: str) -> None:
    """Empty files, files cut off, and wrong signs."""
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    with pytest.raises(SyntaxFault) as caught:
        load(path)
    assert says in str(caught.value)
    assert "bad.toml" in str(caught.value)


@pytest.mark.parametrize("cut", range(0, len(CORNER) + len(RIDERS), 37))
def test_a_file_cut_off_anywhere_is_an_error_or_a_day(tmp_path: Path, cut: int) -> None:
    """A file that ends early never does anything but raise a ScenarioError, or be a smaller day."""
    path = corner(tmp_path, base=(CORNER + RIDERS)[:cut])
    try:
        cut_names = [load(path).name]
    except ScenarioError as error:
        cut_names = ["corner"] if "corner.toml" in str(error) else [str(error)]
    assert cut_names == ["corner"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths and names of shipped scenarios are told apart."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ScenarioError, match=r"none\.toml: cannot be read"):
        load(tmp_path / "none.toml")
    with pytest.raises(ScenarioError, match="cannot be read"):
        load(tmp_path)
    with pytest.raises(
        ScenarioError, match=r"no file plaze\.toml, and no scenario is called plaze; did you mean plaza"
    ):
        load("plaze")
    with pytest.raises(ScenarioError, match=r"plaza\.toml: no such file; the scenario .* is called plaza"):
        load("plaza.toml")


def test_a_file_may_be_named_without_its_ending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is a file of just this name, it is that one; a shipped scenario's name is the shipped one's."""
    corner(tmp_path)
    assert load(str(tmp_path / "corner")).name == "corner"
    monkeypatch.chdir(tmp_path)
    assert load("corner").name == "corner"
    (tmp_path / "corner").write_text("nonsense", encoding="utf-8")
    with pytest.raises(SyntaxFault, match="corner: no TOML"):
        load("corner")
    (tmp_path / "plaza.toml").write_text("nonsense", encoding="utf-8")
    assert find("plaza") == SHIPPED / "plaza.toml"


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    """Some editors write one before the first key."""
    path = tmp_path / "marked.toml"
    path.write_bytes(b"\xef\xbb\xbf" + CORNER.encode())
    assert load(path).name == "corner"
    path.write_bytes(b"\xef\xbb\xbf" + b"name = \xff")
    with pytest.raises(SyntaxFault, match="byte 10 is no UTF-8"):
        load(path)
    path.write_bytes(b"\xef\xbb\xbf")
    with pytest.raises(SyntaxFault, match="empty"):
        load(path)


def test_at_most_ten_faults_are_shown(tmp_path: Path) -> None:
    """The rest is counted."""
    path = corner(tmp_path, "".join(f"[k{number}]\nx=1\n" for number in range(14)))
    with pytest.raises(ContentFault) as caught:
        load(path)
    assert len(caught.value.faults) == 14
    assert str(caught.value).splitlines()[10].endswith("and 4 more")


def test_rows_of_csv_files_are_as_if_listed(tmp_path: Path) -> None:
    """Stores, items, stock and couriers from files; relative paths; changes reach them too."""
    (tmp_path / "stores.csv").write_text("id,zone,lat,lon,hours,pickers\nS2,centre,60.2,24.9,08:00-20:00,2\n")
    (tmp_path / "items.csv").write_text("sku,price,skills\ntea,300,cold van\n")
    (tmp_path / "stock.csv").write_text("store,sku,quantity,buffer\nS2,tea,5,1\nS1,milk,7,\n")
    (tmp_path / "couriers.csv").write_text(
        "id,zone,profile,shifts,site,lat,lon,end_site\n"
        "A,centre,bike,09:00-11:00 12:00-14:00,S2,,,S1\n"
        "B,centre,bike,22:00-23:00,S2,,,\n"
        "C,centre,bike,,,60,25,\n".replace("bike,,,60", "bike,10:00-12:00,,60")
    )
    files = "[files]\n" + "".join(f'{name} = "{name}.csv"\n' for name in ("stores", "items", "stock", "couriers"))
    day = load(corner(tmp_path, files), overrides=["stores.S2.pickers=5"])
    assert day.directory.stores["S2"].pickers == 5
    assert day.directory.items["tea"].skills == {"cold", "van"}
    assert StockRow(store="S2", sku="tea", quantity=5, buffer=1) in day.stock
    assert StockRow(store="S1", sku="milk", quantity=7) in day.stock
    assert [courier.id for courier in day.couriers] == ["A.1", "A.2", "C"]
    assert day.couriers[0].end == Point(60.17, 24.94)
    assert day.couriers[2].start == Point(60.0, 25.0)


def test_faults_in_csv_files_have_line_and_column(tmp_path: Path) -> None:
    """Wrong numbers, missing fields and references, each once."""
    (tmp_path / "stores.csv").write_text(
        "id,zone,lat,lon,pickers\nS2,centre,60.2,24.9,0\nS3,nowhere,60.2,24.9,x\n,centre,1,1,1\n"
    )
    with pytest.raises(ContentFault) as caught:
        load(corner(tmp_path, '[files]\nstores = "stores.csv"\n'))
    assert [str(fault).partition("stores.csv ")[2] for fault in caught.value.faults] == [
        "line 3, column pickers: 'x': give a whole number",
        "line 2, column pickers: 0: give a whole number from 1 to 10000",
        "line 4, column id: is missing; give an id: 1 to 64 of A-Z a-z 0-9 . _ : -",
    ]
    (tmp_path / "stores.csv").write_text("id,zone,lat,lon\nS2,centre,60.2,24.9\nS3,nowhere,60.2,24.9\n")
    with pytest.raises(ContentFault, match=r"stores\.csv line 3, column zone: nowhere is not known"):
        load(corner(tmp_path, '[files]\nstores = "stores.csv"\n'))


@given(text=st.text(st.sampled_from('ab=[]{}".,\n 1#\t'), max_size=60))
@settings(deadline=None, max_examples=100)
def test_any_text_is_a_day_or_an_error(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Nothing but a ScenarioError comes out of a broken file."""
    path = corner(tmp_path_factory.mktemp("any"), base=text)
    with pytest.raises(ScenarioError, match=r"corner\.toml"):
        load(path)
