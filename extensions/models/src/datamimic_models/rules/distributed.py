"""Rules for numbers by a distribution."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any, ClassVar, Final

import numpy as np
from attrs import frozen

from datamimic import Context, Generator, Quantiles, normal_quantiles
from datamimic.columns import Column, Floats
from datamimic_models.model import ColumnType, Mistakes
from datamimic_models.rules import distributions
from datamimic_models.rules.annotations import scale_of
from datamimic_models.rules.ranges import shown_units
from datamimic_models.rules.rule import RuleKind, Where
from datamimic_models.rules.words import word, words_of

_LARGEST: Final = 1e15
_TYPES: Final = ("int", "float", "decimal", "str")


@frozen(kw_only=True)
class Distributed(RuleKind):
    """A number by a distribution; `min` and `max` cut off what lies outside, to the nearest one."""

    min: float | None = word("No number is below it.", "number", None)
    max: float | None = word("No number is above it.", "number", None)
    decimals: int | None = word("How many decimals. Default 2.", "whole", None)

    def wrong(self) -> str | None:
        """What is wrong with the parameters, a sentence."""
        return None

    def values(self) -> Callable[[Context], Floats]:
        """Numbers of a batch."""
        raise NotImplementedError

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        if where.column.type.name not in _TYPES:
            said = f"{where.label} is {where.column.type}, and a distribution makes numbers"
            mistakes.add("models.type_mismatch", said, where.place, hint="type: float, decimal or int")
        given = [getattr(self, each.name) for each in words_of(type(self))]
        numbers = [each for each in given if isinstance(each, int | float)]
        wrong = self.wrong() if all(math.isfinite(each) and abs(each) <= _LARGEST for each in numbers) else "too large"
        if self.min is not None and self.max is not None and self.min > self.max:
            wrong = "min exceeds max"
        if self.decimals is not None and not 0 <= self.decimals <= 12:
            wrong = "0 to 12 decimals"
        if wrong:
            hint = f"`dm model rules {self.kind}` tells its words"
            mistakes.add("models.bad_value", f"{where.label}: {self.kind} of {wrong} cannot be", where.place, hint=hint)
        if where.unique:
            mistakes.add(
                "models.cannot_be_unique",
                f"{where.label} is unique, and a distribution may give a number twice",
                where.place,
                hint="a range gives every number once",
            )

    def generator(self, where: Where) -> Generator[Any]:
        return NumberGenerator(self.values(), (self.min, self.max), self.decimals, where.column.type)


class NumberGenerator(Generator[Any]):
    """Numbers, within limits, rounded to the decimals of the column."""

    def __init__(
        self,
        values: Callable[[Context], Floats],
        limits: tuple[float | None, float | None],
        decimals: int | None,
        shown: ColumnType,
    ) -> None:
        self.values = values
        self.limits = limits
        self.shown = shown
        usual = 2 if decimals is None else decimals
        self.decimals = scale_of(shown) if shown.name == "decimal" else 0 if shown.name == "int" else usual

    def column(self, context: Context) -> Column:
        made = self.values(context)
        if self.limits != (None, None):
            made = np.clip(made, *self.limits)
        units = np.rint(np.clip(made, -_LARGEST, _LARGEST) * 10.0**self.decimals).astype(np.int64)
        return shown_units(units, "float" if self.shown.name == "float" else "int", self.decimals, self.shown)


def _of_table(table: Quantiles, scale: float = 1.0, shift: float = 0.0) -> Callable[[Context], Floats]:
    def values(context: Context) -> Floats:
        made: Floats = table.at(context.draw.uniform())
        return made if (scale, shift) == (1.0, 0.0) else made * scale + shift

    return values


def _of_weights(made: tuple[Any, int]) -> Callable[[Context], Floats]:
    alias, first = made
    return lambda context: (context.draw.pick(alias) + first).astype(np.float64)


@frozen
class Normal(Distributed):
    """A number by the normal distribution."""

    kind: ClassVar[str] = "normal"

    mean: float = word("The mean.", "number", 0.0)
    deviation: float = word("The standard deviation.", "number", 1.0, other=("std", "sd", "sigma", "stddev"))

    def wrong(self) -> str | None:
        return f"the deviation {self.deviation}" if self.deviation < 0 else None

    def values(self) -> Callable[[Context], Floats]:
        table, mean, deviation = normal_quantiles(), float(self.mean), float(self.deviation)
        return lambda context: table.at(context.draw.uniform()) * deviation + mean


@frozen
class Lognormal(Distributed):
    """A number whose logarithm is normal: prices, incomes, sizes."""

    kind: ClassVar[str] = "lognormal"

    mean: float = word("The mean of the logarithm.", "number", 0.0, other=("mu",))
    deviation: float = word("The standard deviation of the logarithm.", "number", 1.0, other=("std", "sd", "sigma"))

    def wrong(self) -> str | None:
        right = 0 <= self.deviation <= 8 and abs(self.mean) <= 40
        return None if right else f"mean {self.mean} and deviation {self.deviation}"

    def values(self) -> Callable[[Context], Floats]:
        return _of_table(distributions.lognormal(float(self.mean), float(self.deviation)))


@frozen
class Exponential(Distributed):
    """A number by the exponential distribution: times between events."""

    kind: ClassVar[str] = "exponential"

    mean: float = word("The mean.", "number", 1.0, other=("scale",))

    def wrong(self) -> str | None:
        return None if self.mean > 0 else f"the mean {self.mean}"

    def values(self) -> Callable[[Context], Floats]:
        return _of_table(distributions.exponential(float(self.mean)))


@frozen
class Poisson(Distributed):
    """A whole number by the Poisson distribution: how many events there are."""

    kind: ClassVar[str] = "poisson"

    mean: float = word("The mean, up to 1,000,000.", "number", 1.0, other=("rate", "lambda", "lam"))

    def wrong(self) -> str | None:
        return None if 0 <= self.mean <= 1e6 else f"the mean {self.mean}"

    def values(self) -> Callable[[Context], Floats]:
        return _of_weights(distributions.poisson(float(self.mean)))


@frozen
class Binomial(Distributed):
    """How many of so many tries succeed."""

    kind: ClassVar[str] = "binomial"

    tries: int = word("How many tries, up to 1,000,000.", "whole", other=("n",))
    chance: float = word("The chance of each, 0 to 1.", "number", 0.5, other=("p",))

    def wrong(self) -> str | None:
        return (
            None if 0 <= self.tries <= 1_000_000 and 0 <= self.chance <= 1 else f"{self.tries} tries at {self.chance}"
        )

    def values(self) -> Callable[[Context], Floats]:
        return _of_weights(distributions.binomial(int(self.tries), float(self.chance)))


@frozen
class Zipf(Distributed):
    """1, 2, 3 … of which the first comes most: rank k in proportion to k ** -exponent."""

    kind: ClassVar[str] = "zipf"

    exponent: float = word("How much more often the first ones come.", "number", 1.0, other=("a", "s"))
    values_there_are: int = word("How many values there are, up to 100,000.", "whole", 1_000, other=("n", "values"))

    def wrong(self) -> str | None:
        right = 0 <= self.exponent <= 10 and 1 <= self.values_there_are <= distributions.MOST_VALUES
        return None if right else f"the exponent {self.exponent} and {self.values_there_are} values"

    def values(self) -> Callable[[Context], Floats]:
        return _of_weights(distributions.zipf(float(self.exponent), int(self.values_there_are)))


@frozen
class Beta(Distributed):
    """A number from `low` to `high` by the beta distribution."""

    kind: ClassVar[str] = "beta"

    alpha: float = word("The first shape.", "number", 2.0, other=("a",))
    beta: float = word("The second shape.", "number", 2.0, other=("b",))
    low: float = word("The least number.", "number", 0.0)
    high: float = word("The greatest number.", "number", 1.0)

    def wrong(self) -> str | None:
        right = 0 < self.alpha <= 1000 and 0 < self.beta <= 1000 and self.low <= self.high
        return None if right else f"the shapes {self.alpha} and {self.beta} from {self.low} to {self.high}"

    def values(self) -> Callable[[Context], Floats]:
        table = distributions.beta(float(self.alpha), float(self.beta))
        return _of_table(table, float(self.high) - float(self.low), float(self.low))


@frozen
class Triangular(Distributed):
    """A number from `low` to `high`, most often near the `mode`."""

    kind: ClassVar[str] = "triangular"

    low: float = word("The least number.", "number", 0.0)
    high: float = word("The greatest number.", "number", 1.0)
    mode: float | None = word("The most likely one; the middle without it.", "number", None)

    def wrong(self) -> str | None:
        mode = self._mode()
        return None if self.low < self.high and self.low <= mode <= self.high else f"{self.low}, {mode}, {self.high}"

    def values(self) -> Callable[[Context], Floats]:
        return _of_table(distributions.triangular(float(self.low), float(self._mode()), float(self.high)))

    def _mode(self) -> float:
        return self.mode if self.mode is not None else (self.low + self.high) / 2


@frozen
class QuantileTable(Distributed):
    """A number by its quantiles: between two of them every number is equally likely."""

    kind: ClassVar[str] = "quantiles"

    quantiles: Any = word("Numbers that ascend, evenly spaced in probability; or {probability: number}.", "any")

    def _points(self) -> tuple[list[float], list[float]]:
        pairs = dict(self.quantiles) if self.quantiles and isinstance(self.quantiles[0], tuple) else None
        if pairs is not None:
            found = sorted((float(p), float(value)) for p, value in pairs.items())
            return [p for p, _ in found], [value for _, value in found]
        values = [float(each) for each in self.quantiles]
        return [index / max(len(values) - 1, 1) for index in range(len(values))], values

    def wrong(self) -> str | None:
        try:
            ps, values = self._points()
        except (TypeError, ValueError):
            return "what is no list of numbers"
        ascending = all(one < other for one, other in pairwise(ps)) and values == sorted(values)
        right = len(ps) > 1 and ps[0] == 0 and ps[-1] == 1 and ascending and all(map(math.isfinite, values))
        return None if right else "quantiles that do not ascend from probability 0 to 1"

    def values(self) -> Callable[[Context], Floats]:
        return _of_table(Quantiles.build(*self._points()))
