"""Databases of a model: rows read, inserted, updated and deleted, in one transaction for the whole run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from attrs import define, field
from sqlalchemy.exc import SQLAlchemyError

from datamimic import DatamimicError
from datamimic.errors import excerpt
from datamimic_models.model import Place
from datamimic_models.xml.arrow import plain
from datamimic_models.xml.checking import nearest
from datamimic_models.xml.dialects import next_numbers, upsert
from datamimic_models.xml.setting import failed
from datamimic_models.xml.sql_scripts import run_script

_AT_ONCE = 1_000


@define(eq=False)
class Database:
    """One connection, opened when it is first asked; `commit` or `roll_back` ends the run."""

    name: str
    url: sa.URL
    schema: str | None = None
    _engine: sa.Engine | None = field(default=None, init=False)
    _connection: sa.Connection | None = field(default=None, init=False)
    _tables: dict[str, sa.Table] = field(factory=dict, init=False)
    counted: dict[tuple[str, str], int] = field(factory=dict, init=False)
    """The last number that was given out of a column without a sequence."""
    _waiting: list[tuple[int, Callable[[], None]]] = field(factory=list, init=False)

    def later(self, depth: int, act: Callable[[], None]) -> None:
        """Rows of a generate at that depth, which refer to rows above that are not written yet."""
        self._waiting.append((depth, act))

    def settle(self) -> None:
        """Write the rows that wait, those above first."""
        waiting, self._waiting = sorted(self._waiting, key=lambda each: each[0]), []
        for _, act in waiting:
            act()

    def connection(self, place: Place) -> sa.Connection:
        """Raises `DatamimicError` (`models.bad_database`)."""
        if self._connection is None:
            try:
                self._engine = sa.create_engine(self.url)
                self._connection = self._engine.connect()
            except (SQLAlchemyError, ImportError) as error:
                message = f"the database {self.name} cannot be reached: {_reason(error)}"
                raise failed("models.bad_database", message, place) from None
        return self._connection

    def table(self, name: str, place: Place) -> sa.Table:
        """A table as it is. Raises `DatamimicError` (`models.unknown_table`)."""
        if name not in self._tables:
            connection = self.connection(place)
            try:
                known = sa.inspect(connection).get_table_names(self.schema)
                found = name if name in known else next((each for each in known if each.lower() == name.lower()), None)
                if found is None:
                    hint = nearest(name, known)
                    raise failed("models.unknown_table", f"{self.name} has no table {excerpt(name)}", place, hint)
                self._tables[name] = sa.Table(found, sa.MetaData(), schema=self.schema, autoload_with=connection)
            except SQLAlchemyError as error:
                raise failed("models.bad_database", f"{self.name}: {_reason(error)}", place) from None
        return self._tables[name]

    def rows(self, table: str, query: str, place: Place) -> list[dict[str, Any]]:
        """Rows of a query, or of a whole table in the order of its key."""
        connection = self.connection(place)
        self.settle()
        if query:
            words = query.strip().split(None, 1)
            if not words or words[0].lower() not in ("select", "with"):
                raise failed("models.not_a_query", f"{excerpt(query)} is no SELECT", place)
        try:
            if query:
                # As it stands: a colon or a percent sign in it is no parameter.
                return [dict(row) for row in self._asked(query, connection).mappings()]
            held = self.table(table, place)
            asked = sa.select(held).order_by(*held.primary_key.columns)
            return [dict(row) for row in connection.execute(asked).mappings()]
        except (SQLAlchemyError, ValueError) as error:  # the latter for what SQLite holds in a column of another type
            raise failed("models.bad_database", f"{self.name}: {_reason(error)}", place) from None

    def run(self, script: str, place: Place) -> None:
        """Statements of SQL, one after the other."""
        from sqlglot.errors import SqlglotError

        connection = self.connection(place)
        self.settle()
        wrong: Any = connection.dialect.dbapi
        self._tables.clear()  # they may be others afterwards
        try:
            run_script(script, connection)
        except (SQLAlchemyError, SqlglotError, wrong.Error) as error:
            raise failed("models.bad_database", f"{self.name}: {_reason(error)}", place) from None

    @staticmethod
    def _asked(statement: str, connection: sa.Connection) -> Any:
        """The result of SQL as it is written."""
        marked = connection.dialect.paramstyle in ("format", "pyformat")
        return connection.exec_driver_sql(statement.replace("%", "%%") if marked else statement)

    def next_numbers(self, table: str, column: str, sequence: str | None, count: int, place: Place) -> list[int]:
        """The next `count` numbers of a sequence: of the one that is named, else that of the column, else those after the
        greatest there is. Raises `DatamimicError` (`models.bad_sequence`)."""
        connection = self.connection(place)
        try:
            found = next_numbers(
                connection,
                self.table(table, place) if sequence is None else None,
                column,
                sequence,
                count,
                self.counted,
            )
        except SQLAlchemyError as error:
            raise failed("models.bad_sequence", f"{self.name}: {_reason(error)}", place) from None
        return found

    def write(self, table: str, records: Sequence[Mapping[str, Any]], how: str, place: Place) -> None:
        """Insert, update, upsert or delete by the primary key. Columns that the table does not have are an error."""
        held = self.table(table, place)
        if not records:
            return
        known = {column.name for column in held.columns}
        kinds = {column.name: column.type for column in held.columns}
        rows = [{name: _cell(value, kinds.get(name)) for name, value in record.items()} for record in records]
        unknown = sorted({name for row in rows for name in row} - known)
        if unknown:
            message = f"the table {table} has no column {', '.join(unknown)}"
            raise failed("models.unknown_column", message, place, nearest(unknown[0], known))
        try:
            for start in range(0, len(rows), _AT_ONCE):
                self._write(held, rows[start : start + _AT_ONCE], how, place)
        except SQLAlchemyError as error:
            raise failed("models.bad_database", f"{self.name}.{table}: {_reason(error)}", place) from None

    def _write(self, table: sa.Table, rows: list[dict[str, Any]], how: str, place: Place) -> None:
        connection = self.connection(place)
        if how == "insert":
            for names, alike in _alike(rows):
                connection.execute(sa.insert(table), alike if names else [{}])
            return
        keys = [column.name for column in table.primary_key.columns]
        if not keys or any(key not in row for row in rows for key in keys):
            message = f"{how} needs the primary key of {table.name} in every record"
            raise failed("models.no_key", message, place, f"key: {', '.join(keys) or 'none'}")
        found = sa.and_(*(table.c[key] == sa.bindparam(f"key_{key}") for key in keys))
        if how == "delete":
            connection.execute(
                sa.delete(table).where(found), [{f"key_{key}": row[key] for key in keys} for row in rows]
            )
            return
        for names, alike in _alike(rows):
            others = [name for name in names if name not in keys]
            if how == "upsert":
                connection.execute(upsert(table, keys, others, connection.dialect.name), alike)
            elif others:
                changed = sa.update(table).where(found).values({name: sa.bindparam(f"to_{name}") for name in others})
                to = [{f"to_{name}": row[name] for name in others} for row in alike]
                held = [{f"key_{key}": row[key] for key in keys} for row in alike]
                connection.execute(changed, [one | other for one, other in zip(to, held, strict=True)])

    def commit(self) -> None:
        self.settle()
        if self._connection is not None:
            try:
                self._connection.commit()
            except SQLAlchemyError as error:
                raise DatamimicError("models.bad_database", f"{self.name}: {_reason(error)}") from None
            finally:
                self._close()

    def roll_back(self) -> None:
        self._waiting.clear()
        if self._connection is not None:
            self._connection.rollback()
            self._close()

    def _close(self) -> None:
        if self._connection is not None and self._engine is not None:
            self._connection.close()
            self._engine.dispose()
        self._connection = None


def _alike(rows: list[dict[str, Any]]) -> list[tuple[tuple[str, ...], list[dict[str, Any]]]]:
    """Rows with the same columns together, in order."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(tuple(row), []).append(row)
    return list(groups.items())


def _cell(value: Any, kind: Any) -> Any:
    """The value as a column of that kind takes it: documents and arrays as they are, text of a document read."""
    import json

    made = plain(value)
    if isinstance(kind, sa.JSON):
        try:
            return json.loads(made) if isinstance(made, str) else json.loads(json.dumps(made, default=str))
        except ValueError:
            return made
    if isinstance(kind, sa.ARRAY) and isinstance(made, list):
        return made
    return json.dumps(made, default=str) if isinstance(made, dict | list) else made


def _reason(error: BaseException) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0] if str(error) else type(error).__name__
