"""Columns that mean something: a field of the row of a subject, found out from names, types and neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
import pyarrow.compute as pc
from attrs import field, frozen

from datamimic import Context, Generator, Text
from datamimic.columns import Column, join, number_text, year_month_day
from datamimic.columns.value_types import Int, Str, ValueType
from datamimic_models.rules.converting import converted, filled, held
from datamimic_models.rules.rule import FieldOf, RuleKind, Where


@frozen
class Meant(RuleKind):
    """What a column without a rule means: `found` of the subject `of` the row, or a `part` of it; `evidence` says why. No
    language has it: it follows from the table."""

    kind: ClassVar[str] = "meant"

    meaning: str
    found: FieldOf
    of: str | None = None
    part: str | None = None
    evidence: tuple[str, ...] = field(default=(), eq=False)

    def subjects(self, where: Where) -> tuple[FieldOf, ...]:
        return (self.found,)

    def generator(self, where: Where) -> Generator[Any]:
        own = where.around.field_of_subject(self.found, self.of, where.column)
        made: Generator[Any] = PartOf(*own, self.found.kind, self.part, where.kind)
        return Distinct(made) if where.unique else made


class PartOf(Generator[Any]):
    """A field of a subject, or the year, month or day of a date, or the first letter of a text, as a column of a kind."""

    def __init__(self, head: str, parts: tuple[str, ...], made: ValueType, part: str | None, wanted: ValueType) -> None:
        self.head = head
        self.parts = parts
        self.made = made
        self.part = part
        self.wanted = wanted
        self.needs = (head,)

    def column(self, context: Context) -> Column:
        column = context.column(self.head)
        for each in self.parts:
            column = getattr(column, each)
        column, made = held(column), self.made
        if self.part == "initial":
            text: Any = converted(column, made, Str(nullable=made.nullable), "")
            column, made = text.slice(0, 1).upper(), Str()
        elif self.part is not None:
            mask = np.ma.getmask(column)
            numbers = year_month_day(np.ma.getdata(column))[("year", "month", "day").index(self.part)]
            column = numbers if mask is np.ma.nomask else np.ma.MaskedArray(numbers, mask)
            made = Int()
        return filled(converted(column, made, self.wanted, context.batch.where(context.name)), self.wanted)


class Distinct(Generator[Any]):
    """Text of which no two rows have the same: the number of the row is put behind it, of an address before its @."""

    def __init__(self, inner: Generator[Any]) -> None:
        self.inner = inner
        self.needs, self.tables = inner.needs, inner.tables

    def unique_fields(self, name: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
        return (name,)

    def column(self, context: Context) -> Column:
        made: Any = self.inner.column(context)
        numbers = number_text(context.rows + 1)
        if not isinstance(made, Text):
            return made
        plain = made.arrow()
        before = Text.plain(pc.replace_substring_regex(plain, "@.*$", ""))
        behind = Text.plain(pc.replace_substring_regex(plain, "^[^@]*", ""))
        return join(before, ".", numbers, behind)
