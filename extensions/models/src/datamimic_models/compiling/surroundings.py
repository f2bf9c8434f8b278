"""A table while it is made: the names of its fields, what names mean, and the subjects that its columns belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import define, field, frozen

from datamimic import Generator, Registry, spec_of
from datamimic.columns.value_types import kind_of
from datamimic_models.compiling.names import identifier
from datamimic_models.compiling.subjects import Subject
from datamimic_models.model import Column, Model, Table
from datamimic_models.rules.annotations import annotation_of
from datamimic_models.rules.converting import Reached
from datamimic_models.rules.kinds import usual_rule
from datamimic_models.rules.named import Named, field_named
from datamimic_models.rules.rule import FieldOf, RuleKind, Where


@frozen
class SubjectOf:
    """Which row of other entities a column belongs to: an entity, which one of several in a row, and whose locale."""

    entity: str
    of: str | None
    locale: str | None


@define(eq=False)
class Surroundings:
    """`fields` are the entity's fields by the table's columns; `subjects` the hidden fields that have been needed so far."""

    model: Model
    table: Table
    packs: Registry
    fields: Mapping[str, str]
    subjects: dict[SubjectOf, str] = field(factory=dict)
    _wanted: dict[tuple[str | None, str | None], tuple[str, ...]] | None = None

    def field_of(self, column: str) -> str:
        return self.fields[column]

    def meaning(self, name: str) -> FieldOf | None:
        return field_named(name, self.packs)

    def meanings(self) -> Iterable[str]:
        return ()

    def usual(self, column: Column) -> RuleKind | None:
        if column.type.name == "str" and not column.type.choices and self.meaning(column.name) is not None:
            return Named(column.name)
        return usual_rule(column.type, unique=column.unique)

    def apart(self, table: Table) -> Surroundings:
        names: list[str] = []
        for each in table.columns:
            names.append(identifier(each.name, "member", names))
        fields = dict(zip((each.name for each in table.columns), names, strict=True))
        return Surroundings(self.model, table, self.packs, fields)

    def reached(self, found: FieldOf, column: Column) -> Generator[Any]:
        locale = column.locale or self.table.locale
        entity, parts = self._home(found, column.of, locale)
        kind = kind_of(annotation_of(column.type, column.nullable), f"{self.table.name}.{column.name}")
        return Reached(self.subject(SubjectOf(entity, column.of, locale)), parts, found.kind, kind)

    def subject(self, wanted: SubjectOf) -> str:
        """The hidden field that refers to the subject."""
        if wanted not in self.subjects:
            bare = "_".join(
                each for each in ("the", wanted.of, wanted.entity.rpartition(".")[2], wanted.locale) if each is not None
            )
            taken = {*self.fields.values(), *self.subjects.values()}
            self.subjects[wanted] = identifier(bare, "the_subject", taken)
        return self.subjects[wanted]

    def hidden(self) -> dict[str, Generator[Any]]:
        """The hidden fields of the subjects."""
        return {name: Subject(wanted.entity, wanted.locale) for wanted, name in self.subjects.items()}

    def _home(self, found: FieldOf, of: str | None, locale: str | None) -> tuple[str, tuple[str, ...]]:
        """The entity that has the field among those that the columns of this subject name: a patient is a person, a person has
        an address; so the patient's row has the fields of all three."""
        for entity in self._entities(of, locale):
            if entity == found.entity:
                continue
            own, theirs = self.packs.entity(entity), self.packs.entity(found.entity)
            if issubclass(own, theirs):
                return entity, found.parts
            for name, each in spec_of(own).fields.items():
                target = each.generator.target
                if each.is_embedded and isinstance(target, type) and issubclass(target, theirs):
                    return entity, (name, *found.parts)
        return found.entity, found.parts

    def _entities(self, of: str | None, locale: str | None) -> tuple[str, ...]:
        """The entities that columns of one subject name, in the order of the columns."""
        if self._wanted is None:
            wanted: dict[tuple[str | None, str | None], list[str]] = {}
            for column in self.table.columns:
                key = (column.of, column.locale or self.table.locale)
                for rule in (column.rule, *(each.rule for each in column.conditional_rules)):
                    if isinstance(rule, RuleKind):
                        where = Where(self.model, self.table, column, self)
                        wanted.setdefault(key, []).extend(each.entity for each in rule.subjects(where))
            self._wanted = {key: tuple(dict.fromkeys(names)) for key, names in wanted.items()}
        return self._wanted.get((of, locale), ())
