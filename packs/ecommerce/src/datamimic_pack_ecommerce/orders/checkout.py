"""How an order comes about: when it is placed, how it is paid and sent, what it costs."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Children, Data, Draw, ParentRef, Struct, Text, World
from datamimic.columns import Bools, Dates, Floats, Ints, Masked, years_between
from datamimic_pack_ecommerce.amounts import Shop, is_whole
from datamimic_pack_ecommerce.orders import timeline
from datamimic_pack_ecommerce.orders.timeline import has_come
from datamimic_pack_ecommerce.rhythm import BELOW_ONE, Rhythm, month_of
from datamimic_pack_ecommerce.tax import TaxRates

JUDGED_DAYS = timeline.LONGEST_DAYS + 11
"""A reviewed order is at least this old: it arrived, and there was time to write."""
AT_ONCE_SECONDS = 900
"""Who opens the account to order does so at most so long before."""
LOCKER_GRAMS = 25_000
"""The heaviest parcel that a locker or a fast service takes."""


# -- when ---------------------------------------------------------------------------------------------------------


def busy(customer: ParentRef, family: Any, draw: Draw, world: World, data: Data) -> Floats:
    """Orders of a customer come one after the other from the registration on, ever more rarely; those up to the last one
    that was reviewed early enough for it to have arrived."""
    rhythm = Rhythm.of(world, data)
    index, count, start = customer.index, customer.count, customer.registered_busy
    # How many orders there are up to the last reviewed one, 0 without reviews.
    starts = np.cumsum(family.lengths) - family.lengths
    number = np.arange(len(family.rows)) - np.repeat(starts, family.lengths) + 1
    last = np.maximum.reduceat(np.where(family.column("reviewed"), number, 0), starts)
    judged = np.repeat(last, family.lengths)[family.positions]
    own = Draw(world.address(customer.target.name, "loyalty"), customer.rows).uniform()
    fading = 1.0 - own * own
    span = rhythm.total - start
    there, then = faded((index + draw.uniform()) / count, fading), faded(judged / count, fading)
    # The span up to the last reviewed order is shortened where it would end too late, and what follows gets the rest.
    until = np.where(judged > 0, np.minimum(then, np.maximum(rhythm.before(JUDGED_DAYS) - start, 0.0) / span), 0.0)
    early = index < judged
    behind = until + (there - then) * (1.0 - until) / np.maximum(1.0 - then, 1e-9)
    return start + span * np.minimum(np.where(early, there * until / np.maximum(then, 1e-9), behind), BELOW_ONE)


def faded(part: Floats, fading: Floats) -> Floats:
    """Where in a time an order lies that would lie at `part` of it if the customer stayed as eager; from 0 to 1 as `part`."""
    return part * (1.0 - fading + fading * part * part)


def date(busy: Floats, customer: ParentRef, draw: Draw, world: World, data: Data) -> Dates:
    placed = Rhythm.of(world, data).instants(busy, customer.at_work)
    at_once = timeline.later(customer.registered_at, draw, 120, AT_ONCE_SECONDS, "at once")
    first = (customer.index == 0) & draw.chance(0.55, "opens the account for it")
    return np.where(first, at_once, placed)


# -- how it is paid and sent --------------------------------------------------------------------------------------


def payment_row(customer: ParentRef, date: Dates, draw: Draw, data: Data) -> Ints:
    age = years_between(customer.birthdate, date.astype("datetime64[D]"))
    return draw.pick(data["payment_methods"].by("age_from"), age)


def shipping_row(lines: Children, draw: Draw, data: Data) -> Ints:
    table = data["shipping_methods"]
    kinds = table["kind"]
    grams = (lines.column("product").weight * 1000).astype(np.int64) * lines.column("quantity")
    chosen = draw.pick(table)
    bulky = (lines.sum(grams) > LOCKER_GRAMS) & kinds.take(chosen).isin(("locker", "next day"))
    return np.where(bulky, table.position("kind", "standard"), chosen)


def tax_state_number(shipping_address: Struct, world: World, data: Data) -> Ints:
    return TaxRates.of(world, data).state_numbers(shipping_address.state_code)


# -- amounts ------------------------------------------------------------------------------------------------------


def coupon_row(basket_value: Ints, date: Dates, customer: ParentRef, draw: Draw, data: Data) -> Ints:
    """The row of the coupon, -1 without one: valid in the month, above its minimum basket, some only once."""
    table = data["coupon_prefixes"]
    row = draw.pick(table, label="which")
    month = month_of(date)
    valid = (month >= table.ints("month_first")[row]) & (month <= table.ints("month_last")[row])
    valid &= basket_value >= table.ints("min_basket_cents")[row]
    valid &= (table.ints("first_order")[row] == 0) | (customer.index == 0)
    return np.where(valid & draw.chance(0.34, "has one"), row, -1)


def coupon_percent(coupon_row: Ints, data: Data) -> Ints:
    return np.where(coupon_row >= 0, data["coupon_prefixes"].ints("percent")[coupon_row], 0)


def coupon_code(coupon_row: Ints, data: Data) -> Text:
    table = data["coupon_prefixes"]
    codes = [
        f"{prefix}{percent}" for prefix, percent in zip(table.columns["prefix"], table.columns["percent"], strict=True)
    ]
    return Text.coded(coupon_row, codes)


def shipping_fee(shipping_row: Ints, basket_value: Ints, coupon_value: Ints, lines: Children, data: Data) -> Ints:
    """None from the method's limit on, which the goods reach on the bill: a cent of the shelf prices may be missing."""
    included = Shop.read(data).tax_included
    value = lines.sum("taxed") + lines.sum("tax_amount") if included else basket_value - coupon_value
    table = data["shipping_methods"]
    fee, free_at = table.ints("fee_cents")[shipping_row], table.ints("free_at_cents")[shipping_row]
    return np.where((free_at > 0) & (value >= free_at), 0, fee)


