"""Whose account it is, at which bank, in which currency, and its numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Text, World
from datamimic.columns import Ints, from_bytes
from datamimic_pack_finance import customers
from datamimic_pack_finance.generators.digits import characters, numbers_of
from datamimic_pack_finance.generators.iban import account_digits, account_format, bban, has_iban, iban_text
from datamimic_pack_finance.money import currency_of


def holder(account_type: Text, draw: Draw, world: World) -> Ints:
    oldest = np.where(account_type == "student_checking", 29, 200)
    return customers.adult_rows(draw, world, oldest=oldest)


def transaction_profile(holder: Any, draw: Draw, data: Data) -> Text:
    return customers.profile(
        holder.transaction_profile, holder.employment, holder.marital_status, holder.age, holder.income, draw, data
    )


def product(account_type: Text, data: Data) -> Ints:
    return data["account_types"].lookup("account_type", account_type)


def currency(rows: Ints, data: Data) -> Text:
    return Text.constant(currency_of(data).code, len(rows))


def account_number(number_base: Text, bank: Any, data: Data) -> Text:
    digits = account_digits(data, numbers_of(characters(number_base, 8)), bank)
    return from_bytes((digits + 48).astype(np.uint8))


def iban(account_number: Text, bank: Any, data: Data) -> Text:
    country = data.country
    if not has_iban(data):
        return Text.constant(None, len(account_number))
    account = numbers_of(characters(account_number, account_format(data).account))
    return iban_text(country, bban(country, bank.bank_code, bank.routing_number, account))
