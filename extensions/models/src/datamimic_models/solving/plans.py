"""All checks of a table together: which values its columns may have in which case, and what has to be tested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from typing import Any, Final

from attrs import define, evolve, field, frozen

from datamimic_models.model import ColumnType
from datamimic_models.schemas.expressions import parsed
from datamimic_models.schemas.schema import Dialect, SqlCheck
from datamimic_models.solving.atoms import MIRRORED, Allowed, Atom, Relation
from datamimic_models.solving.axes import Axis, at_least, at_most
from datamimic_models.solving.cases import Translation
from datamimic_models.solving.sql_comparisons import Case
from datamimic_models.solving.sql_terms import Unsolved
from datamimic_models.solving.values import Values, of_type

MOST_CASES: Final = 256
"""Of one group; checks that would make more are tested instead."""


@frozen
class SolvedCase:
    """What the columns of a group may have, and how they relate. `usual` is what they may have as far as checks say it, without
    what the sizes of the types of other columns leave."""

    values: Mapping[str, Values]
    relations: tuple[Relation, ...]
    usual: Mapping[str, Values] = field(factory=dict)


@frozen
class Group:
    """Columns that checks bind together; every row is of one of the `cases`."""

    columns: tuple[str, ...]
    cases: tuple[SolvedCase, ...]


@frozen
class Plan:
    """`groups` have every column once. `tested` are the checks that rows have to be tested against, `impossible` those that no
    row can hold (with the others)."""

    axes: Mapping[str, Axis]
    groups: tuple[Group, ...]
    tested: tuple[SqlCheck, ...]
    impossible: tuple[SqlCheck, ...]

    def values(self, column: str) -> tuple[Values, ...]:
        """What the column may have, by case."""
        return next(
            tuple(case.values[column] for case in group.cases) for group in self.groups if column in group.columns
        )


def plan(
    checks: Sequence[SqlCheck],
    types: Mapping[str, ColumnType],
    nullable: Iterable[str],
    dialect: Dialect,
    given: Iterable[Atom] = (),
) -> Plan:
    """Of a table with these columns; `given` are values, and relations that hold besides as far as the checks let them."""
    return plan_of_trees([(each, parsed(each.expression, dialect)) for each in checks], types, nullable, given)


def plan_of_trees(
    checks: Sequence[tuple[SqlCheck, Any]],
    types: Mapping[str, ColumnType],
    nullable: Iterable[str],
    given: Iterable[Atom] = (),
) -> Plan:
    """The same of checks as sqlglot has them, None of one that it cannot read; `given` may also be values of columns."""
    found = _Planning(types, frozenset(nullable))
    tested, impossible = [], []
    given = [*given]
    for atom in given:
        if isinstance(atom, Allowed):
            found.add([(atom,)])
    for check, tree in checks:
        try:
            if tree is None:
                raise Unsolved("not understood")
            cases = found.translation.cases(tree)
            if not found.add(cases):
                impossible.append(check)
            elif any(_orders_texts(atom, found.translation.axes) for case in cases for atom in case):
                tested.append(check)
        except (Unsolved, KeyError, TypeError, ValueError, AttributeError, RecursionError, OverflowError):
            tested.append(check)
    for atom in given:
        if isinstance(atom, Relation):
            with suppress(Unsolved):
                found.add([(atom,)])
    return Plan(found.translation.axes, found.groups(), tuple(tested), tuple(impossible))


def _orders_texts(atom: Atom, axes: Mapping[str, Axis]) -> bool:
    """Which of two texts comes first is the collation's to say."""
    return isinstance(atom, Relation) and atom.operator != "<>" and not set(atom.columns) <= set(axes)


