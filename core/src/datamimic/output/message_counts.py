"""How many rows hold so many messages, where there is a message of some rows only."""

from __future__ import annotations

from typing import Final

import numpy as np

from datamimic.base.arrays import Ints
from datamimic.engine.happening import HappeningView
from datamimic.engine.view import View
from datamimic.errors import OutputError
from datamimic.formats.documents.message import Message, happened

LOOKED_THROUGH: Final = (64, 65_536)
"""Rows that are looked through at least, and at most, at a time."""
HOPELESS: Final = 1 << 20
"""Rows for each message after which no more are looked through."""


def rows_with(message: Message, rows: View, count: int) -> int:
    """How many of the `rows`, which need no end, hold `count` messages: as many, unless some rows have none. Raises
    `OutputError` (`format_unsuited`) where far too few have one."""
    if message.happens is None:
        return count
    column, found, stop = HappeningView.among(rows.select([message.happens]), message.told_by), 0, rows.start
    least, most = LOOKED_THROUGH
    step = count
    while found < count:
        start, stop = stop, stop + min(max(step, least), most)
        rows.check_capacity(stop)
        places = _places(column, start, stop)
        if found + len(places) >= count:
            return int(places[count - found - 1] + 1 - rows.start)
        found += len(places)
        # As many rows as the rest should need, so that few are made in vain; ever more where messages are rare.
        step = min((count - found) * (stop - rows.start) // max(found, 1) + 1, 2 * (stop - start))
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
