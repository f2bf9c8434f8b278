"""What a type of a dialect holds."""

from __future__ import annotations

import re
from typing import Final

from datamimic_models.model import ColumnType
from datamimic_models.schemas.schema import Dialect

_INT16, _INT32, _INT64 = (ColumnType("int", bits=bits) for bits in (16, 32, 64))
_TEXT, _FLOAT, _JSON, _BYTES = (ColumnType(name) for name in ("str", "float", "json", "bytes"))
_LOCAL, _UTC = ColumnType("datetime"), ColumnType("datetime", zone="UTC")

COMMON: Final[dict[str, ColumnType]] = {
    "smallint": _INT16, "int2": _INT16, "smallserial": _INT16, "serial2": _INT16,
    "int": _INT32, "integer": _INT32, "int4": _INT32, "serial": _INT32, "serial4": _INT32, "mediumint": _INT32,
    "bigint": _INT64, "int8": _INT64, "bigserial": _INT64, "serial8": _INT64, "oid": ColumnType("int", bits=32),
    "tinyint": ColumnType("int", bits=8),
    "real": _FLOAT, "float": _FLOAT, "float4": _FLOAT, "float8": _FLOAT, "double": _FLOAT, "double precision": _FLOAT,
    "decimal": ColumnType("decimal"), "numeric": ColumnType("decimal"), "dec": ColumnType("decimal"),
    "fixed": ColumnType("decimal"), "number": ColumnType("decimal"),
    "money": ColumnType("decimal", precision=17, scale=2),
    "boolean": ColumnType("bool"), "bool": ColumnType("bool"),
    "text": _TEXT, "citext": _TEXT, "name": ColumnType("str", length=63), "clob": _TEXT, "string": _TEXT, "xml": _TEXT,
    "character varying": _TEXT, "varchar": _TEXT, "varchar2": _TEXT, "nvarchar": _TEXT, "national varchar": _TEXT,
    "char varying": _TEXT, "character": _TEXT, "char": _TEXT, "nchar": _TEXT, "bpchar": _TEXT, "native character": _TEXT,
    "varying character": _TEXT, "tsvector": _TEXT, "tsquery": _TEXT,
    "tinytext": ColumnType("str", length=63), "mediumtext": _TEXT, "longtext": _TEXT,
    "bytea": _BYTES, "blob": _BYTES, "tinyblob": ColumnType("bytes", length=255), "mediumblob": _BYTES,
    "longblob": _BYTES, "binary": _BYTES, "varbinary": _BYTES,
    "date": ColumnType("date"),
    "time": ColumnType("time"), "time without time zone": ColumnType("time"), "time with time zone": ColumnType("time"),
    "timetz": ColumnType("time"),
    "timestamp": _LOCAL, "timestamp without time zone": _LOCAL, "datetime": _LOCAL, "datetime2": _LOCAL,
    "timestamp with time zone": _UTC, "timestamptz": _UTC,
    "interval": ColumnType("duration"),
    "uuid": ColumnType("uuid"),
    "json": _JSON, "jsonb": _JSON,
}  # fmt: skip
"""Of all dialects; a name that is not here is one of the database's own, and taken as text."""

