"""Losses before deductible and limit whose payments have a published mean: shape given, scale solved for.

Of published quantiles only those above the 99th percentile are scaled, which nobody published. Between the third quartile and
there losses follow Pareto's law. Published quantiles are of all claims paid, fraudulent ones among them, which are blown up:
what an honest claim costs is what is left when these are taken out.
"""

from __future__ import annotations

import math
from itertools import pairwise
from statistics import NormalDist

import numpy as np
from catalogue import Cause, Coverage, Product
from products import tiers
from vehicles import values

PROBABILITIES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0)
WIDEST = 3.5  # standard deviations: where the shape's open ends are cut
LIMIT_WEIGHTS = {"basic": 30, "standard": 50, "plus": 20}
DEDUCTIBLE_WEIGHTS = {"basic": 25, "standard": 50, "plus": 25}
STEPS = 24  # midpoints per stretch of the quantile function in the mean


# Frauds among claims paid: two in a hundred claims, less those that are proved (claims/fraud.py); and by how much their
# losses are blown up (claims/costs.py), as equally likely factors.
FRAUDS = 0.02 * (1 - 0.45) / (1 - 0.02 * 0.45)
BLOWN_UP = tuple(1.2 + (step + 0.5) / 20 for step in range(20))
PUBLISHED = 0.99
PARETO = (0.75, 0.9, 0.95, 0.99)


def shape(cause: Cause) -> list[tuple[float, float]]:
    if cause.quantiles:
        return honest(steeper([(p, float(amount)) for p, amount in cause.quantiles]))
    normal = NormalDist()
    scores = [
        -WIDEST if p == 0 else WIDEST if p == 1 else max(-WIDEST, min(WIDEST, normal.inv_cdf(p))) for p in PROBABILITIES
    ]
    return [(p, math.exp(cause.spread * z)) for p, z in zip(PROBABILITIES, scores, strict=True)]


def steeper(quantiles: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """With points between the upper quantiles, along Pareto's law through them."""
    result = quantiles[:1]
    for (p0, x0), (p1, x1) in pairwise(quantiles):
        if p0 >= PARETO[0] and p1 <= PARETO[-1]:
            exponent = math.log(x1 / x0) / math.log((1 - p0) / (1 - p1))
            parts = [p0 + (p1 - p0) * part / 5 for part in range(1, 5)]
            result += [(round(p, 4), x0 * ((1 - p0) / (1 - p)) ** exponent) for p in parts]
        result.append((p1, x1))
    return result


def honest(quantiles: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The quantiles of claims without fraud, of those of all."""
    probabilities, amounts = zip(*quantiles, strict=True)
    result = []
    for p, amount in quantiles:
        blown = sum(float(np.interp(amount / factor, amounts, probabilities)) for factor in BLOWN_UP) / len(BLOWN_UP)
        result.append((p if p in (0.0, 1.0) else round((p - FRAUDS * blown) / (1 - FRAUDS), 6), amount))
    return result


def scaled(losses: list[tuple[float, float]], scale: float, published: bool) -> list[tuple[float, float]]:
    """Of (probability, loss) all of a shape, or what lies above the published quantiles and below the largest loss."""
    return [(p, x * scale if not published or PUBLISHED + 0.002 < p < 1 else x) for p, x in losses]


def midpoints(quantiles: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """(amount, probability) of equal steps along the straight lines between the quantiles."""
    points = []
    for (p0, x0), (p1, x1) in pairwise(quantiles):
        for step in range(STEPS):
            points.append((x0 + (x1 - x0) * (step + 0.5) / STEPS, (p1 - p0) / STEPS))
    return points


def contracts(country: str, product: Product, coverage: Coverage) -> list[tuple[float, float, float, float]]:
    """(weight, sum insured, limit, deductible) of the contracts in force, the sum insured thinned to 24 quantiles."""
    if product.sums:
        sums = [(float(amount), weight) for amount, weight in product.sums]
    elif product.insures in ("vehicle", "motorcycle"):
        own_damage = any(c.basis == "value" for c in product.coverages)
        sums = thinned(values(country, product.insures, own_damage))
    else:
        sums = [(math.inf, 1.0)]
    whole = sum(weight for _, weight in sums)
    result: dict[tuple[float, float, float], float] = {}
    for tier, limit, _, _, _ in tiers(coverage):
        for cut, _, _, deductible, _ in tiers(coverage):
            for amount, weight in sums:
                cap = amount * limit / 100 if coverage.basis == "value" else limit
                key = (amount if coverage.basis == "value" else math.inf, cap, float(deductible))
                share = LIMIT_WEIGHTS[tier] * DEDUCTIBLE_WEIGHTS[cut] * weight / whole / 1e4
                result[key] = result.get(key, 0.0) + share
    return [(share, *key) for key, share in result.items()]


def thinned(pairs: list[tuple[float, float]], parts: int = 24) -> list[tuple[float, float]]:
    pairs = sorted(pairs)
    whole = sum(weight for _, weight in pairs)
    result, seen = [], 0.0
    for value, weight in pairs:
        seen += weight
        while len(result) < parts and seen >= (len(result) + 0.5) / parts * whole:
            result.append((value, 1.0))
    return result


def payments(losses: list[tuple[float, float]], terms: list[tuple[float, float, float, float]]) -> tuple[float, float]:
    """(share of claims with a payment, mean of those payments)."""
    paid = total = 0.0
    for share, value, limit, deductible in terms:
        for loss, probability in losses:
            payment = min(min(loss, value) - deductible, limit)
            if payment > 0:
                paid += share * probability
                total += share * probability * payment
    return paid, total / paid if paid else 0.0


def calibrated(
    country: str, product: Product, coverage: Coverage, cause: Cause, unit: int
) -> tuple[list[tuple[float, int]], float]:
    """Quantiles of the loss, and the share of claims that end with a payment."""
    terms = contracts(country, product, coverage)
    if not cause.severity:  # the whole sum insured falls due
        top = max(amount for amount, _ in product.sums)
        return [(0.0, top), (1.0, top)], 1.0
    base, published = shape(cause), bool(cause.quantiles)
    low, high = (0.3, 3.0) if published else (cause.severity * 1e-3, cause.severity * 1e2)
    for _ in range(40):
        middle = math.sqrt(low * high)
        _, mean = paid_with_frauds(scaled(base, middle, published), terms, published)
        low, high = (middle, high) if mean < cause.severity else (low, middle)
    scale = math.sqrt(low * high)
    made = scaled(base, scale, published)
    _, reached = paid_with_frauds(made, terms, published)
    if abs(reached / cause.severity - 1) > 0.02 or any(after < before for (_, before), (_, after) in pairwise(made)):
        raise ValueError(
            f"{country} {product.code}/{coverage.code} {cause.name}: mean {reached:.0f}, not {cause.severity}"
        )
    losses = [(p, max(unit, round(x / unit) * unit)) for p, x in made]
    share, _ = payments(midpoints([(p, float(x)) for p, x in losses]), terms)
    return losses, share


def paid_with_frauds(
    losses: list[tuple[float, float]], terms: list[tuple[float, float, float, float]], published: bool
) -> tuple[float, float]:
    """(share of claims with a payment, mean of those payments), frauds among them where quantiles are of all claims."""
    points = midpoints(losses)
    if published:
        factor = sum(BLOWN_UP) / len(BLOWN_UP)
        points = [(x, p * (1 - FRAUDS)) for x, p in points] + [(x * factor, p * FRAUDS) for x, p in points]
    return payments(points, terms)
