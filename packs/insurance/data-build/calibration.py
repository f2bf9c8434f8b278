"""Losses before deductible and limit whose payments have a published mean: shape given, scale solved for."""

from __future__ import annotations

import math
from itertools import pairwise
from statistics import NormalDist

from catalogue import Cause, Coverage, Product
from products import tiers
from vehicles import values

PROBABILITIES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0)
WIDEST = 3.5  # standard deviations: where the shape's open ends are cut
LIMIT_WEIGHTS = {"basic": 30, "standard": 50, "plus": 20}
DEDUCTIBLE_WEIGHTS = {"basic": 25, "standard": 50, "plus": 25}
STEPS = 24  # midpoints per stretch of the quantile function in the mean


def shape(cause: Cause) -> list[tuple[float, float]]:
    if cause.quantiles:
        return [(p, float(amount)) for p, amount in cause.quantiles]
    normal = NormalDist()
    scores = [
        -WIDEST if p == 0 else WIDEST if p == 1 else max(-WIDEST, min(WIDEST, normal.inv_cdf(p))) for p in PROBABILITIES
    ]
    return [(p, math.exp(cause.spread * z)) for p, z in zip(PROBABILITIES, scores, strict=True)]


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
    base = shape(cause)
    points = midpoints(base)
    low, high = 1e-3, 1e3
    if not cause.quantiles:
        low, high = cause.severity * 1e-3, cause.severity * 1e2
    for _ in range(40):
        middle = math.sqrt(low * high)
        _, mean = payments([(x * middle, p) for x, p in points], terms)
        low, high = (middle, high) if mean < cause.severity else (low, middle)
    scale = math.sqrt(low * high)
    _, reached = payments([(x * scale, p) for x, p in points], terms)
    if abs(reached / cause.severity - 1) > 0.02:
        raise ValueError(
            f"{country} {product.code}/{coverage.code} {cause.name}: mean {reached:.0f}, not {cause.severity}"
        )
    losses = [(p, max(unit, round(x * scale / unit) * unit)) for p, x in base]
    share, _ = payments(midpoints([(p, float(x)) for p, x in losses]), terms)
    return losses, share
