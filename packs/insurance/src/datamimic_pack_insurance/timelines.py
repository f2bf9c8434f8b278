"""Looking up what was standing on a day in lists that are in order of time."""

from __future__ import annotations

import numpy as np

from datamimic.columns import Dates, Ints, Lists
from datamimic_pack_insurance.months import days_between

SPAN = 1 << 20
"""More days than there are between any two dates."""


def up_to(lists: Lists, days: Dates, own: Ints, day: Dates) -> Ints:
    """One after the place, among the items of all lists, of the last one that is not after each day: in the list `own`, whose
    items have these `days`, in order of time."""
    keys = lists.parents * SPAN + days_between("1970-01-01", days)
    return np.searchsorted(keys, own * SPAN + days_between("1970-01-01", day), side="right").astype(np.int64)
