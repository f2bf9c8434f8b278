"""Amounts of money of public bodies, in whole units of the national currency."""

from __future__ import annotations

import numpy as np

from datamimic import Data, Draw, Text
from datamimic.columns import Floats, Ints


def currency(draw: Draw, data: Data) -> Text:
    """The currency of the country, ISO 4217."""
    table = data["common.countries"]
    return Text.constant(table.columns["currency"][table.position("country_code", data.country)], len(draw))


def three_figures(amount: Floats) -> Ints:
    """Rounded to three significant figures, in whole units."""
    whole = np.rint(amount).astype(np.int64)
    step = np.ones(len(whole), dtype=np.int64)
    for power in range(1, 16):
        step = np.where(whole >= 10 ** (power + 2), 10**power, step)
    return (whole + step // 2) // step * step


def shared_out(total: Ints, weights: Floats) -> Ints:
    """Whole numbers, as many per row as `weights` has columns, that sum exactly to `total`; 0 where the weight is."""
    ends = np.cumsum(weights, axis=1)
    exact = np.rint(ends / ends[:, -1:] * total[:, None]).astype(np.int64)
    return np.diff(exact, axis=1, prepend=0)
