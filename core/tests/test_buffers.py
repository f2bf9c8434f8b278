"""Arrays made over buffers are those that pyarrow makes, and pandas stays away."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datamimic.columns.buffers import arrow_numbers, arrow_text, arrow_texts, numpy_values, true_values

TEXTS = st.lists(st.none() | st.text(max_size=6), max_size=40)
FLAGS = st.lists(st.booleans(), max_size=70)


@given(TEXTS)
def test_texts_are_those_of_pyarrow(values: list[str | None]) -> None:
    made = arrow_texts(values)
    made.validate(full=True)
    assert made.equals(pa.array(values, pa.string())) and made.null_count == values.count(None)


@pytest.mark.parametrize("value", ["", "ä", "plain", None])
def test_one_text_is_a_scalar(value: str | None) -> None:
    assert arrow_text(value) == pa.scalar(value, pa.string()) or value is None
    assert arrow_text(value).as_py() == value and arrow_text(value).type == pa.string()


@given(FLAGS, st.integers(0, 20), st.integers(0, 50))
def test_truth_values_come_back_from_any_slice(flags: list[bool], start: int, length: int) -> None:
    made = arrow_numbers(np.array(flags, dtype=np.bool_))
    made.validate(full=True)
    assert made.to_pylist() == flags
    assert numpy_values(made.slice(start, length)).tolist() == flags[start : start + length]


@given(
    st.sampled_from(["int8", "int32", "int64", "uint16", "uint64", "float32", "float64"]),
    st.lists(st.tuples(st.integers(0, 100), st.booleans()), max_size=40),
    st.integers(0, 10),
)
def test_numbers_are_those_of_pyarrow(dtype: str, cells: list[tuple[int, bool]], start: int) -> None:
    values = np.array([number for number, _ in cells], dtype=dtype)
    missing = np.array([absent for _, absent in cells], dtype=np.bool_)
    made = arrow_numbers(values, missing)
    made.validate(full=True)
    assert made.equals(pa.array(values, mask=missing)) and made.type == pa.from_numpy_dtype(dtype)
    plain = numpy_values(arrow_numbers(values).slice(start))
    assert plain.dtype == dtype and plain.tolist() == values[start:].tolist()


def test_strided_numbers_are_copied() -> None:
    assert arrow_numbers(np.arange(10)[::3]).to_pylist() == [0, 3, 6, 9]


def test_rows_are_made_and_written_without_pandas(tmp_path: object) -> None:
    pytest.importorskip("pandas")
    code = (
        "import sys\n"
        "from datamimic.cli import main\n"
        "for format in ('csv', 'jsonl', 'json', 'parquet', 'arrow', 'xml'):\n"
        "    try: main(['generate', 'common.person', '-n', '200', '--seed', 's', '-q', '-o', f'{sys.argv[1]}/x.' + format])\n"
        "    except SystemExit as end: assert not end.code, end.code\n"
        "try: main(['world', 'common.company=50', '--seed', 's', '-q', '-o', f'{sys.argv[1]}/set'])\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "assert 'pyarrow' in sys.modules and 'pandas' not in sys.modules\n"
    )
    from datamimic import installed_packs

    if "common.person" not in installed_packs().entities():
        pytest.skip("needs the pack common")
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)


def test_null_is_not_true() -> None:
    assert true_values(pa.array([True, None, False, None, True])[1:]).tolist() == [False, False, False, True]
