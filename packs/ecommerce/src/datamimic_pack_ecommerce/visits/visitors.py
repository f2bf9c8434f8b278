"""Who comes to the shop: customers, each of them one visitor, among many more who never open an account.

Of every `AMONG` visitors exactly one is a customer, so that the visitor of a customer is found without looking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from datamimic import Children, Data, Draw, Permutation, Text
from datamimic.columns import Bools, Dates, Ints, Masked, divided
from datamimic_pack_ecommerce.sales import CUSTOMER, ORDER

if TYPE_CHECKING:
    from datamimic import World

AMONG = 48
"""Visitors of whom one is a customer: with `visit_counts` 2.9 of 100 sessions end in an order."""
AT_WORK = 0.62
"""Share of strangers who are at work by day, that of the customers."""


def customer_row(rows: Ints, draw: Draw) -> Masked:
    """The customer that a visitor is, a row of Customer; null for strangers."""
    group, place = divided(rows, AMONG)
    drawn = Permutation(AMONG, draw.address.labelled("group")).forward(place, group.astype(np.uint64))
    return np.ma.MaskedArray(group, drawn > 0)


def is_customer(customer: Any) -> Bools:
    return ~np.asarray(customer.is_null())


def orders_placed(customer: Any, world: World) -> Ints:
    """Orders of the customer up to the clock."""
    return np.asarray(world.refer(CUSTOMER, np.maximum(customer.rows, 0)).children(ORDER).counts) * is_customer(
        customer
    )


def first_order(customer: Any, world: World) -> Ints:
    """The row of the first of them, where there are any."""
    return np.asarray(world.refer(CUSTOMER, np.maximum(customer.rows, 0)).children(ORDER).first)


def known(is_customer: Bools) -> Text:
    return Text.coded(is_customer.astype(np.int64), ("stranger", "customer"))


def looking(known: Text, draw: Draw, data: Data) -> Ints:
    """Visits that lead to no order; of a customer the one is among them in which the account is opened, unless that was
    done to order at once."""
    table = data["visit_counts"]
    return table.ints("count")[draw.pick(table.by("known"), known)]


def session_counts(orders_placed: Ints, looking: Ints) -> Ints:
    return orders_placed + looking


def at_work(customer: Any, is_customer: Bools, draw: Draw) -> Bools:
    own = np.ma.filled(customer.column("at_work"), False)
    return np.where(is_customer, own, draw.chance(AT_WORK))


def first_seen_at(sessions: Children) -> Dates:
    """When the first session began; everybody has one."""
    return sessions.column("started_at")[np.cumsum(sessions.counts) - sessions.counts]


def known_at(sessions: Children) -> Dates:
    return sessions.column("ended_at")[np.cumsum(sessions.counts) - sessions.counts]


def last_seen_at(sessions: Children, first_seen_at: Dates, now: Dates) -> Dates:
    until = sessions.as_of(now)
    started = until.column("started_at")
    last = np.maximum(np.cumsum(until.counts) - 1, 0)
    return np.where(until.counts > 0, started[last], first_seen_at) if len(started) else first_seen_at


def channel(sessions: Children) -> Text:
    names: Text = sessions.column("channel")
    return names.take(np.cumsum(sessions.counts) - sessions.counts)
