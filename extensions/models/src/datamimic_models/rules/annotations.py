"""The annotation of a column's type, as fields of entities have it."""

from __future__ import annotations

import keyword
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any
from uuid import UUID

from datamimic import decimals, record, unsigned, zone
from datamimic_models.model import ColumnType

_PLAIN: dict[str, Any] = {
    "int": int,
    "str": str,
    "float": float,
    "bool": bool,
    "date": date,
    "datetime": datetime,
    "time": time,
    "duration": timedelta,
    "uuid": UUID,
    "bytes": bytes,
    "json": str,
}
_MOST_DIGITS = 18
_USUAL_DIGITS = 15
_USUAL_SCALE = 2


def annotation_of(kind: ColumnType, nullable: bool = False) -> Any:
    """What a field of this type is annotated with, `… | None` where it may be null."""
    made = _never_null(kind)
    return made | None if nullable else made


def scale_of(kind: ColumnType) -> int:
    """How many decimals a decimal has."""
    if kind.scale is not None:
        return min(kind.scale, _MOST_DIGITS)
    return _USUAL_SCALE if kind.precision is None else 0


def _annotation(kind: ColumnType) -> Any:
    made = _never_null(kind)
    return made | None if kind.nullable else made


def _never_null(kind: ColumnType) -> Any:
    if kind.name == "decimal":
        scale = scale_of(kind)
        precision = _USUAL_DIGITS if kind.precision is None else min(kind.precision, _MOST_DIGITS)
        return Annotated[Decimal, decimals(scale, max(precision, scale, 1))]
    if kind.name == "int" and kind.bits == 64 and not kind.signed:
        return Annotated[int, unsigned()]
    if kind.name == "datetime" and kind.zone:
        return Annotated[datetime, zone(kind.zone)]
    if kind.name == "list":
        return list[_annotation(kind.item or ColumnType("str"))]  # type: ignore[misc]
    if kind.name == "struct":
        return _record(kind.members)
    return _PLAIN[kind.name]


@lru_cache(maxsize=1024)
def _record(members: tuple[tuple[str, ColumnType], ...]) -> Any:
    """A record class; its attributes have the members' names, which must be names in Python as well."""
    for name, _ in members:
        if not name.isidentifier() or keyword.iskeyword(name) or name.startswith("_"):
            raise ValueError(f"{name!r} cannot be the name of a member")
    annotations = {name: _annotation(kind) for name, kind in members}
    return record(type("Record", (), {"__annotations__": annotations, "__module__": __name__}))
