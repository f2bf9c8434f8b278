"""Does a Python value fit the kind that its field's annotation declares?"""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from datamimic.columns.value_types import ValueType
from datamimic.model.spec import spec_of

_TYPES: dict[str, type] = {
    "int": int,
    "float": float,
    "bool": bool,
    "str": str,
    "date": date,
    "datetime": datetime,
    "decimal": Decimal,
    "bytes": bytes,
}


def misfit(value: Any, kind: ValueType, where: str, *, allow_nan: bool = False) -> str | None:
    """None when it fits, else a sentence that names the part that does not."""
    if value is None:
        return None if kind.nullable else f"{where} is None, but declared {kind}"
    if kind.shape == "scalar":
        assert kind.scalar is not None
        if type(value) is not _TYPES[kind.scalar]:
            return f"{where} is {value!r} ({type(value).__name__}), but declared {kind}"
        if isinstance(value, float) and not allow_nan and not math.isfinite(value):
            return f"{where} is {value!r}: numbers are finite"
        if isinstance(value, datetime) and value.utcoffset() is None:
            return f"{where} is {value!r}, which has no time zone"
        return None
    if kind.shape == "list":
        assert kind.item is not None
        if type(value) is not list:
            return f"{where} is a {type(value).__name__}, but declared {kind}"
        found = (
            misfit(item, kind.item, f"{where}[{number}]", allow_nan=allow_nan) for number, item in enumerate(value)
        )
        return next((sentence for sentence in found if sentence), None)
    if kind.shape == "map":
        fits = type(value) is dict and all(type(k) is str and type(v) is str for k, v in value.items())
        return None if fits else f"{where} is {value!r}, but declared {kind}"
    if not isinstance(value, kind.python):
        return f"{where} is a {type(value).__name__}, but declared {kind}"
    members = kind.members
    if kind.shape == "entity":
        members = {each.name: each.kind for each in spec_of(kind.python).columns if not each.is_relation}
    parts = ((name, part) for name, part in (members or {}).items() if kind.shape == "record" or name in vars(value))
    found = (misfit(getattr(value, name), part, f"{where}.{name}", allow_nan=allow_nan) for name, part in parts)
    return next((sentence for sentence in found if sentence), None)
