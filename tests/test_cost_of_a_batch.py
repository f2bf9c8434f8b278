"""A slow-down is seen without a stopwatch: the calls into NumPy and Arrow that one batch makes must not grow unnoticed.

The number of calls is the same on every machine; who adds work to a batch raises the limit and says why. What the calls
themselves cost is counted in `test_instructions.py`.
"""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

LIMITS = {"common.person": 7_400, "healthcare.patient": 9_600}
"""Calls per batch of 16,384 rows: about 15 % above what was measured (6,508 and 8,388). People live in households: who is
whose partner, mother and father is worked out for a batch at once, name by name and country by custom. Patients have a
doctor who is one of these people, among those near them that a world of their size needs, and a contact in the household. Of
references to a large entity it is counted how many rows they mean, so that not all of it is made for a few."""


@pytest.mark.parametrize("entity", LIMITS)
def test_a_batch_makes_no_more_calls_than_it_did(entity: str) -> None:
    kernels = runpy.run_path(str(Path(__file__).parents[1] / "bench" / "kernels.py"))
    assert kernels["calls"](entity) <= LIMITS[entity]
