"""Rows that are asked without being stored: in Python by key, in DuckDB and in Polars."""

from __future__ import annotations

import pyarrow.dataset as ds
import pytest

from datamimic import World
from datamimic_databases import as_dataset, as_lazy_frame
from datamimic_databases.virtual.conditions import Condition, of_arrow

MANY = 10_000


def keys(world: World, rows: slice) -> list[str]:
    found: list[str] = world["depot"][rows].select(["depot_id"]).to_arrow()["depot_id"].to_pylist()
    return found


def test_conditions_of_an_arrow_filter() -> None:
    field = ds.field
    assert [*of_arrow(str((field("row_number") >= 5) & (field("id") == "a and (b")))] == [
        Condition("row_number", ">=", 5),
        Condition("id", "==", "a and (b"),
    ]
    assert [*of_arrow(str((field("row_number") > 5) | (field("id") == "x")))] == []
    assert [*of_arrow(str(~(field("row_number") > 5)))] == []
    assert [*of_arrow(str(field("id") == 'x" and (row_number == 3) and "'))] == []


def test_a_dataset_gives_what_the_rows_hold(world: World) -> None:
    rows = world["depot"][0:1_000]
    data = as_dataset(rows)
    assert data.to_table(columns=rows.columns).to_pylist() == rows.to_arrow().to_pylist()
    assert data.count_rows() == 1_000
    filtered = data.to_table(
        columns=["row_number"], filter=(ds.field("row_number") > 10) & (ds.field("row_number") < 13)
    )
    assert filtered["row_number"].to_pylist() == [11, 12]


def test_duckdb_asks_only_for_what_it_needs(world: World) -> None:
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect()
    key = keys(world, slice(7_777, 7_778))[0]
    data = as_dataset(world["depot"][0:MANY])
    connection.register("depots", data)
    ask = connection.execute
    assert ask("SELECT row_number FROM depots WHERE depot_id = ?", [key]).fetchall() == [(7_777,)]
    assert ask("SELECT count(*) FROM depots").fetchall() == [(MANY,)]
    assert ask("SELECT row_number FROM depots LIMIT 2").fetchall() == [(0,), (1,)]
    assert ask("SELECT depot_id FROM depots WHERE row_number BETWEEN 40 AND 42 ORDER BY row_number").fetchall() == [
        (each,) for each in keys(world, slice(40, 43))
    ]
    assert ask("SELECT count(*) FROM depots WHERE depot_id = 'DP-' OR row_number < 3").fetchall() == [(3,)]
    connection.close()


def test_polars_asks_only_for_what_it_needs(world: World) -> None:
    polars = pytest.importorskip("polars")
    col = polars.col
    key = keys(world, slice(7_777, 7_778))[0]
    frame = as_lazy_frame(world["depot"][0:MANY])
    assert frame.filter(col("depot_id") == key).select("row_number").collect().to_series().to_list() == [7_777]
    assert frame.filter(col("row_number").is_between(40, 42)).select(
        "depot_id"
    ).collect().to_series().to_list() == keys(world, slice(40, 43))
    assert frame.head(3).collect()["depot_id"].to_list() == keys(world, slice(0, 3))
    assert frame.slice(5, 2).select("row_number").collect().to_series().to_list() == [5, 6]
    assert frame.select(polars.len()).collect().item() == MANY
    top = (
        frame.filter(col("row_number") > 5).sort("depot_id").head(2).select("depot_id").collect().to_series().to_list()
    )
    assert top == sorted(keys(world, slice(6, MANY)))[:2]


def test_a_billion_rows_are_asked_without_making_them(world: World) -> None:
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect()
    rows = world["trip"].select(["fare"])[0 : 10**9]  # made, they would take a quarter of an hour
    connection.register("trips", as_dataset(rows))
    found = connection.execute("SELECT fare FROM trips WHERE row_number = 987654321").fetchall()
    assert found[0][0] == rows[987_654_321:987_654_322].to_arrow()["fare"][0].as_py()
    connection.close()
