"""Texts of types that only a database has, as it reads them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import numpy as np

from datamimic import Draw
from datamimic_models.model import ColumnType
from datamimic_models.schemas.schema import SqlColumn
from datamimic_models.solving.axes import DAY, SECOND, Ints, axis_of
from datamimic_models.solving.made import Objects
from datamimic_models.solving.texts import texts_of
from datamimic_models.solving.ticks import taste
from datamimic_models.solving.values import Values, of_type
from datamimic_models.solving.wording import made_texts, words

_FREE: Final = Values()
_USUAL_BYTES: Final = 16
_RANGES: Final = {
    "int4range": ColumnType("int", bits=32), "int8range": ColumnType("int", bits=64), "numrange": ColumnType("decimal"),
    "daterange": ColumnType("date"), "tsrange": ColumnType("datetime"), "tstzrange": ColumnType("datetime", zone="UTC"),
}  # fmt: skip


def base_name(native: str) -> str:
    """The type without its length, in lower case, without `pg_catalog`."""
    return re.sub(r"\(.*?\)", "", native).strip().lower().removeprefix("pg_catalog.").strip()


def is_range(column: SqlColumn) -> bool:
    return base_name(column.native) in _RANGES


def native_texts(column: SqlColumn, draw: Draw) -> Objects | None:
    """One text per row; None for columns that are plain text, numbers or times."""
    name = base_name(column.native)
    maker = _MAKERS.get(column.type.name) or _MAKERS.get(name)
    if column.type.name == "list":
        return _lists(column, draw)
    if column.type.name == "struct":
        return _records(column, draw)
    if name in _RANGES:
        return ranges(column, None, draw)
    if maker is None:
        return None
    said = re.search(r"\((\d+)\)", column.native)
    length = int(said[1]) if said else column.type.length or 0
    if column.type.name == "bytes" and not column.type.fixed:
        length = min(length or _USUAL_BYTES, _USUAL_BYTES)
    return np.array([maker(int(bits), length) for bits in draw.bits("native")], dtype=object)


def numbered_texts(column: SqlColumn, numbers: Ints) -> Objects:
    """Another text for every number, of addresses: below 2**24, of `macaddr` below 2**40."""
    maker = _MAKERS[base_name(column.native)]
    shift = 16 if base_name(column.native) == "macaddr" else 8
    return np.array([maker(number << shift, 0) for number in numbers.tolist()], dtype=object)


def ranges(
    column: SqlColumn, starts: Ints | None, draw: Draw, within: tuple[Values, Values] = (_FREE, _FREE)
) -> Objects:
    """Ranges that begin at these ticks, or anywhere `within` what their ends may be; those that begin at `slots` times their
    own number never overlap."""
    kind = range_kind(column)
    axis = axis_of(kind)
    assert axis is not None
    lower, upper = within
    least = of_type(kind, nullable=False).low if lower.low is None else lower.low
    first, last = taste(axis, lower)
    if lower.low is not None:
        first = max(first, lower.low)
    high = min(each for each in (lower.high, upper.high, last) if each is not None)
    slot = min(range_slot(column), max(1, high - max(first, least or first)))
    begin = draw.integers(first, max(first, high - slot), "begin") if starts is None else starts
    if axis.step > 1 and slot > axis.step:
        begin = np.maximum(begin - begin % axis.step, first)
    step = axis.step if slot > axis.step else 1
    length = draw.integers(1, max(1, slot // step), "length") * step
    texts = texts_of(begin, axis), texts_of(begin + length, axis)
    found: Objects = np.array([f"[{a},{b})" for a, b in zip(*texts, strict=True)], dtype=object)
    return found


def range_kind(column: SqlColumn) -> ColumnType:
    """What the ends of the ranges are."""
    return _RANGES[base_name(column.native)]


def range_slot(column: SqlColumn) -> int:
    """How many ticks a range takes up at most."""
    return {"daterange": 7, "tsrange": 4 * 3600 * SECOND, "tstzrange": 4 * 3600 * SECOND, "numrange": 100_000}.get(
        base_name(column.native), 10
    )


def range_start(column: SqlColumn) -> int:
    """Where ranges that must not overlap begin."""
    kind = range_kind(column)
    axis = axis_of(kind)
    assert axis is not None
    first = taste(axis, of_type(kind, nullable=False))[0]
    return first - first % DAY if axis.kind == "datetime" else first


def _lists(column: SqlColumn, draw: Draw) -> Objects:
    item = column.type.item or ColumnType("str")
    lengths = draw.integers(0, 3, "length")
    found = []
    for row, count in enumerate(lengths):
        bits = [int(each) for each in draw.take(np.array([row])).items(np.array([count]), "items").bits("item")]
        found.append("{" + ",".join(_quoted(each) for each in _parts(item, bits)) + "}")
    result: Objects = np.array(found, dtype=object)
    return result


def _records(column: SqlColumn, draw: Draw) -> Objects:
    """Records of a composite type, a text per member."""
    members = [_parts(kind, [int(each) for each in draw.bits(f"member {name}")]) for name, kind in column.type.members]
    found: Objects = np.empty(len(draw), dtype=object)
    found[:] = ["(" + ",".join(map(_quoted, each)) + ")" for each in zip(*members, strict=True)]
    return found


def _quoted(part: str) -> str:
    return '"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _parts(kind: ColumnType, bits: list[int]) -> list[str]:
    """What stands in a list or record: a text of the type for each of the random bits."""
    axis = axis_of(kind)
    if axis is not None:
        low, high = taste(axis, of_type(kind, nullable=False))
        return list(texts_of(np.array([low + each % (high - low + 1) for each in bits], dtype=np.int64), axis))
    if kind.choices:
        return [kind.choices[each % len(kind.choices)] for each in bits]
    if kind.name == "struct":
        inner = [_parts(each, [_mix(bit + at) for bit in bits]) for at, (_, each) in enumerate(kind.members)]
        return ["(" + ",".join(map(_quoted, each)) + ")" for each in zip(*inner, strict=True)]
    maker = _MAKERS.get(kind.name)
    if maker is not None:
        return [maker(each, 0) for each in bits]
    return list(made_texts(of_type(kind, nullable=False), np.array(bits, dtype=np.uint64)))


def _mix(bits: int) -> int:
    return (bits * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) % (1 << 64)


def _uuid(bits: int, _: int) -> str:
    text = f"{bits:016x}{_mix(bits):016x}"
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{'89ab'[bits % 4]}{text[17:20]}-{text[20:32]}"


def _inet(bits: int, _: int) -> str:
    return f"10.{bits >> 8 & 255}.{bits >> 16 & 255}.{bits >> 24 & 255}"


def _mac(bits: int, _: int) -> str:
    text = f"{bits >> 16 & 0xFFFFFFFFFF:010x}"
    return "02:" + ":".join(text[at : at + 2] for at in range(0, 10, 2))


def _bits(bits: int, length: int) -> str:
    return "".join(str(_mix(bits + at) >> 63) for at in range(max(1, min(length or 1, 4_096))))


def _document(bits: int, _: int) -> str:
    return f'{{"name": "{words(bits >> 2, _FREE)}", "count": {bits % 100}, "active": {"true" if bits >> 60 & 1 else "false"}}}'


def _vector(bits: int, _: int) -> str:
    return words(bits >> 2, _FREE).lower()


def _point(bits: int) -> str:
    return f"({bits % 1000 / 10},{bits // 1000 % 1000 / 10})"


def _plane(kind: str, bits: int, points: int) -> str:
    """Well-known text, as databases with geometry read it."""
    said = (f"{(bits + at) % 1000 / 10} {_mix(bits + at) % 1000 / 10}" for at in range(points))
    return f"{kind}({', '.join(said)})"


def _bytes(bits: int, length: int) -> str:
    text, last = "", bits
    while len(text) < 2 * length:
        text, last = f"{text}{last:016x}", _mix(last)
    return text[: 2 * length]


_MAKERS: Final[dict[str, Callable[[int, int], str]]] = {
    "uuid": _uuid, "json": _document, "bytes": _bytes,
    "inet": _inet, "inet4": _inet, "inet6": lambda bits, _: f"fd00::{bits & 0xFFFF:x}:{bits >> 16 & 0xFFFF:x}",
    "cidr": lambda bits, _: f"10.{bits >> 8 & 255}.{bits >> 16 & 255}.0/24",
    "macaddr": _mac, "macaddr8": lambda bits, _: "02:00:" + _mac(bits, 0)[3:] + ":01",
    "bit": _bits, "varbit": _bits, "bit varying": _bits,
    "tsvector": _vector, "tsquery": lambda bits, _: words(bits >> 2, _FREE).split()[0].lower(),
    "xml": lambda bits, _: f"<note>{words(bits >> 2, _FREE)}</note>",
    "point": lambda bits, _: _point(bits), "box": lambda bits, _: f"{_point(bits)},{_point(_mix(bits))}",
    "lseg": lambda bits, _: f"[{_point(bits)},{_point(_mix(bits))}]",
    "circle": lambda bits, _: f"<{_point(bits)},{1 + bits % 9}>",
    "path": lambda bits, _: f"[{_point(bits)},{_point(_mix(bits))},{_point(_mix(bits + 1))}]",
    "polygon": lambda bits, _: f"({_point(bits)},{_point(_mix(bits))},{_point(_mix(bits + 1))})",
    "line": lambda bits, _: f"{{{1 + bits % 9},{bits // 9 % 9},{bits // 81 % 99}}}",
    "geometry": lambda bits, _: _plane("POINT", bits, 1), "linestring": lambda bits, _: _plane("LINESTRING", bits, 3),
    "multipoint": lambda bits, _: _plane("MULTIPOINT", bits, 2),
    "hstore": lambda bits, _: f'"{words(bits >> 2, _FREE).split()[0]}"=>"{bits % 100}"',
    "ltree": lambda bits, _: words(bits >> 2, _FREE).replace(" ", ".").lower(),
}  # fmt: skip
"""By type of the model, or by the database's name for it."""
