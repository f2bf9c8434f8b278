"""What an account holds: before its first booking, after its last one, and how far below zero it may go."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Struct, Text, World, record
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_finance.accounts.known import Columns
from datamimic_pack_finance.accounts.windows import first_day
from datamimic_pack_finance.holders.pay import usual_income
from datamimic_pack_finance.ledger.saving import course, legs
from datamimic_pack_finance.money import QuantileMatrix, currency_of, hundredths

OVERDRAWN = 0.12
"""Of accounts that may be overdrawn, those that are now and then."""
LATELY = 0.4
"""Of these, those that are at the clock."""


@record
class Ends:
    """What an account held before its first booking and after the last one, hundredths."""

    opening: int
    closing: int


def overdraft_limit(account_type: Text, holder: Any, draw: Draw, data: Data) -> Ints:
    """A limit of the product: banks lend more on a larger income."""
    table = data["overdraft_limits"]
    limits = np.rint(table.floats("overdraft_limit") * 100).astype(np.int64)
    grouped = table.by("account_type")
    drawn = limits[draw.pick(grouped, account_type)]
    again = limits[draw.pick(grouped, account_type, label="again")]
    well = np.clip(holder.income / usual_income(data) / 2, 0.05, 0.95)
    return np.where(draw.chance(well, "well"), np.maximum(drawn, again), np.minimum(drawn, again))


def buffer(account_type: Text, holder: Any, draw: Draw, data: Data) -> Ints:
    """What the account usually holds: more with income and age."""
    matrix = QuantileMatrix.of(data["balance_buffers"], "account_type")
    codes, vocabulary = account_type.coding()
    group = matrix.numbers(vocabulary.values)[codes]
    wealth = np.clip(0.35 + 0.65 * holder.income / usual_income(data), 0.3, 4.0) * np.clip(holder.age / 50, 0.4, 1.6)
    return hundredths(matrix.at(group, draw.uniform("held")) * wealth, currency_of(data).unit)


def floor(overdraft_limit: Ints, draw: Draw, data: Data) -> Ints:
    """How low the balance may go: to zero for most, below for those who use what they are granted."""
    unit = currency_of(data).unit
    owed = (overdraft_limit * (0.2 + 0.75 * draw.uniform("owed")) / unit).astype(np.int64) * unit
    return np.where(draw.chance(OVERDRAWN, "overdrawn"), -owed, 0)


def ends(
    rows: Ints, account_class: Text, balance_buffer: Ints, floor: Ints, booking_count: Ints,
    owner_row: Ints, saves: Bools, plan_day: Ints, plan: Ints, usual_transfer: Ints, window_start: Dates, last_active: Dates,
    interest_months: Ints, interest_rate: Ints, draw: Draw, world: World, data: Data, clock: Clock,
) -> Struct:  # fmt: skip
    """Of current accounts drawn, and nothing before the first booking of those opened in the history; of savings what their
    bookings come to."""
    unit = currency_of(data).unit

    def about(label: str) -> Ints:
        return (balance_buffer * (0.5 + draw.uniform(label)) / unit).astype(np.int64) * unit

    lately = (floor < 0) & draw.chance(LATELY, "lately")
    owed = (floor * draw.uniform("of it") / unit).astype(np.int64) * unit
    closing, opening = np.where(lately, owed, about("closing")), about("opening")
    opened = window_start >= first_day(world, clock)
    opening = np.where(booking_count > 0, np.where(opened, 0, opening), closing)
    at = np.flatnonzero(account_class == "savings")
    if len(at):
        known = {
            "owner_row": owner_row, "saves": saves, "plan_day": plan_day, "plan": plan, "usual_transfer": usual_transfer,
            "window_start": window_start, "last_active": last_active, "balance_buffer": balance_buffer,
            "interest_months": interest_months, "interest_rate": interest_rate,
        }  # fmt: skip
        # Whoever asks for all changes sees one account many times.
        distinct, first, inverse = np.unique(rows[at], return_index=True, return_inverse=True)
        savings = Columns(distinct, {name: column[at[first]] for name, column in known.items()})
        made = course(savings, legs(savings, world, data), data)
        opening[at], closing[at] = made.opening[inverse], made.closing[inverse]
    return Struct({"opening": opening, "closing": closing})
