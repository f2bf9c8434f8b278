"""Local time, calendars and nearness: compared with zoneinfo, NumPy's business days, the C library and brute force."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from fleet import registry
from hypothesis import given
from hypothesis import strategies as st

from datamimic import (
    DatamimicError,
    OpeningHours,
    Table,
    Text,
    WorkingDays,
    World,
    entity,
    field,
    kilometres,
    local,
    nearest,
    serial,
    to_local,
    to_utc,
)
from datamimic.base.trigonometry import arc_sine, sine_and_cosine
from datamimic.tables.sphere import Nearest, unit_vectors
from datamimic.tables.time_zones import known_time_zones

PACKS = registry()


# -- zones ----------------------------------------------------------------------------------------------------------


def zone_of(name: str) -> ZoneInfo:
    """The oracle, from the package rather than the system's files."""
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, name)


@pytest.mark.parametrize("letter", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
def test_clocks_are_those_of_zoneinfo(letter: str) -> None:
    pytest.importorskip("tzdata")
    rng = np.random.default_rng(ord(letter))
    for name in (each for each in known_time_zones() if each.startswith(letter)):
        zone = zone_of(name)
        seconds = rng.integers(0, 4_102_444_800, 60)
        moments = (seconds * 1_000_000).view("datetime64[us]")
        shown = [datetime.fromtimestamp(s, UTC).astimezone(zone).replace(tzinfo=None) for s in seconds.tolist()]
        assert to_local(moments, name).tolist() == shown, name
        wall = [datetime(1970, 1, 2) + timedelta(seconds=s) for s in seconds.tolist()]
        meant = [each.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None) for each in wall]
        assert to_utc(np.array(wall, dtype="datetime64[us]"), name).tolist() == meant, name


def test_a_time_that_is_shown_twice_is_the_first_and_one_left_out_lies_later() -> None:
    wall = np.array(["2026-10-25T02:30", "2026-03-29T02:30", "2026-07-01T12:00:00.000001"], dtype="datetime64[us]")
    moments = to_utc(wall, "Europe/Berlin")
    assert moments.astype(str).tolist() == [
        "2026-10-25T00:30:00.000000",
        "2026-03-29T01:30:00.000000",
        "2026-07-01T10:00:00.000001",
    ]
    assert str(to_local(moments, "Europe/Berlin")[1]) == "2026-03-29T03:30:00.000000"


def test_every_row_has_its_own_zone() -> None:
    noon = np.full(3, "2026-01-15T12:00", dtype="datetime64[us]")
    zones = Text.of(["Asia/Kolkata", "America/New_York", "Asia/Kolkata"])
    assert to_utc(noon, zones).astype("datetime64[m]").astype(str).tolist() == [
        "2026-01-15T06:30",
        "2026-01-15T17:00",
        "2026-01-15T06:30",
    ]
    with pytest.raises(DatamimicError) as error:
        to_utc(noon, "Europe/Berln")
    assert error.value.code == "unknown_time_zone" and "Europe/Berlin" in str(error.value.hint)


# -- calendars ------------------------------------------------------------------------------------------------------

HOLIDAYS = ["2026-01-01", "2026-04-03", "2026-04-06", "2026-12-25", "2026-12-28"]
CALENDAR = WorkingDays.of(HOLIDAYS)
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(st.lists(days, min_size=1), st.integers(-300, 300), days)
def test_working_days_are_those_of_numpy(given_days: list[date], count: int, last: date) -> None:
    asked = np.array(given_days, dtype="datetime64[D]")
    oracle = np.busdaycalendar(holidays=HOLIDAYS)
    assert (CALENDAR.is_open(asked) == np.is_busday(asked, busdaycal=oracle)).all()
    assert (CALENDAR.next(asked) == np.busday_offset(asked, 0, roll="following", busdaycal=oracle)).all()
    assert (CALENDAR.previous(asked) == np.busday_offset(asked, 0, roll="preceding", busdaycal=oracle)).all()
    roll = "preceding" if count < 0 else "following"
    assert (CALENDAR.add(asked, count) == np.busday_offset(asked, count, roll=roll, busdaycal=oracle)).all()
    until = np.datetime64(last)
    forth = np.where(asked <= until, np.busday_count(np.minimum(asked, until), until, busdaycal=oracle), 0)
    assert (np.maximum(CALENDAR.between(asked, np.full(len(asked), until)), 0) == forth).all()


