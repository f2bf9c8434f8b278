"""Lines of an order as papers write them: article numbers, pieces, net prices, tax, and what comes back."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import numpy as np

from datamimic import Children, Data, Lists, Struct, Text, decimals, record
from datamimic.columns import Bools, Ints
from datamimic_pack_ecommerce.amounts import Shop
from datamimic_pack_ecommerce.orders import taxation

GRAMS = 1_000


@record
class Article:
    """A line of an order. Amounts are without tax, but for `refund`; `tax_rate` is in percent, `weight` in kilogrammes."""

    number: int
    line_id: str
    gtin: str
    sku: str
    name: str
    quantity: int
    weight: Annotated[Decimal, decimals(3)]
    unit_price: Decimal
    discount: Decimal | None
    net: Decimal
    tax_rate: Annotated[Decimal, decimals(4)]
    tax_category: str
    coupon: Decimal
    tax: Decimal
    returned: int
    refund: Decimal
    refund_net: Decimal
    refund_tax: Decimal


def articles(lines: Children, data: Data) -> Lists:
    product, shop = lines.column("product"), Shop.read(data)
    quantity, rate, refund = (lines.column(name) for name in ("quantity", "tax_ppm", "refund_amount"))
    discount = lines.column("line_discount")
    order = np.repeat(np.arange(len(lines.counts)), lines.counts)
    refund_net = taxation.refund_net(order, refund, rate, shop.unit)
    parts: dict[str, Any] = {
        "number": lines.column("line_number"),
        "line_id": lines.column("order_line_id"),
        "gtin": product.gtin,
        "sku": product.sku,
        "name": product.name,
        "quantity": quantity,
        "weight": np.rint(product.weight * GRAMS).astype(np.int64) * quantity,
        "unit_price": lines.column("unit_price"),
        "discount": np.ma.MaskedArray(discount, discount == 0),
        "net": lines.column("line_total"),
        "tax_rate": rate,
        "tax_category": category(rate, shop.tax_included),
        "coupon": lines.column("coupon_discount"),
        "tax": lines.column("tax_amount"),
        "returned": lines.column("returned_quantity"),
        "refund": refund,
        "refund_net": refund_net,
        "refund_tax": refund - refund_net,
    }
    return Lists(lines.counts, Struct(parts))


def returned_articles(articles: Lists) -> Lists:
    """The lines of which something was refunded."""
    return articles.only(articles.values.refund > 0)


def category(rate: Ints, tax_included: bool) -> Text:
    """Category of a tax rate (UNTDID 5305): standard, or zero rated; exempt where there is no value added tax."""
    taxed: Bools = rate > 0
    return Text.coded(taxed.astype(np.int64), ("Z" if tax_included else "E", "S"))


def weight(articles: Lists) -> Ints:
    """Of the whole parcel."""
    return np.bincount(articles.parents, weights=articles.values.weight, minlength=len(articles)).astype(np.int64)
