"""Who pays or is paid, where, and in which currency."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Locale, Struct, Table, Text, World
from datamimic.columns import Bools, Ints, digits, join, select, where
from datamimic_pack_finance.accounts.pairs import ACCOUNT
from datamimic_pack_finance.ledger.booking import NUMBER, among
from datamimic_pack_finance.ledger.payees import payee_names, payee_number

CASH_MCC = "6011"
"""Automated cash disbursements."""

CASH_CATEGORY = "Cash Withdrawal"
PLACES = 1 << 20
"""Places are fewer."""
_OF_DUES = 1 << 20
"""Merchants are fewer: whom other packs know comes after them."""
ABROAD = ("card_foreign", "card_abroad", "atm_abroad")


def payee(kind: Ints, payee_of_account: Ints, account: Any) -> Ints:
    return payee_number(kind, payee_of_account, account.rows)


def counterparty_name(
    kind: Ints, payee: Ints, merchant: Ints, account: Any, source: Ints, due: Struct, world: World, data: Data
) -> Text:
    abroad = among(kind, *ABROAD)
    distinct, inverse = np.unique(payee, return_inverse=True)
    choices: list[Text | str | None] = [
        data["merchants"]["merchant_name"].take(np.where(abroad, 0, np.maximum(merchant, 0))),
        data["foreign_merchants"]["merchant_name"].take(np.where(abroad, np.maximum(merchant, 0), 0)),
        payee_names(distinct, world, data).take(inverse),
        account.payer,
        account.holder_name,
        account.bank_name,
        due.party,
    ]
    index = np.select(
        [
            source >= 0,
            abroad & (kind != NUMBER["atm_abroad"]), among(kind, "card_pos", "card_online", "refund", "bill"), payee >= 0,
            kind == NUMBER["income"], among(kind, "savings_in", "savings_out", "savings_plan"),
        ],
        [6, 1, 0, 2, 3, 4],
        5,
    )  # fmt: skip
    return select(index, choices)


def at_merchant(kind: Ints) -> Bools:
    return among(kind, "card_pos", "card_online", "card_foreign", "card_abroad", "bill", "refund", "atm", "atm_abroad")


def merchant_name(counterparty_name: Text, at_merchant: Bools) -> Text:
    return counterparty_name.where(at_merchant)


def by_merchant(column: str, cash: Text | str, kind: Ints, merchant: Ints, data: Data) -> Text:
    """A column of the merchants' tables; `cash` for withdrawals."""
    index = np.where(among(kind, "card_foreign", "card_abroad"), 1, np.where(among(kind, "atm", "atm_abroad"), 2, 0))
    choices: list[Text | str | None] = [
        data["merchants"][column].take(np.where(index == 0, np.maximum(merchant, 0), 0)),
        data["foreign_merchants"][column].take(np.where(index == 1, merchant, 0)),
        cash,
    ]
    return select(index, choices)


def merchant_category(kind: Ints, merchant: Ints, at_merchant: Bools, data: Data) -> Text:
    return by_merchant("merchant_category", CASH_CATEGORY, kind, merchant, data).where(at_merchant)


def mcc(kind: Ints, merchant: Ints, at_merchant: Bools, data: Data) -> Text:
    return by_merchant("mcc", CASH_MCC, kind, merchant, data).where(at_merchant)


def merchant_id(
    kind: Ints, mcc: Text, merchant: Ints, source: Ints, place: Ints, is_international: Bools, world: World
) -> Text:
    """Fifteen digits of the shop, not of the chain: the same shop in the same place has the same ones."""
    shop = among(kind, "card_pos", "card_online", "card_foreign", "card_abroad", "refund")
    key = np.where(shop, outlet(np.where(source >= 0, _OF_DUES + source, merchant + 1), place, is_international), 0)
    number = Draw(world.address(ACCOUNT, "outlets"), key).integers(0, 10**11 - 1)
    return join(mcc.fill("0000"), digits(number, 11)).where(shop)


def outlet(owner: Ints, place: Ints, is_international: Bools) -> Ints:
    """The number of an outlet in its place; `owner` is above 0."""
    return (owner * PLACES + place + 1) * 2 + is_international


def is_international(kind: Ints) -> Bools:
    return among(kind, *ABROAD)


def merchant_country(is_international: Bools, merchant: Ints, at_merchant: Bools, data: Data, locale: Locale) -> Text:
    away = data["foreign_merchants"]["country"].take(np.where(is_international, merchant, 0))
    return where(is_international, away, locale.country).where(at_merchant)


def location(kind: Ints, merchant: Ints, place: Ints, is_international: Bools, account: Any, data: Data) -> Text:
    away: Table = data["foreign_merchants"]
    in_town = among(kind, "card_pos", "atm") & (place >= 0)
    online = among(kind, "card_online", "card_foreign", "refund")
    index = np.select(
        [among(kind, "card_abroad", "atm_abroad"), in_town, online, kind == NUMBER["cash_deposit"]], [2, 0, 1, 4], 3
    )
    towns = data["common.places"]["city"].take(np.where(in_town, place, 0))
    abroad = away["city"].take(np.where(is_international, merchant, 0))
    return select(index, [towns, "Online", abroad, None, account.home_city])


def original_amount(is_international: Bools, original: Ints) -> Any:
    return np.ma.MaskedArray(original, ~is_international)


def original_currency(is_international: Bools, merchant: Ints, data: Data) -> Text:
    away = data["foreign_merchants"]["currency"]
    return away.take(np.where(is_international, merchant, 0)).where(is_international)


def exchange_rate(is_international: Bools, rate: Ints) -> Any:
    return np.ma.MaskedArray(rate.view(np.float64), ~is_international)


def exchange_fee(is_international: Bools, fee: Ints) -> Any:
    return np.ma.MaskedArray(fee, ~is_international)
