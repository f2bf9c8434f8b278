"""Session: one visit to the shop, and how far it led on the way to an order."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np

from datamimic import (
    Clock,
    Entity,
    Lists,
    Service,
    Text,
    check,
    copy_of,
    entity,
    field,
    from_row,
    parent,
    ref,
    segment_sums,
    serial,
)
from datamimic.columns import Bools, Dates, Ints, Masked
from datamimic_pack_ecommerce.amounts import Shop
from datamimic_pack_ecommerce.entities.customer import Customer
from datamimic_pack_ecommerce.entities.order import Order
from datamimic_pack_ecommerce.entities.visitor import Visitor
from datamimic_pack_ecommerce.visits import funnel, sequence, visitors


@entity(
    "session",
    size=6_100_000,
    happens="ended_at",
    looks_at=("ecommerce.order_line", "ecommerce.product"),
    tables=(
        "shop", "session_outcomes", "session_channels", "session_devices", "registration_channels", "line_counts",
        "hour_profile", "weekday_profile", "month_profile", "campaign_days",
    ),
)  # fmt: skip
class Session(Entity):
    """A visit: who came by what, what was looked at, what lay in the cart, and the order that it led to, if it did."""

    # whose session
    session_id: str = field(serial("SES-{country}-###########", grows=True), key=True, doc="number of the session")
    visitor: Visitor = field(parent(Visitor, counts=visitors.session_counts), doc="who came")
    number: int = field(lambda visitor: visitor.index + 1, doc="1 for the visitor's first session")

    # when
    raw_order: int = field(sequence.raw_order, internal=True, doc="order before sessions are put in order")
    raw_instant: datetime = field(sequence.raw_instant, internal=True, doc="instant before sessions are put in order")
    place_in_time: int = field(sequence.in_time, internal=True)
    instant: datetime = field(sequence.instant, internal=True)
    gaps: sequence.Gaps = field(sequence.gaps, internal=True)
    order: Order | None = field(
        ref(Order, by=sequence.order_row), doc="the order that the session led to; null for most"
    )
    outcome_number: int = field(funnel.outcome_number, internal=True)
    ordered: bool = field(funnel.ordered, internal=True)
    planned_seconds: int = field(funnel.planned_seconds, internal=True)
    seconds: int = field(sequence.seconds, internal=True)
    started_at: datetime = field(sequence.started_at, doc="first page")
    ended_at: datetime = field(sequence.ended_at, doc="last page")

    # by what
    found: Customer | None = field(copy_of("visitor.customer"), internal=True)
    logged_in: bool = field(funnel.logged_in, doc="is it known whose session it is? since the account was opened")
    customer: Customer | None = field(
        ref(Customer, by=lambda found, logged_in: np.ma.MaskedArray(found.rows, (found.rows < 0) | ~logged_in)),
        doc="the customer, where it is known who came",
    )
    outcome: str = field(funnel.outcome, doc="how far it led: bounced, browsed, cart, checkout or ordered")
    channel_row: int = field(funnel.channel_row, internal=True)
    channel: str = field(from_row("registration_channels", "channel", row="channel_row"), doc="how the visitor came")
    device: str = field(funnel.device, doc="mobile, desktop or tablet")
    page_views: int = field(funnel.page_views, doc="pages seen")

    # the way to the order
    viewed_at: datetime | None = field(
        funnel.step(funnel.SEEN, funnel.BROWSED), doc="an article was looked at; null for who left at once"
    )
    cart_at: datetime | None = field(funnel.step(funnel.INTO_CART, funnel.CART), doc="laid into the cart")
    checkout_at: datetime | None = field(funnel.step(funnel.TO_CHECKOUT, funnel.CHECKOUT), doc="checkout was begun")
    ordered_at: datetime | None = field(funnel.ordered_at, doc="the order was placed: the order's `date`")

    # what lay in the cart
    cart_order: Order | None = field(ref(Order, by=funnel.cart_of), internal=True)
    cart: list[funnel.CartItem] = field(funnel.cart, doc="articles in the cart at the end; those of the order")
    cart_value: Decimal = field(funnel.cart_value, doc="the cart at shelf prices")
    currency: str = field(
        lambda rows, data: Text.constant(Shop.read(data).currency, len(rows)), doc="ISO 4217 code of its amounts"
    )


@check(Session, "started <= viewed <= cart <= checkout <= ordered <= ended <= clock")
def steps_are_in_order(
    started_at: Dates, viewed_at: Masked, cart_at: Masked, checkout_at: Masked, ordered_at: Masked, ended_at: Dates,
    clock: Clock,
) -> Bools:  # fmt: skip
    result, last = ended_at <= clock.instant, started_at
    for step in (viewed_at, cart_at, checkout_at, ordered_at):
        missing = np.ma.getmaskarray(step)
        result &= missing | (np.ma.getdata(step) >= last)
        last = np.where(missing, last, np.ma.getdata(step))
    return result & (last <= ended_at)


@check(Session, "the outcome is the last step that was taken, and no step before it is missing")
def outcome_is_the_last_step(
    outcome: Text, viewed_at: Masked, cart_at: Masked, checkout_at: Masked, ordered_at: Masked
) -> Bools:
    steps = [~np.ma.getmaskarray(step) for step in (viewed_at, cart_at, checkout_at, ordered_at)]
    taken = np.sum(steps, axis=0)
    in_turn = np.logical_and.reduce([before | ~after for before, after in pairwise(steps)])
    return in_turn & (outcome == Text.coded(taken, funnel.OUTCOMES))


@check(Session, "an order is named exactly where one was placed, by a customer")
def order_where_ordered(order: Any, customer: Any, ordered_at: Masked) -> Bools:
    placed = ~np.ma.getmaskarray(ordered_at)
    return (placed == ~order.is_null()) & (~placed | ~customer.is_null())


@check(
    Session,
    "there is a cart from the step on at which something was laid into it, and it is worth what its articles are",
)
def cart_adds_up(cart: Lists, cart_value: Ints, cart_at: Masked) -> Bools:
    worth = segment_sums(cart.values.price * cart.values.quantity, cart.lengths)
    return (cart_value == worth) & ((cart.lengths > 0) == ~np.ma.getmaskarray(cart_at))


@check(Session, "who left at once saw one page, everybody else more")
def bounces_see_one_page(outcome: Text, page_views: Ints) -> Bools:
    return (page_views >= 1) & ((page_views == 1) == (outcome == "bounced"))


class SessionService(Service[Session]):
    """Sessions, visitor after visitor."""
