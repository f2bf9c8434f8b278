"""Whose account it is, at which bank, in which currency, and its numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Ref, Text, World
from datamimic.columns import Bools, Ints, from_bytes
from datamimic_pack_finance import customers
from datamimic_pack_finance.accounts.holding import Holding, ages
from datamimic_pack_finance.accounts.pairs import ACCOUNT
from datamimic_pack_finance.generators.digits import characters, numbers_of
from datamimic_pack_finance.generators.iban import account_digits, account_format, bban, has_iban, iban_text
from datamimic_pack_finance.money import currency_of


def holder(
    rows: Ints, owner_row: Ints, account_type: Text, open_days: Ints, draw: Draw, world: World, clock: Clock
) -> Ints:
    """An adult who was old enough when the account was opened; savings are of whom the account is that feeds them."""
    held = Holding.of(world, clock).holder
    found = held[np.minimum(owner_row, len(held) - 1)]
    at = np.flatnonzero(owner_row >= len(held))
    if len(at):
        days = open_days[at]
        fed = np.flatnonzero(owner_row[at] != rows[at])
        if len(fed):
            days[fed] = Ref(world, world.spec(ACCOUNT), owner_row[at[fed]]).column("open_days")
        youngest, oldest = ages(account_type.take(at), days, world, clock)
        found[at] = customers.adult_rows(Draw(draw.address, owner_row[at]), world, youngest, oldest)
    return found


def is_main(rows: Ints, world: World, clock: Clock) -> Bools:
    """Does the income of the holder go to it? To one account of those that references may point to; each one beyond stands for
    itself."""
    main = Holding.of(world, clock).main
    return (rows >= len(main)) | main[np.minimum(rows, len(main) - 1)]


def bank(owner_row: Ints, draw: Draw, world: World) -> Ints:
    """Savings are at the bank of the account that feeds them."""
    return Draw(draw.address, owner_row).integers(0, world.size(world.spec("finance.bank")) - 1)


def transaction_profile(holder: Any, owner_row: Ints, draw: Draw, data: Data) -> Text:
    return customers.profile(
        holder.transaction_profile, holder.employment, holder.marital_status, holder.age, holder.income,
        Draw(draw.address, owner_row), data,
    )  # fmt: skip


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