def test_paydays() -> None:
    december = np.array(["2026-12-03", "2026-12-31"], dtype="datetime64[D]")
    assert CALENDAR.of_month(december, [-1, 1]).astype(str).tolist() == ["2026-12-31", "2026-12-01"]
    assert CALENDAR.of_month(december, -4).astype(str).tolist() == ["2026-12-24"] * 2
    assert CALENDAR.of_month(december, 99).astype(str).tolist() == ["2026-12-31"] * 2


def test_other_weekends_and_ends_of_the_calendar() -> None:
    gulf = WorkingDays.of(weekend=(4, 5))
    assert gulf.next(np.array(["2026-11-27"], dtype="datetime64[D]")).astype(str).tolist() == ["2026-11-29"]
    with pytest.raises(DatamimicError) as error:
        WorkingDays.of(weekend=range(7))
    assert error.value.code == "bad_field"
    for far in ("1939-12-31", "2211-01-01"):
        with pytest.raises(DatamimicError) as error:
            gulf.next(np.array([far], dtype="datetime64[D]"))
        assert error.value.code == "bad_date"


WEEK = ["08:00-12:00, 13:00-17:00"] * 4 + ["08:00-12:00", "closed", "closed"]
HOURS = OpeningHours.parse(WEEK, ["2026-12-25"])
moments = st.datetimes(datetime(2026, 11, 1), datetime(2027, 2, 1))


def is_open(moment: datetime) -> bool:
    """What the week says, in words of its own."""
    if moment.date() == date(2026, 12, 25) or moment.weekday() > 4:
        return False
    return 8 <= moment.hour < 12 or (moment.weekday() < 4 and 13 <= moment.hour < 17)


@given(moments, st.integers(0, 600))
def test_opening_hours(moment: datetime, minutes: int) -> None:
    asked = np.array([moment], dtype="datetime64[us]")
    assert HOURS.is_open(asked).tolist() == [is_open(moment)]
    (opened,) = HOURS.next(asked).tolist()
    assert is_open(opened) and opened >= moment and (opened == moment) == is_open(moment)
    (later,) = HOURS.add(asked, minutes).tolist()
    walk = opened.replace(second=0, microsecond=0)
    for _ in range(minutes):
        walk += timedelta(minutes=1)
        while not is_open(walk):
            walk += timedelta(minutes=1)
    assert later == walk
    assert HOURS.between(HOURS.next(asked), HOURS.add(asked, minutes)).tolist() == [minutes]


@pytest.mark.parametrize("text", ["", "open", "8:00-9:00", "10:00-09:00", "08:00-12:00, 11:00-13:00", "08:00-24:30"])
def test_no_opening_hours(text: str) -> None:
    with pytest.raises(DatamimicError) as error:
        OpeningHours.parse([text] + ["closed"] * 6)
    assert error.value.code == "bad_hours"
    with pytest.raises(DatamimicError):
        OpeningHours.parse(["closed"] * 7)


def test_tables_have_dates() -> None:
    table = Table.parse("holidays", "day,name\n2026-01-01,New Year\n2026-02-30,None\n", file="holidays.csv")
    with pytest.raises(DatamimicError) as error:
        table.dates("day")
    assert (error.value.code, error.value.file, error.value.line) == ("bad_table", "holidays.csv", 3)
    good = Table.parse("holidays", "day\n2026-01-01\n1969-12-31\n", file="holidays.csv")
    assert good.dates("day").astype(str).tolist() == ["2026-01-01", "1969-12-31"]


# -- the earth ------------------------------------------------------------------------------------------------------


