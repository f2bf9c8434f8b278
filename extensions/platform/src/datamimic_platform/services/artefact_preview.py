"""The first rows of an artefact as a table, or its first lines as text; nothing of a file is read beyond them.

Without the right to see values, columns that the job's configuration marks as sensitive are hidden, and so is every artefact
of which it cannot be told what they are.
"""

from __future__ import annotations

import csv
import itertools
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.parquet as pq

from datamimic import DatamimicError, Format, installed_packs
from datamimic_platform.security.rights import Actor, Right
from datamimic_platform.services.configurations import HIDDEN
from datamimic_platform.services.made import made_by
from datamimic_platform.services.platform import not_found
from datamimic_platform.store.store import Store

ROWS, LINES, _LONGEST = 50, 200, 100_000
TABULAR = (".csv", ".tsv", ".jsonl", ".parquet", ".arrow", *((".xlsx",) if find_spec("openpyxl") else ()))
_ABOUT_COLUMNS = ("manifest.json", "linkage.json", "linkage.txt", "schema.sql", "schema.json", "validation.json")
"""Artefacts that hold no values of rows."""
ENDINGS = (*TABULAR, ".json", ".sql", ".txt", ".xml", ".html")


def preview(store: Store, actor: Actor, job_id: str, name: str) -> dict[str, Any]:
    """`{columns, rows, hidden, text, more}`, of which either rows or text is None. Raises `DatamimicError`."""
    actor.require(Right.READ)
    path, sensitive = _artefact(store, actor, job_id, name)
    open_to_all = Path(name).name in _ABOUT_COLUMNS
    if path.suffix.lower() not in ENDINGS:
        raise DatamimicError("platform.bad_request", "there is no preview of such files", hint="download it")
    if (path.suffix.lower() not in TABULAR or sensitive is None) and not open_to_all:
        actor.require(Right.READ_VALUES)
    if path.suffix.lower() not in TABULAR:
        text, more = _text(path)
        return {"columns": [], "rows": None, "hidden": [], "text": text, "more": more}
    rows = first_rows(path, ROWS + 1)
    columns = list(dict.fromkeys(itertools.chain.from_iterable(rows)))
    hidden = [] if actor.may(Right.READ_VALUES) else [each for each in columns if each in (sensitive or ())]
    shown = [[HIDDEN if each in hidden else _cell(row.get(each)) for each in columns] for row in rows[:ROWS]]
    return {"columns": columns, "rows": shown, "hidden": hidden, "text": None, "more": len(rows) > ROWS}


def _artefact(store: Store, actor: Actor, job_id: str, name: str) -> tuple[Path, frozenset[str] | None]:
    """Where it lies, and the sensitive columns of its table; None where they cannot be told."""
    made = made_by(store, actor, job_id).artefacts
    place = made.get(name)
    if place is None or not place.is_file():
        raise not_found("artefact")
    manifest = made.get("manifest.json")
    return place, None if manifest is None else _sensitive(manifest, Path(name).stem)


def _sensitive(manifest: Path, table: str) -> frozenset[str] | None:
    """Of the model that the manifest holds."""
    try:
        models = json.loads(manifest.read_text(encoding="utf-8"))["world"]["models"]
        for model in models.values():
            for each in model["document"]["tables"]:
                if each.get("name", each.get("table_name")) == table:
                    return frozenset(column["name"] for column in each["columns"] if column.get("sensitivity"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return None


def first_rows(path: Path, most: int) -> list[dict[str, Any]]:
    """Of a file of one of the `TABULAR` endings."""
    if path.suffix.lower() == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(itertools.islice(csv.DictReader(stream), most))
    if path.suffix.lower() == ".jsonl":
        with path.open(encoding="utf-8") as stream:
            return [json.loads(line) for line in itertools.islice(stream, most)]
    if path.suffix.lower() == ".parquet":
        for batch in pq.ParquetFile(path).iter_batches(batch_size=most):
            return list(batch.to_pylist())[:most]
        return []
    if path.suffix.lower() == ".xlsx":
        sheets = cast("type[Format]", installed_packs().format("xlsx")).configured({}).read(path)
        return next((batch.slice(0, most).to_pylist() for batch in sheets), [])
    with pa.memory_map(str(path)) as source:
        found: list[dict[str, Any]] = []
        reader = pa.ipc.open_file(source)
        for number in range(reader.num_record_batches):
            found += reader.get_batch(number).slice(0, most - len(found)).to_pylist()
            if len(found) >= most:
                break
        return found


def _text(path: Path) -> tuple[str, bool]:
    with path.open(encoding="utf-8", errors="replace") as stream:
        found = stream.read(_LONGEST + 1)
    lines = found[:_LONGEST].splitlines()
    return "\n".join(lines[:LINES]), len(lines) > LINES or len(found) > _LONGEST


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict | list) else str(value)
