"""Whole and decimal numbers, truth values and counters."""

from __future__ import annotations

from random import Random
from typing import TypeVar

import numpy as np

from datamimic import Context, Draw, LiteralGenerator, Permutation, normal_quantiles
from datamimic.columns import Bools, Floats, Ints
from datamimic.errors import InvalidOption, excerpt

DISTRIBUTIONS = (
    "uniform", "random", "cumulated", "increment", "step", "shuffle", "randomWalk", "wedge", "bitreverse",
    "fibonacci", "padovan",
)  # fmt: skip
"""Ways to run through a range: at random (uniform, cumulated, randomWalk), each value once in random order (shuffle), or
in an order given by the row number."""
_OCTAVES = 10
Number = TypeVar("Number", int, float)


def limits(low: Number | None, high: Number | None, usual_low: Number, usual_high: Number) -> tuple[Number, Number]:
    """Both limits of a range: a usual one that the given one contradicts moves along, so that the range is as wide."""
    width = usual_high - usual_low
    if low is None:
        low = usual_low if high is None or high >= usual_low else high - width
    if high is None:
        high = usual_high if low <= usual_high else low + width
    return low, high


def _sequence(start: list[int], lag: tuple[int, int], low: int, high: int) -> Ints:
    """Members of a recurrence that lie within [low, high]."""
    members = list(start)
    while members[-1] <= high:
        members.append(members[-lag[0]] + members[-lag[1]])
    inside = sorted({member for member in members if low <= member <= high})
    if not inside:
        raise InvalidOption("impossible_constraint", f"the sequence has no member from {low} to {high}")
    return np.array(inside, dtype=np.int64)


