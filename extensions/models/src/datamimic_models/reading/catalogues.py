"""What the catalogue of a live database says of its tables, as the statements that would make them.

So there is one reader of SQL. SQLite and MariaDB keep or write such statements themselves; of PostgreSQL they are put together
from what its own functions say of types, columns, constraints and indexes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

from datamimic_models.schemas.domains import quoted

_TYPES: Final = """
SELECT format_type(t.oid, NULL), t.typtype, format_type(t.typbasetype, t.typtypmod), t.typnotnull, t.typdefault,
  ARRAY(SELECT enumlabel FROM pg_enum WHERE enumtypid = t.oid ORDER BY enumsortorder),
  ARRAY(SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contypid = t.oid AND contype = 'c' ORDER BY conname),
  ARRAY(SELECT quote_ident(attname) || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute
    WHERE attrelid = t.typrelid AND attnum > 0 AND NOT attisdropped ORDER BY attnum)
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class r ON r.oid = t.typrelid
WHERE (t.typtype IN ('e', 'd') OR r.relkind = 'c') AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY t.oid
"""
_TABLES: Final = """
SELECT c.oid, n.nspname, c.relname, obj_description(c.oid, 'pg_class'),
  CASE c.relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) END
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't' AND n.nspname = ANY(:schemas)
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname, c.relname
"""
_COLUMNS: Final = """
SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
  pg_get_expr(d.adbin, d.adrelid), col_description(a.attrelid, a.attnum)
FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid = :table AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
_CONSTRAINTS: Final = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = :table AND contype IN ('p', 'u', 'c', 'f', 'x') AND NOT (contype = 'f' AND conparentid <> 0)
ORDER BY position(contype::text in 'pucfx'), conname
"""
_PARTS: Final = """
WITH RECURSIVE part AS (
  SELECT inhrelid AS oid, inhparent AS parent FROM pg_inherits WHERE inhparent = :table
  UNION ALL SELECT i.inhrelid, i.inhparent FROM pg_inherits i JOIN part ON i.inhparent = part.oid)
SELECT c.relname, part.parent = :table, pg_get_expr(c.relpartbound, c.oid),
  ARRAY(SELECT pg_get_constraintdef(f.oid) FROM pg_constraint f
    WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.conparentid = 0),
  CASE c.relkind WHEN 'r' THEN pg_get_partition_constraintdef(c.oid) END
