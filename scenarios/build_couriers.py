"""From the tables of a scenario to couriers, and to the travel times that planning believes and the world has."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from dispatch.directory import Directory
from dispatch.model import Courier, Interval
from geo.barriers import River
from geo.errors import GeoError
from geo.great_circle import GreatCircleTravel
from geo.point import Point
from geo.profiles import Profile
from geo.travel import TravelTimes
from scenarios.build_directory import ids, must_know
from scenarios.instants import LocalDay
from scenarios.read import Source
from scenarios.schema import ScenarioFile
from scenarios.schema_people import CourierTable, FleetTable, ProfileTable


def rivers_of(tables: ScenarioFile, source: Source) -> tuple[River, ...]:
    """Build the rivers; a senseless one is noted."""
    rivers = []
    for number, row in enumerate(tables.rivers):
        try:
            bridges = tuple(Point(lat, lon) for lon, lat in row.bridges)
            rivers.append(River(tuple((lon, lat) for lon, lat in row.line), bridges))
        except GeoError as error:
            source.wrong(("rivers", number), str(error))
    return tuple(rivers)


def travel_of(tables: ScenarioFile, source: Source, rivers: tuple[River, ...]) -> tuple[TravelTimes, TravelTimes]:
    """Return the travel times that planning believes, and the true ones: the same where no profile says otherwise.

    The schema has checked the profiles and their names; too many rivers are noted.
    """
    try:
        believed = GreatCircleTravel([_profile(row, true=False) for row in tables.profiles], tables.timezone, rivers)
    except GeoError as error:
        source.wrong(("rivers",), str(error))
        source.stop_if_wrong()
        raise
    if not any(key.startswith("true_") for row in tables.profiles for key in row.model_fields_set):
        return believed, believed
    true = GreatCircleTravel([_profile(row, true=True) for row in tables.profiles], tables.timezone, rivers)
    return believed, true


def _profile(row: ProfileTable, *, true: bool) -> Profile:
    speed_kmh, detour, by_hour = row.speed_kmh, row.detour_factor, row.speed_factor_by_hour
    if true:
        speed_kmh = speed_kmh if row.true_speed_kmh is None else row.true_speed_kmh
        detour = detour if row.true_detour_factor is None else row.true_detour_factor
        by_hour = by_hour if row.true_speed_factor_by_hour is None else row.true_speed_factor_by_hour
    return Profile(row.id, speed_kmh=speed_kmh, detour_factor=detour, speed_factor_by_hour=by_hour)


class _Crews:
    """Makes couriers of rows."""

    def __init__(self, tables: ScenarioFile, source: Source, directory: Directory, day: LocalDay) -> None:
        self._source = source
        self._directory = directory
        self._day = day
        self._profiles = {row.id: row for row in tables.profiles}

    def refers(self, path: tuple[str | int, ...], row: CourierTable | FleetTable) -> bool:
        """Note references to what is not there."""
        found = must_know(self._source, (*path, "zone"), row.zone, self._directory.zones)
        found &= must_know(self._source, (*path, "profile"), row.profile, self._profiles)
        if row.end_site is not None:
            found &= must_know(self._source, (*path, "end_site"), row.end_site, self._directory.sites)
        return found

    def make(self, courier: str, row: CourierTable | FleetTable, shift: str, start: Point) -> Courier:
        """Make one courier for one shift."""
        profile = self._profiles[row.profile]
        capacity = tuple(
            getattr(profile, key) if getattr(row, key) is None else getattr(row, key)
            for key in ("capacity_weight_g", "capacity_volume_ml", "capacity_deliveries")
        )
        return Courier(
            id=courier,
            zone=row.zone,
            profile=row.profile,
            shift=Interval(*self._day.shift(shift)),
            start=start,
            end=None if row.end_site is None else self._directory.sites[row.end_site].point,
            capacity=(capacity[0], capacity[1], capacity[2]),
            skills=frozenset(profile.skills) | frozenset(row.skills),
        )

    def listed(self, number: int, row: CourierTable) -> list[Courier]:
        """Make the couriers of a row, one for each of its shifts."""
        path = ("couriers", number)
        start = self._start(path, row)
        if not self.refers(path, row) or start is None:
            return []
        names = [row.id] if len(row.shifts) == 1 else [f"{row.id}.{shift + 1}" for shift in range(len(row.shifts))]
        couriers = [self.make(name, row, shift, start) for name, shift in zip(names, row.shifts, strict=True)]
        in_turn = sorted(couriers, key=lambda courier: courier.shift)
        for before, after in pairwise(in_turn):
            if after.shift.from_s < before.shift.until_s:
                self._source.wrong(
                    (*path, "shifts"), f"two of {row.id}'s shifts overlap: nobody works twice at a time; part them"
                )
                return []
        return couriers

    def fleet(self, number: int, row: FleetTable) -> list[Courier]:
        """Make the couriers of a fleet, numbered through its shifts."""
        path = ("fleets", number)
        found = [must_know(self._source, (*path, "sites"), site, self._directory.sites) for site in row.sites]
        if not self.refers(path, row) or not all(found):
            return []
        width = max(2, len(str(row.count * len(row.shifts))))
        couriers = []
        for turn in range(row.count * len(row.shifts)):
            shift, place = divmod(turn, row.count)
            start = self._directory.sites[row.sites[place % len(row.sites)]].point
            couriers.append(self.make(f"{row.id}-{turn + 1:0{width}}", row, row.shifts[shift], start))
        return couriers

    def _start(self, path: tuple[str | int, ...], row: CourierTable) -> Point | None:
        if row.site is not None:
            if row.lat is not None or row.lon is not None:
                self._source.wrong((*path, "site"), "there are lat and lon too; give site, or lat and lon")
            elif must_know(self._source, (*path, "site"), row.site, self._directory.sites):
                return self._directory.sites[row.site].point
            return None
        if row.lat is None or row.lon is None:
            self._source.wrong((*path, "site"), "is missing; give site, or lat and lon")
            return None
        return Point(row.lat, row.lon)


def couriers_of(
    tables: ScenarioFile, source: Source, directory: Directory, day: LocalDay, *, start_s: int, end_s: int
) -> tuple[Courier, ...]:
    """Build the couriers on duty between start and end, by id; what they refer to and is not there is noted.

    A shift that began before the day begins with it; one wholly outside is not of this day.
    """
    crews = _Crews(tables, source, directory, day)
    couriers: list[Courier] = []
    listed: set[str] = set()
    for number, listed_row in enumerate(tables.couriers):
        of_row = crews.listed(number, listed_row)
        for courier in of_row:
            if courier.id in listed:
                text = f"makes courier {courier.id}, who is there already; give another id"
                source.wrong(("couriers", number, "id"), text)
        couriers += of_row
        listed |= {courier.id for courier in of_row}
    for number, row in enumerate(tables.fleets):
        for courier in crews.fleet(number, row):
            if courier.id in listed:
                source.wrong(("fleets", number, "id"), f"makes courier {courier.id}, who is there already")
                break
            couriers.append(courier)
        listed = set(ids(couriers))
    return tuple(
        _from(courier, start_s)
        for courier in sorted(couriers, key=lambda courier: courier.id)
        if courier.shift.from_s < end_s and courier.shift.until_s > start_s
    )


def _from(courier: Courier, start_s: int) -> Courier:
    if courier.shift.from_s >= start_s:
        return courier
    return replace(courier, shift=Interval(start_s, courier.shift.until_s))
