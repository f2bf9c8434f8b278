"""Proofs of what a job made: its rows are made again and compared, and a value is taken apart down to its draws and sources."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from datamimic import DatamimicError, Origin, World
from datamimic.reproducing.explanation import explain, render
from datamimic.reproducing.verification import render as rendered
from datamimic.reproducing.verification import verify
from datamimic_platform.security.rights import Actor, Right
from datamimic_platform.services.made import made_by, rows_given
from datamimic_platform.store.store import Store

ROWS = 1_000_000
"""Of larger outputs so many rows are made again, in blocks chosen at random."""
_DEPTH, _LINES = 12, 2_000


def verified(store: Store, actor: Actor, job_id: str) -> dict[str, Any]:
    """`{holds, sample, outputs: [{table, file, rows, blocks, checked, verdict}], lines}`, as `dm verify` has it; `sample` is
    the share of the blocks that were looked at, None for all. Raises `DatamimicError`."""
    made = made_by(store, actor, job_id)
    manifest = made.manifest_path
    list(made.artefacts.values())  # the files that are compared, beside it
    rows = int(made.job.rows_done or 0)
    sample = None if rows <= ROWS else ROWS / rows
    with rows_given(store, actor, made) as given:
        report = verify(manifest, sample, given=given)
    outputs = [
        {
            "table": each.entity.rpartition(".")[2],
            "file": each.file,
            "rows": each.rows,
            "blocks": each.blocks,
            "checked": each.checked,
            "verdict": each.verdict,
        }
        for each in report.outputs
    ]
    lines = [each.replace(str(manifest.parent), "") for each in rendered(report)]
    return {"holds": report.holds, "sample": sample, "outputs": outputs, "lines": lines if _sees(actor) else []}


def explained(store: Store, actor: Actor, job_id: str, table: str, row: int, field: str) -> dict[str, Any]:
    """`{entity, row, field, lines}`: the derivation of one value, as `dm explain` tells it. It shows values, so it is for those
    who may see them. Raises `DatamimicError`."""
    made = made_by(store, actor, job_id)
    actor.require(Right.READ_VALUES)
    made.manifest_path  # noqa: B018 - raises where there is none
    manifest = made.document("manifest.json")
    outputs = manifest["outputs"]
    entity = next((each["entity"] for each in outputs if each.get("table") == table), None)
    if entity is None:
        raise DatamimicError("platform.not_found", "the job made no such table", path="$.table")
    with rows_given(store, actor, made) as given:
        origin = Origin.parse(manifest["world"])
        placed = {name: evolve(rows, location=given.get(name, rows.location)) for name, rows in origin.given.items()}
        document = explain(World(origin.evolve(given=placed)), entity, row, field)
        lines = [line for _, line in zip(range(_LINES), render(document, _DEPTH), strict=False)]
    return {"entity": entity, "row": row, "field": field, "lines": lines}


def tables_made(store: Store, actor: Actor, job_id: str) -> dict[str, list[str]]:
    """Columns by table, of what can be explained."""
    found = made_by(store, actor, job_id).document("manifest.json").get("outputs", ())
    return {each["table"]: list(each.get("content", {}).get("leaves", {})) for each in found if each.get("table")}


def _sees(actor: Actor) -> bool:
    """Differences are told with values."""
    return actor.may(Right.READ_VALUES)
