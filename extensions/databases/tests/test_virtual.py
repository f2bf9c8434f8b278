"""Rows that are asked without being stored: in Python by key, in DuckDB and in Polars."""

from __future__ import annotations

import operator
from datetime import date
from types import SimpleNamespace
from typing import Any

import fleet
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datamimic import Pack, Registry, World, entity, field, serial, stages
from datamimic_databases import as_dataset, as_lazy_frame
from datamimic_databases.virtual import arrow_filters, polars_filters
from datamimic_databases.virtual.table import NotNarrowed, VirtualTable

MANY = 10_000
PACKS = fleet.registry()


def keys(world: World, rows: slice) -> list[str]:
    found: list[str] = world["depot"][rows].select(["depot_id"]).to_arrow()["depot_id"].to_pylist()
    return found


FIELD = ds.field
NUMBER = FIELD("row_number")


@pytest.mark.parametrize(
    ("filter", "span"),
    [
        (NUMBER == 5, (5, 6)),
        ((NUMBER >= 5) & (NUMBER < 9) & (FIELD("depot_id") != "x"), (5, 9)),
        ((NUMBER > 5) & (NUMBER < 3), None),
        ((NUMBER < 3) | (NUMBER == 90), (0, 91)),
        (~(NUMBER > 5), (0, 6)),
        (FIELD("depot_id") == "no such key", None),
        (FIELD("depot_id") == 'x" and (row_number == 3) and "', (0, MANY)),
        ((FIELD("depot_id") > "a") & (FIELD("depot_id") < "c"), (0, MANY)),
    ],
    ids=str,
)
def test_arrow_says_which_rows_a_filter_leaves_over(world: World, filter: Any, span: tuple[int, int] | None) -> None:
    table = VirtualTable(world["depot"][0:MANY])
    first, end = arrow_filters.span_of(table, filter)
    assert first == end if span is None else (first, end) == span


def test_rows_in_a_list_are_within_what_is_left_over(world: World) -> None:
    """Older Arrow cannot say more than that all rows may be."""
    table = VirtualTable(world["depot"][0:MANY])
    assert arrow_filters.span_of(table, NUMBER.isin([40, 70])) in ((40, 71), (0, MANY))


def test_a_key_in_a_filter_tells_its_row_where_no_other_key_will_do(world: World) -> None:
    table = VirtualTable(world["depot"][0:MANY])
    key = FIELD("depot_id")
    seven, nine = keys(world, slice(7, 8))[0], keys(world, slice(9, 10))[0]
    assert arrow_filters.span_of(table, key == seven) == (7, 8)
    assert arrow_filters.span_of(table, (key == seven) & (NUMBER < 100)) == (7, 8)
    first, end = arrow_filters.span_of(table, (key == seven) & (NUMBER > 100))
    assert first == end
    assert arrow_filters.span_of(table, (key == seven) | (NUMBER < 20)) == (0, MANY)
    assert arrow_filters.span_of(table, (key == seven) | (key == nine)) == (0, MANY)
    assert arrow_filters.span_of(table, pc.starts_with(key, seven)) == (0, MANY)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_no_filter_loses_a_row(data: st.DataObject) -> None:
    """Any filter of comparisons gives the rows that it gives of a table in memory."""
    world = World("filters", packs=PACKS)
    table = VirtualTable(world["depot"][3:40])
    [stored] = [pa.Table.from_batches(table.batches(table.schema.names, 3, 40))]
    some = st.sampled_from(stored["depot_id"].to_pylist()) | st.text("DP-0123456789", max_size=4)
    compared = st.sampled_from([operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge])
    leaves = st.one_of(
        st.builds(lambda sign, value: sign(NUMBER, value), compared, st.integers(-2, 45)),
        st.builds(lambda sign, value: sign(FIELD("depot_id"), value), compared, some),
        st.builds(NUMBER.isin, st.lists(st.integers(0, 45), min_size=1, max_size=3)),
    )
    made = st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(operator.and_, inner, inner),
            st.builds(operator.or_, inner, inner),
            st.builds(operator.inv, inner),
        ),
        max_leaves=5,
    )
    filter = data.draw(made)
    found = as_dataset(world["depot"][3:40]).to_table(columns=["row_number"], filter=filter)
    assert found["row_number"].to_pylist() == stored.filter(filter)["row_number"].to_pylist()


