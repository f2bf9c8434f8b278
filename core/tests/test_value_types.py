"""Values of every kind, on their way between Python, columns and Arrow: nothing is lost, whatever they are."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from attrs import frozen
from datamimic.model.values import column_of, values_of
from hypothesis import given
from hypothesis import strategies as st

from datamimic.columns.value_types import ValueType, kind_of
from datamimic.errors import DefinitionError
from datamimic.model.arrow import arrow_array, column_from
from datamimic.model.instances import plain
from datamimic.model.record import record


@record
class Reading:
    taken_on: date
    value: float | None


SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False),
    bool: st.booleans(),
    str: st.text(max_size=5),
    date: st.dates(),
    datetime: st.datetimes(datetime(1678, 1, 1), datetime(2262, 1, 1), timezones=st.just(UTC)),
    Decimal: st.integers(-(10**18) + 1, 10**18 - 1).map(lambda cents: Decimal(cents).scaleb(-2)),
    bytes: st.binary(max_size=5),
}
READINGS = st.builds(Reading, taken_on=st.dates(), value=st.none() | st.floats(allow_nan=False))
NESTED: dict[Any, st.SearchStrategy[Any]] = {
    **{list[python]: st.lists(values, max_size=3) for python, values in SCALARS.items() if python is not bytes},
    dict[str, str]: st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=3),
    Reading: READINGS,
    list[Reading]: st.lists(READINGS, max_size=3),
    list[list[int]]: st.lists(st.lists(SCALARS[int], max_size=2), max_size=3),
}
NULLABLE = {python | None: values | st.none() for python, values in SCALARS.items() if python not in (str, bytes)}
KINDS = SCALARS | NULLABLE | NESTED


def column_and_values(
    data: st.DataObject, annotations: dict[Any, st.SearchStrategy[Any]]
) -> tuple[ValueType, list[Any]]:
    annotation = data.draw(st.sampled_from(list(annotations)))
    return kind_of(annotation, "here"), data.draw(st.lists(annotations[annotation], max_size=8))


@given(st.data())
def test_values_come_back_from_columns(data: st.DataObject) -> None:
    kind, values = column_and_values(data, KINDS | {str | None: st.none() | st.text(max_size=5)})
    assert values_of(column_of(values, kind, "here"), kind) == values


@given(st.data())
def test_columns_come_back_from_arrow(data: st.DataObject) -> None:
    kind, values = column_and_values(data, {each: made for each, made in KINDS.items() if each is not bytes})
    made = arrow_array(column_of(values, kind, "here"), kind, kind.arrow)
    made.validate(full=True)
    assert len(made) == len(values) and made.null_count == values.count(None)
    assert values_of(column_from(made, kind, "here"), kind) == values


@given(st.data())
def test_columns_come_back_from_text(data: st.DataObject) -> None:
    """As CSV has them: money with its cents, nested values as JSON."""
    kind, values = column_and_values(
        data,
        {
            each: made
            for each, made in KINDS.items()
            if each not in (bytes, str) and str not in getattr(each, "__args__", ())
        },
    )
    cells = [None if each is None else each.isoformat() if isinstance(each, date) else _cell(each) for each in values]
    assert values_of(column_from(pa.array(cells, pa.string()), kind, "here"), kind) == values


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float | Decimal) else json.dumps(plain(value))


@frozen
class NoRecord:
    mystery: object


@pytest.mark.parametrize(
    "annotation", [object, set[int], dict[str, int], int | str, tuple[int, ...], NoRecord, "later"]
)
def test_what_no_column_can_hold_is_refused(annotation: Any) -> None:
    with pytest.raises(DefinitionError) as error:
        kind_of(annotation, "Trip.stops")
    assert error.value.code == "bad_field" and "Trip.stops" in str(error.value)
