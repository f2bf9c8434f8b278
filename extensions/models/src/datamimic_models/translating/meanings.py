"""What a name in a script stands for once records are rows: a column, a field of an entity, a row of another table, a value."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Final

from attrs import evolve, frozen

from datamimic import Registry, spec_of
from datamimic_models.compiling.names import spoken
from datamimic_models.model import ColumnType, Place
from datamimic_models.rules.choices import Constant
from datamimic_models.rules.lookup import Lookup
from datamimic_models.rules.named import Named, field_named
from datamimic_models.rules.nested import Struct
from datamimic_models.rules.rule import FieldOf
from datamimic_models.rules.words import Pairs
from datamimic_models.translating.drafts import DraftTable, Made, computed
from datamimic_models.translating.refusals import Refusal
from datamimic_models.translating.value_types import type_of_kind

TITLES: Final = frozenset({"academic_title", "nobility_title"})
"""Who has none has empty text, as scripts join them to names."""


class Meaning(ABC):
    @abstractmethod
    def text(self, parts: list[str], depth: int) -> str:
        """The expression for a part of it, `depth` tables below. Raises `Refusal`."""

    def made(self, parts: list[str]) -> Made | None:
        """The rule of a column that is just this; None where its expression will do."""
        return None


@frozen
class ColumnOf(Meaning):
    """A column of a table, shown or hidden."""

    table: DraftTable
    column: str

    def made(self, parts: list[str]) -> Made | None:
        """A value that is the same in all rows is one here too."""
        column = self.table.hidden.get(self.column) or self.table.columns[self.column]
        same = column.made is not None and isinstance(column.made.rule, Constant) and not column.branches
        return column.made if same and not parts and column.made is not None and not column.made.null_share else None

    def text(self, parts: list[str], depth: int) -> str:
        column = self.table.hidden.get(self.column) or self.table.columns[self.column]
        name = spoken(self.column)
        members, rest = [], list(parts)
        kind: ColumnType | None = column.type
        while rest and kind is not None and kind.name == "struct" and rest[0] in dict(kind.members):
            kind = dict(kind.members)[rest[0]]
            members.append(rest.pop(0))
        if rest and kind is not None and kind.name == "struct":
            raise Refusal(f"{self.column} has no member {rest[0]}")
        path = ".".join([*["parent"] * depth, name, *members])
        # A member of a value, as the year of a date, is not a name.
        return path if not rest else f"coalesce({path}).{'.'.join(rest)}"


@frozen
class MemberOf(Meaning):
    """Another member of the same record in a record."""

    name: str
    type: ColumnType | None

    def text(self, parts: list[str], depth: int) -> str:
        if depth:
            raise Refusal(f"{self.name} is a member of a record that is not above")
        return self.name if not parts else f"coalesce({self.name}).{'.'.join(parts)}"


@frozen
class Literal(Meaning):
    """A value that is the same in the whole run."""

    value: Any

    def text(self, parts: list[str], depth: int) -> str:
        value = self.value
        for part in parts:
            value = value.get(part) if isinstance(value, dict) else None
        return repr(value)


@frozen
class EntityOf(Meaning):
    """A row of an entity of the packs, by `options`; `begun` is the way to a part of it. Where `table` is None, in the items of
    a list, its fields are only ever values by themselves."""

    table: DraftTable | None
    packs: Registry
    entity: str
    options: Pairs
    locale: str | None
    of: str
    begun: tuple[str, ...]
    place: Place

    def at(self, parts: list[str]) -> EntityOf:
        return EntityOf(
            self.table, self.packs, self.entity, self.options, self.locale, self.of, (*self.begun, *parts), self.place
        )

    def field(self, parts: list[str]) -> tuple[FieldOf, str]:
        """The field, and its path as a rule names it. Raises `Refusal`."""
        path = ".".join((self.entity, *self.begun, *parts))
        if not (self.begun or parts):
            raise Refusal(f"{self.of} is a whole {self.entity}, and columns are fields of one")
        found = field_named(path, self.packs)
        if found is None:
            raise Refusal(f"{self.entity} has no field {'.'.join((*self.begun, *parts))}")
        return found, path

    def made(self, parts: list[str]) -> Made | None:
        found, path = self.field(parts)
        kind = type_of_kind(found.kind)
        if kind is None:
            return self._record(path, found.kind.python)
        if path.rpartition(".")[2] in TITLES and self.table is not None:
            return computed(self.text(parts, 0), ColumnType("str"))
        return Made(Named(path, self.options), kind, locale=self.locale, of=self.of)

    def _record(self, path: str, cls: type[Any]) -> Made:
        """A part of the row with all of its plain fields: an address, with street, city and so on."""
        if not hasattr(cls, "__entity__"):
            raise Refusal(f"{path} is a list of entities, or what holds some; name fields of it")
        rules, members = [], []
        for each in spec_of(cls).columns:
            kind = type_of_kind(each.kind)
            if kind is not None and each.name.isidentifier():
                rules.append((each.name, Named(f"{path}.{each.name}", self.options)))
                members.append((each.name, evolve(kind, nullable=each.kind.nullable)))
        if not members:
            raise Refusal(f"{path} has no plain field")
        struct = ColumnType("struct", members=tuple(members))
        return Made(Struct(Pairs(rules), 0.0), struct, locale=self.locale, of=self.of)

    def text(self, parts: list[str], depth: int) -> str:
        rest: list[str] = []
        while True:
            try:
                found, path = self.field(parts)
                break
            except Refusal:
                if len(parts) < 2:
                    raise
                rest.insert(0, parts[-1])
                parts = parts[:-1]
        kind = type_of_kind(found.kind)
        if kind is None:
            raise Refusal(f"{path} is a whole record; name its fields")
        if self.table is None:
            raise Refusal(f"an expression over {path}, of an entity that each item of a list has for itself")
        name = "_".join((self.of, *self.begun, *parts))
        known = next(
            (
                each.name
                for each in self.table.hidden.values()
                if each.made is not None and each.made.rule == Named(path, self.options) and each.made.of == self.of
            ),
            None,
        )
        if known is None:
            made = Made(Named(path, self.options), kind, locale=self.locale, of=self.of)
            known = self.table.hide(name, made, kind, self.place)
        said = ColumnOf(self.table, known).text(rest, depth)
        return f"coalesce({said}, '')" if path.rpartition(".")[2] in TITLES else said


@frozen
class LookedUp(Meaning):
    """A row of another table: any, by `weight`, or the one whose `theirs` is the own `column`."""

    table: DraftTable
    other: DraftTable
    of: str
    place: Place
    column: str | None = None
    theirs: str | None = None
    weight: str | None = None

    def _lookup(self, parts: list[str]) -> tuple[Lookup, ColumnType]:
        if not parts:
            raise Refusal(f"{self.of} is a whole row of {self.other.name}")
        column = self.other.columns.get(parts[0]) or self.other.hidden.get(parts[0])
        if column is None:
            raise Refusal(f"{self.other.name} has no column {parts[0]}")
        by = None if self.column is None else {self.column: self.theirs}
        made = Lookup(self.other.name, column.name, by, self.weight, None if by else self.of)
        return made, column.type or ColumnType("str")

    def made(self, parts: list[str]) -> Made | None:
        if len(parts) > 1:
            return None
        rule, kind = self._lookup(parts)
        return Made(rule, kind)

    def text(self, parts: list[str], depth: int) -> str:
        rule, kind = self._lookup(parts)
        for each in self.table.hidden.values():
            if each.made is not None and each.made.rule == rule:
                return ColumnOf(self.table, each.name).text(parts[1:], depth)
        name = self.table.hide(f"{self.of}_{parts[0]}", Made(rule, kind), kind, self.place)
        return ColumnOf(self.table, name).text(parts[1:], depth)
