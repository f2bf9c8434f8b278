"""The other party of a payment, with an account of its own.

Whoever pays or is paid by name, an employer, a landlord, a supplier, a payee, has one account in a world, always the same: that
of a row of `finance.bank_account` far behind those that people hold, found by the name. A saver's other account is
found by the row of the account that it feeds.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from typing import Any

import numpy as np

from datamimic import Data, Ref, Struct, Text, World, record
from datamimic.columns import Bools, Ints, where
from datamimic_pack_finance.accounts import identity
from datamimic_pack_finance.booking import NUMBER, kind_of

OF_SAVERS = 30_000_000
"""The first account row of the accounts that savers feed, or are fed from."""
OF_NAMES = 60_000_000
"""The first account row of those who are known by name."""
_NAMES = 40_000_000
"""How many rows there are for names; account numbers are as many as eight digits have."""
WITH_ACCOUNT = (
    "transfer_out", "transfer_in", "bill", "savings_in", "savings_out", "income", "rent", "savings_plan",
)  # fmt: skip
"""Kinds of transactions that move money between two accounts."""


@record
class Party:
    """Who pays or is paid, at which bank, under which number; all of an account is null where it is not known."""

    name: str
    iban: str | None
    account_number: str | None
    bic: str | None
    bank_name: str | None
    routing_number: str | None
    town: str | None
    postal_code: str | None


def is_payment(event: Ints) -> Bools:
    """Does it move money between two accounts?"""
    return np.isin(kind_of(event), [NUMBER[kind] for kind in WITH_ACCOUNT])


def other(event: Ints, role: Text, counterparty_name: Text, account: Any, world: World, data: Data) -> Struct:
    """`Party`, the other one of each transaction."""
    payment, own = is_payment(event), role == "savings"
    at = np.flatnonzero(payment)
    codes, vocabulary = counterparty_name.coding()
    places = np.array([_place(name) for name in vocabulary.values], dtype=np.int64)
    savers = OF_SAVERS + account.rows % OF_SAVERS
    rows = np.where(own, savers, OF_NAMES + (places[codes] if len(places) else 0))[at]
    distinct, first, inverse = np.unique(rows, return_index=True, return_inverse=True)
    first = at[first]

    accounts = Ref(world, account.target, distinct)
    banks = accounts.bank
    # A saver's accounts are at one bank.
    banks = Ref(world, banks.target, np.where(own[first], account.bank.rows[first], banks.rows))
    number = identity.account_number(accounts.number_base, banks, data)
    towns = _towns(world, distinct)
    home = account.holder.address
    index = np.zeros(len(event), dtype=np.int64)
    index[at] = inverse

    def spread(values: Text) -> Text:
        return values.take(index).where(payment) if len(distinct) else Text.constant(None, len(event))

    def of_place(values: Text, at_home: Text) -> Text:
        return where(own & payment, at_home, spread(values))

    return Struct(
        {
            "name": where(own, account.holder_name, counterparty_name),
            "iban": spread(identity.iban(number, banks, data)),
            "account_number": spread(number),
            "bic": spread(banks.bic),
            "bank_name": spread(banks.name),
            "routing_number": spread(banks.routing_number),
            "town": of_place(towns.name, home.city),
            "postal_code": of_place(towns.postal_code, home.postal_code),
        }
    )


def _towns(world: World, rows: Ints) -> Ref:
    """Where they are at home: a town for each account row, the same always."""
    city = world.spec("common.city")
    return Ref(world, city, rows % world.size(city))


@cache
def _place(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big") % _NAMES
