"""A table while it is made: what names mean in it, and the subjects that its columns belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import define, field, frozen

from datamimic import Generator, Registry, spec_of
from datamimic.columns.value_types import kind_of
from datamimic.errors import suggest
from datamimic_models.compiling.fields import reference_named, reference_of
from datamimic_models.compiling.names import identifier
from datamimic_models.compiling.subjects import Subject
from datamimic_models.model import Column, Model, Table
from datamimic_models.rules.annotations import annotation_of
from datamimic_models.rules.converting import Reached
from datamimic_models.rules.kinds import usual_rule
from datamimic_models.rules.meanings import meant_by, names_of_meanings
from datamimic_models.rules.named import Named
from datamimic_models.rules.rule import FieldOf, NameOf, RuleKind, Where

_FARTHEST: Final = 4


@frozen
class SubjectOf:
    """Which row of other entities a column belongs to: an entity, which one of several in a row, and whose locale."""

    entity: str
    of: str | None
    locale: str | None


@define(eq=False)
class Surroundings:
    """`all_fields` are the entities' fields by table and column; `subjects` the hidden fields that have been needed so far."""

    model: Model
    table: Table
    packs: Registry
    all_fields: Mapping[str, Mapping[str, str]]
    subjects: dict[SubjectOf, str] = field(factory=dict)
    _wanted: dict[tuple[str | None, str | None], tuple[str, ...]] | None = None

    @property
    def fields(self) -> Mapping[str, str]:
        return self.all_fields[self.table.name]

    def field_of(self, column: str) -> str:
        return self.fields[column]

    def name_of(self, name: str) -> NameOf | None:
        parts = name.split(".")
        if parts[0] == "this" and len(parts) > 1 and parts[0] not in self.fields:
            parts = parts[1:]
        return self._within(self.table, parts, (), ())

    def _within(self, table: Table, parts: list[str], path: tuple[str, ...], said: tuple[str, ...]) -> NameOf | None:
        """The column that the first of the parts names, or what the rest names behind a reference."""
        fields = self.all_fields[table.name]
        head, rest = parts[0], parts[1:]
        name = ".".join((*said, head))
        column = next((each for each in table.columns if each.name == head or fields[each.name] == head), None)
        if rest and len(path) < _FARTHEST:
            key = reference_named(head, table, self.model, fields)
            if key is not None:
                further = (*path, reference_of(key, table, self.model, fields))
                found = self._within(self.model.table(key.parent_table), rest, further, (*said, head))
                if found is not None:
                    return found
        if column is None:
            return None
        kind = kind_of(annotation_of(column.type, True), name)
        return NameOf(name, (*path, fields[column.name]), kind)

    def near(self, name: str) -> list[str]:
        return suggest(name, [each.name for each in self.table.columns])

    def meaning(self, name: str) -> FieldOf | None:
        return meant_by(name, self.packs)

    def meanings(self) -> Iterable[str]:
        return names_of_meanings(self.packs)

    def usual(self, column: Column) -> RuleKind | None:
        if column.type.name == "str" and not column.type.choices and self.meaning(column.name) is not None:
            return Named(column.name)
        return usual_rule(column.type, unique=column.unique)

    def apart(self, table: Table) -> Surroundings:
        names: list[str] = []
        for each in table.columns:
            names.append(identifier(each.name, "member", names))
        fields = dict(zip((each.name for each in table.columns), names, strict=True))
        return Surroundings(self.model, table, self.packs, {**self.all_fields, table.name: fields})

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
