"""Disputes: a chargeback, what the merchant presents again, and who is right in the end, as far as it has come."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Text
from datamimic.columns import Bools, Dates, select, where
from datamimic_pack_finance.traffic.shares import share

STAGES = ("chargeback", "represented", "closed")


def dispute(network: Text, channel: Text, is_made: Bools, payment_type: Text, draw: Draw, data: Data) -> Any:
    """The row of `chargeback_reasons`, masked where there is no dispute: networks whose reasons are published have some."""
    reasons = data["chargeback_reasons"]
    known = network.isin(set(reasons.columns["network"]))
    there = is_made & known & (payment_type != "refund") & draw.chance(share(data, "disputed", channel), "disputed")
    why = draw.pick(reasons.by("network", "channel"), where(known, network, "Visa"), channel, label="reason")
    return np.ma.MaskedArray(why, ~there)


def disputed_on(dispute: Any, clearing_date: Dates, draw: Draw, clock: Clock) -> Any:
    """3 to 60 days after the clearing."""
    day = clearing_date + draw.integers(3, 60).astype("timedelta64[D]")
    return np.ma.MaskedArray(day, np.ma.getmaskarray(dispute) | (day > clock.date))


def dispute_reason(dispute: Any, disputed_on: Any, data: Data) -> Text:
    return _of_reason("reason", dispute, disputed_on, data)


def dispute_text(dispute: Any, disputed_on: Any, data: Data) -> Text:
    return _of_reason("meaning", dispute, disputed_on, data)


def dispute_code(dispute: Any, disputed_on: Any, data: Data) -> Text:
    """The reason in four digits, as messages take it."""
    return _of_reason("code", dispute, disputed_on, data)


def represented_on(disputed_on: Any, channel: Text, draw: Draw, data: Data, clock: Clock) -> Any:
    """5 to 30 days after the chargeback, where the merchant contests it."""
    day = np.ma.getdata(disputed_on) + draw.integers(5, 30, "after").astype("timedelta64[D]")
    there = ~np.ma.getmaskarray(disputed_on) & draw.chance(share(data, "represented", channel), "represented")
    return np.ma.MaskedArray(day, ~there | (day > clock.date))


def decided_on(disputed_on: Any, represented_on: Any, draw: Draw, clock: Clock) -> Any:
    """Some weeks after what was presented again, or when the merchant's 45 days are over."""
    again = np.ma.getmaskarray(represented_on)
    late = np.ma.getdata(disputed_on) + np.timedelta64(45, "D")
    day = np.where(again, late, np.ma.getdata(represented_on) + draw.integers(10, 40).astype("timedelta64[D]"))
    return np.ma.MaskedArray(day, np.ma.getmaskarray(disputed_on) | (day > clock.date))


def winner(dispute_decided_on: Any, represented_on: Any, channel: Text, draw: Draw, data: Data) -> Text:
    """Who keeps the money: merchants who present nothing again lose it."""
    won = ~np.ma.getmaskarray(represented_on) & draw.chance(share(data, "won", channel), "won")
    return select(won.astype(np.int64), ["cardholder", "merchant"]).where(~np.ma.getmaskarray(dispute_decided_on))


def stage(disputed_on: Any, represented_on: Any, dispute_decided_on: Any, now: Dates) -> Text:
    def over(day: Any) -> Bools:
        found: Bools = ~np.ma.getmaskarray(day) & (np.ma.getdata(day) <= now)
        return found

    number = np.select([over(dispute_decided_on), over(represented_on)], [2, 1], 0)
    return select(number, [*STAGES]).where(over(disputed_on))


def _of_reason(column: str, dispute: Any, disputed_on: Any, data: Data) -> Text:
    there = ~np.ma.getmaskarray(disputed_on)
    return data["chargeback_reasons"][column].take(np.where(there, np.ma.getdata(dispute), 0)).where(there)
