"""Do the numbers of an account fit each other, its bank and its country?"""

from __future__ import annotations

import numpy as np

from datamimic import Data, Locale, Text
from datamimic.columns import Bools
from datamimic_pack_finance.generators.digits import characters, numbers_of
from datamimic_pack_finance.generators.german_account import METHODS, german_account_is_valid
from datamimic_pack_finance.generators.iban import account_format, has_iban, iban_is_valid


def iban_check_digits(iban: Text, account_number: Text, data: Data) -> Bools:
    if not has_iban(data):
        return iban.is_null()
    return iban_is_valid(data, iban) & ~iban.is_null()


def iban_holds_account(iban: Text, bank_code: Text, account_number: Text, data: Data) -> Bools:
    form = account_format(data)
    if not form.iban:
        return iban.is_null()
    stop = form.iban - form.key
    of_bank = iban.slice(4, 4 + form.bank_code) == bank_code
    return of_bank & (iban.slice(stop - form.account, stop) == account_number)


def german_check_digit(account_number: Text, bank_code: Text, data: Data, locale: Locale) -> Bools:
    if locale.country != "DE":
        return np.ones(len(account_number), dtype=np.bool_)
    table = data["banks"]
    place = table.lookup("bank_code", bank_code)
    fits: Bools = (place >= 0) & (account_number.lengths() == 10)
    at = np.flatnonzero(fits)
    methods = table["account_check"].take(place[at])
    known = methods.isin(METHODS)
    digits = numbers_of(characters(Text.plain(account_number.take(at).arrow()), 10))
    fits[at] = known & german_account_is_valid(digits, methods)
    return fits


def bank_agrees(bank_name: Text, bank_code: Text, bic: Text, routing_number: Text, data: Data) -> Bools:
    table = data["banks"]
    place = table.lookup("bank_code", bank_code)
    return (
        (place >= 0)
        & (table["name"].take(place) == bank_name)
        & (table["bic"].take(place) == bic)
        & (table["routing_number"].take(place) == routing_number)
    )
