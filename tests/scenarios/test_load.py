"""Loading: from files to days, with every fault named by its place."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.model import Interval, StoreKind
from dispatch.service_levels import DEFAULT_LEVELS
from geo.areas import Polygon, Radius
from geo.point import Point
from scenarios.errors import ContentFault, ScenarioError, SyntaxFault
from scenarios.load import load
from scenarios.scenario import StockRow
from tests.scenarios.corner_shop import CORNER, RIDERS, SHOP, START_S, corner


def test_the_least_day_has_what_it_says(tmp_path: Path) -> None:
    """Stores, stock, couriers and times follow from the file, everything else from defaults."""
    day = load(corner(tmp_path, RIDERS + SHOP))
    assert (day.name, day.seed, day.timezone, day.start_s, day.end_s) == (
        "corner",
        1,
        "Europe/Helsinki",
        START_S,
        START_S + 4 * 3600,
    )
    store = day.directory.stores["S1"]
    assert (store.site, store.zone, store.area, store.kind) == ("S1", "centre", Radius(6_000.0), StoreKind.STORE)
    assert day.directory.sites["S1"].point == Point(60.17, 24.94)
    assert tuple(day.directory.levels.values()) == DEFAULT_LEVELS
    assert day.stock == (
        StockRow(store="S1", sku="milk", quantity=100),
        StockRow(store="S1", sku="beer", quantity=100),
    )
    assert [courier.id for courier in day.couriers] == ["rider-01", "rider-02"]
    assert day.couriers[0].shift == Interval(START_S, START_S + 5 * 3600)
    assert day.couriers[0].start == Point(60.17, 24.94)
    assert day.orders
    assert list(day.orders) == sorted(day.orders, key=lambda order: (order.placed_s, order.id))
    assert not day.rejected
    assert day.believed is day.true_travel
    assert day.estimates.pick.default_s == day.durations.pick.default.mean_s


def test_days_without_stores_orders_or_couriers_are_days(tmp_path: Path) -> None:
    """What makes sense, if only to see everything refused, is no error."""
    bare = CORNER[: CORNER.index("[[stores]]")]
    day = load(corner(tmp_path, base=bare))
    assert not day.directory.stores
    assert not day.orders
    assert not day.couriers
    listed = '[[orders]]\nid="O1"\nplaced="10:00"\nlat=60\nlon=25\nservice_level="express_30"\nlines=[{sku="milk"}]\n'
    items = '[[items]]\nsku="milk"\n'
    assert [order.id for order in load(corner(tmp_path, items + listed, base=bare)).orders] == ["O1"]


def test_the_seed_may_be_given(tmp_path: Path) -> None:
    """Another seed is another day, the same seed the same day."""
    path = corner(tmp_path, SHOP)
    assert load(path, seed=1).orders == load(path).orders
    assert load(path, seed=2).orders != load(path).orders
    assert load(path, seed=2).seed == 2
    with pytest.raises(ScenarioError, match="seed -1: give 0"):
        load(path, seed=-1)


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


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Paths and names of shipped scenarios are told apart."""
    with pytest.raises(ScenarioError, match=r"none\.toml: cannot be read"):
        load(tmp_path / "none.toml")
    with pytest.raises(ScenarioError, match="cannot be read"):
        load(tmp_path)
    with pytest.raises(ScenarioError, match="no scenario is called plaze; did you mean plaza"):
        load("plaze")


def test_at_most_ten_faults_are_shown(tmp_path: Path) -> None:
    """The rest is counted."""
    path = corner(tmp_path, "".join(f"[k{number}]\nx=1\n" for number in range(14)))
    with pytest.raises(ContentFault) as caught:
        load(path)
    assert len(caught.value.faults) == 14
    assert str(caught.value).splitlines()[10].endswith("and 4 more")


