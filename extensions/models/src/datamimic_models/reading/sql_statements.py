"""What each statement of a SQL schema means for its tables."""

from __future__ import annotations

from collections import Counter
from typing import Final

from attrs import define, field

from datamimic_models.model import Mistakes, Place
from datamimic_models.reading.sql_altering import Altering
from datamimic_models.reading.sql_closing import Closing
from datamimic_models.reading.sql_cursor import Cursor, Unreadable
from datamimic_models.reading.sql_tables import TableStatements
from datamimic_models.reading.sql_tokens import Source, Statement
from datamimic_models.reading.sql_types import TypeStatements
from datamimic_models.schemas.domains import Types
from datamimic_models.schemas.schema import SqlSchema
from datamimic_models.schemas.written_moments import tell_moments

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
    _closing: Closing = field(init=False)
    _tables: TableStatements = field(init=False)
    _altering: Altering = field(init=False)
    _types: TypeStatements = field(init=False)
    _left_out: Counter[str] = field(init=False, factory=Counter)
    _first_left_out: dict[str, Place] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        self.schema = SqlSchema(self.source.dialect)
        types = Types(self.source.dialect)
        self._closing = Closing(self.schema, self.mistakes)
        self._tables = TableStatements(self.source, self.mistakes, self.schema, types, self._closing)
        self._altering = Altering(self._tables)
        self._types = TypeStatements(types)

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
            self._altering.alter(cursor)
        elif cursor.take("ALTER", "TYPE"):
            self._types.alter_type(cursor)
        elif cursor.take("ALTER", "DOMAIN"):
            self._types.alter_domain(cursor)
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
            elif not self._tables.create_table(cursor, place):
                self._leave_out("tables made by a query or a type", place)
        elif cursor.sees("UNIQUE", "INDEX"):
            self._tables.unique_index(cursor, place)
        elif cursor.take("TYPE"):
            if not self._types.create_type(cursor):
                self._leave_out("range types", place)
        elif cursor.take("DOMAIN"):
            self._types.create_domain(cursor)
        elif not any(cursor.sees(word) for word in QUIET):
            ahead = [token.text.upper() for token in cursor.tokens[cursor.at : cursor.at + 12] if token.kind == "word"]
            kind = next((word for word in ahead if word in LOUD), ahead[0] if ahead else "?")
            if kind not in ("FULLTEXT", "SPATIAL", "CLUSTERED", "NONCLUSTERED"):
                self._leave_out(f"{kind.lower()}s", place)

    def _leave_out(self, what: str, place: Place) -> None:
        what = what if len(what) <= _LONGEST_WORD else f"{what[:_LONGEST_WORD]}…"
        self._left_out[what] += 1
        self._first_left_out.setdefault(what, place)

    def _comment(self, cursor: Cursor) -> None:
        if cursor.take("TABLE"):
            table = self._tables.quietly(cursor)
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
        self._closing.close(self._tables.partitions)
        tell_moments(self.schema)
        for what, count in self._left_out.items():
            self.mistakes.warn("models.left_out", f"{count} {what} left out", self._first_left_out[what])
