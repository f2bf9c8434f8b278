"""Do kind and direction, merchant, category and amount of a transaction fit each other?"""

from __future__ import annotations

import numpy as np

from datamimic import Data, Text
from datamimic.columns import Bools, Ints, join
from datamimic_pack_finance.ledger import counterparties, entries


def direction_fits_type(transaction_type: Text, direction: Text, channel: Text, data: Data) -> Bools:
    kinds = data["transaction_kinds"]
    known = {
        f"{kind}|{way}|{how}"
        for kind, way, how in zip(
            kinds.columns["transaction_type"], kinds.columns["direction"], kinds.columns["channel"], strict=True
        )
    }
    known |= {f"{label}|credit|batch" for label in entries.INCOME_LABELS.values()}
    return join(transaction_type, "|", direction, "|", channel).isin(known)


def merchant_fits_category(
    merchant_name: Text, merchant_category: Text, mcc: Text, is_international: Bools, data: Data
) -> Bools:
    known = set()
    for name in ("merchants", "foreign_merchants"):
        table = data[name]
        known |= {
            "|".join(part)
            for part in zip(
                table.columns["merchant_name"], table.columns["merchant_category"], table.columns["mcc"], strict=True
            )
        }
    cash = (merchant_category == counterparties.CASH_CATEGORY) & (mcc == counterparties.CASH_MCC)
    none = merchant_name.is_null() & merchant_category.is_null() & mcc.is_null()
    return none | cash | join(merchant_name.fill(""), "|", merchant_category.fill(""), "|", mcc.fill("")).isin(known)


def amount_fits_category(merchant_category: Text, amount: Ints, is_international: Bools, data: Data) -> Bools:
    table = data["merchant_amounts"]
    highest: dict[str, float] = {}
    for category, value in zip(table.columns["merchant_category"], table.floats("value").tolist(), strict=True):
        highest[category] = max(value, highest.get(category, 0.0))
    names = [*highest]
    limits = np.array([*highest.values(), np.inf])
    known = Text.plain(merchant_category.arrow()).dictionary()
    place = np.array(
        [names.index(name) if name in highest else -1 for name in known.dictionary.to_pylist()] + [-1], dtype=np.int64
    )
    code = np.asarray(known.indices.fill_null(len(place) - 1))
    # Prices end in .99 and the like, and those abroad are converted: a little more than the table's highest is right.
    return amount <= limits[place[code]] * 105 + 10_000
