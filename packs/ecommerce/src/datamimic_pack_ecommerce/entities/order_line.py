"""OrderLine: one article in an order, with its quantity, price, tax, stock and return."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from datamimic import (
    Data,
    Draw,
    ParentRef,
    Ref,
    Service,
    Text,
    World,
    check,
    children,
    count_of,
    entity,
    field,
    parent,
    ref,
    serial,
    via,
)
from datamimic.columns import Bools, Floats, Ints
from datamimic_pack_ecommerce.amounts import Shop, divide, is_whole, tax_on, tax_within
from datamimic_pack_ecommerce.entities.order import Order
from datamimic_pack_ecommerce.entities.product import Product
from datamimic_pack_ecommerce.sales import Sales
from datamimic_pack_ecommerce.tax import TaxRates

if TYPE_CHECKING:
    from datamimic_pack_ecommerce.entities.review import Review

PROMOTIONS = (10, 15, 20, 30)
WEARABLE = frozenset({"fashion", "shoes"})


def product_row(rows: Ints, world: World) -> Ints:
    return Sales.of(world).product_of(rows)


def quantity(product: Ref, draw: Draw, data: Data) -> Ints:
    table = data["quantities"]
    drawn = table.ints("quantity")[draw.pick(table)]
    dear = product.price * 5 > Shop.read(data).highest_price
    return np.where(dear, 1, drawn)


# -- price, discount, tax -----------------------------------------------------------------------------------------


def tax_ppm(product: Ref, order: ParentRef, list_price: Ints, world: World, data: Data) -> Ints:
    rates = TaxRates.of(world, data)
    return rates.at(rates.class_numbers(product.tax_class), order.tax_state_number, order.date, list_price)


def net(price: Ints, tax_ppm: Ints, shop: Shop) -> Ints:
    """A shelf price without the tax that it contains."""
    return price - tax_within(price, tax_ppm, shop.unit) if shop.tax_included else price


def unit_price(list_price: Ints, tax_ppm: Ints, data: Data) -> Ints:
    return net(list_price, tax_ppm, Shop.read(data))


def promotion_percent(draw: Draw) -> Ints:
    percent = np.array(PROMOTIONS, dtype=np.int64)[draw.one_of(PROMOTIONS, "how much")]
    return np.where(draw.chance(0.11, "on offer"), percent, 0)


def offered_price(list_price: Ints, promotion_percent: Ints, data: Data) -> Ints:
    return divide(list_price * (100 - promotion_percent), 100, Shop.read(data).unit)


def line_discount(quantity: Ints, unit_price: Ints, offered_price: Ints, tax_ppm: Ints, data: Data) -> Ints:
    return quantity * (unit_price - net(offered_price, tax_ppm, Shop.read(data)))


def line_total(quantity: Ints, unit_price: Ints, line_discount: Ints) -> Ints:
    return quantity * unit_price - line_discount


def goods_value(quantity: Ints, offered_price: Ints) -> Ints:
    return quantity * offered_price


def coupon_value(goods_value: Ints, order: ParentRef, data: Data) -> Ints:
    return divide(goods_value * order.coupon_percent, 100, Shop.read(data).unit)


def coupon_discount(coupon_value: Ints, tax_ppm: Ints, data: Data) -> Ints:
    return net(coupon_value, tax_ppm, Shop.read(data))


def tax_amount(
    line_total: Ints, goods_value: Ints, coupon_value: Ints, coupon_discount: Ints, tax_ppm: Ints, data: Data
) -> Ints:
    shop = Shop.read(data)
    if shop.tax_included:
        return (goods_value - line_total) - (coupon_value - coupon_discount)
    return tax_on(line_total - coupon_discount, tax_ppm, shop.unit)


# -- stock --------------------------------------------------------------------------------------------------------


def stock_before(quantity: Ints, draw: Draw) -> Ints:
    return quantity + draw.integers(0, 240)


def stock_after(stock_before: Ints, quantity: Ints) -> Ints:
    return stock_before - quantity


# -- what comes back ----------------------------------------------------------------------------------------------


def unwanted_pieces(product: Ref, quantity: Ints, draw: Draw, data: Data) -> Ints:
    rates = data["return_rates"]
    chance = rates.ints("rate_ppm")[rates.lookup("category_code", product.category_code)] / 1_000_000
    some = draw.integers(1, quantity, "pieces")
    pieces = np.where(draw.chance(0.15, "only some"), some, quantity)
    return np.where(draw.chance(chance, "sent back"), pieces, 0)


def returned_quantity(unwanted_pieces: Ints, order: ParentRef) -> Ints:
    return np.where(order.is_returned, unwanted_pieces, 0)


def return_reason(returned_quantity: Ints, product: Ref, draw: Draw, data: Data) -> Text:
    table = data["return_reasons"]
    kind = Text.coded(product.department_code.isin(WEARABLE), ("other", "wearable"))
    reason: Text = table["reason"].take(draw.pick(table.by("kind"), kind))
    return reason.where(returned_quantity > 0)


def refund_amount(
    line_total: Ints,
    coupon_discount: Ints,
    tax_amount: Ints,
    returned_quantity: Ints,
    quantity: Ints,
    order: ParentRef,
    data: Data,
) -> Ints:
    unit = Shop.read(data).unit
    paid = line_total - coupon_discount + tax_amount
    share = paid * returned_quantity // (quantity * unit) * unit
    return np.where(order.is_refunded, share, 0)


@entity(
    "order_line",
    size=204_000,
    tables=("shop", "quantities", "tax_rates", "return_rates", "return_reasons", "line_counts"),
)
class OrderLine:
    """One article in an order: quantity, price, discount, tax, stock, and what came back."""

    order_line_id: str = field(serial("LINE-##########"), key=True, doc="number of the order line")
    order: Order = field(parent(Order, counts="line_counts"), doc="the order")
    line_number: int = field(lambda order: order.index + 1, doc="position in the order, from 1")
    product: Product = field(ref(Product, by=product_row), doc="the article")
    product_name: str = field(via("product.name"), doc="its name")
    quantity: int = field(quantity, doc="pieces")
    currency: str = field(via("order.currency"), doc="ISO 4217 code, that of the order")
    list_price: Decimal = field(via("product.price"), doc="shelf price of a piece, as in the catalogue")
    tax_ppm: int = field(tax_ppm, hidden=True, doc="tax rate in parts per million")
    tax_rate: float = field(lambda tax_ppm: tax_ppm / 10_000.0, doc="tax rate of the good, place and day", unit="%")
    unit_price: Decimal = field(unit_price, doc="price of a piece without tax")
    promotion_percent: int = field(promotion_percent, doc="percent off the shelf price", unit="%")
    offered_price: Decimal = field(offered_price, hidden=True, doc="shelf price after the promotion")
    line_discount: Decimal = field(line_discount, doc="what the promotion takes off the line, without tax")
    line_total: Decimal = field(line_total, doc="quantity x unit price - line discount, without tax")
    goods_value: Decimal = field(
        goods_value, hidden=True, doc="what the shopper sees for the line: with VAT where shown"
    )
    coupon_value: Decimal = field(coupon_value, hidden=True, doc="the coupon's share as the shopper sees it")
    coupon_discount: Decimal = field(coupon_discount, doc="the line's share of the coupon, without tax")
    tax_amount: Decimal = field(tax_amount, doc="tax on the line after all discounts")
    stock_before: int = field(stock_before, doc="pieces in stock before the order took them")
    stock_after: int = field(stock_after, doc="pieces in stock after it")
    unwanted_pieces: int = field(unwanted_pieces, hidden=True)
    returned_quantity: int = field(returned_quantity, doc="pieces that came back until the clock")
    return_reason: str | None = field(return_reason, doc="why they came back")
    refund_amount: Decimal = field(refund_amount, doc="paid back until the clock, with tax")
    reviews: list[Review] = field(children("ecommerce.review"), doc="its review, if there is one")
    review_total: int = field(count_of("reviews"), hidden=True)


@check(OrderLine, "line total = quantity x unit price - line discount, and at least one piece")
def line_adds_up(line_total: Ints, quantity: Ints, unit_price: Ints, line_discount: Ints) -> Bools:
    whole = (quantity >= 1) & (line_discount >= 0) & (line_total >= 0)
    return whole & (line_total == quantity * unit_price - line_discount)


@check(OrderLine, "the shelf price is the unit price, with its tax where the country shows prices with tax")
def shelf_price_holds_tax(list_price: Ints, unit_price: Ints, tax_rate: Floats, data: Data) -> Bools:
    shop = Shop.read(data)
    tax = tax_within(list_price, np.rint(tax_rate * 10_000).astype(np.int64), shop.unit) if shop.tax_included else 0
    return list_price == unit_price + tax


@check(OrderLine, "the tax is the rate of what the line costs after discounts, to a minor unit per piece")
def tax_fits_rate(
    tax_amount: Ints, line_total: Ints, coupon_discount: Ints, quantity: Ints, tax_rate: Floats, data: Data
) -> Bools:
    shop = Shop.read(data)
    exact = (line_total - coupon_discount) * tax_rate / 100.0
    slack = (quantity + 1) * shop.unit if shop.tax_included else 0.5 * shop.unit + 1e-6
    return np.abs(tax_amount - exact) <= slack


@check(OrderLine, "amounts are whole minor units of the currency")
def amounts_are_whole(
    unit_price: Ints, line_total: Ints, coupon_discount: Ints, tax_amount: Ints, refund_amount: Ints, data: Data
) -> Bools:
    unit = Shop.read(data).unit
    amounts = (unit_price, line_total, coupon_discount, tax_amount, refund_amount)
    return np.logical_and.reduce([is_whole(amount, unit) & (amount >= 0) for amount in amounts])


@check(OrderLine, "the stock was enough, and sank by the quantity")
def stock_sinks(stock_before: Ints, stock_after: Ints, quantity: Ints) -> Bools:
    return (stock_after >= 0) & (stock_after == stock_before - quantity)


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

    entity = OrderLine

    def __init__(
        self,
        dataset: str | None = None,
        rng: Random | None = None,
        reference_now: Any = None,
        *,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(dataset, rng=rng, seed=seed, clock=reference_now)
