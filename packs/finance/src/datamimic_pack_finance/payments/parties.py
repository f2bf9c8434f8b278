"""The other party of a payment, with an account of its own.

Whoever pays or is paid, an employer, a landlord, a supplier, a payee, has one account in a world, always the same: that of a
row of `finance.bank_account` far behind those that people hold, found by the name, or of payees and landlords by their number.
A saver's other account is the one of the world that feeds the savings, or is fed.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np

from datamimic import Data, Draw, Ref, Struct, Text, World, record
from datamimic.columns import Bools, Ints, where
from datamimic_pack_finance.accounts import identity
from datamimic_pack_finance.accounts.pairs import ACCOUNT
from datamimic_pack_finance.ledger.booking import DUES, NUMBER, kind_of

OF_NAMES = 60_000_000
"""The first account row of those who are known by name."""
_NAMES = 40_000_000
"""How many rows there are for names; account numbers are as many as eight digits have."""
WITH_ACCOUNT = (
    "transfer_out", "transfer_in", "bill", "savings_in", "savings_out", "income", "rent", "savings_plan", *DUES,
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


def other(
    event: Ints, role: Text, payee: Ints, counterparty_name: Text, account: Any, world: World, data: Data
) -> Struct:
    """`Party`, the other one of each transaction."""
    payment, own = is_payment(event), role == "savings"
    at = np.flatnonzero(payment)
    codes, vocabulary = counterparty_name.coding()
    named = np.zeros(len(vocabulary.values) + 1, dtype=np.int64)
    for code in np.unique(codes[payment & ~own & (payee < 0)]).tolist():
        named[code] = _place(vocabulary.values[code])
    places = named[codes]
    known = np.flatnonzero(payee >= 0)
    distinct, inverse = np.unique(payee[known], return_inverse=True)
    places[known] = Draw(world.address(ACCOUNT, "payees"), distinct).integers(0, _NAMES - 1, "account")[inverse]
    feeding = account.owner_row
    savers = np.where(feeding != account.rows, feeding, account.savings_row)
    rows = np.where(own, savers, OF_NAMES + places)[at]
    distinct, first, inverse = np.unique(rows, return_index=True, return_inverse=True)
    first = at[first]

    accounts = Ref(world, account.target, distinct)
    banks = accounts.bank
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
            "name": counterparty_name,
            "iban": spread(identity.iban(number, banks, data)),
            "account_number": spread(number),
            "bic": spread(banks.bic),
            "bank_name": spread(banks.name),
            "routing_number": spread(banks.routing_number),
            "town": of_place(towns.name, home.city),
            "postal_code": of_place(towns.postal_code, home.postal_code),
        }
    )


def account_of(other: Struct) -> Text:
    """IBAN, or account number where there is none."""
    return Text.plain(where(other.iban.is_null(), other.account_number, other.iban).arrow())


def bic_of(other: Struct) -> Text:
    return Text.plain(other.bic.arrow())


def _towns(world: World, rows: Ints) -> Ref:
    """Where they are at home: a town for each account row, the same always."""
    city = world.spec("common.city")
    return Ref(world, city, rows % world.size(city))


@lru_cache(maxsize=65_536)
def _place(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big") % _NAMES
