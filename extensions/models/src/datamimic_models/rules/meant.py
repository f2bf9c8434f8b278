"""Columns that have no rule and mean something: fields of the row of another entity that all columns of one subject share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

import numpy as np
from attrs import evolve, field, frozen

from datamimic import Context, Generator, Locale, Meaning, Ref, Registry, Text, spec_of, supported_countries
from datamimic.columns import Bools, Column, Lists
from datamimic.columns.value_types import Decimals, Float, Int, ListOf, ValueType
from datamimic_models.meanings.bounds import bounds_of
from datamimic_models.meanings.fits import choice_of
from datamimic_models.model import Column as ModelColumn
from datamimic_models.rules.by_name import rule_of_name
from datamimic_models.rules.converting import converted, held
from datamimic_models.rules.fitting import bounded, chosen, cut, null_in, numbered, part_of, replaced
from datamimic_models.rules.kinds import usual_rule
from datamimic_models.rules.rule import FieldOf, RuleKind, Where

_TRIES: Final = 24
_MANY: Final = 1 << 32
_MULTIPLIER: Final = 2_654_435_761
_STEP: Final = 40_503


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
        head, parts = where.around.field_of_subject(self.found, self.of, where.column)
        bounds = bounds_of(where.column.name, where.table)
        choices = where.column.type.choices or bounds.choices
        own = evolve(where.column, type=evolve(where.column.type, choices=choices))
        named = rule_of_name(own)
        if named is not None and where.unique and (named.capacity_in(where) or 0) < _MANY:
            named = None
        otherwise = named or usual_rule(own.type, unique=where.unique)
        assert otherwise is not None
        said = where.packs.meanings().get(self.meaning) or Meaning(name="column.itself", cut=True)
        return Fitted(head, parts, self.found, said, where, otherwise.generator(where))


class Fitted(Generator[Any]):
    """The field of a subject, in a form that the column can hold. What cannot be made to fit is what the column would otherwise
    have, row by row, and all of it in a country that the entity cannot be made for; where null may not be, a value of another
    row of the subject's entity that has one."""

    def __init__(
        self,
        head: str,
        parts: tuple[str, ...],
        found: FieldOf,
        meaning: Meaning,
        where: Where,
        otherwise: Generator[Any],
    ) -> None:
        self.head = head
        self.parts = parts
        self.made = found.kind
        self.entity = found.entity
        self.locale = where.locale
        self.packs = where.packs
        self.meaning = meaning
        self.wanted = where.kind
        self.type = where.column.type
        self.unique = where.unique
        self.bounds = bounds_of(where.column.name, where.table)
        self.otherwise = otherwise
        self.distinct = comes_once(where.column, meaning, where.packs)
        self.email = (meaning.pattern or "").startswith(r"[^@\s]+@")
        choices = self.type.choices or self.bounds.choices
        self.choices = choice_of(meaning.values, choices) if choices else None
        self.needs = tuple(dict.fromkeys((head, *otherwise.needs)))
        self.tables = otherwise.tables

    def unique_fields(self, name: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
        return (name,) if self.unique else ()

    def column(self, context: Context) -> Column:
        country = (context.world.locale if self.locale is None else Locale.parse(self.locale)).country
        if country not in _countries(self.packs, self.entity):
            return self.otherwise.column(context)
        where = context.batch.where(context.name)
        reference = context.column(self.head)
        found = self._fitted(self._reached(reference), where)
        if self.unique and isinstance(found, Text) and not self.distinct:
            between = "." if self.meaning.part == "local" else " "
            made = numbered(found, context.rows, self.type.length, email=self.email, between=between)
            return made.where(~found.is_null()) if self.wanted.nullable else made
        if not self.wanted.nullable and isinstance(reference, Ref):
            found = self._without_nulls(found, reference, where)
        return replaced(found, self._unfit(found), lambda: self.otherwise.column(context))

    def _reached(self, column: Any) -> Column:
        for part in self.parts:
            column = getattr(column, part)
        return part_of(held(column), self.meaning.part)

    def _fitted(self, column: Any, where: str) -> Column:
        """In the kind of the column, cut and moved into bounds; null stays."""
        if self.choices is not None and isinstance(column, Text):
            column = chosen(column, self.choices)
        made = self._kind_of_part()
        found = converted(column, made, self.wanted.or_null(), where)
        if isinstance(found, Text) and self.bounds.forms:
            found = found.map(self.bounds.formed)
        if isinstance(found, Text) and self.type.length is not None and (self.meaning.cut or self.email):
            return cut(found, self.type.length, email=self.email)
        if isinstance(found, np.ndarray) and isinstance(self.wanted, Int | Decimals | Float):
            digits = None
            if self.type.name == "decimal" and self.type.precision is not None:
                scale = self.type.scale or 0
                digits = (self.type.precision - scale, scale)
            return bounded(found, self.wanted, self.bounds, digits, self.type.bits)
        return found

    def _kind_of_part(self) -> ValueType:
        if self.meaning.part in ("year", "month", "day"):
            return Int(nullable=self.made.nullable)
        if self.meaning.part == "first" and isinstance(self.made, ListOf) and self.made.item is not None:
            return self.made.item.or_null()
        return self.made

    def _unfit(self, column: Any) -> Bools:
        bad = null_in(column) & (not self.wanted.nullable)
        if isinstance(column, Text) and self.type.length is not None:
            bad |= column.lengths() > self.type.length
        return np.asarray(bad, dtype=np.bool_)

    def _without_nulls(self, found: Any, reference: Ref, where: str) -> Column:
        """Of rows without a value, that of an earlier row of the same entity that has one."""
        for turn in range(_TRIES):
            missing = null_in(found)
            if not missing.any():
                break
            rows = reference.rows[missing].astype(np.uint64)
            others = (rows * np.uint64(_MULTIPLIER) + np.uint64(_STEP * (turn + 1))) % (rows + np.uint64(1))
            again = self._fitted(self._reached(Ref(reference.world, reference.target, others.astype(np.int64))), where)
            found = _put(found, missing, again)
        return found


def comes_once(column: ModelColumn, meaning: Meaning, packs: Registry) -> bool:
    """Is the meaning that of texts with a form, such as IBANs, which are other ones in every row of an entity without end?"""
    if not meaning.distinct or column.type.name != "str" or (meaning.validator is None and meaning.pattern is None):
        return False
    wide = meaning.length is None or column.type.length is None or column.type.length >= meaning.length[1]
    entity = ".".join(meaning.fields[0].split(".")[:2])
    return wide and "@" not in (meaning.pattern or "") and spec_of(packs.entity(entity)).rows is None


def _countries(packs: Registry, entity: str) -> tuple[str, ...]:
    return packs.remembered.get(("countries", entity), lambda: supported_countries(packs, packs.entity(entity)))


def _put(column: Any, missing: Bools, values: Any) -> Column:
    """`values` in the rows that are `missing`."""
    places = np.zeros(len(column), dtype=np.int64)
    places[missing] = np.arange(len(values))
    if isinstance(column, Text):
        spread = values.take(places)
        return (
            Text.of(
                [
                    other if lost else mine
                    for mine, other, lost in zip(column.tolist(), spread.tolist(), missing, strict=True)
                ]
            )
            if len(column)
            else column
        )
    if isinstance(column, np.ndarray):
        spread = np.ma.MaskedArray(np.ma.getdata(values), np.ma.getmaskarray(values))[places]
        return np.ma.MaskedArray(
            np.where(missing, np.ma.getdata(spread), np.ma.getdata(column)),
            np.where(missing, np.ma.getmaskarray(spread), np.ma.getmaskarray(column)),
        )
    assert not isinstance(column, Lists)
    made: Column = column
    return made
