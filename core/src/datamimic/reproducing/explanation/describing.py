"""What an explanation says of generators and tables: names, files, lines, parameters, sources, rows."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

import numpy as np

from datamimic.columns import Text
from datamimic.engine.apportioned import Apportioned
from datamimic.engine.references import ParentRef
from datamimic.errors import DatamimicError
from datamimic.generators.row_rule import RowRule
from datamimic.model.generator import Generator, ParentGenerator, Rule
from datamimic.reproducing.explanation.recording import MOST_ROWS, Node, Recorder
from datamimic.tables.grouped import BAND
from datamimic.tables.table import Table

MOST_FITTING = 32
"""Rows of a table that are shown because they fit, where it is not known which were used."""


def how_made(generator: Generator[Any]) -> dict[str, Any]:
    """What makes a field: the function of a rule or the class of a generator, with file, line and parameters."""
    if isinstance(generator, Rule | RowRule):
        function = generator.function
        code = function.__code__
        kind = "row rule" if isinstance(generator, RowRule) else "rule"
        name = function.__qualname__.removeprefix("<locals>.")
        return {"kind": kind, "name": name, "file": code.co_filename, "line": code.co_firstlineno}
    cls = type(generator)
    made: dict[str, Any] = {"kind": "generator", "name": cls.__name__}
    made |= _written(cls)
    parameters = {name: _plain(value) for name, value in vars(generator).items() if not name.startswith("_")}
    made["parameters"] = {name: value for name, value in parameters.items() if value not in (None, [], {}, "")}
    by = getattr(generator, "by", None)
    if isinstance(by, Rule):
        made["by"] = how_made(by)
        made["parameters"].pop("by", None)
    return made


@lru_cache(maxsize=1_024)
def _written(cls: type) -> Mapping[str, Any]:
    """File and line of a class, for which its whole file is read; empty where it has none."""
    with suppress(OSError, TypeError):
        return {"file": inspect.getsourcefile(cls), "line": inspect.getsourcelines(cls)[1]}
    return {}


def _plain(value: Any) -> Any:
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, type):
        return value.__name__
    return str(getattr(value, "text", "")) or type(value).__name__


def fitting(recorder: Recorder, node: Node, table: Table) -> list[int]:
    """The rows of a table whose conditioning columns agree with the other fields of the node's row: what a rule that takes
    a table apart by itself can have used. Empty where no column bears the name of a field, or too many rows agree."""
    fits = np.ones(len(table), dtype=np.bool_)
    known = [other for other in recorder.nodes if other.batch is node.batch and other.spec.kind.shape == "scalar"]
    conditions = 0
    for other in known:
        value = _scalar(other.column)
        if value is None:
            continue
        if other.name in table:
            cells = table.columns[other.name]
            fits &= np.array([cell in (value, "any", "") for cell in cells])
            conditions += 1
        elif f"{other.name}{BAND}" in table and value.lstrip("-").replace(".", "", 1).isdigit():
            starts = table.floats(f"{other.name}{BAND}")
            reached = starts[starts <= float(value)]
            fits &= starts == (reached.max() if len(reached) else np.nan)
            conditions += 1
    found: list[int] = np.flatnonzero(fits).tolist() if conditions else []
    return found if len(found) <= MOST_FITTING else []


def _dealt(node: Node, table: Table) -> list[int]:
    """The rows of a table whose weights were dealt out exactly, for the value or the number of children that came of it."""
    generator = node.spec.generator
    if isinstance(generator, Apportioned) and generator.value_column in table and isinstance(node.column, Text):
        values = set(node.column.tolist())
        return [row for row, cell in enumerate(table.columns[generator.value_column]) if cell in values][:MOST_FITTING]
    if isinstance(generator, ParentGenerator) and isinstance(node.column, ParentRef) and "count" in table:
        counts = set(node.column.count.tolist())
        return np.flatnonzero(np.isin(table.ints("count"), list(counts))).tolist()
    return []


def _scalar(column: Any) -> str | None:
    """The value of a column of one row as a table cell has it."""
    if isinstance(column, Text):
        return column.tolist()[0] if len(column) == 1 else None
    if isinstance(column, np.ndarray) and column.shape == (1,) and column.dtype.kind in "iufb":
        value = column[0]
        return None if value is np.ma.masked else str(value.item()).lower()
    return None


def table_entry(recorder: Recorder, node: Node, entry: dict[str, Any]) -> dict[str, Any]:
    """A table that was read, as an explanation shows it: where it comes from, and the rows with their lines in the file."""
    table: Table = entry["table"]
    pack = recorder.pack_of(table)
    made: dict[str, Any] = {"pack": pack, "file": table.file, "how": entry["how"]}
    try:
        info = recorder.world.shelf(pack).catalog.get(table.file.removesuffix(".csv")) if pack else None
    except DatamimicError:
        info = None
    if info is not None:
        made["source"] = {
            "source": info.source,
            "url": info.url,
            "licence": info.licence,
            "date": info.date,
            "grade": info.grade,
            "method": info.method,
            "sha256": info.sha256,
        }
    names = list(table.columns)
    rows = sorted(entry["rows"])[:MOST_ROWS]
    if not rows and not entry["count"]:
        rows, how = _dealt(node, table), "dealt in exact shares"
        if not rows:
            rows, how = fitting(recorder, node, table), "asked for; the rows that fit"
        entry["count"] = len(rows)
        rows = rows[:MOST_ROWS]
        if rows:
            made["how"] = [how]
    made["rows"] = [{"line": row + 2, "cells": {name: table.columns[name][row] for name in names}} for row in rows]
    made["count"] = max(len(entry["rows"]), entry["count"])
    return made
