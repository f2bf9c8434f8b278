"""Plans to mask by: proposed for a file, judged against it, and shown on its first rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from datamimic import DatamimicError
from datamimic_learning import BadPlan, Masking, MaskingKey, Plan, SampleTable, parse_plan, propose_plan
from datamimic_learning.masking.plans.checking import check_plan, kind_of
from datamimic_learning.masking.running import tables_of
from datamimic_platform.jobs.request import Request
from datamimic_platform.jobs.submitting import laid_out
from datamimic_platform.security.rights import Actor, Right
from datamimic_platform.services.platform import not_found
from datamimic_platform.store.configurations import Upload
from datamimic_platform.store.store import Store

ROWS = 10
_KEY = MaskingKey.of_bytes(bytes(range(32)))
"""Of previews alone: no secret is opened for them, and what they show is not what a job will write."""


def proposed(store: Store, actor: Actor, upload_id: str) -> tuple[str, str]:
    """(name of the file, text of a plan): what is found to be personal, for somebody to look over. Raises `DatamimicError`."""
    actor.require(Right.WRITE)
    with _laid(store, actor, upload_id) as path:
        return path.name, propose_plan(path)


def judged(store: Store, actor: Actor, upload_id: str, text: str) -> dict[str, Any]:
    """`{file, mistakes, columns: {table: {column: kind}}, sample: {table: [row]} or None}`: `sample` are the first rows, masked
    by a key that is only of previews, where the plan has no mistakes and the actor may see values (what is kept is the
    original's). Raises `DatamimicError`."""
    actor.require(Right.WRITE)
    with _laid(store, actor, upload_id) as path:
        tables = tables_of(path)
        columns = {name: {each.name: kind_of(each.type) for each in table.schema} for name, table in tables.items()}
        told: dict[str, Any] = {"file": path.name, "mistakes": [], "columns": columns, "sample": None}
        try:
            plan = parse_plan(text, "plan.yaml")
            check_plan(plan, tables)
            if actor.may(Right.READ_VALUES):
                told["sample"] = _sample(plan, tables)
        except BadPlan as error:
            told["mistakes"] = [each.error().to_dict() for each in error.mistakes]
        except DatamimicError as error:
            told["mistakes"] = [error.to_dict()]
        return told


@contextmanager
def _laid(store: Store, actor: Actor, upload_id: str) -> Iterator[Path]:
    """The file under its own name."""
    with store.reading() as session:
        row = session.get(Upload, upload_id)
        if row is None or row.workspace_id != actor.workspace:
            raise not_found("upload")
        name = row.name
    with TemporaryDirectory(prefix="syndata-") as folder:
        with store.reading() as session:
            request = Request(kind="mask", files={name: upload_id})
            laid_out(store, session, actor.workspace, request, Path(folder))
        yield Path(folder) / name


def _sample(plan: Plan, tables: Mapping[str, SampleTable]) -> dict[str, list[dict[str, Any]]]:
    first = {name: _first(table) for name, table in tables.items()}
    masking = Masking(plan, _KEY, first)
    made = {}
    for name in first:
        rows = pa.Table.from_batches(masking.batches(name), schema=masking.schema(name)).slice(0, ROWS).to_pylist()
        made[name] = [{key: None if cell is None else str(cell) for key, cell in row.items()} for row in rows]
    return made


def _first(table: SampleTable) -> SampleTable:
    """Its first rows alone."""
    batch = next(iter(table.batches()), None)
    some = batch.slice(0, ROWS) if batch is not None else pa.RecordBatch.from_pylist([], schema=table.schema)

    def read(columns: Sequence[str] | None) -> Iterator[pa.RecordBatch]:
        yield some if columns is None else some.select(list(columns))

    return SampleTable(table.name, table.place, table.schema, some.num_rows, read)
