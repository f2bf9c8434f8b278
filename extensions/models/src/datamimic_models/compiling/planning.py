"""The plan of a model: what every table is called, how its keys refer, what is unique and how many rows there are; all that is
wrong with it is found here, before the first row."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, field, frozen

from datamimic import Registry
from datamimic.errors import excerpt
from datamimic_models.compiling.counts import Counted, counts_of
from datamimic_models.compiling.customary import with_customs
from datamimic_models.compiling.fields import entity_names, fields_of
from datamimic_models.compiling.judging import judge_circles, judge_keys, judge_names
from datamimic_models.compiling.keys import KeyPlan, keys_of
from datamimic_models.compiling.surroundings import Surroundings
from datamimic_models.compiling.uniqueness import Together, few_enough, together
from datamimic_models.model import ColumnType, Mistakes, Model, Table
from datamimic_models.rules.computed import judge_expression
from datamimic_models.rules.conditions import judge
from datamimic_models.rules.custom import code_in
from datamimic_models.rules.rule import RuleKind, Where


@frozen
class TablePlan:
    """One table as it is made: `entity` is its name among entities, `fields` the fields by columns, `together` how columns are
    unique together."""

    table: Table
    entity: str
    fields: Mapping[str, str] = field(eq=False)
    keys: tuple[KeyPlan, ...]
    counted: Counted
    together: tuple[Together, ...]


@frozen
class Plan:
    model: Model
    packs: Registry = field(eq=False, repr=False)
    tables: Mapping[str, TablePlan] = field(eq=False)

    @property
    def fields(self) -> Mapping[str, Mapping[str, str]]:
        """The entities' fields by table and column."""
        return {name: each.fields for name, each in self.tables.items()}

    def path(self, table: str) -> str:
        """`pack.entity` of a table."""
        return f"{self.model.name}.{self.tables[table].entity}"


def plan_of(model: Model, packs: Registry, mistakes: Mistakes, *, trusted: bool = False) -> Plan:
    """The plan; where there are mistakes it is only good for finding more of them. No module that a rule names is imported
    unless the model is `trusted`."""
    if not trusted:
        _refuse_code(model, mistakes)
    judge_names(model, mistakes)
    judge_keys(model, mistakes)
    if mistakes.errors:
        _judge_alone(model, packs, mistakes, trusted)
        return Plan(model, packs, {})
    model = evolve(model, tables=tuple(_settled(each) for each in model.tables))
    names = entity_names(model)
    fields = {each.name: fields_of(each, model) for each in model.tables}
    judge_circles(model, mistakes)
    # What columns mean is found out once for the two that ask.
    around = {each.name: Surroundings(model, each, packs, fields) for each in model.tables}
    for table in model.tables:
        _judge_rules(model, table, around[table.name], mistakes)
    if mistakes.errors:
        return Plan(model, packs, {})
    model = evolve(model, tables=tuple(with_customs(each) for each in model.tables))
    model = evolve(model, tables=tuple(_narrowed(each, around[each.name]) for each in model.tables))
    capacities = {each.name: _capacity(model, each, around[each.name]) for each in model.tables}
    counts = counts_of(model, capacities, mistakes)
    for name in [*counts]:
        counts[name] = few_enough(model.table(name), model, counts, mistakes)
    joined = {each.name: _joined(each, counts, around[each.name], mistakes) for each in model.tables}
    model = evolve(model, tables=tuple(_with_unique(each, joined[each.name]) for each in model.tables))
    # Foreign keys of rows that exist are columns as all others: their parents are there already.
    keys = keys_of(model, fields, counts, mistakes)
    tables = {
        each.name: TablePlan(
            each, names[each.name], fields[each.name], keys[each.name], counts[each.name], joined[each.name]
        )
        for each in model.tables
    }
    return Plan(model, packs, tables)


def _judge_alone(model: Model, packs: Registry, mistakes: Mistakes, trusted: bool) -> None:
    """Add what is wrong with rules that read no other column, of columns of which nothing else is wrong, where names or keys
    are: what follows from these is hidden. A rule whose code is not trusted is not asked, as it would import it."""
    bare = evolve(
        model,
        tables=tuple(
            evolve(each, foreign_keys=(), primary_key=(), uniques=(), checks=(), rows=None) for each in model.tables
        ),
    )
    if len({each.name for each in bare.tables}) < len(bare.tables):
        return
    told = [each.message for each in mistakes.errors]
    for table in bare.tables:
        names = [each.name for each in table.columns]
        if len(set(names)) < len(names):
            continue
        around = Surroundings(bare, table, packs, {table.name: fields_of(table, bare)})
        for column in table.columns:
            where = Where(bare, table, column, around, column.place)
            is_told = any(each.startswith(f"{where.label} ") or f" of {where.label} " in each for each in told)
            if not isinstance(column.rule, RuleKind) or column.rule.reads() or column.conditional_rules or is_told:
                continue
            if trusted or not any(code_in((column.rule,))):
                column.rule.mistakes(where, mistakes)