def indices(distribution: str, size: int, draw: Draw) -> Ints:
    """A number in range(size) per row."""
    rows = draw.rows
    if distribution in ("uniform", "random"):
        return draw.integers(0, size - 1)
    if distribution == "cumulated":
        bell = (np.clip(normal_quantiles().at(draw.uniform()), -3.0, 3.0) + 3.0) / 6.0
        return np.minimum((bell * size).astype(np.int64), size - 1)
    if distribution in ("increment", "step"):
        return rows % size
    if distribution == "shuffle":
        return Permutation(size, draw.address.labelled("shuffle")).forward(rows % size)
    if distribution == "wedge":
        turn = rows % size
        return np.where(turn % 2 == 0, turn // 2, size - 1 - turn // 2)
    if distribution == "bitreverse":
        return _bit_reversed(rows, size)
    return np.minimum((_walk(draw) * size).astype(np.int64), size - 1)


def _bit_reversed(rows: Ints, size: int) -> Ints:
    bits = max(1, (size - 1).bit_length())
    result = np.zeros(len(rows), dtype=np.int64)
    turn = rows % (1 << bits)
    for bit in range(bits):
        result |= (turn >> bit & 1) << (bits - 1 - bit)
    # Numbers beyond a size that is no power of two are folded back.
    return result % size


def _walk(draw: Draw) -> Floats:
    """A wandering line in [0, 1): neighbours are close, distant rows independent, any row computable alone."""
    total = np.zeros(len(draw), dtype=np.float64)
    weight = 0.0
    for octave in range(_OCTAVES):
        spacing = 1 << octave
        left, part = draw.rows // spacing, draw.rows % spacing / spacing
        here = Draw((*draw.address, f"octave {octave}"), left).uniform()
        there = Draw((*draw.address, f"octave {octave}"), left + 1).uniform()
        height = float(spacing) ** 0.5
        total += height * (here + part * (there - here))
        weight += height
    return np.clip((total / weight - 0.5) * 2.0 + 0.5, 0.0, 0.9999999)


def _known(distribution: str) -> str:
    if distribution not in DISTRIBUTIONS:
        raise InvalidOption(
            "invalid_option", f"distribution is {excerpt(distribution)}", hint=f"one of {', '.join(DISTRIBUTIONS)}"
        )
    return distribution


class IntegerGenerator(LiteralGenerator[int]):
    """Whole numbers from `min` to `max`, both included; without one of them a range of a million, 0 to 1,000,000 where the
    other allows it."""

    python_type = int

    def __init__(
        self,
        min: int | None = None,
        max: int | None = None,
        distribution: str = "uniform",
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(rng=rng, seed=seed)
        min, max = limits(min, max, 0, 1_000_000)
        if min > max:
            raise InvalidOption("impossible_constraint", f"min {min} is above max {max}", path="$.min")
        if not -(2**63) <= min <= max < 2**63 or max - min >= 2**62:
            raise InvalidOption("invalid_option", f"{min} to {max} is wider than 62 bits")
        self._min, self._max, self._distribution = min, max, _known(distribution)

    def column(self, context: Context) -> Ints:
        if self._distribution in ("fibonacci", "padovan"):
            start, lag = ([1, 2], (1, 2)) if self._distribution == "fibonacci" else ([1, 1, 1], (2, 3))
            members = _sequence(start, lag, self._min, self._max)
            return members[context.rows % len(members)]
        return self._min + indices(self._distribution, self._max - self._min + 1, context.draw)


class FloatGenerator(LiteralGenerator[float]):
    """Multiples of `granularity` above `min`, up to `max`; without one of them a range of 10, 0 to 10 where the other allows
    it."""

    python_type = float

    def __init__(
        self,
        min: float | None = None,
        max: float | None = None,
        granularity: float = 0.1,
        distribution: str = "uniform",
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(rng=rng, seed=seed)
        min, max = limits(min, max, 0, 10)
        if not granularity > 0 or not min <= max:
            raise InvalidOption(
                "impossible_constraint", f"min {min}, max {max}, granularity {granularity} give no number"
            )
        self._min, self._granularity = float(min), float(granularity)
        self._steps = int((max - min) / granularity + 1e-9) + 1
        if self._steps >= 2**62:
            raise InvalidOption("invalid_option", f"the granularity {granularity} is too fine for {min} to {max}")
        self._whole = IntegerGenerator(0, self._steps - 1, distribution, seed=0)
        places = f"{granularity:.12f}".rstrip("0").partition(".")[2]
        self._scale = 10.0 ** len(places)

    def column(self, context: Context) -> Floats:
        values = self._min + self._whole.column(context) * self._granularity
        return np.rint(values * self._scale) / self._scale


class BooleanGenerator(LiteralGenerator[bool]):
    """True with the probability `prob_true`."""

    python_type = bool

    def __init__(self, prob_true: float = 0.5, *, rng: Random | None = None, seed: str | int | None = None) -> None:
        super().__init__(rng=rng, seed=seed)
        if not 0 <= prob_true <= 1:
            raise InvalidOption("invalid_option", f"prob_true is {prob_true}", hint="a share from 0 to 1")
        self._prob_true = prob_true

    def column(self, context: Context) -> Bools:
        return context.draw.chance(self._prob_true)


class IncrementGenerator(LiteralGenerator[int]):
    """start, start + step, … by row number; refuses rows that would lie beyond `end`."""

    python_type = int

    def __init__(
        self,
        start: int = 1,
        end: int = 2**63 - 1,
        step: int = 1,
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(rng=rng, seed=seed)
        if step == 0 or (end - start) * step < 0:
            raise InvalidOption("impossible_constraint", f"no step of {step} leads from {start} to {end}")
        self._start, self._end, self._step = start, end, step

    def capacity(self) -> int | None:
        return (self._end - self._start) // self._step + 1

    def column(self, context: Context) -> Ints:
        last = self._start + (int(context.rows.max()) if len(context) else 0) * self._step
        if (last - self._end) * self._step > 0:
            raise InvalidOption("impossible_constraint", f"the counter passes its end {self._end} at {last}")
        return self._start + context.rows * self._step


class GlobalIncrementGenerator(IncrementGenerator):
    """1, 2, 3 … over all pages, processes and machines of a run: the row number itself, plus one."""

    def __init__(self, *, rng: Random | None = None, seed: str | int | None = None) -> None:
        super().__init__(rng=rng, seed=seed)
