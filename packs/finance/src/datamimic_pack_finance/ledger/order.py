"""The order of bookings."""

from __future__ import annotations

import numpy as np

from datamimic.columns import Ints


def by_time(owner: Ints, seconds: Ints) -> Ints:
    """The order by owner and time (seconds since 1940); those of one second stay as they are."""
    width = max(len(owner).bit_length(), 1)
    packed = ((owner << 34) + seconds << width) + np.arange(len(owner), dtype=np.int64)
    packed.sort()
    order: Ints = packed & ((1 << width) - 1)
    return order
