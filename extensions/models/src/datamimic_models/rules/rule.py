"""What every kind of rule that the compiler knows can do, and where a rule stands."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any, Final, Protocol, Self

from attrs import field, frozen

from datamimic import Generator, Registry
from datamimic.columns.value_types import ValueType, kind_of
from datamimic_models.model import Column, ColumnType, Mistakes, Model, Place, Table
from datamimic_models.model.rule import Rule
from datamimic_models.rules.annotations import annotation_of
from datamimic_models.rules.words import Pairs

NO_OPTIONS: Final = Pairs()


@frozen
class FieldOf:
    """A field of an entity, `common.person`, and the way there: ("address", "city")."""

    entity: str
    parts: tuple[str, ...]
    kind: ValueType = field(eq=False)


@frozen
class NameOf:
    """What a name in an expression stands for: `name`, its part that says it, the fields on the way there, and its kind."""

    name: str
    path: tuple[str, ...]
    kind: ValueType = field(eq=False)
    before: bool = False
    """Is it of the row before?"""

    @property
    def of_other_row(self) -> bool:
        return self.before or len(self.path) > 1


@frozen
class PickOf:
    """A row of another table: the one whose column has the value of an own one (`by`: own, theirs), or any, by `weight`."""

    table: str
    by: tuple[str, str] | None
    weight: str | None
    of: str | None


class Around(Protocol):
    """The table around a column, as rules see it."""

    @property
    def packs(self) -> Registry: ...

    def field_of(self, column: str) -> str:
        """The entity's field that holds a column of the table. Raises `KeyError`."""
        ...

    def name_of(self, name: str) -> NameOf | None:
        """What a name in an expression stands for: a column, `parent.column` of a row that this one refers to, or
        `previous.column` of the row before among those of the parent that counts them."""
        ...

    def near(self, name: str) -> list[str]:
        """Columns that are called like it."""
        ...

    def meaning(self, name: str) -> FieldOf | None:
        """What a name means, a synonym or a path; None where it means no field."""
        ...

    def meanings(self) -> Iterable[str]:
        """Names that mean something, for those who have mistyped one."""
        ...

    def usual(self, column: Column) -> RuleKind | None:
        """What makes a column that has no rule; None where nothing does."""
        ...

    def meant(self, column: Column, pattern: str | None = None) -> RuleKind | None:
        """What the name of a column means; None where it means nothing, or nothing that the column can hold."""
        ...

    def apart(self, table: Table) -> Around:
        """Those of a table within a column, whose subjects are its own."""
        ...

    def among(self, members: Mapping[str, NameOf]) -> Around:
        """The same within a struct, whose members have names there."""
        ...

    def hidden(self) -> Mapping[str, Generator[Any]]:
        """The hidden fields of subjects that have been asked for."""
        ...

    def picked(self, pick: PickOf) -> tuple[str, Mapping[str, str]]:
        """The hidden field that refers to a row of another table, and that table's fields by column."""
        ...

    def counting(self) -> str | None:
        """The field of the parent that counts the rows; None where none does."""
        ...

    def field_of_subject(self, found: FieldOf, of: str | None, column: Column) -> tuple[str, tuple[str, ...]]:
        """The hidden field that refers to the row of a subject, and the way from there to what is found."""
        ...

    def reached(self, found: FieldOf, column: Column, options: Pairs = NO_OPTIONS) -> Generator[Any]:
        """The field of the subject that the column belongs to, in the form of the column; `options` are those of its entity."""
        ...


@frozen
class Where:
    """The column that a rule is for, in its table, in its model; `place` is that of the rule."""

    model: Model
    table: Table
    column: Column
    around: Around = field(eq=False, repr=False)
    place: Place = field(factory=Place, eq=False, repr=False)

    @property
    def packs(self) -> Registry:
        """They have the entities and generators that rules name."""
        return self.around.packs

    @property
    def kind(self) -> ValueType:
        """What the column holds, as the core has it; null where the column may be."""
        return kind_of(annotation_of(self.column.type, self.column.nullable), self.label)

    @property
    def label(self) -> str:
        return f"{self.table.name}.{self.column.name}"

    @property
    def unique(self) -> bool:
        """Must no value come twice?"""
        return self.column.unique

    @property
    def locale(self) -> str | None:
        """The column's own locale, or its table's; None for the world's."""
        return self.column.locale or self.table.locale

    def fields(self, columns: Iterable[str]) -> tuple[str, ...]:
        """The fields that hold these columns."""
        return tuple(self.around.field_of(each) for each in columns)

    def reached(self, found: FieldOf, options: Pairs = NO_OPTIONS) -> Generator[Any]:
        return self.around.reached(found, self.column, options)


class RuleKind(Rule, ABC):
    """A kind of rule that makes values."""

    def beside(self, place: Place, mistakes: Mistakes) -> Self:
        """The same with what lies in files beside the model, which the rule at the `place` names: so that a model that is read
        holds all that it needs."""
        return self

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        """Add what cannot work there: contradictions, types, names. Makes no row."""

    def subjects(self, where: Where) -> Iterable[FieldOf]:
        """The fields of entities that it shows: columns of one subject are fields of one row."""
        return ()

    def capacity_in(self, where: Where) -> int | None:
        """`capacity` for this column, where its type has a say."""
        return self.capacity()

    def counts(self, kind: ColumnType) -> bool:
        """Is each value another, of all rows, or of those of the parent that counts them?"""
        return False

    @abstractmethod
    def generator(self, where: Where) -> Generator[Any]:
        """What makes the column, in the form that `where.kind` has in flight; of a key or unique column a bijection of the row
        number."""
