"""What a type of SQLAlchemy holds."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator, TypeEngine

from datamimic_models.model import ColumnType
from datamimic_models.schemas.schema import Dialect
from datamimic_models.schemas.types import column_type


def type_of(kind: TypeEngine[Any], native: str, dialect: Dialect) -> tuple[ColumnType, bool]:
    """(what it holds, whether the type is known); `native` is the type as the dialect writes it, "" where it cannot."""
    if isinstance(kind, sa.Interval):  # a decorator of moments, for databases without a type of durations
        return ColumnType("duration"), True
    if isinstance(kind, TypeDecorator):
        return type_of(kind.impl_instance, native, dialect)
    if isinstance(kind, sa.ARRAY):
        item, known = type_of(kind.item_type, native.replace("[]", ""), dialect)
        for _ in range(kind.dimensions or 1):
            item = ColumnType("list", item=item)
        return item, known
    if isinstance(kind, sa.Enum):
        return ColumnType("str", choices=tuple(map(str, kind.enums))), True
    found = _of_class(kind)
    if found is not None:
        return found, True
    return column_type(native, dialect) if native else (ColumnType("str"), False)


def _of_class(kind: TypeEngine[Any]) -> ColumnType | None:
    """By the class that says it, whatever the dialect."""
    match kind:
        case sa.Boolean():
            return ColumnType("bool")
        case sa.Integer():
            bits = 16 if isinstance(kind, sa.SmallInteger) else 64 if isinstance(kind, sa.BigInteger) else 32
            return ColumnType("int", bits=bits, signed=not getattr(kind, "unsigned", False))
        case sa.Float():
            return ColumnType("float")
        case sa.Numeric() if kind.precision is None:
            return ColumnType("decimal")
        case sa.Numeric():
            return ColumnType("decimal", precision=kind.precision, scale=kind.scale or 0)
        case sa.String():
            return ColumnType("str", length=kind.length, fixed=kind.__visit_name__ in ("CHAR", "NCHAR"))
        case sa.LargeBinary() | sa.BINARY() | sa.VARBINARY():
            return ColumnType("bytes", length=getattr(kind, "length", None))
        case sa.DateTime():
            return ColumnType("datetime", zone="UTC" if kind.timezone else None)
        case sa.Date():
            return ColumnType("date")
        case sa.Time():
            return ColumnType("time")
        case sa.Uuid():
            return ColumnType("uuid")
        case sa.JSON():
            return ColumnType("json")
    return None
