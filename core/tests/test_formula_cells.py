"""Cells that a spreadsheet would run are neutralised in CSV, and nothing else is; what is read is what was written."""

from __future__ import annotations

import io

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datamimic.formats.csv import Csv
from datamimic.formats.formula_cells import as_meant, neutralised

STARTS = [
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    " =",
    "\t=",
    "\x00=",
    "\ufeff=",
    "\u3000@",
    "＝",
    "＋",
    "－",
    "＠",
    "+4",
    "x",
]
texts = st.builds(
    lambda marks, start, rest: marks + start + rest,
    st.sampled_from(["", "'", "''", "'''"]),
    st.sampled_from(STARTS),
    st.text(st.characters(codec="utf-8"), max_size=4),
)


@given(st.lists(texts, min_size=1), st.sampled_from([pa.string(), pa.large_string()]))
def test_text_is_read_back_as_it_was_written_whatever_it_begins_with(cells: list[str], kind: pa.DataType) -> None:
    written = neutralised(pa.array(cells, kind))
    assert as_meant(written).to_pylist() == cells
    for text in written.to_pylist():
        assert text[0] not in "=@\t\r\n＝＋－＠"
        assert text[0] not in "+-" or set(text[1:]) <= set("0123456789 ().,/-+eE")


@pytest.mark.parametrize(
    "text", ["+49 30 1234-567", "+1 (619) 555-0169", "-5", "-5.25", "-1e5", "O'Neill", "'tis", "'+49 30 1", "a=1"]
)
def test_numbers_with_a_sign_and_other_plain_text_stay_as_they_are(text: str) -> None:
    array = pa.array([text, "=1"])
    assert neutralised(array).to_pylist() == [text, "'=1"]
    assert as_meant(neutralised(array)).to_pylist() == [text, "=1"]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_large_text_is_neutralised_and_quoted_like_other_text(kind: pa.DataType) -> None:
    stream = io.BytesIO()
    column = pa.array(['=1,"2"', None, "a"], kind)
    made = Csv().writer(stream, pa.schema({"t": kind}))
    made.write(pa.RecordBatch.from_arrays([column], names=["t"]))
    made.close()
    assert stream.getvalue() == b't\r\n"\'=1,""2"""\r\n\r\na\r\n'


@given(st.lists(st.text("+-1( ./,)0", max_size=6) | st.none(), min_size=1))
def test_columns_of_signed_numbers_are_told_by_their_bytes_as_cells_are_by_searching_each(
    cells: list[str | None],
) -> None:
    # A letter within the column lets every cell be searched.
    assert neutralised(pa.array(cells, pa.string())) == neutralised(pa.array([*cells, "=x"]))[: len(cells)]
