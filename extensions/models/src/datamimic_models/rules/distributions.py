"""Numbers by a distribution, through tables that are worked out in decimal arithmetic: the same on every machine."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from functools import lru_cache
from typing import Final

import numpy as np

from datamimic import Alias, Quantiles, normal_quantiles

POINTS: Final = 1_024
_PRECISION: Final = 28
_KEPT: Final = 12
"""Significant digits of a number in a table."""
_TAIL: Final = Decimal("1e-7")
MOST_VALUES: Final = 100_000


def context() -> Context:
    return Context(prec=_PRECISION, rounding=ROUND_HALF_EVEN)


@lru_cache(maxsize=64)
def lognormal(mean: float, deviation: float) -> Quantiles:
    """exp(x) of a normal x with this mean and deviation."""
    shape = normal_quantiles().values.tolist()
    with localcontext(context()):
        values = [(Decimal(repr(mean)) + Decimal(repr(deviation)) * Decimal(repr(each))).exp() for each in shape]
    return _quantiles([index / (len(shape) - 1) for index in range(len(shape))], values)


@lru_cache(maxsize=64)
def exponential(scale: float) -> Quantiles:
    """-scale × ln(1 - p), up to the last ten-millionth."""
    with localcontext(context()):
        ps = [*(Decimal(index) / POINTS for index in range(POINTS)), 1 - Decimal("1e-4"), 1 - _TAIL]
        values = [-(1 - p).ln() * Decimal(repr(scale)) for p in sorted(set(ps))]
        return _quantiles([*(float(p) for p in sorted(set(ps))[:-1]), 1.0], values)


@lru_cache(maxsize=64)
def beta(alpha: float, other: float) -> Quantiles:
    """On 0 to 1: the density is integrated by cells, whose middle stands for each of them."""
    a, b = Decimal(repr(alpha)) - 1, Decimal(repr(other)) - 1
    with localcontext(context()):
        middles = [(Decimal(2 * cell + 1) / (2 * POINTS)) for cell in range(POINTS)]
        logs = [a * x.ln() + b * (1 - x).ln() for x in middles]
        most = max(logs)
        masses = [(each - most).exp() for each in logs]
        whole, sum_so_far, ps = sum(masses), Decimal(0), [0.0]
        for mass in masses:
            sum_so_far += mass
            ps.append(float(_rounded(sum_so_far / whole)))
    ps[-1] = 1.0
    # Where hardly anything lies probabilities are alike; they have to ascend.
    kept = [index for index, p in enumerate(ps) if index == 0 or (p > ps[index - 1] and (p < 1.0 or index == POINTS))]
    if kept[-1] != POINTS:
        kept.append(POINTS)
    probabilities: list[float] = []
    values: list[Decimal] = []
    for index in kept:
        if not probabilities or ps[index] > probabilities[-1]:
            probabilities.append(ps[index])
            values.append(Decimal(index) / POINTS)
    return _quantiles(probabilities, values)


@lru_cache(maxsize=64)
def triangular(low: float, mode: float, high: float) -> Quantiles:
    """By the square root of the share below and above the mode."""
    with localcontext(context()):
        least, most, top = (Decimal(repr(each)) for each in (low, high, mode))
        width = most - least
        share = (top - least) / width
        values = []
        for index in range(POINTS + 1):
            p = Decimal(index) / POINTS
            below = least + (p * width * (top - least)).sqrt()
            above = most - ((1 - p) * width * (most - top)).sqrt()
            values.append(below if p <= share else above)
    return _quantiles([index / POINTS for index in range(POINTS + 1)], values)


@lru_cache(maxsize=64)
def poisson(rate: float) -> tuple[Alias, int]:
    """Weights of whole numbers around the rate, and the first of them."""
    with localcontext(context()):
        mean = Decimal(repr(rate))
        if not mean:
            return _alias([Decimal(1)]), 0
        spread = 8 * mean.sqrt() + 12
        first, last = max(0, int(mean - spread)), int(mean + spread)
        logs = [Decimal(0)]
        for k in range(first + 1, last + 1):
            logs.append(logs[-1] + (mean / k).ln())
        return _alias_of_logs(logs), first


@lru_cache(maxsize=64)
def binomial(tries: int, chance: float) -> tuple[Alias, int]:
    """Weights of the numbers of successes, and the first of them."""
    with localcontext(context()):
        p = Decimal(repr(chance))
        if p in (0, 1):
            return _alias([Decimal(1)]), int(p) * tries
        mean = tries * p
        spread = 8 * (mean * (1 - p)).sqrt() + 12
        first, last = max(0, int(mean - spread)), min(tries, int(mean + spread))
        odds, logs = (p / (1 - p)).ln(), [Decimal(0)]
        for k in range(first + 1, last + 1):
            logs.append(logs[-1] + (Decimal(tries - k + 1) / k).ln() + odds)
        return _alias_of_logs(logs), first


@lru_cache(maxsize=64)
def zipf(exponent: float, values: int) -> tuple[Alias, int]:
    """Weights k ** -exponent of 1, 2, … values."""
    with localcontext(Context(prec=16, rounding=ROUND_HALF_EVEN)):
        power = Decimal(repr(exponent))
        return _alias([(-power * Decimal(k).ln()).exp() for k in range(1, values + 1)]), 1


def _alias_of_logs(logs: list[Decimal]) -> Alias:
    most = max(logs)
    return _alias([(each - most).exp() for each in logs])


def _alias(weights: list[Decimal]) -> Alias:
    return Alias.of_rows(np.array([float(_rounded(each)) for each in weights], dtype=np.float64))


def _quantiles(probabilities: list[float], values: list[Decimal]) -> Quantiles:
    return Quantiles.build(probabilities, [float(_rounded(each)) for each in values])


def _rounded(value: Decimal) -> Decimal:
    return Context(prec=_KEPT, rounding=ROUND_HALF_EVEN).plus(value)
