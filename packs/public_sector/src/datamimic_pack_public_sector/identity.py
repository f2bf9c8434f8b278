"""Draws and parts that belong to an institution rather than to a row: two rows that name the same office agree in all else.

There are fewer offices than rows that can be asked for. An office is known by its kind, its town and a variant; everything
about it is drawn at that address.
"""

from __future__ import annotations

from functools import partial
from typing import Any, TypeVar, cast

from datamimic import Context, Draw, Embedded, Generator, spec_of
from datamimic.columns import Ints

T = TypeVar("T")


def at(draw: Draw, numbers: Ints) -> Draw:
    """The same field's draws, addressed by other numbers than the rows'."""
    return Draw(draw.address, numbers)


class EmbedAt(Generator[Any]):
    """An embedded entity whose row numbers are a field of the outer one."""

    embeds = True

    def __init__(self, target: type, rows: str, only: tuple[str, ...], given: dict[str, str]) -> None:
        self.target = target
        self.rows = rows
        self.only = only
        self.given = given
        self.needs = (self.rows, *self.given.values())

    def names(self) -> tuple[str, ...]:
        """The embedded fields that stand in the table."""
        return self.only

    def column(self, context: Context) -> Any:
        given = {theirs: partial(context.column, ours) for theirs, ours in self.given.items()}
        path = f"{context.batch.path}.{context.name}"
        batch = context.world.batch(spec_of(self.target), context.column(self.rows), path=path, given=given)
        return Embedded(batch, self.names())


def embed_at(target: type[T], rows: str, *, only: tuple[str, ...], **given: str) -> Generator[T]:
    """`embed`, but equal values of the field `rows` give equal parts."""
    return cast(Generator[T], EmbedAt(target, rows, only, given))
