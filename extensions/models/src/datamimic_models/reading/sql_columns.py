"""Definitions of columns and constraints, as `CREATE TABLE` and `ALTER TABLE` have them."""

from __future__ import annotations

from typing import Final

from attrs import evolve

from datamimic.errors import excerpt
from datamimic_models.model import Mistakes, Place
from datamimic_models.reading.sql_cursor import Cursor, Unreadable, parts
from datamimic_models.reading.sql_tokens import Token
from datamimic_models.schemas.domains import Domain, Types
from datamimic_models.schemas.schema import (
    Exclusion,
    SqlCheck,
    SqlColumn,
    SqlForeignKey,
    SqlTable,
    SqlUnique,
)

_AFTER_TYPE: Final = (
    "CONSTRAINT NOT NULL DEFAULT GENERATED AS AUTO_INCREMENT AUTOINCREMENT PRIMARY UNIQUE KEY CHECK REFERENCES COLLATE COMMENT "
    "ON CHARSET STORAGE COMPRESSION INVISIBLE VISIBLE DEFERRABLE INITIALLY ENCRYPTED FIRST AFTER BINARY"
)
AFTER_TYPE: Final = tuple(_AFTER_TYPE.split())
"""Words that begin what comes after the type, or after a default."""
IN_MYSQL: Final = ("KEY", "INDEX", "FULLTEXT", "SPATIAL", "PERIOD")


def is_constraint(cursor: Cursor) -> bool:
    """Whether a constraint is next, and not a column."""
    # Not every one of these words is reserved: a column may be named `exclude`.
    heads = (("CONSTRAINT",), ("PRIMARY", "KEY"), ("UNIQUE",), ("FOREIGN", "KEY"), ("CHECK",), ("LIKE",))
    exclusion = (("EXCLUDE", "USING"), ("EXCLUDE", "("))
    in_mysql = tuple((word,) for word in IN_MYSQL) if cursor.source.dialect == "mysql" else ()
    return any(cursor.sees(*words) for words in heads + exclusion + in_mysql)


def read_column(cursor: Cursor, table: SqlTable, types: Types, mistakes: Mistakes) -> SqlColumn:
    """`name type constraint …`; what holds for the table is added to it."""
    place = cursor.place()
    name = cursor.name()
    native = _type(cursor)
    schema_type, domain, known = types.of(native)
    column = SqlColumn(name, schema_type, domain.native if domain else native, place=place)
    if domain is not None:
        _of_domain(column, domain, table)
    if not known:
        mistakes.warn(
            "models.unknown_type", f"{table}.{name}: the type {excerpt(native)} is not known, and taken as text", place
        )
    words = native.lower().split("(")[0].split()
    if words and words[-1] in ("serial", "bigserial", "smallserial", "serial2", "serial4", "serial8"):
        column.identity, column.nullable = "serial", False
    _constraints(cursor, column, table)
    return column


def _type(cursor: Cursor) -> str:
    taken: list[Token] = []
    depth = 0
    while (token := cursor.next) is not None:
        word = token.text.upper() if token.kind == "word" else ""
        charset = word == "CHARACTER" and cursor.sees("CHARACTER", "SET")
        after = word in AFTER_TYPE and (taken or word != "BINARY")  # also a type, of MySQL
        if not depth and (after or charset or (word == "SET" and taken)):
            break
        depth += (token == "(") - (token == ")")
        taken.append(cursor.step())
    return cursor.text(taken)


def _of_domain(column: SqlColumn, domain: Domain, table: SqlTable) -> None:
    column.nullable = not domain.not_null
    column.default = domain.default
    for check in domain.checks_of(column.name):
        table.checks.append(evolve(check, place=column.place))


def _constraints(cursor: Cursor, column: SqlColumn, table: SqlTable) -> None:
    named: str | None = None
    while cursor:
        place = cursor.place()
        if cursor.take("CONSTRAINT"):
            named = cursor.name()
            continue
        _constraint(cursor, column, table, named, place)
        named = None


