"""How the balance of a current account runs: from what it opens with to what it closes with, and never below its floor.

Once a month, on the first day and with the last booking, a transfer brings it to where the holder keeps it: as much as the
time until the next one needs. All other bookings are what they are; so the closing balance can be known without them.
"""

from __future__ import annotations

import numpy as np

from datamimic.columns import Bools, Ints
from datamimic_pack_finance.accounts.statement import lowest_running


def settled(
    signed: Ints, settling: Bools, counts: Ints, opening: Ints, closing: Ints, floor: Ints, wanted: Ints, unit: int
) -> Ints:
    """The signed amounts of bookings with those of the `settling` ones, whose value is not read.

    Bookings stand account after account in order of time, `counts` of each account, none of them 0; the first and the last of
    each settle. `opening`, `closing` and `floor` are per account, `wanted` is per settling booking: where the balance is kept.
    """
    at = np.flatnonzero(settling)
    first = np.cumsum(counts) - counts
    begins = np.isin(at, first)
    account = np.cumsum(begins) - 1
    ends = np.append(np.flatnonzero(begins)[1:] - 1, len(at) - 1)
    others = np.where(settling, 0, signed)
    # A run is what lies between two settlements, with the second of them; the first run of an account is that one alone.
    lengths = np.where(begins, 1, np.diff(at, prepend=-1))
    total = np.cumsum(others)
    before = np.append(0, total)[at - lengths + 1]
    moved = total[at] - before
    dips = lowest_running(others, lengths)
    after_it = np.append(dips[1:], 0)
    after_it[ends] = 0
    level = np.maximum(wanted, floor[account] - after_it)
    level[ends] = closing
    amounts = _differences(level, moved, begins, opening)
    inner = np.ones(len(at), dtype=np.bool_)
    inner[ends] = False
    while (amounts == 0).any():
        # Nothing is no booking: the balance is kept a unit higher, at the one before where the last one is nothing.
        none = amounts == 0
        level += unit * ((none & inner) | (np.append(none[1:], False) & ~np.append(inner[1:], True)))
        amounts = _differences(level, moved, begins, opening)
    made = signed.copy()
    made[at] = amounts
    return made


def _differences(level: Ints, moved: Ints, begins: Bools, opening: Ints) -> Ints:
    before = np.append(0, level[:-1])
    before[begins] = opening
    return level - before - moved
