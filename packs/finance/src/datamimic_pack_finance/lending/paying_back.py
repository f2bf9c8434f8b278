"""How borrowers pay, month by month: in time, late, not at all; with deferrals, defaults and write-offs.

On a due day somebody who owes nothing else pays, or does not. Who owes one month or more pays all, the oldest one, or nothing
until the next due day, as likely as the table `loan_transitions` says. So nobody is 60 days late who was not 30 days late
before. Payments go to the oldest month. Some of those who catch up after two months or more get a deferral: for a while they
pay interest only, and the plan goes on afterwards. After 180 days without a payment the loan is written off and nothing falls
due any more.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Lists, Struct, Table, positions, record
from datamimic.columns import Dates, Ints
from datamimic_pack_finance.calendar import bank_days
from datamimic_pack_finance.lending.due import due_dates

NEVER = 2_932_896
"""The last day of the year 9999, since 1970: of what has not happened."""
IN_TIME = -1
"""Stands for the bank day on which something falls due, or the last one before."""
WRITTEN_OFF_AFTER = 180
"""Days past due from which a loan is written off. The Uniform Retail Credit Classification of the United States (65 FR 36903,
2000) has 180 for loans on homes and 120 for other instalment loans; one number for all, in all countries, is an estimate."""
LAST = 6
"""Months that are owed when these days have gone by."""
DEFERRED = 0.3
"""Of those who catch up after two months or more, the part with a deferral."""
MONTHS = 128
"""Months of a loan up to the clock are below this."""
LONGEST = 6
"""Months of a deferral at most."""
WITHIN = 17
"""Days after the due date until which those who pay late and before the next one do."""


@record
class Month:
    """What falls due in a month: the number of the plan's payment, is it of interest only, days since 1970."""

    number: int
    deferred: bool
    due: int
    paid: int


def months(
    start_date: Dates, due_by_clock: Ints, term_months: Ints, score: Ints, draw: Draw, clock: Clock, data: Data
) -> Lists:
    """Months that fell due up to the clock."""
    arrears, moves = data["loan_arrears"], data["loan_transitions"]
    late = arrears.floats("late_percent")[arrears.by("score_from").first(score)] / 100
    paid_all, paid_one = (_chances(moves, name) for name in ("all_percent", "one_percent"))
    order = np.argsort(-due_by_clock, kind="stable")
    length, wide = due_by_clock[order], int(due_by_clock.max(initial=0))
    rows, start, term, late = draw.rows[order], start_date[order], term_months[order], late[order]
    number = np.zeros((len(order), wide), dtype=np.int32)
    paid = np.full_like(number, NEVER)
    deferred = np.zeros((len(order), wide), dtype=np.bool_)
    done, left, owing = (np.zeros(len(order), dtype=np.int64) for _ in range(3))
    ends = np.zeros(len(order), dtype=np.int64)
    over = np.zeros(len(order), dtype=np.bool_)
    days = bank_days(data)
    for month in range(wide):
        at = np.flatnonzero((length > month) & ~over)
        if not len(at):
            break

        def dice(which: Ints, month: int = month) -> Draw:
            return Draw(draw.address, rows[which] * MONTHS + month)

        resting = left[at] > 0
        left[at] -= resting
        done[at] += ~resting
        ends[at] += 1
        number[at, month], deferred[at, month] = done[at], resting
        owing[at] += 1
        in_time = (owing[at] == 1) & (resting | (dice(at).uniform("late") >= late[at]))
        own = at[in_time]
        paid[own, month] = IN_TIME
        owing[own] = 0
        over[own] = done[own] == term[own]
        slow = at[~in_time]
        if not len(slow):
            continue
        when = due_dates(start[slow], np.full(len(slow), month + 1, dtype=np.int64))
        thrown = dice(slow)
        wait = 1 + (WITHIN * thrown.uniform("when")).astype(np.int64)
        on = days.next(when + wait.astype("timedelta64[D]")).astype(np.int64)
        how, owed = thrown.uniform("how"), owing[slow]
        # What is still owed after the last payment of the plan is paid with it.
        every = (how < paid_all[owed]) | (done[slow] == term[slow])
        oldest = ~every & (how < paid_all[owed] + paid_one[owed])
        for back in range(LAST):
            caught = every & (owed > back)
            paid[slow[caught], month - back] = on[caught]
        paid[slow[oldest], month + 1 - owed[oldest]] = on[oldest]
        share = thrown.uniform("deferral")
        granted = every & (owed >= 2) & (share < DEFERRED) & (done[slow] < term[slow])
        left[slow[granted]] = np.where(share[granted] < DEFERRED / 2, LONGEST // 2, LONGEST)
        owing[slow[every]] = 0
        owing[slow[oldest]] -= 1
        over[slow] = (owing[slow] >= LAST) | (done[slow] == term[slow])
    count = np.empty(len(order), dtype=np.int64)
    count[order] = ends
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order), dtype=np.int64)
    own, column = np.repeat(place, count), positions(count)
    due, paid_on = due_dates(start[own], column + 1), paid[own, column].astype(np.int64)
    paid_on = np.where(paid_on == IN_TIME, days.previous(due).astype(np.int64), paid_on)
    return Lists(
        count,
        Struct({
            "number": number[own, column].astype(np.int64),
            "deferred": deferred[own, column],
            "due": due.astype(np.int64),
            "paid": np.where(paid_on > int(clock.date.astype(np.int64)), NEVER, paid_on),
        }),
    )  # fmt: skip


def written_off_on(start_date: Dates, months: Lists, clock: Clock) -> Any:
    """The day on which the oldest unpaid month is 180 days past due; null for most."""
    own = np.repeat(np.arange(len(months.lengths), dtype=np.int64), months.lengths)
    open_ = months.values.paid == NEVER
    oldest = np.full(len(start_date), NEVER, dtype=np.int64)
    np.minimum.at(oldest, own[open_], months.values.due[open_])
    day = (oldest + WRITTEN_OFF_AFTER).astype("datetime64[D]")
    return np.ma.MaskedArray(day, (oldest == NEVER) | (day > clock.date))


def _chances(table: Table, name: str) -> Any:
    """By the number of months that are owed."""
    chances = np.zeros(LAST + 1)
    chances[table.ints("owed")] = table.ints(name) / 100
    return chances