def _refuse_code(model: Model, mistakes: Mistakes) -> None:
    for table in model.tables:
        for column in table.columns:
            rules = (column.rule, *(each.rule for each in column.conditional_rules))
            for reference in dict.fromkeys(code_in(rules)):
                mistakes.add(
                    "models.needs_trust",
                    f"{table.name}.{column.name}: {excerpt(reference)} is imported, which runs its code",
                    column.place,
                    hint="--trust where you trust it; or register a generator: the hook datamimic_generators",
                )


def _settled(table: Table) -> Table:
    """With what follows from its keys said of its columns: a primary key is unique and never null."""
    alone = {each.columns[0] for each in table.uniques if len(each.columns) == 1 and not each.where}
    if len(table.primary_key) == 1:
        alone.add(table.primary_key[0])
    columns = []
    for each in table.columns:
        if each.name in table.primary_key:
            each = evolve(each, nullable=False, null_share=0.0)
        columns.append(evolve(each, unique=True) if each.name in alone else each)
    return evolve(table, columns=tuple(columns))


def _joined(
    table: Table, counts: Mapping[str, Counted], around: Surroundings, mistakes: Mistakes
) -> tuple[Together, ...]:
    return () if table.source is not None else together(table, counts, around, mistakes)


def _narrowed(table: Table, around: Surroundings) -> Table:
    if not table.checks or table.source is not None:
        return table
    # With what solves checks, which takes a moment to import.
    from datamimic_models.compiling.equated import equated
    from datamimic_models.compiling.narrowed import narrowed

    return narrowed(equated(table, around), around)


def _with_unique(table: Table, joined: tuple[Together, ...]) -> Table:
    """With the columns unique that make others unique together."""
    by = {each.by for each in joined}
    return evolve(
        table, columns=tuple(evolve(each, unique=True) if each.name in by else each for each in table.columns)
    )


def _capacity(model: Model, table: Table, around: Surroundings) -> int | None:
    """How many rows the keys of a table can have; None where that is without end, or another table says."""
    found: list[int] = []
    for column in table.columns:
        if column.unique and not any(column.name in each.columns for each in table.foreign_keys):
            rule = column.rule or around.usual(column)
            if isinstance(rule, RuleKind) and not column.conditional_rules:
                capacity = rule.capacity_in(Where(model, table, column, around))
                found += [] if capacity is None else [capacity]
    return min(found, default=None)


def _is_hollow(kind: ColumnType) -> bool:
    """Is it, or does it hold, a struct of which no member is told?"""
    within = [each for _, each in kind.members] + ([] if kind.item is None else [kind.item])
    return (kind.name == "struct" and not kind.members) or any(map(_is_hollow, within))


def _judge_rules(model: Model, table: Table, around: Surroundings, mistakes: Mistakes) -> None:
    if table.rows is not None and table.rows.expression and table.rows.parent in [each.name for each in model.tables]:
        of_parent = evolve(around, table=model.table(table.rows.parent))
        judge_expression(table.rows.expression, of_parent, table.rows.place, mistakes)
    for check in table.checks:
        judge_expression(check.expression, around, check.place, mistakes)
    for column in table.columns:
        where = Where(model, table, column, around, column.place)
        if _is_hollow(column.type):
            said = f"{where.label} is a struct without members"
            mistakes.add(
                "models.bad_value", said, column.place, hint="type: {name: struct, members: {street: str}}, or json"
            )
        if isinstance(column.rule, RuleKind):
            column.rule.mistakes(where, mistakes)
        for each in column.conditional_rules:
            if each.condition.expression:
                judge_expression(each.condition.expression, around, each.condition.place, mistakes)
            else:
                judge(each.condition, table, mistakes)
            if isinstance(each.rule, RuleKind):
                each.rule.mistakes(evolve(where, place=each.place), mistakes)
        if column.conditional_rules and column.rule is None:
            if column.nullable:
                mistakes.warn(
                    "models.no_default",
                    f"{where.label} is null where none of its conditions holds",
                    column.place,
                    hint="give it a `rule` as well",
                )
            else:
                mistakes.add(
                    "models.no_default",
                    f"{where.label} is never null, but has no value where none of its conditions holds",
                    column.place,
                    hint="give it a `rule` as well",
                )
        if column.conditional_rules and column.unique:
            mistakes.add(
                "models.cannot_be_unique",
                f"{where.label} is unique, and different rules may give the same values",
                column.place,
                hint="one rule for a unique column",
            )
