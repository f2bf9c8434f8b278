"""What became of a payment by card: approved, declined and why, taken back; and how much of what was approved is cleared."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Text
from datamimic.columns import Bools, Dates, Ints, digits, select, where
from datamimic_pack_finance.ledger.booking import NUMBER, among
from datamimic_pack_finance.ledger.purchases import DECLINED, MADE, OVER, REVERSED
from datamimic_pack_finance.money import currency_of
from datamimic_pack_finance.traffic.shares import share

FUEL = "5541"
"""Filling stations, which ask for more than is filled in the end."""
NOTES = 5
"""What a filling station asks for is a multiple of so many notes of a cash machine."""
TYPES = ("purchase", "cash", "refund")
STATUSES = ("declined", "reversed", "authorised", "cleared")
OVER_LIMIT = "51"
APPROVED = "00"
TRIES_AGAIN = "91"


def payment_type(kind: Ints) -> Text:
    return select(np.where(kind == NUMBER["refund"], 2, among(kind, "atm", "atm_abroad").astype(np.int64)), [*TYPES])


def is_made(outcome: Ints) -> Bools:
    return outcome == MADE


def status(outcome: Ints, cleared_on: Any, now: Dates) -> Text:
    """cleared from the day on on which it is."""
    there = ~np.ma.getmaskarray(cleared_on) & (np.ma.getdata(cleared_on) <= now)
    number = np.select([outcome == REVERSED, outcome != MADE, there], [1, 0, 3], 2)
    return select(number, [*STATUSES])


def decline(outcome: Ints, payment_type: Text, verified_by: Text, draw: Draw, data: Data) -> Any:
    """The row of `card_declines`, masked where nothing was declined: by how the holder was to be verified."""
    table = data["card_declines"]
    drawn = draw.pick(table.by("verified_by"), verified_by)
    codes: Text = table["response_code"]
    over, later = (int(np.flatnonzero(codes == code)[0]) for code in (OVER_LIMIT, TRIES_AGAIN))
    drawn = np.where(outcome == OVER, over, np.where(payment_type == "refund", later, drawn))
    return np.ma.MaskedArray(drawn, (outcome != DECLINED) & (outcome != OVER))


def response_code(decline: Any, data: Data) -> Text:
    there = ~np.ma.getmaskarray(decline)
    return where(there, data["card_declines"]["response_code"].take(np.ma.getdata(decline)), APPROVED)


def decline_reason(decline: Any, data: Data) -> Text:
    """What the code means."""
    there = ~np.ma.getmaskarray(decline)
    return data["card_declines"]["meaning"].take(np.where(there, np.ma.getdata(decline), 0)).where(there)


def reversed_at(outcome: Ints, authorised_at: Dates, draw: Draw) -> Any:
    """Within a minute."""
    after = authorised_at + draw.integers(30, 59).astype("timedelta64[s]")
    return np.ma.MaskedArray(after, outcome != REVERSED)


def approval_code(decline: Any, draw: Draw) -> Text:
    return digits(draw.integers(0, 999_999), 6).where(np.ma.getmaskarray(decline))


def authorised_amount(
    amount: Ints, payment_type: Text, channel: Text, mcc: Text, is_international: Bools, draw: Draw, data: Data
) -> Ints:
    """More than is cleared where only a part was delivered, and at filling stations."""
    money = currency_of(data)
    bought = (payment_type == "purchase") & ~is_international
    partial = bought & draw.chance(share(data, "partial", channel), "partial")
    estimated = bought & (mcc == FUEL) & draw.chance(share(data, "estimated", channel), "estimated")
    larger = amount * 100 // draw.integers(50, 95, "share") // money.unit * money.unit
    tank = money.note * NOTES
    asked = np.where(partial, np.maximum(larger, amount), amount)
    return np.where(estimated, -(-amount // tank) * tank, asked)


def cleared_amount(amount: Ints, cleared_on: Any) -> Any:
    return np.ma.MaskedArray(amount, np.ma.getmaskarray(cleared_on))
