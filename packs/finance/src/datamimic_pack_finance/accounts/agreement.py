"""Do the balances of an account agree with its limit and its currency?"""

from __future__ import annotations

from datamimic import Data, Text
from datamimic.columns import Bools, Ints
from datamimic_pack_finance.money import currency_of


def within_overdraft(lowest_balance: Ints, balance: Ints, overdraft_limit: Ints, account_type: Text) -> Bools:
    savings = account_type.isin({"savings", "money_market"})
    return (lowest_balance >= -overdraft_limit) & (balance >= lowest_balance) & (~savings | (lowest_balance >= 0))


def whole_minor_units(
    opening_balance: Ints, credits_total: Ints, debits_total: Ints, overdraft_limit: Ints, data: Data
) -> Bools:
    unit = currency_of(data).unit
    return (
        (opening_balance % unit == 0)
        & (credits_total % unit == 0)
        & (debits_total % unit == 0)
        & (overdraft_limit % unit == 0)
    )


def balance_adds_up(opening_balance: Ints, credits_total: Ints, debits_total: Ints, balance: Ints) -> Bools:
    return balance == opening_balance + credits_total - debits_total


def available_is_balance_plus_overdraft(available_balance: Ints, balance: Ints, overdraft_limit: Ints) -> Bools:
    return available_balance == balance + overdraft_limit


def home_currency(currency: Text, data: Data) -> Bools:
    return currency == currency_of(data).code
