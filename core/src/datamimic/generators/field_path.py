"""The way from a field to what it reaches: `branch.address.city`."""

from __future__ import annotations

from typing import Any, Protocol, Self

from attrs import frozen


class HasColumns(Protocol):
    """A context or a batch."""

    def column(self, name: str) -> Any: ...


@frozen
class FieldPath:
    """The first name is a field, a reference, a parent, an embedded entity or a record where `parts` follow, which are its
    fields."""

    head: str
    parts: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """None for what is no names with dots between them."""
        head, *parts = text.split(".")
        return cls(head, tuple(parts)) if all(part.isidentifier() for part in (head, *parts)) else None

    def column(self, holder: HasColumns) -> Any:
        """The column at its end, for the rows of the holder."""
        column = holder.column(self.head)
        for part in self.parts:
            column = getattr(column, part)
        return column
