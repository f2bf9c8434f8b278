"""What is written down is written on days of the week, within the time that there is."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from datamimic import World
from datamimic_pack_healthcare.clinical.weekdays import on_weekday

DAYS = st.integers(-40_000, 40_000)


@given(DAYS, st.integers(0, 9), st.integers(0, 9))
def test_a_day_of_the_week_within_what_is_left(day: int, before: int, after: int) -> None:
    at, first, last = (np.array([number], dtype="datetime64[D]") for number in (day, day - before, day + after))
    found = on_weekday(at, first, last)
    assert first <= found <= last
    weekend = (found.astype(np.int64)[0] + 3) % 7 >= 5
    assert not weekend or (found == at and before < 2 and after < 7)


def test_records_are_written_in_the_week_and_before_a_death() -> None:
    world = World("weekdays", "DE")
    rows = world["healthcare.medical_record"][0:1_500].select(["allergies", "medications", "conditions"]).to_arrow()
    died = world["healthcare.patient"][0:1_500].select(["deceased_on"]).to_arrow()["deceased_on"].to_pylist()
    days: dict[str, list[int]] = {"allergies": [], "medications": [], "conditions": []}
    for row, dead in zip(rows.to_pylist(), died, strict=True):
        assert dead is None or all(each["recorded"] <= dead for each in row["allergies"])
        days["allergies"] += [each["recorded"].weekday() for each in row["allergies"]]
        days["medications"] += [each["start"].weekday() for each in row["medications"] if each["status"] == "active"]
        days["conditions"] += [each["recorded"].weekday() for each in row["conditions"] if each["status"] == "active"]
    for name, found in days.items():
        assert len(found) > 300, name
        assert sum(each >= 5 for each in found) / len(found) < 0.08, name
