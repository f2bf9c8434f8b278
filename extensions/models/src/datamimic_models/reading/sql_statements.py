"""What each statement of a SQL schema means for its tables."""

from __future__ import annotations

from collections import Counter
from typing import Final

from attrs import define, evolve, field

from datamimic_models.model import Mistakes, Place
from datamimic_models.reading.sql_closing import Closing, near
from datamimic_models.reading.sql_columns import is_constraint, read_column, read_constraint
from datamimic_models.reading.sql_cursor import Cursor, Unreadable, parts
from datamimic_models.reading.sql_tokens import Source, Statement, Token
from datamimic_models.schemas.domains import Domain, Types
from datamimic_models.schemas.schema import Partitioning, SqlCheck, SqlSchema, SqlTable, SqlUnique

_NO_TABLES: Final = (
    "SET SELECT INSERT COPY DROP USE BEGIN START COMMIT ROLLBACK END LOCK UNLOCK GRANT REVOKE PRAGMA ANALYZE VACUUM REINDEX "
    "REFRESH UPDATE DELETE TRUNCATE CALL SHOW EXPLAIN SECURITY RESET DO WITH PRINT GO SOURCE ATTACH DETACH VALUES REPLACE "
    "LOAD FLUSH IF DECLARE NOTIFY"
)
NO_TABLES: Final = tuple(_NO_TABLES.split())
"""Statements that make no tables: nothing is said of them."""
_QUIET: Final = "SCHEMA DATABASE EXTENSION SEQUENCE ROLE USER INDEX COLLATION CAST OPERATOR PUBLICATION STATISTICS"
QUIET: Final = tuple(_QUIET.split())
"""What else is made that changes no row of a table."""
_LOUD: Final = "VIEW FUNCTION PROCEDURE AGGREGATE TRIGGER RULE POLICY EVENT"
LOUD: Final = tuple(_LOUD.split())
_LONGEST_WORD: Final = 40
"""Letters of a statement's kind that are told."""


