"""Every kind of value that people store, through everything that a row goes through."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa
import pytest
from meters import PACKS, Meter, Phase, Price, Serial, Status

from datamimic import (
    GeoPoint,
    Lists,
    Maps,
    Text,
    World,
    entity,
    explain,
    field,
    read_batches,
    row_rule,
    verify,
)
from datamimic.checks.checking import check_batches, check_rows
from datamimic.errors import DefinitionError
from datamimic.output.digest import batch_digests
from datamimic.request.schemas import response_schema
from datamimic.testing import pack_contract


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


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "jsonl", "parquet", "arrow", "xml", "xlsx"])
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
    assert "broken.value" in error.value.message
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
