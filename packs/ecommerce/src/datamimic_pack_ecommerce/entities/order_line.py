"""OrderLine: one article in an order, with its quantity, price, tax, stock and return."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from datamimic import (
    Data,
    Entity,
    Service,
    Text,
    check,
    children,
    entity,
    field,
    parent,
    ref,
    serial,
    via,
)
from datamimic.columns import Bools, Floats, Ints
from datamimic_pack_ecommerce import stock
from datamimic_pack_ecommerce.amounts import Shop, is_whole, tax_within
from datamimic_pack_ecommerce.entities.order import Order
from datamimic_pack_ecommerce.entities.product import Product
from datamimic_pack_ecommerce.orders import basket, taxation

if TYPE_CHECKING:
    from datamimic_pack_ecommerce import Review


@entity(
    "order_line",
    size=204_000,
    happens="order",
    tables=(
        "shop",
        "quantities",
        "tax_rates",
        "return_rates",
        "return_reasons",
        "line_counts",
        "month_winters",
        "promotion_months",
        "campaign_days",
    ),
)
class OrderLine(Entity):
    """One article in an order: quantity, price, discount, tax, stock, and what came back."""

    # of which order
    order_line_id: str = field(
        serial("LINE-{country}-##########", grows=True), key=True, doc="number of the order line"
    )
    order: Order = field(parent(Order, counts="line_counts"), doc="the order")
    line_number: int = field(lambda order: order.index + 1, doc="position in the order, from 1")

    # what
    product: Product = field(ref(Product, by=basket.product_row), doc="the article")
    product_name: str = field(via("product.name"), doc="its name")
    quantity: int = field(basket.quantity, doc="pieces")
    currency: str = field(via("order.currency"), doc="ISO 4217 code, that of the order")

    # price, discount, tax
    list_price: Decimal = field(via("product.price"), doc="shelf price of a piece, as in the catalogue")
    tax_ppm: int = field(basket.tax_ppm, internal=True, doc="tax rate in parts per million")
    tax_rate: float = field(lambda tax_ppm: tax_ppm / 10_000.0, doc="tax rate of the good, place and day", unit="%")
    unit_price: Decimal = field(basket.unit_price, doc="price of a piece without tax")
    promotion_percent: int = field(basket.promotion_percent, doc="percent off the shelf price", unit="%")
    offered_price: Decimal = field(basket.offered_price, internal=True, doc="shelf price after the promotion")
    line_discount: Decimal = field(basket.line_discount, doc="what the promotion takes off the line, without tax")
    line_total: Decimal = field(basket.line_total, doc="quantity x unit price - line discount, without tax")
    goods_value: Decimal = field(
        basket.goods_value, internal=True, doc="what the shopper sees for the line: with VAT where shown"
    )
    coupon_value: Decimal = field(basket.coupon_value, internal=True, doc="the coupon's share as the shopper sees it")
    coupon_discount: Decimal = field(basket.coupon_discount, doc="the line's share of the coupon, without tax")
    taxed: Decimal = field(
        lambda line_total, coupon_discount: line_total - coupon_discount, internal=True, doc="what is taxed"
    )
    tax_amount: Decimal = field(taxation.tax_amount, doc="the line's part of the order's tax, after all discounts")

    # stock
    stock_before: int = field(
        lambda rows, world: stock.of_lines(rows, world)[0], doc="pieces in stock before the order took them"
    )
    stock_after: int = field(lambda stock_before, quantity: stock_before - quantity, doc="pieces in stock after it")
    stock_received: int = field(
        lambda rows, world: stock.of_lines(rows, world)[1],
        doc="pieces that came in since the article's sale before: lots of the supplier, and what a cancelled order gave back",
    )

    # what comes back
    unwanted_pieces: int = field(basket.unwanted_pieces, internal=True)
    reason_row: int = field(basket.reason_row, internal=True)
    event: str = field(basket.event, internal=True, doc="what the customer has to tell of it")
    returned_at: datetime | None = field(via("order.returned_at"), internal=True)
    refunded_at: datetime | None = field(via("order.refunded_at"), internal=True)
    returned_pieces: int = field(basket.returned_pieces, internal=True)
    returned_quantity: int = field(basket.returned_quantity, doc="pieces that came back until the clock")
    return_reason: str | None = field(basket.return_reason, since="returned_at", doc="why they came back")
    refund_share: Decimal = field(basket.refund_share, internal=True, doc="of what was paid for all pieces")
    refund_total: Decimal = field(taxation.refund_total, internal=True)
    refund_amount: Decimal = field(basket.refund_amount, doc="paid back until the clock, with tax")
    reviews: list[Review] = field(children("ecommerce.review"), doc="its review, if there is one")
    review_total: int = field(lambda reviews: reviews.counts, internal=True)


@check(OrderLine, "line total = quantity x unit price - line discount, and at least one piece")
def line_adds_up(line_total: Ints, quantity: Ints, unit_price: Ints, line_discount: Ints) -> Bools:
    whole = (quantity >= 1) & (line_discount >= 0) & (line_total >= 0)
    return whole & (line_total == quantity * unit_price - line_discount)


@check(OrderLine, "the shelf price is the unit price, with its tax where the country shows prices with tax")
def shelf_price_holds_tax(list_price: Ints, unit_price: Ints, tax_rate: Floats, data: Data) -> Bools:
    shop = Shop.read(data)
    tax = tax_within(list_price, np.rint(tax_rate * 10_000).astype(np.int64), shop.unit) if shop.tax_included else 0
    return list_price == unit_price + tax


@check(OrderLine, "the tax is the rate of what the line costs after discounts, to a minor unit")
def tax_fits_rate(tax_amount: Ints, line_total: Ints, coupon_discount: Ints, tax_rate: Floats, data: Data) -> Bools:
    exact = (line_total - coupon_discount) * tax_rate / 100.0
    return np.abs(tax_amount - exact) <= Shop.read(data).unit


@check(OrderLine, "amounts are whole minor units of the currency")
def amounts_are_whole(
    unit_price: Ints, line_total: Ints, coupon_discount: Ints, tax_amount: Ints, refund_amount: Ints, data: Data
) -> Bools:
    unit = Shop.read(data).unit
    amounts = (unit_price, line_total, coupon_discount, tax_amount, refund_amount)
    return np.logical_and.reduce([is_whole(amount, unit) & (amount >= 0) for amount in amounts])


@check(OrderLine, "the stock was enough, and sank by the quantity; nothing went out between two sales")
def stock_sinks(stock_before: Ints, stock_after: Ints, quantity: Ints, stock_received: Ints) -> Bools:
    sank = (stock_after >= 0) & (stock_after == stock_before - quantity)
    return sank & (stock_received >= 0) & (stock_received <= stock_before)


@check(OrderLine, "no more comes back than was ordered, with a reason, and no more is refunded than was paid")
def return_fits_order(
    returned_quantity: Ints, quantity: Ints, return_reason: Text, refund_amount: Ints, line_total: Ints,
    coupon_discount: Ints, tax_amount: Ints,
) -> Bools:  # fmt: skip
    back = returned_quantity > 0
    paid = line_total - coupon_discount + tax_amount
    fits = (returned_quantity >= 0) & (returned_quantity <= quantity) & (refund_amount <= paid)
    return fits & (return_reason.is_null() == ~back) & (back | (refund_amount == 0))


class OrderLineService(Service[OrderLine]):
    """Order lines, order after order."""
