"""What an insurer expects to pay for a claim: a first estimate, which comes nearer to the truth as the claim is looked into."""

from __future__ import annotations

import numpy as np

from datamimic import Data, Draw
from datamimic.columns import Ints, Text
from datamimic_pack_insurance.premium import rounding
from datamimic_pack_insurance.settlement import CLOSED, REPORTED, REVIEW

COARSE = 5_000
"""Steps of a tariff that first estimates are rounded to: 50 in money with cents."""


def first_estimate(worth: Ints, most: Ints, settles: Text, draw: Draw, data: Data) -> Ints:
    """On the day of the report, in hundredths: a round sum, off what the claim will come to, and not above its limit."""
    part = data["case_estimates"].by("settles").quantiles_at(draw.uniform(), settles, value="part")
    coarse = COARSE * rounding(data)
    near = np.maximum(np.rint(worth * part / coarse), 1.0).astype(np.int64) * coarse
    return np.where(worth > 0, np.minimum(near, most), 0)


def expected(standing: Ints, first_estimate: Ints, worth: Ints, step: int) -> Ints:
    """What the whole claim is thought to cost: once it is looked into half way to the truth, known when it is being paid."""
    halfway = (first_estimate + worth) // (2 * step) * step
    return np.where(standing == REPORTED, first_estimate, np.where(standing == REVIEW, halfway, worth))


def reserve(standing: Ints, first_estimate: Ints, worth: Ints, paid_amount: Ints, data: Data) -> Ints:
    """What is still expected to be paid, in hundredths; nothing for what is closed or denied."""
    left = np.maximum(expected(standing, first_estimate, worth, rounding(data)) - paid_amount, 0)
    return np.where(standing >= CLOSED, 0, left)