SITE = '[[sites]]\nid="mall"\nlat=60.2\nlon=24.9\n'
STORE = '[[stores]]\nid="S2"\nzone="centre"\n'
HERE = "lat=60.2\nlon=24.9\n"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (STORE, "stores[S2].lat: is missing; give site, or lat and lon"),
        (STORE + "lat=60\n", "stores[S2].lon: is missing"),
        (STORE + 'site="mal"\n' + SITE, "stores[S2].site: mal is not known; did you mean mall?"),
        (STORE + 'site="mall"\nsetup_s=5\n' + SITE, "stores[S2].setup_s: site mall, where the store stands, says it"),
        (STORE.replace("S2", "mall") + HERE + SITE, "stores[mall].id: mall is a site too"),
        (STORE.replace("S2", "S1") + HERE, "stores[1].id: S1 is there twice"),
        (STORE.replace("centre", "center") + HERE, "stores[S2].zone: center is not known; did you mean centre?"),
        (STORE + HERE + "radius_m=5\npolygon=[]\n", "stores[S2].polygon: there is radius_m too"),
        (STORE + HERE + "polygon=[]\n", "stores[S2].polygon: area is empty"),
        (STORE + HERE + "polygon=[[[1.0, 2.0]]]\n", "stores[S2].polygon: ring of 1 positions"),
        (STORE + HERE + 'geojson="none.json"\n', "none.json: cannot be read"),
        (STORE + HERE + 'geojson="corner.toml"\n', "corner.toml: no JSON"),
        ('[[zones]]\nid="b"\nprofile="bke"\n', "zones[b].profile: bke is not known; did you mean bike?"),
        ('[[zones]]\nid="b"\nprofile="bike"\ntimezone="Mars/Base"\n', "zones[b].timezone: 'Mars/Base' is no time zone"),
        ('[[service_levels]]\nid="x"\nkind="within"\n', "service_levels[x].within_s: None: kind 'within' needs"),
        ("[[rivers]]\nline=[[1.0, 2.0], [1.0, 2.0]]\n", "rivers[0]: river of 1 places"),
        ("[[rivers]]\nline=[[1.0, 2.0], [200.0, 2.0]]\n", "rivers[0]: river at [200.0, 2.0]"),
        ('[[stock]]\nstore="S9"\nsku="milk"\nquantity=1\n', "stock[milk].store: S9 is not known"),
        ('[[stock]]\nstore="S1"\nsku="mlk"\nquantity=1\n', "stock[mlk].sku: mlk is not known; did you mean milk?"),
        ('[[stock]]\nstore="S1"\nsku="milk"\nquantity=1\n' * 2, "stock[1]: milk in S1 is there twice"),
        ("[[stock_rules]]\nquantity=[5, 1]\n", "stock_rules[1].quantity: [5, 1]: give the least first"),
        ('[[stock_rules]]\nquantity=5\nskus=["x*"]\n', "stock_rules[1].skus: x* is not known"),
        (RIDERS.replace("centre", "x"), "fleets[rider].zone: x is not known"),
        (RIDERS.replace('"bike"', '"bik"'), "fleets[rider].profile: bik is not known; did you mean bike?"),
        (RIDERS.replace('["S1"]', '["S2"]'), "fleets[rider].sites: S2 is not known"),
        (RIDERS + 'end_site = "S3"\n', "fleets[rider].end_site: S3 is not known"),
        ("[durations]\npick={default=1, exceptions=[{duration=2}]}\n", "exceptions[0]: is for no store and no hour"),
        (
            '[durations]\npick={default=1, exceptions=[{duration=2, stores=["S2"]}]}\n',
            "durations.pick.exceptions[0].stores: S2 is not known",
        ),
        (
            '[durations]\ndoor={default=1, exceptions=[{duration=2, stores=["S1"]}]}\n',
            "durations.door.exceptions[0].stores: a door belongs to no store",
        ),
        ("[objective]\nlate_s=-1\n", "objective.late_s: -1: give a whole number"),
        ("[behaviour]\nabsent=2\n", "behaviour.absent: 2.0: give a share from 0 to 1"),
    ],
)
def test_tables_that_contradict_each_other_are_named(tmp_path: Path, more: str, says: str) -> None:
    """References that lead nowhere, and values that the domain refuses."""
    with pytest.raises(ContentFault) as caught:
        load(corner(tmp_path, more))
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("timezone=Europe/Helsinky", "timezone: 'Europe/Helsinky' is no time zone"),
        ("start=2025-06-12T09:00:00Z", "start: 2025-06-12T09:00:00+00:00: give local time without offset"),
        ("stores.S1.zone=other", "other is not known"),
    ],
)
def test_top_level_faults_are_named(tmp_path: Path, change: str, says: str) -> None:
    """Time zone and start come before everything else."""
    with pytest.raises(ContentFault) as caught:
        load(corner(tmp_path), overrides=[change])
    assert says in str(caught.value)


