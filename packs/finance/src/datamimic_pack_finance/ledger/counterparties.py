"""Who pays or is paid, where, and in which currency."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Locale, Text
from datamimic.columns import Bools, Ints, select, where
from datamimic_pack_finance.booking import NUMBER, kind_of

CASH_MCC = "6011"
"""Automated cash disbursements."""

CASH_CATEGORY = "Cash Withdrawal"


def counterparty_name(
    event: Ints, merchant: Ints, foreign: Ints, role: Text, account: Any, draw: Draw, data: Data
) -> Text:
    others = data["counterparties"]
    known = Text.coded(np.where(role == "savings", 1, 0), ("payee", "savings"))
    person = others["counterparty"].take(draw.pick(others.by("role"), known))
    choices: dict[str, Text] = {
        "merchant": data["merchants"]["merchant_name"].take(merchant),
        "foreign": data["foreign_merchants"]["merchant_name"].take(foreign),
        "bank": account.bank_name,
        "payee": person,
        "employer": account.payer,
        "landlord": account.landlord,
    }
    number = {"bill": 0, "savings": 3} | {name: place for place, name in enumerate(choices)}
    codes, vocabulary = role.coding()
    index = np.array([number[name] for name in vocabulary.values], dtype=np.int64)[codes]
    return select(index, list(choices.values()))


def at_merchant(role: Text, event: Ints) -> Bools:
    return role.isin({"merchant", "foreign", "bill"}) | (kind_of(event) == NUMBER["atm"])


def merchant_name(counterparty_name: Text, at_merchant: Bools) -> Text:
    return counterparty_name.where(at_merchant)


def by_merchant(
    column: str, cash: str, event: Ints, merchant: Ints, foreign: Ints, role: Text, at_merchant: Bools, data: Data
) -> Text:
    """A column of the merchants' tables; `cash` for withdrawals, null without a merchant."""
    index = np.where(role == "foreign", 1, np.where(kind_of(event) == NUMBER["atm"], 2, 0))
    choices: list[Text | str | None] = [
        data["merchants"][column].take(merchant),
        data["foreign_merchants"][column].take(foreign),
        cash,
    ]
    return select(index, choices).where(at_merchant)


def merchant_category(event: Ints, merchant: Ints, foreign: Ints, role: Text, at_merchant: Bools, data: Data) -> Text:
    return by_merchant("merchant_category", CASH_CATEGORY, event, merchant, foreign, role, at_merchant, data)


def mcc(event: Ints, merchant: Ints, foreign: Ints, role: Text, at_merchant: Bools, data: Data) -> Text:
    return by_merchant("mcc", CASH_MCC, event, merchant, foreign, role, at_merchant, data)


def is_international(event: Ints) -> Bools:
    return kind_of(event) == NUMBER["card_foreign"]


def merchant_country(is_international: Bools, foreign: Ints, at_merchant: Bools, data: Data, locale: Locale) -> Text:
    return where(is_international, data["foreign_merchants"]["country"].take(foreign), locale.country).where(
        at_merchant
    )


def location(is_international: Bools, foreign: Ints, channel: Text, account: Any, data: Data) -> Text:
    away = data["foreign_merchants"]
    index = np.where(
        is_international, 2, np.where(channel.isin({"pos", "atm", "branch"}), 0, np.where(channel == "online", 1, 3))
    )
    return select(index, [account.home_city, "Online", away["city"].take(foreign), None])


def original_currency(is_international: Bools, foreign: Ints, data: Data) -> Text:
    return data["foreign_merchants"]["currency"].take(foreign).where(is_international)


def exchange_rate(is_international: Bools, foreign: Ints, data: Data) -> Any:
    return np.ma.MaskedArray(data["foreign_merchants"].floats("exchange_rate")[foreign], ~is_international)