def _constraint(cursor: Cursor, column: SqlColumn, table: SqlTable, name: str | None, place: Place) -> None:
    if cursor.take("NOT", "NULL"):
        column.nullable = False
    elif cursor.take("NULL"):
        column.nullable = True
    elif cursor.take("DEFAULT"):
        column.default = cursor.text(cursor.until(*AFTER_TYPE, "CHARACTER"))
        if column.default.lower().startswith("nextval("):
            column.identity = "serial"
    elif cursor.take("GENERATED"):
        always = cursor.take("ALWAYS") or not cursor.take("BY", "DEFAULT")
        cursor.take("AS")
        if cursor.take("IDENTITY"):
            column.identity, column.nullable = "always" if always else "by default", False
            if cursor.sees("("):
                cursor.inside()
        elif cursor.take("ROW"):
            column.generated = "row"  # of MariaDB's versioned tables
            cursor.any_of("START", "END")
        else:
            column.generated = cursor.text(cursor.inside())
    elif cursor.take("AS"):
        column.generated = cursor.text(cursor.inside())
    elif cursor.any_of("AUTO_INCREMENT", "AUTOINCREMENT"):
        column.identity = "by default"
    elif cursor.take("PRIMARY", "KEY") or (cursor.source.dialect == "mysql" and cursor.take("KEY")):
        table.primary_key = (column.name,)
        column.nullable = False
    elif cursor.take("UNIQUE"):
        cursor.take("KEY")
        table.uniques.append(SqlUnique((column.name,), nulls_alike=_nulls_alike(cursor), name=name, place=place))
    elif cursor.take("CHECK"):
        table.checks.append(SqlCheck(cursor.text(cursor.inside()), name, place))
    elif cursor.sees("REFERENCES"):
        table.foreign_keys.append(_references(cursor, (column.name,), name, place))
    elif cursor.take("COMMENT"):
        column.comment = cursor.step().text
    elif cursor.take("ON", "UPDATE"):
        column.touched = True
        cursor.step()
        if cursor.sees("("):
            cursor.inside()
    elif cursor.any_of("COLLATE", "CHARSET", "STORAGE", "COMPRESSION", "ON"):
        cursor.qualified()
    elif cursor.take("CHARACTER", "SET"):
        cursor.step()
    else:
        cursor.step()  # words that change no value: STORED, VIRTUAL, ASC, NO INHERIT, ENFORCED …


def _nulls_alike(cursor: Cursor) -> bool:
    if cursor.take("NULLS", "NOT", "DISTINCT"):
        return True
    cursor.take("NULLS", "DISTINCT")
    return False


def _references(cursor: Cursor, columns: tuple[str, ...], name: str | None, place: Place) -> SqlForeignKey:
    cursor.take("REFERENCES")
    schema, parent = cursor.qualified()
    parent_columns = cursor.names() if cursor.sees("(") else ()
    deferrable = False
    while cursor:
        if cursor.take("ON", "DELETE") or cursor.take("ON", "UPDATE"):
            if not (cursor.take("SET", "NULL") or cursor.take("SET", "DEFAULT") or cursor.take("NO", "ACTION")):
                cursor.step()
            if cursor.sees("("):
                cursor.inside()
        elif cursor.take("MATCH"):
            cursor.step()
        elif cursor.take("NOT", "DEFERRABLE"):
            deferrable = False
        elif cursor.take("DEFERRABLE"):
            deferrable = True
        elif cursor.take("INITIALLY"):
            deferrable = cursor.take("DEFERRED") or (cursor.take("IMMEDIATE") and deferrable)
        elif not cursor.take("NOT", "VALID"):
            break
    return SqlForeignKey(columns, parent, parent_columns, schema, deferrable, name, place)


def read_constraint(cursor: Cursor, table: SqlTable, mistakes: Mistakes) -> None:
    """`[CONSTRAINT name] PRIMARY KEY (…)` and so on, added to the table."""
    place = cursor.place()
    name = cursor.name() if cursor.take("CONSTRAINT") and not is_constraint(cursor) else None
    if cursor.take("PRIMARY", "KEY"):
        table.primary_key = _listed(cursor)
        for column in table.columns:
            if column.name in table.primary_key:
                column.nullable = False
    elif cursor.take("UNIQUE"):
        cursor.any_of("KEY", "INDEX")
        alike = _nulls_alike(cursor)
        if cursor.next is not None and cursor.next.kind in ("word", "quoted") and not cursor.sees("USING"):
            name = cursor.name()
        table.uniques.append(SqlUnique(_listed(cursor), nulls_alike=alike, name=name, place=place))
    elif cursor.take("FOREIGN", "KEY"):
        if not cursor.sees("("):
            cursor.name()
        columns = cursor.names()
        table.foreign_keys.append(_references(cursor, columns, name, place))
    elif cursor.take("CHECK"):
        table.checks.append(SqlCheck(cursor.text(cursor.inside()), name, place))
    elif cursor.take("EXCLUDE"):
        table.exclusions.append(_exclusion(cursor, name, place))
    elif cursor.any_of(*IN_MYSQL) is None:
        mistakes.warn("models.left_out", f"{table}: {cursor.text(cursor.tokens[cursor.at :])[:60]} is left out", place)


def _listed(cursor: Cursor) -> tuple[str, ...]:
    """The names in the next parenthesis, past `USING btree`."""
    while cursor and not cursor.sees("("):
        cursor.step()
    return cursor.names()


def _exclusion(cursor: Cursor, name: str | None, place: Place) -> Exclusion:
    while cursor and not cursor.sees("("):
        cursor.step()
    elements = []
    for part in parts(cursor.inside()):
        element = Cursor(cursor.source, part)
        left = element.until("WITH")
        if not element.take("WITH") or not left:
            raise Unreadable("an exclusion without WITH", place)
        operator = element.text(element.tokens[element.at :])
        single = Cursor(cursor.source, left)
        elements.append((single.name() if left[0].kind in ("word", "quoted") else cursor.text(left), operator))
    where = cursor.text(cursor.inside()) if cursor.take("WHERE") else ""
    return Exclusion(tuple(elements), where, name, place)