@define
class _Planning:
    types: Mapping[str, ColumnType]
    nullable: frozenset[str]
    translation: Translation = field(init=False)
    _groups: list[Group] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.translation = Translation(self.types)
        self._groups = [
            Group((name,), (SolvedCase({name: of_type(kind, nullable=name in self.nullable)}, ()),))
            for name, kind in self.types.items()
        ]

    def groups(self) -> tuple[Group, ...]:
        return tuple(self._groups)

    def add(self, cases: list[Case]) -> bool:
        """Join what the cases are about; False, and nothing is changed, where none of them is possible. Raises `Unsolved`."""
        columns = {name for case in cases for atom in case for name in atom.columns}
        if not columns:
            return bool(cases)
        bound = [group for group in self._groups if columns & set(group.columns)]
        joined: list[SolvedCase] = [SolvedCase({}, ())]
        for group in bound:
            joined = [_joined(a, b) for a in joined for b in group.cases]
        if len(joined) * len(cases) > MOST_CASES:
            raise Unsolved("too many cases")
        kept = [met for one in joined for case in cases if (met := self._met(one, case)) is not None]
        if not kept:
            return False
        names = tuple(name for group in bound for name in group.columns)
        at = self._groups.index(bound[0])
        self._groups = [group for group in self._groups if group not in bound]
        self._groups.insert(at, Group(names, tuple(kept)))
        return True

    def _met(self, one: SolvedCase, case: Case) -> SolvedCase | None:
        values, relations, usual = dict(one.values), list(one.relations), {**one.values, **one.usual}
        for atom in case:
            if isinstance(atom, Allowed):
                met = values[atom.column].meet(atom.values)
                if met is None:
                    return None
                values[atom.column] = met
                usual[atom.column] = usual[atom.column].meet(atom.values) or met
            else:
                relations.append(atom)
        relations = list(dict.fromkeys(relations))
        axes = self.translation.axes
        found = narrowed(values, relations, axes)
        said = narrowed(usual, relations, axes, by_types=False)
        return found if found is None or said is None else evolve(found, usual=said.values)


def _joined(a: SolvedCase, b: SolvedCase) -> SolvedCase:
    usual = {**a.values, **a.usual, **b.values, **b.usual}
    return SolvedCase({**a.values, **b.values}, (*a.relations, *b.relations), usual)


def narrowed(
    values: Mapping[str, Values], relations: Sequence[Relation], axes: Mapping[str, Axis], *, by_types: bool = True
) -> SolvedCase | None:
    """The case with the bounds that its linear relations leave; None where they leave nothing. A relation of a column that
    is always null says nothing. Without `by_types`, the least and greatest values that types have are no bounds."""
    found = dict(values)
    live = [each for each in relations if all(found[name].null != "always" for name in each.columns)]
    for _ in range(8):
        before = dict(found)
        for relation in live:
            for name in relation.columns:
                met = _bounded(name, relation, found, axes, by_types)
                if met is None:
                    return None
                found[name] = met
        if found == before:
            break
    live = [each for each in live if all(found[name].null != "always" for name in each.columns)]
    return SolvedCase(found, tuple(live))


def _bounded(
    name: str, relation: Relation, values: Mapping[str, Values], axes: Mapping[str, Axis], by_types: bool
) -> Values | None:
    """What the column may have, as far as bounds of the others say it."""
    factor = relation.term.coefficient_of(name)
    if factor is None or not relation.term.linear() or relation.operator == "<>" or name not in axes:
        return values[name]
    least, most = relation.term.constant, relation.term.constant
    for part, coefficient in relation.term.parts.items():
        if part in ((), (name,)):
            continue
        other, unit = values[part[0]], axes[part[0]].unit
        low, high = _ends(other)
        if not by_types and (low == axes[part[0]].low or high == axes[part[0]].high):
            return values[name]
        if low is None or high is None:
            return values[name]
        ends = (coefficient * low * unit, coefficient * high * unit)
        least, most = least + min(ends), most + max(ends)
    # factor * x + rest (operator) 0, with rest between least and most
    operator = relation.operator if factor > 0 else MIRRORED[relation.operator]
    bounds = sorted((-least / factor, -most / factor))
    axis = axes[name]
    bound = Values()
    if operator in ("<", "<=", "="):
        bound = evolve(bound, high=at_most(axis.ticks(Fraction(bounds[1])), strictly=operator == "<"))
    if operator in (">", ">=", "="):
        bound = evolve(bound, low=at_least(axis.ticks(Fraction(bounds[0])), strictly=operator == ">"))
    return values[name].meet(bound)


def _ends(values: Values) -> tuple[int | None, int | None]:
    numbers = [each for each in values.choices or () if isinstance(each, int)]
    if numbers:
        return min(numbers), max(numbers)
    return values.low, values.high