def test_stores_of_a_site_are_of_one_zone(tmp_path: Path) -> None:
    """The directory's own checks are faults of the file."""
    zone = '[[zones]]\nid="b"\nprofile="bike"\n'
    stores = "".join(f'[[stores]]\nid="M{z}"\nzone="{z}"\nsite="mall"\n' for z in ("b", "centre"))
    with pytest.raises(ContentFault, match="give the stores of one site one zone"):
        load(corner(tmp_path, zone + SITE + stores))


RING = [[24.9, 60.1], [25.0, 60.1], [25.0, 60.2], [24.9, 60.2], [24.9, 60.1]]


@pytest.mark.parametrize("polygon", [RING, [RING], [[RING]]])
def test_areas_may_be_polygons(tmp_path: Path, polygon: object) -> None:
    """A ring, rings, or several polygons."""
    day = load(corner(tmp_path, STORE + HERE + f"polygon = {polygon}\n"))
    area = day.directory.stores["S2"].area
    assert isinstance(area, Polygon)
    assert area.covers(Point(0, 0), Point(60.15, 24.95))
    assert not area.covers(Point(0, 0), Point(60.25, 24.95))


@pytest.mark.parametrize(
    ("geojson", "says"),
    [
        ({"type": "Polygon", "coordinates": [RING]}, None),
        ({"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [RING]}}, None),
        (
            {
                "type": "FeatureCollection",
                "features": [{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [RING]}}],
            },
            None,
        ),
        ({"type": "FeatureCollection", "features": []}, "collection of one feature"),
        ({"type": "FeatureCollection", "features": [5]}, "give a GeoJSON Polygon"),
        ([1], "give a GeoJSON Polygon"),
        ({"type": "Point", "coordinates": [1, 2]}, "area of type 'Point'"),
    ],
)
def test_areas_may_be_geojson_files(tmp_path: Path, geojson: object, says: str | None) -> None:
    """Paths are relative to the scenario file."""
    (tmp_path / "area.json").write_text(json.dumps(geojson))
    path = corner(tmp_path, STORE + HERE + 'geojson = "area.json"\n')
    if says is None:
        assert isinstance(load(path).directory.stores["S2"].area, Polygon)
    else:
        with pytest.raises(ContentFault, match=says):
            load(path)


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


COURIER = '[[couriers]]\nid="A"\nzone="centre"\nprofile="bike"\n'


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (COURIER + 'shifts=["09:00-10:00"]\n', "couriers[A].site: is missing; give site, or lat and lon"),
        (COURIER + 'shifts=["09:00-10:00"]\nsite="S1"\nlat=1\n', "couriers[A].site: there are lat and lon too"),
        (COURIER + 'shifts=["09:00-10:00"]\nsite="S2"\n', "couriers[A].site: S2 is not known"),
        (
            COURIER.replace('"A"', '"rider-01"') + 'shifts=["09:00-10:00"]\nsite="S1"\n' + RIDERS,
            "makes courier rider-01",
        ),
        (
            COURIER + 'shifts=["09:00-12:00", "11:59-13:00"]\nsite="S1"\n',
            "couriers[A].shifts: two of A's shifts overlap: nobody works twice at a time; part them",
        ),
        (
            COURIER
            + 'shifts=["09:00-10:00", "11:00-12:00"]\nsite="S1"\n'
            + COURIER.replace('"A"', '"A.2"')
            + 'shifts=["09:00-10:00"]\nsite="S1"\n',
            "couriers[A.2].id: makes courier A.2, who is there already; give another id",
        ),
    ],
)
def test_couriers_that_stand_nowhere_are_named(tmp_path: Path, more: str, says: str) -> None:
    """A courier has one start, and one id."""
    with pytest.raises(ContentFault) as caught:
        load(corner(tmp_path, more))
    assert says in str(caught.value)


def test_shifts_are_cut_to_the_day(tmp_path: Path) -> None:
    """Who began before begins with the day; who has no shift in it is not of it."""
    shifts = 'shifts=["05:00-06:00", "06:00-10:00", "12:30-15:00", "15:00-16:00", "33:00-34:00"]\nsite="S1"\n'
    day = load(corner(tmp_path, COURIER + shifts + COURIER.replace('"A"', '"B"') + 'shifts=[]\nsite="S1"\n'))
    found = {courier.id: (courier.shift.from_s - START_S, courier.shift.until_s - START_S) for courier in day.couriers}
    assert found == {"A.2": (0, 3_600), "A.3": (12_600, 21_600)}


