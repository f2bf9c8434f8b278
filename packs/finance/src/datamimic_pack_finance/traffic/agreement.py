"""Does a payment by card agree with itself: answer and status, amounts, days, what was checked, and its dispute?"""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Text
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_finance.combinations import known, told
from datamimic_pack_finance.generators.card_number import luhn_is_valid
from datamimic_pack_finance.ledger import siblings
from datamimic_pack_finance.money import currency_of
from datamimic_pack_finance.traffic.attempts import APPROVED
from datamimic_pack_finance.traffic.reading import STORED


def reference_fits(acquirer_reference: Text, acquirer: Text, cleared_on: Any) -> Bools:
    none = acquirer_reference.is_null()
    text = acquirer_reference.fill("")
    fits = (text.lengths() == 23) & luhn_is_valid(text) & (text.slice(0, 1) == "7") & (text.slice(1, 7) == acquirer)
    return (none == np.ma.getmaskarray(cleared_on)) & (none | fits)


def answer_fits_status(
    status: Text, response_code: Text, decline_reason: Text, approval_code: Text, reversed_at: Any, posted_on: Any,
    cleared_on: Any,
) -> Bools:  # fmt: skip
    declined, taken_back = status == "declined", status == "reversed"
    booked = ~np.ma.getmaskarray(posted_on) | ~np.ma.getmaskarray(cleared_on)
    return (
        (declined == (response_code != APPROVED))
        & (declined == ~decline_reason.is_null())
        & (declined == approval_code.is_null())
        & (taken_back == ~np.ma.getmaskarray(reversed_at))
        & ~(booked & (declined | taken_back))
        & ((status == "cleared") == ~np.ma.getmaskarray(cleared_on))
    )


def amounts_fit(amount: Ints, authorised_amount: Ints, cleared_amount: Any, cleared_on: Any, data: Data) -> Bools:
    unit = currency_of(data).unit
    none = np.ma.getmaskarray(cleared_amount)
    return (
        (amount > 0)
        & (amount % unit == 0)
        & (authorised_amount >= amount)
        & (authorised_amount % unit == 0)
        & (none == np.ma.getmaskarray(cleared_on))
        & (none | (np.ma.getdata(cleared_amount) == amount))
    )


def in_order_of_time(
    authorised_at: Dates, reversed_at: Any, posted_on: Any, cleared_on: Any, disputed_on: Any, represented_on: Any,
    dispute_decided_on: Any, clock: Clock,
) -> Bools:  # fmt: skip
    """A day on the holder's calendar may be one before or after that of UTC."""
    fits = authorised_at <= clock.instant
    before: Any = np.ma.MaskedArray(authorised_at.astype("datetime64[D]") - np.timedelta64(1, "D"), False)
    for day in (posted_on, cleared_on, disputed_on, represented_on, dispute_decided_on):
        there = ~np.ma.getmaskarray(day)
        then = np.ma.getdata(day).astype("datetime64[D]")
        fits &= ~there | ((then >= np.ma.getdata(before)) & (then <= clock.date))
        before = np.ma.MaskedArray(np.where(there, then, np.ma.getdata(before)), False)
    late = np.ma.getdata(reversed_at) - authorised_at
    soon = (late > np.timedelta64(0, "s")) & (late <= np.timedelta64(60, "s"))
    return fits & (np.ma.getmaskarray(reversed_at) | soon)


def entry_fits_channel(entry_mode: Text, verified_by: Text, channel: Text, payment_type: Text, data: Data) -> Bools:
    modes = known(data["card_entry_modes"], "channel", "entry", "verified_by")
    return told(channel, entry_mode, verified_by).isin(modes) & ((payment_type == "cash") == (channel == "atm"))


def checked_where_absent(
    avs_result: Text, cvv_result: Text, entry_mode: Text, channel: Text, payment_type: Text, data: Data
) -> Bools:
    absent = (channel == "online") & (payment_type == "purchase")
    compared = bool((data["card_checks"]["check"] == "avs").any())
    return (~avs_result.is_null() == (absent & compared)) & (~cvv_result.is_null() == (absent & (entry_mode != STORED)))


def dispute_fits(
    network: Text, channel: Text, status: Text, dispute_reason: Text, dispute_text: Text, disputed_on: Any,
    represented_on: Any, dispute_decided_on: Any, dispute_winner: Text, dispute_stage: Text, data: Data,
) -> Bools:  # fmt: skip
    reasons = known(data["chargeback_reasons"], "network", "channel", "reason", "meaning")
    said = told(network, channel, dispute_reason.fill(""), dispute_text.fill(""))
    none, open_ = np.ma.getmaskarray(disputed_on), np.ma.getmaskarray(dispute_decided_on)
    again = ~np.ma.getmaskarray(represented_on)
    return (
        (none == dispute_reason.is_null())
        & (none == dispute_stage.is_null())
        & (none | (said.isin(reasons) & (status == "cleared")))
        & (open_ == dispute_winner.is_null())
        & ((dispute_winner != "merchant") | again)
        & ~(none & (again | ~open_))
    )


def bill_of_credit_card(card_type: Text, statement_number: Any, status: Text, payment_type: Text) -> Bools:
    credit, none = card_type == "credit", np.ma.getmaskarray(statement_number)
    return (credit | none) & (~credit | (payment_type != "cash")) & (none | (np.ma.getdata(statement_number) >= 1))


def follows(card_number: Text, payment_number: Ints, authorised_at: Dates) -> Bools:
    """Of payments of a card that stand below each other."""
    return ~siblings.follows(card_number, payment_number) | (authorised_at >= siblings.above(authorised_at))
