"""Where a part of a model was written."""

from __future__ import annotations

from typing import Final

from attrs import frozen


@frozen
class Place:
    """`line` and `column` count from 1; None where they are not known, as of a live database or a Python class. `file` is the
    path as it was given, the URL without its password, or `module:Class`."""

    file: str | None = None
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """`file:line:column`, as editors understand it."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


NOWHERE: Final = Place()
