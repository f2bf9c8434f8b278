"""Noise and selections that are differentially private, by OpenDP: discrete Laplace noise, a thresholded histogram, and the
noisy maximum. Randomness is the system's, secure, and can have no seed: with a seed, whoever knows it takes the noise away.

Each tells the scale of its noise, which is the smallest that OpenDP proves enough for the epsilon that was given.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datamimic import DatamimicError


@cache
def opendp() -> Any:
    """The library. Raises `DatamimicError` (`learning.not_installed`)."""
    try:
        import opendp.prelude as library
    except ImportError:
        raise DatamimicError(
            "learning.not_installed",
            "a privacy budget needs OpenDP, which is not installed",
            hint='pip install "datamimic-learning[privacy]"',
        ) from None
    library.enable_features("contrib")
    return library


def scale_of(epsilon: Fraction, sensitivity: int) -> float:
    """The scale of noise that one row can move by at most `sensitivity`."""
    return math.nextafter(float(sensitivity / epsilon), math.inf)


def _proven(measurement: Any, distance: int, epsilon: Fraction) -> Any:
    """The measurement, where OpenDP proves that it costs no more."""
    cost = measurement.map(distance)
    assert cost <= float(epsilon) * (1 + 1e-12), f"OpenDP proves {cost}, not {float(epsilon)}"
    return measurement


def noisy_counts(counts: NDArray[np.int64], epsilon: Fraction, sensitivity: int = 1) -> NDArray[np.int64]:
    """Counts over a domain that does not depend on the rows, with discrete Laplace noise on every one, also those that are 0.
    May be below 0. `sensitivity` is how many rows one person brings."""
    dp = opendp()
    space = dp.vector_domain(dp.atom_domain(T=int)), dp.l1_distance(T=int)
    measure = _proven(dp.m.make_laplace(*space, scale=scale_of(epsilon, sensitivity)), sensitivity, epsilon)
    noisy = np.array(measure(counts.ravel().tolist()), dtype=np.int64)
    return noisy.reshape(counts.shape)


def threshold_of(epsilon: Fraction, delta: Fraction, sensitivity: int = 1) -> int:
    """The count below which a value stays away, so that one that only one person has comes through with at most `delta`."""
    dp = opendp()
    low, high = sensitivity, sensitivity + math.ceil(scale_of(epsilon, sensitivity) * (60 + 2 * math.log(1 / delta)))
    while low < high:
        middle = (low + high) // 2
        cost = _thresholded(dp, epsilon, sensitivity, middle).map((sensitivity, sensitivity, sensitivity))
        low, high = (low, middle) if cost[1] <= float(delta) else (middle + 1, high)
    return low


def _thresholded(dp: Any, epsilon: Fraction, sensitivity: int, threshold: int) -> Any:
    domain = dp.map_domain(dp.atom_domain(T=int), dp.atom_domain(T=int))
    metric = dp.l01inf_distance(dp.absolute_distance(T=int))
    return dp.m.make_laplace_threshold(domain, metric, scale=scale_of(epsilon, sensitivity), threshold=threshold)


def frequent(counts: Mapping[int, int], epsilon: Fraction, delta: Fraction, sensitivity: int = 1) -> dict[int, int]:
    """Of keys that are known from rows alone, those whose noisy count reaches a threshold, with that count.

    A histogram of stable size: a key that one person brings alone comes out with a probability of at most delta.
    """
    dp = opendp()
    measurement = _thresholded(dp, epsilon, sensitivity, threshold_of(epsilon, delta, sensitivity))
    released: dict[int, int] = measurement(dict(counts))
    return {key: released[key] for key in sorted(released)}


def noisy_maximum(scores: NDArray[np.int64], epsilon: Fraction, sensitivity: int) -> int:
    """The place of the largest score, or of one near it: permute and flip. One person moves a score by `sensitivity`."""
    dp = opendp()
    space = dp.vector_domain(dp.atom_domain(T=int)), dp.linf_distance(T=int)
    measure = dp.m.make_noisy_max(*space, dp.max_divergence(), scale=2 * scale_of(epsilon, sensitivity))
    chosen: int = _proven(measure, sensitivity, epsilon)(scores.tolist())
    return chosen