def test_couriers_carry_what_profile_and_row_say(tmp_path: Path) -> None:
    """Capacities replace the profile's, skills add to them, fleets are dealt out to sites."""
    fleet = RIDERS.replace('["S1"]', '["S1", "mall"]') + 'capacity_deliveries = 9\nskills = ["cold"]\n'
    day = load(
        corner(tmp_path, SITE + fleet),
        overrides=['profiles.bike.skills=["age_check"]', "profiles.bike.capacity_weight_g=5"],
    )
    assert {courier.capacity for courier in day.couriers} == {(5, 60_000, 9)}
    assert {courier.skills for courier in day.couriers} == {frozenset({"cold", "age_check"})}
    assert [courier.start.lat for courier in day.couriers] == [60.17, 60.2]


def test_rules_of_stock_draw_by_store_and_sku(tmp_path: Path) -> None:
    """Later rules and rows replace earlier ones; draws stay when other stores come."""
    rules = '[[stock_rules]]\nskus=["b*"]\nquantity=[1, 1000]\nbuffer=2\n'
    alone = load(corner(tmp_path, rules))
    beside = load(corner(tmp_path, rules + STORE + HERE))
    beer = {row.store: row.quantity for row in beside.stock if row.sku == "beer"}
    assert beer["S1"] == alone.stock[1].quantity
    assert beer["S1"] != beer["S2"]
    assert all(1 <= quantity <= 1_000 for quantity in beer.values())
    assert alone.stock[1].buffer == 2
    none = load(corner(tmp_path, "[[stock_rules]]\nquantity=7\ncarried=0\n"))
    assert {row.quantity for row in none.stock} == {100}
    row = load(corner(tmp_path, '[[stock]]\nstore="S1"\nsku="beer"\nquantity=3\n'))
    assert [stock.quantity for stock in row.stock] == [100, 3]


def test_the_world_may_differ_from_what_is_believed(tmp_path: Path) -> None:
    """True speeds and detours, and estimates apart from durations."""
    estimates = "[estimates]\npick_factor=2\ndoor=33\n[durations]\npick={default=100, exceptions=["
    estimates += '{duration=50, hours=[9]}, {duration=30, stores=["S1"]}, {duration=20, stores=["S1"], hours=[9]}]}\n'
    true = [
        "profiles.bike.true_speed_kmh=7.5",
        "profiles.bike.true_detour_factor=2.6",
        f"profiles.bike.true_speed_factor_by_hour={[1.0] * 24}",
    ]
    day = load(corner(tmp_path, estimates), overrides=true)
    places = [Point(60.17, 24.94)], [Point(60.2, 24.94)]
    believed = day.believed.many_to_many(*places, profile="bike", depart_s=START_S)
    really = day.true_travel.many_to_many(*places, profile="bike", depart_s=START_S)
    assert abs(int(really.durations_s[0, 0]) - 4 * int(believed.durations_s[0, 0])) <= 4
    pick = day.estimates.pick
    assert (pick.default_s, pick.of("S1", 9), pick.of("S1", 10), pick.of("S2", 9)) == (200, 40, 60, 100)
    assert day.estimates.door.default_s == 33
    assert day.durations.door.default.mean_s == 90


def test_too_many_rivers_are_a_fault(tmp_path: Path) -> None:
    """What only all rivers together make wrong is named too."""
    rivers = "".join(f"[[rivers]]\nline=[[{n}.0, 10.0], [{n}.0, 11.0]]\n" for n in range(63))
    with pytest.raises(ContentFault, match="rivers: 63 rivers: give at most"):
        load(corner(tmp_path, rivers))


def test_rivers_are_in_the_way(tmp_path: Path) -> None:
    """A way over the river leads over its bridge."""
    river = "[[rivers]]\nline=[[24.0, 60.18], [26.0, 60.18]]\nbridges=[[25.0, 60.18]]\n"
    places = [Point(60.17, 24.94)], [Point(60.19, 24.94)]
    dry, wet = (load(corner(tmp_path, more)) for more in ("", river))
    direct, round_ = (
        int(day.believed.many_to_many(*places, profile="bike", depart_s=START_S).distances_m[0, 0])
        for day in (dry, wet)
    )
    assert round_ > 2 * direct
    assert len(wet.rivers) == 1


@given(text=st.text(st.sampled_from('ab=[]{}".,\n 1#\t'), max_size=60))
@settings(deadline=None, max_examples=100)
def test_any_text_is_a_day_or_an_error(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Nothing but a ScenarioError comes out of a broken file."""
    path = corner(tmp_path_factory.mktemp("any"), base=text)
    with pytest.raises(ScenarioError, match=r"corner\.toml"):
        load(path)
