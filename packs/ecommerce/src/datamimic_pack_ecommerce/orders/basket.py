"""Lines of orders: pieces, prices, tax, stock, and what comes back."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from datamimic import Children, Data, Draw, Lists, ParentRef, Ref, Struct, Text, World, record
from datamimic.columns import Bools, Dates, Ints, Masked, where
from datamimic_pack_ecommerce.amounts import Shop, divide, tax_within
from datamimic_pack_ecommerce.orders import abuse
from datamimic_pack_ecommerce.orders.timeline import has_come
from datamimic_pack_ecommerce.rhythm import Campaigns, month_of
from datamimic_pack_ecommerce.sales import Sales
from datamimic_pack_ecommerce.tax import TaxRates


@record
class OrderedProduct:
    """A product as it stands in an order."""

    product_id: str
    sku: str
    name: str
    brand: str
    category: str
    color: str
    condition: str
    availability: str
    weight: float
    price: Decimal
    currency: str
    quantity: int


def product_list(lines: Children) -> Lists:
    product = lines.column("product")
    names = [name for name in OrderedProduct.__annotations__ if name != "quantity"]
    parts = {name: product.column(name) for name in names}
    return Lists(lines.counts, Struct({**parts, "quantity": lines.column("quantity")}))


def articles_fit_order(product_list: Lists, currency: Text, item_count: Ints) -> Bools:
    items = product_list.values
    same = items.currency == currency.take(product_list.parents)
    sold = items.availability.isin(("In Stock", "Low Stock")) & (items.quantity >= 1)
    pieces = np.bincount(product_list.parents, weights=items.quantity, minlength=len(item_count)).astype(np.int64)
    return product_list.all(same & sold) & (product_list.lengths >= 1) & (pieces == item_count)


PROMOTIONS = (10, 15, 20, 30)

WEARABLE = frozenset({"fashion", "shoes"})


def product_row(rows: Ints, world: World) -> Ints:
    return Sales.of(world).product_of(rows, world)


def quantity(product: Ref, draw: Draw, data: Data) -> Ints:
    table = data["quantities"]
    drawn = table.ints("quantity")[draw.pick(table)]
    dear = product.price * 5 > Shop.read(data).highest_price
    return np.where(dear, 1, drawn)


def tax_ppm(product: Ref, order: ParentRef, list_price: Ints, world: World, data: Data) -> Ints:
    rates = TaxRates.of(world, data)
    return rates.at(rates.class_numbers(product.tax_class), order.tax_state_number, order.date, list_price)


def net(price: Ints, tax_ppm: Ints, shop: Shop) -> Ints:
    """A shelf price without the tax that it contains."""
    return price - tax_within(price, tax_ppm, shop.unit) if shop.tax_included else price


def unit_price(list_price: Ints, tax_ppm: Ints, data: Data) -> Ints:
    return net(list_price, tax_ppm, Shop.read(data))


def promotion_percent(order: ParentRef, draw: Draw, data: Data) -> Ints:
    percent = np.array(PROMOTIONS, dtype=np.int64)[draw.one_of(PROMOTIONS, "how much")]
    usual = data["promotion_months"].ints("percent")[month_of(order.date) - 1]
    on_offer = Campaigns.of(data["campaign_days"]).promotion_percent(order.date.astype("datetime64[D]"), usual)
    return np.where(draw.chance(on_offer / 100.0, "on offer"), percent, 0)


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


def unwanted_pieces(product: Ref, quantity: Ints, order: ParentRef, draw: Draw, data: Data) -> Ints:
    rates = data["return_rates"]
    chance = rates.ints("rate_ppm")[rates.lookup("category_code", product.category_code)] / 1_000_000
    some = draw.integers(1, quantity, "pieces")
    pieces = np.where(draw.chance(0.15, "only some"), some, quantity)
    return abuse.pieces(order, quantity, np.where(draw.chance(chance, "sent back"), pieces, 0), draw)


def returned_pieces(unwanted_pieces: Ints, order: ParentRef) -> Ints:
    return np.where(order.is_returned, unwanted_pieces, 0)


def returned_quantity(returned_pieces: Ints, returned_at: Masked, now: Dates) -> Ints:
    return np.where(has_come(returned_at, now), returned_pieces, 0)


def reason_row(product: Ref, order: ParentRef, draw: Draw, data: Data) -> Ints:
    """Why the article comes back, if it does: only what was late comes back because it was."""
    table = data["return_reasons"]
    kind = Text.coded(product.department_code.isin(WEARABLE), ("other", "wearable"))
    row = draw.pick(table.by("kind"), kind)
    late, mind = (table.position("code", code) for code in ("late", "mind"))
    because = order.is_late & draw.chance(0.5, "because it was late")
    in_time = table["code"].isin(("late",))[row] & ~order.is_late
    return abuse.reason_row(order, np.select([because, in_time], [late, mind], row), draw, data)


def event(reason_row: Ints, unwanted_pieces: Ints, order: ParentRef, data: Data) -> Text:
    """What the customer has to tell: why the article goes back, else whether the parcel came in time."""
    reason = data["return_reasons"]["code"].take(reason_row)
    return where(unwanted_pieces > 0, reason, Text.coded(order.is_late.astype(np.int64), ("in time", "late")))


def return_reason(returned_pieces: Ints, reason_row: Ints, data: Data) -> Text:
    reason: Text = data["return_reasons"]["reason"].take(reason_row)
    return reason.where(returned_pieces > 0)


def refund_share(
    taxed: Ints,
    tax_amount: Ints,
    returned_pieces: Ints,
    quantity: Ints,
    order: ParentRef,
    data: Data,
) -> Ints:
    unit = Shop.read(data).unit
    share = (taxed + tax_amount) * returned_pieces // (quantity * unit) * unit
    return np.where(order.is_refunded, share, 0)


def refund_amount(refund_total: Ints, refunded_at: Masked, now: Dates) -> Ints:
    return np.where(has_come(refunded_at, now), refund_total, 0)
