"""Numbers, money and dates as text, and dates taken apart: as Python does it, one by one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from datamimic.columns import date_text, digits, divided, money_text, number_text, year_month_day, years_between

NUMBERS = st.lists(st.integers(-(2**62), 2**62), max_size=20)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(date(1849, 12, 25), date(1850, 1, 5))
DAYS |= st.dates(date(2149, 12, 25), date(2150, 1, 5)) | st.dates(date(1996, 2, 25), date(1996, 3, 5))


def array(values: list[int]) -> np.ndarray:
    return np.array(values, dtype=np.int64)


@given(NUMBERS | st.lists(st.integers(0, 100_002), max_size=20))
def test_numbers_are_written_as_python_writes_them(numbers: list[int]) -> None:
    assert number_text(array(numbers)).tolist() == [str(number) for number in numbers]


@given(st.integers(1, 18), st.sampled_from(["", "DEV-"]), st.data())
def test_digits_have_their_width(width: int, prefix: str, data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(0, 10**width - 1), max_size=10))
    assert digits(array(numbers), width, prefix).tolist() == [f"{prefix}{number:0{width}d}" for number in numbers]


@given(NUMBERS)
def test_money_is_written_to_the_cent(cents: list[int]) -> None:
    assert money_text(array(cents)).tolist() == [str(Decimal(each).scaleb(-2)) for each in cents]


@given(NUMBERS, st.integers(1, 2**40))
def test_division_is_that_of_python(numbers: list[int], by: int) -> None:
    whole, rest = divided(array(numbers), by)
    assert list(zip(whole.tolist(), rest.tolist(), strict=True)) == [divmod(number, by) for number in numbers]


@given(st.lists(DAYS, max_size=20))
def test_dates_are_taken_apart_and_written(days: list[date]) -> None:
    column = np.array(days, dtype="datetime64[D]")
    parts = zip(*(part.tolist() for part in year_month_day(column)), strict=True)
    assert list(parts) == [(day.year, day.month, day.day) for day in days]
    assert date_text(column).tolist() == [day.isoformat() for day in days]


@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=20))
def test_years_are_complete_on_the_birthday(pairs: list[tuple[date, date]]) -> None:
    starts, ends = (np.array(days, dtype="datetime64[D]") for days in zip(*pairs, strict=True))
    expected = [end.year - start.year - ((end.month, end.day) < (start.month, start.day)) for start, end in pairs]
    assert years_between(starts, ends).tolist() == expected
