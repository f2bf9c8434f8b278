"""Abuse of returns: which orders it is, exactly as many as asked for, by a few customers who do it again and again.

Abusive orders are chosen within blocks of rows by a number of their customer, so that those of one customer go together. Only
what was delivered, sent back and paid back by the clock is chosen. With a rate of 0 every other value stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from datamimic import Clock, Data, Draw, ExactShare, ParentRef, option, options
from datamimic.columns import Bools, Dates, Ints, Text, numbered, select
from datamimic_pack_ecommerce.sales import ORDER

if TYPE_CHECKING:
    from datamimic import World

BLOCK = 1_000
"""Orders of which exactly the share that is asked for is abusive."""
SCHEMES = ("worn and sent back", "false damage", "empty box")
WORN, FALSE_DAMAGE, EMPTY_BOX = range(3)
CODES = (("fit", "mind", "described"), ("damaged", "described", "damaged"), ("mind", "wrong", "described"))
"""Reasons that are given for each."""
DAYS_AFTER = ((5, 14), (2, 10), (2, 14))
"""Days after delivery on which the parcel goes back."""
OLD_ENOUGH = np.timedelta64(60, "D")
"""Orders placed so long before the clock are delivered, sent back and refunded by then."""
HONEST = 0.5
"""Share of the other orders of such a customer that are honest."""
OFTEN = 5
"""Orders from which on somebody is no likelier to be such a customer."""
ALL_LINES = 0.5
"""Share of the lines beyond the first that go back as well."""


@options
class OrderOptions:
    """How many orders there are that abuse returns."""

    refund_abuse_rate: float = option(
        0.01,
        doc="share of orders that abuse returns, exact in every 1,000 rows; 0 for a clean twin",
        minimum=0,
        maximum=0.2,
    )


def is_settled(date: Dates, is_cancelled: Bools, clock: Clock) -> Bools:
    return ~is_cancelled & (date <= clock.instant - OLD_ENOUGH)


def abusive(rows: Ints, options: OrderOptions, draw: Draw, world: World) -> Bools:
    """Exactly so many of every block of rows, of those that are settled."""
    most = share(options).count
    if not most or not len(rows):
        return np.zeros(len(rows), dtype=np.bool_)
    blocks, at = numbered(rows // BLOCK)
    every = (blocks[:, None] * BLOCK + np.arange(BLOCK)).ravel()
    customer = world.refer(ORDER, every).customer
    # Those who order often come first more often.
    by_customer = Draw(draw.address.labelled("customer"), customer.rows).uniform() / np.minimum(customer.count, OFTEN)
    honest = Draw(draw.address.labelled("honest"), every).chance(HONEST)
    order = np.argsort((by_customer + honest).reshape(-1, BLOCK), axis=1, kind="stable")
    # Most are settled: looked at are the first few times as many as are wanted, and all where those are not enough.
    chosen = np.zeros((len(blocks), BLOCK), dtype=np.bool_)
    left, few = np.arange(len(blocks)), min(BLOCK, 3 * most + 40)
    for looked_at in (few, BLOCK):
        candidates = order[left, :looked_at]
        settled = world.refer(ORDER, (blocks[left, None] * BLOCK + candidates).ravel()).is_settled.reshape(
            candidates.shape
        )
        taken = settled & (np.cumsum(settled, axis=1) <= most)
        chosen[left] = False
        chosen[left[:, None], candidates] = taken
        left = left[taken.sum(axis=1) < most]
        if not len(left):
            break
    return chosen[at, rows % BLOCK]


def share(options: OrderOptions) -> ExactShare:
    return ExactShare(options.refund_abuse_rate, BLOCK)


def scheme_number(customer: ParentRef, lines: Any, draw: Draw, world: World) -> Ints:
    """Most abusers have one way; only what is worn can be worn and sent back."""
    own = Draw(draw.address.labelled("usual"), customer.rows).integers(0, 2)
    first = np.cumsum(lines.counts) - lines.counts
    wearable = lines.column("product").department_code.isin({"fashion", "shoes"})[first]
    number = np.where(draw.chance(0.15, "another way"), draw.integers(0, 2, "which"), own)
    return np.where((number == WORN) & ~wearable, FALSE_DAMAGE, number)


def scheme(order: Any) -> Text:
    return select(order.scheme_number, SCHEMES)


def pieces(order: ParentRef, quantity: Ints, unwanted: Ints, draw: Draw) -> Ints:
    """What goes back of a line: of abusive orders all of the first line, and of most others."""
    goes = (order.index == 0) | draw.chance(ALL_LINES, "abused")
    return np.where(order.abusive & goes, quantity, unwanted)


def reason_row(order: ParentRef, row: Ints, draw: Draw, data: Data) -> Ints:
    """What is said to be the reason."""
    table = data["return_reasons"]
    given = np.array([[table.position("code", code) for code in codes] for codes in CODES], dtype=np.int64)
    said = given[order.scheme_number, draw.integers(0, 2, "what is said")]
    return np.where(order.abusive, said, row)


def days_after(scheme_number: Ints, draw: Draw) -> Ints:
    low, high = (np.array(side, dtype=np.int64)[scheme_number] for side in zip(*DAYS_AFTER, strict=True))
    return draw.integers(low, high, "days of abuse")
