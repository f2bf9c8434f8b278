"""How far a session led: a look, articles seen, a cart, the checkout, an order; and what lay in the cart."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from datamimic import Data, Draw, Family, Lists, ParentRef, Ref, Struct, Text, record, segment_sums
from datamimic.columns import Bools, Dates, Ints, Masked, select
from datamimic_pack_ecommerce.sales import LINE, ORDER, PRODUCT, Sales
from datamimic_pack_ecommerce.visits.sequence import in_order

if TYPE_CHECKING:
    from datamimic import World

OUTCOMES = ("bounced", "browsed", "cart", "checkout", "ordered")
BOUNCED, BROWSED, CART, CHECKOUT, ORDERED = range(5)
PAGES = ((1, 1), (2, 14), (4, 22), (6, 26), (7, 30))
"""Fewest and most pages of sessions by how far they led."""
SECONDS = ((2, 40), (40, 900), (90, 1_500), (150, 1_800), (180, 2_100))
SEEN, INTO_CART, TO_CHECKOUT = (0.05, 0.2), (0.3, 0.55), (0.65, 0.9)
"""Parts of a session in which an article is seen first, laid into the cart, and the checkout begun."""
COMES_BACK = 0.45
"""Share of carts that a customer left and whose articles are those of the next order, if that follows soon."""
SOON = np.timedelta64(14, "D")


@record
class CartItem:
    """An article in a cart, at its shelf price."""

    product_id: str
    quantity: int
    price: Decimal


def outcome_number(order: Any, visitor: ParentRef, draw: Draw, data: Data) -> Ints:
    table = data["session_outcomes"]
    drawn = table["outcome"].take(draw.pick(table.by("known"), visitor.known))
    numbers = np.array([OUTCOMES.index(str(each)) for each in drawn.coding()[1].values], dtype=np.int64)
    return np.where(order.is_null(), numbers[drawn.coding()[0]], ORDERED)


def ordered(outcome_number: Ints) -> Bools:
    return outcome_number == ORDERED


def outcome(outcome_number: Ints) -> Text:
    return select(outcome_number, OUTCOMES)


def channel_row(outcome: Text, visitor: ParentRef, draw: Draw, data: Data) -> Ints:
    """A row of `registration_channels`; the first time the channel by which a customer found the shop."""
    table, names = data["session_channels"], data["registration_channels"]
    codes = names.lookup("code", table["code"])
    drawn = codes[draw.pick(table.by("outcome"), outcome)]
    first = (visitor.index == 0) & visitor.is_customer
    return np.where(first, np.ma.filled(visitor.customer.column("channel_row"), 0), drawn)


def device(outcome: Text, draw: Draw, data: Data) -> Text:
    table = data["session_devices"]
    return table["device"].take(draw.pick(table.by("outcome"), outcome))


def between(low: Ints, high: Ints, share: Any) -> Ints:
    return low + np.floor((high - low + 1) * share).astype(np.int64)


def page_views(outcome_number: Ints, draw: Draw) -> Ints:
    low, high = (np.array(side, dtype=np.int64)[outcome_number] for side in zip(*PAGES, strict=True))
    share = draw.uniform()
    return between(low, high, share * share)


def planned_seconds(outcome_number: Ints, draw: Draw) -> Ints:
    low, high = (np.array(side, dtype=np.int64)[outcome_number] for side in zip(*SECONDS, strict=True))
    share = draw.uniform()
    return between(low, high, share * share)


def step(part: tuple[float, float], least: int) -> Any:
    """A rule for the moment of a step, within a part of the session; null where the session did not lead so far."""

    def rule(started_at: Dates, seconds: Ints, outcome_number: Ints, draw: Draw) -> Masked:
        low, high = part
        after = np.floor(seconds * (low + (high - low) * draw.uniform())).astype(np.int64)
        return np.ma.MaskedArray(started_at + after.astype("timedelta64[s]"), outcome_number < least)

    return rule


def ordered_at(ended_at: Dates, ordered: Bools) -> Masked:
    return np.ma.MaskedArray(ended_at, ~ordered)


def logged_in(found: Any, started_at: Dates, ordered: Bools) -> Bools:
    registered = np.ma.filled(found.registered_at, np.datetime64("9999-01-01", "us"))
    return ordered | (started_at >= registered)


def cart_of(family: Family, instant: Dates, order: Any, outcome_number: Ints, draw: Draw) -> Masked:
    """The order whose articles lie in the cart: the session's own, or the next one, for which a cart that was left is taken
    up again; a row of Order, null where the articles were never ordered."""
    sequence = in_order(family)
    rows, instants = family.column("raw_order")[sequence], family.column("raw_instant")[sequence]
    # The place of the next session with an order, among all; sessions are looked at from the last to the first.
    places = np.where(rows >= 0, np.arange(len(rows)), len(rows))
    following = np.minimum.accumulate(places[::-1])[::-1] if len(rows) else places
    ends = np.repeat(np.cumsum(family.lengths), family.lengths)
    following = following[family.positions]
    there = following < ends[family.positions]
    next_one = np.where(there, following, 0)
    soon = there & (instants[next_one] - instant <= SOON) & draw.chance(COMES_BACK, "comes back")
    left = (outcome_number == CART) | (outcome_number == CHECKOUT)
    row = np.where(order.is_null(), np.where(left & soon, rows[next_one], -1), order.rows)
    return np.ma.MaskedArray(row, row < 0)


def cart(cart_order: Ref, outcome_number: Ints, draw: Draw, data: Data, world: World) -> Lists:
    """The lines of the order, or articles as they are popular."""
    length = len(outcome_number)
    of_order = ~np.asarray(cart_order.is_null())
    others = np.flatnonzero(~of_order & (outcome_number >= CART))
    lines = world.refer(ORDER, np.maximum(cart_order.rows, 0)[of_order]).children(LINE)
    numbers = data["line_counts"]
    counts = np.zeros(length, dtype=np.int64)
    counts[of_order] = lines.counts
    counts[others] = numbers.ints("count")[draw.take(others).pick(numbers, label="how many")]
    owner = np.repeat(np.arange(length), counts)
    of_line = of_order[owner]
    product, quantity = np.empty(len(owner), dtype=np.int64), np.ones(len(owner), dtype=np.int64)
    product[of_line], quantity[of_line] = lines.column("product").rows, lines.column("quantity")
    sales = Sales.of(world)
    places = draw.items(np.where(of_order, 0, counts), "article").uniform() * sales.lines
    product[~of_line] = sales.dealt(places.astype(np.int64))
    articles = world.refer(PRODUCT, product)
    return Lists(counts, Struct({"product_id": articles.product_id, "quantity": quantity, "price": articles.price}))


def cart_value(cart: Lists) -> Ints:
    return segment_sums(cart.values.price * cart.values.quantity, cart.lengths)
