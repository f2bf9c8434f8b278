"""Taxes of an order by rate: what is taxed, with its shares of coupon and delivery, and the tax. They add up to the order's."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import numpy as np

from datamimic import Data, Lists, Struct, Text, decimals, record
from datamimic.columns import Bools, Ints
from datamimic_pack_ecommerce.amounts import Shop, tax_on
from datamimic_pack_ecommerce.trade.line_items import category

_RATES = 1 << 21
"""More than a rate can be, in parts per million."""


@record
class TaxShare:
    """What of an order has one rate. `base` = `goods` - `coupon` + `delivery`; a part that there is none of is null."""

    category: str
    rate: Annotated[Decimal, decimals(4)]
    goods: Decimal
    coupon: Decimal | None
    delivery: Decimal | None
    base: Decimal
    tax: Decimal


def taxes(
    articles: Lists,
    shipping_amount: Ints,
    shipping_ppm: Ints,
    shipping_tax: Ints,
    data: Data,
) -> Lists:
    """By rate, the highest first."""
    included, lines, orders = Shop.read(data).tax_included, articles.values, len(articles)
    sent = np.flatnonzero(shipping_amount > 0)
    rate = np.concatenate([lines.tax_rate, shipping_ppm[sent]])
    none = np.zeros(len(sent), np.int64)
    amounts = {
        "goods": np.concatenate([lines.net, none]),
        "coupon": np.concatenate([lines.coupon, none]),
        "delivery": np.concatenate([np.zeros_like(lines.net), shipping_amount[sent]]),
        "tax": np.concatenate([lines.tax, shipping_tax[sent]]),
    }
    return by_rate(np.concatenate([articles.parents, sent]), orders, rate, amounts, included)


def by_rate(order: Ints, orders: int, rate: Ints, amounts: dict[str, Ints], tax_included: bool) -> Lists:
    """Amounts of parts of the orders, added up by rate."""
    keys, inverse = np.unique(order * _RATES + (_RATES - 1 - rate), return_inverse=True)
    summed = {
        name: np.bincount(inverse, weights=values, minlength=len(keys)).astype(np.int64)
        for name, values in amounts.items()
    }
    rates = _RATES - 1 - keys % _RATES
    nothing = np.zeros(len(keys), np.int64)
    coupon, delivery = summed.get("coupon", nothing), summed.get("delivery", nothing)
    parts: dict[str, Any] = {
        "category": category(rates, tax_included),
        "rate": rates,
        "goods": summed["goods"],
        "coupon": np.ma.MaskedArray(coupon, coupon == 0),
        "delivery": np.ma.MaskedArray(delivery, delivery == 0),
        "base": summed["goods"] - coupon + delivery,
        "tax": summed["tax"],
    }
    return Lists(np.bincount(keys // _RATES, minlength=orders), Struct(parts))


def returned_taxes(returned_articles: Lists, data: Data) -> Lists:
    """The same of what is refunded."""
    lines = returned_articles.values
    amounts = {"goods": lines.refund_net, "tax": lines.refund_tax}
    included = Shop.read(data).tax_included
    return by_rate(returned_articles.parents, len(returned_articles), lines.tax_rate, amounts, included)


def tax_name(rows: Ints, data: Data) -> Text:
    """What the tax is (UNTDID 5153): value added tax, or a state's sales tax."""
    return Text.constant("VAT" if Shop.read(data).tax_included else "STT", len(rows))


def add_up(taxes: Lists, tax_amount: Ints, total_amount: Ints, data: Data) -> Bools:
    """Is the tax of each rate that rate of what is taxed (BR-CO-17 of EN 16931), and do all make the order's tax and total?"""
    shares, unit = taxes.values, Shop.read(data).unit
    tax, base = (
        np.bincount(taxes.parents, weights=values, minlength=len(taxes)).astype(np.int64)
        for values in (shares.tax, shares.base)
    )
    rounded_once = taxes.all(shares.tax == tax_on(shares.base, shares.rate, unit))
    return rounded_once & (tax == tax_amount) & (base + tax == total_amount)