def total_amount(subtotal_amount: Ints, tax_amount: Ints, shipping_amount: Ints, discount_amount: Ints) -> Ints:
    return subtotal_amount + tax_amount + shipping_amount - discount_amount


def refund_total(lines: Children, is_refunded: Bools, is_cancelled: Bools, total_amount: Ints) -> Ints:
    return np.where(is_refunded, np.where(is_cancelled, total_amount, lines.sum("refund_total")), 0)


def refund_amount(refund_total: Ints, refunded_at: Masked, now: Dates) -> Ints:
    return np.where(has_come(refunded_at, now), refund_total, 0)


def kept_amount(total_amount: Ints, refund_amount: Ints, cancelled_at: Masked, now: Dates) -> Ints:
    return np.where(has_come(cancelled_at, now), 0, total_amount - refund_amount)


def notes(draw: Draw, data: Data) -> Text:
    table = data["order_notes"]
    note: Text = table["note"].take(draw.pick(table, label="which"))
    return note.where(draw.chance(0.06, "writes one"))


def methods_are_offered(payment_method: Text, shipping_method: Text, carrier: Text, data: Data) -> Bools:
    offered = set(
        zip(*(data["shipping_methods"].columns[name] for name in ("shipping_method", "carrier")), strict=True)
    )
    sent = [pair in offered for pair in zip(shipping_method.tolist(), carrier.tolist(), strict=True)]
    return payment_method.isin(data["payment_methods"].columns["payment_method"]) & np.array(sent, dtype=np.bool_)


def discount_needs_coupon(coupon_code: Text, discount_amount: Ints) -> Bools:
    return coupon_code.is_null() == (discount_amount == 0)


def coupon_is_valid(coupon_code: Text, date: Dates, data: Data) -> Bools:
    table = data["coupon_prefixes"]
    codes = {
        f"{prefix}{percent}": row
        for row, (prefix, percent) in enumerate(zip(table.columns["prefix"], table.columns["percent"], strict=True))
    }
    rows = np.array([-1 if code is None else codes.get(code, -2) for code in coupon_code.tolist()], dtype=np.int64)
    month = month_of(date)
    inside = (month >= table.ints("month_first")[rows]) & (month <= table.ints("month_last")[rows])
    return (rows == -1) | ((rows >= 0) & inside)


def coupon_is_earned(coupon_row: Ints, basket_value: Ints, number_of_customer: Ints, data: Data) -> Bools:
    table = data["coupon_prefixes"]
    enough = basket_value >= table.ints("min_basket_cents")[coupon_row]
    first = (table.ints("first_order")[coupon_row] == 0) | (number_of_customer == 1)
    return (coupon_row < 0) | (enough & first)


def free_shipping_holds(
    shipping_method: Text,
    shipping_amount: Ints,
    subtotal_amount: Ints,
    discount_amount: Ints,
    tax_amount: Ints,
    data: Data,
) -> Bools:
    table = data["shipping_methods"]
    row = table.lookup("shipping_method", shipping_method)
    fee, free_at = table.ints("fee_cents")[row], table.ints("free_at_cents")[row]
    goods = subtotal_amount - discount_amount
    value = goods + tax_amount if Shop.read(data).tax_included else goods
    free = shipping_amount == 0
    return np.where(free, (fee == 0) | ((free_at > 0) & (value >= free_at)), (free_at == 0) | (goods < free_at))


def total_adds_up(
    total_amount: Ints, subtotal_amount: Ints, tax_amount: Ints, shipping_amount: Ints, discount_amount: Ints
) -> Bools:
    return total_amount == subtotal_amount + tax_amount + shipping_amount - discount_amount


def amounts_are_whole(
    total_amount: Ints, tax_amount: Ints, shipping_amount: Ints, discount_amount: Ints, refund_amount: Ints,
    currency: Text, data: Data,
) -> Bools:  # fmt: skip
    shop = Shop.read(data)
    amounts = (total_amount, tax_amount, shipping_amount, discount_amount, refund_amount)
    whole = np.logical_and.reduce([is_whole(amount, shop.unit) & (amount >= 0) for amount in amounts])
    return whole & (currency == shop.currency)


def refund_fits_total(refund_amount: Ints, total_amount: Ints, refunded_at: Any) -> Bools:
    return (refund_amount <= total_amount) & (~np.ma.getmaskarray(refunded_at) | (refund_amount == 0))
