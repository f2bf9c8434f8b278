"""Types of columns as texts: `int`, `str(20)`, `decimal(10,2)`, `datetime(Europe/Berlin)`, `list[int]`."""

from __future__ import annotations

import re
from typing import Final, cast

from attrs import evolve

from datamimic_models.model import ColumnType
from datamimic_models.model.types import TYPE_NAMES, TypeName

_FORM: Final = re.compile(r"(?P<name>[A-Za-z_][A-Za-z0-9_ ]*?)\s*(?:\(\s*(?P<said>[^()]*?)\s*\))?")
_LIST: Final = re.compile(r"(?:list|array)\s*\[(?P<item>.+)\](?:\((?P<length>\d{1,6})\))?", re.IGNORECASE)
_SIZES: Final = {f"{sign}int{bits}": (bits, not sign) for sign in ("", "u") for bits in (8, 16, 32, 64)}
OTHER_NAMES: Final = {
    "integer": "int",
    "number": "float",
    "bigint": "int64",
    "smallint": "int16",
    "string": "str",
    "text": "str",
    "varchar": "str",
    "character varying": "str",
    "char": "str",
    "double": "float",
    "double precision": "float",
    "real": "float",
    "boolean": "bool",
    "timestamp": "datetime",
    "timestamptz": "datetime",
    "date_time": "datetime",
    "interval": "duration",
    "timedelta": "duration",
    "numeric": "decimal",
    "money": "decimal",
    "guid": "uuid",
    "binary": "bytes",
    "blob": "bytes",
    "object": "json",
    "jsonb": "json",
    "dict": "json",
    "array": "list",
}
KNOWN: Final = (*TYPE_NAMES, *_SIZES, *OTHER_NAMES)


def type_of(text: str, depth: int = 0) -> ColumnType | None:
    """None for what is no type. A question mark at the end says that an item or a member may be null."""
    if text.rstrip().endswith("?"):
        made = type_of(text.rstrip()[:-1], depth)
        return None if made is None or made.nullable else evolve(made, nullable=True)
    listed = _LIST.fullmatch(text.strip())
    if listed is not None and depth < 8:
        item = type_of(listed["item"], depth + 1)
        return (
            None
            if item is None
            else ColumnType("list", item=item, length=int(listed["length"]) if listed["length"] else None)
        )
    match = _FORM.fullmatch(text.strip())
    if match is None:
        return None
    said, written = match["said"], " ".join(match["name"].casefold().split())
    name = OTHER_NAMES.get(written, written)
    if name in _SIZES:
        bits, signed = _SIZES[name]
        return ColumnType("int", bits=bits, signed=signed) if said is None else None
    if name not in TYPE_NAMES:
        return None
    if name == "list":
        return ColumnType("list", item=ColumnType("str")) if said is None else None
    if said is None:
        return ColumnType(cast("TypeName", name))
    return _with(name, said, fixed=written == "char")


def _with(name: str, said: str, *, fixed: bool) -> ColumnType | None:
    if name == "datetime":
        return ColumnType("datetime", zone=said)
    numbers = [each.strip() for each in said.split(",")]
    if not all(each.isdigit() and each.isascii() and len(each) < 7 for each in numbers):
        return None
    values = [int(each) for each in numbers]
    if name == "decimal" and len(values) <= 2:
        precision, scale = values[0], values[1] if len(values) == 2 else 0
        return (
            ColumnType("decimal", precision=precision, scale=scale)
            if 0 < precision <= 38 and scale <= precision
            else None
        )
    if name == "str" and len(values) == 1:
        return ColumnType("str", length=values[0], fixed=fixed)
    return ColumnType("bytes", length=values[0]) if name == "bytes" and len(values) == 1 else None


def text_of(kind: ColumnType) -> str | None:
    """The text that is this type; None for one that no text says."""
    if kind.name == "int" and kind.bits is not None:
        made = f"{'' if kind.signed else 'u'}int{kind.bits}"
    elif kind.name == "decimal" and kind.precision is not None:
        made = f"decimal({kind.precision},{kind.scale or 0})"
    elif kind.name in ("str", "bytes") and kind.length is not None:
        made = f"{'char' if kind.fixed else kind.name}({kind.length})"
    elif kind.name == "datetime" and kind.zone is not None:
        made = f"datetime({kind.zone})"
    elif kind.name == "list" and kind.item is not None:
        item = text_of(kind.item)
        made = f"list[{item}]" + (f"({kind.length})" if kind.length is not None else "") if item else ""
    else:
        made = kind.name
    made = f"{made}?" if made and kind.nullable else made
    return made if made and type_of(made) == kind else None
