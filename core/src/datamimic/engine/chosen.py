"""References to rows that are chosen by what they hold: by a weight, or by the key that a column names."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from datamimic.base.arrays import Floats, Ints
from datamimic.base.observation import unobserved
from datamimic.columns.buffers import arrow_numbers, numpy_values
from datamimic.engine.batch import batch_of
from datamimic.engine.engine import Engine, engine_of
from datamimic.engine.evaluation import forgetting_batches
from datamimic.engine.references import Ref
from datamimic.errors import DataError, DefinitionError, excerpt
from datamimic.model.arrow import decoded
from datamimic.model.context import Context
from datamimic.model.generator import Generator
from datamimic.model.spec import FieldSpec, Spec, spec_of
from datamimic.model.supplied import unknown_parameter
from datamimic.tables.weighted import Alias

_AT_ONCE = 65_536


class WeightedRef(Generator[Any]):
    """Rows of the target in proportion to a column of it; see `ref`."""

    relates = "one"

    def __init__(self, target: Any, weight: str) -> None:
        self.target = target
        self.weight = weight

    def bind(self, where: str) -> None:
        if isinstance(self.target, type):
            self._check(spec_of(self.target), where)

    def _check(self, target: Spec, where: str) -> None:
        field = target.fields.get(self.weight)
        if field is None:
            raise unknown_parameter(where, self.weight, target.fields)
        types, kind = pa.types, field.kind.arrow
        if not (types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind)):
            raise DefinitionError(
                "bad_field",
                f"{where}: {target.cls.__name__}.{self.weight} is {field.kind}, and no weight",
                hint="a weight is a number from 0 on",
            )

    def column(self, context: Context) -> Any:
        world = engine_of(context)
        target = world.spec(self.target)
        where = context.batch.where(context.name)
        alias = world.memo(("weights", target.cls, self.weight), lambda: self._alias(world, target, where))
        return Ref(world, target, context.draw.pick(alias))

    def _alias(self, world: Engine, target: Spec, where: str) -> Alias:
        self._check(target, where)
        size, parts = world.size(target), []
        for start in range(0, size, _AT_ONCE):
            rows = np.arange(start, min(start + _AT_ONCE, size), dtype=np.int64)
            with unobserved(), forgetting_batches():
                parts.append(self._weights(world, target, rows))
        weights = np.concatenate(parts)
        if not weights.any():
            raise DataError("bad_weight", f"{where}: no row of {world.path(target)} has a {self.weight} above 0")
        return Alias.of_rows(weights)

    def _weights(self, world: Engine, target: Spec, rows: Ints) -> Floats:
        column = batch_of(world, target, rows).column(self.weight)
        missing = np.ma.getmaskarray(column)
        weights = np.asarray(np.ma.getdata(column)).astype(np.float64)
        wrong = missing | ~np.isfinite(weights) | (weights < 0)
        if wrong.any():
            place = int(np.argmax(wrong))
            value = "null" if missing[place] else weights[place]
            raise DataError(
                "bad_weight",
                f"{world.path(target)}.{self.weight} is {value} in row {rows[place]}, and no weight",
                hint="a weight is a number from 0 on",
            )
        return weights


class KeyedRef(Generator[Any]):
    """The row of a target that exists whose key stands in a field of the same entity; see `ref`."""

    relates = "one"

    def __init__(self, target: Any, key: str) -> None:
        self.target = target
        self.key = key
        self.needs = (key,)

    def bind(self, where: str) -> None:
        if isinstance(self.target, type):
            self._check(spec_of(self.target), where)

    def _check(self, target: Spec, where: str) -> FieldSpec:
        if target.rows is None or target.key is None or not target.key.generator.exists:
            raise DefinitionError(
                "bad_field",
                f"{where}: rows of {target.cls.__name__} are not found by a key",
                hint="its rows exist, @entity(..., rows=source(...)), with one key, field(given(...), key=True)",
            )
        return target.key

    def column(self, context: Context) -> Any:
        world = engine_of(context)
        target, where = world.spec(self.target), context.batch.where(context.name)
        key = self._check(target, where)
        own = context.batch.spec.fields[self.key].kind
        wanted = decoded(own.to_arrow(context.column(self.key), own.arrow)).cast(key.kind.arrow)
        named = numpy_values(wanted.is_valid())
        rows = np.full(len(wanted), -1, dtype=np.int64)
        rows[named] = world.given(target).rows_of(wanted.filter(arrow_numbers(named)))
        lost = rows < 0
        if context.batch.spec.fields[context.name].kind.nullable:
            lost &= named
        if lost.any():
            place = int(np.argmax(lost))
            raise DataError(
                "bad_reference",
                f"{where} asks in row {context.rows[place]} for the {key.name} {excerpt(wanted[place].as_py())}, which no "
                f"row of {world.path(target)} has",
                hint=f'add the row, or annotate the field "{target.cls.__name__} | None" and leave the key empty',
            )
        return Ref(world, target, rows)
