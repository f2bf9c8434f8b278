"""How many rows hold so many messages, where there is a message of some rows only."""

from __future__ import annotations

from typing import Final

import numpy as np

from datamimic.base.arrays import Ints
from datamimic.engine.happening import HappeningView
from datamimic.engine.view import View
from datamimic.errors import OutputError
from datamimic.formats.documents.message import Message, happened

LOOKED_THROUGH: Final = (1_024, 65_536)
"""Rows that are looked through at first, and at most, at a time."""
HOPELESS: Final = 1 << 20
"""Rows for each message after which no more are looked through."""


def rows_with(message: Message, rows: View, count: int) -> int:
    """How many of the `rows`, which need no end, hold `count` messages: as many, unless some rows have none. Raises
    `OutputError` (`format_unsuited`) where far too few have one."""
    if message.happens is None:
        return count
    column, found, stop = HappeningView.among(rows.select([message.happens]), message.told_by), 0, rows.start
    step, most = LOOKED_THROUGH
    while found < count:
        start, stop, step = stop, stop + step, min(2 * step, most)
        rows.check_capacity(stop)
        places = _places(column, start, stop)
        if found + len(places) >= count:
            return int(places[count - found - 1] + 1 - rows.start)
        found += len(places)
        if stop - rows.start > HOPELESS * (1 + found):
            raise OutputError(
                "format_unsuited",
                f"{stop - rows.start:,} rows of {message.entity} have {found} {message.name}",
                hint="ask for other rows, or for fewer messages",
            )
    return 0


def _places(column: View, start: int, stop: int) -> Ints:
    """Of the rows of [start, stop) those that have a message: the numbers of rows, with breaks among them their places."""
    if isinstance(column, HappeningView):
        return column.present_from(start, stop)
    return start + np.flatnonzero(happened(column.record_batch(start, stop).column(0)))
