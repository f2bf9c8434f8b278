"""At which visits blood is taken: at the last one, and about once a year before it."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_healthcare.clinical.bits import any_of
from datamimic_pack_healthcare.clinical.observations import model_of

A_YEAR = np.timedelta64(300, "D")


def with_laboratory(row: Ints, from_last: Ints, starts: Dates) -> Bools:
    """Of visits that are over, each of the patient `row` and the `from_last`-th from her last one: the last, and going back
    from each the latest of those that lie about a year before it."""
    chosen = from_last == 0
    after = np.zeros(int(row.max(initial=-1)) + 1, dtype="datetime64[us]")
    after[row[chosen]] = starts[chosen]
    for place in range(1, int(from_last.max(initial=0)) + 1):
        at = np.flatnonzero(from_last == place)
        early = at[after[row[at]] - starts[at] >= A_YEAR]
        chosen[early] = True
        after[row[early]] = starts[early]
    return chosen


def visits_over(visits: Any) -> tuple[Ints, Ints, Ints]:
    """Of the visits of some patients those that are over: places among all, places of their patients, and how many of the
    patient's come behind each."""
    count = len(visits.counts)
    chosen = np.flatnonzero(visits.column("over"))
    row = np.repeat(np.arange(count), visits.counts)[chosen]
    have = np.bincount(row, minlength=count)
    return chosen, row, (np.cumsum(have) - 1)[row] - np.arange(len(row))


def has_panels(condition_bits: Ints, data: Data) -> Bools:
    """Has the patient a condition that laboratory tests belong to?"""
    wanted = sum(1 << condition for condition in {condition for condition, _ in model_of(data).panels})
    return any_of(condition_bits, wanted)


def visits_with_tests(visits: Any, condition_bits: Ints, data: Data) -> Ints:
    """The places of the visits at which a laboratory test is taken, of all visits of patients with these conditions."""
    model = model_of(data)
    chosen, row, from_last = visits_over(visits)
    some = np.flatnonzero(with_laboratory(row, from_last, visits.column("start")[chosen]))
    age, bits = visits.column("age_then")[chosen[some]], condition_bits[row[some]]
    taken = np.zeros(len(some), dtype=np.bool_)
    for each in model.laboratory:
        taken |= model.taken(each, age, bits)
    return chosen[some[taken]]
