"""Values of every kind, on their way between Python, columns and Arrow: nothing is lost, whatever they are."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Annotated, Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from datamimic.columns.value_types import (
    ValueType,
    decimals,
    from_json,
    json_schema,
    kind_of,
    misfit,
    to_json,
    unsigned,
    zone,
)
from datamimic.errors import DefinitionError
from datamimic.model.arrow import column_from
from datamimic.model.record import record


@record
class Reading:
    taken_on: date
    value: float | None


@record
class Track:
    """Records and lists of them within a record."""

    points: list[tuple[float, float]]
    readings: list[Reading]
    fees: dict[str, Annotated[Decimal, decimals(4)]]
    last: Reading | None


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Level(IntEnum):
    LOW = 1
    HIGH = 3


Berlin = Annotated[datetime, zone("Europe/Berlin")]
MOMENTS = st.datetimes(datetime(1678, 1, 1), datetime(2262, 1, 1), timezones=st.just(UTC))


def scaled(digits: int, scale: int) -> st.SearchStrategy[Decimal]:
    return st.integers(-(10**digits) + 1, 10**digits - 1).map(lambda units: Decimal(units).scaleb(-scale))


SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False),
    bool: st.booleans(),
    str: st.text(max_size=5),
    date: st.dates(),
    datetime: MOMENTS,
    Berlin: MOMENTS.map(lambda moment: moment.astimezone(ZoneInfo("Europe/Berlin"))),
    time: st.times(),
    timedelta: st.timedeltas(timedelta(days=-90_000), timedelta(days=90_000)),
    Decimal: scaled(18, 2),
    Annotated[Decimal, decimals(4)]: scaled(15, 4),
    Annotated[Decimal, decimals(0)]: scaled(15, 0),
    Annotated[Decimal, decimals(18, 18)]: scaled(18, 18),
    Annotated[int, unsigned()]: st.integers(0, 2**64 - 1),
    bytes: st.binary(max_size=5),
    UUID: st.uuids(),
    Colour: st.sampled_from(Colour),
    Level: st.sampled_from(Level),
    Literal["a", "b"]: st.sampled_from(["a", "b"]),
    Literal[1, 2]: st.sampled_from([1, 2]),
}
READINGS = st.builds(Reading, taken_on=st.dates(), value=st.none() | st.floats(allow_nan=False))
TRACKS = st.builds(
    Track,
    points=st.lists(st.tuples(st.floats(allow_nan=False), st.floats(allow_nan=False)), max_size=2),
    readings=st.lists(READINGS, max_size=2),
    fees=st.dictionaries(st.text(max_size=3), SCALARS[Annotated[Decimal, decimals(4)]], max_size=2),
    last=st.none() | READINGS,
)
NESTED: dict[Any, st.SearchStrategy[Any]] = {
    **{list[python]: st.lists(values, max_size=3) for python, values in SCALARS.items()},
    **{tuple[python, python]: st.tuples(values, values) for python, values in SCALARS.items()},
    **{
        dict[str, python]: st.dictionaries(st.text(max_size=3), values, max_size=3)
        for python, values in SCALARS.items()
    },
    list[int | None]: st.lists(st.none() | SCALARS[int], max_size=3),
    Reading: READINGS,
    Track: TRACKS,
    list[Reading]: st.lists(READINGS, max_size=3),
    list[Track]: st.lists(TRACKS, max_size=2),
    list[list[int]]: st.lists(st.lists(SCALARS[int], max_size=2), max_size=3),
}
NULLABLE = {python | None: values | st.none() for python, values in {**SCALARS, **NESTED}.items() if python is not str}
KINDS = SCALARS | NULLABLE | NESTED


def column_and_values(
    data: st.DataObject, annotations: dict[Any, st.SearchStrategy[Any]]
) -> tuple[ValueType, list[Any]]:
    annotation = data.draw(st.sampled_from(list(annotations)))
    return kind_of(annotation, "here"), data.draw(st.lists(annotations[annotation], max_size=8))


@pytest.mark.parametrize("annotation", KINDS, ids=str)
@given(data=st.data())
@settings(max_examples=3)
def test_each_kind_comes_back_from_arrow_and_text_and_has_nulls(annotation: Any, data: st.DataObject) -> None:
    kind = kind_of(annotation, "here")
    values = data.draw(st.lists(KINDS[annotation], min_size=1, max_size=3))
    column = kind.from_objects(values, "here")
    assert kind.objects(column_from(kind.to_arrow(column, kind.arrow), kind, "here")) == values
    assert kind.objects(kind.nulls(2)) == [None, None] and kind.to_arrow(kind.nulls(2)).null_count == 2
    assert all(misfit(each, kind, "here") is None for each in values)
    if not _holds_in_a_float(annotation):
        return
    cells = [None if each is None else _cell(each, kind) for each in values]
    known = kind.objects(column_from(pa.array(cells, pa.string()), kind, "here"))
    assert known == [None if kind.nullable and cell == "" else each for each, cell in zip(values, cells, strict=True)]


@given(st.data())
def test_values_come_back_from_columns(data: st.DataObject) -> None:
    kind, values = column_and_values(data, KINDS | {str | None: st.none() | st.text(max_size=5)})
    assert kind.objects(kind.from_objects(values, "here")) == values


@given(st.data())
def test_columns_come_back_from_arrow(data: st.DataObject) -> None:
    kind, values = column_and_values(data, KINDS)
    made = kind.to_arrow(kind.from_objects(values, "here"), kind.arrow)
    made.validate(full=True)
    assert len(made) == len(values) and made.null_count == values.count(None)
    assert kind.objects(column_from(made, kind, "here")) == values


@given(st.data())
def test_columns_come_back_from_text(data: st.DataObject) -> None:
    """As CSV has them: numbers as they are, nested values as JSON, an empty cell for null."""
    kind, values = column_and_values(data, {each: made for each, made in KINDS.items() if _holds_in_a_float(each)})
    cells = [None if each is None else _cell(each, kind) for each in values]
    if kind.nullable:
        values = [None if cell == "" else value for value, cell in zip(values, cells, strict=True)]
    assert kind.objects(column_from(pa.array(cells, pa.string()), kind, "here")) == values


def _cell(value: Any, kind: ValueType) -> str:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(int(value) if isinstance(value, int) else value)
    text = to_json(value, kind)
    return text if isinstance(text, str) else json.dumps(text)


@given(st.data())
def test_values_come_back_from_json_and_fit_its_schema(data: st.DataObject) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    few = {**KINDS, Decimal: scaled(15, 2)}
    kind, values = column_and_values(data, {each: made for each, made in few.items() if _holds_in_a_float(each)})
    for value in values:
        text = json.dumps(to_json(value, kind), allow_nan=False) if "inf" not in repr(value) else None
        if text is not None:
            assert from_json(json.loads(text), kind, "$") == value
            jsonschema.validate(json.loads(text), json_schema(kind))


def _holds_in_a_float(annotation: Any) -> bool:
    """Money of more than fifteen digits is a number in JSON, and loses the rest as `float` has no more."""
    return annotation is Decimal or not _says_money(annotation)


def _says_money(annotation: Any) -> bool:
    if hasattr(annotation, "__metadata__"):
        return False
    return annotation is Decimal or any(map(_says_money, getattr(annotation, "__args__", ())))


@frozen
class NoRecord:
    mystery: object


@pytest.mark.parametrize(
    "annotation",
    [
        object,
        set[int],
        dict[int, int],
        int | str,
        tuple[int, ...],
        tuple[int, str],
        Literal["a", 1],
        Annotated[Decimal, "4"],
        Annotated[int, decimals(4)],
        complex,
        NoRecord,
        "later",
    ],
)
def test_what_no_column_can_hold_is_refused(annotation: Any) -> None:
    with pytest.raises(DefinitionError) as error:
        kind_of(annotation, "Trip.stops")
    assert error.value.code == "bad_field" and "Trip.stops" in str(error.value) and error.value.hint
