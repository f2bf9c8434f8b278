"""What statements of SQL leave open, closed when all are read: partitions, and keys that name tables and columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from attrs import define, evolve

from datamimic.errors import suggest
from datamimic_models.model import ColumnType, Mistakes, Place
from datamimic_models.schemas.schema import SqlForeignKey, SqlSchema, SqlTable

_DOCUMENT: Final = re.compile(r"(?i)\(*json_valid\s*\(\s*(?:`(.+)`|\"(.+)\"|\[(.+)\]|(\w+))\s*\)(?:\s*=\s*1)?\)*")


@define
class Closing:
    """Of a `schema`; what names nothing is among the `mistakes`."""

    schema: SqlSchema
    mistakes: Mistakes

    def find(self, name: str, schema: str | None) -> SqlTable | None:
        """The table of that name, in that schema before others; outside PostgreSQL whatever its case."""
        same = [each for each in self.schema.tables if each.name == name]
        if not same and self.schema.dialect != "postgres":
            same = [each for each in self.schema.tables if each.name.lower() == name.lower()]
        exact = [each for each in same if each.schema == schema]
        return next(iter(exact or same), None)

    def unknown_column(self, table: SqlTable, name: str, place: Place) -> None:
        """Tell that the table has none of that name."""
        self.mistakes.add(
            "models.unknown_column",
            f"{table} has no column {name}",
            place,
            hint=near(name, [each.name for each in table.columns]),
        )

    def close(self, partitions: Mapping[tuple[str | None, str], SqlTable]) -> None:
        """Partitions are no tables of their own; keys name what is there."""
        for part in self.schema.tables:
            # What holds for a partition alone is asked of all rows.
            if (whole := partitions.get(part.key)) is not None:
                known = {(key.columns, key.parent) for key in whole.foreign_keys}
                whole.foreign_keys += [key for key in part.foreign_keys if (key.columns, key.parent) not in known]
        self.schema.tables = [each for each in self.schema.tables if each.key not in partitions]
        for table in self.schema.tables:
            table.primary_key = self._known(table, table.primary_key, table.place)
            table.uniques = [
                evolve(each, columns=columns)
                for each in table.uniques
                if (columns := self._known(table, each.columns, each.place))
            ]
            closed = [found for each in table.foreign_keys if (found := self._closed(table, each))]
            # One of every kind: each partition of a live database has its own of the same.
            table.foreign_keys = list({(key.columns, key.parent, key.parent_columns): key for key in closed}.values())
            self._numbers_of_parents(table)
            self._documents(table)

    def _documents(self, table: SqlTable) -> None:
        """Texts that a check asks to be JSON, as MariaDB writes its columns of JSON, and SQLite has no others."""
        for check in table.checks:
            found = _DOCUMENT.fullmatch(check.expression.strip())
            name = "" if found is None else next(part for part in found.groups() if part)
            for each in table.columns:
                if each.name.lower() == name.lower() and each.type.name == "str":
                    table.replace(each.name, evolve(each, type=ColumnType("json")))

    def _numbers_of_parents(self, table: SqlTable) -> None:
        """MySQL calls truth a number of one digit: where it refers to a number, it is one."""
        for key in table.foreign_keys:
            parent = self.schema.parent(table, key)
            for name, theirs in zip(key.columns, self.schema.parent_columns(table, key), strict=True):
                own, other = table.column(name), parent.column(theirs)
                if own.type.name == "bool" and other.type.name == "int":
                    table.replace(name, evolve(own, type=other.type))

    def _known(self, table: SqlTable, names: tuple[str, ...], place: Place) -> tuple[str, ...]:
        """The names as the table has them; none, and an error, where it lacks one."""
        by_fold = {each.name.lower(): each.name for each in table.columns}
        exact = {each.name for each in table.columns}
        found = [name if name in exact else by_fold.get(name.lower()) for name in names]
        for name, column in zip(names, found, strict=True):
            if column is None:
                self.unknown_column(table, name, place)
        return () if None in found else tuple(name for name in found if name is not None)

    def _closed(self, table: SqlTable, key: SqlForeignKey) -> SqlForeignKey | None:
        parent = self.find(key.parent, key.parent_schema or table.schema)
        if parent is None:
            self.mistakes.add(
                "models.unknown_table",
                f"{table} refers to {key.parent}, which is no table",
                key.place,
                hint=near(key.parent, [each.name for each in self.schema.tables]),
            )
            return None
        columns = self._known(table, key.columns, key.place)
        targets = self._known(parent, key.parent_columns or parent.primary_key, key.place)
        if not columns or len(columns) != len(targets):
            if columns:
                self.mistakes.add(
                    "models.bad_foreign_key",
                    f"{table} refers by {len(columns)} columns to {parent}, whose key has {len(targets)}",
                    key.place,
                )
            return None
        return evolve(key, columns=columns, parent=parent.name, parent_columns=targets, parent_schema=parent.schema)


def near(name: str, known: list[str]) -> str | None:
    """A hint with the nearest of the names."""
    found = suggest(name, known)
    return f"did you mean {' or '.join(found)}?" if found else None
