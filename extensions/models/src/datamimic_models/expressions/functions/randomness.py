"""`random`: every call has draws of its own in every row, which are the same whenever and wherever the row is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from datamimic import normal_quantiles
from datamimic_models.expressions.catalogue import function
from datamimic_models.expressions.failures import Failed, TooLarge
from datamimic_models.expressions.functions.collections import listed
from datamimic_models.expressions.limits import MOST_ITEMS
from datamimic_models.expressions.values import kind_name

FAMILY = "random"
Words = Callable[[], int]
_TWO_TO_MINUS_53 = 2.0**-53


def uniform_of(word: int) -> float:
    """From 0 up to before 1, as `Draw.uniform` gives."""
    return (word >> 11) * _TWO_TO_MINUS_53


def integer_of(word: int, low: int, high: int) -> int:
    """As `Draw.integers` gives, both ends included."""
    if isinstance(low, float) or isinstance(high, float) or high - low >= 1 << 63:
        raise Failed("whole numbers are drawn from a range of less than 2**63")
    if low > high:
        raise Failed(f"there is no whole number from {low} to {high}")
    span = high - low + 1
    return low + (word % span if span > 1 << 32 else (word >> 32) * span >> 32)


@function("random.random", "random", example="random.random()", family=FAMILY, gives="float", supplied="words")
def random(words: Words) -> float:
    """A number from 0 up to before 1."""
    return uniform_of(words())


@function("random.randint", example="random.randint(1, 6)", family=FAMILY, gives="int", supplied="words")
def random_integer(words: Words, a: int, b: int) -> int:
    """A whole number from a to b, both included."""
    return integer_of(words(), a, b)


@function("random.randrange", example="random.randrange(0, 100, 5)", family=FAMILY, gives="int", supplied="words")
def random_of_range(words: Words, start: int, stop: int | None = None, step: int = 1) -> int:
    """One of the numbers of a range."""
    among = range(start) if stop is None else range(start, stop, step)
    return among[integer_of(words(), 0, len(among) - 1)]


@function("random.uniform", example="random.uniform(1.5, 9.5)", family=FAMILY, gives="float", supplied="words")
def random_between(words: Words, a: float, b: float) -> float:
    """A number from a to b."""
    return float(a) + (float(b) - float(a)) * uniform_of(words())


@function("random.choice", example="random.choice(['red', 'green', 'blue'])", family=FAMILY, supplied="words")
def random_item(words: Words, values: Any) -> Any:
    """One of the items, all equally likely."""
    among = _items(values)
    if not among:
        raise Failed("there is no item to choose")
    return among[integer_of(words(), 0, len(among) - 1)]


@function(
    "random.choices", example="random.choices(['new', 'used'], weights=[9, 1], k=3)", family=FAMILY, supplied="words"
)
def random_items(words: Words, values: Any, weights: Any = None, *, k: int = 1) -> list[Any]:
    """So many items (`k`), each drawn anew, equally likely or by weights."""
    among = _items(values)
    if not among or k > MOST_ITEMS:
        raise TooLarge(f"{k} items") if among else Failed("there is no item to choose")
    if weights is None:
        return [among[integer_of(words(), 0, len(among) - 1)] for _ in range(k)]
    bounds, total = [], 0.0
    for weight in listed(weights):
        total += float(weight)
        bounds.append(total)
    if len(bounds) != len(among) or total <= 0 or any(float(weight) < 0 for weight in listed(weights)):
        raise Failed("there is one weight for each item, none below 0 and one above")
    places = np.searchsorted(bounds, [uniform_of(words()) * total for _ in range(k)], side="right")
    return [among[min(int(place), len(among) - 1)] for place in places]


@function("random.sample", example="random.sample([1, 2, 3, 4], k=2)", family=FAMILY, supplied="words")
def random_subset(words: Words, values: Any, k: int) -> list[Any]:
    """So many different items (`k`), in random order."""
    among = [*_items(values)]
    if not 0 <= k <= len(among):
        raise Failed(f"there are no {k} of {len(among)} items")
    for place in range(k):
        other = integer_of(words(), place, len(among) - 1)
        among[place], among[other] = among[other], among[place]
    return among[:k]


@function(
    "random.gauss",
    "random.normalvariate",
    example="random.gauss(100, 15)",
    family=FAMILY,
    gives="float",
    supplied="words",
)
def random_normal(words: Words, mu: float = 0.0, sigma: float = 1.0) -> float:
    """A number of the normal distribution."""
    return float(mu) + float(sigma) * float(_quantiles().at(np.array([uniform_of(words())]))[0])


@cache
def _quantiles() -> Any:
    return normal_quantiles()


@function("random.triangular", example="random.triangular(0, 10, 3)", family=FAMILY, gives="float", supplied="words")
def random_triangular(words: Words, low: float = 0.0, high: float = 1.0, mode: float | None = None) -> float:
    """A number from low to high, most often near the mode."""
    low, high = float(low), float(high)
    if high == low:
        return low
    middle = 0.5 if mode is None else (float(mode) - low) / (high - low)
    drawn = uniform_of(words())
    if drawn > middle:
        drawn, middle, low, high = 1.0 - drawn, 1.0 - middle, high, low
    return low + (high - low) * float(np.sqrt(drawn * middle))


@function("random.getrandbits", example="random.getrandbits(16)", family=FAMILY, gives="int", supplied="words")
def random_bits(words: Words, k: int) -> int:
    """A whole number of at most k bits, which are at most 64."""
    if not 0 <= k <= 64:
        raise Failed(f"a draw has no {k} bits")
    return words() >> (64 - k)


def _items(values: Any) -> Sequence[Any]:
    if isinstance(values, list | tuple | str | range):
        return values
    if isinstance(values, Mapping):
        return [*values]
    if isinstance(values, frozenset):
        return listed(values)
    raise Failed(f"{kind_name(values)} has no items")