def test_sines_are_those_of_the_c_library() -> None:
    degrees = np.random.default_rng(1).uniform(-360, 360, 20_000)
    sine, cosine = sine_and_cosine(degrees)
    assert np.abs(sine - np.sin(np.radians(degrees))).max() < 1e-15
    assert np.abs(cosine - np.cos(np.radians(degrees))).max() < 1e-15
    values = np.random.default_rng(2).uniform(0, 1, 20_000)
    assert np.abs(arc_sine(values) - np.arcsin(values)).max() < 1e-15


def test_distances() -> None:
    """Berlin to Munich, pole to pole, and a point to itself: against the haversine formula."""
    pairs = np.array([[52.52, 13.405, 48.1351, 11.582], [90, 0, -90, 77], [1, 2, 1, 2], [0, 179.5, 0, -179.5]])
    a, b, c, d = np.radians(pairs.T)
    half = np.sin((c - a) / 2) ** 2 + np.cos(a) * np.cos(c) * np.sin((d - b) / 2) ** 2
    assert np.allclose(kilometres(*pairs.T), 2 * 6371.0088 * np.arcsin(np.sqrt(half)), rtol=1e-12, atol=1e-9)
    with pytest.raises(DatamimicError) as error:
        kilometres(91, 0, 0, 0)
    assert error.value.code == "bad_position"


def brute(places: np.ndarray, queries: np.ndarray, k: int) -> np.ndarray:
    apart = unit_vectors(*queries.T)[:, None, :] - unit_vectors(*places.T)[None]
    apart *= apart
    return np.argsort(apart[..., 0] + apart[..., 1] + apart[..., 2], axis=1, kind="stable")[:, :k]


