"""A model without documents: members of structs are columns of their table, lists of structs are child tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from datamimic_models.model import Column, ColumnType, ForeignKey, Model, RowCount, Rule, Table
from datamimic_models.model.missing import missing_share
from datamimic_models.rules.nested import ListOf, Struct
from datamimic_models.rules.numbering import Serial


def flattened(model: Model) -> Model:
    """Columns of a struct are called as the struct and the member, `address_city`, child tables as the table and the list;
    their key is that of the parent and a number. A table without a key that has such a list is given one."""
    taken = {each.name for each in model.tables}
    tables: list[Table] = []
    for table in model.tables:
        _flatten(table, tables, taken)
    return evolve(model, tables=tuple(tables))


def _flatten(table: Table, tables: list[Table], taken: set[str]) -> None:
    """Add the table, and after it those of its lists."""
    columns = [part for column in table.columns for part in _parts(column)]
    lists = [each for each in columns if _of_structs(each)]
    kept = [each for each in columns if not _of_structs(each)]
    names = {each.name for each in columns}
    key = table.primary_key
    if lists and not key:
        own = _free(f"{table.name}_id", names)
        kept.insert(0, Column(name=own, type=ColumnType("int"), rule=Serial(), nullable=False))
        key = (own,)
    if not kept:
        kept = [Column(name=_free("number", names), type=ColumnType("int"), rule=Serial(), nullable=False)]
    made = evolve(table, columns=tuple(kept), primary_key=key)
    tables.append(made)
    for each in lists:
        _flatten(_child(made, each, taken), tables, taken)


def _child(parent: Table, column: Column, taken: set[str]) -> Table:
    item = column.type.item or ColumnType("struct")
    rule = column.rule if isinstance(column.rule, ListOf) else ListOf()
    least, most = rule.limits(column.type)
    members = [name for name, _ in item.members]
    keys = [
        _free(name if name.startswith(parent.name) else f"{parent.name}_{name}", members) for name in parent.primary_key
    ]
    number = _free("number", [*members, *keys])
    own = [
        Column(name=name, type=parent.column(theirs).type, nullable=False)
        for name, theirs in zip(keys, parent.primary_key, strict=True)
    ]
    own.append(Column(name=number, type=ColumnType("int"), rule=Serial(), nullable=False))
    rules = dict(rule.item.members) if isinstance(rule.item, Struct) else {}
    name = _free(f"{parent.name}_{column.name}", taken)
    taken.add(name)
    return Table(
        name=name,
        columns=(*own, *(_member(each, kind, each, rules.get(each), False, column) for each, kind in item.members)),
        primary_key=(*keys, number),
        foreign_keys=(ForeignKey(columns=tuple(keys), parent_table=parent.name, parent_columns=parent.primary_key),),
        rows=RowCount(parent=parent.name, least=least, most=most),
        locale=parent.locale,
        comment=column.comment,
        place=column.place,
    )


def _parts(column: Column) -> Iterator[Column]:
    """The columns that a struct is, itself where it is none."""
    if column.type.name != "struct":
        yield column
        return
    rules = dict(column.rule.members) if isinstance(column.rule, Struct) else {}
    for name, kind in column.type.members:
        called = f"{column.name}_{name}"
        yield from _parts(_member(called, kind, name, rules.get(name), column.nullable, column))


def _member(name: str, kind: ColumnType, bare: str, rule: Rule | None, nullable: bool, outer: Column) -> Column:
    null = kind.nullable or nullable
    share = missing_share(kind.nullable)
    return Column(
        name=name,
        type=evolve(kind, nullable=False),
        rule=rule,
        nullable=null,
        null_share=max(share, outer.null_share) if null else 0.0,
        locale=outer.locale,
        of=outer.of,
        place=outer.place,
    )


def _of_structs(column: Column) -> bool:
    return column.type.name == "list" and column.type.item is not None and column.type.item.name == "struct"


def _free(name: str, taken: Iterable[str]) -> str:
    known = set(taken)
    others = (f"{name}_{number}" for number in range(2, len(known) + 3))
    return next(each for each in (name, *others) if each not in known)
