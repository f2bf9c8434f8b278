"""What an explanation may say, as far as replaying it computes with what it says."""

from __future__ import annotations

from typing import Any, Literal

import attrs
from attrs import frozen
from attrs.validators import and_, deep_iterable, ge, in_, le, max_len, min_len, optional

_LARGEST = (1 << 63) - 1
_row = and_(ge(0), le(_LARGEST))
_rows: Any = deep_iterable(_row)


@frozen(kw_only=True)
class Draw:
    """A draw has a label, bits and the key of its stream; a permutation a size and results."""

    kind: str = attrs.field(validator=in_(("draw", "permutation")))
    address: list[str] = attrs.field(validator=[min_len(3), max_len(16)])
    rows: list[int] = attrs.field(validator=_rows)
    label: str = ""
    bits: list[str] | None = None
    key: list[str] | None = None
    size: int | None = attrs.field(default=None, validator=optional(and_(ge(1), le(_LARGEST))))
    inverse: bool = False
    results: list[int] | None = None

    def __attrs_post_init__(self) -> None:
        if self.kind == "permutation" and (self.size is None or any(row >= self.size for row in self.rows)):
            raise ValueError("a permutation of another size")


@frozen(kw_only=True)
class TableRow:
    line: int = attrs.field(validator=ge(2))
    cells: dict[str, str]


@frozen(kw_only=True)
class TableRead:
    pack: str
    file: str
    rows: list[TableRow]


@frozen(kw_only=True)
class Node:
    field: str
    rows: list[int]
    values: Any
    draws: list[Draw]
    tables: list[TableRead]
    inputs: list[int]


@frozen(kw_only=True)
class Explanation:
    explanation_version: Literal[1]
    entity: str
    row: int = attrs.field(validator=_row)
    field: str
    value: Any
    world: dict[str, Any]
    roots: list[int]
    nodes: list[Node]
