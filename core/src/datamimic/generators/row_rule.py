"""Rules that see one row at a time, as plain Python values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from datamimic.columns import Column
from datamimic.draws.draw import Draw
from datamimic.errors import DatamimicError, DefinitionError
from datamimic.model.context import Context
from datamimic.model.generator import WHATEVER_RULES_RAISE, Generator, parameter_names, raised
from datamimic.model.supplied import SUPPLIED, Asker, refused, supplied_to


class RowRule(Generator[Any]):
    """A function that makes one value at a time from plain Python values; slower, for rules that are not worth vectorising."""

    function: Callable[..., Any]

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.parameters = parameter_names(function)
        self.needs = tuple(name for name in self.parameters if name not in SUPPLIED)
        if not_given := refused(self.parameters, Asker.ROW_RULE):
            raise DefinitionError(
                "bad_rule",
                f"the row rule {function.__name__} asks for {', '.join(not_given)}, which only column rules get",
                hint=f"a row rule reads fields, {', '.join(supplied_to(Asker.ROW_RULE))}",
            )

    def column(self, context: Context) -> Column:
        spec = context.batch.spec
        inputs = {name: spec.fields[name].kind.objects(context.column(name)) for name in self.needs}
        shared = {name: getattr(context, name) for name in self.parameters if name in SUPPLIED and name != "draw"}
        values = []
        for position, row in enumerate(context.rows.tolist()):
            own = dict(shared, draw=RowDraw(context.draw, row)) | {name: inputs[name][position] for name in self.needs}
            try:
                values.append(self.function(*(own[name] for name in self.parameters)))
            except (DatamimicError, Warning):
                raise
            except WHATEVER_RULES_RAISE as error:
                rule = f"the rule of {context.batch.where(context.name)}, in row {row},"
                raise raised("rule_failed", rule, self.function, error) from error
        return spec.fields[context.name].kind.from_objects(values, context.batch.where(context.name))


class RowDraw:
    """The draws of one field in one row, as plain numbers."""

    __slots__ = ("_draw",)

    def __init__(self, draw: Draw, row: int) -> None:
        self._draw = Draw(draw.address, np.array([row], dtype=np.int64))

    def uniform(self, label: str = "") -> float:
        return float(self._draw.uniform(label)[0])

    def integer(self, low: int, high: int, label: str = "") -> int:
        return int(self._draw.integers(low, high, label)[0])

    def chance(self, probability: float, label: str = "") -> bool:
        return bool(self._draw.chance(probability, label)[0])

    def choice(self, values: Any, label: str = "") -> Any:
        return values[int(self._draw.one_of(values, label)[0])]


def row_rule(function: Callable[..., Any]) -> RowRule:
    """`field(row_rule(function))`: the function sees plain values of one row and returns one value."""
    return RowRule(function)
