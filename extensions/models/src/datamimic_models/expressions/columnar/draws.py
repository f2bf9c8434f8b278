"""Calls that draw, column by column: of the same bits and with the same results as row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from datamimic import normal_quantiles
from datamimic.columns import Text, from_bytes
from datamimic_models.expressions.columnar.vectors import Fixed, Operand, Vector, either, nulls_of, unsure_of, vector_of

Words = Callable[[int], NDArray[np.uint64]]
"""The random bits of a call, for the first, second … time."""
_TWO_TO_MINUS_53 = 2.0**-53
_LEAST_SPAN, _MOST_SPAN = 1, 1 << 32
_HEX: Final = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
_PLACES: Final = np.array([place for place in range(36) if place not in (8, 13, 18, 23)])


def drawn(name: str, words: Words, given: Mapping[str, Operand]) -> Vector | None:
    """None for what is drawn row by row."""
    if name == "random.random":
        return Vector("float", _uniform(words(0)))
    if name == "random.randint":
        return _integers(words(0), given["a"], given["b"])
    if name == "random.uniform":
        return _between(words(0), given["a"], given["b"])
    if name == "random.choice":
        return _choice(words(0), given["values"])
    if name == "random.gauss":
        return _normal(words(0), given.get("mu", Fixed(0.0)), given.get("sigma", Fixed(1.0)))
    if name == "uuid4":
        return Vector("uuid", _uuids(words(0), words(1)))
    return None


def _uniform(bits: NDArray[np.uint64]) -> NDArray[np.float64]:
    made: NDArray[np.float64] = (bits >> np.uint64(11)).astype(np.float64) * _TWO_TO_MINUS_53
    return made


def _whole(operand: Operand) -> Any:
    if isinstance(operand, Vector):
        return operand.values if operand.kind == "int" else None
    return operand.value if type(operand.value) is int and abs(operand.value) < 1 << 62 else None


def _integers(bits: NDArray[np.uint64], low: Operand, high: Operand) -> Vector | None:
    a, b = _whole(low), _whole(high)
    if a is None or b is None:
        return None
    # Wide ranges are drawn row by row.
    size = np.asarray(b, np.float64) - np.asarray(a, np.float64)
    odd = np.broadcast_to((size < 0) | (size >= _MOST_SPAN - 1), (len(bits),))
    span = np.where(odd, 1, np.asarray(b - np.asarray(a)) + 1).astype(np.uint64)
    offset = ((bits >> np.uint64(32)) * span) >> np.uint64(32)
    unsure = either(unsure_of(low, high), nulls_of(low, high), odd if odd.any() else None)
    return Vector("int", offset.astype(np.int64) + a, None, unsure)


def _number(operand: Operand) -> Any:
    if isinstance(operand, Vector):
        return operand.values.astype(np.float64) if operand.kind in ("int", "float") else None
    return float(operand.value) if type(operand.value) in (int, float) and abs(operand.value) < 1e300 else None


def _between(bits: NDArray[np.uint64], low: Operand, high: Operand) -> Vector | None:
    a, b = _number(low), _number(high)
    if a is None or b is None:
        return None
    unsure = either(unsure_of(low, high), nulls_of(low, high))
    return Vector("float", a + (b - a) * _uniform(bits), None, unsure)


def _normal(bits: NDArray[np.uint64], mu: Operand, sigma: Operand) -> Vector | None:
    a, b = _number(mu), _number(sigma)
    if a is None or b is None:
        return None
    unsure = either(unsure_of(mu, sigma), nulls_of(mu, sigma))
    return Vector("float", a + b * normal_quantiles().at(_uniform(bits)), None, unsure)


def _choice(bits: NDArray[np.uint64], values: Operand) -> Vector | None:
    if not isinstance(values, Fixed) or not isinstance(values.value, list | tuple) or not values.value:
        return None
    among = values.value
    places = (((bits >> np.uint64(32)) * np.uint64(len(among))) >> np.uint64(32)).astype(np.int64)
    if all(type(each) is str for each in among):
        return Vector("text", Text.coded(places, among))
    held = vector_of(among)
    if held.kind == "text":
        return None
    taken = held.values.take(places) if isinstance(held.values, Text) else held.values[places]
    return Vector(held.kind, taken, None if held.null is None else held.null[places], None, held.scale)


def _uuids(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> Text:
    """See `functions.documents.uuid_of`."""
    words = np.empty((len(first), 2), dtype=">u8")
    words[:, 0] = (
        (first >> np.uint64(16) << np.uint64(16)) | np.uint64(0x4000) | (first >> np.uint64(4) & np.uint64(0xFFF))
    )
    words[:, 1] = (
        (np.uint64(2) << np.uint64(62)) | ((first & np.uint64(0xF)) << np.uint64(58)) | (second >> np.uint64(6))
    )
    octets = words.view(np.uint8)
    matrix = np.full((len(first), 36), ord("-"), dtype=np.uint8)
    matrix[:, _PLACES[0::2]] = _HEX[octets >> 4]
    matrix[:, _PLACES[1::2]] = _HEX[octets & 0xF]
    return from_bytes(matrix)