@pytest.mark.parametrize("k", [1, 3, 7])
@pytest.mark.parametrize("count", [7, 40, 900, 6_000])
@pytest.mark.parametrize("spread", ["everywhere", "towns"])
def test_the_nearest_are_those_of_brute_force(spread: str, count: int, k: int) -> None:
    rng = np.random.default_rng(count + k)
    places = np.stack([rng.uniform(-90, 90, count), rng.uniform(-180, 180, count)], axis=1)
    if spread == "towns":
        places = places[rng.integers(0, 1 + count // 40, count)] * 0.3 + rng.normal(0, 0.05, (count, 2))
    near = places[:150] + rng.normal(0, 0.02, (min(count, 150), 2))
    far = np.stack([rng.uniform(-90, 90, 60), rng.uniform(-180, 180, 60)], axis=1)
    queries = np.concatenate([near, far, places[:50]]).clip([-90, -180], [90, 180])
    assert np.array_equal(Nearest(*places.T, k).rows(*queries.T), brute(places, queries, k))


def test_rows_of_one_position_are_in_their_own_order() -> None:
    rng = np.random.default_rng(3)
    places = np.stack([rng.integers(40, 44, 500), rng.integers(8, 12, 500)], axis=1).astype(np.float64)
    queries = rng.uniform([39, 7], [45, 13], (300, 2))
    found = Nearest(*places.T, 5).rows(*queries.T)
    apart = unit_vectors(*queries.T)[:, None, :] - unit_vectors(*places.T)[found]
    wanted = unit_vectors(*queries.T)[:, None, :] - unit_vectors(*places.T)[brute(places, queries, 5)]
    assert np.array_equal((apart**2).sum(axis=2), (wanted**2).sum(axis=2))
    assert all(len(set(row)) == 5 for row in found.tolist())
    same = (places[found] == places[found[:, :1]]).all(axis=2)
    assert all(a < b for row, equal in zip(found, same, strict=True) for a, b in pairwise(row[equal].tolist()))


# -- in entities ----------------------------------------------------------------------------------------------------


@entity("clinic", size=300)
class Clinic:
    """A clinic somewhere; every tenth has no address."""

    clinic_id: str = field(serial("C-####"), key=True, doc="key")
    latitude: float | None = field(
        lambda rows, draw: np.ma.array(47 + 8 * draw.uniform(), mask=rows % 10 == 9), doc="decimal degrees"
    )
    longitude: float = field(lambda draw: 6 + 9 * draw.uniform(), doc="decimal degrees")
    time_zone: str = field(
        lambda rows: Text.of(["Europe/Berlin" if row % 2 else "Asia/Tokyo" for row in rows.tolist()]), doc="zone"
    )


@entity("visit", size=5_000)
class Visit:
    """A visit to a clinic nearby."""

    visit_id: str = field(serial("V-######"), key=True, doc="key")
    latitude: float = field(lambda draw: 47 + 8 * draw.uniform(), doc="decimal degrees")
    longitude: float | None = field(
        lambda rows, draw: np.ma.array(6 + 9 * draw.uniform(), mask=rows % 7 == 3), doc="decimal degrees"
    )
    clinic: Clinic | None = field(nearest(Clinic, among=[6, 3, 1]), doc="one of the three nearest")
    day: date = field(lambda rows: np.datetime64("2026-01-01") + rows % 365, doc="local day")
    minute: int = field(lambda draw: draw.integers(0, 1439), doc="minute of the day")
    zone: str | None = field(lambda clinic: clinic.time_zone, doc="of the clinic")
    began_at: datetime = field(local("day", "minute", zone="Europe/Berlin"), doc="moment")


def test_a_row_refers_to_one_of_the_nearest_and_any_slice_to_the_same() -> None:
    world = World("near", packs=PACKS)
    clinics, visits = world[Clinic][0:300].to_arrow(), world[Visit][0:2_000].to_arrow()
    assert world[Visit][700:1_100].to_arrow().equals(visits.slice(700, 400))
    placed = [n for n in range(300) if n % 10 != 9]
    places = np.stack([clinics[name].to_numpy(zero_copy_only=False)[placed] for name in ("latitude", "longitude")], 1)
    here = [n for n in range(2_000) if n % 7 != 3]
    queries = np.stack([visits[name].to_numpy(zero_copy_only=False)[here] for name in ("latitude", "longitude")], 1)
    ids = np.array(clinics["clinic_id"].to_pylist())[placed]
    wanted = ids[brute(places, queries, 3)]
    got = np.array(visits["clinic_id"].to_pylist(), dtype=object)
    assert [got[n] for n in range(2_000) if n % 7 == 3] == [None] * len(range(3, 2_000, 7))
    place = (wanted == got[here][:, None]).argmax(axis=1)
    assert (wanted == got[here][:, None]).any(axis=1).all()
    shares = np.bincount(place, minlength=3) / len(place)
    assert np.abs(shares - [0.6, 0.3, 0.1]).max() < 0.04


def test_moments_of_a_field() -> None:
    for visit in World("near", packs=PACKS)[Visit][0:50]:
        shown = visit.began_at.astimezone(ZoneInfo("Europe/Berlin"))
        meant = datetime.combine(visit.day, datetime.min.time()) + timedelta(minutes=visit.minute)
        assert shown.replace(tzinfo=None) - meant in (timedelta(0), timedelta(hours=1))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: nearest(Clinic, among=0), "bad_field"),
        (lambda: nearest(Clinic, among=65), "bad_field"),
        (lambda: nearest(Clinic, among=[0, 1]), "bad_field"),
        (lambda: nearest(Clinic, position=("latitude",)), "bad_field"),  # type: ignore[arg-type]
        (lambda: local("day", zone="not a zone"), "bad_field"),
        (lambda: Nearest(np.zeros(2), np.zeros(2), 3), "bad_field"),
    ],
)
def test_what_cannot_be_near(make: object, code: str) -> None:
    with pytest.raises(DatamimicError) as error:
        make()  # type: ignore[operator]
    assert error.value.code == code


def test_a_position_that_is_null_needs_a_reference_that_may_be() -> None:
    @entity("caller")
    class Caller:
        """A caller."""

        latitude: float | None = field(lambda rows: np.ma.array(np.full(len(rows), 50.0), mask=rows == 2), doc="l")
        longitude: float = field(lambda rows: np.full(len(rows), 8.0), doc="l")
        clinic: Clinic = field(nearest(Clinic), doc="c")

    with pytest.raises(DatamimicError) as error:
        World("near", packs=PACKS)[Caller][0:5].to_arrow()
    assert error.value.code == "unexpected_null" and "row 2" in error.value.message
    assert pa.types.is_string(World("near", packs=PACKS)[Clinic].schema().field("clinic_id").type)
