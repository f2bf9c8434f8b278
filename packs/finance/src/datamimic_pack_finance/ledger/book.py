"""The ledger of accounts, made for a block of accounts at once: what was booked when, how much it was, and the balance.

First come the due dates of the standing orders, then the free payments; sorting them by time gives the booking order. Interest
is computed last, month after month, on the balance of every day.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Text, World, positions, to_utc
from datamimic.columns import Ints
from datamimic_pack_finance.booking import NUMBER, SINCE, among, event_of
from datamimic_pack_finance.calendar import bank_days
from datamimic_pack_finance.ledger.interest import with_interest
from datamimic_pack_finance.ledger.orders import order_days
from datamimic_pack_finance.ledger.prices import Prices
from datamimic_pack_finance.ledger.spending import free_payments
from datamimic_pack_finance.statement import lowest_running

BLOCK = 128
"""Accounts that are made at once."""


def book(account: Any, rows: Ints, draw: Draw, world: World, data: Data) -> dict[str, Ints]:
    """Per booking, in order of time: the `event` (time and kind), the local `day`, the `signed` amount, the balance `after` it,
    and what its counterparty follows from."""
    accounts, places = account.located()
    owner = np.zeros(len(rows), dtype=np.int64) if places is None and len(rows) == 1 else places
    if owner is None:
        owner = np.arange(len(rows), dtype=np.int64)
    owner = owner - owner.min(initial=0) if len(accounts) == 0 else owner
    _, owner = np.unique(owner, return_inverse=True)
    kept = np.unique(places) if places is not None else np.arange(len(accounts), dtype=np.int64)
    holders = _Accounts(accounts, kept)
    lengths = np.bincount(owner, minlength=len(kept)).astype(np.int64)
    if not len(rows):
        return {name: np.zeros(0, dtype=np.int64) for name in COLUMNS}

    orders = holders.column("orders")
    each = orders.values
    standing = np.repeat(np.arange(len(each.count), dtype=np.int64), each.count)
    number = positions(each.count)
    of_order = np.repeat(np.repeat(np.arange(len(kept), dtype=np.int64), orders.lengths), each.count)
    due = np.bincount(of_order, minlength=len(kept)).astype(np.int64)
    starts = np.cumsum(lengths) - lengths
    # The place of every due date among the rows of its account, and then the free payments.
    at = starts[of_order] + positions(due)
    is_free = np.ones(len(rows), dtype=np.bool_)
    is_free[at] = False
    free = np.flatnonzero(is_free)

    columns = {
        name: np.full(len(rows), -1, dtype=np.int64)
        for name in ("kind", "day", "hour", "merchant", "place", "party", "key", "amount", "order")
    }
    made = free_payments(owner[free], holders, draw.take(free), world, data)
    for name in ("kind", "day", "hour", "merchant", "place"):
        columns[name][free] = getattr(made, name)
    columns["party"][free] = made.payee
    columns["kind"][at] = each.kind[standing]
    day = order_days(
        each.first[standing], each.step[standing], each.day[standing], each.ahead[standing], number, bank_days(data)
    )
    columns["day"][at] = day.astype(np.int64)
    columns["party"][at] = each.party[standing]
    columns["key"][at] = each.key[standing]
    columns["amount"][at] = each.amount[standing]
    columns["order"][at] = standing
    columns["hour"][at] = _hours(each.kind[standing], draw.take(at), data)
    supplied = at[among(each.kind[standing], "bill", "card_online")]
    columns["merchant"][supplied] = columns["party"][supplied]

    kind = columns["kind"]
    closed = np.flatnonzero(kind == NUMBER["cash_deposit"])
    columns["day"][closed] = bank_days(data).previous(columns["day"][closed].astype("datetime64[D]")).astype(np.int64)
    second = columns["hour"] * 3600 + draw.integers(0, 3599, "second")
    # Both legs of a transfer between own accounts are booked at the same second.
    own = np.flatnonzero(among(kind, "savings_in", "savings_out", "savings_plan"))
    shared = _of_transfer(columns["key"][own], columns["day"][own], world)
    second[own] = shared.integers(6 * 3600, 22 * 3600, "second")
    zone: Text = holders.column("time_zone")
    shown = columns["day"].astype("datetime64[D]").astype("datetime64[us]") + second.astype("timedelta64[s]")
    moment = (to_utc(shown, zone.take(owner)) - SINCE.astype("datetime64[us]")).astype(np.int64) // 1_000_000

    order = _sorted(owner, moment)
    owner, moment = owner[order], moment[order]
    columns = {name: column[order] for name, column in columns.items()}
    prices = Prices.of(owner, columns, holders, draw, world, data)
    signed = prices.signed
    buffer = holders.column("balance_buffer")
    lowest = lowest_running(signed, lengths)
    opening = buffer - lowest
    signed, after = with_interest(signed, prices.kind, columns["day"], lengths, opening, holders, data)
    event = (moment << 5) + prices.kind
    return {
        "event": event,
        "day": columns["day"],
        "signed": signed,
        "after": after,
        "opening": np.repeat(opening, lengths),
        "merchant": prices.merchant,
        "place": columns["place"],
        "party": columns["party"],
        "key": columns["key"],
        "original": prices.original,
        "fee": prices.fee,
        "rate": prices.rate,
    }


COLUMNS = ("event", "day", "signed", "after", "opening", "merchant", "place", "party", "key", "original", "fee", "rate")


class _Accounts:
    """The accounts of a block that have bookings, as columns."""

    def __init__(self, batch: Any, places: Ints) -> None:
        self._batch = batch
        self._places = places
        self._all = len(places) == len(batch)
        self.rows: Ints = batch.rows[places]

    def column(self, name: str) -> Any:
        from datamimic.columns import take

        made = self._batch.column(name)
        return made if self._all else take(made, self._places)


def _hours(kind: Ints, draw: Draw, data: Data) -> Ints:
    table = data["transaction_hours"]
    channel = data["transaction_kinds"]["channel"].take(kind)
    return table.ints("hour")[draw.pick(table.by("channel"), channel, label="order hour")]


def _of_transfer(key: Ints, day: Ints, world: World) -> Draw:
    """What both legs of a transfer draw: by its key and the day."""
    return Draw(world.address("finance.bank_account", "own transfers"), key * 65_536 + day)


def _sorted(owner: Ints, moment: Ints) -> Ints:
    """The order of events by account and time; those of one second stay as they are."""
    width = max(len(owner).bit_length(), 1)
    packed = ((owner << 34) + moment << width) + np.arange(len(owner), dtype=np.int64)
    packed.sort()
    return packed & ((1 << width) - 1)


__all__ = ["BLOCK", "COLUMNS", "book", "event_of"]
