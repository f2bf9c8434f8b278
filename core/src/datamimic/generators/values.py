"""Values drawn without a table: out of a short list, UUIDs, bytes, times of day and durations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta
from enum import Enum
from typing import Any, TypeVar, overload
from uuid import UUID

import numpy as np

from datamimic.base.arrays import Ints
from datamimic.columns import Column, Text, Vocabulary, from_bytes, take
from datamimic.draws.draw import Bits
from datamimic.errors import DefinitionError, excerpt
from datamimic.model.context import Context
from datamimic.model.generator import Generator
from datamimic.tables.weighted import Alias

T = TypeVar("T")
E = TypeVar("E", bound=Enum)
_MICROSECOND = timedelta(microseconds=1)
_SECOND = timedelta(seconds=1)
_MOST_BYTES = (1 << 12) - 1
_HEX = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
_PLACES = np.array([place for place in range(36) if place not in (8, 13, 18, 23)])


class Choice(Generator[Any]):
    """See `choice`."""

    def __init__(self, values: Sequence[Any], weights: Sequence[float] | None) -> None:
        if not values or (weights is not None and len(weights) != len(values)):
            given = "no value" if not values else f"{len(values)} values and {len(weights or ())} weights"
            raise DefinitionError("bad_field", f"choice has {given}", hint="one weight for each value")
        self.values = [*values]
        self.weights = None if weights is None else [*weights]
        self._alias = Alias.build([(range(len(values)), weights)]) if weights is not None else None
        texts = [value.value if isinstance(value, Enum) else value for value in values]
        self._vocabulary = Vocabulary(texts) if all(isinstance(each, str) for each in texts) else None

    def column(self, context: Context) -> Column:
        draw = context.draw
        places = draw.one_of(self.values) if self._alias is None else draw.pick(self._alias)
        if self._vocabulary is not None:
            return Text.coded(places, self._vocabulary)
        kind = context.batch.spec.fields[context.name].kind
        made: Column = take(kind.from_objects(self.values, f"{context.batch.path}.{context.name}"), places)
        return made


class RandomUuid(Generator[UUID]):
    """See `random_uuid`."""

    python_type = UUID

    def capacity(self) -> int | None:
        # The first word is a bijection of the row, and all of its bits stand in the UUID.
        return 1 << 62

    def column(self, context: Context) -> Column:
        first, second = context.draw.bits("first"), context.draw.bits("second")
        four, ten = np.uint64(0x4), np.uint64(0x2)
        upper = (
            (first >> np.uint64(16) << np.uint64(16))
            | (four << np.uint64(12))
            | (first >> np.uint64(4) & np.uint64(0xFFF))
        )
        lower = (ten << np.uint64(62)) | ((first & np.uint64(0xF)) << np.uint64(58)) | (second >> np.uint64(6))
        return _uuid_text(upper, lower)


def _uuid_text(upper: Bits, lower: Bits) -> Text:
    words = np.empty((len(upper), 2), dtype=">u8")
    words[:, 0], words[:, 1] = upper, lower
    octets = words.view(np.uint8)
    matrix = np.full((len(upper), 36), ord("-"), dtype=np.uint8)
    matrix[:, _PLACES[0::2]] = _HEX[octets >> 4]
    matrix[:, _PLACES[1::2]] = _HEX[octets & 0xF]
    return from_bytes(matrix)


class RandomBytes(Generator[bytes]):
    """See `random_bytes`."""

    python_type = bytes

    def __init__(self, least: int, up_to: int) -> None:
        if not 0 <= least <= up_to <= _MOST_BYTES:
            raise DefinitionError(
                "bad_field", f"{least} to {up_to} bytes are no range", hint=f"0 <= least <= up_to <= {_MOST_BYTES}"
            )
        self.least, self.up_to = least, up_to

    def column(self, context: Context) -> Column:
        lengths = context.draw.integers(self.least, self.up_to, "length")
        drawn = context.draw.items(lengths, "bytes").integers(0, 255).astype(np.uint8).tobytes()
        made = np.empty(len(lengths), dtype=object)
        ends = np.cumsum(lengths).tolist()
        made[:] = [drawn[end - length : end] for end, length in zip(ends, lengths.tolist(), strict=True)]
        return made


class _Between(Generator[Any]):
    """Whole steps from `low` to `high` microseconds."""

    def __init__(self, low: int, high: int, step: timedelta) -> None:
        self._low, self._steps, self._step = low, (high - low) // (step // _MICROSECOND), step // _MICROSECOND

    def column(self, context: Context) -> Column:
        units: Ints = self._low + context.draw.integers(0, self._steps) * self._step
        return units.astype("timedelta64[us]")


class TimeBetween(_Between):
    """See `time_between`."""

    python_type = time

    def __init__(self, first: time, last: time, step: timedelta) -> None:
        self.first, self.last = first, last
        low, high = (_since_midnight(each) for each in (first, last))
        _check_range(low, high, step, first, last)
        super().__init__(low, high, step)


class DurationBetween(_Between):
    """See `duration_between`."""

    python_type = timedelta

    def __init__(self, least: timedelta, most: timedelta, step: timedelta) -> None:
        self.least, self.most = least, most
        low, high = least // _MICROSECOND, most // _MICROSECOND
        _check_range(low, high, step, least, most)
        super().__init__(low, high, step)


def _since_midnight(value: time) -> int:
    return ((value.hour * 60 + value.minute) * 60 + value.second) * 1_000_000 + value.microsecond


def _check_range(low: int, high: int, step: timedelta, first: object, last: object) -> None:
    if low > high or step < _MICROSECOND:
        raise DefinitionError(
            "bad_field",
            f"from {excerpt(str(first))} to {excerpt(str(last))} in steps of {step} is no range",
            hint="the first must not be after the last, and a step is a microsecond at least",
        )


@overload
def choice(values: type[E], *, weights: Sequence[float] | None = None) -> Generator[E]: ...
@overload
def choice(values: Sequence[T], *, weights: Sequence[float] | None = None) -> Generator[T]: ...
def choice(values: Any, *, weights: Sequence[float] | None = None) -> Generator[Any]:
    """One of a few values, all equally likely or by `weights`: `choice(Status, weights=[9, 1])` of an Enum's members in their
    order, `choice(["power", "gas"])`. Distributions that somebody published belong in a table: see `weighted`."""
    return Choice([*values], weights)


def random_uuid() -> Generator[UUID]:
    """A UUID of version 4, different in every row by construction, so that it can be a key."""
    return RandomUuid()


def random_bytes(least: int, up_to: int) -> Generator[bytes]:
    """`least` to `up_to` bytes, at most 4,095, every length and byte equally likely."""
    return RandomBytes(least, up_to)


def time_between(first: time, last: time, *, step: timedelta = _SECOND) -> Generator[time]:
    """A time of day from `first` to `last`, both included where whole steps lead there; every step equally likely."""
    return TimeBetween(first, last, step)


def duration_between(least: timedelta, most: timedelta, *, step: timedelta = _SECOND) -> Generator[timedelta]:
    """A length of time from `least` to `most`, both included where whole steps lead there; every step equally likely."""
    return DurationBetween(least, most, step)
