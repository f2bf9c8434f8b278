"""Continuous distributions as quantile tables, interpolated linearly: no logarithm, no exponential, no sine."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property

import numpy as np
from attrs import frozen
from importlib_resources import files
from numpy.typing import NDArray

from datamimic.errors import DataError
from datamimic.tables.steps import Steps

Floats = NDArray[np.float64]


@frozen(eq=False, slots=False)
class Quantiles:
    """`values[i]` is the quantile at probability `probabilities[i]`; both ascend, from probability 0 to 1."""

    probabilities: Floats
    values: Floats

    @classmethod
    def build(cls, probabilities: Sequence[float], values: Sequence[float]) -> Quantiles:
        p = np.asarray(probabilities, dtype=np.float64)
        v = np.asarray(values, dtype=np.float64)
        if len(p) < 2 or p[0] != 0.0 or p[-1] != 1.0 or np.any(np.diff(p) <= 0) or np.any(np.diff(v) < 0):
            raise DataError(
                "bad_quantiles",
                "a quantile table must ascend from probability 0 to probability 1",
                hint="give at least the rows for probabilities 0 and 1, in ascending order",
            )
        return cls(p, v)

    @cached_property
    def _steps(self) -> Steps:
        return Steps(self.probabilities)

    def at(self, uniform: Floats) -> Floats:
        """Values at the given probabilities in [0, 1)."""
        # Not np.interp: its inner formula may be contracted to fused multiply-add on some machines.
        left = self._steps.after(uniform)
        left -= 1
        np.clip(left, 0, len(self.probabilities) - 2, out=left)
        step = uniform - self.probabilities.take(left)
        step /= self._widths.take(left)
        step *= self._rises.take(left)
        step += self.values.take(left)
        return step

    @cached_property
    def _widths(self) -> Floats:
        return np.diff(self.probabilities)

    @cached_property
    def _rises(self) -> Floats:
        return np.diff(self.values)


@frozen(eq=False, slots=False)
class EvenQuantiles:
    """Quantiles at evenly spaced probabilities: no search, one index computation."""

    values: Floats

    def at(self, uniform: Floats) -> Floats:
        scaled = uniform * (len(self.values) - 1)
        left = scaled.astype(np.int64)
        step = scaled - left
        step *= self._rises.take(left)
        step += self.values.take(left)
        return step

    @cached_property
    def _rises(self) -> Floats:
        return np.diff(self.values)


@cache
def normal_quantiles() -> EvenQuantiles:
    """The standard normal at 4,097 probabilities, ends at -4.5 and 4.5 (table in the core, rounded to 1e-9)."""
    text = files("datamimic").joinpath("tables/normal_quantiles.csv").read_text(encoding="utf-8")
    return EvenQuantiles(np.array(text.split()[1:], dtype=np.float64))
