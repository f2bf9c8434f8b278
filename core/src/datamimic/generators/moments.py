"""Moments from what clocks in a place show."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np

from datamimic.columns import Column
from datamimic.errors import DefinitionError, excerpt
from datamimic.generators.field_path import FieldPath
from datamimic.model.context import Context
from datamimic.model.generator import Generator
from datamimic.tables.time_zones import to_utc


class Local(Generator[datetime]):
    """See `local`."""

    python_type = datetime

    def __init__(self, day: str, minute: str | None, zone: str) -> None:
        self.day, self.minute, self.zone = day, minute, zone
        fixed = "/" in zone or zone == "UTC"
        self._path = None if fixed else FieldPath.parse(zone)
        if not fixed and self._path is None:
            raise DefinitionError(
                "bad_field",
                f"local(zone={excerpt(zone)}) names no zone",
                hint='a name such as "Europe/Berlin", or the field that holds one: "branch.time_zone"',
            )
        named = (day, minute, self._path and self._path.head)
        self.needs = tuple(dict.fromkeys(name for name in named if name))

    def column(self, context: Context) -> Column:
        shown: Any = np.ma.asarray(context.column(self.day))
        missing = np.ma.getmaskarray(shown)
        shown = shown.filled(np.datetime64(0, "D")).astype("datetime64[us]")
        if self.minute:
            shown = shown + np.asarray(context.column(self.minute)).astype("timedelta64[m]")
        moments = to_utc(shown, self.zone if self._path is None else self._path.column(context))
        return np.ma.array(moments, mask=missing) if missing.any() else moments


def local(day: str, minute: str | None = None, *, zone: str) -> Generator[datetime]:
    """The moment (UTC) at which clocks in a zone show a date or date-time field, `minute` minutes after it where named.

    `zone` is a name such as `"Europe/Berlin"` for all rows, or the field that holds one for each: `"branch.time_zone"`.
    Daylight saving is included: a time that is shown twice is the first, one that is left out lies as much later as clocks
    are put forward. A null day is a null moment. Raises `UnknownName` (`unknown_time_zone`).
    """
    return Local(day, minute, zone)
