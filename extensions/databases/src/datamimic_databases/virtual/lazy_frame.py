"""An entity as a Polars LazyFrame, made when it is collected: columns, conditions and limits are pushed down."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from datamimic import Rows
from datamimic.related import missing_driver
from datamimic_databases.virtual.conditions import of_polars
from datamimic_databases.virtual.table import ROW_NUMBER, VirtualTable


def as_lazy_frame(rows: Rows) -> Any:
    """A `polars.LazyFrame` of the rows. Raises `InvalidOption` for rows without an end, `DatamimicError`
    (`missing_dependency`) without Polars."""
    try:
        import polars as installed
        from polars.io.plugins import register_io_source
    except ImportError:
        raise missing_driver("polars", "datamimic-databases[polars]") from None
    polars: Any = installed
    table = VirtualTable(rows)

    def source(columns: list[str] | None, predicate: Any, limit: int | None, batch_rows: int | None) -> Iterator[Any]:
        wanted = table.schema.names if columns is None else columns
        needed, conditions = set(wanted), []
        if predicate is not None:
            predicate = _lasting(polars, predicate)
        if predicate is not None:
            needed |= set(predicate.meta.root_names())
            conditions = list(of_polars(predicate))
        left = limit
        for batch in table.batches(needed or {ROW_NUMBER}, conditions):
            frame = polars.from_arrow(batch)
            if predicate is not None:
                frame = frame.filter(predicate)
            if left is not None:
                frame = frame.head(left)
                left -= len(frame)
            yield frame.select(wanted)
            if left == 0:
                return

    return register_io_source(source, schema=polars.from_arrow(table.schema.empty_table()).schema, is_pure=True)


def _lasting(polars: Any, predicate: Any) -> Any:
    """The predicate without the hints that Polars adds for its own pruning and that no source can evaluate; None where
    nothing else is in it."""
    tree = json.loads(predicate.meta.serialize(format="json"))
    stripped = _without_hints(tree)
    if stripped == tree:
        return predicate
    return None if stripped is None else polars.Expr.deserialize(json.dumps(stripped).encode(), format="json")


def _without_hints(tree: Any) -> Any:
    if isinstance(tree, dict) and tree.get("BinaryExpr", {}).get("op") == "And":
        node = tree["BinaryExpr"]
        left, right = _without_hints(node["left"]), _without_hints(node["right"])
        if left is None or right is None:
            return right if left is None else left
        return {"BinaryExpr": {**node, "left": left, "right": right}}
    shown = tree.get("Display") if isinstance(tree, dict) else None
    hint = isinstance(shown, dict) and str(shown.get("fmt_str", "")).startswith("dynamic_pred")
    return None if hint else tree
