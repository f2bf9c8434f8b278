"""When the sessions of a visitor are: those of the orders at their orders, the others around them, none within another.

Every session has an instant: an order's is that of the order, with which its session ends; others begin at theirs. The
sessions of a visitor come in the order of their instants, and each takes less than half of the time to its neighbour's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from datamimic import Clock, Data, Draw, Family, ParentRef, record
from datamimic.columns import Bools, Dates, Floats, Ints, Struct, ordered
from datamimic_pack_ecommerce.orders.checkout import AT_ONCE_SECONDS, faded
from datamimic_pack_ecommerce.rhythm import BELOW_ONE, DAYS, Rhythm
from datamimic_pack_ecommerce.sales import CUSTOMER, ORDER

if TYPE_CHECKING:
    from datamimic import World

SECOND = np.timedelta64(1, "s")
AROUND_DAYS = 14
"""Somebody who has ordered looks around in so many days before the order."""
AROUND = 0.5
"""Share of a customer's other visits that are in those days."""
UNKNOWN, KNOWS_DAYS = 0.4, 90
"""Share of the rest that come before the account is opened, and in how many days."""
FADING = 0.8
"""How much rarer they become, from 0 to 1."""
AGAIN_DAYS = 30
"""A stranger who comes again does so within so many days."""


@record
class Gaps:
    """Seconds to the instants of the sessions before and after; of the first and last sessions a long time, or to the clock."""

    before: int
    after: int


LONG = 1 << 30


def raw_order(visitor: ParentRef) -> Ints:
    """The order of a session, a row of Order, before sessions are put in order; -1 without one."""
    return np.where(visitor.index < visitor.orders_placed, visitor.first_order + visitor.index, -1)


def raw_instant(visitor: ParentRef, raw_order: Ints, draw: Draw, world: World, data: Data, clock: Clock) -> Dates:
    rhythm = Rhythm.of(world, data)
    index, known = visitor.index, visitor.is_customer
    result = rhythm.instants(_of_strangers(visitor, draw, rhythm), visitor.at_work)
    ordered = np.flatnonzero(raw_order >= 0)
    result[ordered] = world.refer(ORDER, raw_order[ordered]).date
    looking = np.flatnonzero(known & (raw_order < 0))
    if len(looking):
        result[looking] = _of_customers(visitor.take(looking), draw.take(looking), world, rhythm)
    opens = np.flatnonzero(known & (index == visitor.orders_placed))
    if len(opens):
        customer = world.refer(CUSTOMER, visitor.customer.rows[opens])
        placed = visitor.orders_placed[opens]
        first = world.refer(ORDER, np.where(placed > 0, visitor.first_order[opens], 0)).date
        at_once = (placed > 0) & (first - customer.registered_at <= AT_ONCE_SECONDS * SECOND)
        result[opens] = np.where(at_once, result[opens], customer.registered_at)
    return np.minimum(result, clock.instant - SECOND)


def _of_strangers(visitor: ParentRef, draw: Draw, rhythm: Rhythm) -> Floats:
    """One visit at any time, the others soon after it; before it where the clock comes first."""
    one = Draw(draw.address.labelled("one"), visitor.rows).uniform() * rhythm.total
    drawn = draw.uniform()
    away = np.where(visitor.index > 0, drawn * drawn, 0.0) * (rhythm.total * AGAIN_DAYS / DAYS)
    return np.where(one + away < rhythm.total * BELOW_ONE, one + away, np.maximum(one - away, 0.0))


def _of_customers(visitor: ParentRef, draw: Draw, world: World, rhythm: Rhythm) -> Dates:
    """Some before the account was opened, the others after it ever more rarely; half of them in the days before an order."""
    customer = world.refer(CUSTOMER, visitor.customer.rows)
    start, part = customer.registered_busy, draw.uniform("any")
    after = start + (rhythm.total - start) * faded(part, np.full(len(part), FADING)) * BELOW_ONE
    before = np.maximum(start - part * part * (rhythm.total * KNOWS_DAYS / DAYS), 0.0)
    anywhere = rhythm.instants(np.where(draw.chance(UNKNOWN, "unknown"), before, after), visitor.at_work)
    placed = visitor.orders_placed
    which = np.minimum((draw.uniform("which") * placed).astype(np.int64), np.maximum(placed - 1, 0))
    order = world.refer(ORDER, np.where(placed > 0, visitor.first_order + which, 0))
    part = draw.uniform("before")
    seconds = 3_600 + part * part * (AROUND_DAYS * 86_400)
    around = order.date - seconds.astype(np.int64).astype("timedelta64[s]")
    fits = (placed > 0) & draw.chance(AROUND, "around") & (around >= customer.registered_at)
    return np.where(fits, around, anywhere)


def in_order(family: Family) -> Ints:
    """All sessions of the visitors, visitor after visitor, each's in the order of their instants."""
    owners = np.repeat(np.arange(len(family.lengths)), family.lengths)
    return ordered(owners, family.column("raw_instant"))


def in_time(family: Family) -> Ints:
    """Per session the place, among all sessions of the batch's visitors, of that which comes at its place in time."""
    return np.asarray(in_order(family)[family.positions], dtype=np.int64)


def order_row(family: Family, place_in_time: Ints) -> Any:
    rows = np.asarray(family.column("raw_order")[place_in_time], dtype=np.int64)
    return np.ma.MaskedArray(rows, rows < 0)


def instant(family: Family, place_in_time: Ints) -> Dates:
    return np.asarray(family.column("raw_instant")[place_in_time])


def gaps(family: Family, clock: Clock) -> Struct:
    instants = family.column("raw_instant")[in_order(family)]
    seconds = np.append((instants[1:] - instants[:-1]) // SECOND, 0)
    ends = np.cumsum(family.lengths) - 1
    first = ends + 1 - family.lengths
    before, after = np.roll(seconds, 1), seconds
    before[first] = LONG
    # A last session that leads to no order is over by the clock.
    after[ends] = 2 * ((clock.instant - instants[ends]) // SECOND) + 1
    return Struct({"before": before[family.positions], "after": after[family.positions]})


def seconds(gaps: Any, planned_seconds: Ints, ordered: Bools) -> Ints:
    room = np.where(ordered, gaps.before, gaps.after)
    return np.minimum(planned_seconds, np.maximum(room - 1, 0) // 2)


def started_at(instant: Dates, seconds: Ints, ordered: Bools) -> Dates:
    return instant - np.where(ordered, seconds, 0).astype("timedelta64[s]")


def ended_at(started_at: Dates, seconds: Ints) -> Dates:
    return started_at + seconds.astype("timedelta64[s]")
