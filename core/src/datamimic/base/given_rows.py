"""Rows that exist, as an origin names them: where they lie, how many they are, and the digest by which they are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from datamimic.base.frozen import FrozenMapping


def frozen_settings(settings: Mapping[str, Any] | Sequence[tuple[str, Any]]) -> FrozenMapping[str, Any]:
    return FrozenMapping(settings)


@attrs.frozen(kw_only=True)
class GivenRows:
    """The rows of one entity: of a file, of a table of a database, or of a data frame that travels with the world.

    Equal rows may lie in different places. Of a file, `sha256` is that of its bytes; of a table and a frame, of the values.
    """

    location: str | None = attrs.field(default=None, eq=False)
    """The file, or the URL of a database without what opens it, and the table after `#`; None for a data frame."""
    sha256: str
    rows: int
    format: str | None = None
    """The format of the file where its ending does not tell."""
    settings: FrozenMapping[str, Any] = attrs.field(default=(), converter=frozen_settings)
    """Those of the format."""
    url: str | None = attrs.field(default=None, eq=False, repr=False)
    """The URL of a table with the password that may be in it: it goes where rows are made, and into nothing that is written."""
    read: bool = attrs.field(default=False, eq=False, repr=False)
    """Was the table read for the world, so that what is kept of it under its digest is it?"""
    frame: Any = attrs.field(default=None, eq=False, repr=False)
    """The columns of a data frame as an Arrow table, in the kinds of the entity; None for a file, and for a frame that is no
    longer there."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it: without the frame, and without what is not set."""
        described = {"location": self.location, "sha256": self.sha256, "rows": self.rows}
        optional = {"format": self.format, "settings": dict(self.settings)}
        return described | {name: value for name, value in optional.items() if value}


@attrs.frozen(kw_only=True)
class GivenDocument:
    """Given rows as JSON has them."""

    location: str | None
    sha256: str
    rows: int
    format: str | None = None
    settings: dict[str, str | int | float | bool | None] = attrs.field(factory=dict)

    def given(self) -> GivenRows:
        return GivenRows(**attrs.asdict(self, recurse=False))


def frozen_given(given: Mapping[str, GivenRows] | None) -> FrozenMapping[str, GivenRows]:
    return FrozenMapping(given or {})
