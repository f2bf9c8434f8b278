"""Data frames: pandas and Polars compute with every column, and what would make a frame of objects is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pytest

from datamimic import DatamimicError, Registry, Rows, World, entity, field, serial
from datamimic.errors import UnknownName


@entity("booking")
class Booking:
    """A booking, with a value of every kind that frames disagree about."""

    booking_id: str = field(serial("B-######"), key=True)
    booked_on: date = field(lambda clock, rows: clock.date + rows)
    cancelled_on: date | None = field(lambda booked_on, rows: np.ma.MaskedArray(booked_on, rows % 2 == 0))
    amount: Decimal = field(lambda rows: rows * 105)
    refund: Decimal | None = field(lambda amount, rows: np.ma.MaskedArray(amount, rows % 3 == 0))


@pytest.fixture
def rows(packs: Registry) -> Rows:
    return World("frames", packs=packs)[Booking][0:10]


@pytest.mark.parametrize("types", ["pandas", "arrow", "numpy"])
def test_pandas_computes_with_dates_and_decimals(rows: Rows, types: str) -> None:
    frame = rows.to_pandas(types=types)  # type: ignore[arg-type]
    assert frame.booked_on.dt.year.tolist() == [2026] * 10
    assert (frame.booked_on.max() - frame.booked_on.min()).days == 9
    assert frame.cancelled_on.isna().sum() == 5 and frame.refund.isna().sum() == 4
    assert float(frame.amount.sum()) == pytest.approx(47.25)
    assert (frame.amount * 2).tolist()[9] == pytest.approx(Decimal("18.90"), abs=0) if types != "numpy" else True
    assert frame.groupby(frame.booked_on.dt.month).amount.sum().shape == (1,)


def test_what_pandas_gets_by_default_meets_its_own_timestamps_and_stays_exact(rows: Rows) -> None:
    frame = rows.to_pandas()
    assert (frame.booked_on > pd.Timestamp("2026-01-05")).sum() == 5
    assert frame.set_index("booked_on").amount.resample("5D").sum().tolist() == [Decimal("10.50"), Decimal("36.75")]
    assert frame.amount.tolist()[1] == Decimal("1.05")
    assert rows.to_pandas("python").booked_on.tolist()[0] == date(2026, 1, 1)


def test_other_types_are_refused_with_the_nearest(rows: Rows) -> None:
    with pytest.raises(UnknownName, match="arow") as caught:
        rows.to_pandas("arow")  # type: ignore[arg-type]
    assert "'arrow'" in str(caught.value)


def test_polars_takes_rows_as_they_are(rows: Rows) -> None:
    for frame in (rows.to_polars(), pl.DataFrame(rows)):
        assert frame["booked_on"].dt.year().to_list() == [2026] * 10
        assert frame["amount"].sum() == Decimal("47.25")
        assert frame["refund"].null_count() == 4


@pytest.mark.parametrize("make", [pd.DataFrame, pd.Series, np.array, np.asarray])
def test_a_frame_of_objects_is_refused_and_the_way_told(rows: Rows, make: type) -> None:
    with pytest.raises(DatamimicError, match="no NumPy array") as caught:
        make(rows)
    assert "to_pandas()" in str(caught.value)
