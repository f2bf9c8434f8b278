"""What tables hold already."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import sqlalchemy as sa

from datamimic_models.filling.asking import quote, rows
from datamimic_models.filling.tables import FilledTable
from datamimic_models.solving.axes import Axis, days, micros, micros_of, parse_moment
from datamimic_models.solving.made import Made


def named(connection: sa.Connection, table: FilledTable) -> str:
    """The table as SQL of the database names it."""
    parts = [table.sql.schema, table.sql.name] if table.sql.schema else [table.sql.name]
    return ".".join(quote(connection, part) for part in parts if part)


def count_rows(connection: sa.Connection, table: FilledTable) -> int:
    [(count,)] = rows(connection, f"SELECT count(*) FROM {named(connection, table)}")
    return int(count)


def read_columns(connection: sa.Connection, table: FilledTable, columns: list[str]) -> dict[str, Made]:
    """These columns of all rows, in the order of the primary key."""
    if not columns:
        return {}
    listed = ", ".join(quote(connection, name) for name in columns)
    order = ", ".join(quote(connection, name) for name in table.sql.primary_key or tuple(columns))
    query = f"SELECT {listed} FROM {named(connection, table)} ORDER BY {order}"
    found = rows(connection, query)
    return {name: made_of_values([row[at] for row in found], table.axes.get(name)) for at, name in enumerate(columns)}


def made_of_values(values: list[Any], axis: Axis | None) -> Made:
    """What a database gives, as a column."""
    null = np.array([each is None for each in values], dtype=np.bool_)
    if axis is None:
        return Made(np.array([_text(each) for each in values], dtype=object), null)
    if axis.unit == 1 and all(each is None or type(each) is int for each in values):
        return Made(np.array([0 if each is None else each for each in values], dtype=np.int64), null)
    return Made(np.array([0 if each is None else _tick(each, axis) for each in values], dtype=np.int64), null)


def _text(value: Any) -> str:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    return "" if value is None else str(value)


def _tick(value: Any, axis: Axis) -> int:
    """Rounded, where the database has finer ones, or what it holds is no number."""
    if isinstance(value, datetime):
        moment = micros(value if value.tzinfo else value.replace(tzinfo=UTC))
    elif isinstance(value, date):
        return days(value) if axis.kind == "date" else days(value) * 86_400_000_000
    elif isinstance(value, time):
        moment = micros_of(
            timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
        )
    elif isinstance(value, timedelta):
        moment = micros_of(value)
    elif isinstance(value, bool | int | float | Decimal):
        return int(axis.ticks(value)) if value == value and abs(float(value)) < 1e18 else 0  # NaN and infinity
    else:
        found = parse_moment(str(value)) if axis.temporal else None
        moment = found or 0
    return moment if axis.unit == 1 else int(axis.ticks(moment))
