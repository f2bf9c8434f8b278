"""Databases masked into databases of the same kind, or into folders of files: in one transaction, constraints on."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.schema import AddConstraint, CreateTable

from datamimic import DatamimicError
from datamimic.errors import OutputError
from datamimic_learning.masking.masking import Masks, Progress
from datamimic_learning.masking.places.rows import insert_rows
from datamimic_learning.masking.places.stored_tables import (
    create_order,
    kind_of_dialect,
    made_anew,
    reflected,
    written_tables,
)
from datamimic_learning.masking.reports import MaskReport
from datamimic_learning.masking.subsets.closing import Subset
from datamimic_learning.samples.sample import SampleTable
from datamimic_models.filling.transactions import drivers_errors, transaction
from datamimic_models.reading.database import engine_of, unreachable


def mask_database(
    source: str,
    output: str,
    masking: Masks,
    tables: Mapping[str, SampleTable],
    report: MaskReport,
    *,
    subset: Subset | None = None,
    progress: Progress | None = None,
) -> None:
    """Write the tables of the database at `source` (URL) to the one at `output`, of the same kind: into tables of these
    names that hold nothing, or, where there are none, into new ones with the constraints of the originals.

    Raises `DatamimicError` (`learning.mask_refused`, `learning.unlike_places`), `OutputError`; nothing is changed then.
    """
    engine, place = engine_of(source), engine_of(_file_made(output))
    if engine.dialect.name != place.dialect.name:
        raise DatamimicError(
            "learning.unlike_places",
            f"{engine.dialect.name} cannot be masked into {place.dialect.name}",
            hint="name a database of the same kind, or a folder for files",
        )
    loading: list[str] = []
    made: list[sa.Table] = []
    try:
        with engine.connect() as connection:
            originals = reflected(connection, list(tables))
            statements = written_tables(connection, originals)
        with transaction(place, commit=True) as connection:
            there = _there(connection, originals)
            if there:
                copies = there
            elif statements:
                made += originals.values()
                if kind_of_dialect(connection.dialect) == "mysql":
                    connection.exec_driver_sql("SET SESSION foreign_key_checks = 0")
                for each in statements:
                    connection.exec_driver_sql(each.replace("%", "%%"))
                copies = reflected(connection, list(tables))
            else:
                copies = made_anew(originals)
                _create(connection, copies)
            _load(connection, copies, masking, tables, report, subset, progress, loading, new=not there)
    except (SQLAlchemyError, drivers_errors(place)) as error:
        if made and kind_of_dialect(place.dialect) == "mysql":
            _drop(place, made)
        if not loading:
            raise unreachable(error, output) from None
        problem = _problem(error)
    else:
        return
    # Not within the handler: what the driver says may quote a row.
    raise DatamimicError(
        "learning.mask_refused",
        f"the database refused rows of {loading[-1]}: {problem}",
        hint="nothing was changed; another method for the column in the plan keeps what the constraint asks",
    )


def _file_made(output: str) -> str:
    """A file of SQLite that is not there is made when the first table is."""
    from datamimic.related import path_of

    if output.startswith("sqlite"):
        path = Path(path_of(output)).expanduser()
        if not path.parent.is_dir():
            raise OutputError("output_unwritable", f"there is no folder {path.parent}", file=str(path))
        path.touch(exist_ok=True)
    return output


def _there(connection: sa.Connection, originals: Mapping[str, sa.Table]) -> dict[str, sa.Table] | None:
    """The tables of the same names, which must be all there and empty, or none."""
    inspector = sa.inspect(connection)
    present = [name for name, table in originals.items() if inspector.has_table(table.name, schema=table.schema)]
    if not present:
        return None
    if len(present) != len(originals):
        missing = [name for name in originals if name not in present]
        raise OutputError(
            "output_unwritable",
            f"the database has {present[0]} and not {missing[0]}",
            hint="name one with all of the tables, empty, or with none",
        )
    found = reflected(connection, list(originals))
    for name, table in found.items():
        if connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first() is not None:
            raise OutputError("output_unwritable", f"{name} of the database holds rows", hint="name an empty one")
        lost = [each.name for each in originals[name].columns if each.name not in table.columns]
        if lost:
            raise OutputError("output_unwritable", f"{name} of the database has no column {lost[0]}")
    return found


def _create(connection: sa.Connection, copies: Mapping[str, sa.Table]) -> None:
    schemas = {table.schema for table in copies.values() if table.schema}
    known = set(sa.inspect(connection).get_schema_names()) if schemas else set()
    for name in sorted(schemas - known):
        connection.execute(sa.schema.CreateSchema(name))
    types = {
        column.type.name: column.type
        for table in copies.values()
        for column in table.columns
        if isinstance(column.type, sa.Enum) and connection.dialect.name == "postgresql"
    }
    for each in types.values():
        each.create(connection, checkfirst=True)
    for table in copies.values():
        connection.execute(CreateTable(table, include_foreign_key_constraints=[]))


def _load(
    connection: sa.Connection,
    copies: Mapping[str, sa.Table],
    masking: Masks,
    tables: Mapping[str, SampleTable],
    report: MaskReport,
    subset: Subset | None,
    progress: Progress | None,
    loading: list[str],
    *,
    new: bool,
) -> None:
    dialect = kind_of_dialect(connection.dialect)
    if dialect == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    elif dialect == "postgresql" and not new:
        connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")
    elif dialect == "mysql":
        connection.exec_driver_sql("SET SESSION foreign_key_checks = 0")
    for name in create_order(copies):
        loading.append(name)
        table = copies[name]
        # A reader that is left open would keep its locks.
        with closing(_rows(masking, name, table, subset, progress, report)) as batches:
            written = insert_rows(connection, table, batches)
        told = masking.finish(name)
        told.rows = written
        report.tables.append(told)
    if dialect == "mysql":
        connection.exec_driver_sql("SET SESSION foreign_key_checks = 1")
    if new and dialect == "postgresql":
        for name, table in copies.items():
            loading.append(name)
            for constraint in table.foreign_key_constraints:
                connection.execute(AddConstraint(constraint))
            for index in table.indexes:
                index.create(connection)
    elif dialect == "mysql":
        for name, table in copies.items():
            loading.append(name)
            _verify(connection, table)
    if dialect == "postgresql":
        _count_on(connection, copies.values())


def _rows(
    masking: Masks, name: str, table: sa.Table, subset: Subset | None, progress: Progress | None, report: MaskReport
) -> Generator[pa.RecordBatch, None, None]:
    """Masked batches, texts as long as columns are."""
    done, cut = 0, set[str]()
    limits = {
        column.name: column.type.length
        for column in table.columns
        if isinstance(column.type, sa.String) and not isinstance(column.type, sa.Enum) and column.type.length
    }
    for batch in masking.batches(name, progress):
        kept = batch if subset is None else subset.part(name, batch, done)
        done += batch.num_rows
        arrays = []
        for column_name, column in zip(kept.schema.names, kept.columns, strict=True):
            limit = limits.get(column_name)
            if limit is not None and pa.types.is_string(column.type):
                longest = pc.max(pc.utf8_length(column)).as_py() or 0
                if longest > limit:
                    cut.add(column_name)
                    column = pc.utf8_slice_codeunits(column, 0, limit)
            arrays.append(column)
        yield pa.RecordBatch.from_arrays(arrays, names=kept.schema.names)
    report.notes += [f"{name}.{each}: longer than the column, and cut" for each in sorted(cut)]


def _verify(connection: sa.Connection, table: sa.Table) -> None:
    """References that MariaDB did not look at while rows came. Raises `IntegrityError`."""
    for constraint in table.foreign_key_constraints:
        own = [each.parent for each in constraint.elements]
        parent = constraint.referred_table.alias()
        match = sa.and_(*(parent.c[each.column.name] == each.parent for each in constraint.elements))
        query = (
            sa.select(sa.literal(1))
            .select_from(table)
            .where(sa.and_(*(column.is_not(None) for column in own)), ~sa.exists().where(match))
            .limit(1)
        )
        if connection.execute(query).first() is not None:
            raise IntegrityError("a reference", None, ValueError(f"foreign key {constraint.name}"))


def _count_on(connection: sa.Connection, tables: Sequence[sa.Table] | Any) -> None:
    """Numbers that the database gives go on after those that came."""
    for table in tables:
        for column in table.columns:
            if not isinstance(column.type, sa.Integer) or not (column.identity or column.autoincrement is True):
                continue
            named = connection.dialect.identifier_preparer.format_table(table)
            found = connection.execute(
                sa.text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": named, "column": column.name}
            ).scalar()
            last = connection.execute(sa.select(sa.func.max(column))).scalar()
            if found and last and last > 0:
                connection.execute(sa.text("SELECT setval(:sequence, :last)"), {"sequence": found, "last": last})


def _drop(engine: sa.Engine, made: Sequence[sa.Table]) -> None:
    """Of MariaDB, which has no transactions over tables."""
    with engine.connect() as connection:
        connection.exec_driver_sql("SET SESSION foreign_key_checks = 0")
        for table in made:
            connection.execute(sa.schema.DropTable(table, if_exists=True))
        connection.commit()


def _problem(error: BaseException) -> str:
    """What was violated, without what rows hold."""
    cause: Any = getattr(error, "orig", None) or error
    said = getattr(cause, "diag", None)
    if said is not None:
        parts = [
            f"{word} {value}"
            for word, value in (("constraint", said.constraint_name), ("column", said.column_name))
            if value
        ]
        return ", ".join([*parts, f"SQLSTATE {said.sqlstate}"])
    if isinstance(error, IntegrityError) and type(cause).__module__ == "sqlite3":
        return str(cause).partition(":")[0] + ":" + str(cause).partition(":")[2].partition("(")[0]
    number = cause.args[0] if getattr(cause, "args", None) and isinstance(cause.args[0], int) else None
    return type(cause).__name__ if number is None else f"error {number}"
