"""Values of rows as a column of a kind, or of the kind that they are all of."""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from attrs import has

from datamimic import ValueType
from datamimic.columns import Column
from datamimic.columns.value_types import (
    Bool,
    Bytes,
    Choice,
    Date,
    DateTime,
    Decimals,
    Duration,
    Float,
    Int,
    ListOf,
    MapOf,
    Record,
    Str,
    TimeOfDay,
    Uuid,
    decimals,
)
from datamimic_models.expressions.failures import Failed
from datamimic_models.expressions.values import in_order, kind_name, pairs_of, text_of


def column_of(values: Sequence[Any], kind: ValueType | None, failed: Callable[[int, Exception], Exception]) -> Column:
    """The column of one value per row; `failed` makes the error of the row at a position whose value does not fit."""
    made = kind_of_values(values) if kind is None else kind
    fitting = []
    for position, value in enumerate(values):
        try:
            fitting.append(fitted(value, made))
        except (Failed, ValueError, ArithmeticError, TypeError) as error:
            raise failed(position, error) from None
    return made.from_objects(fitting, "an expression")


def fitted(value: Any, kind: ValueType) -> Any:
    """The value as a field of the kind takes it. Raises `Failed` for one that does not fit."""
    if value is None:
        if kind.nullable:
            return None
        raise Failed("it is null, where a value must be")
    for known, fit in _FITTING:
        if isinstance(kind, known):
            return fit(value, kind)
    return value


def _no(value: Any, what: str, hint: str = "") -> Failed:
    shown = text_of(value)
    return Failed(f"{shown if len(shown) < 60 else shown[:60] + '…'} ({kind_name(value)}) is no {what}{hint}")


def _whole(value: Any, kind: ValueType) -> Any:
    if isinstance(value, float | Decimal) and math.isfinite(value) and value == math.trunc(value):
        value = math.trunc(value)
    if not isinstance(value, int):
        raise _no(value, "whole number", ": write int(…) or round(…)" if isinstance(value, float | Decimal) else "")
    assert isinstance(kind, Int)
    if not kind.least <= value <= kind.most:
        raise Failed(f"a whole number of {value.bit_length()} bits does not fit into a column")
    return int(value)


def _float(value: Any, kind: ValueType) -> Any:
    if not isinstance(value, float | int | Decimal):
        raise _no(value, "number")
    return float(value)


def _truth(value: Any, kind: ValueType) -> Any:
    if not isinstance(value, bool):
        raise _no(value, "truth value", ": write bool(…)")
    return value


def _decimal(value: Any, kind: ValueType) -> Any:
    if not isinstance(value, float | int | Decimal):
        raise _no(value, "number")
    assert isinstance(kind, Decimals)
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite() or abs(exact.scaleb(kind.scale)) >= Decimal(10) ** kind.precision:
        raise Failed(f"{exact} has more digits than a {kind.name}")
    return exact.quantize(Decimal(1).scaleb(-kind.scale))


def _text(value: Any, kind: ValueType) -> Any:
    return text_of(value)


def _uuid(value: Any, kind: ValueType) -> Any:
    return value if isinstance(value, uuid.UUID) else uuid.UUID(text_of(value))


def _date(value: Any, kind: ValueType) -> Any:
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if not isinstance(value, date):
        raise _no(value, "date")
    return value.date() if isinstance(value, datetime) else value


def _moment(value: Any, kind: ValueType) -> Any:
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if not isinstance(value, date):
        raise _no(value, "moment")
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return value if value.tzinfo is not None else value.replace(tzinfo=UTC)


def _time(value: Any, kind: ValueType) -> Any:
    if isinstance(value, str):
        value = time.fromisoformat(value)
    if not isinstance(value, time):
        raise _no(value, "time of day")
    return value


def _duration(value: Any, kind: ValueType) -> Any:
    if not isinstance(value, timedelta):
        raise _no(value, "duration", ": write timedelta(days=…)")
    return value


def _bytes(value: Any, kind: ValueType) -> Any:
    if isinstance(value, str):
        return value.encode()
    if not isinstance(value, bytes):
        raise _no(value, "bytes")
    return value


def _choice(value: Any, kind: ValueType) -> Any:
    assert isinstance(kind, Choice)
    if value not in kind.choices:
        raise _no(value, "value of the column")
    return kind.choices[value]


def _list(value: Any, kind: ValueType) -> Any:
    if not isinstance(value, list | tuple | range | frozenset):
        raise _no(value, "list")
    assert kind.item is not None
    return [fitted(each, kind.item) for each in (in_order(value) if isinstance(value, frozenset) else value)]


def _mapping(value: Any, kind: ValueType) -> Any:
    pairs = pairs_of(value)
    if pairs is None:
        raise _no(value, "dict")
    assert isinstance(kind, MapOf)
    return {text_of(key): fitted(inner, kind.value) for key, inner in pairs}


def _record(value: Any, kind: ValueType) -> Any:
    assert isinstance(kind, Record)
    pairs = pairs_of(value)
    if pairs is None:
        raise _no(value, kind.name)
    held = dict(pairs)
    return {name: fitted(held.get(name), each) for name, each in (kind.members or {}).items()}


_FITTING: Final[tuple[tuple[type[ValueType], Callable[[Any, ValueType], Any]], ...]] = (
    (Int, _whole),
    (Float, _float),
    (Bool, _truth),
    (Decimals, _decimal),
    (Uuid, _uuid),
    (Str, _text),
    (Date, _date),
    (DateTime, _moment),
    (TimeOfDay, _time),
    (Duration, _duration),
    (Bytes, _bytes),
    (Choice, _choice),
    (ListOf, _list),
    (MapOf, _mapping),
    (Record, _record),
)


def kind_of_values(values: Sequence[Any]) -> ValueType:
    """The kind that all values are of, null among them where one is. Raises `Failed` for values of several kinds."""
    present = [value for value in values if value is not None]
    kind = _kind(present)
    return kind.or_null() if len(present) < len(values) else kind


_SIMPLE: Final[tuple[tuple[tuple[type, ...], ValueType], ...]] = (
    ((bool,), Bool()),
    ((int,), Int()),
    ((int, float), Float()),
    ((str,), Str()),
    ((uuid.UUID,), Uuid()),
    ((bytes,), Bytes()),
    ((time,), TimeOfDay()),
    ((timedelta,), Duration()),
)


def _kind(values: Sequence[Any]) -> ValueType:
    if not values:
        return Str(nullable=True)
    types = {type(value) for value in values}
    for fit, kind in _SIMPLE:
        if types <= {*fit}:
            return kind
    if all(isinstance(value, int | float | Decimal) and not isinstance(value, bool) for value in values):
        return decimals(min(max(_places(value) for value in values), 18), 18)
    if all(isinstance(value, date) for value in values):
        return DateTime() if any(isinstance(value, datetime) for value in values) else Date()
    if all(isinstance(value, list | tuple | range | frozenset) for value in values):
        return ListOf(kind_of_values([item for value in values for item in value]))
    if all(isinstance(value, Mapping) or has(type(value)) for value in values):
        pairs = [pair for value in values for pair in pairs_of(value) or ()]
        return MapOf(kind_of_values([inner for _, inner in pairs]))
    raise Failed(f"the rows have values of several kinds: {', '.join(sorted(each.__name__ for each in types))}")


def _places(value: Any) -> int:
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    exponent = exact.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