_OWN: Final = (
    "inet cidr macaddr macaddr8 bit varbit hstore ltree int4range int8range numrange tsrange tstzrange daterange "
    "int4multirange int8multirange nummultirange tsmultirange tstzmultirange datemultirange point line lseg box path polygon "
    "circle regclass pg_lsn"
)
OWN: Final = tuple(_OWN.split())
"""Types of PostgreSQL alone: a model has them as text."""
ALSO: Final[dict[Dialect, dict[str, ColumnType]]] = {
    "postgres": {
        **dict.fromkeys(OWN, _TEXT), "bit varying": _TEXT,
        "char": ColumnType("str", length=1, fixed=True), "character": ColumnType("str", length=1, fixed=True),
    },
    "mysql": {
        "timestamp": _UTC, "year": _INT16, "bit": ColumnType("int", bits=64, signed=False),
        "decimal": ColumnType("decimal", precision=10, scale=0), "numeric": ColumnType("decimal", precision=10, scale=0),
        "char": ColumnType("str", length=1), "text": ColumnType("str", length=16_383),
        "blob": ColumnType("bytes", length=65_535),
        "inet6": ColumnType("str", length=39), "inet4": ColumnType("str", length=15),
    },
    "sqlite": {"int": _INT64, "integer": _INT64},
}  # fmt: skip
_SHAPE = re.compile(
    r"^(?P<name>[^(\[]+)(?:\((?P<inside>.*?)\)(?P<rest>[^()\[\]]*))?(?P<array>(?:\[\s*\d*\s*\]\s*)*)$", re.S
)
_QUALIFIED = re.compile(r"^(?:[\w$]+|\"[^\"]+\")\.")
_STRING = re.compile(r"'((?:[^']|'')*)'")
_LENGTHS = ("char", "clob", "text", "string", "name")


def column_type(native: str, dialect: Dialect) -> tuple[ColumnType, bool]:
    """(what it holds, whether the type is known). Types that are not known hold text."""
    text = " ".join(native.split())
    shape = _SHAPE.match(text)
    if shape is None:
        return _TEXT, dialect == "sqlite" and not text
    name, inside, rest = shape["name"].lower().strip(), shape["inside"], (shape["rest"] or "").lower().strip()
    if shape["array"] or name.startswith("_") or rest == "array" or name.endswith(" array"):
        item = (
            text[: len(text) - len(shape["array"])].strip() if shape["array"] else re.sub(r"(?i)^_|\s+array$", "", text)
        )
        inner, known = column_type(item, dialect)
        return ColumnType("list", item=inner), known
    if name in ("enum", "set") and inside is not None:
        choices = tuple(each.replace("''", "'") for each in _STRING.findall(inside))
        return ColumnType("str", choices=choices), True
    name = _QUALIFIED.sub("", name) if name.startswith(("pg_catalog.", "public.", "extensions.")) else name
    words = name.split()
    signed = "unsigned" not in words and "unsigned" not in rest
    words = [each for each in words if each not in ("unsigned", "signed", "zerofill")]
    name = " ".join(words)
    if rest.startswith(("with time zone", "without time zone", "varying")):
        name = f"{name} {rest}"
    if dialect == "sqlite" and name.endswith("sub_type text"):
        name = "text"
    found = ALSO[dialect].get(name) or COMMON.get(name) or COMMON.get(name.split(" character set ")[0])
    if found is None and dialect == "sqlite":
        return _affinity(name), True
    if found is None:
        return _TEXT, False
    return _sized(found, name, inside, signed, dialect), True


def _sized(found: ColumnType, name: str, inside: str | None, signed: bool, dialect: Dialect) -> ColumnType:
    numbers = [int(each) for each in re.findall(r"\d+", inside or "")]
    if found.name == "int":
        if name == "tinyint" and numbers == [1] and dialect == "mysql":
            return ColumnType("bool")
        if name == "number" or signed:
            return found
        return ColumnType("int", bits=found.bits, signed=False)
    if found.name == "decimal" and numbers:
        return ColumnType("decimal", precision=numbers[0], scale=numbers[1] if len(numbers) > 1 else 0)
    if found.name == "str" and numbers and any(part in name for part in _LENGTHS):
        fixed = "var" not in name and "text" not in name and dialect != "sqlite"
        return ColumnType("str", length=numbers[0], fixed=fixed and dialect == "postgres")
    if found.name == "bytes" and numbers:
        return ColumnType("bytes", length=numbers[0])
    return found


def _affinity(name: str) -> ColumnType:
    """SQLite takes any word for a type; what it means follows https://www.sqlite.org/datatype3.html."""
    if "int" in name:
        return _INT64
    if any(part in name for part in ("char", "clob", "text")):
        return _TEXT
    if "blob" in name:
        return _BYTES
    if any(part in name for part in ("real", "floa", "doub")):
        return _FLOAT
    return ColumnType("decimal") if name else _TEXT