@define
class Reading:
    """Takes the statements one after the other; `finish` closes what they left open."""

    source: Source
    mistakes: Mistakes
    schema: SqlSchema = field(init=False)
    types: Types = field(init=False)
    _closing: Closing = field(init=False)
    _left_out: Counter[str] = field(init=False, factory=Counter)
    _first_left_out: dict[str, Place] = field(init=False, factory=dict)
    _partitions: dict[tuple[str | None, str], SqlTable] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        self.schema = SqlSchema(self.source.dialect)
        self.types = Types(self.source.dialect)
        self._closing = Closing(self.schema, self.mistakes)

    def take(self, statement: Statement) -> None:
        """Raises nothing: a statement that cannot be read is a mistake of its own."""
        if not statement.tokens:
            return
        cursor = Cursor(self.source, statement.tokens)
        place = cursor.place()
        try:
            self._take(cursor, place)
        except Unreadable as error:
            self.mistakes.add(
                "models.sql_syntax",
                f"the statement cannot be read: {error}",
                error.place,
                hint="valid SQL of the dialect",
            )

    def _take(self, cursor: Cursor, place: Place) -> None:
        if cursor.take("CREATE"):
            self._create(cursor, place)
        elif cursor.take("ALTER", "TABLE"):
            self._alter(cursor)
        elif cursor.take("ALTER", "TYPE"):
            self._alter_type(cursor)
        elif cursor.take("ALTER", "DOMAIN"):
            self._alter_domain(cursor)
        elif cursor.take("COMMENT", "ON"):
            self._comment(cursor)
        elif not any(cursor.sees(word) for word in (*NO_TABLES, "ALTER")):
            first = cursor.tokens[0]
            if first.kind == "word":
                self._leave_out(f"{first.text.upper()} statements", place)
            else:
                self.mistakes.add("models.sql_syntax", f"no statement begins with {first.text[:20]!r}", place)

    def _create(self, cursor: Cursor, place: Place) -> None:
        cursor.take("OR", "REPLACE")
        modifiers = []
        while word := cursor.any_of("GLOBAL", "LOCAL", "TEMPORARY", "TEMP", "UNLOGGED", "MATERIALIZED", "FOREIGN", "VIRTUAL",
                                    "RECURSIVE", "CONSTRAINT"):  # fmt: skip
            modifiers.append(word)
        if cursor.take("TABLE"):
            if "FOREIGN" in modifiers or "VIRTUAL" in modifiers or "TEMP" in modifiers or "TEMPORARY" in modifiers:
                self._leave_out(f"{modifiers[0].lower()} tables", place)
            else:
                self._create_table(cursor, place)
        elif cursor.sees("UNIQUE", "INDEX"):
            self._unique_index(cursor, place)
        elif cursor.take("TYPE"):
            self._create_type(cursor, place)
        elif cursor.take("DOMAIN"):
            self._create_domain(cursor)
        elif not any(cursor.sees(word) for word in QUIET):
            ahead = [token.text.upper() for token in cursor.tokens[cursor.at : cursor.at + 12] if token.kind == "word"]
            kind = next((word for word in ahead if word in LOUD), ahead[0] if ahead else "?")
            if kind not in ("FULLTEXT", "SPATIAL", "CLUSTERED", "NONCLUSTERED"):
                self._leave_out(f"{kind.lower()}s", place)

    def _leave_out(self, what: str, place: Place) -> None:
        what = what if len(what) <= _LONGEST_WORD else f"{what[:_LONGEST_WORD]}…"
        self._left_out[what] += 1
        self._first_left_out.setdefault(what, place)

    def _create_table(self, cursor: Cursor, place: Place) -> None:
        cursor.take("IF", "NOT", "EXISTS")
        schema, name = cursor.qualified()
        table = SqlTable(name, schema, place=place)
        if cursor.take("PARTITION", "OF"):
            self._partition(self._named(cursor), table, cursor)
            return
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
            self._leave_out("tables made by a query or a type", place)
            return
        self._options(cursor, table)
        if any(each.key == table.key for each in self.schema.tables):
            self.mistakes.add("models.duplicate_table", f"the table {table} is made twice", place)
            return
        names = Counter(each.name for each in table.columns)
        for twice in (name for name, count in names.items() if count > 1):
            self.mistakes.add("models.duplicate_column", f"{table} has the column {twice} twice", place)
            first = next(each for each in table.columns if each.name == twice)
            table.columns = [each for each in table.columns if each.name != twice or each is first]
        for column in table.columns:
            if column.name in table.primary_key:
                column.nullable = False
        self.schema.tables.append(table)

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
        table = self._closing.find(name, schema)
        if table is None:
            hint = near(name, [each.name for each in self.schema.tables])
            self.mistakes.add("models.unknown_table", f"there is no table {name}", place, hint=hint)
        return table

    def _like(self, table: SqlTable, other: SqlTable | None) -> None:
        if other is not None:
            table.columns += [evolve(each) for each in other.columns]

    def _partition(self, parent: SqlTable | None, child: SqlTable, cursor: Cursor) -> None:
        if cursor.sees("("):
            cursor.inside()
        bound = cursor.text(cursor.until("PARTITION", "WITH", "TABLESPACE")) if cursor else ""
        if parent is None:
            return
        self._partitions[child.key] = parent
        if parent.partitioning is not None:
            parent.partitioning = evolve(parent.partitioning, bounds=(*parent.partitioning.bounds, bound))

    def _alter(self, cursor: Cursor) -> None:
        cursor.take("IF", "EXISTS")
        cursor.take("ONLY")
        if not self.schema.tables or (found := self._quietly(cursor)) is None:
            return  # of a view, a sequence, or a table that was left out
        for part in parts(cursor.tokens[cursor.at :]):
            self._action(Cursor(self.source, part), found)

    def _quietly(self, cursor: Cursor) -> SqlTable | None:
        schema, name = cursor.qualified()
        cursor.take("*")
        return self._closing.find(name, schema)

    def _action(self, cursor: Cursor, table: SqlTable) -> None:
        if cursor.take("ADD"):
            cursor.take("COLUMN")
            cursor.take("IF", "NOT", "EXISTS")
            if is_constraint(cursor):
                read_constraint(cursor, table, self.mistakes)
            else:
                table.columns.append(read_column(cursor, table, self.types, self.mistakes))
        elif cursor.take("ATTACH", "PARTITION"):
            schema, name = cursor.qualified()
            self._partition(table, SqlTable(name, schema or table.schema), cursor)
        elif word := cursor.any_of("MODIFY", "CHANGE"):
            cursor.take("COLUMN")
            cursor.take("IF", "EXISTS")
            place = cursor.place()
            before = cursor.name() if word == "CHANGE" else None
            column = read_column(cursor, table, self.types, self.mistakes)
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
            column.type, domain, _ = self.types.of(native)
            column.native = domain.native if domain else native

    def _has(self, table: SqlTable, name: str, place: Place) -> bool:
        """Whether the table has the column; a mistake where not."""
        if any(each.name == name for each in table.columns):
            return True
        self._closing.unknown_column(table, name, place)
        return False

    def _unique_index(self, cursor: Cursor, place: Place) -> None:
        cursor.take("UNIQUE", "INDEX")
        cursor.take("CONCURRENTLY")
        cursor.take("IF", "NOT", "EXISTS")
        name = None if cursor.sees("ON") else cursor.qualified()[1]
        cursor.take("ON")
        cursor.take("ONLY")
        table = self._quietly(cursor)
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

    def _create_type(self, cursor: Cursor, place: Place) -> None:
        _, name = cursor.qualified()
        if cursor.take("AS", "ENUM"):
            self.types.enums[name] = tuple(token.text for token in cursor.inside() if token.kind == "text")
        else:
            self._leave_out("composite and range types", place)

    def _alter_type(self, cursor: Cursor) -> None:
        _, name = cursor.qualified()
        if cursor.take("ADD", "VALUE") and name in self.types.enums:
            cursor.take("IF", "NOT", "EXISTS")
            self.types.enums[name] = (*self.types.enums[name], cursor.step().text)

    def _create_domain(self, cursor: Cursor) -> None:
        _, name = cursor.qualified()
        cursor.take("AS")
        native = cursor.text(cursor.until("COLLATE", "DEFAULT", "CONSTRAINT", "NOT", "NULL", "CHECK"))
        kind, base, _ = self.types.of(native)
        domain = Domain(base.native if base else native, kind, checks=base.checks if base else ())
        self.types.domains[name] = self._domain(cursor, domain)

    def _domain(self, cursor: Cursor, domain: Domain) -> Domain:
        named: str | None = None
        while cursor:
            place = cursor.place()
            if cursor.take("CONSTRAINT"):
                named = cursor.name()
            elif cursor.take("NOT", "NULL"):
                domain = evolve(domain, not_null=True)
            elif cursor.take("CHECK"):
                check = SqlCheck(cursor.text(cursor.inside()), named, place)
                domain, named = evolve(domain, checks=(*domain.checks, check)), None
            elif cursor.take("DEFAULT"):
                domain = evolve(domain, default=cursor.text(cursor.until("CONSTRAINT", "NOT", "CHECK", "COLLATE")))
            else:
                cursor.step()
        return domain

    def _alter_domain(self, cursor: Cursor) -> None:
        _, name = cursor.qualified()
        if cursor.take("ADD") and name in self.types.domains:
            self.types.domains[name] = self._domain(cursor, self.types.domains[name])

    def _comment(self, cursor: Cursor) -> None:
        if cursor.take("TABLE"):
            table = self._quietly(cursor)
            if table is not None and cursor.take("IS"):
                table.comment = cursor.step().text
        elif cursor.take("COLUMN"):
            names = [cursor.name()]
            while cursor.take("."):
                names.append(cursor.name())
            table = self._closing.find(names[-2], names[-3] if len(names) > 2 else None) if len(names) > 1 else None
            if table is not None and cursor.take("IS") and any(each.name == names[-1] for each in table.columns):
                table.column(names[-1]).comment = cursor.step().text

    def finish(self) -> None:
        """Close what is open, and tell what was left out."""
        self._closing.close(self._partitions)
        for what, count in self._left_out.items():
            self.mistakes.warn("models.left_out", f"{count} {what} left out", self._first_left_out[what])


def _column_names(tokens: list[Token], table: SqlTable) -> tuple[str, ...]:
    """The columns of the table that the words name."""
    by_fold = {each.name.lower(): each.name for each in table.columns}
    found = (by_fold.get(token.text.lower()) for token in tokens if token.kind in ("word", "quoted"))
    return tuple(dict.fromkeys(name for name in found if name is not None))
