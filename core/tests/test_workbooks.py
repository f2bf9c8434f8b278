"""Workbooks, read by openpyxl, which did not write them."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from fleet import Trip, Vehicle, registry

from datamimic import DatamimicError, World
from datamimic.formats import workbook
from datamimic.formats.reading import read_batches
from datamimic.formats.workbook import Xlsx

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
from openpyxl.utils.escape import unescape  # noqa: E402


def sheets(columns: dict[str, pa.Array], **settings: Any) -> Any:
    stream = io.BytesIO()
    batch = pa.RecordBatch.from_pydict(columns)
    writer = Xlsx(**settings).writer(stream, batch.schema)
    writer.write(batch)
    writer.close()
    return openpyxl.load_workbook(stream)


def cells(columns: dict[str, pa.Array]) -> dict[str, list[Any]]:
    """What openpyxl finds below each name."""
    (sheet,) = sheets(columns).worksheets
    return {column[0].value: [cell.value for cell in column[1:]] for column in sheet.iter_cols()}


def test_numbers_dates_and_truth_values_are_cells_of_their_kinds() -> None:
    moment = dt.datetime(2026, 2, 28, 23, 59, 59)
    found = cells(
        {
            "whole": pa.array([1, None, -(2**53)]),
            "float": pa.array([0.5, None, -1e300]),
            "money": pa.array([Decimal("12.30"), None, Decimal("-0.01")], pa.decimal128(18, 2)),
            "day": pa.array([dt.date(1900, 3, 1), None, dt.date(9999, 12, 31)]),
            "moment": pa.array([moment, None, dt.datetime(1970, 1, 1)], pa.timestamp("us", "UTC")),
            "true": pa.array([True, None, False]),
        }
    )
    assert found["whole"] == [1, None, -(2**53)] and found["float"] == [0.5, None, -1e300]
    assert found["money"] == [12.3, None, -0.01] and found["true"] == [True, None, False]
    assert found["day"] == [dt.datetime(1900, 3, 1), None, dt.datetime(9999, 12, 31)]
    assert found["moment"] == [moment, None, dt.datetime(1970, 1, 1)]


def test_what_excel_cannot_hold_exactly_is_text() -> None:
    found = cells(
        {
            "whole": pa.array([2**53 + 1]),
            "float": pa.array([float("inf")]),
            "money": pa.array([Decimal("12345678901234567.89")], pa.decimal128(19, 2)),
            "day": pa.array([dt.date(1900, 2, 28)]),
            "local": pa.array([dt.datetime(2026, 7, 1)], pa.timestamp("us", "Europe/Berlin")),
            "list": pa.array([["a", "b"]]),
            "bytes": pa.array([b"\x00\xff"]),
        }
    )
    assert [column[0] for column in found.values()] == [
        str(2**53 + 1), "inf", "12345678901234567.89", "1900-02-28", "2026-07-01T02:00:00+02:00", '["a","b"]', "00ff",
    ]  # fmt: skip


def test_text_is_text_whatever_it_looks_like() -> None:
    texts = [
        "=1+1",
        "+49 30 1",
        "@x",
        "{=1}",
        "http://example.org",
        "00123",
        "1e5",
        "a\tb\nc",
        "\x01",
        "_x0041_",
        "<&\"'",
    ]
    (sheet,) = sheets({"=name": pa.array(texts)}).worksheets
    assert [unescape(cell.value) for cell in sheet["A"]] == ["=name", *texts]
    assert {cell.data_type for cell in sheet["A"]} == {"s"} and not any(cell.hyperlink for cell in sheet["A"])


def test_rows_go_on_in_further_sheets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(workbook, "_SHEET_ROWS", 5)
    made = sheets({"n": pa.array(range(9))}, sheet="numbers").worksheets
    assert [sheet.title for sheet in made] == ["numbers", "numbers 2", "numbers 3"]
    assert [[row[0] for row in sheet.values] for sheet in made] == [["n", 0, 1, 2, 3], ["n", 4, 5, 6, 7], ["n", 8]]
    path = World("sheets", packs=registry())[Vehicle][0:11].write(tmp_path / "v.xlsx")
    assert sum(batch.num_rows for batch in read_batches(path)) == 11


def test_a_file_is_read_and_made_again_byte_for_byte(tmp_path: Path) -> None:
    rows = World("sheets", packs=registry())[Trip][0:300]
    once, again = (rows.write(tmp_path / f"{name}.xlsx").read_bytes() for name in "ab")
    assert once == again
    read = pa.Table.from_batches(read_batches(tmp_path / "a.xlsx"))
    assert read["trip_id"].to_pylist() == [trip.trip_id for trip in rows]
    assert [Decimal(fare) for fare in read["fare"].to_pylist()] == [trip.fare for trip in rows]


def test_what_no_sheet_holds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatamimicError, match="longer than the 32,767 letters"):
        sheets({"long": pa.array(["😀" * 16_384])})
    assert cells({"long": pa.array(["😀" * 16_383])})["long"] == ["😀" * 16_383]
    with pytest.raises(DatamimicError, match="columns at most"):
        sheets({f"c{number}": pa.array([1]) for number in range(16_385)})
    for wrong in ("", "a/b", "'x", "x" * 29):
        with pytest.raises(DatamimicError):
            Xlsx(sheet=wrong)
