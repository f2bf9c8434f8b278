"""When a payment by card is posted and cleared: at once on the account of a debit card, days later on a credit card."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Text
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_finance.calendar import bank_days
from datamimic_pack_finance.ledger.entries import settlement_date


def clearing_date(day: Ints, card_type: Text, draw: Draw, data: Data) -> Dates:
    """The bank day, whether it is over or not."""
    later = np.where(card_type == "credit", draw.integers(1, 3), 1)
    return bank_days(data).add(settlement_date(day, data), later)


def posted_on(day: Ints, card_type: Text, clearing_date: Dates, is_made: Bools, data: Data, clock: Clock) -> Any:
    """What a debit card paid is booked on its account on the next bank day."""
    posted = np.where(card_type == "credit", clearing_date, settlement_date(day, data))
    return np.ma.MaskedArray(posted, ~is_made | (posted > clock.date))


def cleared_on(clearing_date: Dates, is_made: Bools, clock: Clock) -> Any:
    return np.ma.MaskedArray(clearing_date, ~is_made | (clearing_date > clock.date))


def is_cleared(cleared_on: Any, payment_type: Text) -> Bools:
    """By a message of its own: cash is cleared by its authorisation."""
    return ~np.ma.getmaskarray(cleared_on) & (payment_type != "cash")


def statement_number(period: Ints) -> Any:
    return np.ma.MaskedArray(period, period == 0)
