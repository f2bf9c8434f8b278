"""Watching values while they are made, for `dm explain`. Without an observer it costs a look-up of one variable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any, Protocol

from numpy.typing import NDArray

Progress = Callable[[int], None]
"""Called with the number of rows of each finished batch."""


class Observer(Protocol):
    """What is told to somebody who watches. Arrays are of the rows of the draw or read; observers must not change them."""

    def drawn(self, address: tuple[str, ...], label: str, rows: NDArray[Any], bits: NDArray[Any]) -> None:
        """A draw: the address of its stream, and per row 64 bits."""

    def permuted(
        self, address: tuple[str, ...], size: int, inverse: bool, values: NDArray[Any], results: NDArray[Any]
    ) -> None:
        """A keyed permutation of range(size) was applied to values."""

    def opened(self, pack: str, table: Any) -> None:
        """A rule or generator asked for a table of a pack."""

    def read(self, table: Any, rows: Any, how: str) -> None:
        """Rows of a table were used: `how` is drawn, looked up, first of its group, interpolated."""

    def numbers(self, table: Any, column: NDArray[Any]) -> NDArray[Any]:
        """A number column of a table is asked for: the column, or a view of it that tells which rows are taken."""

    def taken(self, text: Any, rows: Any) -> None:
        """Rows of a text column were taken; it may be a column of a table."""

    def make(self, batch: Any, name: str, generate: Callable[[], Any]) -> Any:
        """A field is to be made: call `generate` and return what it returns."""

    def reused(self, batch: Any, name: str) -> None:
        """A field that was made before, or was given from outside, is read."""


WATCHING: ContextVar[Observer | None] = ContextVar("watching", default=None)
"""The observer of the current context."""


@contextmanager
def unobserved() -> Iterator[None]:
    """For what is made once for all rows of an entity, and is no part of how one value comes about."""
    token = WATCHING.set(None)
    try:
        yield
    finally:
        WATCHING.reset(token)


def stage(name: str) -> AbstractContextManager[None]:
    """`with stage("exporting"):` for an observer that tells stages apart; nothing for others."""
    staged = getattr(WATCHING.get(), "stage", None)
    return nullcontext() if staged is None else staged(name)


def read_rows(table: Any, rows: NDArray[Any], how: str) -> NDArray[Any]:
    """The rows of a table, after whoever watches was told of them."""
    if (watching := WATCHING.get()) is not None:
        watching.read(table, rows, how)
    return rows
