"""Do kind and direction, merchant, category and amount of a transaction fit each other?"""

from __future__ import annotations

import numpy as np

from datamimic import Data, Text
from datamimic.columns import Bools, Ints
from datamimic_pack_finance.accounts.monthly import MOST
from datamimic_pack_finance.combinations import known, told
from datamimic_pack_finance.ledger import counterparties, entries
from datamimic_pack_finance.money import currency_of


def direction_fits_type(transaction_type: Text, direction: Text, channel: Text, data: Data) -> Bools:
    fits = told(transaction_type, direction, channel).isin(
        known(data["transaction_kinds"], "transaction_type", "direction", "channel")
    )
    income = transaction_type.isin(set(entries.INCOME_LABELS.values()))
    return fits | (income & (direction == "credit") & (channel == "batch"))


def merchant_fits_category(
    merchant_name: Text, merchant_category: Text, mcc: Text, end_to_end_id: Text, data: Data
) -> Bools:
    return _belong_together(merchant_name, merchant_category, mcc, end_to_end_id, data)


def shop_fits_category(
    merchant_name: Text, merchant_category: Text, mcc: Text, order_reference: Text, data: Data
) -> Bools:
    return _belong_together(merchant_name, merchant_category, mcc, order_reference, data)


def _belong_together(name: Text, category: Text, mcc: Text, reference: Text, data: Data) -> Bools:
    """Shops of which another pack knows are those with a reference: they have names of their own."""
    home, abroad = (
        known(data[name], "merchant_name", "merchant_category", "mcc") for name in ("merchants", "foreign_merchants")
    )
    shop = ~reference.is_null() & told(category.fill(""), mcc.fill("")).isin(
        known(data["merchants"], "merchant_category", "mcc")
    )
    cash = (category == counterparties.CASH_CATEGORY) & (mcc == counterparties.CASH_MCC)
    none = name.is_null() & category.is_null() & mcc.is_null()
    said = told(name.fill(""), category.fill(""), mcc.fill(""))
    return none | cash | shop | said.isin(home | abroad)


def amount_fits_category(merchant_category: Text, amount: Ints, end_to_end_id: Text, data: Data) -> Bools:
    table = data["merchant_amounts"]
    highest: dict[str, float] = {}
    for category, value in zip(table.columns["merchant_category"], table.floats("value").tolist(), strict=True):
        highest[category] = max(value, highest.get(category, 0.0))
    names = [*highest]
    limits = np.array([*highest.values(), np.inf])
    codes = Text.plain(merchant_category.arrow()).dictionary()
    place = np.array(
        [names.index(name) if name in highest else -1 for name in codes.dictionary.to_pylist()] + [-1], dtype=np.int64
    )
    code = np.asarray(codes.indices.fill_null(len(place) - 1))
    # Prices end in .99 and the like, and those abroad are converted: a little more than the table's highest is right.
    # What another pack knows of has its own price.
    return ~end_to_end_id.is_null() | (amount <= limits[place[code]] * (105 * MOST * 1.15) + 10_000)


def cash_in_notes(transaction_type: Text, is_international: Bools, amount: Ints, data: Data) -> Bools:
    return (transaction_type != "Cash Withdrawal") | is_international | (amount % currency_of(data).note == 0)
