"""What a kind of value is, whichever it is: the one place that describes it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, Self

import numpy as np
import pyarrow as pa
from attrs import evolve, field, frozen

from datamimic.columns.containers import Column
from datamimic.errors import DefinitionError, excerpt

Shape = Literal["scalar", "list", "map", "record", "entity"]


class Misfit(ValueError):
    """A plain value is not of a kind; `path` is where it stands in its JSON document."""

    def __init__(self, message: str, path: str) -> None:
        super().__init__(message)
        self.path = path


@frozen
class ValueType(ABC):
    """One kind of value: in Python, as a column in flight, in Arrow, and in JSON.

    A kind is a subclass and nothing else; a pack may have its own, and annotate fields with `Annotated[Point, PointType()]`.
    `nullable` says whether values may be null. Databases and formats follow the Arrow type, and the metadata of its field
    (`datamimic.kind`) where that does not tell.
    """

    nullable: bool = field(default=False, kw_only=True)

    shape: ClassVar[Shape] = "scalar"
    may_be_nan: ClassVar[bool] = False
    """Has the form in flight values that are no number, or no moment?"""

    # -- what it is ---------------------------------------------------------------------------------------------

    @property
    @abstractmethod
    def python(self) -> Any:
        """The annotation of one value, without None."""

    @property
    @abstractmethod
    def name(self) -> str:
        """As people are told of it: `Decimal(4)`, `list[int]`."""

    @property
    @abstractmethod
    def arrow(self) -> pa.DataType:
        """The Arrow type of a decoded column; text that is coded leaves as dictionary<int32, string>."""

    @property
    def metadata(self) -> dict[str, str]:
        """What the Arrow field says besides its type, such as {"datamimic.kind": "uuid"}."""
        return {}

    @property
    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of a value that is not null."""

    @property
    def item(self) -> ValueType | None:
        """The kind of the items of a list or tuple."""
        return None

    @property
    def members(self) -> Mapping[str, ValueType] | None:
        """The kinds of the parts of a record or entity, by name."""
        return None

    def __str__(self) -> str:
        return f"{self.name} | None" if self.nullable else self.name

    def or_null(self) -> Self:
        """The kind whose values may be null."""
        return self if self.nullable else evolve(self, nullable=True)

    def in_zone(self, zone: str) -> ValueType:
        """The kind with this zone for its moments that have none of their own."""
        return self

    def made_by(self, made: ValueType) -> bool:
        """Do the columns of a generator of the other kind hold values of this one?"""
        return type(self) is type(made) and self.item == made.item

    def stands_for(self, made: ValueType) -> bool:
        """May a rule, whose columns say less than its values, return columns of the other kind?"""
        return self.made_by(made)

    # -- columns in flight --------------------------------------------------------------------------------------

    @abstractmethod
    def conformed(self, column: Any, where: str) -> Any:
        """The column in the form that the kind has in flight; what stands inside lists and records is not looked at yet.

        Raises `DefinitionError` (`wrong_type`) naming `where`.
        """

    @abstractmethod
    def nulls(self, length: int) -> Column:
        """A column that is null in every row."""

    @abstractmethod
    def to_arrow(self, column: Any, target: pa.DataType | None = None) -> pa.Array:
        """The Arrow array of a column; `target` settles whether text leaves coded or plain, without it text leaves as it is."""

    @abstractmethod
    def from_arrow(self, array: pa.Array, where: str) -> Column:
        """The column of an array of the kind's own type, or of text that stands for it (a CSV cell, JSON), where an empty
        text is null. Raises ValueError or an exception of Arrow for what does not fit."""

    # -- single values ------------------------------------------------------------------------------------------

    @abstractmethod
    def objects(self, column: Any) -> list[Any]:
        """One Python value per row, None where it is null."""

    def from_objects(self, values: Sequence[Any], where: str) -> Column:
        """The column of one Python value per row. Raises `DefinitionError` (`wrong_type`) naming one that does not fit."""
        present = np.array([value is not None for value in values], dtype=np.bool_)
        for position, value in enumerate(values):
            if value is None and not self.nullable:
                raise DefinitionError("wrong_type", f"{where} is declared {self}, but value {position} is None")
            if value is not None and not self.accepts(value):
                raise DefinitionError(
                    "wrong_type",
                    f"{where} is declared {self}, but value {position} is {excerpt(value)}",
                    hint="return what the annotation says",
                )
        return self.gathered(values, present, where) if present.any() or not len(values) else self.nulls(len(values))

    @abstractmethod
    def gathered(self, values: Sequence[Any], present: Any, where: str) -> Column:
        """The column of accepted values, None where `present` is False."""

    def from_plain(self, values: Sequence[Any], where: str) -> Column:
        """The column of plain values, as JSON or Arrow gives them. Raises `Misfit`."""
        read = [None if value is None else self.from_json(value, where) for value in values]
        return self.or_null().from_objects(read, where)

    @abstractmethod
    def accepts(self, value: Any) -> bool:
        """May a row rule return this value?"""

    @abstractmethod
    def misfit(self, value: Any, where: str) -> str | None:
        """None where a value of a row is exactly what the annotation says, else a sentence."""

    def to_json(self, value: Any) -> Any:
        """A value as `json.dumps` takes it."""
        return value

    @property
    def is_plain(self) -> bool:
        """Are values what `json.dumps` takes already?"""
        return type(self).to_json is ValueType.to_json

    @abstractmethod
    def from_json(self, value: Any, path: str) -> Any:
        """The value that `to_json` gave, or one that is what it stands for already. Raises `Misfit`."""

    # -- errors -------------------------------------------------------------------------------------------------

    def unfit(self, column: Any, where: str) -> DefinitionError:
        found = f"a {column.dtype} array" if isinstance(column, np.ndarray) else type(column).__name__
        return DefinitionError(
            "wrong_type",
            f"{where} is declared {self}, but its rule returned {found}",
            hint="`help(datamimic.columns)` lists the forms of columns",
        )

    def not_this(self, value: Any, path: str) -> Misfit:
        return Misfit(f"{excerpt(value)} is not {self.name}", path)
