"""Where the tables go, and quantile tables: knots, log-normal quantiles, and the mean a linear interpolation implies.

A quantile table lists amounts at the probabilities `KNOTS`; the engine draws a uniform number and interpolates linearly
between the two neighbouring knots. Everything is computed with the standard library, so a rerun gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import exp
from pathlib import Path
from statistics import NormalDist

DATA_DIR = Path(__file__).resolve().parents[1] / "src" / "datamimic_pack_finance" / "data"
COUNTRIES = ("US", "DE", "GB", "FR", "VN")
CURRENCY = {"US": "USD", "DE": "EUR", "GB": "GBP", "FR": "EUR", "VN": "VND"}
#: What one US dollar of everyday spending corresponds to, in local money (prices, not exchange rates). Estimates.
PRICE_LEVEL = {"US": 1.0, "DE": 0.85, "GB": 0.75, "FR": 0.85, "VN": 7000.0}
#: Smallest step of an amount: a cent or penny; a thousand dong, since smaller dong amounts are out of use.
STEP = {"US": 0.01, "DE": 0.01, "GB": 0.01, "FR": 0.01, "VN": 1000.0}
KNOTS = (0.0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0)


def lognormal(median: float, sigma: float, top: float = 0.9985) -> list[float]:
    """Quantiles at `KNOTS` of a log-normal whose ends are cut at 0.2 % and `top`."""
    normal = NormalDist()
    return [median * exp(sigma * normal.inv_cdf(min(max(knot, 0.002), top))) for knot in KNOTS]


def mean(values: Sequence[float], knots: Sequence[float] = KNOTS) -> float:
    """Mean of the distribution whose quantile function interpolates `values` linearly."""
    pairs = list(zip(knots, values, strict=True))
    return sum((q1 - q0) * (v0 + v1) / 2 for (q0, v0), (q1, v1) in pairwise(pairs))


def money(value: float, country: str, step: float | None = None) -> str:
    """`value` rounded to the step of the country's money, as text with the currency's minor units."""
    size = STEP[country] if step is None else step
    rounded = round(value / size) * size
    return f"{rounded:.0f}" if country == "VN" else f"{rounded:.2f}"


def quantile_rows(key: Sequence[object], values: Sequence[float], country: str) -> list[tuple[object, ...]]:
    """One row `(*key, probability, value)` per knot; amounts never decrease."""
    return [(*key, knot, money(value, country)) for knot, value in zip(KNOTS, values, strict=True)]
