"""Every kind of value that people store, through everything that a row goes through."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

import numpy as np
import pyarrow as pa
import pytest
from fleet import DATA

from datamimic import (
    DatasetSource,
    Draw,
    GeoPoint,
    Lists,
    Maps,
    Pack,
    Registry,
    Struct,
    Text,
    World,
    check,
    choice,
    copy_of,
    decimals,
    duration_between,
    entity,
    explain,
    field,
    hookimpl,
    random_bytes,
    random_uuid,
    read_batches,
    record,
    row_rule,
    time_between,
    unsigned,
    verify,
    zone,
)
from datamimic.checks.checking import check_batches, check_rows
from datamimic.columns import Bools, Ints
from datamimic.errors import DefinitionError
from datamimic.output.digest import batch_digests
from datamimic.request.schemas import response_schema
from datamimic.testing import pack_contract

Price = Annotated[Decimal, decimals(4)]
Exact = Annotated[Decimal, decimals(18, 18)]
InBerlin = Annotated[datetime, zone("Europe/Berlin")]
Serial = Annotated[int, unsigned()]


class Status(Enum):
    """How a meter is."""

    ACTIVE = "active"
    BROKEN = "broken, 'really'"


class Phase(IntEnum):
    """Of a current."""

    ONE = 1
    THREE = 3


@record
class Reading:
    """A reading within a history."""

    at: InBerlin
    value: Price
    by: UUID | None


@record
class Span:
    """Readings within a history."""

    readings: list[Reading]
    lasted: timedelta


@record
class History:
    """What was read: structs in lists in structs."""

    spans: list[Span]
    source: Literal["remote", "by hand"]


def masked(values: Any, draw: Draw) -> Any:
    return np.ma.MaskedArray(values, draw.chance(0.4, "missing"))


def exact(draw: Draw) -> Ints:
    return draw.integers(-(10**17), 10**17)


def history(draw: Draw) -> Struct:
    spans = draw.integers(0, 2, "spans")
    span = draw.items(spans, "span")
    counts = span.integers(0, 2, "counts")
    each = span.items(counts, "reading")
    moments = np.datetime64("2025-10-25T20:00:00", "us") + each.integers(0, 90_000, "at").astype("timedelta64[s]")
    by = Text.coded(np.where(each.chance(0.5, "known"), 0, -1), [str(UUID(int=7))])
    readings = Struct({"at": moments, "value": each.integers(0, 10**6, "value"), "by": by})
    lasted = span.integers(0, 10**9, "lasted").astype("timedelta64[us]")
    source = Text.coded(draw.integers(0, 1, "source"), ("remote", "by hand"))
    return Struct(
        {"spans": Lists(spans, Struct({"readings": Lists(counts, readings), "lasted": lasted})), "source": source}
    )


def tariffs(draw: Draw) -> Maps:
    counts = draw.integers(0, 2, "count")
    each = draw.items(counts, "each")
    return Maps(counts, Text.coded(each.rows % 2, ("day", "night")), each.integers(1, 9_999, "price"))


def digits(draw: Draw) -> Lists:
    present = draw.chance(0.5, "there")
    counts = np.where(present, 3, 0)
    return Lists(counts, draw.items(counts, "digits").integers(0, 9), present)


def note(draw: Any) -> bytes | None:
    return None if draw.chance(0.3, "none") else bytes([draw.integer(0, 255, "byte"), 0])


@entity("meter", zone="America/New_York")
class Meter:
    """A meter with a value of every kind."""

    meter_id: UUID = field(random_uuid(), key=True, doc="number")
    price: Price = field(lambda draw: draw.integers(-(10**6), 10**6), doc="price", unit="EUR")
    price_before: Price | None = field(lambda price, draw: masked(price + 1, draw), doc="price before")
    exact: Exact = field(exact, doc="a factor")
    whole: Annotated[Decimal, decimals(0)] = field(lambda draw: draw.integers(0, 99), doc="without decimals")
    status: Status = field(choice(Status, weights=[9, 1]), doc="how it is")
    status_before: Status | None = field(lambda status, draw: status.where(draw.chance(0.5)), doc="how it was")
    phase: Phase = field(choice(Phase), doc="phases")
    medium: Literal["power", "gas"] = field(choice(["power", "gas"]), doc="what it measures")
    read_at: time = field(time_between(time(6), time(20)), doc="when it is read")
    closes_at: time | None = field(
        lambda draw: masked(draw.integers(0, 86_399_999_999).astype("timedelta64[us]"), draw), doc="when it closes"
    )
    interval: timedelta = field(duration_between(timedelta(0), timedelta(days=40)), doc="between readings")
    drift: timedelta | None = field(
        lambda draw: masked(draw.integers(-(10**8), 10**8).astype("timedelta64[us]"), draw), doc="of its clock"
    )
    secret: bytes = field(random_bytes(3, 8), doc="a secret")
    note: bytes | None = field(row_rule(note), doc="bytes, made row by row")
    made_at: datetime = field(
        lambda clock, draw: clock.instant - draw.integers(0, 10**8).astype("timedelta64[s]"), doc="when it was made"
    )
    seen_at: InBerlin | None = field(lambda made_at, draw: masked(made_at, draw), doc="when it was seen")
    counter: Serial = field(lambda draw: draw.bits(), doc="a counter")
    position: GeoPoint = field(
        lambda draw: Struct({"latitude": draw.uniform("a") * 90, "longitude": draw.uniform("b") * 180}),
        doc="where it is",
    )
    home: GeoPoint | None = field(copy_of("position"), doc="where it was")
    box: tuple[float, float] = field(
        lambda draw: np.stack([draw.uniform("a"), draw.uniform("b")], axis=1), doc="how big it is"
    )
    digits: tuple[int, int, int] | None = field(digits, doc="three digits")
    history: History = field(history, doc="what was read")
    tariffs: dict[str, Price] = field(tariffs, doc="prices by name")
    labels: dict[str, list[str]] | None = field(
        row_rule(lambda draw: {"é": ['x,"y"', ""]} if draw.chance(0.5) else None), doc="lists by name"
    )
    marks: list[Status] | None = field(
        row_rule(lambda draw: [Status.BROKEN] * draw.integer(0, 2, "n") if draw.chance(0.5) else None), doc="marks"
    )


@check(Meter, "a meter is not seen before it was made")
def seen_after_made(made_at: Any, seen_at: Any) -> Bools:
    return seen_at >= made_at


@check(Meter, "readings take less than 41 days, and prices have four decimals")
def intervals(interval: Any, price: Ints, status: Text, phase: Ints, tariffs: Maps) -> Bools:
    few = interval < np.timedelta64(41, "D")
    return few & (np.abs(price) <= 10**6) & (status != "") & np.isin(phase, [1, 3]) & (tariffs.lengths < 3)


class KindsPack:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("kinds", "1.0.0", "Meters")

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        return [Meter]

    @hookimpl
    def datamimic_datasets(self) -> list[DatasetSource]:
        return [DatasetSource("kinds", DATA.parent, DATA.name)]


PACKS = Registry.of(KindsPack())


class TestKinds(pack_contract("kinds", packs=PACKS, locales=("US",))):  # type: ignore[misc]
    test_tables_name_their_source_and_licence = None


@pytest.fixture(scope="module")
def world() -> World:
    return World("kinds", packs=PACKS)


def test_values_are_what_the_annotations_say(world: World) -> None:
    for meter in world[Meter][0:40]:
        assert isinstance(meter.meter_id, UUID) and meter.meter_id.version == 4
        assert isinstance(meter.price, Decimal) and meter.price.as_tuple().exponent == -4
        assert isinstance(meter.status, Status) and isinstance(meter.phase, Phase) and meter.medium in ("power", "gas")
        assert time(6) <= meter.read_at <= time(20) and timedelta(0) <= meter.interval <= timedelta(days=40)
        assert isinstance(meter.secret, bytes) and 3 <= len(meter.secret) <= 8
        assert str(meter.made_at.tzinfo) == "America/New_York"
        assert meter.seen_at is None or (
            str(meter.seen_at.tzinfo) == "Europe/Berlin" and meter.seen_at == meter.made_at
        )
        assert 0 <= meter.counter < 2**64 and isinstance(meter.position, GeoPoint) and meter.home == meter.position
        assert isinstance(meter.box, tuple) and len(meter.box) == 2 and (meter.digits is None or len(meter.digits) == 3)
        for span in meter.history.spans:
            assert isinstance(span.lasted, timedelta) and all(
                isinstance(each.by, UUID | None) for each in span.readings
            )
        assert all(isinstance(price, Decimal) for price in meter.tariffs.values())
        assert Meter.from_dict(json.loads(json.dumps(meter.to_dict(), allow_nan=False))) == meter
    meters = list(world[Meter][0:200])
    assert {meter.status for meter in meters} == {*Status} and max(meter.counter for meter in meters) > 2**63
    for name in ("price_before", "closes_at", "drift", "note", "seen_at", "digits", "labels", "marks", "status_before"):
        assert {getattr(meter, name) is None for meter in meters} == {True, False}, name


def test_arrow_has_a_type_for_each(world: World) -> None:
    schema = world[Meter][0:1].schema()
    expected = {
        "price": pa.decimal128(15, 4),
        "exact": pa.decimal128(18, 18),
        "read_at": pa.time64("us"),
        "interval": pa.duration("us"),
        "secret": pa.binary(),
        "made_at": pa.timestamp("us", "America/New_York"),
        "seen_at": pa.timestamp("us", "Europe/Berlin"),
        "counter": pa.uint64(),
        "phase": pa.int64(),
        "box": pa.list_(pa.float64(), 2),
        "tariffs": pa.map_(pa.string(), pa.decimal128(15, 4)),
    }
    assert {name: schema.field(name).type for name in expected} == expected
    assert schema.field("meter_id").metadata[b"datamimic.kind"] == b"uuid"
    assert json.loads(schema.field("status").metadata[b"datamimic.values"]) == [each.value for each in Status]


def test_slices_are_the_same_bytes(world: World) -> None:
    whole = world[Meter].record_batch(0, 60)
    whole.validate(full=True)
    for size in (1, 7):
        parts = [world.anew()[Meter].record_batch(start, min(start + size, 60)) for start in range(0, 60, size)]
        joined = pa.Table.from_batches(parts).combine_chunks().to_batches()[0]
        assert batch_digests(joined) == batch_digests(whole), size


@pytest.mark.parametrize("format", ["csv", "json", "jsonl", "parquet", "arrow"])
def test_every_format_holds_them(world: World, tmp_path: Path, format: str) -> None:
    rows = world[Meter][0:300]
    path = rows.write(tmp_path / f"meters.{format}")
    assert verify(path, packs=PACKS).holds
    batches = list(read_batches(path, packs=PACKS))
    findings = check_batches(batches, Meter.__entity__, world)  # type: ignore[attr-defined]
    assert all(finding.holds and not finding.skipped for finding in findings)
    read = [each for batch in batches for each in _read(batch)]
    for row, (made, again) in enumerate(zip(rows, read, strict=True)):
        for name, value in made.to_dict().items():
            assert again[name] == value or (again[name] is None and value in ("", None)), (row, name)


def _read(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    """The rows of a batch as plain values, read back by the kinds of their fields."""
    from datamimic.columns.value_types import to_json
    from datamimic.model.arrow import column_from

    columns = {}
    for each in Meter.__entity__.columns:  # type: ignore[attr-defined]
        column = column_from(batch.column(each.name), each.kind, each.name)
        columns[each.name] = [to_json(value, each.kind) for value in each.kind.objects(column)]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def test_json_files_fit_the_json_schema(world: World, tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    item = response_schema(Meter.__entity__, "meter")["properties"]["items"]["items"]["properties"]  # type: ignore[attr-defined]
    path = world[Meter][0:50].write(tmp_path / "meters.jsonl")
    for line in path.read_text(encoding="utf-8").splitlines():
        for name, value in json.loads(line).items():
            if name != "exact":  # a number of any length in files, text where a float would lose digits
                jsonschema.validate(value, item[name])
    for meter in world[Meter][0:50]:
        for name, value in meter.to_dict().items():
            jsonschema.validate(value, item[name])


def test_moments_are_written_in_their_zone(world: World, tmp_path: Path) -> None:
    rows = world[Meter].select(["made_at", "seen_at"])[0:200]
    path = rows.write(tmp_path / "moments.csv")
    for line, meter in zip(path.read_text().splitlines()[1:], world[Meter][0:200], strict=True):
        made, _, seen = line.partition(",")
        assert datetime.fromisoformat(made) == meter.made_at and made == meter.made_at.isoformat()
        assert (seen == "") if meter.seen_at is None else seen == meter.seen_at.isoformat()


def test_data_frames_hold_them(world: World) -> None:
    rows = world[Meter][0:50]
    pytest.importorskip("pandas")
    for types in ("pandas", "arrow", "numpy", "python"):
        frame = rows.to_pandas(types)
        assert len(frame) == 50 and frame["price_before"].isna().any() and frame["digits"].isna().any()
    pandas = rows.to_pandas()
    assert pandas["interval"].max() <= timedelta(days=40) and str(pandas["made_at"].dtype.tz) == "America/New_York"
    polars = pytest.importorskip("polars")
    frame = rows.to_polars()
    assert frame["interval"].dtype == polars.Duration("us") and frame["read_at"].dtype == polars.Time
    assert frame["counter"].dtype == polars.UInt64 and frame["box"].dtype == polars.Array(polars.Float64, 2)
    assert frame["price"].dtype == polars.Decimal(15, 4) and frame["secret"].dtype == polars.Binary


def test_each_can_be_explained(world: World) -> None:
    meter = world[Meter][3]
    for name, value in meter.to_dict().items():
        assert explain(world, Meter, 3, name)["value"] == value, name
    assert explain(world, Meter, 3, "box.1")["value"] == meter.box[1]


def test_checks_hold_on_rows_and_see_columns(world: World) -> None:
    assert all(finding.holds and finding.rows == 500 for finding in check_rows(world[Meter][0:500]))


def broken(annotation: Any, rule: Any, world: World) -> DefinitionError:
    @entity("broken")
    class Broken:
        value: annotation = field(rule)  # type: ignore[valid-type]

    with pytest.raises(DefinitionError) as error:
        world[Broken][0:20].to_arrow()
    assert "kinds.broken.value" in error.value.message
    return error.value


@pytest.mark.parametrize(
    ("annotation", "rule", "code"),
    [
        (Status, lambda rows: Text.constant("lost", len(rows)), "wrong_type"),
        (Phase, lambda rows: rows, "wrong_type"),
        (time, lambda rows: (rows + 86_400_000_000).astype("timedelta64[us]"), "wrong_type"),
        (time, lambda rows: rows, "wrong_type"),
        (Serial, lambda rows: rows - 3, "wrong_type"),
        (Price, lambda draw: draw.uniform(), "wrong_type"),
        (bytes, lambda rows: np.array([b"a"] * len(rows)), "wrong_type"),
        (tuple[int, int], lambda draw: np.stack([draw.integers(0, 1, each) for each in "abc"], axis=1), "wrong_type"),
        (tuple[int, int], lambda rows: Lists(rows * 0 + 1, rows), "wrong_type"),
        (timedelta, lambda rows: np.full(len(rows), np.timedelta64("NaT", "us")), "not_a_number"),
        (
            dict[str, int],
            lambda rows: Maps(rows * 0 + 1, Text.constant("k", len(rows)), np.ma.MaskedArray(rows, rows == 7)),
            "unexpected_null",
        ),
        (Price, row_rule(lambda draw: Decimal(10**12)), "wrong_type"),
        (Status, row_rule(lambda draw: "lost"), "wrong_type"),
    ],
)
def test_columns_that_do_not_fit_are_refused(annotation: Any, rule: Any, code: str, world: World) -> None:
    assert broken(annotation, rule, world).code == code


def test_arrow_arrays_of_rules_are_taken(world: World) -> None:
    @entity("arrowy")
    class Arrowy:
        price: Price = field(lambda rows: pa.array([Decimal("1.5")] * len(rows)))
        at: time = field(lambda rows: pa.array([time(7)] * len(rows)))
        lasts: timedelta | None = field(lambda rows: pa.array([None] * len(rows), pa.duration("s")))
        raw: bytes = field(lambda rows: pa.array([b"ab"] * len(rows)))
        points: list[GeoPoint] = field(lambda rows: pa.array([[{"latitude": 1.0, "longitude": 2.0}]] * len(rows)))
        when: datetime = field(lambda rows: pa.array([datetime(2025, 1, 1, tzinfo=UTC)] * len(rows)))

    made = world[Arrowy][0]
    assert made.price == Decimal("1.5") and made.at == time(7) and made.lasts is None and made.raw == b"ab"
    assert made.points == [GeoPoint(latitude=1.0, longitude=2.0)] and made.when == datetime(2025, 1, 1, tzinfo=UTC)


def test_a_zone_that_is_not_known_is_refused() -> None:
    with pytest.raises(DefinitionError) as error:

        @entity("nowhere", zone="Europe/Atlantis")
        class Nowhere:
            at: datetime = field(lambda clock, rows: np.full(len(rows), clock.instant))

    assert error.value.code == "bad_field" and "Europe/Atlantis" in error.value.message
