"""Order: what a customer bought at one time, where it went, what it cost and what became of it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import numpy as np

from datamimic import (
    Entity,
    Service,
    Text,
    check,
    children,
    decimals,
    entity,
    field,
    from_row,
    parent,
    serial,
    sum_of,
    via,
)
from datamimic.columns import Bools, Dates
from datamimic_pack_common.entities.address import Address
from datamimic_pack_ecommerce.amounts import Shop
from datamimic_pack_ecommerce.entities.addresses import Billing, Shipping
from datamimic_pack_ecommerce.entities.customer import Customer
from datamimic_pack_ecommerce.orders import abuse, basket, checkout, taxation, timeline, tracking
from datamimic_pack_ecommerce.trade import gs1, line_items, paperwork, parties, settlement, tax_shares
from datamimic_pack_ecommerce.trade.line_items import Article
from datamimic_pack_ecommerce.trade.paperwork import Papers
from datamimic_pack_ecommerce.trade.parties import Party
from datamimic_pack_ecommerce.trade.settlement import Credit, Payment
from datamimic_pack_ecommerce.trade.tax_shares import TaxShare

if TYPE_CHECKING:
    from datamimic_pack_ecommerce import OrderLine


@entity(
    "order",
    size=179_008,
    happens="date",
    options=abuse.OrderOptions,
    looks_at=("common.company", "common.city"),
    tables=(
        "shop", "payment_methods", "shipping_methods", "coupon_prefixes", "order_statuses", "order_notes", "tax_rates",
        "delivery_holidays", "campaign_days", "warehouse",
    ),
)  # fmt: skip
class Order(Entity):
    """What a customer bought at one time: articles, addresses, amounts in one currency, and its way to the door."""

    # whose order
    order_id: str = field(serial("ORD-{country}-##########", grows=True), key=True, doc="number of the order")
    customer: Customer = field(parent(Customer, counts="order_counts"), doc="who ordered")
    user_id: str = field(via("customer.customer_id"), doc="number of the customer, as the shop's account")
    lines: list[OrderLine] = field(children("ecommerce.order_line"), doc="its order lines")

    # when
    review_total: int = field(lambda lines: lines.sum("review_total"), internal=True)
    reviewed: bool = field(lambda review_total: review_total > 0, internal=True)
    busy: float = field(checkout.busy, internal=True)
    registered_at: datetime = field(via("customer.registered_at"), hidden=True, doc="when the account was opened")
    number_of_customer: int = field(
        lambda customer: customer.index + 1, hidden=True, doc="1 for the customer's first order"
    )
    date: datetime = field(checkout.date, doc="when it was placed")

    # what
    product_list: list[basket.OrderedProduct] = field(basket.product_list, doc="the articles with their quantities")
    item_count: int = field(sum_of("lines", "quantity"), doc="pieces")

    # where to
    billing_address: Address = field(Billing(), doc="the customer's address")
    shipping_address: Address = field(Shipping(), doc="where it is sent")

    # how it is paid and sent
    tax_state_number: int = field(checkout.tax_state_number, internal=True)
    currency: str = field(
        lambda rows, data: Text.constant(Shop.read(data).currency, len(rows)), doc="ISO 4217 code of all its amounts"
    )
    payment_row: int = field(checkout.payment_row, internal=True)
    payment_method: str = field(
        from_row("payment_methods", "payment_method", row="payment_row"),
        doc="how it is paid, as offered in the country",
    )
    paid_when: str = field(timeline.paid_when, internal=True, doc="order, transfer, invoice or delivery")
    is_prepaid: bool = field(timeline.is_prepaid, hidden=True)
    shipping_row: int = field(checkout.shipping_row, internal=True)
    shipping_method: str = field(
        from_row("shipping_methods", "shipping_method", row="shipping_row"),
        doc="how it is sent, as offered in the country",
    )
    carrier: str = field(from_row("shipping_methods", "carrier", row="shipping_row"), doc="who carries it")

    # coupon and delivery
    basket_value: Decimal = field(sum_of("lines", "goods_value"), hidden=True, doc="the goods as the shopper sees them")
    coupon_row: int = field(checkout.coupon_row, internal=True)
    coupon_percent: int = field(checkout.coupon_percent, internal=True)
    coupon_code: str | None = field(checkout.coupon_code, doc="coupon that was redeemed")
    coupon_value: Decimal = field(sum_of("lines", "coupon_value"), internal=True)
    shipping_fee: Decimal = field(checkout.shipping_fee, hidden=True, doc="delivery as the shopper sees it")
    shipping_ppm: int = field(taxation.delivery_ppm, internal=True)
    prices_include_tax: bool = field(
        lambda rows, data: np.full(len(rows), Shop.read(data).tax_included), doc="do shelf prices contain the tax?"
    )

    # amounts
    subtotal_amount: Decimal = field(sum_of("lines", "line_total"), doc="sum of the lines, without tax")
    discount_amount: Decimal = field(sum_of("lines", "coupon_discount"), doc="coupon, without tax")
    shipping_amount: Decimal = field(taxation.delivery_net, doc="delivery, without tax")
    shipping_tax: Decimal = field(taxation.delivery_tax, internal=True)
    tax_amount: Decimal = field(
        lambda lines, shipping_tax: lines.sum("tax_amount") + shipping_tax, doc="tax on goods and delivery"
    )
    total_amount: Decimal = field(checkout.total_amount, doc="lines + tax + shipping - discount: what is to pay")

    # steps as they are planned
    paid_at_planned: datetime = field(timeline.paid_at_planned, internal=True)
    packed_at_planned: datetime = field(timeline.packed_at_planned, internal=True)
    shipped_at_planned: datetime = field(timeline.shipped_at_planned, internal=True)
    is_late: bool = field(timeline.is_late, internal=True, doc="does the parcel come later than promised?")
    delivered_at_planned: datetime = field(timeline.delivered_at_planned, internal=True)
    cancelled_at_planned: datetime = field(timeline.cancelled_at_planned, internal=True)
    is_cancelled: bool = field(timeline.is_cancelled, hidden=True)
    is_settled: bool = field(abuse.is_settled, internal=True, doc="is it so old that a return would be refunded?")
    abusive: bool = field(abuse.abusive, hidden=True, doc="does it abuse returns? what the shop does not know")
    scheme_number: int = field(abuse.scheme_number, internal=True, doc="how it would be done")
    is_unwanted: bool = field(timeline.is_unwanted, internal=True)
    returned_at_planned: datetime = field(timeline.returned_at_planned, internal=True)
    refunded_at_planned: datetime = field(timeline.refunded_at_planned, internal=True)
    is_returned: bool = field(timeline.is_returned, hidden=True)
    is_refunded: bool = field(timeline.is_refunded, hidden=True)

    # steps by the clock
    paid_at: datetime | None = field(
        timeline.paid_at, since="paid_at", doc="paid before dispatch; empty on account or on delivery"
    )
    packed_at: datetime | None = field(timeline.packed_at, since="packed_at", doc="packed")
    shipped_at: datetime | None = field(timeline.shipped_at, since="shipped_at", doc="handed to the carrier")
    delivered_at: datetime | None = field(timeline.delivered_at, since="delivered_at", doc="arrived")
    cancelled_at: datetime | None = field(
        timeline.cancelled_at, since="cancelled_at", doc="cancelled before it was packed"
    )
    returned_at: datetime | None = field(timeline.returned_at, since="returned_at", doc="goods came back")
    refunded_at: datetime | None = field(timeline.refunded_at, since="refunded_at", doc="money went back")
    settled_at: datetime | None = field(
        timeline.settled_at, since="settled_at", doc="the shop had the money, however it was paid"
    )
    status: str = field(
        timeline.status, doc="pending, paid, processing, shipped, delivered, cancelled, returned, refunded"
    )
    tracking_number: str | None = field(
        tracking.tracking_number, since="shipped_at", doc="UPU S10 number of the parcel"
    )

    # what became of it
    refund_total: Decimal = field(checkout.refund_total, internal=True)
    refund_amount: Decimal = field(checkout.refund_amount, doc="paid back until the clock")
    kept_amount: Decimal = field(checkout.kept_amount, internal=True, doc="what stays with the shop")
    notes: str | None = field(checkout.notes, doc="what the customer wrote to the shop")

    # as trade messages tell it
    seller: Party = field(parties.seller, hidden=True, doc="the shop: a company of the world")
    warehouse: Party = field(parties.warehouse, hidden=True, doc="where the parcel comes from")
    front: str = field(parties.front, hidden=True, doc="GLN of the web shop, which speaks for the customers")
    buyer: Party = field(parties.buyer, hidden=True, doc="the customer, with a GLN of the shop's")
    receiver: Party = field(parties.receiver, hidden=True, doc="who gets the parcel")
    articles: list[Article] = field(
        line_items.articles, hidden=True, doc="the lines, with article numbers, tax and return"
    )
    returned_articles: list[Article] = field(
        line_items.returned_articles, hidden=True, doc="the lines of which something was refunded"
    )
    taxes: list[TaxShare] = field(tax_shares.taxes, hidden=True, doc="what is taxed and the tax, by rate")
    returned_taxes: list[TaxShare] = field(tax_shares.returned_taxes, hidden=True, doc="the same of what was refunded")
    tax_name: str = field(tax_shares.tax_name, hidden=True, doc="what the tax is, UNTDID 5153")
    papers: Papers = field(
        paperwork.papers, hidden=True, doc="numbers and days of answer, despatch advice, bill, credit note"
    )
    payment: Payment = field(
        settlement.payment, hidden=True, doc="means of payment, what was paid before and what is due"
    )
    credit: Credit = field(settlement.credit, hidden=True, doc="what was refunded of what came back, and its tax")
    sscc: str = field(gs1.sscc, hidden=True, doc="serial shipping container code of the parcel")
    weight: Annotated[Decimal, decimals(3)] = field(line_items.weight, hidden=True, doc="of the parcel", unit="kg")
    prepared_at: datetime = field(paperwork.prepared, hidden=True, doc="when interchanges are prepared: at the clock")
    dataset: str = field(lambda rows, locale: Text.constant(locale.country, len(rows)), hidden=True)


check(Order, "total = sum of the lines + tax + shipping - discount")(checkout.total_adds_up)


check(Order, "amounts are not negative and whole minor units of the country's currency")(checkout.amounts_are_whole)


check(Order, "taxes by rate are rounded once, and add up with what is taxed to tax and total")(tax_shares.add_up)


check(Order, "all articles are in the currency of the order, at least one piece each, and could be bought")(
    basket.articles_fit_order
)


check(Order, "there is a discount exactly when a coupon was redeemed")(checkout.discount_needs_coupon)


check(Order, "the coupon is one of the shop's and valid in the month of the order")(checkout.coupon_is_valid)


check(Order, "the basket reached the coupon's minimum, and a coupon for new customers was for the first order")(
    checkout.coupon_is_earned
)


@check(Order, "the account was opened before the order")
def customer_is_registered(date: Dates, registered_at: Dates) -> Bools:
    return date >= registered_at


check(Order, "payment and shipping method are offered in the country")(checkout.methods_are_offered)


check(Order, "delivery is free above the method's limit and costs its fee below")(checkout.free_shipping_holds)


check(Order, "created <= paid <= packed <= shipped <= delivered <= returned <= refunded <= clock")(
    timeline.steps_are_in_order
)


check(Order, "the status says how far the order came")(timeline.status_fits_timeline)


check(Order, "no more is refunded than was paid, and only when something was")(checkout.refund_fits_total)


check(Order, "the parcel took at least the shortest time of its shipping method")(timeline.transit_is_possible)


check(Order, "a tracking number exists only for what was sent, and is valid by UPU S10")(tracking.tracking_is_valid)


class OrderService(Service[Order]):
    """Orders of one country's shop, customer after customer."""
