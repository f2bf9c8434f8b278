"""A live database, filled: read, planned, made, tested, loaded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import sqlalchemy as sa
from attrs import evolve
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from datamimic import DatamimicError
from datamimic.errors import suggest
from datamimic.related import without_password
from datamimic_models.filling.bounds import checks_of, fractions
from datamimic_models.filling.counting import Counting, requested
from datamimic_models.filling.customs import customs
from datamimic_models.filling.existing import count_rows, read_columns
from datamimic_models.filling.loading import inserts, postgresql
from datamimic_models.filling.loading.rows import texts
from datamimic_models.filling.making import Making
from datamimic_models.filling.order import in_order
from datamimic_models.filling.reports import Loaded, Report, Wanted
from datamimic_models.filling.sense import propose
from datamimic_models.filling.tables import FilledTable
from datamimic_models.filling.testing import define, definitions_of, failing
from datamimic_models.filling.transactions import drivers_errors, transaction
from datamimic_models.model import Mistakes
from datamimic_models.reading.catalogues import triggers
from datamimic_models.reading.database import engine_of, read_connection, schemas_of, unreachable
from datamimic_models.schemas.schema import SqlCheck, SqlColumn, SqlSchema, SqlTable
from datamimic_models.solving.axes import Ints
from datamimic_models.solving.made import Made
from datamimic_models.solving.plans import plan
from datamimic_models.solving.values import Values

TRIES: Final = 200
"""Of rows that fail a check that is not understood; only these are made again."""
_INSERTED: Final = re.compile(r"(?i)\bINSERT\s+(?:IGNORE\s+)?INTO\s+[`\"\[]?(?:\w+[`\"\]]?\.[`\"\[]?)?(\w+)")


def fill(
    place: str,
    wanted: Wanted,
    *,
    told: Callable[[str, int | None], None] = lambda phase, rows: None,
    progress: Callable[[str, int], None] = lambda table, rows: None,
) -> Report:
    """Add rows to the database of the URL. Raises `DatamimicError`; nothing is changed then.

    `told` hears of each phase, with the number of rows once it is known; `progress` of each table that is loaded.
    """
    engine = engine_of(place)
    mistakes, loading = Mistakes(), list[str]()
    try:
        with transaction(engine, commit=not wanted.dry_run) as connection:
            return _Fill(connection, wanted, mistakes, loading, told, progress).run()
    except (SQLAlchemyError, drivers_errors(engine)) as error:
        if isinstance(error, SQLAlchemyError) and not isinstance(error, IntegrityError | DataError):
            raise unreachable(error, place) from None
        said = without_password(str(getattr(error, "orig", error)).strip().splitlines()[0], place)
        where = f", loading {', '.join(loading)}" if loading else ""
        hint = f"nothing was changed; --exclude {loading[-1]} leaves it out" if loading else "nothing was changed"
        raise DatamimicError("models.fill_refused", f"the database refused{where}: {said}", hint=hint) from None


def _of_length(column: SqlColumn, values: Sequence[Values]) -> SqlColumn:
    """The column of bytes with as many as checks ask for; they are counted in hexadecimal digits."""
    least = max((each.shortest for each in values), default=0) // 2
    most = min((each.longest // 2 for each in values if each.longest is not None), default=None)
    if not least and most is None:
        return column
    length = least or min(most or 0, 16)
    return evolve(column, native="bytes", type=evolve(column.type, length=length, fixed=True))


class _Fill:
    """`loading` has the names of the tables that are being loaded, for whoever reports what the database says."""

    def __init__(
        self,
        connection: sa.Connection,
        wanted: Wanted,
        mistakes: Mistakes,
        loading: list[str],
        told: Callable[[str, int | None], None],
        progress: Callable[[str, int], None],
    ) -> None:
        self._connection, self._told, self._progress = connection, told, progress
        self._loading = loading
        self._wanted = wanted
        self._mistakes = mistakes
        told("reading the schema", None)
        self._schemas = schemas_of(connection, wanted.schemas)
        self._schema: SqlSchema = read_connection(connection, self._schemas, mistakes)

    def run(self) -> Report:
        chosen = self._chosen()
        module: Any = postgresql if self._connection.dialect.name == "postgresql" else inserts
        module.prepare(self._connection)
        tables = {each.key: self._planned(each) for each in chosen}
        requested(list(tables.values()), self._wanted.rows, self._wanted.tables, self._mistakes)
        self._told("reading rows that are there", None)
        standing = self._standing(tables)
        for table in tables.values():
            table.held = count_rows(self._connection, table)
            if table.held:
                table.existing = read_columns(self._connection, table, self._needed(table, tables))
        totals = {key: len(next(iter(columns.values()))) if columns else 0 for key, columns in standing.items()}
        Counting(self._schema, tables, totals).settle(self._mistakes)
        self._told("making", sum(each.rows for each in tables.values()))
        propose(self._schema, tables.values(), self._wanted.seed, self._wanted.locale, self._mistakes)
        Making(self._schema, tables, standing, self._mistakes).make()
        self._told("testing", None)
        for table in tables.values():
            self._test(table)
        self._told("loading", None)
        report = []
        for circle in in_order(self._schema, chosen):
            filled = [tables[each.key] for each in circle]
            if not self._wanted.dry_run:
                self._loading[:] = [each.name for each in filled]
                module.load(self._connection, self._schema, filled)
            for each in filled:
                self._progress(each.name, each.rows)
            report += [self._loaded(each, filled) for each in filled]
        self._loading.clear()
        if not self._wanted.dry_run and module is postgresql:
            postgresql.finish(self._connection, list(tables.values()))
        return Report(tuple(report), self._mistakes)

    def _chosen(self) -> list[SqlTable]:
        """The tables to be filled; raises `DatamimicError` for names that there are not."""
        names = [name for each in self._schema.tables for name in (each.name, str(each))]
        for name in (*self._wanted.tables, *self._wanted.exclude):
            if name not in names:
                near = suggest(name, [each.name for each in self._schema.tables])
                hint = f"did you mean {' or '.join(near)}?" if near else None
                raise DatamimicError("models.unknown_table", f"the database has no table {name}", hint=hint)
        excluded = set(self._wanted.exclude)
        by_trigger = {
            name
            for table, body in triggers(self._connection, self._schemas)
            for name in _INSERTED.findall(body)
            if name != table and name not in self._wanted.tables
        }
        found = []
        for each in self._schema.tables:
            if each.name in excluded or str(each) in excluded:
                continue
            if each.name in by_trigger:
                self._mistakes.warn("models.filled_by_trigger", f"{each} is left to the trigger that inserts into it")
                continue
            found.append(each)
        if not found:
            raise DatamimicError(
                "models.no_tables", "there is no table to fill", hint="--schema, or create the tables first"
            )
        return found

    def _planned(self, table: SqlTable) -> FilledTable:
        dialect = self._schema.dialect
        checks = [*table.checks, *checks_of(table)]
        given = [each for each in table.columns if each.given]
        types = {each.name: each.type for each in given}
        once = {name for unique in table.uniques if unique.nulls_alike for name in unique.columns}
        # The first row of a tree has nobody above it.
        once -= {n for key in table.foreign_keys if self._schema.parent(table, key) is table for n in key.columns}
        nullable = [each.name for each in given if each.nullable and each.name not in once]
        solved = plan(checks, types, nullable, dialect, [*fractions(table, dialect), *customs(table)])
        if solved.impossible:
            raise DatamimicError(
                "models.check_unsatisfiable",
                f"no row of {table} can hold the check {solved.impossible[0].expression[:200]} with the others",
                hint="the checks contradict each other",
            )
        for each in given:
            if each.type.name == "bytes":
                table.replace(each.name, _of_length(each, solved.values(each.name)))
        return FilledTable(table, solved, self._wanted.seed, keys=list(table.foreign_keys), uniques=list(table.uniques))

    def _standing(self, tables: Mapping[Any, FilledTable]) -> dict[tuple[str | None, str], dict[str, Made]]:
        """Columns of tables that are referred to and not filled."""
        found: dict[tuple[str | None, str], dict[str, Made]] = {}
        for table in tables.values():
            for key in table.keys:
                parent = self._schema.parent(table.sql, key)
                if parent.key in tables:
                    continue
                names = [*found.get(parent.key, {}), *self._schema.parent_columns(table.sql, key)]
                filled = self._planned(parent)
                found[parent.key] = read_columns(self._connection, filled, list(dict.fromkeys(names)))
        return found

    def _needed(self, table: FilledTable, tables: Mapping[Any, FilledTable]) -> list[str]:
        """Columns of existing rows that new ones must know."""
        names = {name for unique in table.unique_sets() for name in unique.columns} | table.referring()
        for other in tables.values():
            for key in other.keys:
                if self._schema.parent(other.sql, key).key == table.sql.key:
                    names |= set(self._schema.parent_columns(other.sql, key))
        return [each.name for each in table.columns if each.name in names or each.identity is not None]

    def _test(self, table: FilledTable) -> None:
        """Rows that fail a check which is not understood are made again, with the number of the try in their addresses."""
        tested = [each for each in table.plan.tested if not self._needs_none(table, each)]
        if not tested:
            return
        making = Making(self._schema, {table.sql.key: table}, {}, self._mistakes)
        definitions = definitions_of(table, tested, self._schema.dialect, making.bound(table))
        groups = [
            n for n, group in enumerate(table.plan.groups) if {each.column for each in definitions} & {*group.columns}
        ]
        left = np.arange(table.rows, dtype=np.int64)
        for attempt in range(1, TRIES):
            define(self._connection, table, definitions, left)
            lost: dict[int, SqlCheck] = {}
            for check, rows in zip(tested, failing(self._connection, table, tested, left), strict=True):
                lost |= {int(row): check for row in rows if int(row) not in lost}
            for number in groups:
                lost |= {
                    int(row): tested[0] for row in np.flatnonzero(making.wrong(table, number)) if int(row) not in lost
                }
            if not lost:
                return
            left = np.array(sorted(lost), dtype=np.int64)
            making.again(table, left, attempt)
        [(check, _)] = Counter(lost.values()).most_common(1)
        raise DatamimicError(
            "models.check_unsatisfied",
            f"{table.name}: {len(lost)} rows do not hold the check {check.name or ''} {check.expression[:200]}",
            hint=f"--exclude {table.sql.name}, or fill that table yourself",
        )

    def _needs_none(self, table: FilledTable, check: SqlCheck) -> bool:
        """Whether the check is about a column that the database computes: it is left to the database."""
        words = set(re.findall(r"\w+", check.expression.lower()))
        return any(each.name.lower() in words for each in table.sql.columns if not each.given)

    def _loaded(self, table: FilledTable, circle: Sequence[FilledTable]) -> Loaded:
        first = min(10, table.rows)
        sample: list[tuple[str | None, ...]] = []
        if first:
            short = FilledTable(table.sql, table.plan, table.seed, rows=first)
            rows: Ints = np.arange(first, dtype=np.int64)
            short.made = {name: made.take(rows) for name, made in table.made.items()}
            sample = list(zip(*(texts(short, each) for each in table.columns), strict=True))
        return Loaded(
            table.name,
            table.rows,
            table.held,
            tuple(each.name for each in circle) if len(circle) > 1 else (),
            tuple(each.expression for each in table.plan.tested),
            tuple(each.name for each in table.columns),
            tuple(sample),
        )
