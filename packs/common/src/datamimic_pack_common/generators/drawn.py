"""Times of day, durations, and values out of a short list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta
from random import Random
from typing import Any

from datamimic import Context, Generator, LiteralGenerator, choice, duration_between, time_between
from datamimic.columns import Column

_SECOND = timedelta(seconds=1)


class TimeGenerator(LiteralGenerator[time]):
    """A time of day from `first` to `last`, both included, in whole `step`s."""

    python_type = time

    def __init__(
        self,
        first: time = time.min,
        last: time = time(23, 59, 59),
        step: timedelta = _SECOND,
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(rng=rng, seed=seed)
        self._drawn: Generator[Any] = time_between(first, last, step=step)

    def column(self, context: Context) -> Column:
        return self._drawn.column(context)


class DurationGenerator(LiteralGenerator[timedelta]):
    """A length of time from `least` to `most`, both included, in whole `step`s."""

    python_type = timedelta

    def __init__(
        self,
        least: timedelta = timedelta(0),
        most: timedelta = timedelta(days=1),
        step: timedelta = _SECOND,
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(rng=rng, seed=seed)
        self._drawn: Generator[Any] = duration_between(least, most, step=step)

    def column(self, context: Context) -> Column:
        return self._drawn.column(context)


class ChoiceGenerator(LiteralGenerator[str]):
    """One of a few texts, all equally likely or by `weights`."""

    python_type = str

    def __init__(
        self,
        values: Sequence[str],
        weights: Sequence[float] | None = None,
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(rng=rng, seed=seed)
        self._drawn: Generator[Any] = choice(values, weights=weights)

    def column(self, context: Context) -> Column:
        return self._drawn.column(context)
