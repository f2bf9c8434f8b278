"""Rows against checks that are not understood, by the database itself: before anything is loaded. What a check says a column
equals is asked of the database too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.exc import SQLAlchemyError
from sqlglot import exp

from datamimic_models.filling.asking import quote, rows, run
from datamimic_models.filling.existing import made_of_values
from datamimic_models.filling.loading.postgresql import copy
from datamimic_models.filling.loading.rows import values
from datamimic_models.filling.tables import FilledTable
from datamimic_models.schemas.expressions import parsed
from datamimic_models.schemas.idioms import bare
from datamimic_models.schemas.schema import Dialect, SqlCheck, SqlColumn
from datamimic_models.solving.axes import Ints

_TEST = "dm_fill_test"


@frozen
class Definition:
    """A column that a check says the value of: `gross = round(net * 1.19, 2)`."""

    column: str
    expression: str


def failing(connection: sa.Connection, table: FilledTable, checks: Sequence[SqlCheck], chosen: Ints) -> Iterator[Ints]:
    """Of each check, the numbers of the new rows, out of the `chosen` ones, for which the database says that it is false."""
    with _put(connection, table, chosen, [each.expression for each in checks]):
        for check in checks:
            found = rows(connection, f"SELECT dm_row FROM {_TEST} WHERE NOT ({check.expression})")
            yield chosen[np.array(sorted(int(row) for (row,) in found), dtype=np.int64)]


def define(connection: sa.Connection, table: FilledTable, definitions: Sequence[Definition], chosen: Ints) -> None:
    """Give the columns of the chosen rows what the checks say; a definition that the database cannot compute is left."""
    for each in definitions:
        with _put(connection, table, chosen, [each.expression]):
            try:
                with connection.begin_nested():
                    found = rows(connection, f"SELECT {each.expression} FROM {_TEST} ORDER BY dm_row")
            except SQLAlchemyError:
                continue
        made = made_of_values([value for (value,) in found], table.axes.get(each.column))
        there = np.flatnonzero(~made.null & ~table.made[each.column].null[chosen])
        table.made[each.column].put(chosen[there], made.take(there))


def definitions_of(
    table: FilledTable, checks: Sequence[SqlCheck], dialect: Dialect, bound: set[str]
) -> list[Definition]:
    """Of columns that are not `bound`; of each column the first. What is said by the column itself, such as the last day of its
    month, is what it is rounded to."""
    names = {each.name.lower(): each for each in table.columns if each.name not in bound}
    found: dict[str, Definition] = {}
    for check in checks:
        tree = bare(parsed(check.expression, dialect))
        if not isinstance(tree, exp.EQ):
            continue
        for left, right in ((tree.this, tree.expression), (tree.expression, tree.this)):
            column = names.get(bare(left).name.lower()) if isinstance(bare(left), exp.Column) else None
            if column is None or column.name in found:
                continue
            found[column.name] = Definition(column.name, right.sql(dialect=dialect))
            break
    return list(found.values())


@contextmanager
def _put(connection: sa.Connection, table: FilledTable, chosen: Ints, texts: Sequence[str]) -> Iterator[None]:
    """The chosen rows in a temporary table, which is gone afterwards, with their place as `dm_row`: the columns that the texts
    speak of."""
    words = {word for text in texts for word in re.findall(r"\w+", text.lower())}
    read = [each for each in table.columns if words.issuperset(re.findall(r"\w+", each.name.lower()))]
    some = FilledTable(table.sql, table.plan, table.seed, rows=len(chosen))
    some.made = {each.name: table.made[each.name].take(chosen) for each in read}
    columns = ", ".join(["dm_row int", *(f"{quote(connection, each.name)} {each.native}" for each in read)])
    temporary = "TEMP" if connection.dialect.name not in ("mysql", "mariadb") else "TEMPORARY"
    run(connection, f"CREATE {temporary} TABLE {_TEST} ({columns})")
    if connection.dialect.name == "postgresql":
        copy(connection, some, f"pg_temp.{_TEST}", read, numbered=True)
    else:
        _insert(connection, some, read)
    yield  # What fails in between ends the filling, and the table goes with the transaction or the connection.
    run(connection, f"DROP {'TEMPORARY TABLE' if temporary == 'TEMPORARY' else 'TABLE'} IF EXISTS {_TEST}")


def _insert(connection: sa.Connection, table: FilledTable, read: Sequence[SqlColumn]) -> None:
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    driver: Any = connection.connection.driver_connection
    cursor = driver.cursor()
    columns = [list(range(table.rows)), *(values(table, each, mysql=mark == "%s") for each in read)]
    marks = ", ".join([mark] * len(columns))
    cursor.executemany(f"INSERT INTO {_TEST} VALUES ({marks})", list(zip(*columns, strict=True)))
    cursor.close()
