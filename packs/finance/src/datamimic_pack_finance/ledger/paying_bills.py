"""When bills of credit cards are paid: on the due day, or late by some bank days, and what a late payment costs.

Who pays late does so before the next bill is made, so that this has the fee for it, and interest up to the day of the payment.
"""

from __future__ import annotations

import numpy as np
from attrs import frozen

from datamimic import Data, Draw, Table, Text, World
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_finance.calendar import bank_days, month_day
from datamimic_pack_finance.cards.cycles import PERIODS, Cycles
from datamimic_pack_finance.cards.owners import CARD

LONGEST = 6
"""Bank days by which bills are late at most."""
BEFORE = np.timedelta64(2, "D")
REMEMBERED = 6
"""Bills before in which a late payment makes the next one dearer (12 CFR 1026.52(b)(1)(ii))."""
NO_BILL = np.iinfo(np.int32).max


@frozen(eq=False)
class PayingBills:
    """Per period of the cycles the days `due` and `on` which its bill is paid, since 1970, far away where there is none; is it
    `late`, and the hundredths that are asked for that."""

    due: Ints
    on: Ints
    late: Bools
    fee: Ints

    @classmethod
    def of(cls, cycles: Cycles, rows: Ints, payer: Text, world: World, data: Data) -> PayingBills:
        """`rows` and `payer` (full, partial or minimum) are of the cards."""
        table: Table = data["card_billing"]
        days, draw = (
            bank_days(data),
            Draw(world.address(CARD, "late payments"), rows[cycles.card] * PERIODS + cycles.number),
        )
        due = due_days(cycles.close, data)
        late = draw.chance(table.floats("late_percent")[table.lookup("payer", payer)][cycles.card] / 100, "late")
        later = days.add(due.astype("datetime64[D]"), 1 + (LONGEST * draw.uniform("days")).astype(np.int64))
        # What would come about when the next bill is made comes some days before, so that it is seen there.
        on: Ints = np.minimum(later, days.previous(_next(cycles.close) - BEFORE)).astype(np.int64)
        late &= cycles.billed & (on > due)
        once, again = (round(float(table.floats(name)[0]) * 100) for name in ("late_fee", "repeated_fee"))
        before: Ints = np.cumsum(late) - late
        here = np.arange(len(late), dtype=np.int64)
        lately: Ints = before - before[here - np.minimum(cycles.number, REMEMBERED)] if len(late) else before
        return cls(
            np.where(cycles.billed, due, NO_BILL), np.where(cycles.billed, np.where(late, on, due), NO_BILL), late,
            np.where(late, np.where(lately > 0, again, once), 0),
        )  # fmt: skip


def due_days(close: Ints, data: Data) -> Ints:
    """When bills of some days fall due."""
    grace = int(data["card_billing"].ints("days_to_pay")[0])
    return bank_days(data).next((close + grace).astype("datetime64[D]")).astype(np.int64)


def _next(close: Ints) -> Dates:
    """The same day of the month after, which every month has."""
    day = close.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    of_month = (day - month.astype("datetime64[D]")).astype(np.int64) + 1
    return month_day(month + np.timedelta64(1, "M"), of_month)
