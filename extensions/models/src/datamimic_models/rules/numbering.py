"""What numbers rows: serials and UUIDs."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from attrs import frozen

from datamimic import Context, DatamimicError, Generator, random_uuid, serial
from datamimic.columns import Column
from datamimic_models.model import Mistakes
from datamimic_models.rules.ranges import shown_units
from datamimic_models.rules.rule import RuleKind, Where
from datamimic_models.rules.words import word


@frozen
class Serial(RuleKind):
    """Another value in every row. With a `pattern`, such as ORD-######, in no visible order: # is a digit, ? a letter, * either
    of them. Without one, start, start + step, start + 2 × step …"""

    kind: ClassVar[str] = "serial"

    pattern: str | None = word("Text with free places: # a digit, ? a letter, * either.", "text", None)
    start: int = word("The first number.", "whole", 1)
    step: int = word("From a number to the next.", "whole", 1)

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        kind = where.column.type
        if self.pattern is not None:
            if kind.name != "str":
                mistakes.add(
                    "models.type_mismatch",
                    f"{where.label} is {kind}, and a pattern writes text",
                    where.place,
                    hint="type: str",
                )
            try:
                serial(self.pattern)
            except DatamimicError as error:
                mistakes.add("models.bad_value", f"{where.label}: {error.message}", where.place, hint=error.hint)
        elif kind.name not in ("int", "str", "decimal", "float"):
            mistakes.add("models.type_mismatch", f"{where.label} is {kind}, and a serial a number", where.place)
        elif self.step == 0:
            mistakes.add("models.bad_value", f"{where.label}: the step is 0", where.place, hint="give another")

    def capacity(self) -> int | None:
        try:
            return None if self.pattern is None else serial(self.pattern).capacity()
        except DatamimicError:
            return None

    def generator(self, where: Where) -> Generator[Any]:
        return serial(self.pattern) if self.pattern is not None else Counting(self.start, self.step, where)


class Counting(Generator[Any]):
    """start, start + step, …"""

    def __init__(self, start: int, step: int, where: Where) -> None:
        self.start = start
        self.step = step
        self.shown = where.column.type
        self.units = 10 ** getattr(where.kind, "scale", 0) if self.shown.name == "decimal" else 1

    def capacity(self) -> int | None:
        return (1 << 62) // abs(self.step)

    def column(self, context: Context) -> Column:
        numbers = (context.rows * np.int64(self.step) + np.int64(self.start)) * self.units
        return shown_units(numbers, "float" if self.shown.name == "float" else "int", 0, self.shown)


@frozen
class Uuid(RuleKind):
    """A UUID of version 4, another in every row."""

    kind: ClassVar[str] = "uuid"

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        if where.column.type.name not in ("uuid", "str"):
            mistakes.add(
                "models.type_mismatch",
                f"{where.label} is {where.column.type}, and no UUID",
                where.place,
                hint="type: uuid",
            )

    def generator(self, where: Where) -> Generator[Any]:
        return random_uuid()
