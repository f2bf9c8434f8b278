"""Since when, and by whom, a patient is insured."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from datamimic import Draw, Struct, Text, record
from datamimic.columns import Dates, where

LONGEST = 120
"""Months that a membership is old at most; nobody is a member before birth."""


@record
class Enrolment:
    """A membership: the sponsor is the employer where a commercial plan is the employer's, else the payer itself."""

    sponsor: str
    starts: date | None


def enrolment(
    insurance_provider: Text, coverage_type: Text, insurance_policy_number: Text, employer_name: Text, birthdate: Any,
    now: Dates, draw: Draw,
) -> Struct:  # fmt: skip
    employed = (coverage_type == "Commercial") & ~employer_name.is_null()
    months = draw.integers(1, LONGEST).astype("timedelta64[M]")
    first = (now.astype("datetime64[M]") - months).astype("datetime64[D]")
    starts = np.maximum(first, birthdate.astype("datetime64[D]"))
    sponsor = where(employed, employer_name.fill(""), insurance_provider)
    return Struct({"sponsor": sponsor, "starts": np.ma.MaskedArray(starts, insurance_policy_number.is_null())})
