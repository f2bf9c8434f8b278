"""How many rows an entity has, where that follows from rows that exist."""

from __future__ import annotations

import numpy as np

from datamimic.engine.engine import Engine
from datamimic.engine.given_tables.table import beyond
from datamimic.errors import InvalidOption
from datamimic.model.spec import Spec


def rows_there_are(world: Engine, spec: Spec) -> int | None:
    """The number of an entity's rows: those that exist, or the children of parents that do; None where there is no end."""
    return world.memo(("rows there are", spec.cls), lambda: _rows_there_are(world, spec))


def check_rows_there_are(world: Engine, spec: Spec, stop: int) -> None:
    """Raises `InvalidOption` (`beyond_given`) where rows [0, stop) are more than there are."""
    most = rows_there_are(world, spec)
    if most is None or stop <= most:
        return
    if spec.rows is not None:
        raise beyond(world.path(spec), stop, most)
    raise InvalidOption(
        "beyond_given",
        f"{world.path(spec)} has {most} rows, the children of all parents that are given, and no row {stop - 1}",
        hint=f"ask for at most {most} rows",
        path="$.count",
        details={"entity": world.path(spec), "rows": most},
    )


def _rows_there_are(world: Engine, spec: Spec) -> int | None:
    if spec.rows is not None:
        return world.size(spec)
    if spec.parent is None:
        return None
    name, generator = spec.parent
    parents = rows_there_are(world, world.spec(generator.target))
    if parents is None:
        return None
    first, count = generator.layout(world, spec, name).of(np.array([parents - 1], dtype=np.int64))
    return int(first[0] + count[0])
