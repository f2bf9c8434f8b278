"""What statements say of tables as they make them: columns, options, partitions, unique indexes."""

from __future__ import annotations

from collections import Counter

from attrs import define, evolve, field

from datamimic_models.model import Mistakes, Place
from datamimic_models.reading.sql_closing import Closing, near
from datamimic_models.reading.sql_columns import is_constraint, read_column, read_constraint
from datamimic_models.reading.sql_cursor import Cursor, parts
from datamimic_models.reading.sql_tokens import Source, Token
from datamimic_models.schemas.domains import Types
from datamimic_models.schemas.schema import Partitioning, SqlSchema, SqlTable, SqlUnique


@define
class TableStatements:
    """Takes what follows CREATE TABLE and CREATE UNIQUE INDEX, and adds it to the `schema`; `partitions` are wholes by part."""

    source: Source
    mistakes: Mistakes
    schema: SqlSchema
    types: Types
    closing: Closing
    partitions: dict[tuple[str | None, str], SqlTable] = field(factory=dict)

    def create_table(self, cursor: Cursor, place: Place) -> bool:
        """Whether it is taken: a table made by a query or a type is not."""
        cursor.take("IF", "NOT", "EXISTS")
        schema, name = cursor.qualified()
        table = SqlTable(name, schema, place=place)
        if cursor.take("PARTITION", "OF"):
            self.partition(self._named(cursor), table, cursor)
            return True
        if cursor.take("LIKE"):
            self._like(table, self._named(cursor))
        elif cursor.sees("(") and not (cursor.sees("(", "SELECT") or cursor.sees("(", "WITH")):
            for part in parts(cursor.inside()):
                inner = Cursor(self.source, part)
                if inner.take("LIKE"):
                    self._like(table, self._named(inner))
                elif is_constraint(inner):
                    read_constraint(inner, table, self.mistakes)
                else:
                    table.columns.append(read_column(inner, table, self.types, self.mistakes))
        else:
            return False
        self._options(cursor, table)
        if any(each.key == table.key for each in self.schema.tables):
            self.mistakes.add("models.duplicate_table", f"the table {table} is made twice", place)
            return True
        names = Counter(each.name for each in table.columns)
        for twice in (name for name, count in names.items() if count > 1):
            self.mistakes.add("models.duplicate_column", f"{table} has the column {twice} twice", place)
            first = next(each for each in table.columns if each.name == twice)
            table.columns = [each for each in table.columns if each.name != twice or each is first]
        for column in table.columns:
            if column.name in table.primary_key:
                column.nullable = False
        self.schema.tables.append(table)
        return True

    def _options(self, cursor: Cursor, table: SqlTable) -> None:
        while cursor:
            if cursor.take("PARTITION", "BY"):
                strategy = cursor.step().text.lower()
                columns = _column_names(cursor.inside(), table) if cursor.sees("(") else ()
                if self.source.dialect == "postgres":
                    table.partitioning = Partitioning(strategy, columns)
            elif cursor.take("INHERITS"):
                for part in parts(cursor.inside()):
                    parent = self._named(Cursor(self.source, part))
                    if parent is not None:
                        known = {each.name for each in table.columns}
                        table.columns[:0] = [evolve(each) for each in parent.columns if each.name not in known]
                        table.checks += parent.checks
            elif cursor.take("COMMENT"):
                cursor.take("=")
                table.comment = cursor.step().text
            else:
                cursor.step()

    def _named(self, cursor: Cursor) -> SqlTable | None:
        """The table that is named next, None (and an error) where there is none."""
        place = cursor.place()
        schema, name = cursor.qualified()
        table = self.closing.find(name, schema)
        if table is None:
            hint = near(name, [each.name for each in self.schema.tables])
            self.mistakes.add("models.unknown_table", f"there is no table {name}", place, hint=hint)
        return table

    def quietly(self, cursor: Cursor) -> SqlTable | None:
        """The table that is named next; None for a view, a sequence, or a table that was left out."""
        schema, name = cursor.qualified()
        cursor.take("*")
        return self.closing.find(name, schema)

    def _like(self, table: SqlTable, other: SqlTable | None) -> None:
        if other is not None:
            table.columns += [evolve(each) for each in other.columns]

    def partition(self, parent: SqlTable | None, child: SqlTable, cursor: Cursor) -> None:
        if cursor.sees("("):
            cursor.inside()
        bound = cursor.text(cursor.until("PARTITION", "WITH", "TABLESPACE")) if cursor else ""
        if parent is None:
            return
        self.partitions[child.key] = parent
        if parent.partitioning is not None:
            parent.partitioning = evolve(parent.partitioning, bounds=(*parent.partitioning.bounds, bound))

    def unique_index(self, cursor: Cursor, place: Place) -> None:
        cursor.take("UNIQUE", "INDEX")
        cursor.take("CONCURRENTLY")
        cursor.take("IF", "NOT", "EXISTS")
        name = None if cursor.sees("ON") else cursor.qualified()[1]
        cursor.take("ON")
        cursor.take("ONLY")
        table = self.quietly(cursor)
        if table is None:
            return
        while cursor and not cursor.sees("("):
            cursor.step()
        elements = parts(cursor.inside())
        plain = [part for part in elements if len(part) == 1 or (part[0].kind != "other" and part[1] != "(")]
        columns = dict.fromkeys(each for part in elements for each in _column_names(part, table))
        expressions = () if len(plain) == len(elements) else tuple(cursor.text(part) for part in elements)
        if cursor.take("INCLUDE"):
            cursor.inside()
        alike = cursor.take("NULLS", "NOT", "DISTINCT")
        while cursor and not cursor.sees("WHERE"):
            cursor.step()
        where = cursor.text(cursor.tokens[cursor.at + 1 :]) if cursor else ""
        table.uniques.append(SqlUnique(tuple(columns), where, expressions, alike, name, place))


def _column_names(tokens: list[Token], table: SqlTable) -> tuple[str, ...]:
    """The columns of the table that the words name."""
    by_fold = {each.name.lower(): each.name for each in table.columns}
    found = (by_fold.get(token.text.lower()) for token in tokens if token.kind in ("word", "quoted"))
    return tuple(dict.fromkeys(name for name in found if name is not None))
