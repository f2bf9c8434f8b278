"""What identifies a payment beside its booking: end-to-end id, mandate and purpose, as SEPA and ISO 20022 have them."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Draw, Locale, Text, World
from datamimic.columns import Ints, digits, join, select
from datamimic_pack_finance.booking import NUMBER, among

PURPOSES = {
    "salary": "SALA", "pension": "PENS", "allowance": "SSBE", "benefit": "SSBE", "business": "SUPP",
}  # fmt: skip
"""Codes of ISO 20022, external code set of purposes, by kind of income."""


def end_to_end_id(kind: Ints, varies_by: Ints, day: Ints, rows: Ints, locale: Locale) -> Text:
    """Both legs of a transfer between own accounts have the same one; none for cards, cash, fees and interest."""
    own = among(kind, "savings_in", "savings_out", "savings_plan")
    without = among(
        kind, "card_pos", "card_online", "card_foreign", "card_abroad", "atm", "atm_abroad", "refund", "fee", "interest",
        "cash_deposit",
    )  # fmt: skip
    # A transfer is known by the savings account, whether it is of the plan, to it or from it, and the day.
    number = np.where(own, varies_by * 10**6 + day, rows)
    start = select(own.astype(np.int64), ["E2E", "OWN"])
    return join(start, locale.country, digits(number, 18)).where(~without)


def mandate_id(kind: Ints, party: Ints, account: Any, world: World) -> Text:
    """Of direct debits: one for each creditor of an account."""
    debit = among(kind, "bill", "loan", "card_bill")
    key = account.rows * (1 << 34) + party
    number = Draw(world.address("finance.bank_account", "mandates"), key).integers(0, 10**12 - 1)
    return join("M", digits(number, 12)).where(debit)


def purpose_code(kind: Ints, account: Any) -> Text:
    """SALA, PENS, SSBE, SUPP, RENT, LOAN, CCRD, OTHR of bills by their kind, SAVG; null where the scheme has none."""
    income = account.income_kind.map(lambda name: PURPOSES.get(name, "SSBE"))
    index = np.select(
        [
            kind == NUMBER["income"], kind == NUMBER["rent"], kind == NUMBER["loan"], kind == NUMBER["card_bill"],
            among(kind, "savings_in", "savings_out", "savings_plan"), kind == NUMBER["interest"], kind == NUMBER["bill"],
        ],
        [0, 1, 2, 3, 4, 5, 6],
        7,
    )  # fmt: skip
    return select(index, [income, "RENT", "LOAN", "CCRD", "SAVG", "INTE", "OTHR", None])
