"""A table as an entity class: its columns are fields, its keys references."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from datamimic import DescribedClass, DescribedPack, Generator, entity, field, given
from datamimic_models import expressions
from datamimic_models.compiling.checks import add_checks, tests_of_other_rows
from datamimic_models.compiling.columns import Made
from datamimic_models.compiling.given import source_of
from datamimic_models.compiling.keys import KeyPlan
from datamimic_models.compiling.names import class_name
from datamimic_models.compiling.planning import Plan, TablePlan
from datamimic_models.compiling.reference_maker import ReferenceMaker
from datamimic_models.compiling.references import KeyOf
from datamimic_models.compiling.surroundings import Surroundings
from datamimic_models.model import Column, Condition, Unique
from datamimic_models.rules.annotations import annotation_of
from datamimic_models.rules.computed import ExpressionTest
from datamimic_models.rules.conditions import Test, compared
from datamimic_models.rules.rule import RuleKind, Where

if TYPE_CHECKING:
    from datamimic_models.compiling.solved import Solution


class TableMaker:
    """Makes the class of one table; `plan` is that of the whole model."""

    def __init__(self, plan: Plan, table: TablePlan, described: DescribedPack, packs: Any) -> None:
        self.plan = plan
        self.table = table
        self.described = described
        self.around = Surroundings(plan.model, table.table, packs, plan.fields)
        self.annotations: dict[str, Any] = {}
        self.body: dict[str, Any] = {}
        self.references = ReferenceMaker(plan, table, self.around)
        self.solutions = self._solutions()

    def made(self) -> type:
        table = self.table.table
        visible: dict[str, tuple[Any, dict[str, Any]]] = {}
        for key in self.table.keys:
            self._reference(key, visible)
        if table.source is not None:
            visible |= {self.table.fields[each.name]: self._given(each) for each in table.columns if _is_given(each)}
        for column in table.columns:
            name = self.table.fields[column.name]
            if name not in visible:
                visible[name] = (annotation_of(column.type, column.nullable), self._column(column))
        for solution in self.solutions.values():
            for name in solution.free:
                field_name = self.table.fields[name]
                annotation, said = visible[field_name]
                self._put(
                    solution.proposed(name),
                    annotation,
                    {"generator": said["generator"], "internal": True, "stream": field_name, "place": said["place"]},
                )
                visible[field_name] = (annotation, {**said, "generator": solution.generator(name)})
        for each in self.table.together:
            if each.leaves is not None:
                self._leave(each.leaves, visible)
        for name, generator in self.around.hidden().items():
            self._put(name, self._target_annotation(True), {"generator": generator, "internal": True})
        for name, (annotation, before) in self.around.rows_before().items():
            self._put(name, annotation, {"generator": before, "internal": True})
        for name, _, test in tests_of_other_rows(table, self.around):
            self._put(name, "bool", {"generator": test, "internal": True})
        for key in self.table.keys:
            if key.hidden:
                self._put(
                    key.reference,
                    self._target_annotation(key.nullable),
                    {"generator": self.references.of(key), "internal": True},
                )
        for column in table.columns:
            annotation, said = visible[self.table.fields[column.name]]
            self._put(self.table.fields[column.name], annotation, said)
        return self._class()

    def _solutions(self) -> dict[tuple[str, ...], Solution]:
        """By the columns that they bind."""
        table = self.table.table
        if table.source is not None or not table.checks:
            return {}
        from datamimic_models.compiling.solved import solutions_of

        return {each.columns: each for each in solutions_of(table, self.around, frozenset(self.references.shared))}

    def _leave(self, unique: Unique, visible: dict[str, tuple[Any, dict[str, Any]]]) -> None:
        """Let rows leave of those among which something is unique."""
        from datamimic_models.compiling.leaving import leaving, proposed

        how = leaving(self.table.table, unique, self.around)
        if how is None:
            return
        name = self.table.fields[how.column]
        annotation, said = visible[name]
        before = {"generator": said["generator"], "internal": True, "stream": name, "place": said["place"]}
        self._put(proposed(name), annotation, before)
        made = how.generator(self.around, self.plan.path(self.table.table.name))
        visible[name] = (annotation, {**said, "generator": made})

    def _put(self, name: str, annotation: Any, said: Mapping[str, Any]) -> None:
        self.annotations[name] = annotation
        self.body[name] = field(said["generator"], **{key: value for key, value in said.items() if key != "generator"})

    def _class(self) -> type:
        table = self.table.table
        body = {
            "__annotations__": self.annotations,
            "__doc__": table.comment or f"The table {table.name} of the model {self.plan.model.name}.",
            "__module__": f"model_{self.plan.model.name}",
            **self.body,
        }
        uniques = [
            tuple(self.table.fields[each] for each in unique.columns) for unique in table.uniques if not unique.where
        ]
        rows = None if table.source is None else source_of(table, self.plan.model, self.described)
        cls = DescribedClass(class_name(self.table.entity), (), body, self.described)
        made = _decorated(cls, self.table, uniques, rows, self._shown_keys())
        add_checks(made, table, self.around)
        return made

    def _given(self, column: Column) -> tuple[Any, dict[str, Any]]:
        """A column of rows that exist."""
        said = self._shown(column, self.table.fields[column.name])
        return annotation_of(column.type, column.nullable), {**said, "generator": given(column.name)}

    # -- columns --------------------------------------------------------------------------------------------------

    def _column(self, column: Column) -> dict[str, Any]:
        name = self.table.fields[column.name]
        made = self.references.shared.get(column.name) or self._generator(column)
        return {
            "generator": made,
            "column": "" if name == column.name else column.name,
            "doc": column.comment,
            "key": column.name in self.table.table.primary_key,
            "hidden": column.hidden,
            "place": (column.place.file or "", column.place.line or 0),
        }

    def _generator(self, column: Column) -> Generator[Any]:
        where = Where(self.plan.model, self.table.table, column, self.around, column.place)
        branches = [(self._test(each.condition), _of_rule(each.rule, where)) for each in column.conditional_rules]
        rule = column.rule
        if rule is None and not branches:
            rule = self.around.usual(column)
        longest = column.type.length if column.type.name == "str" else None
        usual = None if rule is None else _of_rule(rule, where)
        return Made(where.kind, branches, usual, column.null_share if column.nullable else 0.0, longest)

    def _test(self, condition: Condition) -> Test:
        if condition.expression:
            return ExpressionTest(expressions.parse(condition.expression, condition.place), self.around)
        name = condition.column
        return compared(condition, self.table.table.column(name), self.around.field_of(name))

    # -- keys -----------------------------------------------------------------------------------------------------

    def _reference(self, key: KeyPlan, visible: dict[str, tuple[Any, dict[str, Any]]]) -> None:
        """The columns of a foreign key: shown by the reference itself, or fields of a hidden one."""
        target = self.plan.tables[key.key.parent_table]
        table = self.table.table
        if not key.hidden:
            (own,) = key.key.columns
            said = self._shown(table.column(own), key.reference)
            visible[key.reference] = (
                self._target_annotation(key.nullable),
                {**said, "generator": self.references.of(key)},
            )
            return
        for own in key.shows:
            column, theirs = table.column(own), key.parent_column(own)
            name = self.table.fields[own]
            annotation = annotation_of(column.type, column.nullable or key.nullable)
            shown = self._shown(column, name)
            unique = key.once and len(key.key.columns) == 1
            made = KeyOf(key.reference, target.fields[theirs], once=key.once, unique=unique)
            visible[name] = (annotation, {**shown, "generator": made})

    def _shown(self, column: Column, name: str) -> dict[str, Any]:
        return {
            "column": column.name,
            "doc": column.comment,
            "key": column.name in self.table.table.primary_key,
            "hidden": column.hidden,
            "place": (column.place.file or "", column.place.line or 0),
        }

    def _shown_keys(self) -> dict[str, dict[str, str]]:
        """The foreign keys that columns show, by the hidden reference: own fields with those of the parent."""
        found = {}
        for key in self.table.keys:
            parent_plan = self.plan.tables[key.key.parent_table]
            if key.hidden:
                pairs = zip(key.key.columns, key.key.parent_columns, strict=True)
                found[key.reference] = {self.table.fields[own]: parent_plan.fields[theirs] for own, theirs in pairs}
        return found

    def _target_annotation(self, nullable: bool) -> str:
        return "RowOfAnotherTable | None" if nullable else "RowOfAnotherTable"


def _of_rule(rule: Any, where: Where) -> Generator[Any]:
    assert isinstance(rule, RuleKind), f"{rule!r} makes no values"
    return rule.generator(where)


def _is_given(column: Column) -> bool:
    return column.rule is None and not column.conditional_rules


def _decorated(
    cls: type, table: TablePlan, uniques: list[tuple[str, ...]], rows: Any, keys: Mapping[str, Mapping[str, str]]
) -> type:
    size, name = max(1, table.counted.rows), table.table.name
    return entity(table.entity, size=size, unique=uniques, table=name, rows=rows, foreign_keys=keys)(cls)
