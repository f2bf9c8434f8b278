"""Tables while they are put together, and what names of a model stand for in them."""

from __future__ import annotations

from typing import Any

from attrs import define, field, frozen

from datamimic_models.compiling.names import identifier
from datamimic_models.model import Check as RowCheck
from datamimic_models.model import (
    Column,
    ColumnType,
    Condition,
    ConditionalRule,
    ForeignKey,
    Place,
    RowCount,
    Rule,
    Table,
)
from datamimic_models.rules.choices import Constant
from datamimic_models.rules.computed import Computed
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.outputs import expected_fields


@frozen
class Made:
    """How a value is made: the rule, and what the column is told besides. `text` is the expression that says it, where one
    does; `literal` whether it is a constant."""

    rule: Rule
    type: ColumnType | None = None
    text: str | None = None
    locale: str | None = None
    of: str | None = None
    unique: bool = False
    null_share: float = 0.0


def computed(text: str, kind: ColumnType | None = None) -> Made:
    """What an expression says."""
    return Made(Computed(text), kind, text)


def constant(value: Any, kind: ColumnType | None = None) -> Made:
    """The same value in all rows."""
    return Made(Constant(value), kind, repr(value) if _is_written(value) else None)


def _is_written(value: Any) -> bool:
    """Do expressions have such values?"""
    if isinstance(value, dict):
        return all(isinstance(name, str) and _is_written(each) for name, each in value.items())
    if isinstance(value, list):
        return all(map(_is_written, value))
    return value is None or isinstance(value, str | int | float | bool)


@define(eq=False)
class DraftColumn:
    """A column; `branches` are rules with the conditions before them."""

    name: str
    place: Place
    made: Made | None = None
    type: ColumnType | None = None
    branches: list[tuple[str, Made]] = field(factory=list)
    hidden: bool = False

    def finished(self) -> Column:
        first = self.made or next((made for _, made in self.branches), constant(None))
        unique = self.made is not None and self.made.unique and not self.branches
        return Column(
            name=self.name,
            type=self.type or ColumnType("str"),
            rule=None if self.made is None else self.made.rule,
            conditional_rules=tuple(
                ConditionalRule(Condition(expression=text, place=self.place), made.rule, place=self.place)
                for text, made in self.branches
            ),
            nullable=not unique,
            null_share=first.null_share,
            unique=unique,
            hidden=self.hidden,
            locale=first.locale,
            of=first.of,
            place=self.place,
        )


@define(eq=False)
class DraftTable:
    """`product` is the name of its records where the model runs; `each` how many rows every parent has, `total` all of them,
    where that is certain."""

    name: str
    product: str
    node: Node
    above: DraftTable | None = None
    columns: dict[str, DraftColumn] = field(factory=dict)
    hidden: dict[str, DraftColumn] = field(factory=dict)
    keys: list[ForeignKey] = field(factory=list)
    checks: list[RowCheck] = field(factory=list)
    rows: RowCount = field(factory=RowCount)
    primary_key: str | None = None
    each: int | None = None
    total: int | None = None
    source: str | None = None
    settings: tuple[tuple[str, Any], ...] = ()

    def free(self, wanted: str) -> str:
        """A name that no column has; such names can stand in expressions."""
        made = identifier(wanted, "value")
        taken = {*self.columns, *self.hidden, *expected_fields(self.node)}
        taken |= {identifier(each, "column") for each in taken}
        others = (f"{made}_{number}" for number in range(2, len(taken) + 3))
        return next(each for each in (made, *others) if each not in taken)

    def hide(self, wanted: str, made: Made, kind: ColumnType, place: Place) -> str:
        """Add a column that is read and not shown; its name."""
        name = self.free(wanted)
        self.hidden[name] = DraftColumn(name, place, made, kind, hidden=True)
        return name

    def finished(self) -> Table:
        # What others read stands first; the order of rows' own columns is that of the model.
        columns = (*self.hidden.values(), *self.columns.values())
        return Table(
            name=self.name,
            columns=tuple(each.finished() for each in columns),
            primary_key=() if self.primary_key is None else (self.primary_key,),
            foreign_keys=tuple(self.keys),
            checks=tuple(self.checks),
            rows=None if self.source else self.rows,
            source=self.source,
            settings=self.settings,
            place=self.node.place,
        )
