"""Plain Python values from columns, and back."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC
from decimal import Decimal
from typing import Any, cast

import numpy as np

from datamimic.base.arrays import Bools
from datamimic.base.standard import Standard
from datamimic.columns import Column, Lists, Maps, Struct, Text, kept, take
from datamimic.columns.value_types import CENTS, ValueType, nulls
from datamimic.errors import DefinitionError, excerpt
from datamimic.model.spec import spec_of


def values_of(column: Any, kind: ValueType) -> list[Any]:
    """One Python value per row; masked and null rows give None."""
    if isinstance(column, np.ma.MaskedArray):
        plain = values_of(column.filled(column.fill_value if column.dtype.kind != "M" else np.datetime64(0, "D")), kind)
        mask = np.ma.getmaskarray(column)
        return [None if hidden else value for value, hidden in zip(plain, mask.tolist(), strict=True)]
    if kind.shape == "scalar":
        if kind.scalar == "datetime":
            return [value.replace(tzinfo=UTC) for value in column.astype("datetime64[us]").tolist()]
        if kind.scalar == "decimal":
            known = {cents: Decimal(cents).scaleb(-2) for cents in set(column.tolist())}
            return [known[cents] for cents in column.tolist()]
        if kind.scalar == "date":
            return _date_objects(column)
        return column.tolist()
    if kind.shape == "list":
        assert kind.item is not None and isinstance(column, Lists)
        return _listed(_split(values_of(column.values, kind.item), column.lengths), column.present)
    if kind.shape == "map":
        assert isinstance(column, Maps)
        pairs = list(zip(column.keys.tolist(), column.values.tolist(), strict=True))
        return _listed([dict(part) for part in _split(pairs, column.lengths)], column.present)
    assert kind.members is not None or kind.shape == "entity"
    return _records(column, kind)


def instances(cls: type[Any], names: tuple[str, ...], columns: list[list[Any]]) -> list[Any]:
    """One object of the class per row, with these attributes, made without its `__init__`."""
    if len(names) != len(columns):
        raise ValueError(f"{len(columns)} columns for the attributes {', '.join(names)}")
    made = []
    new, put = object.__new__, object.__setattr__
    if hasattr(new(cls), "__dict__"):
        for values in zip(*columns, strict=True):
            instance = new(cls)
            put(instance, "__dict__", dict(zip(names, values, strict=False)))
            made.append(instance)
        return made
    for values in zip(*columns, strict=True):
        instance = new(cls)
        for name, value in zip(names, values, strict=True):
            put(instance, name, value)
        made.append(instance)
    return made


@contextmanager
def collected_later() -> Iterator[None]:
    """Many objects are about to be made and none of them in a circle: looking for garbage meanwhile finds nothing, and takes
    a tenth of the time of a batch."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _date_objects(column: Any) -> list[Any]:
    # A birth date comes back many times in a batch: objects are made once per distinct day where days are few.
    days = column.astype(np.int64)
    if len(days) > 512:
        low, high = int(days.min()), int(days.max())
        if high - low < 4 * len(days):
            span = np.arange(low, high + 1).astype("datetime64[D]").astype(object)
            return span[days - low].tolist()
    return column.tolist()


def _split(items: list[Any], lengths: Any) -> list[list[Any]]:
    result, start = [], 0
    for length in lengths.tolist():
        result.append(items[start : start + length])
        start += length
    return result


def _records(column: Any, kind: ValueType) -> list[Any]:
    if kind.shape == "entity":
        fields_ = {spec.name: spec.kind for spec in spec_of(kind.python).columns if not spec.is_relation}
        members = {name: fields_[name] for name in column.columns if name in fields_}
    else:
        assert kind.members is not None
        members = dict(kind.members)
    cls = kind.python
    columns = [values_of(getattr(column, name), member) for name, member in members.items()]
    return _listed(instances(cls, tuple(members), columns), column.present)


def _listed(values: list[Any], present: Bools | None) -> list[Any]:
    """The values, None where there is none."""
    if present is None:
        return values
    return [value if there else None for value, there in zip(values, present.tolist(), strict=True)]


def column_of(values: list[Any], kind: ValueType, where: str) -> Column:
    """The column of one Python value per row. Raises `DefinitionError` (`wrong_type`) naming the row of a value that does
    not fit the kind."""
    if kind.shape == "scalar":
        return _scalars(values, kind, where)
    present = np.array([value is not None for value in values], dtype=np.bool_)
    if not present.all():
        if not kind.nullable:
            raise DefinitionError("wrong_type", f"{where} is declared {kind}, but a value is None")
        if not present.any():
            return nulls(kind, len(values))
        there = _nested_column([value for value in values if value is not None], kind, where)
        return cast(Column, kept(take(there, np.maximum(np.cumsum(present) - 1, 0)), present))
    return _nested_column(values, kind, where)


def _nested_column(values: list[Any], kind: ValueType, where: str) -> Column:
    if kind.shape == "list":
        assert kind.item is not None
        lengths = np.array([len(value) for value in values], dtype=np.int64)
        return Lists(lengths, column_of([item for value in values for item in value], kind.item, where))
    if kind.shape == "map":
        lengths = np.array([len(value) for value in values], dtype=np.int64)
        keys = [key for value in values for key in value]
        texts = [text for value in values for text in value.values()]
        return Maps(lengths, Text.of(keys), Text.of(texts))
    assert kind.members is not None
    return Struct(
        {
            name: column_of([_member(v, name) for v in values], member, f"{where}.{name}")
            for name, member in kind.members.items()
        }
    )


def _member(value: Any, name: str) -> Any:
    return value[name] if isinstance(value, Mapping) else getattr(value, name)


def _scalars(values: list[Any], kind: ValueType, where: str) -> Column:
    accepted: dict[str, tuple[type, ...]] = {
        "int": (int, np.integer),
        "float": (int, float, np.number),
        "bool": (bool, np.bool_),
        "str": (str,),
        "date": (Standard.date,),
        "datetime": (Standard.datetime,),
        "decimal": (int, Decimal),
        "bytes": (bytes,),
    }
    assert kind.scalar is not None
    for position, value in enumerate(values):
        fits = isinstance(value, accepted[kind.scalar]) and not (isinstance(value, bool) and kind.scalar != "bool")
        if not fits and not (value is None and kind.nullable):
            raise DefinitionError(
                "wrong_type",
                f"{where} is declared {kind}, but value {position} is {excerpt(value)}",
                hint="return what the annotation says",
            )
    if kind.scalar == "str":
        return Text.of(values)
    if kind.scalar == "bytes":
        return np.array(values, dtype=object)
    missing = [value is None for value in values]
    conversions: dict[str, Callable[[Any], Any]] = {
        "decimal": lambda value: int((Decimal(value) * CENTS).to_integral_value()),
        "datetime": lambda value: np.datetime64(value.astimezone(UTC).replace(tzinfo=None), "us"),
        "date": lambda value: np.datetime64(value, "D"),
    }
    convert = conversions.get(kind.scalar, _same)
    dtype = kind.dtype
    filled = [np.zeros(1, dtype)[0] if value is None else convert(value) for value in values]
    array = np.array(filled, dtype=dtype)
    return np.ma.MaskedArray(array, missing) if any(missing) else array


def _same(value: Any) -> Any:
    return value
