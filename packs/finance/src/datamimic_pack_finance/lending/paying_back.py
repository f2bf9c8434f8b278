"""How borrowers pay, month by month: in time, late, not at all; with deferrals, defaults and write-offs.

On a due day somebody who owes nothing else pays, or does not. Who owes one month or more pays all, the oldest one, or nothing
until the next due day, as likely as the table `loan_transitions` says. So nobody is 60 days late who was not 30 days late
before. Payments go to the oldest month. Some of those who catch up after two months or more get a deferral: for a while they
pay interest only, and the plan goes on afterwards. After the days that the table `loan_write_offs` has, without a payment, the
loan is written off and nothing falls due any more.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Clock, Data, Draw, Lists, Struct, Table, Text, positions, record
from datamimic.columns import Dates, Ints
from datamimic_pack_finance.calendar import bank_days
from datamimic_pack_finance.lending.due import due_dates, due_days

NEVER = 2_932_896
"""The last day of the year 9999, since 1970: of what has not happened."""
IN_TIME = -1
"""Stands for the bank day on which something falls due, or the last one before."""
MONTH_DAYS = 30
"""No month is shorter by so much that a payment more falls due before a loan is written off."""
LAST = 6
"""Months that are owed at most before a loan is written off."""
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
    start_date: Dates, due_by_clock: Ints, term_months: Ints, score: Ints, write_off_days: Ints, draw: Draw, clock: Clock,
    data: Data,
) -> Lists:  # fmt: skip
    """Months that fell due up to the clock."""
    order = np.argsort(-due_by_clock, kind="stable")
    made = _Course.of(
        draw.take(order), due_by_clock[order], start_date[order], term_months[order], score[order],
        write_off_days[order] // MONTH_DAYS, data,
    )  # fmt: skip
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order), dtype=np.int64)
    count = made.ends[place]
    own, turn = np.repeat(np.arange(len(count), dtype=np.int64), count), positions(count)
    at = turn * len(count) + place[own]

    def listed(column: Any) -> Any:
        return column.ravel().take(at)

    due = due_days(start_date, own, turn + 1)
    paid = listed(made.paid).astype(np.int64)
    in_time = np.flatnonzero(paid == IN_TIME)
    paid[in_time] = bank_days(data).previous(due[in_time].astype("datetime64[D]")).astype(np.int64)
    paid[paid > int(clock.date.astype(np.int64))] = NEVER
    number, deferred = listed(made.number).astype(np.int64), listed(made.deferred)
    return Lists(count, Struct({"number": number, "deferred": deferred, "due": due, "paid": paid}))


@frozen(eq=False)
class _Course:
    """Month by month (first axis), of loans in descending order of the months that fell due: what `Month` says of each, `paid`
    as IN_TIME where it is, and of each loan after how many months nothing falls due any more."""

    number: Any
    deferred: Any
    paid: Any
    ends: Ints

    @classmethod
    def of(cls, draw: Draw, length: Ints, start: Dates, term: Ints, score: Ints, last: Ints, data: Data) -> _Course:
        """`last` months may be owed before it is written off."""
        arrears, moves = data["loan_arrears"], data["loan_transitions"]
        late = arrears.floats("late_percent")[arrears.by("score_from").first(score)] / 100
        paid_all, paid_one = (_chances(moves, name) for name in ("all_percent", "one_percent"))
        size, wide = len(length), int(length.max(initial=0))
        going = np.searchsorted(-length, -np.arange(wide), side="left")
        number = np.zeros((wide, size), dtype=np.int16)
        deferred = np.zeros((wide, size), dtype=np.bool_)
        paid = np.full((wide, size), NEVER, dtype=np.int32)
        done, left, owing = (np.zeros(size, dtype=np.int16) for _ in range(3))
        ends = np.zeros(size, dtype=np.int64)
        over = np.zeros(size, dtype=np.bool_)
        days = bank_days(data)
        for month, some in enumerate(going.tolist()):
            dice = Draw(draw.address, draw.rows[:some] * MONTHS + month)
            runs = ~over[:some]
            resting = runs & (left[:some] > 0)
            left[:some] -= resting
            done[:some] += runs & ~resting
            ends[:some] += runs
            owing[:some] += runs
            number[month, :some], deferred[month, :some] = done[:some], resting
            in_time = runs & (owing[:some] == 1) & (resting | (dice.uniform("late") >= late[:some]))
            paid[month, :some][in_time] = IN_TIME
            owing[:some][in_time] = 0
            over[:some] |= in_time & (done[:some] == term[:some])
            slow = np.flatnonzero(runs & ~in_time)
            if not len(slow):
                continue
            when = due_dates(start[slow], np.full(len(slow), month + 1, dtype=np.int64))
            thrown = dice.take(slow)
            wait = 1 + (WITHIN * thrown.uniform("when")).astype(np.int64)
            on = days.next(when + wait.astype("timedelta64[D]")).astype(np.int64)
            how, owed = thrown.uniform("how"), owing[slow]
            # What is still owed after the last payment of the plan is paid with it.
            every = (how < paid_all[owed]) | (done[slow] == term[slow])
            oldest = ~every & (how < paid_all[owed] + paid_one[owed])
            for back in range(min(LAST, month + 1)):
                caught = every & (owed > back)
                paid[month - back, slow[caught]] = on[caught]
            paid[month + 1 - owed[oldest], slow[oldest]] = on[oldest]
            share = thrown.uniform("deferral")
            granted = every & (owed >= 2) & (share < DEFERRED) & (done[slow] < term[slow])
            left[slow[granted]] = np.where(share[granted] < DEFERRED / 2, LONGEST // 2, LONGEST)
            owing[slow[every]] = 0
            owing[slow[oldest]] -= 1
            over[slow] = (owing[slow] >= last[slow]) | (done[slow] == term[slow])
        return cls(number, deferred, paid, ends)


def write_off_days(loan_type: Text, data: Data) -> Ints:
    """Days past due from which a loan of the kind is written off."""
    table: Table = data["loan_write_offs"]
    return table.ints("days")[table.lookup("loan_type", loan_type)]


def written_off_on(start_date: Dates, months: Lists, write_off_days: Ints, clock: Clock) -> Any:
    """The day on which the oldest unpaid month is so many days past due; null for most."""
    own = np.repeat(np.arange(len(months.lengths), dtype=np.int64), months.lengths)
    open_ = months.values.paid == NEVER
    oldest = np.full(len(start_date), NEVER, dtype=np.int64)
    np.minimum.at(oldest, own[open_], months.values.due[open_])
    day = (oldest + write_off_days).astype("datetime64[D]")
    return np.ma.MaskedArray(day, (oldest == NEVER) | (day > clock.date))


def _chances(table: Table, name: str) -> Any:
    """By the number of months that are owed."""
    chances = np.zeros(LAST + 1)
    chances[table.ints("owed")] = table.ints(name) / 100
    return chances
