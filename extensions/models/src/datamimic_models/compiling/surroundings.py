"""A table while it is made: what names mean in it, and the subjects that its columns belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import define, evolve, field, fields, frozen

from datamimic import Generator, Meaning, Registry, ref, spec_of
from datamimic.columns.value_types import kind_of
from datamimic.errors import suggest
from datamimic_models.compiling.counts import counting_key
from datamimic_models.compiling.fields import entity_names, reference_named, reference_of
from datamimic_models.compiling.names import identifier
from datamimic_models.compiling.previous import PREVIOUS, Before, BeforeOf, Walk
from datamimic_models.compiling.subjects import Subject
from datamimic_models.meanings import Recognised, recognise
from datamimic_models.model import Check, Column, Model, Table
from datamimic_models.rules.annotations import annotation_of
from datamimic_models.rules.by_name import rule_of_name
from datamimic_models.rules.converting import Reached, convertible
from datamimic_models.rules.kinds import usual_rule
from datamimic_models.rules.meanings import meaning_named, meant_by, names_of_meanings
from datamimic_models.rules.meant import Meant, comes_once
from datamimic_models.rules.named import Named, field_named
from datamimic_models.rules.rule import NO_OPTIONS, FieldOf, NameOf, PickOf, RuleKind, Where
from datamimic_models.rules.text_patterns import Email, Pattern
from datamimic_models.rules.words import Pairs
from datamimic_models.schemas.customs import of_workers

_FARTHEST: Final = 4
_OF_WORKING_AGE: Final = Pairs((("min_age", 18), ("max_age", 66)))
_ROOM_FOR_NUMBERS: Final = 24


def _may_be_numbered(column: Column, meaning: Meaning) -> bool:
    """Is a unique column one of text that has room for the number of the row, and are its values still valid with it?"""
    length = column.type.length
    texts = column.type.name == "str" and not column.type.choices
    formless = meaning.validator is None and (meaning.pattern is None or "@" in meaning.pattern)
    return texts and formless and (length is None or length >= _ROOM_FOR_NUMBERS)


def _matching(name: str, pattern: str) -> Check:
    return Check(f"bool(re.search({f'^(?:{pattern})$'!r}, {name}))")


def _has_ages(packs: Registry, entity: str) -> bool:
    """Has the entity options that say how old its people are?"""
    options = {each.name for each in fields(spec_of(packs.entity(entity)).options)}
    return {name for name, _ in _OF_WORKING_AGE} <= options


@frozen
class SubjectOf:
    """Which row of other entities a column belongs to: an entity, which one of several in a row, whose locale, and the options
    of the entity."""

    entity: str
    of: str | None
    locale: str | None
    options: Pairs = NO_OPTIONS


@define(eq=False)
class Surroundings:
    """`all_fields` are the entities' fields by table and column; `subjects` the hidden fields that have been needed so far."""

    model: Model
    table: Table
    packs: Registry
    all_fields: Mapping[str, Mapping[str, str]]
    subjects: dict[SubjectOf, str] = field(factory=dict)
    picks: dict[PickOf, str] = field(factory=dict)
    before: dict[BeforeOf, str] = field(factory=dict)
    members: Mapping[str, NameOf] = field(factory=dict)
    """Within a struct: what names of its members stand for."""
    outer: Surroundings | None = None
    """Within the items of a list: the table around, whose columns are those of the list's row."""
    _recognised: Recognised | None = None
    _wanted: dict[tuple[str | None, str | None], tuple[str, ...]] | None = None

    @property
    def _of_workers(self) -> bool:
        """Is the table about people who work?"""
        return of_workers(each.name for each in self.table.columns)

    @property
    def fields(self) -> Mapping[str, str]:
        return self.all_fields[self.table.name]

    def field_of(self, column: str) -> str:
        return self.fields[column]

    def name_of(self, name: str) -> NameOf | None:
        parts = name.split(".")
        if name in self.members:
            return self.members[name]
        if parts[0] == "this" and len(parts) > 1 and parts[0] not in self.fields:
            parts = parts[1:]
        if self.outer is not None:
            return self.outer.name_of(name)
        return self._within(self.table, parts, (), ()) or self._of_row_before(parts)

    def _of_row_before(self, parts: list[str]) -> NameOf | None:
        if len(parts) != 2 or parts[0] != PREVIOUS or counting_key(self.table) is None:
            return None
        column = next((each for each in self.table.columns if parts[1] in (each.name, self.fields[each.name])), None)
        if column is None or any(column.name in key.columns for key in self.table.foreign_keys):
            return None
        kind = kind_of(annotation_of(column.type, True), ".".join(parts))
        wanted = BeforeOf(self.fields[column.name], column.type, kind)
        if wanted not in self.before:
            taken = {*self.fields.values(), *self.subjects.values(), *self.picks.values(), *self.before.values()}
            self.before[wanted] = identifier(f"{PREVIOUS}_{wanted.field}", PREVIOUS, taken)
        return NameOf(".".join(parts), (self.before[wanted],), kind, before=True)

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
        if self.outer is not None:
            return self.outer.near(name)
        return suggest(name, [*self.members, *(each.name for each in self.table.columns)])

    def meaning(self, name: str) -> FieldOf | None:
        return meant_by(name, self.packs)

    def meanings(self) -> Iterable[str]:
        return names_of_meanings(self.packs)

    def usual(self, column: Column) -> RuleKind | None:
        return self.meant(column) or rule_of_name(column) or usual_rule(column.type, unique=column.unique)

    def meant(self, column: Column, pattern: str | None = None) -> Meant | None:
        """What a column without a rule means; a member of a struct by its name alone, and the pattern that it has to match."""
        said = self.recognised.columns.get(column.name)
        if said is None:
            return self._by_name(column, pattern)
        found = field_named(f"{said.subject.entity}.{said.field}", self.packs)
        meaning = self.packs.meanings()[said.meaning]
        part = meaning.part
        if column.unique and not (_may_be_numbered(column, meaning) or comes_once(column, meaning, self.packs)):
            return None
        kind = kind_of(annotation_of(column.type, True), column.name)
        if found is None or not (convertible(found.kind, kind) or part is not None):
            return None
        return Meant(said.meaning, found, column.of or said.group or None, part, said.evidence)

    def _by_name(self, column: Column, pattern: str | None) -> Meant | None:
        if column.name in self.fields or column.type.name != "str" or column.type.choices:
            return None
        name = column.name.rpartition(".")[2]
        found = self.meaning(name)
        if found is not None and (column.type.length is not None or pattern is not None):
            # `country` of two letters is another than of any number.
            own = evolve(column, name=name, rule=None)
            checks = () if pattern is None or not name.isidentifier() else (_matching(name, pattern),)
            alone = Table(name=name, columns=(own,), checks=checks, locale=self.table.locale)
            said = recognise(alone, self.model, packs=self.packs).columns.get(name)
            field = None if said is None else field_named(f"{said.subject.entity}.{said.field}", self.packs)
            if said is not None and field is not None:
                return Meant(said.meaning, field, column.of, self.packs.meanings()[said.meaning].part, said.evidence)
        return None if found is None else Meant(name, found, column.of)

    @property
    def recognised(self) -> Recognised:
        """What columns mean that have no rule, or one that names a meaning."""
        if self._recognised is None:
            columns = tuple(self._open(each) for each in self.table.columns)
            # Meanings take a moment to read: not for tables whose columns all say how they are made.
            if any(each.rule is None and not each.conditional_rules for each in columns):
                table = evolve(self.table, columns=columns, checks=(*self.table.checks, *self._patterns()))
                self._recognised = recognise(table, self.model, packs=self.packs)
            else:
                self._recognised = Recognised(self.table.name, {}, {each.name: "it has a rule" for each in columns})
        return self._recognised

    def _patterns(self) -> Iterator[Check]:
        """What patterns ask of what columns mean: `country` of two letters is another than of any text."""
        for each in self.table.columns:
            rule = each.rule
            if (
                isinstance(rule, Pattern)
                and rule.of_meaning
                and not each.conditional_rules
                and each.name.isidentifier()
            ):
                yield _matching(each.name, rule.of_meant)

    def _open(self, column: Column) -> Column:
        """The column as it is recognised: a rule that names a meaning is what the author says that it means."""
        rule = column.rule
        if isinstance(rule, Pattern) and rule.of_meaning and not column.conditional_rules:
            return evolve(column, rule=None)
        name = "email" if isinstance(rule, Email) else rule.name if isinstance(rule, Named) else None
        if name is None or column.conditional_rules:
            return column
        meaning = meaning_named(name, self.packs)
        return column if meaning is None else evolve(column, rule=None, means=meaning)

    def apart(self, table: Table) -> Surroundings:
        names: list[str] = []
        for each in table.columns:
            names.append(identifier(each.name, "member", names))
        fields = dict(zip((each.name for each in table.columns), names, strict=True))
        return Surroundings(
            self.model, table, self.packs, {**self.all_fields, table.name: fields}, members=self.members, outer=self
        )

    def among(self, members: Mapping[str, NameOf]) -> Surroundings:
        return evolve(self, members={**self.members, **members})

    def reached(self, found: FieldOf, column: Column, options: Pairs = NO_OPTIONS) -> Generator[Any]:
        said = self.recognised.columns.get(column.name)
        of = column.of
        if said is not None:
            found = field_named(f"{said.subject.entity}.{said.field}", self.packs) or found
            of = of or said.group or None
        kind = kind_of(annotation_of(column.type, column.nullable), f"{self.table.name}.{column.name}")
        return Reached(*self.field_of_subject(found, of, column, options), found.kind, kind)

    def field_of_subject(
        self, found: FieldOf, of: str | None, column: Column, options: Pairs = NO_OPTIONS
    ) -> tuple[str, tuple[str, ...]]:
        locale = column.locale or self.table.locale
        # Options are those of one entity: whoever has some is a subject of its own.
        entity, parts = (found.entity, found.parts) if options else self._home(found, of, locale)
        if not options and not of and self._of_workers and _has_ages(self.packs, entity):
            options = _OF_WORKING_AGE
        return self.subject(SubjectOf(entity, of, locale, options)), parts

    def subject(self, wanted: SubjectOf) -> str:
        """The hidden field that refers to the subject."""
        if wanted not in self.subjects:
            bare = "_".join(
                each for each in ("the", wanted.of, wanted.entity.rpartition(".")[2], wanted.locale) if each is not None
            )
            bare += "".join(f"_{name}_{value}" for name, value in wanted.options)
            taken = {*self.fields.values(), *self.subjects.values()}
            self.subjects[wanted] = identifier(bare, "the_subject", taken)
        return self.subjects[wanted]

    def picked(self, pick: PickOf) -> tuple[str, Mapping[str, str]]:
        if pick not in self.picks:
            said = "_".join(each for each in ("from", pick.table, pick.by[0] if pick.by else None, pick.of) if each)
            taken = {*self.fields.values(), *self.subjects.values(), *self.picks.values()}
            self.picks[pick] = identifier(said, "from", taken)
        return self.picks[pick], self.all_fields[pick.table]

    def counting(self) -> str | None:
        key = counting_key(self.table)
        return None if key is None else reference_of(key, self.table, self.model, self.fields)

    def _reference(self, pick: PickOf) -> Generator[Any]:
        fields = self.all_fields[pick.table]
        target = f"{self.model.name}.{entity_names(self.model)[pick.table]}"
        if pick.by is not None:
            return ref(target, same={self.fields[pick.by[0]]: fields[pick.by[1]]})
        return ref(target, weight=None if pick.weight is None else fields[pick.weight])

    def hidden(self) -> dict[str, Generator[Any]]:
        """The hidden fields of the subjects."""
        subjects: dict[str, Generator[Any]] = {
            name: Subject(wanted.entity, wanted.locale, wanted.options) for wanted, name in self.subjects.items()
        }
        return subjects | {name: self._reference(pick) for pick, name in self.picks.items()}

    def rows_before(self) -> dict[str, tuple[Any, Generator[Any]]]:
        """The hidden fields with columns of the row before: their annotations, and what makes them."""
        parent = self.counting()
        if not self.before or parent is None:
            return {}
        walk = Walk(parent, {name: wanted for wanted, name in self.before.items()})
        return {name: (annotation_of(each.type, True), Before(walk, name)) for each, name in self.before.items()}

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

    def _group(self, column: Column) -> str | None:
        said = self.recognised.columns.get(column.name)
        return column.of or (said.group if said is not None else None) or None

    def _entities(self, of: str | None, locale: str | None) -> tuple[str, ...]:
        """The entities that columns of one subject name, in the order of the columns."""
        if self._wanted is None:
            wanted: dict[tuple[str | None, str | None], list[str]] = {}
            for column in self.table.columns:
                where = Where(self.model, self.table, column, self)
                for rule in (column.rule or self.meant(column), *(each.rule for each in column.conditional_rules)):
                    if isinstance(rule, RuleKind):
                        of = rule.of if isinstance(rule, Meant) else self._group(column)
                        key = (of, column.locale or self.table.locale)
                        wanted.setdefault(key, []).extend(each.entity for each in rule.subjects(where))
            self._wanted = {key: tuple(dict.fromkeys(names)) for key, names in wanted.items()}
        return self._wanted.get((of, locale), ())
