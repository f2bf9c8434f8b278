"""JSON lines and CSV made of columns are what Python's own `json` and `csv` make of one value after the other."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from datamimic.formats.csv import Csv
from datamimic.formats.iso_text import iso_text
from datamimic.formats.json import JsonLines

TEXT = st.text(st.sampled_from("ab\"\\,;\r\n\t\x00='+-@é日＝ 0"), max_size=4)
MOMENTS = st.datetimes(dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31), timezones=st.just(dt.UTC))
FLAT: dict[pa.DataType, st.SearchStrategy[Any]] = {
    pa.string(): TEXT,
    pa.large_string(): TEXT,
    pa.bool_(): st.booleans(),
    pa.int32(): st.integers(-(2**31), 2**31 - 1),
    pa.float64(): st.sampled_from([0.5, -3.25, 1e300, float("nan"), float("inf")]),
    pa.decimal128(9, 2): st.integers(-(10**7), 10**7).map(lambda hundredths: Decimal(hundredths).scaleb(-2)),
    pa.date32(): st.dates(),
    pa.timestamp("us", "UTC"): MOMENTS.map(lambda moment: moment.replace(microsecond=0)),
}


@st.composite
def columns(draw: st.DrawFn, rows: int, depth: int = 2) -> pa.Array:
    """Of any type, with and without nulls, a slice of something longer, some as dictionaries."""

    def typed(depth: int) -> tuple[pa.DataType, st.SearchStrategy[Any]]:
        form = draw(st.sampled_from(["flat", "list", "struct", "map", "pair"] if depth else ["flat"]))
        if form == "flat":
            kind = draw(st.sampled_from(list(FLAT)))
            return kind, orphaned(FLAT[kind])
        kind, values = typed(depth - 1)
        if form == "list":
            return pa.list_(kind), orphaned(st.lists(values, max_size=3))
        if form == "pair":
            return pa.list_(kind, 2), st.lists(values, min_size=2, max_size=2)
        if form == "map":
            return pa.map_(pa.string(), kind), orphaned(
                st.lists(st.tuples(TEXT, values), max_size=2, unique_by=lambda entry: entry[0])
            )
        other, others = typed(depth - 1)
        return pa.struct([("a", kind), ('b"', other)]), orphaned(st.fixed_dictionaries({"a": values, 'b"': others}))

    nulls = draw(st.booleans())

    def orphaned(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.none() | values if nulls else values

    kind, values = typed(depth)
    made = pa.array(draw(st.lists(values, min_size=rows + 2, max_size=rows + 2)), kind)
    if kind in FLAT and draw(st.booleans()):
        made = made.dictionary_encode()
    return made.slice(1, rows)


def plain(value: Any, kind: pa.DataType) -> Any:
    """A value as JSON has it."""
    if value is None or (isinstance(value, float) and not abs(value) < float("inf")):
        return None
    if pa.types.is_dictionary(kind):
        return plain(value, kind.value_type)
    if pa.types.is_map(kind):
        return {key: plain(item, kind.item_type) for key, item in value}
    if pa.types.is_list(kind) or pa.types.is_fixed_size_list(kind):
        return [plain(item, kind.value_type) for item in value]
    if pa.types.is_struct(kind):
        return {field.name: plain(value[field.name], field.type) for field in kind}
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None).isoformat() + "Z"
    return value.isoformat() if isinstance(value, dt.date) else value


def written(format: Csv | JsonLines, batch: pa.RecordBatch) -> str:
    stream = io.BytesIO()
    writer = format.writer(stream, batch.schema)
    writer.write(batch)
    writer.close()
    return stream.getvalue().decode()


@given(st.data(), st.integers(1, 4))
def test_json_lines(data: st.DataObject, rows: int) -> None:
    made = [data.draw(columns(rows)) for _ in range(data.draw(st.integers(1, 3)))]
    batch = pa.RecordBatch.from_arrays(made, names=[f'c"{number}' for number in range(len(made))])
    lines = written(JsonLines(), batch).split("\n")[:-1]
    assert [json.loads(line, parse_float=_float_or_cents) for line in lines] == [
        {name: plain(row[name], batch.schema.field(name).type) for name in row}
        for row in batch.to_pylist(maps_as_pydicts=None)
    ]


@given(st.data(), st.integers(1, 4), st.sampled_from(",;\t"))
def test_csv(data: st.DataObject, rows: int, delimiter: str) -> None:
    made = [data.draw(columns(rows)) for _ in range(data.draw(st.integers(1, 3)))]
    batch = pa.RecordBatch.from_arrays(made, names=[f"c{number}" for number in range(len(made))])
    text = written(Csv(delimiter=delimiter, escape_formulas=False), batch)
    _, *cells = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for row, line in zip(batch.to_pylist(), cells, strict=True):
        for name, cell in zip(row, line or [""], strict=True):
            kind = batch.schema.field(name).type
            value = plain(row[name], kind)
            if row[name] is None:
                assert cell == ""
            elif isinstance(value, dict | list):
                assert json.loads(cell, parse_float=_float_or_cents) == value
            elif isinstance(value, bool):
                assert cell == str(value).lower()
            elif isinstance(value, Decimal):
                assert Decimal(cell) == value
            elif isinstance(row[name], float):
                assert float(cell) == row[name] or row[name] != row[name]
            else:
                assert cell == str(value)


@given(st.lists(st.none() | MOMENTS, max_size=5))
def test_moments_of_any_year(moments: list[dt.datetime | None]) -> None:
    fractions = any(moment is not None and moment.microsecond for moment in moments)
    texts = [
        None
        if moment is None
        else moment.strftime(f"%Y-%m-%dT%H:%M:%S{'.%f' if fractions else ''}Z").zfill(27 if fractions else 20)
        for moment in moments
    ]
    assert iso_text(pa.array(moments, pa.timestamp("us", "UTC"))).to_pylist() == texts


def _float_or_cents(text: str) -> float | Decimal:
    """Our decimals have two places; floats of the tests that have two are the same number as a decimal."""
    return Decimal(text) if len(text.partition(".")[2]) == 2 else float(text)


@given(st.lists(st.lists(st.none() | TEXT, min_size=1, max_size=4), min_size=2, max_size=4), st.integers(0, 3))
def test_batches_bring_dictionaries_of_their_own_or_share_one(rows: list[list[str | None]], shared: int) -> None:
    columns = [pa.array(each, pa.string()).dictionary_encode() for each in rows]
    one = columns[shared % len(columns)]
    columns += [pa.DictionaryArray.from_arrays(one.indices, one.dictionary) for _ in range(2)]
    for format in (Csv(), JsonLines()):
        stream = io.BytesIO()
        batches = [pa.RecordBatch.from_arrays([each, each], names=["a", "b"]) for each in columns]
        writer = format.writer(stream, batches[0].schema)
        for batch in batches:
            writer.write(batch)
        alone = [written(format, batch) for batch in batches]
        header = alone[0].index("\r\n") + 2 if isinstance(format, Csv) else 0
        assert stream.getvalue().decode() == alone[0][:header] + "".join(text[header:] for text in alone)
