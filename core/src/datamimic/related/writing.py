"""Writing a set of related tables: to a folder of files, to a database file, or into PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from attrs import evolve, frozen

from datamimic.errors import OutputError
from datamimic.formats.by_name import format_named
from datamimic.formats.format import Format
from datamimic.output.digest_tree import blocks_of
from datamimic.output.finished_runs import told_run
from datamimic.output.manifest import describe_origin, write_folder_manifest
from datamimic.output.whole_files import whole_file
from datamimic.output.whole_folders import whole_folder
from datamimic.related.closure import Closure, Count, Table, close, set_of
from datamimic.related.linkage import Linkage, render
from datamimic.related.schema import TableSchema, ddl, schema_of
from datamimic.related.sink import FileSink, Sink, file_entry

if TYPE_CHECKING:
    from datamimic.world import World

Progress = Callable[[int], None]
DATABASES = ("sqlite", "duckdb")


@frozen
class Written:
    """What was written: the tables, and the linkage report."""

    tables: tuple[TableSchema, ...]
    linkage: Mapping[str, Any]

    @property
    def counts(self) -> dict[str, int]:
        """`pack.entity` -> rows."""
        return {table.entity: table.rows for table in self.tables}

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)


def prepare(world: World, counts: Mapping[str, Count]) -> Closure:
    """The rows of a set, `{"healthcare.patient": 10_000, "healthcare.encounter": "all"}`: for `write_set` and `load_set`.

    Refuses what cannot be before anything is written; see `close`.
    """
    return close(set_of(world, counts), counts)


def write_set(
    closure: Closure,
    folder: str | Path,
    format: str | Format = "parquet",
    *,
    progress: Progress | None = None,
    **settings: Any,
) -> Written:
    """Write a folder: the tables, `schema.sql`, `schema.json`, `linkage.json`, `linkage.txt` and `manifest.json`.

    The folder takes its place when everything is in it; what an earlier run wrote there is replaced. The same set gives
    the same files. `settings` are those of the format, unless it is given with them.
    """
    target = Path(folder)
    with (
        told_run(closure.world) as run,
        whole_folder(target) as partial,
        _sink(closure.world, partial, format, settings) as sink,
    ):
        written = _fill(closure, sink, partial, progress)
        run.wrote_folder(target, written.counts)
    return written


def load_set(
    closure: Closure,
    url: str,
    *,
    schema: str = "public",
    folder: str | Path | None = None,
    progress: Progress | None = None,
) -> Written:
    """Create the tables in PostgreSQL and copy the rows into them, in one transaction: all of it, or nothing.

    With a `folder`, the schema, the linkage report and the manifest are written there. Raises `OutputError` when a table
    exists already or the server refuses, `DatamimicError` (`missing_dependency`) without psycopg.
    """
    from datamimic.related.postgresql import PostgresqlSink

    place = None if folder is None else Path(folder)
    with told_run(closure.world) as run, _closing(PostgresqlSink(url, schema)) as sink:
        with nullcontext() if place is None else whole_folder(place) as partial:
            written = _fill(closure, sink, partial, progress)
        run.wrote_to_server(url, place, written.counts)
    return written


@contextmanager
def _sink(world: World, folder: Path, format: str | Format, settings: Mapping[str, Any]) -> Iterator[Sink]:
    if format == "sqlite":
        from datamimic.related.sqlite import SqliteSink

        made: Sink = SqliteSink(folder)
    elif format == "duckdb":
        from datamimic.related.duckdb import DuckdbSink

        made = DuckdbSink(folder)
    else:
        named = format if isinstance(format, Format) else format_named(world.packs, None, format).configured(settings)
        made = FileSink(folder, named)
    with _closing(made) as sink:
        yield sink


@contextmanager
def _closing(sink: Sink) -> Iterator[Sink]:
    try:
        yield sink
    except BaseException as error:
        sink.abandon()
        if isinstance(error, sink.refusals):
            raise OutputError(
                "output_failed", f"the database refuses: {error}", hint="nothing is left of it"
            ) from error
        raise


def _fill(closure: Closure, sink: Sink, folder: Path | None, progress: Progress | None) -> Written:
    world = closure.world
    tables = schema_of(closure, sink.suffix)
    if sink.file:
        tables = tuple(evolve(table, file=sink.file) for table in tables)
    schemas = {table.name: world[part.spec.cls].schema() for table, part in zip(tables, closure.tables, strict=True)}
    linkage = Linkage(closure, tables, schemas)
    sink.begin(tables)
    outputs = []
    for table, part in zip(tables, closure.tables, strict=True):
        blocks = blocks_of(_gathered(world, table, part, linkage, progress))
        made = sink.take(table, schemas[table.name], blocks)
        outputs.append({"table": table.name, "entity": table.entity, "entity_version": table.version, **made})
    files = sink.end(tables)
    report = linkage.report()
    if folder is not None:
        beside = {
            "schema.sql": ddl(tables),
            "schema.json": json.dumps([table.to_dict() for table in tables], indent=2, ensure_ascii=False) + "\n",
            "linkage.json": json.dumps(report, indent=2) + "\n",
            "linkage.txt": render(report),
        }
        for name, text in beside.items():
            with whole_file(folder / name) as stream:
                stream.write(text.encode())
        body = {
            "request": {"set": dict(closure.counts), "format": sink.format, "settings": dict(sink.settings)},
            **describe_origin(world),
            "files": [*files, *(file_entry(folder / name) for name in beside)],
            "outputs": outputs,
        }
        write_folder_manifest(folder, body)
    return Written(tables, report)


def _gathered(
    world: World, table: TableSchema, part: Table, linkage: Linkage, progress: Progress | None
) -> Iterator[pa.RecordBatch]:
    rows = world[part.spec.cls]
    for numbers in part.rows.pieces(size=rows.batch_rows):
        batch = rows.gather(numbers)
        linkage.add(table, batch)
        yield batch
        if progress is not None:
            progress(batch.num_rows)
