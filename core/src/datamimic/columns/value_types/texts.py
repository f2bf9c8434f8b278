"""Text, and what is text in flight: UUIDs and values out of a fixed set."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, ClassVar
from uuid import UUID

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import field, frozen

from datamimic.columns.containers import Column
from datamimic.columns.text import Text
from datamimic.columns.value_types.value_type import ValueType
from datamimic.errors import DefinitionError, excerpt

_UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"


@frozen
class Str(ValueType):
    """Text: a `Text`, with nulls inside."""

    python: ClassVar[Any] = str
    name = "str"
    arrow = pa.string()
    schema: ClassVar[dict[str, Any]] = {"type": "string"}

    def conformed(self, column: Any, where: str) -> Any:
        if isinstance(column, Text):
            return column
        if isinstance(column, pa.Array | pa.ChunkedArray):
            return Text.plain(column)
        if isinstance(column, np.ndarray):
            return Text.of(column.tolist())
        raise self.unfit(column, where)

    def nulls(self, length: int) -> Column:
        # Plain, whatever the values would be: text that is coded can be written plain, and never the other way round.
        return Text.of([None] * length)

    def to_arrow(self, column: Any, target: pa.DataType | None = None) -> pa.Array:
        coded = column.is_coded if target is None else pa.types.is_dictionary(target)
        return column.dictionary() if coded else column.arrow()

    def from_arrow(self, array: pa.Array, where: str) -> Column:
        text = Text.plain(array.cast(pa.string()))
        return text.where(text != "") if self.nullable else text.fill("")

    def objects(self, column: Any) -> list[Any]:
        return column.tolist()

    def gathered(self, values: Sequence[Any], present: Any, where: str) -> Column:
        return Text.of(values)

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str)

    def misfit(self, value: Any, where: str) -> str | None:
        return None if type(value) is str else f"{where} is {value!r} ({type(value).__name__}), but declared {self}"

    def from_json(self, value: Any, path: str) -> Any:
        if not isinstance(value, str):
            raise self.not_this(value, path)
        return value


@frozen
class Uuid(Str):
    """UUIDs: their text of 36 small letters in flight and in Arrow, `uuid.UUID` in Python."""

    python: ClassVar[Any] = UUID
    name = "UUID"
    metadata: ClassVar[dict[str, str]] = {"datamimic.kind": "uuid"}
    schema: ClassVar[dict[str, Any]] = {"type": "string", "format": "uuid"}

    def made_by(self, made: ValueType) -> bool:
        return isinstance(made, Uuid | Str)

    def from_arrow(self, array: pa.Array, where: str) -> Column:
        if pa.types.is_fixed_size_binary(array.type) or pa.types.is_binary(array.type):
            return Text.of([None if value is None else str(UUID(bytes=value)) for value in array.to_pylist()])
        text = pc.utf8_lower(array.cast(pa.string()))
        text = pc.if_else(pc.equal(text, ""), pa.scalar(None, text.type), text)
        fits = pc.fill_null(pc.match_substring_regex(text, _UUID), True)
        if not pc.all(fits, min_count=0).as_py():
            raise ValueError(f"{excerpt(text.filter(pc.invert(fits))[0].as_py())} is no UUID")
        return Text.plain(text)

    def objects(self, column: Any) -> list[Any]:
        return [None if value is None else UUID(value) for value in column.tolist()]

    def gathered(self, values: Sequence[Any], present: Any, where: str) -> Column:
        return Text.of([None if value is None else str(value) for value in values])

    def accepts(self, value: Any) -> bool:
        return isinstance(value, UUID)

    def misfit(self, value: Any, where: str) -> str | None:
        return None if type(value) is UUID else f"{where} is {value!r}, but declared {self}"

    def to_json(self, value: Any) -> Any:
        return str(value)

    def from_json(self, value: Any, path: str) -> Any:
        if isinstance(value, UUID):
            return value
        try:
            return UUID(value)
        except (ValueError, AttributeError, TypeError):
            raise self.not_this(value, path) from None


@frozen
class Choice(ValueType):
    """Values out of a fixed set, an Enum or a Literal: in flight and in Arrow what their `base` is, text or whole numbers."""

    python: Any
    choices: Mapping[Any, Any] = field(eq=lambda choices: tuple(choices.items()))
    """What stands in the column -> the value in Python."""
    base: ValueType

    @property
    def name(self) -> str:
        return (
            self.python.__name__ if isinstance(self.python, type) else f"Literal[{', '.join(map(repr, self.choices))}]"
        )

    @property
    def arrow(self) -> pa.DataType:
        return self.base.arrow

    @property
    def metadata(self) -> dict[str, str]:
        return {"datamimic.kind": "choice", "datamimic.values": json.dumps([*self.choices], ensure_ascii=False)}

    @property
    def schema(self) -> dict[str, Any]:
        return {**self.base.schema, "enum": [*self.choices]}

    def made_by(self, made: ValueType) -> bool:
        return type(made) is type(self.base) or made.python is self.python

    def conformed(self, column: Any, where: str) -> Any:
        made = self.base.conformed(column, where)
        if isinstance(made, Text):
            fits = made.isin(self.choices) | made.is_null()
        else:
            fits = np.isin(np.ma.getdata(made), np.array([*self.choices], dtype=np.int64)) | np.ma.getmaskarray(made)
        if not fits.all():
            wrong = made.tolist()[int(np.argmin(fits))]
            raise DefinitionError(
                "wrong_type",
                f"{where} is declared {self}, but is {excerpt(wrong)} in some row",
                hint=f"one of {', '.join(map(repr, self.choices))}",
            )
        return made

    def nulls(self, length: int) -> Column:
        return self.base.nulls(length)

    def to_arrow(self, column: Any, target: pa.DataType | None = None) -> pa.Array:
        return self.base.to_arrow(column, target)

    def from_arrow(self, array: pa.Array, where: str) -> Column:
        # A table may say what the kind does not know; its checks tell.
        return (self.base.or_null() if self.nullable else self.base).from_arrow(array, where)

    def objects(self, column: Any) -> list[Any]:
        known = {None: None, **self.choices}
        return [known[value] for value in self.base.objects(column)]

    def gathered(self, values: Sequence[Any], present: Any, where: str) -> Column:
        return self.base.gathered([None if v is None else self.to_json(v) for v in values], present, where)

    def accepts(self, value: Any) -> bool:
        return value in self.choices.values() or (isinstance(value, str | int) and value in self.choices)

    def misfit(self, value: Any, where: str) -> str | None:
        fits = any(value is known or (type(value) is type(known) and value == known) for known in self.choices.values())
        return None if fits else f"{where} is {value!r}, but declared {self}"

    def to_json(self, value: Any) -> Any:
        return value.value if isinstance(value, Enum) else value

    def from_json(self, value: Any, path: str) -> Any:
        raw = self.to_json(value)
        if isinstance(raw, str) and raw not in self.choices:
            # Whole numbers of formats whose values are text.
            raw = self.base.from_json(raw, path)
        if not isinstance(raw, str | int) or isinstance(raw, bool) or raw not in self.choices:
            raise self.not_this(value, path)
        return self.choices[raw]


def choice_of(annotation: Any, values: Sequence[Any], base: ValueType) -> Choice:
    return Choice(annotation, {value.value if isinstance(value, Enum) else value: value for value in values}, base)
