"""What a column holds, as a model says it: the same in every language."""

from __future__ import annotations

from typing import Final, Literal, get_args

from attrs import field, frozen
from attrs.validators import in_, optional

TypeName = Literal[
    "int",
    "str",
    "float",
    "bool",
    "date",
    "datetime",
    "time",
    "duration",
    "decimal",
    "uuid",
    "bytes",
    "json",
    "list",
    "struct",
]
TYPE_NAMES: Final[tuple[str, ...]] = get_args(TypeName)


@frozen
class ColumnType:
    """The type of a column. What does not apply to the `name` is None.

    int       `bits` 8, 16, 32 or 64, `signed` or not
    decimal   `precision` digits, `scale` of them after the point
    str       at most `length` characters; `fixed` where shorter ones are padded; only `choices`, where there are any
    datetime  `zone` is an IANA name where moments have one (stored in UTC), None for local moments without a zone
    bytes     at most `length` bytes
    json      a document, stored as text
    list      of `item`s; `length` where it is the same for all
    struct    `members`, by name

    `nullable` says of an item or a member that it may be null; of a column the column says it.
    """

    name: TypeName = field(validator=in_(TYPE_NAMES))
    bits: int | None = field(default=None, validator=optional(in_((8, 16, 32, 64))))
    signed: bool = True
    precision: int | None = None
    scale: int | None = None
    length: int | None = None
    fixed: bool = False
    choices: tuple[str, ...] = ()
    zone: str | None = None
    item: ColumnType | None = None
    members: tuple[tuple[str, ColumnType], ...] = ()
    nullable: bool = False

    def __str__(self) -> str:
        if self.name == "decimal" and self.precision is not None:
            return f"decimal({self.precision},{self.scale or 0})"
        if self.name in ("str", "bytes") and self.length is not None:
            return f"{self.name}({self.length})"
        if self.name == "list" and self.item is not None:
            return f"list[{self.item}]"
        return self.name