def test_the_columns_that_a_filter_reads_are_known_by_what_it_cannot_do_without(world: World) -> None:
    schema = VirtualTable(world["depot"][0:MANY]).schema
    assert arrow_filters.columns_of(schema, (NUMBER > 3) & (FIELD("depot_id") == "row_number city")) == {
        "row_number",
        "depot_id",
    }


def test_a_condition_that_leaves_all_of_many_rows_over_is_told(world: World) -> None:
    data = as_dataset(world["trip"].select(["fare"])[0 : 10**9])
    scanned = data.scanner(columns=["fare"], filter=NUMBER + 0 == 5).to_reader()
    with pytest.warns(NotNarrowed, match="all 1,000,000,000 are made"):
        scanned.read_next_batch()


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


def test_polars_tells_which_rows_a_predicate_leaves_over(world: World) -> None:
    polars = pytest.importorskip("polars")
    table = VirtualTable(world["depot"][0:MANY])
    number, key = polars.col("row_number"), polars.col("depot_id")
    seven = keys(world, slice(7, 8))[0]
    told = {
        (5, 6): number == 5,
        (6, MANY): number > 5,
        (5, 9): (number >= 5) & (number < 9) & (key != "x"),
        (40, 43): number.is_between(40, 42),
        (41, 42): number.is_between(40, 42, closed="none"),
        (7, 8): (key == seven) & (number < 100),
        (0, MANY): (number == 5) | (key == seven),
    }
    for span, predicate in told.items():
        assert polars_filters.span_of(polars, table, predicate) == span, str(predicate)
    first, end = polars_filters.span_of(polars, table, key == "no such key")
    assert first == end
    for predicate in (~(number > 5), number.is_in([5]), number + 1 == 6, polars.lit(True)):
        assert polars_filters.span_of(polars, table, predicate) == (0, MANY), str(predicate)


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


@entity("booking", happens="booked_on", ends="over_on")
class Booking:
    """A vehicle that somebody took, and brought back."""

    booking_id: str = field(serial("B-#####"), key=True, doc="its number")
    booked_on: date = field(lambda draw: np.datetime64("2025-01-01") + draw.integers(0, 300), doc="first day")
    over_on: date = field(lambda booked_on, draw: booked_on + draw.integers(1, 60), doc="first day without it")
    status: str = field(stages({"booked": "booked_on"}), doc="how it stands")


@pytest.mark.parametrize("moment", ["2025-01-02", "2025-06-01", "2025-12-31"])
def test_a_world_as_of_a_moment_has_the_rows_that_there_were(moment: str) -> None:
    packs = Registry.of(
        SimpleNamespace(datamimic_pack=lambda: Pack("bookings", "1", "Bookings"), datamimic_entities=lambda: [Booking])
    )
    rows = World("seen", packs=packs).as_of(moment)["booking"][100:1_300]
    expected, numbers = rows.to_arrow(), rows.numbers().tolist()
    table = as_dataset(rows)
    assert table.count_rows() == len(rows) == expected.num_rows < 1_200
    made = table.to_table()
    assert made["row_number"].to_pylist() == numbers
    assert made.drop_columns("row_number").to_pylist() == expected.to_pylist()
    half = table.to_table(filter=(NUMBER >= 500) & (NUMBER < 900))
    assert half["row_number"].to_pylist() == [number for number in numbers if 500 <= number < 900]
    for number in (100, 400, 1_299):
        key = rows.world.evolve(seen=None)["booking"][number : number + 1].record_batch(number, number + 1)
        if key.num_rows:
            found = table.to_table(filter=FIELD("booking_id") == key.column("booking_id")[0].as_py())
            assert found["row_number"].to_pylist() == [number] * (number in numbers)
    assert as_lazy_frame(rows).collect()["row_number"].to_list() == numbers
