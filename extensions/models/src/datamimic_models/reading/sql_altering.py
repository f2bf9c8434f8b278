"""What ALTER TABLE does to a table."""

from __future__ import annotations

from attrs import define, evolve

from datamimic_models.model import Place
from datamimic_models.reading.sql_columns import is_constraint, read_column, read_constraint
from datamimic_models.reading.sql_cursor import Cursor, parts
from datamimic_models.reading.sql_tables import TableStatements
from datamimic_models.schemas.schema import SqlTable


@define
class Altering:
    """Changes the `tables`, action by action."""

    tables: TableStatements

    def alter(self, cursor: Cursor) -> None:
        cursor.take("IF", "EXISTS")
        cursor.take("ONLY")
        if not self.tables.schema.tables or (found := self.tables.quietly(cursor)) is None:
            return
        for part in parts(cursor.tokens[cursor.at :]):
            self._action(Cursor(self.tables.source, part), found)

    def _action(self, cursor: Cursor, table: SqlTable) -> None:
        if cursor.take("ADD"):
            cursor.take("COLUMN")
            cursor.take("IF", "NOT", "EXISTS")
            if is_constraint(cursor):
                read_constraint(cursor, table, self.tables.mistakes)
            else:
                table.columns.append(read_column(cursor, table, self.tables.types, self.tables.mistakes))
        elif cursor.take("ATTACH", "PARTITION"):
            schema, name = cursor.qualified()
            self.tables.partition(table, SqlTable(name, schema or table.schema), cursor)
        elif word := cursor.any_of("MODIFY", "CHANGE"):
            cursor.take("COLUMN")
            cursor.take("IF", "EXISTS")
            place = cursor.place()
            before = cursor.name() if word == "CHANGE" else None
            column = read_column(cursor, table, self.tables.types, self.tables.mistakes)
            if self._has(table, before or column.name, place):
                table.replace(before or column.name, column)
        elif cursor.take("RENAME", "TO"):
            table.name = cursor.name()
        elif cursor.take("RENAME") and not cursor.any_of("CONSTRAINT", "INDEX", "KEY"):
            cursor.take("COLUMN")
            place = cursor.place()
            before, _ = cursor.name(), cursor.take("TO")
            if self._has(table, before, place):
                table.replace(before, evolve(table.column(before), name=cursor.name()))
        elif cursor.take("DROP", "CONSTRAINT"):
            cursor.take("IF", "EXISTS")
            dropped = cursor.name()
            table.checks = [each for each in table.checks if each.name != dropped]
            table.uniques = [each for each in table.uniques if each.name != dropped]
            table.foreign_keys = [each for each in table.foreign_keys if each.name != dropped]
        elif cursor.take("DROP", "COLUMN"):
            cursor.take("IF", "EXISTS")
            gone = cursor.name()
            table.columns = [each for each in table.columns if each.name != gone]
        elif cursor.take("ALTER"):
            cursor.take("COLUMN")
            self._alter_column(cursor, table)

    def _alter_column(self, cursor: Cursor, table: SqlTable) -> None:
        place = cursor.place()
        name = cursor.name()
        if not self._has(table, name, place):
            return
        column = table.column(name)
        if cursor.take("SET", "DEFAULT"):
            column.default = cursor.text(cursor.tokens[cursor.at :])
            if column.default.lower().startswith("nextval("):
                column.identity = "serial"
        elif cursor.take("DROP", "DEFAULT"):
            column.default = ""
        elif cursor.take("SET", "NOT", "NULL"):
            column.nullable = False
        elif cursor.take("DROP", "NOT", "NULL"):
            column.nullable = True
        elif cursor.take("ADD", "GENERATED"):
            column.identity = "always" if cursor.take("ALWAYS") else "by default"
        elif cursor.take("TYPE") or cursor.take("SET", "DATA", "TYPE"):
            native = cursor.text(cursor.until("USING", "COLLATE"))
            column.type, domain, _ = self.tables.types.of(native)
            column.native = domain.native if domain else native

    def _has(self, table: SqlTable, name: str, place: Place) -> bool:
        """Whether the table has the column; a mistake where not."""
        if any(each.name == name for each in table.columns):
            return True
        self.tables.closing.unknown_column(table, name, place)
        return False
