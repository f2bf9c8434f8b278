"""Writing a set of related tables: to a folder of files, or into a target."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from attrs import evolve, frozen

from datamimic.base.observation import Progress
from datamimic.base.urls import path_of, without_password
from datamimic.engine.lifetimes import come_and_go
from datamimic.errors import OutputError
from datamimic.formats.format import Format
from datamimic.output.destination import file_destination, manifest_path, path_text
from datamimic.output.digest_tree import blocks_of
from datamimic.output.finished_runs import told_run
from datamimic.output.manifest import check_described_file, describe_origin, manifest_text, write_folder_manifest
from datamimic.output.unfinished import scratch_folder
from datamimic.output.whole_files import put_file, whole_file
from datamimic.output.whole_folders import whole_folder
from datamimic.related.closure import Closure, Count, close, set_of
from datamimic.related.linkage import Linkage, render
from datamimic.related.messages import MessageLinks, messages_of, put_messages, rows_of
from datamimic.related.parts import PartOfSet, PartSource, batches_of, parts_of
from datamimic.related.places import target_of, written_as
from datamimic.related.schema import TableSchema, schema_of
from datamimic.related.sink import FileSink, Sink, TargetSink, file_entry
from datamimic.related.standard_sql import ddl
from datamimic.related.target import Target

if TYPE_CHECKING:
    from datamimic.world import World


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
    format: str | Format | Target = "parquet",
    *,
    progress: Progress | None = None,
    batch_rows: int | None = None,
    messages: Sequence[str] = (),
    parts: PartSource | None = None,
    **settings: Any,
) -> Written:
    """Write a folder: the tables, `schema.sql`, `schema.json`, `linkage.json`, `linkage.txt` and `manifest.json`; and of the
    `messages` that are named, or of `all` that the rows have, a file of each kind, or a file of each.

    The folder takes its place when everything is in it; what an earlier run wrote there is replaced. The same set gives
    the same files. `format` may be that of a database file, `sqlite`; `settings` are those of the format, unless it is given
    with them; `batch_rows` how many rows at most are made at a time, which changes no byte.
    Nor do `parts`, from which rows come that were made elsewhere.
    """
    target = Path(folder)
    chosen = written_as(closure.world.packs, format, settings) if isinstance(format, str) else format
    with told_run(closure.world) as run, whole_folder(target) as partial:
        if isinstance(chosen, Format):
            sink: Sink = FileSink(partial, chosen)
            written = _fill(closure, sink, partial, progress, batch_rows=batch_rows, messages=messages, parts=parts)
        else:
            file = partial / f"world{chosen.suffixes[0]}"
            sink = TargetSink(chosen, str(file), file)
            written = _fill(closure, sink, partial, progress, batch_rows=batch_rows, messages=messages, parts=parts)
        run.wrote_folder(target, written.counts)
    return written


def load_set(
    closure: Closure,
    place: str,
    *,
    folder: str | Path | None = None,
    progress: Progress | None = None,
    batch_rows: int | None = None,
    messages: Sequence[str] = (),
    parts: PartSource | None = None,
    **settings: Any,
) -> Written:
    """Load the tables into what stands at a URL or, `bank.duckdb`, in a file: all of it, or nothing. A file gets a manifest
    beside it. `settings` are those of the target: `schema="shop"`, `if_exists="replace"`; `batch_rows`, `parts` as above.

    With a `folder`, the schema, the linkage report and the manifest are written there, and `messages` as `write_set` does.
    Raises `UnknownName` (`unknown_target`),
    `OutputError` when a table exists already or the place refuses, `DatamimicError` (`missing_dependency`) without its library.
    """
    cls = target_of(closure.world.packs, place)
    if cls is None:
        raise OutputError("output_unwritable", "the place is no URL", hint="such as postgresql://user@host/database")
    target = cls.configured(settings)
    with told_run(closure.world) as run:
        if folder is not None:
            with whole_folder(Path(folder)) as partial:
                sink = TargetSink(target, place)
                written = _fill(closure, sink, partial, progress, place, batch_rows, messages, parts)
            run.wrote_to_server(place, Path(folder), written.counts)
        elif not target.suffixes:
            written = _fill(closure, TargetSink(target, place), None, progress, place, batch_rows, parts=parts)
            run.wrote_to_server(place, None, written.counts)
        else:
            path = file_destination(path_of(place)).path
            written = _load_file(closure, target, path, progress, batch_rows, parts)
            run.wrote_file(path, written.counts)
    return written


def _load_file(
    closure: Closure,
    target: Target,
    path: Path,
    progress: Progress | None,
    batch_rows: int | None,
    parts: PartSource | None,
) -> Written:
    """Into a file, with a manifest beside it. What is in it already stays, since the target has transactions; a new one
    takes its place when it is complete."""
    check_described_file(path)
    if path.exists():
        return _fill(closure, TargetSink(target, str(path), path), path, progress, batch_rows=batch_rows, parts=parts)
    with scratch_folder(path) as scratch:
        made = scratch / path.name
        sink = TargetSink(target, str(made), made)
        written = _fill(closure, sink, made, progress, batch_rows=batch_rows, parts=parts)
        if path.exists():
            raise OutputError("output_unwritable", f"{path_text(path)} has come meanwhile", file=str(path))
        put_file(made, path, manifest_path(made).read_bytes())
    return written


@contextmanager
def _closing(sink: Sink, place: str) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        sink.abandon()
        if isinstance(error, sink.refusals):
            said = without_password(str(error).strip(), place)
            raise OutputError("output_failed", f"{sink.format} refuses: {said}", hint="nothing is left of it") from None
        raise


def _fill(
    closure: Closure,
    sink: Sink,
    where: Path | None,
    progress: Progress | None,
    place: str = "",
    batch_rows: int | None = None,
    messages: Sequence[str] = (),
    parts: PartSource | None = None,
) -> Written:
    """Give a sink all tables. `where` is the folder that gets schema, report and manifest, or a file that gets a manifest
    beside it; `place` a URL, whose password no message holds."""
    world = closure.world
    with _closing(sink, place):
        tables = schema_of(closure, sink.suffix)
        if sink.file:
            tables = tuple(evolve(table, file=sink.file) for table in tables)
        pairs = list(zip(tables, closure.tables, strict=True))
        schemas = {table.name: world[part.spec.cls].schema() for table, part in pairs}
        linkage = Linkage(closure, tables, schemas)
        folder = where if where is not None and where.is_dir() else None
        asked = messages_of(closure, tables, messages)
        sink.begin(tables)
        outputs = []
        cut = parts_of(closure, max(closure.total, 1) if parts is None else parts.rows)
        for number, (table, _) in enumerate(pairs):
            own = [each for each in cut if each.table == number]
            blocks = blocks_of(_gathered(closure, table, own, linkage, progress, batch_rows, parts))
            made = sink.take(table, schemas[table.name], blocks)
            outputs.append({"table": table.name, "entity": table.entity, "entity_version": table.version, **made})
        files = sink.end()
        report = linkage.report()
        if asked and folder is not None:
            report["messages"] = []
            for each in asked:
                links = MessageLinks(each, tables, rows_of(each, closure).schema())
                entry, put = put_messages(each, closure, folder, links, progress)
                known = {table.name: linkage.known(table) for table in tables if table.name in links.paths.values()}
                report["messages"].append(links.report(known, entry))
                outputs.append(entry)
                files += put
    request: dict[str, Any] = {"set": dict(closure.counts), "format": sink.format, "settings": dict(sink.settings)}
    if asked:
        request["messages"] = [each.message.name for each in asked]
    if any(come_and_go(world, part.spec) for part in closure.tables):
        request["history"] = True
    origin = describe_origin(world)
    if parts is not None:
        origin["tables"] = dict(sorted({**origin["tables"], **parts.tables}.items()))
        origin["fallbacks"] = sorted({*origin["fallbacks"], *parts.fallbacks})
    body = {
        "request": request,
        **origin,
        "files": files,
        "outputs": outputs,
    }
    if where is not None and where.is_dir():
        body["files"] = [*files, *_beside(where, tables, report)]
        write_folder_manifest(where, body)
    elif where is not None:
        with whole_file(manifest_path(where)) as stream:
            stream.write(manifest_text(body))
    return Written(tables, report)


def _beside(folder: Path, tables: tuple[TableSchema, ...], report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Write the schema and the linkage report; returns name, bytes and SHA-256 of each file."""
    texts = {
        "schema.sql": ddl(tables),
        "schema.json": json.dumps([table.to_dict() for table in tables], indent=2, ensure_ascii=False) + "\n",
        "linkage.json": json.dumps(report, indent=2) + "\n",
        "linkage.txt": render(report),
    }
    for name, text in texts.items():
        with whole_file(folder / name) as stream:
            stream.write(text.encode())
    return [file_entry(folder / name) for name in texts]


def _gathered(
    closure: Closure,
    table: TableSchema,
    cut: Sequence[PartOfSet],
    linkage: Linkage,
    progress: Progress | None,
    batch_rows: int | None,
    parts: PartSource | None,
) -> Iterator[pa.RecordBatch]:
    for part in cut:
        made = None if parts is None else parts.blocks(part)
        for batch in batches_of(closure, part, batch_rows=batch_rows) if made is None else made:
            linkage.add(table, batch)
            yield batch
            if progress is not None:
                progress(batch.num_rows)
