"""What a job would make, before anything is written: the first rows of its tables."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import evolve

from datamimic import DatamimicError
from datamimic_platform.jobs.asking import request_of
from datamimic_platform.jobs.submitting import laid_out, opened
from datamimic_platform.kinds.kind import Shown
from datamimic_platform.kinds.pointing import pointing
from datamimic_platform.kinds.registry import kind_named
from datamimic_platform.security.rights import Actor, Right
from datamimic_platform.services.configurations import HIDDEN, small
from datamimic_platform.services.jobs import Order, said_of
from datamimic_platform.store.store import Store

ROWS = 50


def preview(store: Store, actor: Actor, order: Order, rows: int = ROWS) -> dict[str, Any]:
    """`{tables: {name: {rows, hidden, sample}}}`; nothing is kept. Columns that are marked sensitive are hidden from those
    without the right to see values; what reads files or databases is for those who may run it."""
    actor.require(Right.READ)
    if order.files or order.kind != "generate":
        actor.require(Right.RUN)
    if not 1 <= rows <= ROWS:
        raise DatamimicError("platform.bad_request", "a preview has 1 to 50 rows", path="$.rows")
    if order.text is not None:
        small(store, order.text)
    kind = kind_named(order.kind)
    with tempfile.TemporaryDirectory(prefix="syndata-") as folder:
        with store.reading() as session:
            request, _, _ = request_of(store, session, actor, said_of(order))
            if kind.needs_config and request.text is None:
                raise DatamimicError("platform.bad_config", "the job needs a configuration", path="$.config")
            asked = laid_out(store, session, actor.workspace, request, Path(folder))
            asked = evolve(asked, options=opened(store, session, actor.workspace, asked.options), resolved=True)
        with pointing(asked.config):
            found = kind.preview(asked, rows)
    return {"tables": {name: _told(shown, rows, actor) for name, shown in found.items()}}


def _told(shown: Shown, rows: int, actor: Actor) -> dict[str, Any]:
    hidden = shown.secret if actor.may(Right.READ_VALUES) else shown.secret | shown.sensitive
    sample: list[Mapping[str, Any]] = [
        {key: HIDDEN if key in hidden else plain(cell) for key, cell in row.items()} for row in shown.sample[:rows]
    ]
    return {"rows": shown.rows, "hidden": sorted(hidden), "sample": sample}


def plain(cell: Any) -> Any:
    """As JSON has it; what JSON does not have as text."""
    if isinstance(cell, dict):
        return {str(key): plain(value) for key, value in cell.items()}
    if isinstance(cell, list | tuple):
        return [plain(value) for value in cell]
    if isinstance(cell, bytes):
        return cell.hex()
    return cell if cell is None or isinstance(cell, str | int | float | bool) else str(cell)