FROM part JOIN pg_class c ON c.oid = part.oid WHERE c.relispartition ORDER BY c.relname
"""
_INDEXES: Final = """
SELECT pg_get_indexdef(indexrelid) FROM pg_index i
WHERE indrelid = :table AND indisunique
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u', 'x'))
ORDER BY indexrelid
"""
_ROUTINES: Final = """
SELECT c.relname, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND n.nspname = ANY(:schemas) AND t.tgtype & 4 = 4
"""
_CALLABLE: Final = """
SELECT p.proname, p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN :schemas
"""
_STORED: Final = """
SELECT ROUTINE_NAME, ROUTINE_DEFINITION FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA IN :schemas
"""
_CALLED: Final = re.compile(r"(\w+)[`\"]?\s*\(")
"""A name before a parenthesis."""


def of_postgresql(connection: sa.Connection, schemas: Sequence[str]) -> Iterator[str]:
    """Statements that make the types, tables, constraints and unique indexes of the schemas."""

    def rows(query: str, **values: Any) -> Sequence[Any]:
        return connection.execute(sa.text(query), values).fetchall()

    for name, kind, base, not_null, default, labels, checks, members in rows(_TYPES):
        if kind == "e":
            yield f"CREATE TYPE {name} AS ENUM ({', '.join(map(literal, labels))})"
        elif kind == "c":
            yield f"CREATE TYPE {name} AS ({', '.join(members)})"
        else:
            said = f" DEFAULT {default}" if default else ""
            yield f"CREATE DOMAIN {name} AS {base}{said}{' NOT NULL' if not_null else ''} {' '.join(checks)}"
    tables = rows(_TABLES, schemas=list(schemas))
    for oid, schema, table, comment, partition in tables:
        name = f"{quoted(schema)}.{quoted(table)}"
        columns = rows(_COLUMNS, table=oid)
        defined = ", ".join(_column(*column[:6]) for column in columns)
        yield f"CREATE TABLE {name} ({defined})" + (f" PARTITION BY {partition}" if partition else "")
        if comment:
            yield f"COMMENT ON TABLE {name} IS {literal(comment)}"
        for column, *_, said in columns:
            if said:
                yield f"COMMENT ON COLUMN {name}.{quoted(column)} IS {literal(said)}"
    for oid, schema, table, *_ in tables:
        name = f"{quoted(schema)}.{quoted(table)}"
        for constraint, definition in rows(_CONSTRAINTS, table=oid):
            yield f"ALTER TABLE {name} ADD CONSTRAINT {quoted(constraint)} {definition}"
        parts = rows(_PARTS, table=oid)
        wholes = [whole for *_, whole in parts if whole]
        if any(not part[1] for part in parts) and not any("satisfies_hash_partition" in each for each in wholes):
            # Parts of parts: a row is of one that is not parted again.
            yield f"ALTER TABLE {name} ADD CONSTRAINT partitions CHECK ({' OR '.join(f'({each})' for each in wholes)})"
        for part, direct, bound, keys, _ in parts:
            if direct:
                yield f"ALTER TABLE {name} ATTACH PARTITION {quoted(part)} {bound}"
            for definition in keys:
                yield f"ALTER TABLE {name} ADD {definition}"
        for (definition,) in rows(_INDEXES, table=oid):
            yield definition


def _column(name: str, kind: str, not_null: bool, identity: str, generated: str, default: str | None) -> str:
    said = f"{quoted(name)} {kind}"
    if generated:
        said += f" GENERATED ALWAYS AS ({default}) STORED"
    elif identity:
        said += f" GENERATED {'ALWAYS' if identity == 'a' else 'BY DEFAULT'} AS IDENTITY"
    elif default is not None:
        said += f" DEFAULT {default}"
    return said + (" NOT NULL" if not_null else "")


def of_mariadb(connection: sa.Connection, schemas: Sequence[str]) -> Iterator[str]:
    """What `SHOW CREATE TABLE` says; the names get their schema where there are several."""
    for schema in schemas:
        tables = connection.execute(
            sa.text(
                "SELECT TABLE_NAME FROM information_schema.TABLES "
                "WHERE TABLE_SCHEMA = :schema AND TABLE_TYPE = 'BASE TABLE' ORDER BY TABLE_NAME"
            ),
            {"schema": schema},
        ).fetchall()
        for (table,) in tables:
            name = f"`{schema.replace('`', '``')}`.`{table.replace('`', '``')}`"
            made = connection.exec_driver_sql(f"SHOW CREATE TABLE {name}".replace("%", "%%")).fetchone()
            assert made is not None
            yield f"CREATE TABLE {name}" + re.sub(r"^CREATE TABLE `(?:[^`]|``)*`", "", str(made[1]))


def of_sqlite(connection: sa.Connection, schemas: Sequence[str]) -> Iterator[str]:
    """The statements that the file itself keeps."""
    found = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' "
        "ESCAPE '!' ORDER BY type = 'index', name"
    )
    for (statement,) in found.fetchall():
        yield str(statement)


def triggers(connection: sa.Connection, schemas: Sequence[str]) -> list[tuple[str, str]]:
    """(table, what is run) for every trigger of inserts, with the routines of the schemas that are called in it."""
    bodies = _routines(connection, schemas)
    return [(table, _with_called(body, bodies)) for table, body in _triggers(connection, schemas)]


def _with_called(body: str, bodies: Mapping[str, str]) -> str:
    """The body, then those of all routines that it calls, or that these call."""
    found, ahead = {"": body}, [body]
    while ahead:
        for name in _CALLED.findall(ahead.pop()):
            called = name.casefold()
            if called in bodies and called not in found:
                found[called] = bodies[called]
                ahead.append(bodies[called])
    return "\n".join(found.values())


def _routines(connection: sa.Connection, schemas: Sequence[str]) -> dict[str, str]:
    """Bodies by name, in lower case."""
    if connection.dialect.name == "sqlite":
        return {}
    query = _CALLABLE if connection.dialect.name == "postgresql" else _STORED
    named = sa.text(query).bindparams(sa.bindparam("schemas", list(schemas), expanding=True))
    found: dict[str, str] = {}
    for name, body in connection.execute(named).fetchall():
        found[str(name).casefold()] = f"{found.get(str(name).casefold(), '')}\n{body or ''}"
    return found


def _triggers(connection: sa.Connection, schemas: Sequence[str]) -> list[tuple[str, str]]:
    dialect = connection.dialect.name
    if dialect == "postgresql":
        found = connection.execute(sa.text(_ROUTINES), {"schemas": list(schemas)})
    elif dialect == "sqlite":
        found = connection.exec_driver_sql("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    else:
        found = connection.execute(
            sa.text(
                "SELECT EVENT_OBJECT_TABLE, ACTION_STATEMENT FROM information_schema.TRIGGERS "
                "WHERE EVENT_OBJECT_SCHEMA IN :schemas AND EVENT_MANIPULATION = 'INSERT'"
            ).bindparams(sa.bindparam("schemas", list(schemas), expanding=True))
        )
    return [(str(table), str(body)) for table, body in found.fetchall()]


def literal(text: str) -> str:
    """Text as standard SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
