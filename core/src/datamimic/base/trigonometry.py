"""Sine, cosine and arc sine from `+ - * /` and `sqrt` alone: the same bits on every machine, as the C library's are not.

Each is within 4e-16 of the true value in the range that it serves.
"""

from __future__ import annotations

from math import factorial, pi

import numpy as np

from datamimic.base.arrays import Floats

_SINE = [(-1.0) ** k / factorial(2 * k + 1) for k in range(9)]
_COSINE = [(-1.0) ** k / factorial(2 * k) for k in range(10)]
_ARC_SINE = [factorial(2 * k) / (4.0**k * factorial(k) ** 2 * (2 * k + 1)) for k in range(27)]
"""Taylor's coefficients, as far as they count: up to 45 degrees for the first two, up to one half for the third."""


def sine_and_cosine(degrees: Floats) -> tuple[Floats, Floats]:
    """Of angles from -360 to 360 degrees."""
    quarter = np.rint(degrees / 90.0)
    angle = (degrees - quarter * 90.0) * (pi / 180.0)
    square = angle * angle
    sine, cosine = angle * _series(_SINE, square), _series(_COSINE, square)
    turn = quarter.astype(np.int64) & 3
    odd = (turn & 1).astype(np.bool_)
    first, second = np.where(odd, cosine, sine), np.where(odd, sine, cosine)
    return np.where(turn >= 2, -first, first), np.where((turn == 1) | (turn == 2), -second, second)


def arc_sine(value: Floats) -> Floats:
    """In radians, of values from 0 to 1."""
    large = value > 0.5
    small = np.where(large, np.sqrt(np.maximum(1.0 - value, 0.0) * 0.5), value)
    angle = small * _series(_ARC_SINE, small * small)
    result: Floats = np.where(large, pi / 2 - 2.0 * angle, angle)
    return result


def _series(coefficients: list[float], x: Floats) -> Floats:
    total = np.full_like(x, coefficients[-1])
    for coefficient in coefficients[-2::-1]:
        total *= x
        total += coefficient
    return total
