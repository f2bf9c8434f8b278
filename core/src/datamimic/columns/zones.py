"""How far the clocks of a zone are ahead of UTC, a column at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from datamimic.base.arrays import Ints

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_QUARTER = 900_000_000


def seconds_ahead(zone: str, moments: Ints) -> Ints:
    """Seconds that the zone's clocks are ahead of UTC at each moment, in microseconds since 1970 (int64). Raises KeyError for a
    zone that is not known."""
    info = ZoneInfo(zone)

    def ahead(moment: int) -> int:
        offset = (_EPOCH + timedelta(microseconds=moment)).astimezone(info).utcoffset()
        return (offset or timedelta(0)) // _SECOND

    quarters, place = np.unique(moments // _QUARTER, return_inverse=True)
    starts = (quarters * _QUARTER).tolist()
    first = np.array([ahead(start) for start in starts], dtype=np.int64)
    last = np.array([ahead(start + _QUARTER - 1) for start in starts], dtype=np.int64)
    made: Ints = first[place]
    # Clocks are hardly ever put on or back within a quarter of an hour.
    for row in np.flatnonzero((first != last)[place]).tolist():
        made[row] = ahead(int(moments[row]))
    return made
