"""Confidence intervals. Those of several shares at once are as wide as all of them together need (Bonferroni)."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import NamedTuple

CONFIDENCE = 0.95


class Interval(NamedTuple):
    low: float
    high: float


def _deviations(of: int) -> float:
    """Standard deviations on either side, for one of `of` intervals."""
    return NormalDist().inv_cdf(1 - (1 - CONFIDENCE) / (2 * of))


def share(found: float, cases: int, of: int = 1) -> Interval:
    """Of a share, by Wilson (1927)."""
    if not cases:
        return Interval(0.0, 1.0)
    z = _deviations(of)
    rate = found / cases
    centre = (rate + z * z / (2 * cases)) / (1 + z * z / cases)
    half = z / (1 + z * z / cases) * math.sqrt(rate * (1 - rate) / cases + z * z / (4 * cases * cases))
    return Interval(max(0.0, centre - half), min(1.0, centre + half))


def difference(found: float, cases: int, baseline: float, baseline_cases: int, of: int = 1) -> Interval:
    """Of one share less another, by Newcombe (1998), from the intervals of both."""
    one, other = found / cases, baseline / baseline_cases
    first, second = share(found, cases, of), share(baseline, baseline_cases, of)
    below = math.hypot(one - first.low, second.high - other)
    above = math.hypot(first.high - one, other - second.low)
    return Interval(one - other - below, one - other + above)


def risk(found: float, cases: int, baseline: float, baseline_cases: int, of: int = 1) -> tuple[float, Interval]:
    """What an attack gains of what the baseline leaves to be gained, (attack - baseline) / (1 - baseline), as in Anonymeter
    (Giomi and others, 2022): 0 where it gains nothing, 1 where it is always right."""
    if not cases or not baseline_cases:
        return 0.0, Interval(0.0, 1.0)
    left = 1 - baseline / baseline_cases
    if left <= 0:
        return 0.0, Interval(0.0, 0.0)
    low, high = difference(found, cases, baseline, baseline_cases, of)
    return (found / cases - baseline / baseline_cases) / left, Interval(low / left, high / left)


def area(value: float, positive: int, negative: int, of: int = 1) -> Interval:
    """Of the area under a receiver operating curve, by Hanley and McNeil (1982)."""
    one, two = value / (2 - value), 2 * value * value / (1 + value)
    spread = value * (1 - value) + (positive - 1) * (one - value * value) + (negative - 1) * (two - value * value)
    half = _deviations(of) * math.sqrt(max(spread, 0.0) / (positive * negative))
    return Interval(max(0.0, value - half), min(1.0, value + half))
