"""How a bill is paid: the means, the account, what was paid before, what is due."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from datamimic import Data, Lists, Struct, Text, World, record
from datamimic.columns import Ints, where
from datamimic_pack_ecommerce.trade.shop import Keeper

MEANS = {"order": "68", "delivery": "10"}
"""Means of payment (UNTDID 4461): an online payment service, which a shop takes cards and wallets through, and cash."""
TRANSFER, TRANSFER_TO_IBAN = "30", "58"


@record
class Payment:
    """`means` is a code of UNTDID 4461, `method` what the shop calls it; `account` is the IBAN that a transfer goes to.
    `net` is the total without tax; what there is none of is null. `terms` say that it is paid on delivery."""

    means: str
    method: str
    account: str | None
    reference: str
    net: Decimal
    discount: Decimal | None
    delivery: Decimal | None
    prepaid: Decimal | None
    due: Decimal
    terms: str | None


def payment(
    payment_method: Text,
    paid_when: Text,
    order_id: Text,
    total_amount: Ints,
    tax_amount: Ints,
    discount_amount: Ints,
    shipping_amount: Ints,
    is_prepaid: Ints,
    world: World,
    data: Data,
) -> Struct:
    account = Keeper.of(world, data).account
    transfer = TRANSFER if account is None else TRANSFER_TO_IBAN
    by_transfer = paid_when.isin(("transfer", "invoice"))
    before = np.where(is_prepaid, total_amount, 0)
    return Struct(
        {
            "means": paid_when.map(lambda when: MEANS.get(when, transfer)),
            "method": payment_method,
            "account": Text.constant(account, len(order_id)).where(by_transfer),
            "reference": order_id,
            "net": total_amount - tax_amount,
            "discount": np.ma.MaskedArray(discount_amount, discount_amount == 0),
            "delivery": np.ma.MaskedArray(shipping_amount, shipping_amount == 0),
            "prepaid": np.ma.MaskedArray(before, before == 0),
            "due": total_amount - before,
            "terms": where(paid_when == "delivery", payment_method, "").where(paid_when == "delivery"),
        }
    )


@record
class Credit:
    """What was refunded of goods that came back, without tax, its tax, and both."""

    net: Decimal
    tax: Decimal
    total: Decimal


def credit(returned_articles: Lists) -> Struct:
    lines, orders = returned_articles.values, len(returned_articles)
    net, tax = (
        np.bincount(returned_articles.parents, weights=values, minlength=orders).astype(np.int64)
        for values in (lines.refund_net, lines.refund_tax)
    )
    return Struct({"net": net, "tax": tax, "total": net + tax})
